"""The goal tree and the matters of a day, as a visitor may see them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet

from luoshi.base.kept import by_day
from luoshi.base.spells import on_day
from luoshi.ledger.models import GoalSpell, MatterSpell
from luoshi.ledger.projection import GOALS
from luoshi.organisation.queries import Visitor
from luoshi.rules.tree import in_order


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
    return _goals(visitor.district, day, known_at)


def _read(district: UUID, day: date, known_at: int | None) -> list[GoalOn]:
    rows = GoalSpell.objects.filter(on_day(day, known_at=known_at), district=district)
    goals = [GoalOn(*row) for row in rows.values_list("thread", "name", "kind", "parent", "order")]
    return [GoalOn(g.id, g.name, g.kind, g.parent, g.order, depth) for g, depth in in_order(goals)]


_goals = by_day(GOALS.name, _read)


def matters_visible_to(
    visitor: Visitor, *, day: date, known_at: int | None = None
) -> QuerySet[MatterSpell]:
    """Return what is shown of the district's matters on a day."""
    return MatterSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)
