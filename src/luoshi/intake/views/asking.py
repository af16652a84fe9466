"""What a preview asks, and what its answers change: between a kept sheet and its form."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from luoshi.intake.forms import Answers, Asked

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport, StagedRow

MOST_UNITS = 30  # questions about units on one page; the others follow when these are answered
MOST_CELLS = 12  # cells of a row that can be mended at one time
OPEN = frozenset({"ready", "asked", "waiting", "refused", "skipped", "unchanged"})
"""States of rows about which something can still be decided."""


@dataclass(frozen=True, slots=True)
class Changed:
    """What answers change: cells, and what was decided, as ``commands.choose`` takes it."""

    cells: Mapping[tuple[int, int], str]
    decided: Mapping[str, Any] | None

    def __bool__(self) -> bool:
        return bool(self.cells) or self.decided is not None


def asked_of(
    sheet: "SheetImport",
    rows: "Iterable[StagedRow]",
    units: Mapping[str, str],
    *,
    all_columns: bool,
) -> Asked:
    """Return what a page of rows asks; ``units`` are those of the tree, name to id."""
    choices = sheet.choices
    listed = [row for row in rows if row.state in OPEN]
    return Asked(
        as_of=sheet.as_of,
        unknown_units=choices.get("unknown_units", "note"),
        units=_units(sheet, units),
        periods=_periods(sheet),
        meanings=_meanings(sheet, all_columns=all_columns),
        rows={row.row: _row(row, choices.get("rows", {})) for row in listed},
        cells=dict(cell for row in listed for cell in _cells(row, sheet)),
        known_units=units,
        money_unit=_money_unit(sheet),
    )


def _units(
    sheet: "SheetImport", known: Mapping[str, str]
) -> dict[str, tuple[list[tuple[str, str]], str]]:
    """Return the names to ask about, the most frequent first; then those answered before."""
    answers: Mapping[str, str] = sheet.choices.get("units", {})
    names = {unit: name for name, unit in known.items()}
    found: dict[str, tuple[list[tuple[str, str]], str]] = {}
    for unit in sheet.questions.get("units", [])[:MOST_UNITS]:
        proposals = [(near["id"], near["name"]) for near in unit["proposals"]]
        found[unit["name"]] = (proposals, answers.get(unit["name"], ""))
    for name, answer in answers.items():
        proposals = found.setdefault(name, ([], answer))[0]
        if answer in names and answer not in dict(proposals):
            proposals.append((answer, names[answer]))
    return found


def _money_unit(sheet: "SheetImport") -> str | None:
    """Return the unit of money answered so far, None where nothing is asked."""
    answer: str = sheet.choices.get("money_unit", "")
    return answer if answer or sheet.questions.get("money_unit") else None


def _periods(sheet: "SheetImport") -> dict[int, str]:
    """Return the columns of figures whose head leaves open over what time they sum."""
    answers: Mapping[str, str] = sheet.choices.get("periods", {})
    asked = [one["column"] for one in sheet.questions.get("periods", [])]
    asked += [
        one["column"]
        for one in sheet.questions.get("columns", [])
        if one["code"] == "period_open" and one["column"] not in asked
    ]
    columns = {*asked, *(int(column) for column in answers)}
    return {column: answers.get(str(column), "") for column in sorted(columns)}


def _meanings(sheet: "SheetImport", *, all_columns: bool) -> dict[int, tuple[str, bool]]:
    """Return the columns whose meaning is asked: those in doubt, those answered, or all."""
    answers: Mapping[str, str] = sheet.choices.get("meanings", {})
    doubts = {
        one["column"]
        for one in sheet.questions.get("columns", [])
        if one["code"] != "period_open" and str(one["column"]) not in answers
    }
    return {
        column["column"]: (column["meaning"], column["column"] in doubts)
        for column in sheet.head
        if all_columns or column["column"] in doubts or str(column["column"]) in answers
    }


def _row(row: "StagedRow", answers: Mapping[str, str]) -> tuple[list[tuple[str, str]] | None, str]:
    """Return a row's candidates, None where nothing is asked, and its answer.

    The matter chosen before is always among the candidates.
    """
    answer = answers.get(str(row.row), "")
    if row.state != "asked" and answer in {"", "skip"}:
        return None, answer
    found = [(one["id"], f"{one['code']} {one['title']}".strip()) for one in row.candidates]
    if answer not in {"", "new", "skip"} and answer not in dict(found):
        found.append((answer, row.title))
    return found, answer


def _cells(row: "StagedRow", sheet: "SheetImport") -> Iterable[tuple[tuple[int, int], str]]:
    """Yield the cells that can be mended: those that are bad, and those mended before.

    Under a merged cell the row has no text of its own: the problem names that of the first row.
    """
    mended = {column: text for at, column, text in sheet.mended if at == row.row}
    bad = {
        one["column"]: one["facts"].get("text", "")
        for one in row.problems
        if one["weight"] == "bad" and one["column"] is not None
    }
    texts = {**bad, **dict(row.cells), **mended}
    for column in list(dict.fromkeys([*bad, *mended]))[:MOST_CELLS]:
        yield (row.row, column), texts[column]


def changed_by(sheet: "SheetImport", asked: Asked, said: Answers) -> Changed:
    """Return what the answers change of what is kept with the sheet."""
    cells = {at: text for at, text in said.cells.items() if text != asked.cells[at]}
    kept = {name: sheet.choices.get(name, {}) for name in ("units", "rows", "periods", "meanings")}
    meanings = {
        column: "" if not _is_said(asked, column, meaning, kept["meanings"]) else meaning
        for column, meaning in said.meanings.items()
    }
    decided = {
        "unknown_units": said.unknown_units,
        "units": _merged(kept["units"], said.units),
        "rows": _numbered(_merged(kept["rows"], said.rows)),
        "periods": _numbered(_merged(kept["periods"], said.periods)),
        "meanings": _numbered(_merged(kept["meanings"], meanings)),
        "money_unit": said.money_unit,
    }
    before = {
        "unknown_units": asked.unknown_units,
        "units": dict(kept["units"]),
        **{name: _numbered(kept[name]) for name in ("rows", "periods", "meanings")},
        "money_unit": asked.money_unit or "",
    }
    day = said.as_of if said.as_of != sheet.as_of else None
    is_changed = day is not None or decided != before
    return Changed(cells, {**decided, "as_of": day} if is_changed else None)


def _is_said(asked: Asked, column: int, meaning: str, before: Mapping[str, str]) -> bool:
    """Tell whether a column's meaning was chosen, and not only left as it was read."""
    now, in_doubt = asked.meanings[column]
    return in_doubt or meaning != now or str(column) in before


def _merged(kept: Mapping[str, str], said: Mapping[Any, str]) -> dict[str, str]:
    """Return what was kept with what is said; an empty answer takes one back."""
    merged = {**kept, **{str(key): answer for key, answer in said.items()}}
    return {key: answer for key, answer in merged.items() if answer}


def _numbered(kept: Mapping[str, str]) -> dict[int, str]:
    return {int(number): answer for number, answer in kept.items()}
