"""A text comes in again after its report was withdrawn: what was decided of it is kept."""

from collections.abc import Iterable

from luoshi.base.journal import Actor
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries

KEPT = ("lead", "supporting", "sponsor")
"""The choices that hold for any year and place; which matter is meant is asked anew."""
SAME = ("kind", "subject", "value", "value_max", "comparator", "unit", "growth", "force")
"""What a statement says besides its day and period: where that is the same, so is the decision."""
_ACCEPTED = frozenset({StatementState.ACCEPTED, StatementState.WRITTEN, StatementState.WITHDRAWN})


def decided_before(by: Actor, document: ReportDocument, rows: Iterable[StagedStatement]) -> None:
    """Give the statements of a report what was decided when its text came in before.

    Only of a report that was withdrawn, and only where the words are those of the same place in
    the text; what then says something else waits to be reviewed, with what was chosen.
    """
    found = queries.documents_visible_to(by).filter(
        digest=document.digest, state=DocumentState.WITHDRAWN
    )
    before = found.first()
    if before is None:
        return
    known = {_place(one): one for one in queries.statements_of(before)}
    for row in rows:
        old = known.get(_place(row))
        if old is None:
            continue
        row.choice = {name: said for name, said in old.choice.items() if name in KEPT}
        if all(row.row[name] == old.row[name] for name in SAME):
            row.state = _state_of(old)


def _state_of(old: StagedStatement) -> StatementState:
    if old.state in _ACCEPTED:
        return StatementState.ACCEPTED
    return StatementState.DROPPED if old.state == StatementState.DROPPED else StatementState.OPEN


def _place(row: StagedStatement) -> tuple[int, int, int | None]:
    return row.start, row.end, row.row["value_start"]
