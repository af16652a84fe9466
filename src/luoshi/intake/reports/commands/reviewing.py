"""The review of a report: each act changes drafts, says what stood before, and can be undone.

``seen`` is the version of the review as the reviewer saw it; an act on a statement that somebody
else, or another window of the same person, decided meanwhile is refused with StatementChanged.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.base.journal import Actor
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import (
    Act,
    Rows,
    act_on,
    check_seen,
    free_number,
    opened,
)
from luoshi.intake.reports.commands.fields import READERS
from luoshi.intake.reports.commands.parting import MADE_OF, cut, joined, made_of
from luoshi.intake.reports.drafts import filled
from luoshi.intake.reports.refusals import CannotSplitHere, NoNextStatement, ValueUnclear
from luoshi.intake.reports.seen import UNSEEN, Seen


@dataclass(frozen=True, slots=True)
class AtOnce:
    """How many statements were decided at once, and how many stay: changed meanwhile."""

    count: int
    left: int


def accept(document_id: UUID, numbers: Iterable[int], *, by: Actor, seen: Seen = UNSEEN) -> None:
    """Take statements as right. Raises NotAllowed, NotFound, StatementSettled."""
    act_on(document_id, numbers, _stated(StatementState.ACCEPTED), by=by, seen=seen)


def drop(document_id: UUID, numbers: Iterable[int], *, by: Actor, seen: Seen = UNSEEN) -> None:
    """Leave statements out. Raises NotAllowed, NotFound, StatementSettled."""
    act_on(document_id, numbers, _stated(StatementState.DROPPED), by=by, seen=seen)


@transaction.atomic
def accept_all(
    document_id: UUID, *, asked: str, least: float, by: Actor, seen: Seen = UNSEEN
) -> AtOnce:
    """Take every open statement of a filter that is at least so sure.

    One that another changed since it was seen stays. Raises NotAllowed, NotFound, ReportWithdrawn.
    """
    return _all(document_id, StatementState.ACCEPTED, asked, least, by, seen)


@transaction.atomic
def drop_all(document_id: UUID, *, asked: str, by: Actor, seen: Seen = UNSEEN) -> AtOnce:
    """Leave every open statement of a filter out; raises and leaves as ``accept_all`` does."""
    return _all(document_id, StatementState.DROPPED, asked, 0.0, by, seen)


def _all(
    document_id: UUID, state: StatementState, asked: str, least: float, by: Actor, seen: Seen
) -> AtOnce:
    """Give every open statement of a filter that is at least so sure a state, in one act."""
    document = opened(document_id, by)
    rows = queries.statements_of(document, asked)
    sure = list(rows.filter(state=StatementState.OPEN, confidence__gte=least))
    known = _not_moved(sure, by, seen)
    if known:
        act_on(document_id, known, _stated(state), by=by, seen=seen)
    return AtOnce(len(known), len(sure) - len(known))


@transaction.atomic
def take_as_new(document_id: UUID, *, by: Actor, seen: Seen = UNSEEN) -> AtOnce:
    """Say of every accepted target that may be a known matter that it is a new one, in one act.

    One that another changed since it was seen stays. Raises NotAllowed, NotFound, ReportWithdrawn.
    """
    document = opened(document_id, by)
    asked = queries.undecided_in(by, document)
    rows = list(queries.statements_of(document, "accepted").filter(number__in=asked))
    known = _not_moved(rows, by, seen)
    if known:
        act_on(document_id, known, _choosing({"matter": "new"}), by=by, seen=seen)
    return AtOnce(len(known), len(rows) - len(known))


def _not_moved(rows: Rows, by: Actor, seen: Seen) -> list[int]:
    """Return the numbers of the statements that no other changed since they were seen."""
    return [
        row.number for row in rows if seen.is_from(row, by.person) or not seen.is_older_than(row)
    ]


def _stated(state: StatementState) -> Act:
    def act(_document: ReportDocument, rows: Rows) -> Rows:
        for row in rows:
            row.state = state
        return []

    return act


def take(
    document_id: UUID,
    number: int,
    *,
    choice: Mapping[str, Any],
    by: Actor,
    seen: Seen = UNSEEN,
) -> None:
    """Keep what a person chose: ``lead``, ``supporting``, ``sponsor``, ``matter``; "" takes back.

    Raises NotAllowed, NotFound, StatementSettled, ValueUnclear.
    """
    _check_ids(choice)
    act_on(document_id, [number], _choosing(choice), by=by, seen=seen)


def _choosing(choice: Mapping[str, Any]) -> Act:
    def act(_document: ReportDocument, rows: Rows) -> Rows:
        for row in rows:
            row.choice = _chosen(row, choice)
        return []

    return act


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
    seen: Seen = UNSEEN,
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

    act_on(document_id, [number], act, by=by, seen=seen)


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


def split(document_id: UUID, number: int, *, at: int, by: Actor, seen: Seen = UNSEEN) -> None:
    """Part a statement before the character ``at`` of its quote, counted from 0.

    The value stays with the part in which it is printed. Raises NotAllowed, NotFound,
    StatementSettled, CannotSplitHere.
    """

    def act(document: ReportDocument, rows: Rows) -> Rows:
        return [_parted(document, row, at) for row in rows]

    act_on(document_id, [number], act, by=by, seen=seen, is_once=True)


def _parted(document: ReportDocument, row: StagedStatement, at: int) -> StagedStatement:
    said = row.row
    if not 0 < at < len(said["quote"]):
        raise CannotSplitHere(at=at)
    place, origins = row.start + at, made_of(row)
    fresh = StagedStatement(
        document=document, number=free_number(document), state=StatementState.OPEN
    )
    filled(fresh, cut(said, place, row.end)).choice = {MADE_OF: origins}
    filled(row, cut(said, row.start, place)).state = StatementState.OPEN
    row.choice = {**row.choice, MADE_OF: origins}
    return fresh


@transaction.atomic
def join(document_id: UUID, number: int, *, by: Actor, seen: Seen = UNSEEN) -> None:
    """Join a statement with the open one after it; what the first leaves open the second says.

    Raises NotAllowed, NotFound, StatementSettled, NoNextStatement, StatementChanged also where
    another decided the one that stood next.
    """
    document = opened(document_id, by)
    following = _following(document, number, by, seen)
    text = queries.text_of(document.district, document.digest) or ""

    def act(_document: ReportDocument, rows: Rows) -> Rows:
        first, second = sorted(rows, key=lambda row: row.number != number)
        first.choice = {**first.choice, MADE_OF: made_of(first, second)}
        filled(first, joined(first.row, second.row, text))
        second.state = StatementState.JOINED
        return []

    act_on(document_id, [number, following], act, by=by, seen=seen, is_once=True)


def _following(document: ReportDocument, number: int, by: Actor, seen: Seen) -> int:
    """Return the number of the open statement after one. Raises NoNextStatement."""
    here = document.statements.filter(number=number).values_list("start", flat=True).first()
    rows = queries.statements_of(document).exclude(number=number).filter(start__gte=here or 0)
    for row in rows if here is not None else ():
        check_seen(row, by, seen)  # were it passed over, one would be joined that was not meant
        if row.state == StatementState.OPEN:
            return row.number
    raise NoNextStatement
