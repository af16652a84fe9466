"""What was judged of a sheet, as it is kept while it waits: plain values for JSON."""

import json
from collections.abc import Mapping
from uuid import UUID

from luoshi.base.rows import Row
from luoshi.intake.judging import Judged, JudgedRow, shown
from luoshi.intake.models import SheetImport
from luoshi.rules.sheets.grid import Grid, column_name
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.rows import CellProblem, SheetReading

LONGEST_CELL = 200  # letters of a cell that the preview shows
ROW_COLUMNS = (
    "sheet_id", "row", "state", "title", "code", "is_new", "matter", "becomes", "problems",
    "cells", "candidates",
)  # fmt: skip


def row_of(
    sheet: SheetImport, row: JudgedRow, found: Judged, grid: Grid, names: Mapping[UUID, str]
) -> Row:
    """Return a judged row in the order of ROW_COLUMNS."""
    becomes = [
        {"what": each.what, "old": _named(each.old, names), "new": _named(each.new, names)}
        for step in row.steps
        for each in step.becomes
    ]
    known = [found.known[matter] for matter in row.candidates]
    candidates = [{"id": str(each.id), "code": each.code, "title": each.title} for each in known]
    texts = _texts(grid, row.row.row)
    return (
        sheet.pk,
        row.row.row,
        row.state.value,
        row.wanted.title,
        row.wanted.code,
        row.is_new,
        row.matter,
        json.dumps(becomes),
        json.dumps([problem_of(problem) for problem in row.problems]),
        json.dumps([[at, text[:LONGEST_CELL]] for at, text in enumerate(texts) if text]),
        json.dumps(candidates),
    )


def _texts(grid: Grid, row: int) -> list[str]:
    return ["" if value is None else str(value) for value in grid.rows[row]]


def _named(value: object, names: Mapping[UUID, str]) -> str:
    """Return a value in words: units by their names."""
    if isinstance(value, UUID):
        return names.get(value, "")
    if isinstance(value, tuple) and value and isinstance(value[0], UUID):
        return "、".join(names.get(each, "") for each in value)
    return shown(value)


def problem_of(problem: CellProblem) -> dict[str, object]:
    """Return a problem as JSON keeps it."""
    return {
        "row": problem.row,
        "column": problem.column,
        "place": problem.place,
        "code": problem.code,
        "weight": problem.weight.value,
        "facts": {name: _plain(fact) for name, fact in problem.facts.items()},
    }


def _plain(fact: object) -> object:
    """Return a fact as JSON keeps it; decimals and days as texts."""
    if isinstance(fact, tuple | list | frozenset | set):
        return [_plain(each) for each in fact]
    return fact if isinstance(fact, bool | int | None) else str(fact)


def questions_of(found: Judged) -> dict[str, object]:
    """Return what a person is asked about the sheet as a whole."""
    rows_of: dict[str, int] = {}
    for row in found.rows:
        for name in row.wanted.unknown_units:
            rows_of[name] = rows_of.get(name, 0) + 1
    units = [
        {
            "name": name,
            "rows": rows,
            "ended": name in found.units.ended,
            "proposals": [
                {"id": str(found.units.names[near.name]), "name": near.name, "by": near.by.value}
                for near in found.units.proposals.get(name, ())
            ],
        }
        for name, rows in sorted(rows_of.items(), key=lambda each: (-each[1], each[0]))
    ]
    layout = found.reading.layout
    columns = layout.columns if layout else ()
    periods = [
        {"column": column.index, "head": column.head, "guess": column.period.value}
        for column in columns
        if column.meaning in _SUMMED and column.period is Period.UNSAID
    ]
    doubts = [
        {"column": doubt.column, "code": doubt.code, "facts": {
            name: _plain(fact) for name, fact in doubt.facts.items()
        }}
        for doubt in (layout.doubts if layout else ())
    ]  # fmt: skip
    lacks_unit = any(
        problem.code == "money_unit_missing" for row in found.rows for problem in row.problems
    )
    return {"units": units, "periods": periods, "columns": doubts, "money_unit": lacks_unit}


_SUMMED = frozenset({Meaning.MONEY_DONE, Meaning.ACHIEVED})


def head_of(reading: SheetReading) -> list[dict[str, object]]:
    """Return the columns as they were understood."""
    columns = reading.layout.columns if reading.layout else ()
    return [
        {
            "column": column.index,
            "letter": column_name(column.index),
            "head": column.head,
            "meaning": column.meaning.value,
        }
        for column in columns
    ]
