"""Published roll-ups: a district's own, and for a city those of its districts; nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.base.spells import on_day
from luoshi.ledger.models import Rollup
from luoshi.organisation.models import DistrictSpell
from luoshi.organisation.queries import Visitor


@dataclass(frozen=True, slots=True)
class Given:
    """A roll-up as it was given out; ``district`` is the name on the day that is looked at."""

    district: str
    day: date
    matters: int
    colours: Mapping[str, int]
    closed: int
    abolished: int
    late: int


def districts_below(visitor: Visitor, *, day: date) -> dict[UUID, str]:
    """Return the districts whose city the visitor's is on a day, in their official order."""
    rows = DistrictSpell.objects.filter(on_day(day), parent=visitor.district)
    return dict(rows.order_by("order", "name").values_list("thread", "name"))


def own_rollups(visitor: Visitor, *, most: int | None = 60) -> list[Rollup]:
    """Return what the visitor's district gave out, the latest day first."""
    return list(Rollup.objects.filter(district=visitor.district).order_by("-day")[:most])


def latest_below(visitor: Visitor, *, day: date) -> list[tuple[str, Given | None]]:
    """Return, per district of a city, the last roll-up of a day up to ``day``, None without one."""
    below = districts_below(visitor, day=day)
    last: dict[UUID, Rollup] = {}
    rows = Rollup.objects.filter(district__in=below, day__lte=day).order_by("day")
    for row in rows:
        last[row.district] = row
    return [
        (name, given(last[district], name) if district in last else None)
        for district, name in below.items()
    ]


def given(row: Rollup, name: str = "") -> Given:
    """Return a stored roll-up as it is shown."""
    words = row.colours.split()
    colours = {words[at]: int(words[at + 1]) for at in range(0, len(words), 2)}
    return Given(name, row.day, row.matters, colours, row.closed, row.abolished, row.late)
