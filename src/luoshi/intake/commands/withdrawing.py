"""A sheet is withdrawn: its entries are taken back by corrections, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base import bulk, texts
from luoshi.base.journal import Actor, Change
from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import in_order
from luoshi.intake import queries
from luoshi.intake.commands.staging import opened
from luoshi.intake.commands.writing import WRITING, command_of
from luoshi.intake.judging import AT_ONCE
from luoshi.intake.models import ImportState, RowState, SheetImport, StagedRow
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.queries import ReasonMissing
from luoshi.rules.journal import Withdrawn


@dataclass(frozen=True, slots=True)
class Kept:
    """A row that stays: something was recorded since that stands on it."""

    row: int
    code: str
    title: str
    entry: int


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How many rows were taken back, and which stay."""

    rows: int
    kept: tuple[Kept, ...]


def withdraw(import_id: UUID, *, reason: str, by: Actor, at: datetime) -> Withdrawal:
    """Take back what a sheet wrote; a matter that was touched since stays and is named.

    Raises NotAllowed, NotFound, ReasonMissing.
    """
    if not reason.strip():
        raise ReasonMissing
    sheet = opened(import_id, by)
    kept: list[Kept] = []
    done = 0
    rows = list(sheet.rows.filter(state=RowState.WRITTEN).order_by("row"))
    for start in range(0, len(rows), AT_ONCE):
        with transaction.atomic():
            free, touched = _parted(sheet, rows[start : start + AT_ONCE])
            kept += touched
            done += _take_back(sheet, free, reason=reason, by=by, at=at)
    state = ImportState.WRITTEN if kept else ImportState.WITHDRAWN
    SheetImport.objects.filter(pk=sheet.pk).update(state=state, counts=queries.counts_of(sheet))
    return Withdrawal(done, tuple(kept))


@dataclass(slots=True)
class _Written:
    row: StagedRow
    entries: list[JournalEntry]


def _parted(sheet: SheetImport, rows: list[StagedRow]) -> tuple[list[_Written], list[Kept]]:
    """Part the rows whose entries are the last of their threads from those touched since."""
    row_of = {command_of(sheet.pk, row.row, verb): row.row for row in rows for verb in WRITING}
    entries: dict[int, list[JournalEntry]] = {}
    ours = JournalEntry.objects.filter(district=sheet.district, command_id__in=row_of)
    for entry in in_order(ours):
        entries.setdefault(row_of[entry.command_id], []).append(entry)
    heads = Thread.objects.filter(pk__in={row.matter for row in rows})
    last = dict(heads.values_list("pk", "last_number"))
    free: list[_Written] = []
    touched: list[Kept] = []
    for row in rows:
        written = entries.get(row.row, [])
        newest = last.get(row.matter, 0) if row.matter else 0
        if written and newest > written[-1].number:
            touched.append(Kept(row.row, row.code, row.title, newest))
        else:
            free.append(_Written(row, written))
    return free, touched


def _take_back(
    sheet: SheetImport, rows: Sequence[_Written], *, reason: str, by: Actor, at: datetime
) -> int:
    """Take back the entries of some rows, the last one first, so that none stands on a gap."""
    changes = [
        (_withdrawing(entry, reason), uuid5(sheet.pk, f"withdrawn/{entry.number}"))
        for written in rows
        for entry in reversed(written.entries)
    ]
    for _ in bulk.append_many(changes, by=by, at=at, batch=max(len(changes), 1)):
        pass
    numbers = [written.row.row for written in rows]
    sheet.rows.filter(row__in=numbers).update(state=RowState.WITHDRAWN)
    return len(numbers)


def _withdrawing(entry: JournalEntry, reason: str) -> Change:
    return Change(
        kind=MATTERS,
        thread=entry.thread,
        decide=lambda _state: Withdrawn(),
        on=entry.on,
        expected=entry.number,
        corrects=entry.number,
        reason=texts.seal(reason),
    )
