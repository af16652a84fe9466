"""One act of a review: done to statements under a lock, remembered, taken back by who did it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from luoshi.base.journal import Actor
from luoshi.intake import verbs
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.drafts import SNAPSHOT, changed_from, mark_of, restored, snapshot
from luoshi.intake.reports.refusals import NothingToUndo, StatementChanged, StatementSettled
from luoshi.rules.refusals import NotFound

MOST_UNDONE = 100  # acts that a document remembers
SETTLED = frozenset({StatementState.WRITTEN, StatementState.JOINED})
BY = "by"
"""Beside the numbers of the statements that an act changed: whose act it was."""
Rows = list[StagedStatement]
Act = Callable[[ReportDocument, Rows], Rows]
"""Changes the rows it is given; returns those that are new."""
Seen = Mapping[int, str]
"""The marks of statements as a reviewer saw them, by number."""


@transaction.atomic
def act_on(document_id: UUID, numbers: Iterable[int], act: Act, *, by: Actor, seen: Seen) -> None:
    """Do one act to some statements and remember what stood before.

    Raises NotAllowed, NotFound, StatementSettled, StatementChanged.
    """
    document = opened(document_id, by)
    wanted = list(dict.fromkeys(numbers))
    rows = _rows(document, wanted)
    if len(rows) < len(wanted):
        raise NotFound(what="statement")
    for row in rows:
        _check(document, row, by, seen)
    before = [snapshot(row) for row in rows]
    fresh = act(document, rows)
    was: dict[str, Any] = {
        str(row.number): changed_from(row, kept) for row, kept in zip(rows, before, strict=True)
    } | {str(row.number): None for row in fresh}
    for row in rows:
        row.problem = ""
    StagedStatement.objects.bulk_update(rows, [*SNAPSHOT, "has_gaps", "problem"])
    StagedStatement.objects.bulk_create(fresh)
    remember(document, was, by)


def _check(document: ReportDocument, row: StagedStatement, by: Actor, seen: Seen) -> None:
    """Raise StatementSettled, or StatementChanged where another changed what the reviewer saw."""
    if row.state in SETTLED:
        raise StatementSettled(number=row.number)
    if row.number in seen and seen[row.number] != mark_of(row):
        last = next((one for one in reversed(document.done) if str(row.number) in one), None)
        if last is not None and last.get(BY) != str(by.person):
            raise StatementChanged(number=row.number)


def opened(document_id: UUID, by: Actor) -> ReportDocument:
    """Return a report for writing; whoever comes meanwhile waits. Raises NotAllowed, NotFound."""
    verbs.review_report.check(by)
    queries.document_visible_to(by, document_id)
    return ReportDocument.objects.select_for_update().get(pk=document_id)


def free_number(document: ReportDocument) -> int:
    """Return the number of a new statement."""
    rows = StagedStatement.objects.filter(document=document)
    return int(rows.aggregate(Max("number"))["number__max"]) + 1


def remember(document: ReportDocument, was: Mapping[str, Any], by: Actor) -> None:
    """Keep what stood before an act, None for what was not there, and count the statements anew."""
    document.done = [*document.done[1 - MOST_UNDONE :], {**was, BY: str(by.person)}]
    _recount(document)


@transaction.atomic
def undo(document_id: UUID, *, by: Actor) -> list[int]:
    """Take the last act of this reviewer back; returns the numbers of its statements.

    Raises NotAllowed, NotFound, NothingToUndo, StatementSettled once written, StatementChanged
    where another reviewer has changed the same statements since.
    """
    document = opened(document_id, by)
    mine = str(by.person)
    own = [place for place, one in enumerate(document.done) if one.get(BY, mine) == mine]
    if not own:
        raise NothingToUndo
    was = {number: kept for number, kept in document.done.pop(own[-1]).items() if number != BY}
    later = {number for one in document.done[own[-1] :] for number in one}
    for number in was:
        if number in later:
            raise StatementChanged(number=int(number))
    for row in _rows(document, [int(number) for number in was]):
        _put_back(row, was[str(row.number)])
    _recount(document)
    return [int(number) for number, kept in was.items() if kept is not None]


def _put_back(row: StagedStatement, kept: dict[str, Any] | None) -> None:
    if row.state == StatementState.WRITTEN:
        raise StatementSettled(number=row.number)
    if kept is None:
        row.delete()
    else:
        restored(row, kept).save()


def _rows(document: ReportDocument, numbers: list[int]) -> Rows:
    rows = StagedStatement.objects.filter(document=document, number__in=numbers)
    return list(rows.order_by("start", "number"))


def _recount(document: ReportDocument) -> None:
    document.counts = queries.counts_of(document)
    document.save(update_fields=["done", "counts"])
