"""One act of a review: done to statements under a lock, remembered, taken back by who did it."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from luoshi.base.journal import Actor
from luoshi.intake import verbs
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.drafts import SNAPSHOT, changed_from, restored, snapshot
from luoshi.intake.reports.refusals import (
    NothingToUndo,
    ReportWithdrawn,
    ReviewMoved,
    StatementChanged,
    StatementSettled,
)
from luoshi.intake.reports.seen import UNSEEN, Seen
from luoshi.rules.refusals import NotFound

MOST_UNDONE = 100  # acts that a document remembers
SETTLED = frozenset({StatementState.WRITTEN, StatementState.JOINED, StatementState.WITHDRAWN})
BY, DESK, VERSION = "by", "desk", "version"
"""Beside the numbers of the statements that an act changed: whose act it was, where, which."""
STAMPED = ("version", "by_person", "by_post", "at", "desk")
Rows = list[StagedStatement]
Act = Callable[[ReportDocument, Rows], Rows]
"""Changes the rows it is given; returns those that are new."""


@transaction.atomic
def act_on(
    document_id: UUID,
    numbers: Iterable[int],
    act: Act,
    *,
    by: Actor,
    seen: Seen,
    is_once: bool = False,
) -> None:
    """Do one act to some statements and remember what stood before.

    ``is_once``: an act that must not be done to its own outcome; sent again by the same window
    before it saw that, it does nothing. Raises NotAllowed, NotFound, ReportWithdrawn,
    StatementSettled, StatementChanged.
    """
    document = opened(document_id, by)
    wanted = list(dict.fromkeys(numbers))
    rows = _rows(document, wanted)
    if len(rows) < len(wanted):
        raise NotFound(what="statement")
    for row in rows:
        check_seen(row, by, seen)
    if is_once and any(seen.is_older_than(row) for row in rows):
        return
    for row in rows:
        if row.state in SETTLED:
            raise StatementSettled(number=row.number)
    _done(document, rows, act, by, seen)


def _done(document: ReportDocument, rows: Rows, act: Act, by: Actor, seen: Seen) -> None:
    """Do the act, and keep what was otherwise before."""
    before = [snapshot(row) for row in rows]
    fresh = act(document, rows)
    was: dict[str, Any] = {
        str(row.number): changed_from(row, kept) for row, kept in zip(rows, before, strict=True)
    } | {str(row.number): None for row in fresh}
    document.version += 1
    for row in (*rows, *fresh):
        row.problem = ""
        stamp(row, document, by, seen)
    StagedStatement.objects.bulk_update(rows, [*SNAPSHOT, "has_gaps", "problem", *STAMPED])
    StagedStatement.objects.bulk_create(fresh)
    remember(document, was, by, seen)


def check_seen(row: StagedStatement, by: Actor, seen: Seen) -> None:
    """Raise StatementChanged where another, or another window, did what the reviewer has not seen.

    Acts of the same window do not stand in each other's way: quick keys go before their answers.
    """
    if seen.is_older_than(row) and not seen.is_from(row, by.person):
        raise changed(row, by)


def changed(row: StagedStatement, by: Actor) -> StatementChanged:
    """Return the refusal that says who decided a statement meanwhile, when, and what."""
    return StatementChanged(
        number=row.number,
        state=row.state,
        at=row.at,
        post=queries.decider_of(by, row),
        is_own=row.by_person == by.person,
    )


def check_unmoved(document: ReportDocument, by: Actor, seen: Seen) -> None:
    """Raise ReviewMoved where another changed statements since the whole of them was seen."""
    if seen.version is None:
        return
    rows = list(queries.changed_since(document, seen, by.person))
    if rows:
        last = rows[-1]
        raise ReviewMoved(
            count=len(rows),
            at=last.at,
            post=queries.decider_of(by, last),
            is_own=last.by_person == by.person,
        )


def stamp(row: StagedStatement, document: ReportDocument, by: Actor, seen: Seen) -> None:
    """Note on a statement whose act was the last on it."""
    row.version, row.by_person, row.by_post = document.version, by.person, by.post
    row.at, row.desk = seen.at, seen.desk


def opened(document_id: UUID, by: Actor) -> ReportDocument:
    """Return a report for writing; whoever comes meanwhile waits.

    Raises NotAllowed, NotFound, ReportWithdrawn.
    """
    verbs.review_report.check(by)
    queries.document_visible_to(by, document_id)
    document = ReportDocument.objects.select_for_update().get(pk=document_id)
    if document.state == DocumentState.WITHDRAWN:
        raise ReportWithdrawn(title=document.title)
    return document


def free_number(document: ReportDocument) -> int:
    """Return the number of a new statement."""
    rows = StagedStatement.objects.filter(document=document)
    return int(rows.aggregate(Max("number"))["number__max"]) + 1


def remember(document: ReportDocument, was: Mapping[str, Any], by: Actor, seen: Seen) -> None:
    """Keep what stood before an act, None for what was not there, and count the statements anew."""
    act = {**was, BY: str(by.person), DESK: seen.desk, VERSION: document.version}
    document.done = [*document.done[1 - MOST_UNDONE :], act]
    _recount(document)


def forget(document: ReportDocument, rows: Rows) -> None:
    """Let no act be undone that concerns some statements: they are in the ledger now."""
    settled = {str(row.number) for row in rows}
    document.done = [act for act in document.done if not settled & act.keys()]


@transaction.atomic
def undo(document_id: UUID, *, by: Actor, seen: Seen = UNSEEN) -> list[int]:
    """Take the last act of this reviewer back; returns the numbers of its statements.

    Raises NotAllowed, NotFound, ReportWithdrawn, NothingToUndo, StatementSettled once written,
    StatementChanged where another reviewer has changed the same statements since, or the act was
    done in another window and is not seen yet.
    """
    document = opened(document_id, by)
    mine = str(by.person)
    own = [place for place, one in enumerate(document.done) if one.get(BY, mine) == mine]
    if not own:
        raise NothingToUndo
    act = document.done.pop(own[-1])
    was = {int(number): kept for number, kept in act.items() if number.isdecimal()}
    rows = {row.number: row for row in _rows(document, list(was))}
    later = {number for one in document.done[own[-1] :] for number in one}
    is_unseen = seen.is_older(act.get(VERSION, 0)) and act.get(DESK) != seen.desk
    for number in was:
        if str(number) in later or is_unseen:
            raise changed(rows[number], by)
    document.version += 1
    for row in rows.values():
        _put_back(row, was[row.number], document, by, seen)
    _recount(document)
    return [number for number, kept in was.items() if kept is not None]


def _put_back(
    row: StagedStatement,
    kept: dict[str, Any] | None,
    document: ReportDocument,
    by: Actor,
    seen: Seen,
) -> None:
    if row.state == StatementState.WRITTEN:
        raise StatementSettled(number=row.number)
    if kept is None:
        row.delete()
        return
    restored(row, kept)
    stamp(row, document, by, seen)
    row.save()


def _rows(document: ReportDocument, numbers: list[int]) -> Rows:
    rows = StagedStatement.objects.filter(document=document, number__in=numbers)
    return list(rows.order_by("start", "number"))


def _recount(document: ReportDocument) -> None:
    document.counts = queries.counts_of(document)
    document.save(update_fields=["done", "counts", "version"])
