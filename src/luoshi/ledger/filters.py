"""What the board is narrowed to, as one query on spells."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.base.spells import on_day
from luoshi.ledger.models import Matter, MatterSpell, PlaceSpell
from luoshi.organisation.queries import UnitOn, units_below
from luoshi.rules.tree import Placed

CLOSED = ("closed", "abolished")
LATE = "late"
"""``Filters.due`` of what should have ended before the day shown."""
MOST_DAYS = 3660
"""How far ahead «due within» may look; unit: days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """What the board is narrowed to; empty means everything that is open.

    ``unit`` takes in the units below it. ``due`` is LATE, or a number of days from the day shown.
    """

    colours: tuple[str, ...] = ()
    goal: UUID | None = None
    unit: UUID | None = None
    sponsor: UUID | None = None
    kind: str = ""
    area: str = ""
    source: str = ""
    stage: str = ""
    standing: str = ""
    missing: str = ""
    due: str = ""
    text: str = ""
    with_closed: bool = False

    @property
    def takes_closed(self) -> bool:
        """Tell whether closed matters are shown: asked for as such, by colour or by standing."""
        return self.with_closed or "closed" in self.colours or self.standing in CLOSED


def narrowed(
    spells: QuerySet[MatterSpell],
    filters: Filters,
    *,
    goals: Iterable[Placed],
    day: date,
    known_at: int | None,
    units: Iterable[UnitOn] = (),
) -> QuerySet[MatterSpell]:
    """Apply every filter but the colours: their chips must not lose the counts of the others.

    ``units`` of the day are needed to find those below a unit, and a unit by its name.
    """
    listed = list(units)
    if not filters.takes_closed:
        spells = spells.exclude(colour="closed")  # what ended, whichever way: the index holds it
    equal = {
        "kind": filters.kind,
        "area": filters.area,
        "stage": filters.stage,
        "standing": filters.standing,
        "sponsoring_post": filters.sponsor,
        "missing__contains": filters.missing,
        "sources__contains": filters.source,
    }
    spells = spells.filter(**{column: value for column, value in equal.items() if value})
    if filters.unit:
        spells = spells.filter(lead_unit__in=sorted(units_below(listed, [filters.unit])))
    if filters.due:
        spells = spells.filter(_due(filters.due, day))
    if filters.text:
        spells = spells.filter(_called(filters.text, listed, known_at))
    if filters.goal:
        spells = spells.filter(_on_goal(filters.goal, goals, day, known_at))
    return spells


def _due(due: str, day: date) -> Q:
    """Return the condition on the last day; what has ended cannot be late."""
    if due == LATE:
        return Q(due__lt=day) & ~Q(colour="closed")
    return Q(due__gte=day, due__lte=day + timedelta(days=min(int(due), MOST_DAYS)))


def _called(text: str, units: Iterable[UnitOn], known_at: int | None) -> Q:
    """Return the condition that title, its initials, code or lead unit hold the words.

    What a matter is called now stands in its own, much smaller row. Its initials stand there alone:
    a title that was put right since is found by those that it has now no more than by others.
    """
    named = Q(title__icontains=text) | Q(code__icontains=text)
    initials = Q(initials__contains=text.casefold())
    if known_at is None:
        named = Q(thread__in=Matter.objects.filter(named | initials).values("pk"))
    else:
        alike = Matter.objects.filter(initials, pk=OuterRef("thread"), title=OuterRef("title"))
        named |= Q(Exists(alike))
    leading = [unit.id for unit in units if text.casefold() in unit.name.casefold()]
    return named | Q(lead_unit__in=leading) if leading else named


def _on_goal(goal: UUID, goals: Iterable[Placed], day: date, known_at: int | None) -> Exists:
    below = units_below(goals, [goal])  # type: ignore[arg-type]  # any tree: ids and parents
    return Exists(
        PlaceSpell.objects.filter(
            on_day(day, known_at=known_at), thread=OuterRef("thread"), goal__in=sorted(below)
        )
    )
