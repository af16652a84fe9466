"""A sheet is handed in, its questions are answered, its cells mended; each time it is judged."""

import zlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from django.db import transaction

from luoshi.base.days import local_day
from luoshi.base.grids import wire
from luoshi.base.grids.reading import read_grids
from luoshi.base.journal import Actor, check_day
from luoshi.base.rows import Row, insert
from luoshi.intake import queries, verbs
from luoshi.intake.decided import NEW, Decided, UnknownUnits
from luoshi.intake.drafts import ROW_COLUMNS, head_of, problem_of, questions_of, row_of
from luoshi.intake.judging import judged, read
from luoshi.intake.models import ImportState, RowState, SheetImport, StagedRow
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.above import Above
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.rows import SheetReading

E = TypeVar("E", bound=StrEnum)
SHEETS_LOOKED_BACK = 50  # for one of the same head


class SheetHasNoHead(Refusal):
    """No sheet of the file is a list with a head that names a title; facts: ``name``."""

    code = "sheet_has_no_head"


class DataDayMissing(Refusal):
    """Nobody said of which day the figures are; facts: ``name``."""

    code = "data_day_missing"


class ImportEnded(Refusal):
    """What was withdrawn cannot be taken up again: hand the sheet in once more; facts: ``name``."""

    code = "import_ended"


def stage(
    path: Path,
    *,
    name: str,
    by: Actor,
    at: datetime,
    as_of: date | None = None,
    decided: Decided | None = None,
    import_id: UUID | None = None,
) -> SheetImport:
    """Read a file, judge its list and keep both; nothing of it enters the ledger yet.

    Of several sheets the one with most matters is taken. ``as_of`` is the day of its figures, else
    guessed from the title. Raises NotAllowed, SheetHasNoHead, DayInFuture, and what ``read_grids``
    raises of bad files.
    """
    verbs.import_sheet.check(by)
    sheet = SheetImport(
        id=import_id or uuid4(),
        district=by.district,
        name=name[-255:],
        at=at,
        by_person=by.person,
        state=ImportState.STAGED,
        choices=(decided or Decided()).kept,
    )
    grid, reading = _most_matters(read_grids(path, name=name), sheet)
    above = _above(reading, name)
    sheet.sheet_name, sheet.title = grid.name[:255], (above.title or Path(name).stem)[:255]
    sheet.as_of, sheet.as_of_guessed = _day_of(above, as_of, at)
    if decided is None:
        sheet.choices = _decided_before(sheet, reading).kept
    grid = _without_persons(grid, reading)
    sheet.grid = zlib.compress(wire.packed(iter([grid])))
    _store(sheet, _rows_of(sheet, grid))
    return sheet


def _above(reading: SheetReading, name: str) -> Above:
    """Return what stands above the head. Raises SheetHasNoHead."""
    if reading.layout is None:
        raise SheetHasNoHead(name=name)
    return reading.layout.above


def _day_of(above: Above, said: date | None, at: datetime) -> tuple[date | None, bool]:
    """Return the day of the figures, and whether it is guessed; a guess is never in the future.

    Raises DayInFuture, DayBeforeDistrict.
    """
    guess = above.data_day
    guessed = min(guess.day, local_day(at)) if guess else None
    day = said or guessed
    if day is not None:
        check_day(day, at)
    return day, said is None and day is not None


def _decided_before(sheet: SheetImport, reading: SheetReading) -> Decided:
    """Return what was decided of the last sheet of the same head: the same file changes nothing.

    What was said of its rows is not taken over, nor that a unit is new: founded, it has its name.
    """
    head = [(column["column"], column["head"]) for column in head_of(reading)]
    earlier = SheetImport.objects.filter(district=sheet.district).order_by("-at", "id")
    for kept, choices in earlier.values_list("head", "choices")[:SHEETS_LOOKED_BACK]:
        if [(column["column"], column["head"]) for column in kept] == head:
            before = Decided.of(choices)
            units = {name: unit for name, unit in before.units.items() if unit != NEW}
            return replace(before, rows={}, units=units)
    return Decided()


def _most_matters(grids: tuple[Grid, ...], sheet: SheetImport) -> tuple[Grid, SheetReading]:
    """Return the sheet with most rows; a hidden one only where no other has any."""
    readings = [(grid, read(sheet, grid, Decided.of(sheet.choices))) for grid in grids]
    return max(readings, key=lambda each: (not each[0].hidden, len(each[1].rows)))


def _without_persons(grid: Grid, reading: SheetReading) -> Grid:
    """Return the grid without telephone and identity numbers: they are not kept anywhere."""
    layout = reading.layout
    columns = {column.index for column in layout.of(Meaning.PERSONAL)} if layout else set()
    if not columns or layout is None:
        return grid
    rows = tuple(
        tuple(
            None if at in columns and number > layout.last_head else value
            for at, value in enumerate(row)
        )
        for number, row in enumerate(grid.rows)
    )
    return Grid(
        grid.name, rows, grid.merges, grid.hidden_rows, grid.hidden_columns, grid.hidden,
        grid.formats, tuple(spot for spot in grid.flaws if spot.column not in columns),
    )  # fmt: skip


def choose(
    import_id: UUID,
    *,
    by: Actor,
    at: datetime,
    as_of: date | None = None,
    unknown_units: str | None = None,
    units: Mapping[str, str] | None = None,
    rows: Mapping[int, str] | None = None,
    periods: Mapping[int, str] | None = None,
    meanings: Mapping[int, str] | None = None,
    money_unit: str | None = None,
    cells: Mapping[tuple[int, int], str] | None = None,
) -> SheetImport:
    """Take the answers to a sheet's questions and judge it again; None leaves what was decided.

    ``cells`` are written anew in the same breath, as by ``mend``.

    Raises NotAllowed, NotFound, DayInFuture, ImportEnded once withdrawn.
    """
    periods_said = None if periods is None else _each(Period, periods)
    meanings_said = None if meanings is None else _each(Meaning, meanings)

    def take(sheet: SheetImport) -> None:
        before = Decided.of(sheet.choices)
        sheet.choices = Decided(
            UnknownUnits(unknown_units or before.unknown_units),
            before.units if units is None else units,
            before.rows if rows is None else rows,
            before.periods if periods_said is None else periods_said,
            before.meanings if meanings_said is None else meanings_said,
            before.money_unit if money_unit is None else money_unit,
        ).kept
        _write_anew(sheet, cells or {})
        if as_of is not None:
            check_day(as_of, at)
            sheet.as_of, sheet.as_of_guessed = as_of, False

    return _judged_again(import_id, take, by=by)


def _each(kind: type[E], given: Mapping[int, str]) -> dict[int, E]:
    return {at: kind(value) for at, value in given.items()}


def mend(import_id: UUID, *, cells: Mapping[tuple[int, int], str], by: Actor) -> SheetImport:
    """Write cells anew, by row and column from 0, and judge the sheet again.

    Raises NotAllowed, NotFound, ImportEnded once withdrawn.
    """
    return _judged_again(import_id, lambda sheet: _write_anew(sheet, cells), by=by)


def _write_anew(sheet: SheetImport, cells: Mapping[tuple[int, int], str]) -> None:
    mended = {(row, column): text for row, column, text in sheet.mended} | dict(cells)
    sheet.mended = [[row, column, text] for (row, column), text in sorted(mended.items())]


def discard(import_id: UUID, *, by: Actor) -> None:
    """Put a sheet away of which nothing was written. Raises NotAllowed, NotFound, ImportEnded."""
    sheet = opened(import_id, by)
    if sheet.state != ImportState.STAGED:
        raise ImportEnded(name=sheet.name)
    sheet.delete()


def _judged_again(
    import_id: UUID, take: Callable[[SheetImport], None], *, by: Actor
) -> SheetImport:
    """Take something new of a sheet and judge it; once more where somebody else did meanwhile.

    Judging ten thousand rows takes seconds: it is done outside the transaction, and nobody waits.
    """
    while True:
        sheet = opened(import_id, by)
        take(sheet)
        if _store(sheet, _rows_of(sheet, grid_of(sheet))):
            return sheet


def opened(import_id: UUID, by: Actor) -> SheetImport:
    """Return a sheet that can still be worked on.

    Raises NotAllowed, NotFound, ImportEnded.
    """
    verbs.import_sheet.check(by)
    queries.import_visible_to(by, import_id)
    sheet = SheetImport.objects.get(pk=import_id)
    if sheet.state == ImportState.WITHDRAWN:
        raise ImportEnded(name=sheet.name)
    return sheet


def grid_of(sheet: SheetImport) -> Grid:
    """Return the cells of a sheet as they were handed in."""
    return next(wire.grids_of(wire.unpacked(zlib.decompress(bytes(sheet.grid)))))


def _rows_of(sheet: SheetImport, grid: Grid) -> list[Row]:
    """Judge a sheet; keep in it what is asked, and return its rows in the order of ROW_COLUMNS."""
    found = judged(sheet, grid, Decided.of(sheet.choices))
    sheet.problems = [problem_of(problem) for problem in found.problems]
    sheet.questions = questions_of(found)
    sheet.head = head_of(found.reading)
    units = found.units
    known = (*units.names.items(), *units.new.items(), *units.posts.items())
    names = {one: name for name, one in known}
    return [row_of(sheet, row, found, grid, names) for row in found.rows]


def _store(sheet: SheetImport, rows: list[Row]) -> bool:
    """Store a judged sheet but for rows written meanwhile; False if it was judged by another."""
    with transaction.atomic():
        known = SheetImport.objects.select_for_update().filter(pk=sheet.pk)
        if known.exclude(version=sheet.version).exists():
            return False
        sheet.version += 1
        sheet.save()
        written = set(sheet.rows.filter(state=RowState.WRITTEN).values_list("row", flat=True))
        sheet.rows.exclude(state=RowState.WRITTEN).delete()
        insert(StagedRow, ROW_COLUMNS, [row for row in rows if row[1] not in written])
        sheet.counts = queries.counts_of(sheet)
        sheet.save(update_fields=["counts"])
    return True
