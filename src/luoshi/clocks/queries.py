"""Every read of the standards: announced years and rule sets, as known now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import read
from luoshi.clocks.projection import CALENDARS, RULE_SETS
from luoshi.organisation.queries import Visitor
from luoshi.rules.calendar import WorkCalendar, YearArrangement
from luoshi.rules.colour import ColourRule
from luoshi.rules.journal import standing


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement of a year: its days, since when it is in force, when it was entered."""

    year: int
    off: tuple[date, ...]
    make_up: tuple[date, ...]
    document: str
    on: date
    at: datetime
    number: int
    is_replaced: bool

    @property
    def working_days(self) -> int:
        """Return how many days of the year are worked."""
        return len(working_days(self.year, self.off, self.make_up))


def announced_visible_to(visitor: Visitor, *, known_at: int | None = None) -> list[Announced]:
    """Return the announcements of a district, the latest first; at most some hundreds.

    ``known_at``: as they were known after the entry of this number.
    """
    rows = _entries(visitor.district, CALENDARS.name, known_at)
    entries = standing([read(row, CALENDARS) for row in rows])
    last = {entry.fact.year: entry.number for entry in entries}
    return [
        Announced(
            entry.fact.year, entry.fact.off, entry.fact.make_up, entry.fact.document,
            entry.on, entry.at, entry.number, last[entry.fact.year] != entry.number,
        )
        for entry in sorted(entries, key=lambda one: (one.fact.year, one.on), reverse=True)
    ]  # fmt: skip


def rules_visible_to(visitor: Visitor, *, known_at: int | None = None) -> list[ColourRule]:
    """Return the colour rules issued in a district, the latest first."""
    rows = _entries(visitor.district, RULE_SETS.name, known_at)
    entries = standing([read(row, RULE_SETS) for row in rows])
    return [entry.fact for entry in reversed(entries)]


def _entries(district: UUID, kind: str, known_at: int | None) -> Iterable[JournalEntry]:
    threads = Thread.objects.filter(district=district, kind=kind).values("pk")
    rows = JournalEntry.objects.filter(thread__in=threads).order_by("number")
    return rows if known_at is None else rows.filter(number__lte=known_at)


def working_days(year: int, off: Sequence[date], make_up: Sequence[date]) -> frozenset[date]:
    """Return the working days of an arrangement. Raises ArrangementContradictsItself."""
    calendar = WorkCalendar.of([YearArrangement(year, frozenset(off), frozenset(make_up), "")])
    first = date(year, 1, 1).toordinal()
    days = (date.fromordinal(n) for n in range(first, date(year, 12, 31).toordinal() + 1))
    return frozenset(day for day in days if calendar.is_working_day(day))
