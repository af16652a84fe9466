"""The board (看板): the matters of any day, filtered, sorted and counted.

The number of queries is small and does not depend on the number of matters.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Min

from luoshi.base.models import OPEN
from luoshi.base.rows import batched
from luoshi.base.spells import on_day
from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger.basis import facts_of
from luoshi.ledger.daybook import SORTS, Daybook, Tally, open_daybook
from luoshi.ledger.filters import CLOSED, Filters, narrowed
from luoshi.ledger.goals import GoalOn, goals_visible_to, matters_visible_to
from luoshi.ledger.models import MatterSpell
from luoshi.ledger.sums import UnitSum
from luoshi.organisation.queries import (
    PostOn,
    UnitOn,
    Visitor,
    posts_visible_to,
    units_visible_to,
)
from luoshi.rules.colour import Verdict, judge

__all__ = [  # what stands here, and what is read beside a board
    "CLOSED",
    "SORTS",
    "Board",
    "BoardRow",
    "Filters",
    "GoalOn",
    "Names",
    "board",
    "board_after",
    "first_day",
    "goals_visible_to",
    "matters_visible_to",
    "names_visible_to",
    "narrowed",
    "nodes_visible_to",
    "percent_of",
    "tally_by_goal",
    "verdict_on",
]

AT_ONCE = 5_000
"""So many matters are named to the database in one query."""


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board; the verdict tells why it has its colour."""

    spell: MatterSpell
    goals: tuple[UUID, ...]
    verdict: Verdict | None


@dataclass(slots=True)
class Board:
    """A page of the board with the counts around it, and the sums of all its pages."""

    rows: list[BoardRow]
    total: int
    colours: dict[str, int]
    sums: tuple[UnitSum, ...] = ()


def board(
    visitor: Visitor,
    *,
    day: date,
    filters: Filters,
    goals: Sequence[GoalOn],
    around: Surroundings,
    units: Sequence[UnitOn] = (),
    sort: str = "urgency",
    known_at: int | None = None,
    start: int = 0,
    size: int | None = 50,
    with_verdicts: bool = True,
) -> Board:
    """Return one page of the board of a day: rows, their number, counts by colour, sums by unit.

    ``size`` None returns every row. The number of queries does not depend on the number of matters.
    Rows are chosen, sorted and counted in the daybook, and read in full for this page only.
    """
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        asked = (filters, tuple(goals) if filters.goal else (), _if_asked(units, filters))
        fitting = book.remembered(
            ("fitting", asked), lambda: book.fitting(filters, goals=goals, units=units)
        )
        counted = book.remembered(("counts", asked), lambda: book.counts(fitting, filters.colours))
        chosen = book.chosen(fitting, filters.colours)
        threads = book.cut(chosen, sort, units, start, size)
        stands_on, known_at = book.stands_on(threads), book.known_at
    page = in_this_order(threads, day, known_at)
    rows = _told(page, stands_on, day, around if with_verdicts else None)
    return Board(rows, chosen.bit_count(), counted.colours, counted.sums)


def board_after(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None,
    filters: Filters,
    names: "Names",
    sort: str,
    after: Sequence[Any] | None,
    size: int,
    around: Surroundings | None,
) -> tuple[Board, list[Any] | None]:
    """Return so many rows after a key, with the counts, and the key to go on after (None: the end).

    Where there are surroundings, every row tells why it has its colour.
    """
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        asked = (filters, tuple(names.goals) if filters.goal else (), tuple(names.units))
        fitting = book.remembered(
            ("fitting after", asked),
            lambda: book.fitting(filters, goals=names.goals, units=names.units),
        )
        chosen = book.chosen(fitting, filters.colours)
        colours = book.by_colour(fitting)
        threads, onward = book.cut_after(chosen, sort, names.units, after, size)
        stands_on, known_at = book.stands_on(threads), book.known_at
    rows = _told(in_this_order(threads, day, known_at), stands_on, day, around)
    return Board(rows, chosen.bit_count(), colours), onward


def _if_asked(units: Sequence[UnitOn], filters: Filters) -> tuple[UnitOn, ...]:
    """Return the units where they decide which rows are shown."""
    return tuple(units) if filters.unit or filters.text else ()


def _told(
    page: Sequence[MatterSpell],
    stands_on: Sequence[tuple[UUID, ...]],
    day: date,
    around: Surroundings | None,
) -> list[BoardRow]:
    """Return rows with their goals and, where there are surroundings, why they are so."""
    return [
        BoardRow(spell, goals, verdict_on(spell, day, around) if around else None)
        for spell, goals in zip(page, stands_on, strict=True)
    ]


def in_this_order(threads: Sequence[UUID], day: date, known_at: int) -> list[MatterSpell]:
    """Return what is shown of these matters, in their order; a query for every 5,000 of them.

    ``known_at`` is that of the daybook which named them.
    """
    found: dict[UUID, MatterSpell] = {}
    for some in batched(threads, AT_ONCE):
        rows = MatterSpell.objects.filter(on_day(day, known_at=known_at), thread__in=some)
        found |= {row.thread: row for row in rows}
    return [found[thread] for thread in threads]


def verdict_on(spell: MatterSpell, day: date, around: Surroundings) -> Verdict | None:
    """Tell again why a spell has its colour on a day, from the facts that it was judged by."""
    facts = facts_of(spell.basis)
    return judge(facts, day, rule=around.rule_on(facts.registered_on)) if facts else None


def percent_of(achieved: Decimal | None, quantity: Decimal | None) -> Decimal | None:
    """Return achieved over quantity in percent, one decimal; None where there is no figure."""
    if achieved is None or not quantity:
        return None
    return (achieved * 100 / quantity).quantize(Decimal("0.1"))


Nodes = tuple[list[GoalOn], list[UnitOn], list[PostOn]]


@dataclass(frozen=True, slots=True)
class Names:
    """The goals, units and posts of a day, and by which areas and sponsors it can be narrowed."""

    goals: list[GoalOn]
    units: list[UnitOn]
    posts: list[PostOn]
    areas: tuple[str, ...]
    sponsors: frozenset[UUID]


def names_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> Names:
    """Return what a board of a day needs besides its rows; kept until there is a new entry."""
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        return Names(*_nodes(book, visitor, known_at), book.areas, book.sponsors)


def nodes_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> Nodes:
    """Return goals, units and posts of a day, each in their order; kept with its daybook."""
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        return _nodes(book, visitor, known_at)


def _nodes(book: Daybook, visitor: Visitor, known_at: int | None) -> Nodes:
    return book.beside("nodes", lambda: _nodes_of(visitor, book.day, known_at))


def _nodes_of(visitor: Visitor, day: date, known_at: int | None) -> Nodes:
    return (
        goals_visible_to(visitor, day=day, known_at=known_at),
        units_visible_to(visitor, day=day, known_at=known_at),
        posts_visible_to(visitor, day=day, known_at=known_at),
    )


def tally_by_goal(
    visitor: Visitor, *, day: date, goals: Sequence[GoalOn], known_at: int | None = None
) -> Tally:
    """Return, for each goal, the open matters of each colour on it or below it; unit: matters."""
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        return book.remembered(("goals", tuple(goals)), lambda: book.by_goal(goals))


def first_day(visitor: Visitor) -> date | None:
    """Return the first day on which the ledger, as known now, holds a matter."""
    rows = MatterSpell.objects.filter(district=visitor.district, known_to=OPEN)
    first: date | None = rows.aggregate(first=Min("from_day"))["first"]
    return first
