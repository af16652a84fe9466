"""Due days and nodes of a unit or a post, as a calendar shows them today."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from luoshi.base.spells import on_day
from luoshi.base.threads import Actor, entries_of_all
from luoshi.clocks.surroundings import NoCalendar, surroundings
from luoshi.exchange.models import CalendarLink
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.verbs import read_ledger
from luoshi.rules.agenda import Happening, happenings
from luoshi.rules.journal import Entry, Redacted, Withdrawn, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.ledger.submissions import INSIDE

PAST = timedelta(days=366)
AHEAD = timedelta(days=3 * 366)
"""How far back and ahead a calendar reaches: enough to look back on a year, and a five-year plan's
next nodes."""
MOST_MATTERS = 1_000  # a millisecond each to fold
MOST_EVENTS = 2_000  # 0.4 ms each to write: a file takes less than two seconds of a processor
SOME = 200  # threads that are read at a time


@dataclass(frozen=True, slots=True)
class Item:
    """One day of a matter; ``number`` and ``at`` are those of the last entry that is for all.

    A leader's note is read by few and changes no day, so it does not count.
    """

    matter: UUID
    code: str
    title: str
    happening: Happening
    number: int
    at: datetime


@dataclass(frozen=True, slots=True)
class Agenda:
    """The days in their order; ``left_out`` more were too far away to be shown."""

    items: tuple[Item, ...]
    left_out: int = 0


def agenda_visible_to(actor: Actor, link: CalendarLink, *, day: date) -> Agenda:
    """Return what a calendar address shows on a day: the nearest days where there are too many."""
    if not read_ledger.who(actor, None):
        return Agenda(())
    threads = _matters(actor, link, day).values_list("thread", flat=True)[:MOST_MATTERS]
    items = [item for item in _items(list(threads), day) if _is_near(item, day)]
    items.sort(key=lambda item: abs(item.happening.day - day))
    shown = items[:MOST_EVENTS]
    shown.sort(key=lambda item: (item.happening.day, item.code, item.happening.key))
    return Agenda(tuple(shown), len(items) - len(shown))


def _is_near(item: Item, day: date) -> bool:
    return day - PAST <= item.happening.day <= day + AHEAD


def _matters(actor: Actor, link: CalendarLink, day: date) -> QuerySet[MatterSpell]:
    """Return the matters whose days are asked for, those due first before others."""
    since = Q(due=None) | Q(due__gte=day - PAST)
    told = min(day, _horizon(actor.district, day))
    spells = MatterSpell.objects.filter(on_day(told), since, district=actor.district)
    if link.unit is None:
        whose = Q(responsible_post=link.post) | Q(sponsoring_post=link.post)
    else:
        doing = Matter.objects.filter(
            district=actor.district, done_by_units__contains=str(link.unit)
        )
        whose = Q(lead_unit=link.unit) | Q(thread__in=doing.values("pk"))
    return spells.filter(whose).order_by(F("due").asc(nulls_last=True), "thread")


def _horizon(district: UUID, day: date) -> date:
    """Return the last day that spells tell of: beyond the announced years there is no board."""
    try:
        return surroundings(district, None).horizon
    except NoCalendar:
        return day


def _items(threads: Sequence[UUID], day: date) -> Iterator[Item]:
    rest = iter(threads)
    while some := list(islice(rest, SOME)):
        for matter, entries in entries_of_all(dict.fromkeys(some, MATTERS)).items():
            state: MatterState = state_on(entries, day, law=MATTERS.law)
            last = _last_for_all(entries)
            code = state.registered.code if state.registered else ""
            for happening in happenings(state):
                yield Item(matter, code, state.title, happening, last.number, last.at)


def _last_for_all(entries: Sequence[Entry[Any]]) -> Entry[Any]:
    """Return the last entry but those that not everybody sees; the first is a registration.

    Leaders' notes are for their line, what waits inside a unit for its posts.
    """
    notes = {entry.number for entry in entries if isinstance(entry.fact, (f.NoteWritten, *INSIDE))}
    for_all = [
        entry
        for entry in entries
        if entry.number not in notes
        and not isinstance(entry.fact, Redacted)
        and not (isinstance(entry.fact, Withdrawn) and entry.corrects in notes)
    ]
    return for_all[-1]
