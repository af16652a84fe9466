"""Walk the journal and name the first thing that does not hold.

Found is any change made to entries, thread heads, the counter or seals. A consistent rewrite of
everything since the last root that was published outside cannot be found from inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from luoshi.base.models import JournalEntry, Line, Seal, Thread
from luoshi.base.seals import digests_between, seal_digest
from luoshi.base.threads import kinds
from luoshi.rules.journal import ALGORITHM, HEADER_FIELDS, Header, entry_digest
from luoshi.rules.merkle import root_of
from luoshi.rules.refusals import Refusal

_CHUNK = 5000


class JournalBroken(Refusal):
    """The journal does not hold; facts: ``what``, ``number``, ``thread``.

    ``number`` is that of the first bad entry. Where all entries hold, it is the first number that
    the counter and the entries do not agree on, else the last entry of the first thread whose head
    is wrong, else the first number that a wrong or missing seal should cover.
    """

    code = "journal_broken"


@dataclass(slots=True)
class _Head:
    count: int
    number: int
    digest: str
    kinds: set[str]


@dataclass(slots=True)
class _Walk:
    """What was read so far: the last number and moment, and the head that each thread must have."""

    district: UUID
    number: int = 0
    at: datetime | None = None
    heads: dict[UUID, _Head] = field(default_factory=dict)

    def further(self) -> Iterator[int]:
        """Yield the numbers of the entries after those read so far, each checked."""
        entries = JournalEntry.objects.filter(district=self.district, number__gt=self.number)
        for row in entries.order_by("number").iterator(chunk_size=_CHUNK):
            before = self.heads.get(row.thread) or _Head(0, 0, "", set())
            _check_entry(row, self.number + 1, self.at, before)
            before.kinds.add(row.kind)
            self.heads[row.thread] = _Head(row.no, row.number, row.digest, before.kinds)
            self.number, self.at = row.number, row.at
            yield row.number


def verified_entries(*, district: UUID) -> Iterator[int]:
    """Yield each number that holds, in order. Raises JournalBroken at the first that does not.

    What only shows when all are read, such as a missing tail, is raised at the end. Writers go on
    while entries are read; they wait while counter, heads and seals are compared with them.
    """
    walk = _Walk(district)
    yield from walk.further()
    with transaction.atomic():
        line = Line.objects.select_for_update().filter(pk=district).first()
        came_meanwhile = list(walk.further())
        if line is None:
            raise JournalBroken(what="line_missing", number=walk.number + 1, thread=None)
        _check_line(line, walk.number, walk.at)
        _check_heads(district, walk.heads)
        _check_spelling(district)
        _check_seals(line)
    yield from came_meanwhile


def _check_entry(row: JournalEntry, number: int, at: datetime | None, before: _Head) -> None:
    if row.number != number:
        raise JournalBroken(what="number_missing", number=number, thread=None)
    if row.algorithm != ALGORITHM:
        raise JournalBroken(what="algorithm", number=number, thread=row.thread)
    header = Header(**{name: getattr(row, name) for name in HEADER_FIELDS})
    if entry_digest(header, row.body) != row.digest:
        raise JournalBroken(what="digest", number=number, thread=row.thread)
    if (row.no, row.previous) != (before.count + 1, before.digest):
        raise JournalBroken(what="chain", number=number, thread=row.thread)
    if at is not None and row.at < at:
        raise JournalBroken(what="moment_runs_backwards", number=number, thread=row.thread)


def _check_line(line: Line, number: int, at: datetime | None) -> None:
    if line.last_number != number:
        raise JournalBroken(
            what="tail_missing", number=min(number, line.last_number) + 1, thread=None
        )
    if line.last_at != at:
        raise JournalBroken(what="line_moment", number=number, thread=None)


def _check_heads(district: UUID, heads: dict[UUID, _Head]) -> None:
    stored = {head.pk: head for head in Thread.objects.filter(district=district)}
    last = {thread: head.last_number for thread, head in stored.items()}
    last |= {thread: head.number for thread, head in heads.items()}
    for thread, number in sorted(last.items(), key=lambda item: item[1]):
        if (thread in heads) != (thread in stored):
            raise JournalBroken(what="thread_missing", number=number, thread=thread)
        if not _is_head(stored[thread], heads[thread]):
            raise JournalBroken(what="thread_head", number=number, thread=thread)


def _is_head(stored: Thread, seen: _Head) -> bool:
    """Tell whether a stored head is what the entries of its thread give."""
    kind = kinds().get(stored.kind)
    if kind is None or not seen.kinds <= kind.codec.by_name.keys():
        return False
    found = (stored.count, stored.last_number, stored.last_digest)
    return found == (seen.count, seen.number, seen.digest)


def _check_spelling(district: UUID) -> None:
    """SQLite keeps ids as text: one written otherwise reads the same, but no lookup finds it."""
    if connection.vendor != "sqlite":
        return
    for table, column, number in (
        ("journal_entry", "thread", "number"),
        ("journal_entry", "command_id", "number"),
        ("journal_thread", "id", "last_number"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT min({number}) FROM {table} WHERE district = %s"  # noqa: S608 - names only
                f" AND (length({column}) <> 32 OR {column} GLOB '*[^0-9a-f]*')",
                [district.hex],
            )
            (found,) = cursor.fetchone()
        if found is not None:
            raise JournalBroken(what="spelling", number=found, thread=None)


def _check_seals(line: Line) -> None:
    """Walk the chain of seals; a bad one is named by the first number that it must cover."""
    no, last_number, previous = 0, 0, ""
    for seal in Seal.objects.filter(district=line.pk).order_by("no"):
        due = last_number + 1
        expected = (no + 1, due, previous)
        if (seal.no, seal.first_number, seal.previous) != expected:
            raise JournalBroken(what="seal", number=due, thread=None)
        if seal_digest(seal) != seal.digest:
            raise JournalBroken(what="seal", number=due, thread=None)
        digests = digests_between(line.pk, seal.first_number, seal.last_number)
        if len(digests) != seal.last_number - last_number or root_of(digests) != seal.root:
            raise JournalBroken(what="seal_root", number=due, thread=None)
        no, last_number, previous = seal.no, seal.last_number, seal.digest
    if (line.seals, line.last_seal) != (no, previous):
        raise JournalBroken(what="seal_missing", number=last_number + 1, thread=None)
