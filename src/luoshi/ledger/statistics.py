"""The counts and sums behind the charts, on any day; what spells of all days give is one query."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.base.models import OPEN
from luoshi.base.spells import on_day
from luoshi.ledger.basis import facts_of
from luoshi.ledger.board import GoalOn
from luoshi.ledger.daybook import open_daybook
from luoshi.ledger.filters import Filters
from luoshi.ledger.models import MatterSpell, PlaceSpell
from luoshi.organisation.queries import UnitOn, Visitor
from luoshi.rules.colour.schedule import planned_amount


@dataclass(frozen=True, slots=True)
class ColoursOn:
    """How many matters had each colour on a day."""

    day: date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class DueOn:
    """How many matters are due on a day, and how many of them are red or yellow."""

    day: date
    matters: int
    pressing: int


@dataclass(frozen=True, slots=True)
class Counted:
    """Matters by standing, projects by stage (四段), by unit of measure, by due day of a year.

    ``measures`` are the units of amounts to be reached, the most used first.
    """

    standings: Mapping[str, int]
    stages: Mapping[str, int]
    measures: list[tuple[str, int]]
    due: list[DueOn]


@dataclass(slots=True)
class Sum:
    """Planned by a day, confirmed by it and wanted in the end, of some matters, in one unit."""

    planned: Decimal = Decimal(0)
    achieved: Decimal = Decimal(0)
    quantity: Decimal = Decimal(0)
    matters: int = 0

    def add(self, other: "Sum", *, times: int = 1) -> None:
        """Add the sums of other matters so many times; -1 takes them away."""
        self.planned += other.planned * times
        self.achieved += other.achieved * times
        self.quantity += other.quantity * times
        self.matters += other.matters * times


@dataclass(frozen=True, slots=True)
class Owed:
    """One matter's figures with its lead unit."""

    thread: UUID
    lead_unit: UUID | None
    sum: Sum


def spells_known(
    visitor: Visitor, *, known_at: int | None, among: Collection[UUID] | None = None
) -> QuerySet[MatterSpell]:
    """Return what is shown of the district's matters on all days, as known now or at a number.

    ``among`` are the matters asked for; None: all of the district.
    """
    knowledge = (
        Q(known_to=OPEN) if known_at is None else Q(known_from__lte=known_at, known_to__gt=known_at)
    )
    return MatterSpell.objects.filter(knowledge, **_whose(visitor, among))


def _whose(visitor: Visitor, among: Collection[UUID] | None) -> dict[str, Any]:
    """Return the condition: of the district, or among some of its matters.

    These by their threads alone: SQLite would else go through the district.
    """
    return {"district": visitor.district} if among is None else {"thread__in": among}


def colours_over_time(spells: QuerySet[MatterSpell], days: Sequence[date]) -> list[ColoursOn]:
    """Count the colours on each of some days, in their order, by one query.

    What a spell of a colour begins and what ends it are added up day by day, so the number of days
    asked for costs nothing.
    """
    days = sorted(days)
    begun = spells.filter(from_day__lte=days[-1]).values_list("colour", "from_day")
    ended = spells.filter(to_day__lte=days[-1]).values_list("colour", "to_day")
    steps = begun.annotate(n=Count("*")).union(ended.annotate(n=Count("*") * -1), all=True)
    waiting = sorted((day, colour, n) for colour, day, n in steps)
    counts: dict[str, int] = {}
    found, place = [], 0
    for day in days:
        while place < len(waiting) and waiting[place][0] <= day:
            _, colour, n = waiting[place]
            counts[colour] = counts.get(colour, 0) + n
            place += 1
        found.append(ColoursOn(day, {colour: n for colour, n in counts.items() if n}))
    return found


def counted(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None,
    filters: Filters,
    goals: Sequence[GoalOn],
    units: Sequence[UnitOn],
    year: int,
) -> Counted:
    """Return what is counted of the matters that fit; what ended counts where it stands."""
    with_ended = replace(filters, with_closed=True)
    first, last = date(year, 1, 1), date(year, 12, 31)
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        rows = book.chosen(book.fitting(filters, goals=goals, units=units), filters.colours)
        everything = book.fitting(with_ended, goals=goals, units=units)
        additive = rows & book.marked("notes", "amount") & ~book.marked("notes", "ceiling")
        due = book.by_due(rows, first, last)
        pressing = book.by_due(rows & book.marked("colour", "red", "yellow"), first, last)
        return Counted(
            standings=book.by_mark("standing", everything),
            stages=book.by_mark("stage", everything),
            measures=_most_used(book.by_mark("unit", additive)),
            due=[DueOn(each, n, pressing.get(each, 0)) for each, n in sorted(due.items())],
        )


def _most_used(units: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(units.items(), key=lambda used: (-used[1], used[0]))


def _additive(spells: QuerySet[MatterSpell]) -> QuerySet[MatterSpell]:
    """Return what may be added up: amounts to be reached, none that must not be passed."""
    return spells.filter(quantity__isnull=False).exclude(comparator__startswith="<")


def owed(spells: QuerySet[MatterSpell], *, factors: Mapping[str, Decimal], day: date) -> list[Owed]:
    """Return planned, confirmed and wanted amounts of the matters measured in some units.

    ``factors`` turn the amounts of each unit into the one that is shown. Planned is what the
    matter's own plan, else the straight line, says of the day; without either it is nothing.
    """
    rows = _additive(spells).filter(unit__in=sorted(factors))
    columns = ("thread", "lead_unit", "unit", "quantity", "achieved", "basis")
    return [
        Owed(thread, lead, _scaled(factors[unit], _planned(basis, day), achieved, quantity))
        for thread, lead, unit, quantity, achieved, basis in rows.values_list(*columns)
    ]


def _scaled(factor: Decimal, planned: Decimal, achieved: Decimal | None, quantity: Decimal) -> Sum:
    return Sum(planned * factor, (achieved or Decimal(0)) * factor, quantity * factor, 1)


def _planned(basis: str, day: date) -> Decimal:
    facts = facts_of(basis)
    planned = planned_amount(facts, day) if facts else None
    if planned is None:
        return Decimal(0)
    exact = Fraction(*planned)
    return (Decimal(exact.numerator) / exact.denominator).quantize(Decimal("0.1"))


def sums_by_unit(found: Iterable[Owed]) -> dict[UUID | None, Sum]:
    """Add up by lead unit; None stands for matters without one."""
    sums: dict[UUID | None, Sum] = {}
    for one in found:
        sums.setdefault(one.lead_unit, Sum()).add(one.sum)
    return sums


def sums_by_goal(
    visitor: Visitor,
    found: Iterable[Owed],
    *,
    day: date,
    goals: Sequence[GoalOn],
    known_at: int | None,
    among: Collection[UUID] | None = None,
) -> dict[UUID, Sum]:
    """Add up by goal, each matter once on a goal and once on each above it."""
    by_thread = {one.thread: one.sum for one in found}
    sums: dict[UUID, Sum] = {}
    above = places_above(visitor, day=day, goals=goals, known_at=known_at, among=among)
    for thread in by_thread.keys() & above.keys():
        for goal in above[thread]:
            sums.setdefault(goal, Sum()).add(by_thread[thread])
    return sums


def places_above(
    visitor: Visitor,
    *,
    day: date,
    goals: Sequence[GoalOn],
    known_at: int | None,
    among: Collection[UUID] | None = None,
) -> dict[UUID, frozenset[UUID]]:
    """Return for each matter the goals it stands on and all goals above them, on a day.

    ``among`` are the matters asked for; None: all of the district.
    """
    lines = _lines_up(goals)
    places = PlaceSpell.objects.filter(on_day(day, known_at=known_at))
    places = places.filter(**_whose(visitor, among))
    found: dict[UUID, frozenset[UUID]] = {}
    for thread, goal in places.values_list("thread", "goal"):
        line = lines.get(goal, frozenset())
        found[thread] = found[thread] | line if thread in found else line
    return found


def _lines_up(goals: Sequence[GoalOn]) -> dict[UUID, frozenset[UUID]]:
    """Return for each goal itself and all above it; a circle ends where it began."""
    parent_of = {goal.id: goal.parent for goal in goals}
    found: dict[UUID, frozenset[UUID]] = {}
    for goal in parent_of:
        line: list[UUID] = []
        above: UUID | None = goal
        while above is not None and above in parent_of and above not in line:
            line.append(above)
            above = parent_of[above]
        found[goal] = frozenset(line)
    return found
