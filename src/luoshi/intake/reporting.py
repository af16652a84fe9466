"""What became of a sheet, as the command line and the pages tell it."""

from typing import Any

from luoshi.intake.models import RowState, SheetImport, StagedRow
from luoshi.intake.sentences import problem_sentence
from luoshi.rules.sheets.grid import column_name


def report_of(sheet: SheetImport) -> dict[str, Any]:
    """Return what became of the rows, as the command line tells it.

    ``{rows, created, changed, unchanged, refused, problems: [{row, column, code, message}]}``; row
    and column as a person sees them. Rows that wait for an answer or a mended cell count as
    refused: they did not come in.
    """
    counts = {"rows": 0, "created": 0, "changed": 0, "unchanged": 0, "refused": 0}
    problems = [told(problem) for problem in sheet.problems]
    for row in sheet.rows.order_by("row"):
        counts["rows"] += 1
        counts[_became(row)] += 1
        problems += [told(problem) for problem in row.problems]
    return {**counts, "problems": problems}


def _became(row: StagedRow) -> str:
    if row.state in {RowState.READY, RowState.WRITTEN}:
        return "created" if row.is_new else "changed"
    return "unchanged" if row.state == RowState.UNCHANGED else "refused"


def told(problem: dict[str, Any]) -> dict[str, Any]:
    """Return a problem with its sentence; the column by its letter."""
    row, column = problem["row"], problem["column"]
    return {
        "row": None if row is None else row + 1,
        "column": "" if column is None else column_name(column),
        "code": problem["code"],
        "message": problem_sentence(problem["code"], problem["facts"]),
    }
