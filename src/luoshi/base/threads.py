"""What a thread is to the house: how its kind is judged and shown, and how its entries are read."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from operator import attrgetter
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.conf import settings
from django.db import models
from django.utils.module_loading import import_string

from luoshi.base.codec import Codec
from luoshi.base.files import SealedFile
from luoshi.base.models import JournalEntry, Spell
from luoshi.base.prepared import Prepared
from luoshi.base.rows import Row
from luoshi.base.texts import SealedText
from luoshi.rules.journal import Days, Entry, Law, Signature
from luoshi.rules.notices import Said


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


@dataclass(slots=True)
class Projected:
    """What lists show of a thread: the spells of each table."""

    spells: Mapping[type[Spell], list[Row]]
    memory: object = None  # what the next projection of the thread may go on from


class Project(Protocol):
    """The projection of a room: what a thread was from day to day, to its spells."""

    def __call__(
        self,
        days: Days[Any],
        /,
        *,
        district: UUID,
        thread: UUID,
        surroundings: Any,
        others: Mapping[UUID, Days[Any]],
        memory: object = None,
    ) -> Projected:
        """Return the spells that the states give.

        ``others`` are the threads that this one leans on, as known at the same number. ``memory``
        is that of the thread's last projection in the same surroundings; it saves time and never
        changes the outcome.
        """
        ...


def shows_nothing(_days: Days[Any], /, **_around: object) -> Projected:
    """A thread of which no list shows anything by the day."""
    return Projected({})


def no_surroundings(district: UUID, known_at: int | None) -> None:
    """A thread whose rows depend on nothing but its own entries."""


def leans_on_none(_fact: object) -> Iterable[UUID]:
    """A kind of thread whose rows depend on no other thread."""
    return ()


def no_leaners(_threads: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """A kind of thread that none leans on."""
    return ()


def tells_nobody(_before: Any, _entry: Entry[Any], _after: Any) -> Iterable[Said]:
    """A kind of thread of which nobody is told."""
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ThreadKind:
    """How threads of one kind are judged, stored and projected; a room declares one for each.

    ``row_of`` gives the row of a state. A thread may lean on others of its kind, as a whole on its
    parts: ``leans_on`` gives those that a fact names, ``leaners`` the pairs (thread, who leans on
    it) as known now. ``notices`` says who is told of an entry, by the states before and after it.
    """

    name: str
    law: Law[Any, Any]
    codec: Codec
    row: type[models.Model]
    row_of: Callable[[Any, UUID, UUID], models.Model]  # state, district, thread
    project: Project = shows_nothing
    spells: tuple[type[Spell], ...] = ()
    surroundings: Callable[[UUID, int | None], Any] = no_surroundings
    surrounding_kinds: tuple[
        str, ...
    ] = ()  # kinds of thread whose entries rewrite this kind's spells
    leans_on: Callable[[Any], Iterable[UUID]] = leans_on_none
    leaners: Callable[[Collection[UUID]], Iterable[tuple[UUID, UUID]]] = no_leaners
    notices: Callable[[Any, Entry[Any], Any], Iterable[Said]] = tells_nobody


@cache
def kinds() -> dict[str, ThreadKind]:
    """Return every kind of thread by name, as the settings list them."""
    return {kind.name: kind for kind in map(import_string, settings.THREAD_KINDS)}


class Change(NamedTuple):
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


class Command(NamedTuple):
    """Under what an entry is recorded: the hand, the moment, the id by which a retry is known."""

    id: UUID
    by: Actor
    at: datetime


_COLUMNS = (
    "number", "no", "on", "at", "by_person", "by_post", "for_unit", "kind", "version", "body",
)  # fmt: skip


_ENTRIES = Prepared(
    lambda thread, after: (
        JournalEntry.objects.filter(thread=thread, no__gt=after)
        .order_by("no")
        .values_list(*_COLUMNS)
    ),
    thread=UUID,
    after=int,
)


def entries_of(thread: UUID, kind: ThreadKind, *, after: int = 0) -> list[Entry[Any]]:
    """Return every entry of a thread in number order; ``after`` leaves out the first so many."""
    return [_entry(kind, *values) for values in _ENTRIES(thread=thread, after=after)]


def entries_of_all(kinds_of: Mapping[UUID, ThreadKind]) -> dict[UUID, list[Entry[Any]]]:
    """Return the entries of some threads, each in number order."""
    found: dict[UUID, list[Entry[Any]]] = {thread: [] for thread in kinds_of}
    rows = JournalEntry.objects.filter(thread__in=found).order_by("thread", "no")
    for thread, *values in rows.values_list("thread", *_COLUMNS):
        found[thread].append(_entry(kinds_of[thread], *values))
    return found


def in_order(rows: Iterable[JournalEntry]) -> list[JournalEntry]:
    """Return stored entries of a few commands or threads in the order of their numbers.

    Sorted here: told to sort, SQLite goes through the whole journal in the order of its key.
    """
    return sorted(rows, key=attrgetter("number"))


def read(row: JournalEntry, kind: ThreadKind) -> Entry[Any]:
    """Return a stored entry as today's law reads it."""
    return _entry(kind, *_values_of(row))


_values_of = attrgetter(*_COLUMNS)


def _entry(
    kind: ThreadKind,
    number: int,
    no: int,
    on: date,
    at: datetime,
    person: UUID,
    post: UUID | None,
    unit: UUID | None,
    name: str,
    version: int,
    body: str,
) -> Entry[Any]:
    found = kind.codec.decode(name, version, body)
    by = Signature(person=person, post=post, unit=unit)
    return Entry(number, no, on, at, by, name, found.fact, found.corrects, reason=found.reason)
