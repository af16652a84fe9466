"""The goal tree of a day, and how many matters of each colour stand on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from luoshi.base.kept import kept
from luoshi.base.spells import on_day
from luoshi.ledger.models import GoalSpell, MatterSpell, PlaceSpell
from luoshi.organisation.queries import Visitor
from luoshi.rules.tree import in_order

Tally = dict[UUID, dict[str, int]]
"""For each goal the open matters of each colour; unit: matters."""


@dataclass(frozen=True, slots=True)
class GoalOn:
    """A goal as it was on a day; ``depth`` is its place in the tree."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    order: int
    depth: int = 0


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


def tally_by_goal(
    visitor: Visitor, *, day: date, goals: Sequence[GoalOn], known_at: int | None = None
) -> Tally:
    """Return, for each goal, the open matters of each colour on it or below it; unit: matters."""

    def counted() -> Tally:
        shown = matters_visible_to(visitor, day=day, known_at=known_at).exclude(colour="closed")
        places = PlaceSpell.objects.filter(
            on_day(day, known_at=known_at), district=visitor.district
        )
        return _tally(shown, places, goals)

    return kept(visitor.district, "goals", (day, known_at, goals), counted)


def _tally(
    shown: QuerySet[MatterSpell], places: QuerySet[PlaceSpell], goals: Sequence[GoalOn]
) -> Tally:
    """Count each matter once on every goal above its own, on however many goals it stands."""
    # Ids as text: of a hundred thousand rows, reading them as ids would take most of the time.
    thread = Cast("thread", CharField())
    colour_of = dict(shown.annotate(t=thread).values_list("t", "colour"))
    goals_of: dict[str, tuple[UUID, ...]] = {}
    by_text: dict[str, tuple[UUID, ...]] = {}
    pairs = places.annotate(t=thread, g=Cast("goal", CharField())).values_list("t", "g")
    for matter, goal in pairs:
        if matter in colour_of:
            here = by_text.get(goal) or by_text.setdefault(goal, (UUID(goal),))
            goals_of[matter] = goals_of[matter] + here if matter in goals_of else here
    together: dict[tuple[tuple[UUID, ...], str], int] = {}
    for matter, stands_on in goals_of.items():
        key = (stands_on, colour_of[matter])
        together[key] = together.get(key, 0) + 1
    found: Tally = {}
    parent_of = {goal.id: goal.parent for goal in goals}
    for (stands_on, colour), n in together.items():
        for goal_id in _and_above(stands_on, parent_of):
            colours = found.setdefault(goal_id, {})
            colours[colour] = colours.get(colour, 0) + n
    return found


def _and_above(goals: Iterable[UUID], parent_of: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Return goals and all above them; goals moved under each other end here too."""
    found: set[UUID] = set()
    for goal in goals:
        above: UUID | None = goal
        while above is not None and above not in found:
            found.add(above)
            above = parent_of.get(above)
    return found
