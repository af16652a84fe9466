"""What the ledger counts: two days compared, figures of a day, sums by unit."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Annotated, Any
from uuid import UUID

from ninja import Query
from pydantic import StringConstraints

from luoshi.base.api.gets import Day, lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import amount, plain
from luoshi.base.api.turning import Page, Turn, page_among
from luoshi.ledger import comparison as comparisons
from luoshi.ledger import statistics, verbs
from luoshi.ledger.api.board import BoardFilters
from luoshi.ledger.api.room import around, router
from luoshi.ledger.board import names_visible_to
from luoshi.ledger.comparison import Look
from luoshi.ledger.comparison import Turn as TurnTold
from luoshi.ledger.goals import goals_visible_to, matters_visible_to
from luoshi.ledger.outcome import Comparison
from luoshi.organisation.queries import units_visible_to
from luoshi.rules.ledger.comparison import Became

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedColumn:
    """One column that is not as it was."""

    column: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnLine:
    """What became of one matter between two days."""

    id: UUID
    code: str
    title: str
    became: str
    differences: list[ChangedColumn]


@lists(
    router, "/comparison", verbs.read_ledger, of=TurnLine, turns=True, exports=verbs.export_ledger
)
def comparison(
    asked: Asked,
    turn: Turn,
    filters: Query[BoardFilters],
    against: Day | None = None,
    became: Became | None = None,
) -> Page:
    """List what became of the matters since another day (a week before), gravest first.

    Of the matters on the page alone it is read what is not as it was.
    """
    around(asked)
    found, then, now = _compared(asked, filters, against)
    turned = [one for one in found.turns if became is None or one.became == became]
    page = page_among(turned, turn, key_of=lambda one: str(one.thread))
    return replace(page, rows=comparisons.in_full(page.rows, then=then, now=now)).each(_turned)


def _turned(one: TurnTold) -> TurnLine:
    return TurnLine(
        id=one.thread,
        code=one.code,
        title=one.seen.title,
        became=one.became.value,
        differences=[
            ChangedColumn(column=each.column, old=plain(each.old), new=plain(each.new))
            for each in one.differences
        ],
    )


def _compared(
    asked: Asked, filters: BoardFilters, against: date | None
) -> tuple[Comparison, Look, Look]:
    then, now = _look(asked, against or asked.day - WEEK), _look(asked, asked.day)
    if then.day > now.day:
        then, now = now, then
    found = comparisons.compare(asked.actor, then=then, now=now, filters=filters.filters)
    return found, then, now


def _look(asked: Asked, day: date) -> Look:
    return Look(
        day,
        asked.known_at,
        goals_visible_to(asked.actor, day=day, known_at=asked.known_at),
        units_visible_to(asked.actor, day=day, known_at=asked.known_at),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is counted of some matters on a day; unit: matters.

    ``balance`` is that of the open ones since the day compared with.
    """

    standings: dict[str, int]
    stages: dict[str, int]
    measures: dict[str, int]
    due: dict[str, int]
    colours: dict[str, int]
    became: dict[str, int]
    balance: dict[str, int]


@reads(router, "/figures", verbs.read_ledger, gives=Figures, of_a_day=True)
def figures(asked: Asked, filters: Query[BoardFilters], against: Day | None = None) -> Figures:
    """Count the matters of a day by standing, stage, unit of measure, last day and colour."""
    around(asked)
    names = names_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    found = statistics.counted(
        asked.actor,
        day=asked.day,
        known_at=asked.known_at,
        filters=filters.filters,
        goals=names.goals,
        units=names.units,
        year=asked.day.year,
    )
    spells = statistics.spells_known(asked.actor, known_at=asked.known_at)
    (colours,) = statistics.colours_over_time(spells, [asked.day])
    turned, _then, _now = _compared(asked, filters, against)
    balance = plain(turned.balance)
    assert isinstance(balance, dict)  # noqa: S101 - a dataclass
    return Figures(
        standings=dict(found.standings),
        stages=dict(found.stages),
        measures=dict(found.measures),
        due={one.day.isoformat(): one.matters for one in found.due},
        colours=dict(colours.counts),
        became={one.value: n for one, n in turned.counts.items()},
        balance=balance,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class MoneyLine:
    """Planned by the day, confirmed and wanted in the end of one unit's matters, in one measure."""

    id: str
    unit: UUID | None
    measure: str
    planned: str | None
    achieved: str | None
    quantity: str | None
    matters: int


@lists(router, "/figures/sums", verbs.read_ledger, of=MoneyLine)
def sums_by_unit(
    asked: Asked, measure: Annotated[str, StringConstraints(max_length=40)] = "亿元"
) -> list[MoneyLine]:
    """Add up planned, confirmed and wanted amounts of one measure by lead unit.

    Units stand in their official order, what has none at the end.
    """
    around(asked)
    units = units_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    place: dict[UUID | None, int] = {unit.id: at for at, unit in enumerate(units)}
    spells = matters_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    found = statistics.owed(spells, factors={measure: Decimal(1)}, day=asked.day)
    return [
        MoneyLine(
            id=str(unit or ""),
            unit=unit,
            measure=measure,
            planned=amount(one.planned),
            achieved=amount(one.achieved),
            quantity=amount(one.quantity),
            matters=one.matters,
        )
        for unit, one in sorted(
            statistics.sums_by_unit(found).items(),
            key=lambda each: (place.get(each[0], len(place)), str(each[0] or "")),
        )
    ]
