"""The gap list (三定不全): which matters lack a unit, an owner, a measure or nodes."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.ledger.models import MatterSpell
from luoshi.rules.ledger.state import Fix


class Lack(StrEnum):
    """What a matter may lack; together they are what keeps the three fixes from standing."""

    UNIT = "unit"
    OWNER = "owner"
    MEASURE = "measure"
    NODES = "nodes"


CONDITIONS: Mapping[Lack, Q] = {
    Lack.UNIT: Q(lead_unit=None),
    Lack.OWNER: Q(responsible_post=None),
    Lack.MEASURE: Q(missing__contains=Fix.TARGET.value),
    Lack.NODES: Q(missing__contains=Fix.MILESTONES.value),
}


def lacks_of(
    lead_unit: UUID | None, responsible_post: UUID | None, missing: str
) -> tuple[Lack, ...]:
    """Return what a matter with these columns lacks."""
    found = {
        Lack.UNIT: lead_unit is None,
        Lack.OWNER: responsible_post is None,
        Lack.MEASURE: Fix.TARGET.value in missing,
        Lack.NODES: Fix.MILESTONES.value in missing,
    }
    return tuple(lack for lack in Lack if found[lack])


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of some matters lack anything at all, and how many lack what; unit: matters."""

    matters: int
    lacks: Mapping[Lack, int]


@dataclass(frozen=True, slots=True)
class Gaps:
    """A page of the gap list: rows, their number, counts over all and by lead unit."""

    rows: list[MatterSpell]
    total: int
    tally: Tally
    by_unit: Mapping[UUID | None, Tally]


def lacking(spells: QuerySet[MatterSpell], lacks: Sequence[Lack] = ()) -> QuerySet[MatterSpell]:
    """Return the matters whose fixes do not all stand; with ``lacks``, those that lack them all."""
    spells = spells.exclude(missing="")
    for lack in lacks:
        spells = spells.filter(CONDITIONS[lack])
    return spells


def gaps(
    spells: QuerySet[MatterSpell],
    *,
    lacks: Sequence[Lack] = (),
    start: int = 0,
    size: int | None = None,
) -> Gaps:
    """Return the gap list among the given matters, in the order of their codes.

    The counts are those before ``lacks`` narrows the rows; ``size`` None returns every row.
    """
    everything = lacking(spells)
    counted: dict[str, Any] = {
        lack.value: Count("thread", filter=condition) for lack, condition in CONDITIONS.items()
    }
    by_unit = {
        row["lead_unit"]: _tally(row)
        for row in everything.values("lead_unit").annotate(matters=Count("*"), **counted)
    }
    listed = lacking(spells, lacks)
    rows = listed.order_by("code", "thread")
    shown = list(rows if size is None else rows[start : start + size])
    tally = _added(by_unit.values())
    total = listed.count() if lacks else tally.matters
    return Gaps(shown, total, tally, by_unit)


def _tally(row: Mapping[str, Any]) -> Tally:
    return Tally(row["matters"], {lack: row[lack.value] for lack in Lack})


def _added(tallies: Iterable[Tally]) -> Tally:
    listed = list(tallies)
    lacks = {lack: sum(tally.lacks[lack] for tally in listed) for lack in Lack}
    return Tally(sum(tally.matters for tally in listed), lacks)


def by_goal(
    spells: QuerySet[MatterSpell], above: Mapping[UUID, frozenset[UUID]]
) -> dict[UUID, Tally]:
    """Count by goal, each matter once on every goal that it stands on or below."""
    counts: dict[UUID, dict[str, int]] = {}
    columns = ("thread", "lead_unit", "responsible_post", "missing")
    for thread, *given in lacking(spells).values_list(*columns):
        for goal in above.get(thread, ()):
            held = counts.setdefault(goal, dict.fromkeys(("matters", *Lack), 0))
            held["matters"] += 1
            for lack in lacks_of(*given):
                held[lack] += 1
    return {goal: _tally(row) for goal, row in counts.items()}
