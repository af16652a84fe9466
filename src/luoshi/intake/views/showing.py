"""One sheet's preview as its page shows it: counts, questions, rows, each with its fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.forms import BoundField
from django.http import QueryDict
from django.urls import reverse

from luoshi.intake.forms import AnswerForm, key_of
from luoshi.intake.sentences import problem_sentence
from luoshi.intake.words import BECOMES, MEANINGS, STATES
from luoshi.ledger.words import STAGES

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from luoshi.intake.models import SheetImport, StagedRow

ALWAYS = ("waiting", "asked", "ready", "unchanged")
"""States whose count stands there even when it is 0."""

MOST_LINES = 4  # of what a row becomes that stand there unfolded


@dataclass(frozen=True, slots=True)
class Told:
    """A problem in words at its place, and the field that mends its cell where there is one."""

    place: str
    head: str
    sentence: str
    weight: str
    field: BoundField | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """One thing a row changes; ``old`` is empty where there was nothing."""

    name: "StrOrPromise"
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview with its fields."""

    number: int
    state: str
    state_name: "StrOrPromise"
    title: str
    code: str
    url: str
    is_new: bool
    changes: tuple[Change, ...]
    more: tuple[Change, ...]
    problems: tuple[Told, ...]
    skip: BoundField | None
    choice: BoundField | None
    cells: tuple[tuple[str, str], ...]


def counts_of(counts: Mapping[str, int], asked: QueryDict) -> list[dict[str, Any]]:
    """Return the chips over the rows: every state with its count and its address."""
    chosen = asked.get("state", "")
    found = [
        {"name": name, "count": counts.get(state, 0), "url": f"?state={state}", "state": state}
        for state, name in STATES.items()
        if counts.get(state) or state in ALWAYS or state == chosen
    ]
    return [{**one, "is_current": one["state"] == chosen} for one in found]


def heads_of(sheet: "SheetImport") -> dict[int, Mapping[str, Any]]:
    """Return what the sheet's head says of each column."""
    return {column["column"]: column for column in sheet.head}


def questions_of(sheet: "SheetImport", form: AnswerForm) -> dict[str, Any]:
    """Return the questions about the sheet as a whole, each with its fields."""
    heads = heads_of(sheet)
    rows = {unit["name"]: unit for unit in sheet.questions.get("units", [])}
    doubts = {one["column"]: one for one in sheet.questions.get("columns", [])}
    return {
        "units": [
            {
                "name": name,
                "rows": rows.get(name, {}).get("rows"),
                "ended": rows.get(name, {}).get("ended", False),
                "field": form[f"unit_{key_of(name)}"],
                "other": form[f"other_{key_of(name)}"],
            }
            for name in form.asked.units
        ],
        "money_unit": _field(form, "money_unit"),
        "periods": [
            {"head": heads.get(column), "field": form[f"period_{column}"]}
            for column in form.asked.periods
        ],
        "columns": [
            {
                "head": heads.get(column),
                "field": form[f"meaning_{column}"],
                "sentence": _doubt(doubts.get(column)),
            }
            for column in form.asked.meanings
        ],
        "left": [
            {**column, "name": MEANINGS.get(column["meaning"], "")}
            for column in sheet.head
            if column["column"] not in form.asked.meanings
        ],
    }


def _doubt(doubt: Mapping[str, Any] | None) -> str:
    return problem_sentence(doubt["code"], doubt["facts"]) if doubt else ""


def problems_of(sheet: "SheetImport") -> list[Told]:
    """Return what is to be known of the sheet as a whole: totals that differ, lost rows."""
    heads = heads_of(sheet)
    columns = {one["column"] for one in sheet.questions.get("columns", [])}
    return [
        _told(problem, heads, None)
        for problem in sheet.problems
        if not (problem["weight"] == "ask" and problem["column"] in columns)
    ]


def rows_shown(
    rows: "Iterable[StagedRow]", sheet: "SheetImport", form: AnswerForm
) -> list[ShownRow]:
    """Return the rows of a page."""
    heads = heads_of(sheet)
    return [_row(row, heads, form) for row in rows]


def _row(row: "StagedRow", heads: Mapping[int, Mapping[str, Any]], form: AnswerForm) -> ShownRow:
    changes = tuple(_change(one) for one in row.becomes if _is_shown(one, row))
    told = [_told(one, heads, form) for one in row.problems]
    told += _mended(row, heads, form)
    is_known = row.matter is not None and (not row.is_new or row.state == "written")
    return ShownRow(
        number=row.row + 1,
        state=row.state,
        state_name=STATES[row.state],
        title=row.title,
        code=row.code,
        url=reverse("matter", args=[row.matter]) if is_known else "",
        is_new=row.is_new,
        changes=changes[:MOST_LINES],
        more=changes[MOST_LINES:],
        problems=tuple(told),
        skip=_field(form, f"skip_{row.row}"),
        choice=_field(form, f"row_{row.row}"),
        cells=tuple((_head(heads, column), text) for column, text in row.cells),
    )


def _is_shown(one: Mapping[str, str], row: "StagedRow") -> bool:
    """Tell whether a change says something that the row's own name does not say already."""
    return one["old"] != one["new"] and not (row.is_new and one["what"] == "title")


def _change(one: Mapping[str, str]) -> Change:
    old, new = one["old"], one["new"]
    if one["what"] == "stage":
        old, new = str(STAGES.get(old, old)), str(STAGES.get(new, new))
    return Change(BECOMES.get(one["what"], one["what"]), old, new)


def _told(
    problem: Mapping[str, Any], heads: Mapping[int, Mapping[str, Any]], form: AnswerForm | None
) -> Told:
    column = problem["column"]
    field = _field(form, f"cell_{problem['row']}_{column}") if form and column is not None else None
    return Told(
        place=problem["place"],
        head="" if column is None else _head(heads, column),
        sentence=problem_sentence(problem["code"], problem["facts"]),
        weight=problem["weight"],
        field=field,
    )


def _mended(
    row: "StagedRow", heads: Mapping[int, Mapping[str, Any]], form: AnswerForm
) -> Iterable[Told]:
    """Yield the cells of a row that were mended and are in order now: they can be mended again."""
    told = {problem["column"] for problem in row.problems}
    for at, column in form.asked.cells:
        if at == row.row and column not in told:
            place = f"{heads.get(column, {}).get('letter', '')}{row.row + 1}"
            yield Told(place, _head(heads, column), "", "mended", form[f"cell_{at}_{column}"])


def _head(heads: Mapping[int, Mapping[str, Any]], column: int) -> str:
    head: str = heads.get(column, {}).get("head", "")
    return head


def _field(form: AnswerForm | None, name: str) -> BoundField | None:
    return form[name] if form and name in form.fields else None
