"""The counts of a board as the database makes them, row by row: what a daybook is held against."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum

from luoshi.base.spells import on_day
from luoshi.ledger.models import MatterSpell, PartSpell
from luoshi.ledger.sums import Counts, UnitSum

FINEST = Decimal("0.000001")


def counts(
    spells: QuerySet[MatterSpell], colours: Sequence[str], *, day: date, known_at: int | None
) -> Counts:
    """Count by colour, and sum the amounts of the chosen colours by unit (none: of all).

    What is part of a matter that is summed itself, in the same unit, is not summed again.
    """
    found: dict[str, int] = {}
    sums: dict[str, UnitSum] = {}
    for colour, unit, n, *amounts in _tallied(spells):
        found[colour] = found.get(colour, 0) + n
        if not colours or colour in colours:
            _add(sums, unit, amounts, sign=1)
    chosen = spells.filter(colour__in=colours) if colours else spells
    for unit, *amounts in _summed_twice(chosen, on_day(day, known_at=known_at)):
        _add(sums, unit, amounts, sign=-1)
    return Counts(found, tuple(one for _, one in sorted(sums.items()) if one.count))


def _summed_twice(chosen: QuerySet[MatterSpell], shown: Q) -> Iterator[tuple[Any, ...]]:
    """Yield unit, one, target and done of each chosen matter that is part of a chosen one."""
    parts = PartSpell.objects.filter(shown)
    wholes_of: dict[UUID, set[UUID]] = {}
    for whole, part in parts.values_list("thread", "part"):
        wholes_of.setdefault(part, set()).add(whole)
    if not wholes_of:
        return
    either = Q(thread__in=parts.values("thread")) | Q(thread__in=parts.values("part"))
    rows = chosen.order_by().filter(either)
    columns = ("thread", "unit", "quantity", "achieved")
    found = {thread: amounts for thread, *amounts in rows.values_list(*columns)}
    for part, wholes in wholes_of.items():
        unit, target, done = found.get(part, ("", None, None))
        if unit and any(found[whole][0] == unit for whole in wholes if whole in found):
            yield unit, int(target is not None), target, done


def _tallied(spells: QuerySet[MatterSpell]) -> Iterable[tuple[Any, ...]]:
    """Return for each colour and unit of measure: rows, rows with a target, target, done."""
    return (
        spells.order_by()
        .values_list("colour", "unit")
        .annotate(
            n=Count("*"), targets=Count("quantity"), target=Sum("quantity"), done=Sum("achieved")
        )
        .values_list("colour", "unit", "n", "targets", "target", "done")
    )


def _add(sums: dict[str, UnitSum], unit: str, amounts: Sequence[Any], *, sign: int) -> None:
    """Add to the sums of a unit, or take away; a database without decimals is rounded here."""
    count, target, done = amounts
    if not unit:
        return
    old = sums.get(unit, UnitSum(unit, 0, Decimal(0), Decimal(0)))
    sums[unit] = UnitSum(
        unit,
        old.count + sign * count,
        (old.target + sign * (target or 0)).quantize(FINEST),
        (old.done + sign * (done or 0)).quantize(FINEST),
    )
