"""Units on a day, in the official order of their tree."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import Q

from luoshi.base.kept import by_day
from luoshi.base.models import OPEN
from luoshi.base.spells import on_day
from luoshi.organisation.models import Post, PostSpell, Unit, UnitSpell
from luoshi.organisation.projection import UNITS
from luoshi.organisation.queries.districts import Visitor
from luoshi.rules.tree import Under, in_order


@dataclass(frozen=True, slots=True)
class UnitOn:
    """A unit as it was on a day; ``depth`` is its place in the tree, 0 at the top."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    order: int
    territory: str = ""
    depth: int = 0


_COLUMNS = ("thread", "name", "kind", "parent", "order", "territory")


def units_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> list[UnitOn]:
    """Return the units in force on a day, in the official order of the tree."""
    return _units(visitor.district, day, known_at)


def _read(district: UUID, day: date, known_at: int | None) -> list[UnitOn]:
    rows = UnitSpell.objects.filter(on_day(day, known_at=known_at), district=district)
    units = [UnitOn(*row) for row in rows.values_list(*_COLUMNS)]
    return [replace(unit, depth=depth) for unit, depth in in_order(units)]


_units = by_day(UNITS.name, _read)


def units_gone_by(visitor: Visitor, *, day: date) -> dict[UUID, date]:
    """Return the units that had ended by a day, each with the day it ended, as known now."""
    rows = Unit.objects.filter(district=visitor.district, ended_on__lte=day)
    return {pk: ended for pk, ended in rows.values_list("pk", "ended_on") if ended is not None}


def last_of(visitor: Visitor, units: Iterable[UUID]) -> dict[UUID, UnitOn]:
    """Return some units as they were last, as known now.

    One that ended on the day it began was on no day; it still has its name and kind.
    """
    asked = set(units)
    known = Unit.objects.filter(district=visitor.district, pk__in=asked)
    found = {
        pk: UnitOn(pk, name, kind, None, 0)
        for pk, name, kind in known.values_list("pk", "name", "kind")
    }
    rows = UnitSpell.objects.filter(
        district=visitor.district, known_to=OPEN, thread__in=asked
    ).order_by("from_day")
    return found | {row[0]: UnitOn(*row) for row in rows.values_list(*_COLUMNS)}


def places_of_units(visitor: Visitor, *, since: date) -> list[Under]:
    """Return where every unit stands from a day on, as known now."""
    rows = UnitSpell.objects.filter(district=visitor.district, known_to=OPEN, to_day__gt=since)
    return [Under(*row) for row in rows.values_list("thread", "parent", "from_day", "to_day")]


def unit_names_ever(visitor: Visitor) -> set[str]:
    """Return the names that any unit has on some day, as known now."""
    rows = UnitSpell.objects.filter(district=visitor.district, known_to=OPEN)
    return set(rows.values_list("name", flat=True))


def units_below(units: Iterable[UnitOn], tops: Iterable[UUID]) -> set[UUID]:
    """Return the given units and all below them."""
    listed = list(units)
    found = set(tops)
    while more := {unit.id for unit in listed if unit.parent in found} - found:
        found |= more
    return found


def unit_name(unit: UUID | None, *, day: date) -> str:
    """Return a unit's name on a day, empty where it did not exist."""
    if unit is None:
        return ""
    rows = UnitSpell.objects.filter(on_day(day), thread=unit)
    return rows.values_list("name", flat=True).first() or ""


def founded_and_ended(visitor: Visitor, unit: UUID) -> tuple[date, date | None] | None:
    """Return when a unit began and when it ended, None where there is none."""
    rows = Unit.objects.filter(Q(district=visitor.district), pk=unit)
    return rows.values_list("founded_on", "ended_on").first()


def names_by_day(visitor: Visitor, nodes: Iterable[UUID]) -> Callable[[UUID, date], str]:
    """Return how units and posts were called on a day, as known now.

    Before its foundation one is called by its first name, after its end by its last.
    """
    asked = set(nodes)
    eras: dict[UUID, list[tuple[date, str]]] = {}
    for spells, rows in ((UnitSpell, Unit), (PostSpell, Post)):
        told = spells._default_manager.filter(
            district=visitor.district, known_to=OPEN, thread__in=asked
        )
        for node, since, name in told.order_by("from_day").values_list(
            "thread", "from_day", "name"
        ):
            eras.setdefault(node, []).append((since, name))
        on_no_day = rows._default_manager.filter(
            district=visitor.district, pk__in=asked - eras.keys()
        )
        for node, name in on_no_day.values_list("pk", "name"):
            eras[node] = [(date.min, name)]

    def called(node: UUID, on: date) -> str:
        known = eras.get(node, [])
        before = [name for since, name in known if since <= on]
        return before[-1] if before else (known[0][1] if known else "")

    return called
