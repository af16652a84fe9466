"""What a row of a list wants the ledger to hold."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.rules.ledger import facts as f
from luoshi.rules.sheets.figures import FEN_OF, Figure, Money
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.rows import SheetRow

MAIN, TOTAL = "main", "total_investment"
MONEY_UNIT = "万元"
COUNTED_UNIT = "项"  # of a quantity whose unit neither cell nor head names
CUMULATIVE = frozenset({Period.YEAR, Period.ALL, Period.CUMULATIVE})
LONGEST_CODE, LONGEST_TITLE, LONGEST_AREA = 60, 200, 100  # what the ledger's columns hold


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a row is read with: units by the name as written, the data day, what was decided.

    ``posts`` are those in force, by name: a leader's own name is no post and is left where it is.
    ``year`` is the sheet's, ``periods`` what a person said of a column's figures, ``source`` the
    list's title.
    """

    units: Mapping[str, UUID]
    as_of: date
    year: int | None
    periods: Mapping[int, Period]
    source: str
    posts: Mapping[str, UUID] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A matter as the list states it, in the ledger's own terms; None and () say nothing.

    ``unknown_units`` are names that no unit is known for; a row whose lead is among them comes in
    without a lead unit, and its source keeps the name as written.
    """

    code: str
    title: str
    kind: f.MatterKind
    area: str
    source: f.Source
    lead_unit: UUID | None = None
    supporting_units: tuple[UUID, ...] = ()
    unknown_units: tuple[str, ...] = ()
    sponsoring_post: UUID | None = None
    stage: str = ""
    stage_listed: bool = False
    targets: tuple[f.Target, ...] = ()
    acceptance: str = ""
    days: f.MilestonesFixed | None = None
    achieved: Decimal | None = None
    started_on: date | None = None
    progress: str = ""
    problems: str = ""

    @property
    def reports(self) -> bool:
        """Tell whether the row says anything of the progress."""
        return bool(self.achieved is not None or self.started_on or self.progress or self.problems)


def wanted_of(row: SheetRow, around: Around) -> Wanted:
    """Return what a row wants; ``code`` is empty where the list gives none."""
    named = [name for name in (row.lead_unit, *row.supporting_units) if name]
    lead = around.units.get(row.lead_unit)
    supporting = [around.units[name] for name in row.supporting_units if name in around.units]
    targets, achieved, is_yearly = _figures(row, around)
    return Wanted(
        code=(row.code or row.office_no)[:LONGEST_CODE],
        title=row.title[:LONGEST_TITLE],
        kind=row.kind or f.MatterKind.PROJECT,
        area=row.area[:LONGEST_AREA],
        source=_source(row, around, lead),
        lead_unit=lead,
        supporting_units=tuple(dict.fromkeys(unit for unit in supporting if unit != lead)),
        unknown_units=tuple(name for name in named if name not in around.units),
        sponsoring_post=around.posts.get(row.sponsor),
        stage=row.stage.value if row.stage else "",
        stage_listed=row.stage_listed,
        targets=targets,
        acceptance="" if targets else row.target,
        days=_days(row, around, is_yearly=is_yearly),
        achieved=achieved,
        started_on=_past(row.actual_start.day if row.actual_start else None, around.as_of),
        progress=row.progress,
        problems=row.problems,
    )


def _source(row: SheetRow, around: Around, lead: UUID | None) -> f.Source:
    """Return where the row stands in the list, with the lead unit as written if it is unknown."""
    place = f"第{row.number}行"
    if row.lead_unit and lead is None:
        place += f"，牵头单位：{row.lead_unit}"
    return f.Source(
        kind=f.SourceKind.UPPER_LIST, title=around.source, day=around.as_of, place=place
    )


def _figures(row: SheetRow, around: Around) -> tuple[tuple[f.Target, ...], Decimal | None, bool]:
    """Return the targets, the whole amount of the leading one so far, and if it is of one year.

    A quantity leads; else the year's investment; else the total one.
    """
    total = row.money_of(Meaning.MONEY_TOTAL)
    year = row.money_of(Meaning.MONEY_YEAR_PLAN)
    if row.quantity is not None:
        led = [_counted(row.quantity)]
        return tuple(led + _total(total)), _achieved(row, row.quantity, around), False
    if year is not None:
        led = [_invested(year, key=MAIN, subject="年度计划投资", leads=True)]
        return (
            tuple(led + _total(total)),
            _paid(row, around, {Period.YEAR, Period.CUMULATIVE}),
            True,
        )
    if total is not None:
        led = [_invested(total, key=TOTAL, subject="总投资", leads=True)]
        return tuple(led), _paid(row, around, {Period.ALL}), False
    return (), None, False


def _counted(figure: Figure) -> f.Target:
    return f.Target(
        key=MAIN,
        quantity=figure.amount,
        unit=figure.unit or COUNTED_UNIT,
        comparator=figure.comparator,
        leads=True,
    )


def _total(total: Money | None) -> list[f.Target]:
    return [] if total is None else [_invested(total, key=TOTAL, subject="总投资", leads=False)]


def _invested(money: Money, *, key: str, subject: str, leads: bool) -> f.Target:
    return f.Target(
        key=key,
        quantity=_in_money_unit(money),
        unit=MONEY_UNIT,
        comparator=money.comparator,
        subject=subject,
        leads=leads,
    )


def _in_money_unit(money: Money) -> Decimal:
    return Decimal(money.fen) / FEN_OF[MONEY_UNIT]


def _achieved(row: SheetRow, target: Figure, around: Around) -> Decimal | None:
    """Return the amount done so far in the target's unit; of this period alone says nothing."""
    for cell in row.achieved:
        period = around.periods.get(cell.column, cell.period)
        if period in CUMULATIVE and cell.figure.unit in {"", target.unit or COUNTED_UNIT}:
            return cell.figure.amount
    return None


def _paid(row: SheetRow, around: Around, periods: set[Period]) -> Decimal | None:
    """Return the money spent over one of the periods, in the ledger's unit of money."""
    for cell in row.money:
        period = around.periods.get(cell.column, cell.period)
        if cell.meaning is Meaning.MONEY_DONE and period in periods:
            return _in_money_unit(cell.money)
    return None


def _days(row: SheetRow, around: Around, *, is_yearly: bool) -> f.MilestonesFixed | None:
    """Return the days of the plan; those of a year's amount are the year's.

    A start that is not stated is the first day of the year, marked as inferred; without an end the
    last step ends it. Steps outside are left out: the row says two things.
    """
    due = row.due.day if row.due else max((step.day.day for step in row.steps), default=None)
    due_inferred = row.due is None or row.due.inferred
    start = row.start.day if row.start else None
    year_end = date(around.year, 12, 31) if around.year else None
    if is_yearly and year_end and (due is None or due > year_end):
        due, due_inferred = year_end, True
    year_start = date(around.year, 1, 1) if around.year else None
    start_inferred = start is None or (row.start is not None and row.start.inferred)
    if year_start and (start is None or (is_yearly and start < year_start)):
        start, start_inferred = year_start, True
    if due is None:
        return None
    if start is not None and start > due:
        start, start_inferred = None, False
    return f.MilestonesFixed(
        due=due,
        due_inferred=due_inferred,
        start=start,
        start_inferred=start is not None and start_inferred,
        planned_start=row.start.day if row.start and row.start.day <= due else None,
        milestones=_steps(row, start, due),
    )


def _steps(row: SheetRow, start: date | None, due: date) -> tuple[f.Milestone, ...]:
    inside = [step for step in row.steps if (start or step.day.day) <= step.day.day <= due]
    inside.sort(key=lambda step: step.day.day)
    return tuple(
        f.Milestone(key=f"step-{number}", title=step.title, due=step.day.day)
        for number, step in enumerate(inside, start=1)
    )


def _past(day: date | None, as_of: date) -> date | None:
    """Return a day that had come by the data day; a start announced for later is none yet."""
    return day if day is not None and day <= as_of else None
