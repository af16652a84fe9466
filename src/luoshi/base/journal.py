"""The one road into the ledger: decide, record, fold, project, in one transaction."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from luoshi.base import texts
from luoshi.base.codec import Codec
from luoshi.base.files import SealedFile, is_same_file, keep_files
from luoshi.base.models import JournalEntry, Line, Spell, StoredFile, StoredText, Thread
from luoshi.base.rows import Row, insert
from luoshi.base.spells import SpellBook, stored_columns
from luoshi.base.texts import SealedText
from luoshi.rules import journal as rules
from luoshi.rules.journal import (
    ALGORITHM,
    ChangedMeanwhile,
    CommandIdReused,
    Days,
    Entry,
    Header,
    Law,
    Signature,
    entry_digest,
)
from luoshi.rules.refusals import NotFound, Refusal

EARLIEST = date(1949, 10, 1)
"""No ledger of a district is older; a day before it is a slip of the hand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who acts: a person in a post of a unit, in a district, with the roles of the post."""

    district: UUID
    person: UUID
    post: UUID | None = None
    unit: UUID | None = None
    roles: frozenset[str] = frozenset()

    @property
    def signature(self) -> Signature:
        """Return what an entry keeps of the actor."""
        return Signature(person=self.person, post=self.post, unit=self.unit)


ENTRY_COLUMNS = (*rules.HEADER_FIELDS, "digest", "body")
_columns_of_entry = attrgetter(*ENTRY_COLUMNS)


@dataclass(slots=True)
class Projected:
    """What a thread's entries become: its row as known now, and the spells of each table."""

    row: models.Model | None
    spells: dict[type[Spell], list[tuple[Any, ...]]] = field(default_factory=dict)
    memory: object = None  # what the next projection of the thread may go on from


class Project(Protocol):
    """The projection of a room: what a thread was from day to day, to its row and spells."""

    def __call__(
        self,
        days: Days[Any],
        *,
        district: UUID,
        thread: UUID,
        surroundings: Any,
        memory: object = None,
    ) -> Projected:
        """Return the row and the spells that the states give.

        ``memory`` is that of the thread's last projection in the same surroundings; it saves time
        and never changes the outcome.
        """
        ...


def no_surroundings(district: UUID, known_at: int | None) -> None:
    """A thread whose rows depend on nothing but its own entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKind:
    """How threads of one kind are judged, stored and projected; a room declares one for each."""

    name: str
    law: Law[Any, Any]
    codec: Codec
    project: Project
    row: type[models.Model]
    spells: tuple[type[Spell], ...]
    surroundings: Callable[[UUID, int | None], Any] = no_surroundings
    surrounding_kinds: tuple[
        str, ...
    ] = ()  # kinds of thread whose entries rewrite this kind's spells


@cache
def kinds() -> dict[str, ThreadKind]:
    """Return every kind of thread by name, as the settings list them."""
    return {kind.name: kind for kind in map(import_string, settings.THREAD_KINDS)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One fact to be decided in one thread; ``decide`` judges a state and returns it, or refuses.

    ``expected`` is the number of the last entry of the thread that the writer saw, 0 for a thread
    that is to begin.
    """

    kind: ThreadKind
    thread: UUID
    decide: Callable[[Any], Any]
    on: date
    expected: int
    permit: Callable[[Any], None] | None = None  # raises NotAllowed on the state as known now
    texts: tuple[SealedText, ...] = ()
    files: tuple[SealedFile, ...] = ()
    corrects: int | None = None
    reason: SealedText | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Under what an entry is recorded: the hand, the moment, the id by which a retry is known."""

    id: UUID
    by: Actor
    at: datetime


def entries_of(thread: UUID, kind: ThreadKind) -> list[Entry[Any]]:
    """Return every entry of a thread in number order."""
    return [read(row, kind) for row in JournalEntry.objects.filter(thread=thread).order_by("no")]


def read(row: JournalEntry, kind: ThreadKind) -> Entry[Any]:
    """Return a stored entry as today's law reads it."""
    body = kind.codec.decode(row.kind, row.version, row.body)
    by = Signature(person=row.by_person, post=row.by_post, unit=row.for_unit)
    return Entry(row.number, row.no, row.on, row.at, by, row.kind, body.fact, body.corrects)


def record(*changes: Change, command: Command) -> list[Entry[Any]]:
    """Record one fact for each change under one command; all of them or none.

    Raises what the deciders raise, ChangedMeanwhile, CommandIdReused, LaterEntryStandsInTheWay,
    DayInFuture. The same command again returns the entries that it made the first time.
    """
    with transaction.atomic():
        heads = _lock_threads(changes, command)
        if done := _entries_of_command(command):
            return _same_again(done, changes, command)
        judged = [_judge(change, heads.get(change.thread), command) for change in changes]
        return _append(judged, heads, command)


def _lock_threads(changes: Sequence[Change], command: Command) -> dict[UUID, Thread]:
    """Lock the threads in id order: two commands over the same ones cannot wait for each other.

    Raises NotFound for a thread of another district or of another kind than the change speaks of.
    """
    kind_of = {change.thread: change.kind.name for change in changes}
    while (heads := _heads_locked(set(kind_of), command.by.district)) is None:
        pass
    for head in heads.values():
        if (head.district, head.kind) != (command.by.district, kind_of[head.pk]):
            raise NotFound(what="thread")
    return heads


def _heads_locked(ids: set[UUID], district: UUID) -> dict[UUID, Thread] | None:
    """Lock the heads that there are; None, and every lock given back, where one began meanwhile.

    A thread that is to begin has no row to lock: the district's line stands for it. Whoever waited
    for the line looks again, because the one before may have begun the same thread.
    """
    beginning = transaction.savepoint()
    heads = {
        head.pk: head
        for head in Thread.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    if len(heads) < len(ids):
        Line.objects.select_for_update().get(pk=district)
        if Thread.objects.filter(pk__in=ids).count() > len(heads):
            transaction.savepoint_rollback(beginning)
            return None
    transaction.savepoint_commit(beginning)
    return heads


@dataclass(slots=True)
class _Judged:
    change: Change
    fact: Any
    entries: list[Entry[Any]]


def _judge(change: Change, head: Thread | None, command: Command) -> _Judged:
    check_day(change.on, command.at)
    entries = entries_of(change.thread, change.kind) if head else []
    if change.permit is not None:
        change.permit(rules.state_on(entries, date.max, law=change.kind.law))
    fact = decided(change, entries, command)
    theirs = rules.conflicts(entries, fact, law=change.kind.law, expected=change.expected)
    if theirs:
        raise ChangedMeanwhile(
            entry=theirs[-1].number,
            theirs=theirs[-1].fact,
            yours=fact,
            parts=sorted(change.kind.law.touched(fact) & change.kind.law.touched(theirs[-1].fact)),
        )
    return _Judged(change, fact, entries)


def decided(change: Change, entries: Sequence[Entry[Any]], command: Command) -> Any:
    """Decide on the history as it stands; the proposed entry is the last one known."""
    following = entries[-1].number + 1 if entries else 1

    def proposed(fact: Any) -> Entry[Any]:
        kind = change.kind.codec.kind_of(fact).name
        return Entry(
            following,
            len(entries) + 1,
            change.on,
            command.at,
            command.by.signature,
            kind,
            fact,
            change.corrects,
        )

    return rules.judge(
        entries,
        law=change.kind.law,
        on=change.on,
        corrects=change.corrects,
        decide=change.decide,
        proposed=proposed,
    )


def check_day(on: date, at: datetime) -> None:
    """Refuse a day that has not come in the district's time zone, and one before any ledger."""
    today = timezone.localtime(at).date()
    if on > today:
        raise rules.DayInFuture(on=on, today=today)
    if on < EARLIEST:
        raise rules.DayBeforeDistrict(on=on, earliest=EARLIEST)


def _entries_of_command(command: Command) -> list[JournalEntry]:
    rows = JournalEntry.objects.filter(district=command.by.district, command_id=command.id)
    return list(rows.order_by("number"))


def _same_again(
    done: list[JournalEntry], changes: Sequence[Change], command: Command
) -> list[Entry[Any]]:
    """Return the entries a command made before, if it is the same: hand, days and content."""
    again = [_is_same(row, change, command) for row, change in zip(done, changes, strict=False)]
    if len(done) != len(changes) or not all(again):
        raise CommandIdReused(command_id=command.id, entry=done[0].number)
    return [read(row, change.kind) for row, change in zip(done, changes, strict=True)]


def _is_same(row: JournalEntry, change: Change, command: Command) -> bool:
    asked = (change.thread, change.on, command.by.person)
    if (row.thread, row.on, row.by_person) != asked:
        return False
    kind = change.kind
    before = [entry for entry in entries_of(row.thread, kind) if entry.number < row.number]
    try:
        # the decision is made again where it was first made
        fact = decided(change, before, command)
    except Refusal:
        return False
    if kind.codec.kind_of(fact).name != row.kind:
        return False
    stored = kind.codec.decode(row.kind, row.version, row.body)  # as today's version has it
    again = kind.codec.encode(
        fact, corrects=change.corrects, reason=change.reason.digest if change.reason else None
    )
    return _with_stored_digests(again, row, change) == kind.codec.encode(
        stored.fact, corrects=stored.corrects, reason=stored.reason
    )


def _with_stored_digests(body: str, row: JournalEntry, change: Change) -> str:
    """Put the stored digest in place of each fresh one of the same content: only the salts differ.

    Of equal texts the first belongs to the first. What was redacted cannot be compared any more; it
    is taken as the same as what is left over.
    """
    sent = sorted(_sealed_of(change), key=lambda sealed: body.find(sealed.digest))
    stored = sorted(_stored_with(row), key=lambda kept: row.body.find(kept.digest))
    for matches in (_is_same_content, _is_removed):
        for sealed in list(sent):
            same = next((kept for kept in stored if matches(sealed, kept)), None)
            if same is not None:
                body = body.replace(sealed.digest, same.digest)
                sent.remove(sealed)
                stored.remove(same)
    return body


def _sealed_of(change: Change) -> list[SealedText | SealedFile]:
    names = [file.name for file in change.files]
    reason = [change.reason] if change.reason else []
    return [*change.texts, *reason, *names, *change.files]


def _stored_with(row: JournalEntry) -> list[StoredText | StoredFile]:
    """Return the texts and files of the thread whose digests stand in the entry."""
    kept: list[StoredText | StoredFile] = []
    for model in (StoredText, StoredFile):
        kept += model._default_manager.filter(district=row.district, thread=row.thread)
    return [each for each in kept if each.digest in row.body]


def _is_same_content(sealed: SealedText | SealedFile, kept: StoredText | StoredFile) -> bool:
    if isinstance(sealed, SealedText):
        return isinstance(kept, StoredText) and texts.is_same(sealed, kept)
    return isinstance(kept, StoredFile) and is_same_file(sealed, kept)


def _is_removed(sealed: SealedText | SealedFile, kept: StoredText | StoredFile) -> bool:
    return kept.salt is None and isinstance(sealed, SealedText) == isinstance(kept, StoredText)


def _append(
    judged: Sequence[_Judged], heads: dict[UUID, Thread], command: Command
) -> list[Entry[Any]]:
    """Number, chain and store the entries, then fold them into rows.

    The line is locked here, after everything that can be refused: until the commit only writes
    follow.
    """
    line = Line.objects.select_for_update().get(pk=command.by.district)
    ledger = Appender(line, command, heads)
    written = [ledger.append(each.change, each.fact, each.entries) for each in judged]
    ledger.store()
    ledger.respell({each.change.kind.name for each in judged})
    return written


class Appender:
    """Numbers, chains and folds entries on a locked line, and stores them all at once."""

    def __init__(self, line: Line, command: Command, heads: dict[UUID, Thread]) -> None:
        self.line = line
        self.command = command
        self.heads = heads
        self._new_heads: dict[UUID, Thread] = {}
        self._touched: dict[UUID, Thread] = {}
        self._entries: list[JournalEntry] = []
        self._texts: list[tuple[SealedText, UUID]] = []
        self._files: list[tuple[SealedFile, UUID]] = []
        self._books: dict[tuple[UUID, type[Spell]], SpellBook] = {}
        self._rows: dict[UUID, tuple[type[models.Model], models.Model | None]] = {}
        self._around: dict[str, Any] = {}
        self.days: dict[UUID, Days[Any]] = {}
        self._memories: dict[UUID, object] = {}

    def append(self, change: Change, fact: Any, entries: list[Entry[Any]]) -> Entry[Any]:
        """Make the next entry of a thread and fold it; ``entries`` (those before it) gains it."""
        fact = change.kind.codec.settled(fact)
        head = self._head(change)
        at = max(self.command.at, self.line.last_at or self.command.at)
        row = self._chained(change, fact, head, at)
        entry = read_fact(row, fact, change.corrects)
        entries.append(entry)
        self.line.last_number, self.line.last_at = row.number, at
        head.count, head.last_number, head.last_digest = row.no, row.number, row.digest
        self._touched[head.pk] = head
        self._entries.append(row)
        self._texts += [(text, change.thread) for text in change.texts]
        self._files += [(file, change.thread) for file in change.files]
        if change.reason:
            self._texts.append((change.reason, change.thread))
        days = self.days.get(change.thread)
        if days is None or not rules.with_one_more(days, entry, law=change.kind.law):
            days = rules.days_of(entries, law=change.kind.law)
            self.days[change.thread] = days
        self._project(change.kind, days, row.number, is_new=head.pk in self._new_heads)
        return entry

    def _head(self, change: Change) -> Thread:
        head = self.heads.get(change.thread)
        if head is None:
            head = Thread(
                id=change.thread,
                district=self.line.district,
                kind=change.kind.name,
                count=0,
                last_number=0,
                last_digest="",
            )
            self.heads[change.thread] = self._new_heads[change.thread] = head
        return head

    def _chained(self, change: Change, fact: Any, head: Thread, at: datetime) -> JournalEntry:
        stored = change.kind.codec.kind_of(fact)
        reason = change.reason.digest if change.reason else None
        by = self.command.by
        header = Header(
            district=self.line.district,
            thread=change.thread,
            no=head.count + 1,
            number=self.line.last_number + 1,
            on=change.on,
            at=at,
            by_person=by.person,
            by_post=by.post,
            for_unit=by.unit,
            command_id=self.command.id,
            kind=stored.name,
            version=stored.version,
            algorithm=ALGORITHM,
            previous=head.last_digest,
        )
        body = change.kind.codec.encode(fact, corrects=change.corrects, reason=reason)
        columns = {name: getattr(header, name) for name in rules.HEADER_FIELDS}
        return JournalEntry(**columns, body=body, digest=entry_digest(header, body))

    def _project(self, kind: ThreadKind, days: Days[Any], number: int, *, is_new: bool) -> None:
        thread = self._entries[-1].thread
        if kind.name not in self._around:
            self._around[kind.name] = kind.surroundings(self.line.district, None)
        projected = kind.project(
            days,
            district=self.line.district,
            thread=thread,
            surroundings=self._around[kind.name],
            memory=self._memories.get(thread),
        )
        self._memories[thread] = projected.memory
        self._rows[thread] = (kind.row, projected.row)
        for model in kind.spells:
            book = self._books.get((thread, model))
            if book is None:
                book = SpellBook(model, district=self.line.district, thread=thread)
                self._books[thread, model] = book if is_new else book.load()
            book.advance(projected.spells[model], number)

    def store(self) -> None:
        """Write entries, heads, line, texts, rows and spells."""
        Thread.objects.bulk_create(self._new_heads.values())
        old = [head for head in self._touched.values() if head.pk not in self._new_heads]
        Thread.objects.bulk_update(old, ["count", "last_number", "last_digest"])
        insert(JournalEntry, ENTRY_COLUMNS, map(_columns_of_entry, self._entries))
        self.line.save(update_fields=["last_number", "last_at"])
        texts.keep(self._texts, district=self.line.district)
        keep_files(self._files, district=self.line.district)
        self._store_rows()

    def _store_rows(self) -> None:
        by_model: dict[type[models.Model], list[models.Model]] = {}
        for thread, (model, row) in self._rows.items():
            if row is not None:
                by_model.setdefault(model, []).append(row)
            elif thread not in self._new_heads:  # all that it stood on was taken back
                model._default_manager.filter(pk=thread).delete()
        for model, rows in by_model.items():
            store_rows(model, rows)
        fresh: dict[type[Spell], list[Row]] = {}
        for (_, spell_model), book in self._books.items():
            book.close_ended()
            fresh.setdefault(spell_model, []).extend(book.unwritten())
        for spell_model, spells in fresh.items():
            insert(spell_model, stored_columns(spell_model), spells)

    def respell(self, changed: Iterable[str]) -> None:
        """Rewrite the spells of all threads judged by the changed kinds, as known from here on."""
        names = set(changed)
        for kind in kinds().values():
            if names & set(kind.surrounding_kinds):
                self._respell_kind(kind)

    def _respell_kind(self, kind: ThreadKind) -> None:
        district, number = self.line.district, self.line.last_number
        threads = Thread.objects.filter(district=district, kind=kind.name).values_list(
            "pk", flat=True
        )
        if not threads:
            return
        around = kind.surroundings(district, None)
        for thread in threads:
            days = rules.days_of(entries_of(thread, kind), law=kind.law)
            projected = kind.project(days, district=district, thread=thread, surroundings=around)
            for model in kind.spells:
                book = SpellBook(model, district=district, thread=thread).load()
                book.advance(projected.spells[model], number)
                book.write()


def store_rows(model: type[models.Model], rows: Iterable[models.Model]) -> None:
    """Write rows whose key is their thread's id: new ones are added, known ones replaced."""
    columns = [f.name for f in model._meta.concrete_fields if not f.primary_key]
    model._default_manager.bulk_create(
        rows, update_conflicts=True, unique_fields=[model._meta.pk.name], update_fields=columns
    )


def read_fact(row: JournalEntry, fact: Any, corrects: int | None) -> Entry[Any]:
    """Return the entry of a row whose fact is at hand."""
    by = Signature(person=row.by_person, post=row.by_post, unit=row.for_unit)
    return Entry(row.number, row.no, row.on, row.at, by, row.kind, fact, corrects)
