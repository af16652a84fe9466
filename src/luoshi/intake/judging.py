"""What each row of a sheet becomes, on the ledger as it is now; writes nothing."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.models import StoredText
from luoshi.base.threads import entries_of_all
from luoshi.intake.decided import Decided, UnknownUnits
from luoshi.intake.models import RowState, SheetImport
from luoshi.intake.units import Units, units_for
from luoshi.ledger import queries as ledger
from luoshi.ledger.projection import MATTERS
from luoshi.rules.intake.towards import Step, steps_towards
from luoshi.rules.intake.wanted import Around, Wanted, wanted_of
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from luoshi.rules.ledger.facts import Milestone, Target
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.sheets.cells import OF_THE_COLUMN
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.matching import Known, Match, Matcher, twins
from luoshi.rules.sheets.reading import read_rows
from luoshi.rules.sheets.rows import CellProblem, SheetReading, SheetRow, Weight

AT_ONCE = 200
"""Matters read, and rows written, at one time: nobody waits long for their locks."""


@dataclass(slots=True)
class JudgedRow:
    """A row, what it wants, and the steps there; ``matter`` is None where a person must say."""

    row: SheetRow
    state: RowState
    wanted: Wanted
    matter: UUID | None = None
    is_new: bool = False
    steps: tuple[Step, ...] = ()
    problems: list[CellProblem] = field(default_factory=list)
    candidates: tuple[UUID, ...] = ()


@dataclass(slots=True)
class Judged:
    """A whole sheet: its reading, its rows, its units, and the problems of no single row."""

    reading: SheetReading
    rows: list[JudgedRow]
    units: Units
    known: Mapping[UUID, Known]
    problems: list[CellProblem]


def read(sheet: SheetImport, grid: Grid, decided: Decided) -> SheetReading:
    """Return what the sheet says with what a person mended and decided."""
    mended = {(row, column): text for row, column, text in sheet.mended}
    year = sheet.as_of.year if sheet.as_of else None
    reading = partial(
        read_rows,
        grid,
        unit_of_money=decided.money_unit,
        mended=mended,
        chosen=decided.meanings,
    )
    first = reading()
    return first if first.year is not None or year is None else reading(sheet_year=year)


def judged(sheet: SheetImport, grid: Grid, decided: Decided) -> Judged:
    """Judge every row of a sheet on the ledger as it is known now."""
    reading = read(sheet, grid, decided)
    as_of = sheet.as_of
    if as_of is None:
        return Judged(reading, [], Units(), {}, list(reading.problems))
    names = {name for row in reading.rows for name in (row.lead_unit, *row.supporting_units)}
    units = units_for(sheet, names - {""}, decided, day=as_of)
    around = Around(
        units=units.chosen,
        as_of=as_of,
        year=reading.year,
        periods=decided.periods,
        source=sheet.title or sheet.name,
        posts=units.posts,
    )
    known = {each.id: each for each in ledger.known_matters(sheet.district, day=as_of)}
    matcher = Matcher(list(known.values()), year=reading.year)
    sheet_problems, of_row = _by_row(reading, grid, decided)
    rows = [
        _begun(sheet, row, around, matcher.match(row), of_row.get(row.row, []), decided)
        for row in reading.rows
    ]
    _ask_about_units(rows, units, decided)
    _take_steps(rows, as_of)
    _name_new(rows, known, as_of)
    sheet_problems += _unknown_sponsors(reading.rows, units)
    return Judged(reading, rows, units, known, sheet_problems)


def _unknown_sponsors(rows: Sequence[SheetRow], units: Units) -> list[CellProblem]:
    """Tell once of all sponsoring leaders that are no post: a person's name enters no ledger."""
    unknown = [row for row in rows if row.sponsor and row.sponsor not in units.posts]
    if not unknown:
        return []
    facts: dict[str, object] = {"count": len(unknown), "first": unknown[0].number}
    return [CellProblem(None, None, "sponsor_unknown", Weight.NOTE, facts)]


def _by_row(
    reading: SheetReading, grid: Grid, decided: Decided
) -> tuple[list[CellProblem], dict[int, list[CellProblem]]]:
    """Part the problems of the sheet from those of its rows."""
    of_sheet: list[CellProblem] = []
    of_row: dict[int, list[CellProblem]] = {}
    matters = {row.row: None for row in reading.rows}
    doubled = [each for each in twins(reading.rows) if each.row not in decided.rows]
    for problem in (*reading.problems, *doubled):
        for told in _of_its_column(problem, list(matters), grid):
            if told.row is not None and told.row in matters:
                of_row.setdefault(told.row, []).append(told)
            else:
                of_sheet.append(told)
    return of_sheet, of_row


def _of_its_column(problem: CellProblem, rows: Sequence[int], grid: Grid) -> Sequence[CellProblem]:
    """Return a problem for every row that has it: what a whole column lacks is told only once."""
    column = problem.column
    if problem.weight is not Weight.BAD or problem.code not in OF_THE_COLUMN or column is None:
        return [problem]
    filled = [row for row in rows if grid.cell(row, column).value is not None]
    return [replace(problem, row=row) for row in filled]


def _begun(
    sheet: SheetImport,
    row: SheetRow,
    around: Around,
    match: Match,
    problems: list[CellProblem],
    decided: Decided,
) -> JudgedRow:
    """Say which matter a row is, or what keeps it from being any."""
    begun = JudgedRow(row, RowState.READY, wanted_of(row, around), problems=list(problems))
    choice = decided.rows.get(row.row)
    if choice == "skip":
        begun.state = RowState.SKIPPED
    elif any(problem.weight is Weight.BAD for problem in problems):
        begun.state = RowState.WAITING
    elif choice == "new" or (choice is None and not match.candidates and _is_single(problems)):
        begun.is_new, begun.matter = True, uuid5(sheet.id, f"row/{row.row}")
    elif choice is not None:
        begun.matter = UUID(choice)
    elif match.matter is not None and _is_single(problems):
        begun.matter = match.matter
    else:
        begun.state, begun.candidates = RowState.ASKED, match.candidates
        if match.candidates:
            facts: dict[str, object] = {"count": len(match.candidates)}
            begun.problems.append(CellProblem(row.row, None, "matter_alike", Weight.ASK, facts))
    return begun


def _is_single(problems: Sequence[CellProblem]) -> bool:
    return all(problem.code != "row_twice" for problem in problems)


def _ask_about_units(rows: list[JudgedRow], units: Units, decided: Decided) -> None:
    """Tell of each row whose units the tree does not know; refuse it where that was asked for."""
    for row in rows:
        for name in row.wanted.unknown_units:
            code = "unit_not_in_force" if name in units.ended else "unit_unknown"
            is_asked = name in units.ended and name not in decided.units
            weight = Weight.ASK if is_asked else Weight.NOTE
            if decided.unknown_units is UnknownUnits.REFUSE and name not in decided.units:
                weight = Weight.BAD
            proposal = next(iter(units.proposals.get(name, ())), None)
            facts: dict[str, object] = {"name": name, "nearest": proposal.name if proposal else ""}
            row.problems.append(CellProblem(row.row.row, None, code, weight, facts))
            if row.state is RowState.READY and weight is not Weight.NOTE:
                row.state = RowState.ASKED if weight is Weight.ASK else RowState.REFUSED


def _take_steps(rows: list[JudgedRow], as_of: date) -> None:
    """Say by which steps each row gets what it wants; a row without any is unchanged."""
    ready = [row for row in rows if row.state is RowState.READY]
    for start in range(0, len(ready), AT_ONCE):
        some = ready[start : start + AT_ONCE]
        states, texts = _states_of([row.matter for row in some if row.matter], as_of)
        for row in some:
            state = states.get(row.matter) if row.matter else None
            said = texts.get(row.matter, {}) if row.matter else {}
            _take_steps_of(row, state or law.initial(), as_of, said)


def _take_steps_of(
    row: JudgedRow, state: MatterState, as_of: date, texts: Mapping[str, str | None]
) -> None:
    if state.registered is not None and not state.is_open:
        row.state = RowState.REFUSED
        facts: dict[str, object] = {"title": state.title}
        row.problems.append(CellProblem(row.row.row, None, "matter_ended", Weight.BAD, facts))
        return
    row.steps = steps_towards(state, row.wanted, as_of=as_of, texts=texts)
    if not row.steps:
        row.state = RowState.UNCHANGED
    if state.registered is not None and state.title != row.wanted.title:
        facts = {"old": state.title, "new": row.wanted.title}
        row.problems.append(CellProblem(row.row.row, None, "title_differs", Weight.NOTE, facts))


def _states_of(
    matters: Sequence[UUID], day: date
) -> tuple[dict[UUID, MatterState], dict[UUID, dict[str, str | None]]]:
    """Return what some matters are on a day, and their texts by digest."""
    entries = entries_of_all(dict.fromkeys(matters, MATTERS))
    states = {matter: state_on(each, day, law=law) for matter, each in entries.items() if each}
    texts: dict[UUID, dict[str, str | None]] = {}
    rows = StoredText.objects.filter(thread__in=states)
    for thread, digest, text in rows.values_list("thread", "digest", "text"):
        texts.setdefault(thread, {})[digest] = text
    return states, texts


def _name_new(rows: list[JudgedRow], known: Mapping[UUID, Known], as_of: date) -> None:
    """Give new matters without a code one of the data day and the row."""
    taken = {each.code for each in known.values()} | {row.wanted.code for row in rows}
    for row in rows:
        if row.is_new and not row.wanted.code:
            code = next(code for code in _codes(row.row, as_of) if code not in taken)
            taken.add(code)
            row.wanted = replace(row.wanted, code=code)
            row.steps = tuple(_with_code(step, code) for step in row.steps)


def _codes(row: SheetRow, as_of: date) -> Iterator[str]:
    first = f"{as_of:%Y%m%d}-{row.number:03d}"
    yield first
    number = 2
    while True:
        yield f"{first}-{number}"
        number += 1


def _with_code(step: Step, code: str) -> Step:
    return replace(step, given={**step.given, "code": code}) if step.verb == "register" else step


def shown(becomes: Any) -> str:
    """Return a value as a staged row keeps it: plain words, to be put into a sentence."""
    if becomes is None or becomes == ():
        return ""
    if isinstance(becomes, tuple):
        return "；".join(shown(each) for each in becomes)
    if isinstance(becomes, Target):
        return f"{becomes.subject}{becomes.quantity.normalize():f}{becomes.unit}"
    if isinstance(becomes, Milestone):
        return f"{becomes.due.isoformat()} {becomes.title}"
    if isinstance(becomes, Decimal):
        return f"{becomes.normalize():f}"
    return becomes.isoformat() if isinstance(becomes, date) else str(becomes)
