"""One matter's cells, read into the fields of a row; what cannot be read becomes a problem."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, TypeVar

from luoshi.rules.ledger.facts import MatterKind
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.columns import Column
from luoshi.rules.sheets.figures import (
    Figure,
    FigureNotUnderstood,
    MoneyUnitMissing,
    money_unit,
    read_figure,
    read_money,
)
from luoshi.rules.sheets.grid import Cell, Value
from luoshi.rules.sheets.heads import Layout
from luoshi.rules.sheets.kinds import Heading, Stage, stage_of
from luoshi.rules.sheets.meanings import MONEY, Meaning
from luoshi.rules.sheets.moments import Edge, Moment, YearMissing, read_moment, read_span
from luoshi.rules.sheets.parties import Parties, read_parties
from luoshi.rules.sheets.rows import AchievedCell, CellProblem, MoneyCell, SheetRow, Weight
from luoshi.rules.sheets.steps import Step, read_steps
from luoshi.rules.sheets.wording import one_line, says_nothing, shown, tight

T = TypeVar("T")

OF_THE_COLUMN = (MoneyUnitMissing.code, YearMissing.code)
"""Problems that stand in every cell of a column alike and are told once, at its first cell."""

_NAMES: Mapping[Meaning, str] = {
    Meaning.SERIAL: "serial",
    Meaning.CODE: "code",
    Meaning.OFFICE_NO: "office_no",
    Meaning.TITLE: "title",
    Meaning.LEVEL: "level",
    Meaning.GOAL: "goal",
    Meaning.OWNER: "owner",
    Meaning.SPONSOR: "sponsor",
    Meaning.RESPONSIBLE: "responsible",
    Meaning.AREA: "area",
}
"""Fields that hold a name: one line, no blanks that only fill the cell."""

_WORDS: Mapping[Meaning, str] = {
    Meaning.SOURCE: "source",
    Meaning.CONTENT: "content",
    Meaning.FUND_SOURCE: "fund_source",
    Meaning.PROGRESS: "progress",
    Meaning.PROBLEMS: "problems",
    Meaning.MEASURES: "measures",
    Meaning.NEXT: "next_steps",
}
"""Fields that hold words as written."""

_DAYS: Mapping[Meaning, tuple[str, Edge]] = {
    Meaning.START: ("start", Edge.START),
    Meaning.DUE: ("due", Edge.END),
    Meaning.ACTUAL_START: ("actual_start", Edge.START),
    Meaning.ACTUAL_END: ("actual_end", Edge.END),
    Meaning.REPORTED_ON: ("reported_on", Edge.END),
}
_KINDS = (
    (MatterKind.INDICATOR, "指标"),
    (MatterKind.PROGRAMME, "专项"),
    (MatterKind.TASK, "任务"),
    (MatterKind.PROJECT, "项目"),
    (MatterKind.PROJECT, "工程"),
)


class RowReader:
    """Reads the cells of one matter; ``cells`` holds its values by column, empty ones left out."""

    def __init__(
        self,
        layout: Layout,
        row: int,
        cells: Mapping[int, Cell],
        *,
        year: int | None,
        money_unit: str,
    ) -> None:
        self._layout = layout
        self._row = row
        self._cells = cells
        self._year = year
        self._money_unit = money_unit
        self.problems: list[CellProblem] = []

    def read(self, *, groups: tuple[Heading, ...], hidden: bool) -> SheetRow:
        """Return the row; what could not be read stands in ``problems``."""
        fields: dict[str, Any] = {
            **self._names(),
            **self._places(groups),
            **self._units(),
            **self._target(),
            **self._days(),
            **self._steps(),
        }
        self._check(fields)
        return SheetRow(
            row=self._row,
            hidden=hidden,
            achieved=tuple(self._achieved()),
            money=tuple(self._money()),
            groups=groups,
            raw=tuple(self._raw()),
            **fields,
        )

    def problem(
        self, column: Column | None, code: str, weight: Weight = Weight.BAD, /, **facts: object
    ) -> None:
        """Note what a cell, or the row, needs a person for."""
        index = column.index if column else None
        self.problems.append(CellProblem(self._row, index, code, weight, facts))

    def _refused(self, column: Column, refusal: Refusal, weight: Weight = Weight.BAD) -> None:
        self.problem(column, refusal.code, weight, **refusal.facts)

    def _cell(self, column: Column) -> Cell:
        return self._cells.get(column.index, Cell())

    def _text(self, column: Column) -> str:
        text = shown(self._cell(column).value)
        return "" if says_nothing(text) else text

    def _first(self, meaning: Meaning) -> tuple[Column, str] | None:
        """Return the first column of a meaning whose cell says something, and its text."""
        for column in self._layout.of(meaning):
            if text := self._text(column):
                return column, text
        return None

    def _words_of(self, meaning: Meaning) -> str:
        return "\n".join(
            text for column in self._layout.of(meaning) if (text := self._text(column))
        )

    def _judged(self, column: Column, read: Callable[[], T]) -> T | None:
        """Return what a cell reads as; a refusal becomes a problem of the cell."""
        try:
            return read()
        except Refusal as refusal:
            self._refused(column, refusal)
            return None

    def _names(self) -> dict[str, Any]:
        names = {field: one_line(self._words_of(meaning)) for meaning, field in _NAMES.items()}
        words = {field: self._words_of(meaning) for meaning, field in _WORDS.items()}
        parts = [one_line(self._text(column)) for column in self._layout.of(Meaning.CATEGORY)]
        category = "/".join(part for part in parts if part)
        return {**names, **words, "category": category, "remarks": self._words_of(Meaning.REMARKS)}

    def _places(self, groups: tuple[Heading, ...]) -> dict[str, Any]:
        """Return kind and stage; the stage of a group holds where the cell names none (据清单)."""
        listed = next((group.stage for group in reversed(groups) if group.stage), None)
        stage: Stage | None = None
        if found := self._first(Meaning.STAGE):
            column, text = found
            stage = stage_of(text)
            if stage is None:
                self.problem(column, "stage_not_understood", Weight.NOTE, text=text)
        return {
            "stage": stage or listed,
            "stage_listed": stage is None and listed is not None,
            "kind": self._kind(),
        }

    def _kind(self) -> MatterKind | None:
        """Return the kind that the category says, else the head over the titles."""
        title = self._layout.column(Meaning.TITLE)
        category = tight(self._words_of(Meaning.CATEGORY))
        for words in (category, tight(title.head) if title else ""):
            for kind, word in _KINDS:
                if word in words:
                    return kind
        return None

    def _units(self) -> dict[str, Any]:
        lead = self._parties(Meaning.LEAD_UNIT)
        responsible = self._parties(Meaning.RESPONSIBLE_UNIT)
        supporting = self._parties(Meaning.SUPPORTING_UNITS)
        named = dict.fromkeys((*lead.all, *responsible.all, *supporting.all))
        leads = lead.lead or responsible.lead
        return {
            "lead_unit": leads,
            "supporting_units": tuple(name for name in named if name != leads),
        }

    def _parties(self, meaning: Meaning) -> Parties:
        found = self._first(meaning)
        if found is None:
            return Parties()
        parties = read_parties(self._words_of(meaning))
        if parties.open_ended:
            self.problem(found[0], "more_units_meant", Weight.NOTE, text=found[1])
        return parties

    def _target(self) -> dict[str, Any]:
        """Return the target as an amount where a cell gives one, and in words."""
        words = self._words_of(Meaning.TARGET)
        if found := self._first(Meaning.QUANTITY):
            column = found[0]
            unit = self._unit_of(column)
            figure = self._judged(column, lambda: self._figure(column, unit))
            return {"quantity": figure, "target": words}
        try:
            figure = read_figure(words, unit=self._unit_of(None))
        except Refusal:
            figure = None  # a target in words, as most are
        return {"quantity": figure if figure and figure.unit else None, "target": words}

    def _unit_of(self, column: Column | None) -> str:
        """Return the unit of amounts: that of the row's unit column, else of the head."""
        if found := self._first(Meaning.UNIT):
            return tight(found[1])
        return column.units[0] if column and column.units else ""

    def _figure(self, column: Column, unit: str) -> Figure | None:
        cell = self._cell(column)
        value = cell.value
        if cell.is_percent and not isinstance(value, (str, date, bool)) and value is not None:
            return read_figure(value * 100, unit="%")
        return read_figure(value, unit=unit)

    def _achieved(self) -> Iterable[AchievedCell]:
        for column in self._layout.of(Meaning.ACHIEVED):
            try:
                figure = self._figure(column, self._unit_of(column))
            except FigureNotUnderstood as refusal:  # progress in words stands in such columns too
                self._refused(column, refusal, Weight.NOTE)
                continue
            except Refusal as refusal:
                self._refused(column, refusal)
                continue
            if figure is not None:
                yield AchievedCell(column.index, column.period, figure)

    def _money(self) -> Iterable[MoneyCell]:
        for column in self._layout.columns:
            if column.meaning not in MONEY:
                continue
            money = self._judged(
                column,
                lambda column=column: self._amount(column),  # type: ignore[misc]
            )
            if money is not None:
                yield MoneyCell(column.index, column.meaning, column.period, money, column.when)

    def _amount(self, column: Column) -> Any:
        unit = column.money_unit or self._row_unit() or self._money_unit
        return read_money(self._cell(column).value, unit=unit)

    def _row_unit(self) -> str:
        """Return the unit of money in the row's unit column, if there is one."""
        found = self._first(Meaning.UNIT)
        return money_unit(found[1]) if found else ""

    def _days(self) -> dict[str, Any]:
        days: dict[str, Any] = {}
        for meaning, (field, edge) in _DAYS.items():
            if column := self._layout.column(meaning):
                days[field] = self._judged(
                    column,
                    lambda column=column, edge=edge: self._day(column, edge),  # type: ignore[misc]
                )
        if column := self._layout.column(Meaning.SPAN):
            span = self._judged(column, lambda: read_span(self._day_value(column), year=self._year))
            if span is not None:
                days["start"] = days.get("start") or span.start
                days["due"] = days.get("due") or span.end
        return days

    def _day(self, column: Column, edge: Edge) -> Moment | None:
        return read_moment(self._day_value(column), year=self._year, edge=edge)

    def _day_value(self, column: Column) -> Value:
        """Return the value of a day; a date shown as a month is that month."""
        cell = self._cell(column)
        if cell.is_month and isinstance(cell.value, date):
            return f"{cell.value.year}年{cell.value.month}月"
        return cell.value

    def _steps(self) -> dict[str, Any]:
        """Return the milestones: those of one cell, then those whose day is in the head."""
        steps = read_steps(self._words_of(Meaning.STEPS), year=self._year)
        dated = [*steps.dated]
        for column in self._layout.of(Meaning.STEP_AT):
            if text := self._text(column):
                day = self._judged(
                    column,
                    lambda column=column: self._day_of_head(column),  # type: ignore[misc]
                )
                dated += [Step(one_line(text), day)] if day else []
        return {"steps": tuple(dated), "undated_steps": steps.undated}

    def _day_of_head(self, column: Column) -> Moment | None:
        return read_moment(column.when, year=column.year or self._year)

    def _check(self, fields: Mapping[str, Any]) -> None:
        """Note what only the whole row shows: no title, an end before the start."""
        if not fields["title"]:
            self.problem(self._layout.column(Meaning.TITLE), "title_missing")
        start, due = fields.get("start"), fields.get("due")
        if start and due and start.day > due.day:
            column = self._layout.column(Meaning.DUE) or self._layout.column(Meaning.SPAN)
            self.problem(column, "ends_before_start", start=start.day, due=due.day)

    def _raw(self) -> Iterable[tuple[str, str]]:
        for column in self._layout.columns:
            text = self._text(column)
            if text and column.meaning is not Meaning.PERSONAL:
                yield column.head, text
