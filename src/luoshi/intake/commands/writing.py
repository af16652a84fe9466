"""Good rows enter the ledger, each whole, some at a time; a killed writing goes on where it was."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base import bulk, texts
from luoshi.base.journal import Actor, Change
from luoshi.intake import queries
from luoshi.intake.commands.staging import DataDayMissing, grid_of, opened
from luoshi.intake.decided import Decided
from luoshi.intake.drafts import problem_of
from luoshi.intake.judging import AT_ONCE, JudgedRow, judged
from luoshi.intake.models import ImportState, RowState, SheetImport
from luoshi.intake.units import Units
from luoshi.ledger import verbs
from luoshi.ledger.projection import MATTERS
from luoshi.organisation import commands as organisation
from luoshi.organisation import queries as units_now
from luoshi.rules.intake.towards import Step
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.rows import CellProblem

Bulk = list[tuple[Change, UUID]]


def write(import_id: UUID, *, by: Actor, at: datetime, most: int | None = None) -> Iterator[int]:
    """Write the rows that are ready; yields how many are done after every some of them.

    ``most`` stops after so many rows, to be gone on with. A row that the ledger refuses is marked
    with the reason and the others go on. Raises NotAllowed, NotFound, DataDayMissing.
    """
    sheet = opened(import_id, by)
    if sheet.as_of is None:
        raise DataDayMissing(name=sheet.name)
    found = judged(sheet, grid_of(sheet), Decided.of(sheet.choices))
    with transaction.atomic():
        _found_units(sheet, found.units, on=sheet.as_of, by=by, at=at)
        SheetImport.objects.filter(pk=sheet.pk).update(state=ImportState.WRITTEN)
    written = set(sheet.rows.filter(state=RowState.WRITTEN).values_list("row", flat=True))
    ready = [
        row for row in found.rows if row.state is RowState.READY and row.row.row not in written
    ][:most]
    for start in range(0, len(ready), AT_ONCE):
        some = ready[start : start + AT_ONCE]
        _write_some(sheet, some, by=by, at=at)
        yield start + len(some)
    SheetImport.objects.filter(pk=sheet.pk).update(counts=queries.counts_of(sheet))


def _found_units(sheet: SheetImport, units: Units, *, on: date, by: Actor, at: datetime) -> None:
    """Found the units that are new in the sheet, their kind still to be said, where none are."""
    there = {unit.id for unit in units_now.units_visible_to(by, day=on)}
    order = len(there)
    for name, unit in units.new.items():
        if unit not in there:
            order += 1
            organisation.found_unit(
                unit_id=unit, name=name, kind=UNDECIDED, parent=None, order=order, on=on,
                command_id=uuid5(sheet.pk, f"found/{name}"), by=by, at=at,
            )  # fmt: skip


UNDECIDED = "待定"


def _write_some(sheet: SheetImport, rows: Sequence[JudgedRow], *, by: Actor, at: datetime) -> None:
    """Write some rows in one transaction; where one is refused, each by itself."""
    try:
        _write_at_once(sheet, rows, by=by, at=at)
    except Refusal:
        for row in rows:
            try:
                _write_at_once(sheet, [row], by=by, at=at)
            except Refusal as refusal:
                _mark_refused(sheet, row, refusal)


def _write_at_once(
    sheet: SheetImport, rows: Sequence[JudgedRow], *, by: Actor, at: datetime
) -> None:
    with transaction.atomic():
        changes = [each for row in rows for each in _changes(sheet, row, by)]
        for _ in bulk.append_many(changes, by=by, at=at, batch=len(changes)):
            pass
        numbers = [row.row.row for row in rows]
        sheet.rows.filter(row__in=numbers).update(state=RowState.WRITTEN)


def _mark_refused(sheet: SheetImport, row: JudgedRow, refusal: Refusal) -> None:
    staged = sheet.rows.get(row=row.row.row)
    problem = problem_of(CellProblem(row.row.row, None, refusal.code, facts=refusal.facts))
    kept = [each for each in staged.problems if each["code"] != refusal.code]
    staged.problems = [*kept, problem]
    staged.state = RowState.REFUSED
    staged.save(update_fields=["problems", "state"])


def _changes(sheet: SheetImport, row: JudgedRow, by: Actor) -> Bulk:
    """Return the changes of a row, each under an id of its own, the same at every try."""
    matter = cast("UUID", row.matter)  # a row that is ready has one
    on = row.wanted.source.day
    changes: Bulk = []
    for step in row.steps:
        command_id = command_of(sheet.pk, row.row.row, step.verb)
        changes.append((change_of(matter, step, command_id, by, on), command_id))
        if step.verb == "report_progress":
            confirm = Step("confirm_report", {"report": command_id})
            confirming = command_of(sheet.pk, row.row.row, confirm.verb)
            changes.append((change_of(matter, confirm, confirming, by, on), confirming))
    return changes


def command_of(sheet: UUID, row: int, verb: str) -> UUID:
    """Return the id under which a verb of a row is recorded."""
    return uuid5(sheet, f"row/{row}/{verb}")


WRITING = (
    "register", "place", "set_stage", "fix_responsibility", "fix_target", "fix_milestones",
    "report_progress", "confirm_report",
)  # fmt: skip
"""The verbs by which a row is written, in their order."""


def change_of(matter: UUID, step: Step, command_id: UUID, by: Actor, on: date) -> Change:
    """Return the change by which a step is recorded; a report's id is its command's."""
    verb = getattr(verbs, step.verb)
    sealed = {name: texts.seal(text) for name, text in step.texts.items()}
    given: dict[str, Any] = {**step.given, **{name: each.digest for name, each in sealed.items()}}
    if step.verb == "report_progress":
        given["report"] = command_id
    return Change(
        kind=MATTERS,
        thread=matter,
        decide=partial(verb.decide, on=on, **given),
        on=on,
        expected=0,
        permit=partial(verb.check, by),
        texts=tuple(sealed.values()),
    )
