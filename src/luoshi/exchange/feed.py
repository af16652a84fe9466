"""The journal as others may follow it: entry by entry, in the order of the number line.

Numbers follow commits (the district's line is locked last), so whoever asks for all entries after
the last number they saw misses none, however many write at the same time.
"""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q

from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import Actor, entries_of_all
from luoshi.exchange.permissions import kinds_read_by, reads_every_note
from luoshi.ledger.inside import unseen
from luoshi.ledger.models import Matter
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.verbs import read_note
from luoshi.rules.journal import HEADER_FIELDS, moment, state_on
from luoshi.rules.ledger.submissions import INSIDE

MOST_AT_ONCE = 500
"""Entries that one answer looks at; unit: entries of the number line, shown or not."""
NOTE = "matter.note_written"
WITHDRAWN, REDACTED = "withdrawn", "redacted"
INSIDE_KINDS = frozenset(
    kind.name for kind in MATTERS.codec.by_name.values() if kind.type in INSIDE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What is followed; an empty one leaves the feed whole.

    ``unit``: what was recorded for it, and the matters that it leads or supports now.
    """

    kinds: frozenset[str] = frozenset()  # of threads
    facts: frozenset[str] = frozenset()  # kinds of entry
    unit: UUID | None = None


@dataclass(frozen=True, slots=True)
class Followed:
    """An entry with the kind of its thread."""

    thread_kind: str
    row: JournalEntry

    @property
    def shown(self) -> dict[str, object]:
        """Return header and body as stored; what the digest covers can be put together again."""
        row = self.row
        told = {name: _plain(getattr(row, name)) for name in HEADER_FIELDS}
        return {**told, "thread_kind": self.thread_kind, "digest": row.digest, "body": row.body}


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return moment(value)
    return str(value) if isinstance(value, UUID | date) else value


@dataclass(frozen=True, slots=True)
class Batch:
    """Some entries, up to which number was read for them, and whether there is more already.

    ``last`` counts what was left out, too: the next question goes on behind it.
    """

    entries: tuple[Followed, ...]
    last: int
    is_more: bool


def feed_visible_to(
    actor: Actor, *, after: int, limit: int = MOST_AT_ONCE, narrowed: Narrowed | None = None
) -> Batch:
    """Return the entries after a number that an actor may see today; at most six queries.

    Of ``limit`` entries of the line those are given that are open to the actor and asked for.
    """
    most = min(limit, MOST_AT_ONCE)
    rows = list(
        JournalEntry.objects.filter(district=actor.district, number__gt=after)
        .order_by("number")[: most + 1]
    )  # fmt: skip
    looked, is_more = rows[:most], len(rows) > most
    last = looked[-1].number if looked else after
    return Batch(tuple(_open(actor, looked, narrowed or Narrowed())), last, is_more)


def last_number(district: UUID) -> int:
    """Return the number of the district's last entry, 0 before the first; one query."""
    rows = JournalEntry.objects.filter(district=district).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0


def entry_visible_to(actor: Actor, number: int) -> Followed | None:
    """Return one entry where an actor may see it today."""
    rows = list(JournalEntry.objects.filter(district=actor.district, number=number))
    return next(iter(_open(actor, rows, Narrowed())), None)


def _open(actor: Actor, rows: Sequence[JournalEntry], narrowed: Narrowed) -> Iterable[Followed]:
    kinds = kinds_read_by(actor)
    kinds = kinds & narrowed.kinds if narrowed.kinds else kinds
    if not rows or not kinds:
        return
    threads = {row.thread for row in rows}
    kind_of = dict(Thread.objects.filter(pk__in=threads).values_list("pk", "kind"))
    asked = [row for row in rows if kind_of[row.thread] in kinds]
    if narrowed.facts:
        asked = [row for row in asked if row.kind in narrowed.facts]
    if narrowed.unit is not None:
        near = _threads_of(actor, narrowed.unit, {row.thread for row in asked})
        asked = [row for row in asked if row.for_unit == narrowed.unit or row.thread in near]
    of_matters = [row for row in asked if kind_of[row.thread] == MATTERS.name]
    hidden = _hidden_notes(actor, of_matters) | _waiting_inside(actor, of_matters)
    for row in asked:
        if row.number not in hidden:
            yield Followed(kind_of[row.thread], row)


def _threads_of(actor: Actor, unit: UUID, threads: Collection[UUID]) -> set[UUID]:
    """Return the matters among some threads that a unit does, and the thread of the unit."""
    does = Q(lead_unit=unit) | Q(done_by_units__contains=str(unit))
    rows = Matter.objects.filter(does, district=actor.district, pk__in=threads)
    return {unit, *rows.values_list("pk", flat=True)}


# ---- what waits inside a unit, which only its own posts read -------------------------------------


def _waiting_inside(actor: Actor, rows: Sequence[JournalEntry]) -> set[int]:
    """Return the entries among some of matters that only another unit's posts may see.

    What was let out is told by the entry that let it out.
    """
    suspects = {row.thread for row in rows if row.kind in INSIDE_KINDS or row.kind == WITHDRAWN}
    hidden: set[int] = set()
    if suspects:
        for entries in entries_of_all(dict.fromkeys(suspects, MATTERS)).values():
            now = state_on(entries, date.max, law=MATTERS.law)
            hidden |= unseen(actor, entries, now)
    return hidden


# ---- leaders' notes, which only the line of a matter reads ---------------------------------------


def _hidden_notes(actor: Actor, rows: Sequence[JournalEntry]) -> set[int]:
    """Return the entries among some of matters that tell of a note which is not for the actor.

    Such are the note, its corrections, the entry that takes it back, and the removal of its words.
    """
    suspects = [row for row in rows if row.kind in {NOTE, WITHDRAWN, REDACTED}]
    if not suspects or reads_every_note(actor):
        return set()
    notes = _notes_of({row.thread for row in suspects})
    telling = [row for row in suspects if _tells_of(row, notes.get(row.thread, {}))]
    closed = _closed_to(actor, {row.thread for row in telling})
    return {row.number for row in telling if row.thread in closed}


Notes = Mapping[int, str]
"""The entries of a thread that are notes, each with its body."""


def _notes_of(threads: Collection[UUID]) -> dict[UUID, dict[int, str]]:
    found: dict[UUID, dict[int, str]] = {}
    rows = JournalEntry.objects.filter(thread__in=threads, kind=NOTE)
    for thread, number, body in rows.values_list("thread", "number", "body"):
        found.setdefault(thread, {})[number] = body
    return found


def _tells_of(row: JournalEntry, notes: Notes) -> bool:
    if row.kind == NOTE:
        return True
    told = json.loads(row.body)
    if row.kind == WITHDRAWN:
        return told.get("corrects") in notes
    return any(digest in body for digest in told["fact"]["digests"] for body in notes.values())


def _closed_to(actor: Actor, matters: Collection[UUID]) -> set[UUID]:
    """Return the matters whose notes an actor may not read, by what each is now."""
    found = entries_of_all(dict.fromkeys(matters, MATTERS))
    return {
        matter
        for matter, entries in found.items()
        if not read_note.who(actor, state_on(entries, date.max, law=MATTERS.law))
    }
