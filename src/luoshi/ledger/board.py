"""The board (看板): the matters of any day, filtered, sorted and counted.

The number of queries is small and does not depend on the number of matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Case, F, IntegerField, Min, When

from luoshi.base.kept import kept
from luoshi.base.models import OPEN
from luoshi.base.spells import on_day
from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger.filters import CLOSED, Filters, narrowed
from luoshi.ledger.goals import GoalOn, goals_visible_to, matters_visible_to, tally_by_goal
from luoshi.ledger.models import MatterSpell, PlaceSpell
from luoshi.ledger.sums import UnitSum, counts
from luoshi.ledger.telling import facts_of
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
    "first_day",
    "goals_visible_to",
    "matters_visible_to",
    "names_visible_to",
    "narrowed",
    "percent_of",
    "tally_by_goal",
    "verdict_on",
]

SORTS: Mapping[str, tuple[str, ...]] = {
    "urgency": ("urgency", "due", "code"),
    "due": ("due", "urgency", "code"),
    "code": ("code",),
    "title": ("title", "code"),
    "achieved": ("achieved", "code"),
    "quantity": ("quantity", "code"),
    "unit": ("lead_unit", "urgency", "due", "code"),
    "area": ("area", "urgency", "due", "code"),
    "start": ("start", "code"),
}
NULLABLE = frozenset({"due", "start", "achieved", "quantity"})


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
    What is counted, and which rows a page holds, is kept until the district has a new entry.
    """
    everything = matters_visible_to(visitor, day=day, known_at=known_at)
    spells = narrowed(everything, filters, goals=goals, units=units, day=day, known_at=known_at)
    asked = (day, known_at, filters, filters.goal and goals, _if_asked(units, filters, sort))
    counted = kept(
        visitor.district,
        "counts",
        (*asked[:-1], _if_asked(units, filters)),
        lambda: counts(spells, filters.colours, day=day, known_at=known_at),
    )
    if filters.colours:
        spells = spells.filter(colour__in=filters.colours)
    ordered = spells.order_by(*_order(sort, units))
    if size is None:
        page = list(ordered)
    else:
        threads = ordered.values_list("thread", flat=True)[start : start + size]
        chosen = kept(visitor.district, "page", (asked, sort, start, size), lambda: list(threads))
        page = _in_this_order(chosen, day, known_at)
    rows = _told(page, day, known_at, around if with_verdicts else None)
    total = sum(
        n for colour, n in counted.colours.items() if colour in (filters.colours or (colour,))
    )
    return Board(rows, total, counted.colours, counted.sums)


def _if_asked(units: Sequence[UnitOn], filters: Filters, sort: str = "") -> Sequence[UnitOn]:
    """Return the units where they decide which rows are shown, and in which order."""
    return units if filters.unit or filters.text or sort.endswith("unit") else ()


def _told(
    page: Sequence[MatterSpell], day: date, known_at: int | None, around: Surroundings | None
) -> list[BoardRow]:
    """Return rows with their goals and, where there are surroundings, why they are so."""
    places = _places([spell.thread for spell in page], day, known_at)
    return [
        BoardRow(
            spell,
            places.get(spell.thread, ()),
            verdict_on(spell, day, around) if around else None,
        )
        for spell in page
    ]


def _in_this_order(threads: Sequence[UUID], day: date, known_at: int | None) -> list[MatterSpell]:
    """Return what is shown of these matters, in their order."""
    rows = MatterSpell.objects.filter(on_day(day, known_at=known_at), thread__in=threads)
    found = {row.thread: row for row in rows}
    return [found[thread] for thread in threads if thread in found]


def _order(sort: str, units: Sequence[UnitOn] = ()) -> list[Any]:
    """Return the columns of a sort; ``-`` turns it round, empty values stand last either way."""
    name, is_down = sort.removeprefix("-"), sort.startswith("-")
    first, *rest = SORTS.get(name, SORTS["urgency"])
    if first == "lead_unit":  # units stand in their official order, never by name or number
        places = [When(lead_unit=unit.id, then=place) for place, unit in enumerate(units)]
        leading = Case(*places, default=None, output_field=IntegerField())
        head = leading.desc(nulls_last=True) if is_down else leading.asc(nulls_last=True)
        return [head, *(_upwards(column) for column in rest)]
    if is_down:
        return [F(first).desc(nulls_last=True), *(_upwards(column) for column in rest)]
    return [_upwards(column) for column in (first, *rest)]


def _upwards(column: str) -> Any:
    """Return a column upwards, empty values last; what is never empty can follow an index."""
    return F(column).asc(nulls_last=True) if column in NULLABLE else F(column).asc()


def _places(
    threads: Sequence[UUID], day: date, known_at: int | None
) -> dict[UUID, tuple[UUID, ...]]:
    rows = PlaceSpell.objects.filter(on_day(day, known_at=known_at), thread__in=threads)
    found: dict[UUID, tuple[UUID, ...]] = {}
    for thread, goal in rows.order_by("goal").values_list("thread", "goal"):
        found[thread] = (*found.get(thread, ()), goal)
    return found


def verdict_on(spell: MatterSpell, day: date, around: Surroundings) -> Verdict | None:
    """Tell again why a spell has its colour on a day, from the facts that it was judged by."""
    facts = facts_of(spell.basis)
    return judge(facts, day, rule=around.rule_on(facts.registered_on)) if facts else None


def percent_of(achieved: Decimal | None, quantity: Decimal | None) -> Decimal | None:
    """Return achieved over quantity in percent, one decimal; None where there is no figure."""
    if achieved is None or not quantity:
        return None
    return (achieved * 100 / quantity).quantize(Decimal("0.1"))


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
    return kept(visitor.district, "names", (day, known_at), lambda: _names(visitor, day, known_at))


def _names(visitor: Visitor, day: date, known_at: int | None) -> Names:
    spells = matters_visible_to(visitor, day=day, known_at=known_at).order_by()
    pairs = set(spells.values_list("area", "sponsoring_post").distinct())
    return Names(
        goals_visible_to(visitor, day=day, known_at=known_at),
        units_visible_to(visitor, day=day, known_at=known_at),
        posts_visible_to(visitor, day=day, known_at=known_at),
        tuple(sorted({area for area, _ in pairs} - {""})),
        frozenset(post for _, post in pairs if post is not None),
    )


def first_day(visitor: Visitor) -> date | None:
    """Return the first day on which the ledger, as known now, holds a matter."""
    rows = MatterSpell.objects.filter(district=visitor.district, known_to=OPEN)
    first: date | None = rows.aggregate(first=Min("from_day"))["first"]
    return first
