"""The gap list (三定不全): which matters lack a unit, an owner, a measure or nodes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from luoshi.ledger.board import in_this_order
from luoshi.ledger.daybook import Daybook, Rows, open_daybook
from luoshi.ledger.filters import Filters
from luoshi.ledger.goals import GoalOn
from luoshi.ledger.models import MatterSpell
from luoshi.organisation.queries import UnitOn, Visitor
from luoshi.rules.ledger.state import Fix


class Lack(StrEnum):
    """What a matter may lack; together they are what keeps the three fixes from standing."""

    UNIT = "unit"
    OWNER = "owner"
    MEASURE = "measure"
    NODES = "nodes"


def lacks_of(
    lead_unit: UUID | None, responsible_post: UUID | None, missing: str
) -> tuple[Lack, ...]:
    """Return what a matter with these columns lacks."""
    found = {
        Lack.UNIT: lead_unit is None,
        Lack.OWNER: responsible_post is None,
        Lack.MEASURE: Fix.TARGET.value in missing,
        Lack.NODES: Fix.MILESTONES.value in missing,
    }
    return tuple(lack for lack in Lack if found[lack])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some matters lack anything at all, and how many lack what; unit: matters."""

    matters: int
    lacks: Mapping[Lack, int]


@dataclass(frozen=True, slots=True)
class Gaps:
    """A page of the gap list: rows, their number, counts over all, by lead unit and by goal."""

    rows: list[MatterSpell]
    total: int
    tally: Tally
    by_unit: Mapping[UUID | None, Tally]
    by_goal: Mapping[UUID, Tally]


def gaps(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None,
    filters: Filters,
    goals: Sequence[GoalOn],
    units: Sequence[UnitOn] = (),
    lacks: Sequence[Lack] = (),
    start: int = 0,
    size: int | None = None,
) -> Gaps:
    """Return the gap list among the matters that fit, in the order of their codes.

    The counts are those before ``lacks`` narrows the rows; ``size`` None returns every row.
    """
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        rows, who = _incomplete(book, filters, goals, units)
        listed = _narrowed(rows, who, lacks)
        tallies = book.remembered(
            ("gaps", rows, tuple(goals)), lambda: _tallies(book, rows, who, goals)
        )
        threads = book.cut(listed, "code", units, start, size)
        known_at = book.known_at
    return Gaps(
        in_this_order(threads, day, known_at),
        listed.bit_count(),
        *tallies,
    )


def gaps_after(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None,
    filters: Filters,
    goals: Sequence[GoalOn],
    units: Sequence[UnitOn],
    lacks: Sequence[Lack],
    after: Sequence[Any] | None,
    size: int,
) -> tuple[list[MatterSpell], list[Any] | None, int]:
    """Return so many rows of the gap list after a key, the key to go on after, and how many in all.

    In the order of their codes; the key is None at the end.
    """
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        listed = _narrowed(*_incomplete(book, filters, goals, units), lacks)
        threads, onward = book.cut_after(listed, "code", units, after, size)
        known_at = book.known_at
    return in_this_order(threads, day, known_at), onward, listed.bit_count()


def _incomplete(
    book: Daybook, filters: Filters, goals: Sequence[GoalOn], units: Sequence[UnitOn]
) -> tuple[Rows, dict[Lack, Rows]]:
    """Return the rows that fit and lack anything, and which rows of all lack what."""
    fitting = book.chosen(book.fitting(filters, goals=goals, units=units), filters.colours)
    return fitting & book.marked("missing", *(fix.value for fix in Fix)), _lacking(book)


def _narrowed(rows: Rows, who: Mapping[Lack, Rows], lacks: Sequence[Lack]) -> Rows:
    """Return those of the rows that lack all of these."""
    for lack in lacks:
        rows &= who[lack]
    return rows


def _lacking(book: Daybook) -> dict[Lack, Rows]:
    """Return the rows that lack each thing."""
    led = 0
    for rows in book.led.values():
        led |= rows
    return {
        Lack.UNIT: book.everything & ~led,
        Lack.OWNER: book.marked("notes", "unowned"),
        Lack.MEASURE: book.marked("missing", Fix.TARGET.value),
        Lack.NODES: book.marked("missing", Fix.MILESTONES.value),
    }


def _tallies(
    book: Daybook, rows: Rows, who: Mapping[Lack, Rows], goals: Sequence[GoalOn]
) -> tuple[Tally, dict[UUID | None, Tally], dict[UUID, Tally]]:
    """Return the counts over all, by lead unit and by goal."""
    led = [(None, who[Lack.UNIT]), *book.led.items()]
    by_unit = {unit: _tally(rows & some, who) for unit, some in led if rows & some}
    below = book.below(goals)
    by_goal = {goal: _tally(rows & some, who) for goal, some in below.items() if rows & some}
    return _tally(rows, who), by_unit, by_goal


def _tally(rows: Rows, who: Mapping[Lack, Rows]) -> Tally:
    return Tally(rows.bit_count(), {lack: (rows & who[lack]).bit_count() for lack in Lack})
