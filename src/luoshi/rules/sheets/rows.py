"""What a list says, row by row: every field that was understood, and what was not."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from luoshi.rules.ledger.facts import MatterKind
from luoshi.rules.sheets.figures import Figure, Money
from luoshi.rules.sheets.grid import address
from luoshi.rules.sheets.heads import Layout
from luoshi.rules.sheets.kinds import Heading, Line, Stage
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.moments import Moment
from luoshi.rules.sheets.steps import Step


class Weight(StrEnum):
    """How much a problem matters."""

    BAD = "bad"  # the row waits until the cell is mended
    ASK = "ask"  # a person should decide; the row can go ahead without the value
    NOTE = "note"  # worth knowing


@dataclass(frozen=True, slots=True)
class CellProblem:
    """Something in a cell that needs a person: a stable code and facts, never wording.

    ``row`` and ``column`` count from 0 as in the grid; ``column`` is None for a whole row, both
    are None for the sheet.
    """

    row: int | None
    column: int | None
    code: str
    weight: Weight = Weight.BAD
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def place(self) -> str:
        """Return the cell as the sheet names it: C7, 7 for a whole row, empty for the sheet."""
        if self.row is None:
            return ""
        return str(self.row + 1) if self.column is None else address(self.row, self.column)


@dataclass(frozen=True, slots=True)
class MoneyCell:
    """An amount of money and what its column says of it.

    ``when`` is the month or quarter that the head names, in the head's words.
    """

    column: int
    meaning: Meaning
    period: Period
    money: Money
    when: str = ""


@dataclass(frozen=True, slots=True)
class AchievedCell:
    """An amount done, in its unit, and over what time its column sums."""

    column: int
    period: Period
    figure: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetRow:
    """A matter as a list states it; empty texts, None and () where the list says nothing.

    ``row`` counts from 0 as in the grid. ``stage_listed``: the stage is that of the group the row
    stands in (据清单). ``raw`` holds the texts by the path of their heads, without personal data.
    """

    row: int
    hidden: bool = False
    serial: str = ""
    code: str = ""
    office_no: str = ""
    title: str = ""
    kind: MatterKind | None = None
    category: str = ""
    stage: Stage | None = None
    stage_listed: bool = False
    level: str = ""
    goal: str = ""
    source: str = ""
    lead_unit: str = ""
    supporting_units: tuple[str, ...] = ()
    owner: str = ""
    sponsor: str = ""
    responsible: str = ""
    area: str = ""
    content: str = ""
    target: str = ""
    quantity: Figure | None = None
    achieved: tuple[AchievedCell, ...] = ()
    money: tuple[MoneyCell, ...] = ()
    fund_source: str = ""
    start: Moment | None = None
    due: Moment | None = None
    actual_start: Moment | None = None
    actual_end: Moment | None = None
    steps: tuple[Step, ...] = ()
    undated_steps: tuple[str, ...] = ()
    progress: str = ""
    problems: str = ""
    measures: str = ""
    next_steps: str = ""
    reported_on: Moment | None = None
    remarks: str = ""
    groups: tuple[Heading, ...] = ()
    raw: tuple[tuple[str, str], ...] = ()

    @property
    def number(self) -> int:
        """Return the row's number as a person sees it in the sheet, from 1."""
        return self.row + 1

    @property
    def group_path(self) -> tuple[str, ...]:
        """Return the names of the groups the row stands in, the widest first."""
        return tuple(group.text for group in self.groups)

    def money_of(self, meaning: Meaning, period: Period | None = None) -> Money | None:
        """Return the first amount of a meaning, of a period where one is asked for, or None."""
        found = (
            cell.money
            for cell in self.money
            if cell.meaning is meaning and period in {None, cell.period}
        )
        return next(found, None)


@dataclass(frozen=True, slots=True)
class SheetReading:
    """A sheet as read: its layout (None: no head found), kinds, matters, and what needs a person.

    ``year`` is the year that cells without one were read in.
    """

    layout: Layout | None
    lines: tuple[Line, ...] = ()
    rows: tuple[SheetRow, ...] = ()
    problems: tuple[CellProblem, ...] = ()
    year: int | None = None

    @property
    def waiting(self) -> frozenset[int]:
        """Return the rows that a bad cell keeps from going ahead."""
        bad = (problem for problem in self.problems if problem.weight is Weight.BAD)
        return frozenset(problem.row for problem in bad if problem.row is not None)
