"""How grids come back from the reading process: MessagePack, which holds data and never code."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
from msgspec.msgpack import Ext

from luoshi.base.grids.draft import formats_of, padded
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Flaw, Grid, Merge, Spot, Value

_DECIMAL, _DATE = 1, 2


class _Sheet(msgspec.Struct, array_like=True):
    name: str
    rows: list[Any]  # encoded row by row, so that values and bytes never lie there in full twice
    width: int
    merges: list[tuple[int, int, int, int]]
    hidden_rows: list[int]
    hidden_columns: list[int]
    hidden: bool
    formats: list[list[str]]  # the different rows of formats, …
    format_rows: list[int]  # … and which of them each row has
    flaws: list[tuple[int, int, Flaw, str]]


class Answer(msgspec.Struct, omit_defaults=True):
    """What the reading process says: sheets, or a refusal's code and facts."""

    sheets: list[_Sheet] = []
    code: str = ""
    facts: dict[str, str | int] = {}


def packed(grids: Iterator[Grid]) -> bytes:
    """Return grids as bytes, taking one at a time."""
    return msgspec.msgpack.encode(Answer(sheets=[_sheet(grid) for grid in grids]))


def packed_refusal(refusal: Refusal) -> bytes:
    """Return a refusal as bytes."""
    facts = {
        key: fact if isinstance(fact, int) else str(fact) for key, fact in refusal.facts.items()
    }
    return msgspec.msgpack.encode(Answer(code=refusal.code, facts=facts))


def unpacked(content: bytes) -> Answer:
    """Return what was packed. Raises msgspec.MsgspecError."""
    return msgspec.msgpack.decode(content, type=Answer, ext_hook=_value)


def grids_of(answer: Answer) -> Iterator[Grid]:
    """Yield the grids of an answer, which is emptied on the way."""
    while answer.sheets:
        yield _grid(answer.sheets.pop(0))


def _sheet(grid: Grid) -> _Sheet:
    different = list(dict.fromkeys(grid.formats))
    places = {row: place for place, row in enumerate(different)}
    return _Sheet(
        grid.name,
        [msgspec.Raw(msgspec.msgpack.encode(_without_end(row))) for row in grid.rows],
        grid.width,
        [(m.first_row, m.first_column, m.last_row, m.last_column) for m in grid.merges],
        sorted(grid.hidden_rows),
        sorted(grid.hidden_columns),
        grid.hidden,
        [list(row) for row in different],
        [places[row] for row in grid.formats],
        [(spot.row, spot.column, spot.flaw, spot.text) for spot in grid.flaws],
    )


def _without_end(row: tuple[Value, ...]) -> list[Any]:
    """Return a row's values without the empty ones at its end, each as it is written."""
    length = len(row)
    while length and row[length - 1] is None:
        length -= 1
    return [_written(value) for value in row[:length]]


def _written(value: Value) -> Any:
    if isinstance(value, Decimal):
        return Ext(_DECIMAL, str(value).encode())
    return Ext(_DATE, value.isoformat().encode()) if isinstance(value, date) else value


def _value(code: int, content: memoryview) -> Decimal | date:
    text = bytes(content).decode()
    return Decimal(text) if code == _DECIMAL else date.fromisoformat(text)


def _grid(sheet: _Sheet) -> Grid:
    formats = [tuple(row) for row in sheet.formats]
    return Grid(
        sheet.name,
        padded(sheet.rows, sheet.width),
        tuple(Merge(*edges) for edges in sheet.merges),
        frozenset(sheet.hidden_rows),
        frozenset(sheet.hidden_columns),
        sheet.hidden,
        formats_of((formats[place] for place in sheet.format_rows), sheet.width),
        tuple(Spot(*spot) for spot in sheet.flaws),
    )
