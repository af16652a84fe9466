"""What filters and goals ask of marked rows."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from uuid import UUID

from luoshi.ledger.filters import Filters
from luoshi.organisation.queries import UnitOn, units_below
from luoshi.rules.tree import Placed


def marked_by(
    filters: Filters, goals: Iterable[Placed], units: Sequence[UnitOn]
) -> Iterable[tuple[str, Iterable[Hashable]]]:
    """Yield the filters that ask for marked rows: the column, and the values that will do."""
    equal = {
        "kind": filters.kind,
        "stage": filters.stage,
        "standing": filters.standing,
        "sponsoring_post": filters.sponsor,
        "missing": filters.missing,
        "sources": filters.source,
    }
    yield from ((column, [value]) for column, value in equal.items() if value)
    if filters.unit:
        yield "lead_unit", units_below(units, [filters.unit])
    if filters.goal:
        yield "goals", units_below(goals, [filters.goal])  # type: ignore[arg-type]  # any tree


def and_above(goals: Iterable[UUID], parent_of: Mapping[UUID, UUID | None]) -> set[UUID]:
    """Return goals and all above them; goals moved under each other end here too."""
    found: set[UUID] = set()
    for goal in goals:
        above: UUID | None = goal
        while above is not None and above not in found:
            found.add(above)
            above = parent_of.get(above)
    return found
