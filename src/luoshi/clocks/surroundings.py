"""What colours are judged with besides a matter's own facts.

Calendars by the day of their announcement, and rules.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from luoshi.base.kept import edition_of_kind
from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import read
from luoshi.clocks.projection import CALENDARS, RULE_SETS
from luoshi.rules.calendar import CalendarNotAnnounced, WorkCalendar, YearArrangement
from luoshi.rules.colour import ERQI_2017_D1, ColourRule
from luoshi.rules.journal import Entry, standing
from luoshi.rules.refusals import Refusal

KINDS = (CALENDARS.name, RULE_SETS.name)


class NoCalendar(Refusal):
    """The district has no working calendar yet: announce a year first."""

    code = "no_calendar"


@dataclass(frozen=True, slots=True)
class DatedCalendar:
    """The working calendar as announced from a day on."""

    announced: date
    calendar: WorkCalendar


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Calendars oldest first, colour rules oldest first, the day to which colours can be told."""

    calendars: tuple[DatedCalendar, ...]
    rules: tuple[ColourRule, ...]
    horizon: date
    _answers_due: dict[date, date] = field(default_factory=dict, compare=False, repr=False)

    def rule_on(self, day: date) -> ColourRule:
        """Return the colour rule in force on a day; before the first one, the first."""
        begun = [rule for rule in self.rules if rule.in_force_from <= day]
        in_force = [rule for rule in begun if rule.in_force_to is None or day <= rule.in_force_to]
        return (in_force or begun or self.rules[:1])[-1]

    def answer_due(self, reported_on: date) -> date:
        """Return the last day for answering a report of a day; counted once for each day."""
        if reported_on not in self._answers_due:
            self._answers_due[reported_on] = self._counted_answer(reported_on)
        return self._answers_due[reported_on]

    def _counted_answer(self, reported_on: date) -> date:
        """Count the days for an answer by the calendars announced meanwhile.

        Unit: working days after the report; what would end beyond the announced years does not end.
        """
        following = [dated.announced for dated in self.calendars[1:]] + [date.max]
        due = date.max
        for dated, next_announced in zip(self.calendars, following, strict=True):
            if next_announced <= reported_on:
                continue
            due = _counted(
                dated.calendar, reported_on, self.rule_on(reported_on).answer_working_days
            )
            if due < next_announced:
                break
        return due

    def calendar_on(self, day: date) -> WorkCalendar:
        """Return the calendar as announced by a day; before the first announcement, the first."""
        announced = [dated for dated in self.calendars if dated.announced <= day]
        return (announced or self.calendars)[-1 if announced else 0].calendar


def _counted(calendar: WorkCalendar, start: date, days: int) -> date:
    """Count on the calendar; beyond its horizon nothing is announced yet, so nothing ends."""
    try:
        return calendar.add_working_days(start, days)
    except CalendarNotAnnounced:
        return date.max


def surroundings(district: UUID, known_at: int | None) -> Surroundings:
    """Return what colours in a district are judged with, as known now or at a number."""
    if known_at is None:
        newest = max(edition_of_kind(district, kind) for kind in KINDS)
        return _folded(district, newest.number, newest.digest)
    last = _entries(district, known_at).order_by("-number").values_list("number", "digest").first()
    return _folded(district, *(last or (0, "")))


def _entries(district: UUID, known_at: int | None) -> QuerySet[JournalEntry]:
    threads = Thread.objects.filter(district=district, kind__in=KINDS).values("pk")
    entries = JournalEntry.objects.filter(thread__in=threads)
    return entries if known_at is None else entries.filter(number__lte=known_at)


@lru_cache(maxsize=64)
def _folded(district: UUID, last: int, _digest: str) -> Surroundings:
    """Fold the standards up to an entry.

    Its digest in the key keeps a rolled-back number from being mistaken.
    """
    kind_of = dict(
        Thread.objects.filter(district=district, kind__in=KINDS).values_list("pk", "kind")
    )
    calendar: list[Entry[Any]] = []
    rules: list[Entry[Any]] = []
    for row in _entries(district, last).order_by("number"):
        if kind_of[row.thread] == CALENDARS.name:
            calendar.append(read(row, CALENDARS))
        else:
            rules.append(read(row, RULE_SETS))
    issued = tuple(entry.fact for entry in standing(rules)) or (ERQI_2017_D1,)
    calendars = _calendars(standing(calendar))
    horizon = calendars[-1].calendar.horizon
    return Surroundings(calendars, issued, horizon)


def _calendars(entries: Sequence[Entry[Any]]) -> tuple[DatedCalendar, ...]:
    dated = []
    years: dict[int, YearArrangement] = {}
    for entry in entries:
        fact = entry.fact
        years[fact.year] = YearArrangement(
            fact.year, frozenset(fact.off), frozenset(fact.make_up), fact.document
        )
        dated.append(DatedCalendar(entry.on, WorkCalendar.of(years.values())))
    if not dated:
        raise NoCalendar
    return tuple(dated)
