"""The counts of the charts that go through all matters, held and moved on from entry to entry."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import starmap
from typing import TypeVar
from uuid import UUID

from django.db.models import QuerySet

from luoshi.base.spells import on_day
from luoshi.ledger.board import GoalOn, matters_visible_to
from luoshi.ledger.filters import Filters, narrowed
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.moving import Move, moved_on
from luoshi.ledger.statistics import (
    ColoursOn,
    Sum,
    colours_over_time,
    owed,
    spells_known,
    sums_by_goal,
    sums_by_unit,
)
from luoshi.organisation.queries import UnitOn, Visitor

K = TypeVar("K")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Question:
    """Of which matters a chart tells: those that fit the filters on a day, as known at a number."""

    visitor: Visitor
    day: date
    known_at: int | None
    filters: Filters
    goals: Sequence[GoalOn]
    units: Sequence[UnitOn]

    @property
    def key(self) -> Hashable:
        """Return what names the question; goals and units only where they decide what fits."""
        filters = self.filters
        goals = tuple(self.goals) if filters.goal else ()
        return self.day, filters, goals, tuple(self.units) if filters.unit or filters.text else ()

    def moving(self, move: Move[T]) -> Move[T] | None:
        """Return how an answer is moved on; of initials only what they are now is known."""
        return None if self.filters.text else move

    def fitting(self, spells: QuerySet[MatterSpell], known_at: int | None) -> QuerySet[MatterSpell]:
        """Return those of some spells whose matters fit, but for the colours."""
        return narrowed(
            spells,
            self.filters,
            goals=self.goals,
            units=self.units,
            day=self.day,
            known_at=known_at,
        )


def colours_on(asked: Question, days: Sequence[date]) -> list[ColoursOn]:
    """Count the colours on each of some days, in their order."""

    def count(known_at: int | None, among: Collection[UUID] | None) -> list[ColoursOn]:
        spells = spells_known(asked.visitor, known_at=known_at, among=among)
        return colours_over_time(asked.fitting(spells, known_at), days)

    return moved_on(
        asked.visitor.district,
        ("colours", asked.key, tuple(days)),
        count,
        asked.moving(_colours_moved),
        known_at=asked.known_at,
    )


def _colours_moved(
    counted: list[ColoursOn], before: list[ColoursOn], after: list[ColoursOn]
) -> list[ColoursOn]:
    return list(starmap(_colours_of_a_day, zip(counted, before, after, strict=True)))


def _colours_of_a_day(counted: ColoursOn, before: ColoursOn, after: ColoursOn) -> ColoursOn:
    counts = dict(counted.counts)
    for colour, n in before.counts.items():
        counts[colour] = counts.get(colour, 0) - n
    for colour, n in after.counts.items():
        counts[colour] = counts.get(colour, 0) + n
    return ColoursOn(counted.day, {colour: n for colour, n in counts.items() if n})


@dataclass(frozen=True, slots=True)
class Plan:
    """Planned, confirmed and wanted amounts by goal and by lead unit; None: without one."""

    by_goal: Mapping[UUID, Sum]
    by_unit: Mapping[UUID | None, Sum]


def plan_on(asked: Question, factors: Mapping[str, Decimal]) -> Plan:
    """Sum plan and actual of the matters measured in some units; ``factors`` as in ``owed``."""

    def count(known_at: int | None, among: Collection[UUID] | None) -> Plan:
        spells = asked.fitting(_of_the_day(asked, known_at, among), known_at)
        if asked.filters.colours:
            spells = spells.filter(colour__in=asked.filters.colours)
        found = owed(spells, factors=factors, day=asked.day)
        by_goal = sums_by_goal(
            asked.visitor,
            found,
            day=asked.day,
            goals=asked.goals,
            known_at=known_at,
            among=among,
        )
        return Plan(by_goal, sums_by_unit(found))

    key = ("plan", asked.key, tuple(asked.goals), tuple(sorted(factors.items())))
    return moved_on(
        asked.visitor.district, key, count, asked.moving(_plan_moved), known_at=asked.known_at
    )


def _of_the_day(
    asked: Question, known_at: int | None, among: Collection[UUID] | None
) -> QuerySet[MatterSpell]:
    if among is None:
        return matters_visible_to(asked.visitor, day=asked.day, known_at=known_at)
    # by their threads alone: SQLite would else go through the district
    return MatterSpell.objects.filter(on_day(asked.day, known_at=known_at), thread__in=among)


def _plan_moved(counted: Plan, before: Plan, after: Plan) -> Plan:
    return Plan(
        _sums_moved(counted.by_goal, before.by_goal, after.by_goal),
        _sums_moved(counted.by_unit, before.by_unit, after.by_unit),
    )


def _sums_moved(
    counted: Mapping[K, Sum], before: Mapping[K, Sum], after: Mapping[K, Sum]
) -> dict[K, Sum]:
    """Return sums moved on; of no matters there is no sum."""
    moved = {key: Sum() for key in (*counted, *before, *after)}
    for sums, sign in ((counted, 1), (before, -1), (after, 1)):
        for key, one in sums.items():
            moved[key].add(one, times=sign)
    return {key: one for key, one in moved.items() if one.matters}
