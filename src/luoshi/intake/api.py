"""Sheets that come in, for systems that hand them in and follow what becomes of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import Again, writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.base.journal import Actor
from luoshi.intake import commands, queries, verbs
from luoshi.intake.uploads import on_disk
from luoshi.intake.words import STATES

router = Room("intake")
State = StrEnum("State", {state.upper(): state for state in STATES})  # type: ignore[misc]  # states of rows
IMPORT = "/imports/{uuid:import_id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportLine:
    """A sheet handed in; ``counts`` are its rows by state."""

    id: UUID
    name: str
    title: str
    at: datetime
    as_of: date | None
    state: str
    counts: dict[str, int]


@lists(
    router, "/imports", verbs.import_sheet, of=ImportLine, of_a_day=False, tagged=False, turns=True
)
def imports(asked: Asked, turn: Turn) -> Page:
    """List the sheets that were handed in, the newest first."""
    return page_of(queries.imports_visible_to(asked.actor), turn).each(
        lambda sheet: shown_as(ImportLine, sheet, counts=dict(sheet.counts))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """A row of a sheet: what it becomes on the ledger, or what stands against it."""

    row: int
    state: str
    code: str
    title: str
    matter: UUID | None
    is_new: bool
    problems: list[Any]


@lists(
    router,
    IMPORT + "/rows",
    verbs.import_sheet,
    of=RowLine,
    key="row",
    of_a_day=False,
    tagged=False,
    turns=True,
)
def import_rows(asked: Asked, turn: Turn, import_id: UUID, state: State | None = None) -> Page:
    """List the rows of a sheet as they stand, of one state or of all."""
    sheet = queries.import_visible_to(asked.actor, import_id)
    rows = queries.all_rows_of(sheet, state=state.value if state else "")
    return page_of(rows, turn).each(lambda row: shown_as(RowLine, row))


def hand_in_sheet(
    *,
    file: UploadedFile,  # type: ignore[type-arg]  # told apart by its class at run time
    as_of: date | None = None,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Hand in a list as xlsx, xls, csv or pdf: it is read and judged; nothing enters the ledger.

    The same command id again is the same sheet.
    """
    import_id = uuid5(command_id, "import")
    if not queries.imports_visible_to(by).filter(pk=import_id).exists():
        with on_disk(file) as path:
            commands.stage(
                path, name=file.name or "", by=by, at=at, as_of=as_of, import_id=import_id
            )
    return import_id


def choose(
    *,
    import_id: UUID,
    as_of: date | None = None,
    unknown_units: str | None = None,
    units: dict[str, str] | None = None,
    rows: dict[int, str] | None = None,
    periods: dict[int, str] | None = None,
    meanings: dict[int, str] | None = None,
    money_unit: str | None = None,
    by: Actor,
    at: datetime,
) -> Any:
    """Answer a sheet's questions; it is judged again. What is left out stays as decided."""
    return commands.choose(
        import_id, by=by, at=at, as_of=as_of, unknown_units=unknown_units, units=units, rows=rows,
        periods=periods, meanings=meanings, money_unit=money_unit,
    )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A cell of a sheet as it should read; row and column count from 0."""

    row: int
    column: int
    text: str


def mend_sheet(*, import_id: UUID, cells: tuple[Cell, ...], by: Actor) -> Any:
    """Write cells of a sheet anew; it is judged again."""
    mended = {(cell.row, cell.column): cell.text for cell in cells}
    return commands.mend(import_id, cells=mended, by=by)


def write_sheet(*, import_id: UUID, by: Actor, at: datetime) -> int:
    """Write the rows that are ready into the ledger; the answer says how many."""
    return max(commands.write(import_id, by=by, at=at), default=0)


def discard_sheet(*, import_id: UUID, by: Actor) -> None:
    """Put a sheet away of which nothing was written."""
    commands.discard(import_id, by=by)


def withdraw_sheet(*, import_id: UUID, reason: str, by: Actor, at: datetime) -> Any:
    """Take back what a sheet wrote; a matter that was touched since stays."""
    return commands.withdraw(import_id, reason=reason, by=by, at=at)


def _named(_asked: Asked, made: Any) -> dict[str, Any]:
    return {"id": made}


IMPORTING = verbs.import_sheet
writes(
    router, "/imports", IMPORTING, hand_in_sheet, name="hand_in_sheet", tells=_named,
    again=Again.STEP_BY_STEP,
)  # fmt: skip
ON_SHEETS: Mapping[str, Callable[..., Any]] = {
    "choose": choose,
    "mend": mend_sheet,
    "write": write_sheet,
    "discard": discard_sheet,
    "withdraw": withdraw_sheet,
}
LONG = Again.STEP_BY_STEP
for name, command in ON_SHEETS.items():
    writes(router, f"{IMPORT}/{name}", IMPORTING, command, name=f"{name}_sheet", again=LONG)
