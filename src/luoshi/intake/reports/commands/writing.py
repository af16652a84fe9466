"""Accepted statements enter the ledger: targets as matters, results as reports, each linked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base import bulk
from luoshi.base.journal import Actor, Change
from luoshi.intake.commands.writing import change_of
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import (
    STAMPED,
    check_unmoved,
    forget,
    opened,
    stamp,
)
from luoshi.intake.reports.seen import UNSEEN, Seen
from luoshi.intake.reports.standing import command_of
from luoshi.ledger.queries import check_units_in_force
from luoshi.rules.intake.promised import (
    Promise,
    Promises,
    amount_in,
    last_day_of,
    wanted_of,
)
from luoshi.rules.intake.towards import Step, steps_towards
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.refusals import NotFound, Refusal

NEW = "new"
UNDECIDED, NO_MATTER, OTHER_UNIT = "undecided", "no_matter", "other_unit"
"""Why a statement stays: a person must say if it is a known promise; which matter a result answers;
the figures cannot be compared."""
Bulk = list[tuple[Change, UUID]]


@dataclass(frozen=True, slots=True)
class Outcome:
    """How many statements are in the ledger now, and which stay, with the reason's code."""

    written: int
    kept: dict[int, str]


@dataclass(frozen=True, slots=True)
class _Entering:
    """A statement on its way in: the matter it concerns and the steps there."""

    row: StagedStatement
    matter: UUID
    steps: tuple[Step, ...]


def write(document_id: UUID, *, by: Actor, at: datetime, seen: Seen = UNSEEN) -> Outcome:
    """Write what was accepted: what needs a person's word, or is refused, stays with the reason.

    A second call writes only what is not written yet. Raises NotAllowed, NotFound, ReportWithdrawn,
    ReviewMoved where another decided something since it was seen.
    """
    with transaction.atomic():
        document = opened(document_id, by)
        check_unmoved(document, by, seen)
        document.version += 1
        rows = list(queries.statements_of(document, "accepted"))
        promises = queries.promises_now(by)
        kept: dict[int, str] = {}
        settled: list[StagedStatement] = []
        for row in rows:
            reason = ""
            if row.kind in {"target", "result"}:  # the others are read and kept: no matters
                reason = _write_one(document, row, promises, by=by, at=at)
            row.problem = reason
            if reason:
                kept[row.number] = reason
            else:
                row.state = StatementState.WRITTEN
                settled.append(row)
                stamp(row, document, by, replace(seen, at=at))
        StagedStatement.objects.bulk_update(rows, ["state", "problem", "matter", *STAMPED])
        written = sum(row.matter is not None for row in settled)
        if written:
            document.state = DocumentState.WRITTEN
            forget(document, settled)
        document.counts = queries.counts_of(document)
        document.save(update_fields=["state", "done", "counts", "version"])
    return Outcome(written, kept)


def _write_one(
    document: ReportDocument, row: StagedStatement, promises: Promises, *, by: Actor, at: datetime
) -> str:
    """Write one statement; returns the code of what keeps it back, empty where nothing does."""
    try:
        entering = _entering(document, row, promises)
        if isinstance(entering, str):
            return entering
        with transaction.atomic():
            check_units_in_force(by, _units_of(entering), on=document.day)
            changes = list(_changes(document, entering, by))
            for _ in bulk.append_many(changes, by=by, at=at, batch=len(changes)):
                pass
    except Refusal as refusal:
        return refusal.code
    row.matter = entering.matter
    return ""


def _units_of(entering: _Entering) -> list[UUID | None]:
    units: list[UUID | None] = []
    for step in entering.steps:
        if step.verb == "fix_responsibility":
            units += [step.given["lead_unit"], *step.given["supporting_units"]]
    return units


def _entering(
    document: ReportDocument, row: StagedStatement, promises: Promises
) -> _Entering | str:
    chosen = row.choice.get("matter", "")
    if row.kind == "result":
        return _answering(document, row, promises, chosen)
    if chosen and chosen != NEW:
        promise = _known(promises, chosen)
        return _Entering(row, promise.id, (_link(document, row),))
    if queries.may_be_known(row, promises):
        return UNDECIDED
    return _registering(document, row)


def _known(promises: Promises, chosen: str) -> Promise:
    promise = promises.by_id.get(UUID(chosen))
    if promise is None:
        raise NotFound(what="matter")
    return promise


def _registering(document: ReportDocument, row: StagedStatement) -> _Entering:
    """Return the steps by which a target becomes a matter taken from a published document."""
    matter = uuid5(document.id, f"statement/{row.number}")
    code = queries.free_code(document.district, code_of(document, row), besides=matter)
    wanted = wanted_of(row.row, row.choice, code=code, source=source_of(document, row))
    steps = steps_towards(law.initial(), wanted, as_of=document.day, texts={})
    steps = tuple(_sponsored(step, row.choice.get("sponsor")) for step in steps)
    return _Entering(row, matter, (*steps, _link(document, row)))


def _sponsored(step: Step, post: str | None) -> Step:
    if step.verb != "fix_responsibility" or not post:
        return step
    return Step(step.verb, {**step.given, "sponsoring_post": UUID(post)}, step.texts)


def _answering(
    document: ReportDocument, row: StagedStatement, promises: Promises, chosen: str
) -> _Entering | str:
    """Return the steps by which a result becomes a confirmed report on its matter."""
    if not chosen or chosen == NEW:
        return NO_MATTER
    promise = _known(promises, chosen)
    given: dict[str, Any] = {"measured_on": measured_on(document, row.row)}
    value = row.row["value"]
    if value is not None:
        amount = amount_in(Decimal(str(value)), row.row["unit"] or "", promise.unit)
        if amount is None:
            return OTHER_UNIT
        given["achieved"] = amount
    report = Step("report_progress", given, {"visible_progress": row.row["quote"]})
    return _Entering(row, promise.id, (report, _link(document, row)))


def measured_on(document: ReportDocument, said: dict[str, Any]) -> date:
    """Return the day of a result: the last of its period, at the latest the document's."""
    return min(last_day_of(said["period"]) or document.day, document.day)


def code_of(document: ReportDocument, row: StagedStatement) -> str:
    """Return the code of a matter: the document's day, its text and the statement's number."""
    return f"{document.day:%Y%m%d}-{document.digest[:4].upper()}-{row.number:03d}"


def source_of(document: ReportDocument, row: StagedStatement) -> f.Source:
    """Return where a statement stands: the document, and the heading above it."""
    above = [words for offset, words, *_ in document.sections if offset <= row.start]
    return f.Source(
        kind=f.SourceKind.DOCUMENT,
        title=document.title,
        day=document.day,
        place=above[-1] if above else "",
    )


def _link(document: ReportDocument, row: StagedStatement) -> Step:
    given = {
        "document": document.digest,
        "title": document.title,
        "day": document.day,
        "start": row.start,
        "end": row.end,
    }
    return Step("link_quote", given, {"quote": row.row["quote"]})


def _changes(
    document: ReportDocument, entering: _Entering, by: Actor
) -> Iterator[tuple[Change, UUID]]:
    """Yield the changes of a statement, each under an id of its own, the same at every try."""
    report: UUID | None = None
    for step in _with_confirmation(entering.steps):
        command_id = command_of(document.id, entering.row.number, step.verb)
        given = dict(step.given)
        if step.verb == "report_progress":
            report = command_id
        if report is not None and step.verb in {"confirm_report", "link_quote"}:
            given["report"] = report
        told = Step(step.verb, given, step.texts)
        yield change_of(entering.matter, told, command_id, by, document.day), command_id


def _with_confirmation(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps; what was published is confirmed at once."""
    for step in steps:
        yield step
        if step.verb == "report_progress":
            yield Step("confirm_report")
