"""Walk the journal and name the first thing that does not hold.

Found is any change made to entries, thread heads, the counter or seals. A consistent rewrite of
everything since the last root that was published outside cannot be found from inside.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from luoshi.base.models import JournalEntry, Line, Seal, Thread
from luoshi.base.seals import digests_between, seal_digest
from luoshi.rules.journal import ALGORITHM, HEADER_FIELDS, Header, entry_digest
from luoshi.rules.merkle import root_of
from luoshi.rules.refusals import Refusal

_CHUNK = 5000


class JournalBroken(Refusal):
    """The journal does not hold; facts: ``what``, ``number`` (of the first bad entry), ``thread``.

    ``number`` and ``thread`` are told where one entry or thread is bad.
    """

    code = "journal_broken"


@dataclass(slots=True)
class _Head:
    count: int
    number: int
    digest: str


def verified_entries(*, district: UUID) -> Iterator[int]:
    """Yield each number that holds, in order. Raises JournalBroken at the first that does not.

    What only shows when all are read, such as a missing tail, is raised at the end.
    """
    heads: dict[UUID, _Head] = {}
    number, at = 0, None
    for row in _rows(district):
        _check_entry(row, number + 1, at, heads.get(row.thread))
        heads[row.thread] = _Head(row.no, row.number, row.digest)
        number, at = row.number, row.at
        yield number
    _check_line(district, number, at)
    _check_heads(district, heads)
    _check_seals(district)


def _rows(district: UUID) -> Iterator[JournalEntry]:
    entries = JournalEntry.objects.filter(district=district).order_by("number")
    return entries.iterator(chunk_size=_CHUNK)


def _check_entry(row: JournalEntry, number: int, at: datetime | None, head: _Head | None) -> None:
    if row.number != number:
        raise JournalBroken(what="number_missing", number=number, thread=None)
    if row.algorithm != ALGORITHM:
        raise JournalBroken(what="algorithm", number=number, thread=row.thread)
    header = Header(**{name: getattr(row, name) for name in HEADER_FIELDS})
    if entry_digest(header, row.body) != row.digest:
        raise JournalBroken(what="digest", number=number, thread=row.thread)
    before = head or _Head(0, 0, "")
    if (row.no, row.previous) != (before.count + 1, before.digest):
        raise JournalBroken(what="chain", number=number, thread=row.thread)
    if at is not None and row.at < at:
        raise JournalBroken(what="moment_runs_backwards", number=number, thread=row.thread)


def _check_line(district: UUID, number: int, at: datetime | None) -> None:
    line = Line.objects.filter(pk=district).first()
    if line is None:
        raise JournalBroken(what="line_missing", number=None, thread=None)
    if line.last_number != number:
        raise JournalBroken(
            what="tail_missing", number=min(number, line.last_number) + 1, thread=None
        )
    if line.last_at != at:
        raise JournalBroken(what="line_moment", number=number, thread=None)


def _check_heads(district: UUID, heads: dict[UUID, _Head]) -> None:
    stored = {head.pk: head for head in Thread.objects.filter(district=district)}
    for thread in sorted(heads.keys() ^ stored.keys()):
        number = heads[thread].number if thread in heads else stored[thread].last_number
        raise JournalBroken(what="thread_missing", number=number, thread=thread)
    for thread, seen in sorted(heads.items(), key=lambda item: item[1].number):
        head = stored[thread]
        if (head.count, head.last_number, head.last_digest) != (
            seen.count,
            seen.number,
            seen.digest,
        ):
            raise JournalBroken(what="thread_head", number=seen.number, thread=thread)


def _check_seals(district: UUID) -> None:
    line = Line.objects.get(pk=district)
    no, last_number, previous = 0, 0, ""
    for seal in Seal.objects.filter(district=district).order_by("no"):
        expected = (no + 1, last_number + 1, previous)
        if (seal.no, seal.first_number, seal.previous) != expected or seal_digest(
            seal
        ) != seal.digest:
            raise JournalBroken(what="seal", number=seal.first_number, thread=None)
        digests = digests_between(district, seal.first_number, seal.last_number)
        if (
            len(digests) != seal.last_number - seal.first_number + 1
            or root_of(digests) != seal.root
        ):
            raise JournalBroken(what="seal_root", number=seal.first_number, thread=None)
        no, last_number, previous = seal.no, seal.last_number, seal.digest
    if (line.seals, line.last_seal) != (no, previous):
        raise JournalBroken(what="seal_missing", number=last_number + 1, thread=None)
