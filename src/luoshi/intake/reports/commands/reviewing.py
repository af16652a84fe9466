"""The review of a report: each act changes drafts, says what stood before, and can be undone."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from luoshi.base.journal import Actor
from luoshi.intake import verbs
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.fields import READERS
from luoshi.intake.reports.drafts import SNAPSHOT, added, changed_from, filled, restored, snapshot
from luoshi.intake.reports.refusals import (
    CannotSplitHere,
    NoNextStatement,
    NothingToUndo,
    QuoteNotFound,
    StatementSettled,
    ValueUnclear,
)
from luoshi.rules.refusals import NotFound

MOST_UNDONE = 100  # acts that a document remembers
SETTLED = frozenset({StatementState.WRITTEN, StatementState.JOINED})
Rows = list[StagedStatement]
Act = Callable[[ReportDocument, Rows], Rows]
"""Changes the rows it is given; returns those that are new."""


def accept(document_id: UUID, numbers: Iterable[int], *, by: Actor) -> None:
    """Take statements as right. Raises NotAllowed, NotFound, StatementSettled."""
    _act(document_id, numbers, _stated(StatementState.ACCEPTED), by=by)


def drop(document_id: UUID, numbers: Iterable[int], *, by: Actor) -> None:
    """Leave statements out. Raises NotAllowed, NotFound, StatementSettled."""
    _act(document_id, numbers, _stated(StatementState.DROPPED), by=by)


def accept_all(document_id: UUID, *, asked: str, least: float, by: Actor) -> int:
    """Take every open statement of a filter that is at least so sure; returns how many.

    Raises NotAllowed, NotFound.
    """
    verbs.review_report.check(by)
    document = queries.document_visible_to(by, document_id)
    rows = queries.statements_of(document, asked)
    sure = rows.filter(state=StatementState.OPEN, confidence__gte=least)
    numbers = list(sure.values_list("number", flat=True))
    if numbers:
        accept(document_id, numbers, by=by)
    return len(numbers)


def _stated(state: StatementState) -> Act:
    def act(_document: ReportDocument, rows: Rows) -> Rows:
        for row in rows:
            row.state = state
        return []

    return act


def take(document_id: UUID, number: int, *, choice: Mapping[str, Any], by: Actor) -> None:
    """Keep what a person chose: ``lead``, ``supporting``, ``sponsor``, ``matter``; "" takes back.

    Raises NotAllowed, NotFound, StatementSettled, ValueUnclear.
    """
    _check_ids(choice)

    def act(_document: ReportDocument, rows: Rows) -> Rows:
        for row in rows:
            row.choice = _chosen(row, choice)
        return []

    _act(document_id, [number], act, by=by)


def _check_ids(choice: Mapping[str, Any]) -> None:
    """Raise ValueUnclear for what is no id."""
    for name, said in choice.items():
        for one in said if isinstance(said, list) else [said]:
            if one and one != "new":
                try:
                    UUID(one)
                except ValueError as cause:
                    raise ValueUnclear(field=name, text=one) from cause


def _chosen(row: StagedStatement, choice: Mapping[str, Any]) -> dict[str, Any]:
    return {name: said for name, said in {**row.choice, **choice}.items() if said}


def mend(
    document_id: UUID,
    number: int,
    *,
    fields: Mapping[str, str],
    choice: Mapping[str, Any] | None = None,
    by: Actor,
) -> None:
    """Write fields of a statement anew, and take it as right; ``choice`` as for ``take``.

    ``kind``, ``subject``, ``value``, ``unit``, ``comparator``, ``period``, ``deadline``,
    ``responsible``; "" is nothing. Raises NotAllowed, NotFound, StatementSettled, ValueUnclear.
    """
    said = {name: READERS[name](name, text) for name, text in fields.items()}
    _check_ids(choice or {})

    def act(_document: ReportDocument, rows: Rows) -> Rows:
        for row in rows:
            filled(row, _mended(row.row, said))
            row.choice = _chosen(row, choice or {})
            row.state = StatementState.ACCEPTED
        return []

    _act(document_id, [number], act, by=by)


def _mended(row: Mapping[str, Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """Return a statement with what a person wrote; that a person did is its rule from then on."""
    changed = {name: value for name, value in said.items() if value != row[name]}
    if not changed:
        return dict(row)
    marks: dict[str, Any] = {"confidence": 1.0, "rule": "reviewer"}
    if "value" in changed:
        marks |= {"value_start": None, "value_end": None, "value_max": None}
    if "deadline" in changed:
        marks["deadline_stated"] = None if changed["deadline"] is None else True
    return {**row, **changed, **marks}


def split(document_id: UUID, number: int, *, at: int, by: Actor) -> None:
    """Part a statement before the character ``at`` of its quote, counted from 0.

    The value stays with the part in which it is printed. Raises NotAllowed, NotFound,
    StatementSettled, CannotSplitHere.
    """

    def act(document: ReportDocument, rows: Rows) -> Rows:
        return [_parted(document, row, at) for row in rows]

    _act(document_id, [number], act, by=by)


def _parted(document: ReportDocument, row: StagedStatement, at: int) -> StagedStatement:
    said = row.row
    if not 0 < at < len(said["quote"]):
        raise CannotSplitHere(at=at)
    place = row.start + at
    first = {**said, "end": place, "quote": said["quote"][:at]}
    second = {**said, "start": place, "quote": said["quote"][at:]}
    printed = said["value_start"]
    bare = dict.fromkeys(("value", "value_max", "unit", "value_start", "value_end", "comparator"))
    if printed is None or printed < place:
        second |= bare
    else:
        first |= bare
    fresh = StagedStatement(
        document=document, number=_free_number(document), state=StatementState.OPEN
    )
    filled(row, first)
    row.state = StatementState.OPEN
    return filled(fresh, second)


def join(document_id: UUID, number: int, *, by: Actor) -> None:
    """Join a statement with the open one after it; what the first leaves open the second says.

    Raises NotAllowed, NotFound, StatementSettled, NoNextStatement.
    """
    verbs.review_report.check(by)
    document = queries.document_visible_to(by, document_id)
    rows = queries.statements_of(document, "open").exclude(number=number)
    here = document.statements.filter(number=number).values_list("start", flat=True).first()
    following = rows.filter(start__gte=here or 0).values_list("number", flat=True).first()
    if here is None or following is None:
        raise NoNextStatement

    def act(document: ReportDocument, rows: Rows) -> Rows:
        first, second = sorted(rows, key=lambda row: row.number != number)
        filled(first, _joined(document, first.row, second.row))
        second.state = StatementState.JOINED
        return []

    _act(document_id, [number, following], act, by=by)


def _joined(
    document: ReportDocument, first: Mapping[str, Any], second: Mapping[str, Any]
) -> dict[str, Any]:
    """Return one statement of two: the quote from the first's beginning to the last's end."""
    start, end = min(first["start"], second["start"]), max(first["end"], second["end"])
    text = queries.text_of(document.district, document.digest) or ""
    merged = {
        name: value if value not in (None, []) else second[name] for name, value in first.items()
    }
    return {**merged, "start": start, "end": end, "quote": text[start:end] or first["quote"]}


@transaction.atomic
def add(document_id: UUID, *, quote: str, by: Actor) -> int:
    """Take words of the text that the reader overlooked as a target; returns its number.

    What it counts, in what and until when a person writes. Raises NotAllowed, NotFound,
    QuoteNotFound.
    """
    document = _opened(document_id, by)
    words = quote.strip().replace("\r\n", "\n")
    text = queries.text_of(document.district, document.digest) or ""
    start = text.find(words) if words else -1
    if start < 0:
        raise QuoteNotFound(quote=words)
    row = StagedStatement(
        document=document, number=_free_number(document), state=StatementState.OPEN
    )
    filled(row, added(document, words, start)).save(force_insert=True)
    document.done = [*document.done[1 - MOST_UNDONE :], {str(row.number): None}]
    _recount(document)
    return row.number


def _free_number(document: ReportDocument) -> int:
    rows = StagedStatement.objects.filter(document=document)
    return int(rows.aggregate(Max("number"))["number__max"]) + 1


@transaction.atomic
def undo(document_id: UUID, *, by: Actor) -> list[int]:
    """Take the last act of the review back; returns the numbers of its statements.

    Raises NotAllowed, NotFound, NothingToUndo, StatementSettled once written.
    """
    document = _opened(document_id, by)
    if not document.done:
        raise NothingToUndo
    was = dict(document.done.pop())
    rows = _rows(document, [int(number) for number in was])
    for row in rows:
        if row.state == StatementState.WRITTEN:
            raise StatementSettled(number=row.number)
        kept = was[str(row.number)]
        if kept is None:
            row.delete()
        else:
            restored(row, kept).save()
    _recount(document)
    return [int(number) for number, kept in was.items() if kept is not None]


@transaction.atomic
def _act(document_id: UUID, numbers: Iterable[int], act: Act, *, by: Actor) -> None:
    """Do one act to some statements and remember what stood before."""
    document = _opened(document_id, by)
    wanted = list(dict.fromkeys(numbers))
    rows = _rows(document, wanted)
    if len(rows) < len(wanted):
        raise NotFound(what="statement")
    for row in rows:
        if row.state in SETTLED:
            raise StatementSettled(number=row.number)
    before = [snapshot(row) for row in rows]
    fresh = act(document, rows)
    was: dict[str, Any] = {
        str(row.number): changed_from(row, kept) for row, kept in zip(rows, before, strict=True)
    } | {str(row.number): None for row in fresh}
    for row in rows:
        row.problem = ""
    StagedStatement.objects.bulk_update(rows, [*SNAPSHOT, "has_gaps", "problem"])
    StagedStatement.objects.bulk_create(fresh)
    document.done = [*document.done[1 - MOST_UNDONE :], was]
    _recount(document)


def _opened(document_id: UUID, by: Actor) -> ReportDocument:
    """Return a report for writing; whoever comes meanwhile waits. Raises NotAllowed, NotFound."""
    verbs.review_report.check(by)
    queries.document_visible_to(by, document_id)
    return ReportDocument.objects.select_for_update().get(pk=document_id)


def _rows(document: ReportDocument, numbers: list[int]) -> Rows:
    rows = StagedStatement.objects.filter(document=document, number__in=numbers)
    return list(rows.order_by("start", "number"))


def _recount(document: ReportDocument) -> None:
    document.counts = queries.counts_of(document)
    document.save(update_fields=["done", "counts"])
