"""A text is read again: what was decided of its statements is kept, to be looked at again."""

from collections.abc import Iterable, Sequence

from luoshi.base.journal import Actor
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.drafts import filled

KEPT = ("lead", "supporting", "sponsor")
"""The choices that hold for any year and place; which matter is meant is asked anew."""
SAME = ("kind", "subject", "value", "value_max", "comparator", "unit", "growth", "force")
"""What a statement says besides its day and period: where that is the same, so is the decision."""
REVIEWER = "reviewer"
_ACCEPTED = frozenset({StatementState.ACCEPTED, StatementState.WRITTEN, StatementState.WITHDRAWN})
Rows = list[StagedStatement]


def decided_before(by: Actor, document: ReportDocument, rows: Rows) -> Rows:
    """Return the statements of a report with what was decided when its text came in before.

    Only of a report that was withdrawn.
    """
    found = queries.documents_visible_to(by).filter(
        digest=document.digest, state=DocumentState.WITHDRAWN
    )
    before = found.first()
    return rows if before is None else carried(queries.statements_of(before), rows, document)


def carried(old: Iterable[StagedStatement], rows: Rows, document: ReportDocument) -> Rows:
    """Return statements read anew with what was decided of those at the same place in the text.

    What a person wrote stays as written, and what then says something else stays with what was
    chosen: both wait to be looked at again. Words that a person added are there again.
    """
    places = {_place(row): row for row in rows}
    added: Rows = []
    for one in old:
        row = places.get(_place(one)) or _at(rows, one)
        is_written = one.row["rule"] == REVIEWER
        if row is None and is_written:
            number = len(rows) + len(added) + 1
            row = StagedStatement(document=document, number=number, state=StatementState.OPEN)
            added.append(row)
        if row is None:
            continue
        row.choice = {name: said for name, said in one.choice.items() if name in KEPT}
        if is_written:
            filled(row, {**one.row, "doc": document.name})
        elif all(row.row[name] == one.row[name] for name in SAME):
            row.state = _state_of(one)
    return [*rows, *added]


def _at(rows: Sequence[StagedStatement], one: StagedStatement) -> StagedStatement | None:
    """Return the statement that a person mended: its number may have lost its place."""
    if one.row["rule"] != REVIEWER:
        return None
    found = [row for row in rows if (row.start, row.end) == (one.start, one.end)]
    return found[0] if len(found) == 1 else None


def _state_of(old: StagedStatement) -> StatementState:
    if old.state in _ACCEPTED:
        return StatementState.ACCEPTED
    return StatementState.DROPPED if old.state == StatementState.DROPPED else StatementState.OPEN


def _place(row: StagedStatement) -> tuple[int, int, int | None]:
    return row.start, row.end, row.row["value_start"]
