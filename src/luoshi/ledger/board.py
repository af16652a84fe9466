"""The board (看板): the matters of any day, filtered, sorted and counted.

The number of queries is small and does not depend on the number of matters.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from luoshi.base.spells import on_day
from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger.models import GoalSpell, MatterSpell, PlaceSpell
from luoshi.ledger.telling import facts_of
from luoshi.organisation.queries import Visitor, units_below
from luoshi.rules.colour import Verdict, judge
from luoshi.rules.ledger.state import Fix
from luoshi.rules.tree import in_order

SORTS: Mapping[str, tuple[str, ...]] = {
    "urgency": ("urgency", "due", "code"),
    "due": ("due", "urgency", "code"),
    "code": ("code",),
    "title": ("title", "code"),
    "achieved": ("achieved", "code"),
    "quantity": ("quantity", "code"),
}
CLOSED = ("closed", "abolished")


@dataclass(frozen=True, slots=True)
class GoalOn:
    """A goal as it was on a day; ``depth`` is its place in the tree."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    order: int
    depth: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the board is narrowed to; empty means everything that is open."""

    colours: tuple[str, ...] = ()
    goal: UUID | None = None
    unit: UUID | None = None
    kind: str = ""
    missing: str = ""
    text: str = ""
    with_closed: bool = False


@dataclass(frozen=True, slots=True)
class BoardRow:
    """One line of the board; the verdict tells why it has its colour."""

    spell: MatterSpell
    goals: tuple[UUID, ...]
    verdict: Verdict | None


@dataclass(slots=True)
class Board:
    """A page of the board with the counts around it."""

    rows: list[BoardRow]
    total: int
    colours: dict[str, int]


def goals_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> list[GoalOn]:
    """Return the goal tree of a day in its order."""
    rows = GoalSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)
    goals = [GoalOn(*row) for row in rows.values_list("thread", "name", "kind", "parent", "order")]
    return [GoalOn(g.id, g.name, g.kind, g.parent, g.order, depth) for g, depth in in_order(goals)]


def matters_visible_to(
    visitor: Visitor, *, day: date, known_at: int | None = None
) -> QuerySet[MatterSpell]:
    """Return what is shown of the district's matters on a day."""
    return MatterSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)


def narrowed(
    spells: QuerySet[MatterSpell],
    filters: Filters,
    *,
    goals: Iterable[GoalOn],
    day: date,
    known_at: int | None,
) -> QuerySet[MatterSpell]:
    """Apply every filter but the colours: their chips must not lose the counts of the others."""
    if not filters.with_closed:
        spells = spells.exclude(standing__in=CLOSED)
    if filters.unit:
        spells = spells.filter(lead_unit=filters.unit)
    if filters.kind:
        spells = spells.filter(kind=filters.kind)
    if filters.missing:
        spells = spells.filter(missing__contains=filters.missing)
    if filters.text:
        spells = spells.filter(Q(title__icontains=filters.text) | Q(code__icontains=filters.text))
    if filters.goal:
        below = units_below(goals, [filters.goal])  # type: ignore[arg-type]
        places = PlaceSpell.objects.filter(
            on_day(day, known_at=known_at), thread=OuterRef("thread"), goal__in=below
        )
        spells = spells.filter(Exists(places))
    return spells


def board(
    visitor: Visitor,
    *,
    day: date,
    filters: Filters,
    goals: Sequence[GoalOn],
    around: Surroundings,
    sort: str = "urgency",
    known_at: int | None = None,
    start: int = 0,
    size: int | None = 50,
) -> Board:
    """Return one page of the board of a day: rows, their number, counts by colour and goal.

    ``size`` None returns every row. The number of queries does not depend on the number of matters.
    """
    everything = matters_visible_to(visitor, day=day, known_at=known_at)
    spells = narrowed(everything, filters, goals=goals, day=day, known_at=known_at)
    colours = dict(spells.values_list("colour").annotate(n=Count("*")).values_list("colour", "n"))
    if filters.colours:
        spells = spells.filter(colour__in=filters.colours)
    total = sum(
        n for colour, n in colours.items() if not filters.colours or colour in filters.colours
    )
    ordered = spells.order_by(*_order(sort))
    page = list(ordered[start : start + size] if size is not None else ordered)
    places = _places([spell.thread for spell in page], day, known_at)
    rows = [
        BoardRow(spell, places.get(spell.thread, ()), verdict_on(spell, day, around))
        for spell in page
    ]
    return Board(rows, total, colours)


def _order(sort: str) -> list[Any]:
    """Return the columns of a sort; ``-`` turns it round, empty values stand last either way."""
    columns = SORTS.get(sort.lstrip("-"), SORTS["urgency"])
    first, *rest = columns
    leading = (
        F(first).desc(nulls_last=True) if sort.startswith("-") else F(first).asc(nulls_last=True)
    )
    return [leading, *(F(column).asc(nulls_last=True) for column in rest)]


def _places(
    threads: Sequence[UUID], day: date, known_at: int | None
) -> dict[UUID, tuple[UUID, ...]]:
    rows = PlaceSpell.objects.filter(on_day(day, known_at=known_at), thread__in=threads)
    found: dict[UUID, tuple[UUID, ...]] = {}
    for thread, goal in rows.order_by("goal").values_list("thread", "goal"):
        found[thread] = (*found.get(thread, ()), goal)
    return found


def tally_by_goal(
    visitor: Visitor, *, day: date, goals: Sequence[GoalOn], known_at: int | None = None
) -> dict[UUID, dict[str, int]]:
    """Return, for each goal, the open matters of each colour on it or below it; unit: matters."""
    places = PlaceSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)
    pairs = places.values_list("thread", "goal")
    shown = matters_visible_to(visitor, day=day, known_at=known_at).exclude(standing__in=CLOSED)
    colour_of = dict(shown.values_list("thread", "colour"))
    parent_of = {goal.id: goal.parent for goal in goals}
    members: dict[UUID, set[UUID]] = {}
    for thread, goal in pairs:
        above: UUID | None = goal
        while above is not None and thread in colour_of:
            found = members.setdefault(above, set())
            if thread in found:
                break  # counted from here upwards; goals moved under each other end here too
            found.add(thread)
            above = parent_of.get(above)
    return {
        goal: _counted(colour_of[thread] for thread in threads) for goal, threads in members.items()
    }


def _counted(colours: Iterable[str]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for colour in colours:
        counts[colour] = counts.get(colour, 0) + 1
    return counts


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
class Gaps:
    """A page of matters whose fixes do not all stand, with counts by what is missing."""

    rows: list[MatterSpell]
    total: int
    counts: Mapping[str, int]


def gaps(spells: QuerySet[MatterSpell], *, start: int, size: int) -> Gaps:
    """Return the gap list (三定不全) among the given matters, in the order of their codes."""
    lacking = spells.exclude(missing="")
    counts = lacking.aggregate(
        total=Count("*"),
        **{fix.value: Count("thread", filter=Q(missing__contains=fix.value)) for fix in Fix},
    )
    rows = list(lacking.order_by("code")[start : start + size])
    return Gaps(rows, counts.pop("total"), counts)
