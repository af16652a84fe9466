"""A text is read again: what was decided of its statements is kept, to be looked at again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.base.journal import Actor
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.parting import MADE_OF, made_again, place_of
from luoshi.intake.reports.drafts import filled

KEPT = ("lead", "supporting", "sponsor")
"""The choices that hold for any year and place; which matter is meant is asked anew."""
SAME = ("kind", "subject", "value", "value_max", "comparator", "unit", "growth", "force")
"""What a statement says besides its day and period: where that is the same, so is the decision."""
REVIEWER = "reviewer"
_ACCEPTED = frozenset({StatementState.ACCEPTED, StatementState.WRITTEN, StatementState.WITHDRAWN})
OPEN, JOINED = StatementState.OPEN, StatementState.JOINED
Rows = list[StagedStatement]


@dataclass(frozen=True, slots=True)
class Carried:
    """Statements read anew; of how many before what was decided finds no place any more."""

    rows: Rows
    lost: int = 0


def decided_before(by: Actor, document: ReportDocument, rows: Rows) -> Carried:
    """Return the statements of a report with what was decided when its text came in before.

    Only of a report that was withdrawn.
    """
    found = queries.documents_visible_to(by).filter(
        digest=document.digest, state=DocumentState.WITHDRAWN
    )
    before = found.first()
    if before is None:
        return Carried(rows)
    return carried(queries.statements_of(before), rows, document)


def carried(old: Iterable[StagedStatement], rows: Rows, document: ReportDocument) -> Carried:
    """Return statements read anew with what was decided of those at the same place in the text.

    What was parted or joined is so again. What a person wrote stays as written, and what then says
    something else stays with what was chosen: both wait to be looked at again. Words that a person
    added are there again.
    """
    before, found, lost = list(old), list(rows), 0
    made = made_again(before, found, document)
    alone = [row for row in rows if MADE_OF not in row.choice and row.state != JOINED]
    places = {place_of(row): row for row in alone}
    for one in before:
        row = made.get(one.number) or places.get(place_of(one)) or _at(alone, one)
        if row is None and one.row["rule"] == REVIEWER:
            row = StagedStatement(document=document, number=len(found) + 1, state=OPEN)
            found.append(row)
        if row is None:
            lost += one.state != OPEN or bool(one.choice)
        else:
            _decided(row, one, document)
    return Carried(found, lost)


def _decided(row: StagedStatement, one: StagedStatement, document: ReportDocument) -> None:
    """Give a statement read anew what was chosen and decided of the one before."""
    made = {name: said for name, said in row.choice.items() if name == MADE_OF}
    row.choice = made | {name: said for name, said in one.choice.items() if name in KEPT}
    if one.row["rule"] == REVIEWER:
        filled(row, {**one.row, "doc": document.name})
    elif all(row.row[name] == one.row[name] for name in SAME):
        row.state = _state_of(one)


def _at(rows: Sequence[StagedStatement], one: StagedStatement) -> StagedStatement | None:
    """Return the statement that a person mended: its number may have lost its place."""
    if one.row["rule"] != REVIEWER:
        return None
    found = [row for row in rows if (row.start, row.end) == (one.start, one.end)]
    return found[0] if len(found) == 1 else None


def _state_of(old: StagedStatement) -> StatementState:
    if old.state in _ACCEPTED:
        return StatementState.ACCEPTED
    return StatementState.DROPPED if old.state == StatementState.DROPPED else OPEN
