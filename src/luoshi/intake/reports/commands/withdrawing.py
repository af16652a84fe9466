"""A report of which something is in the ledger is withdrawn as a whole, by corrections."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base import bulk, texts
from luoshi.base.journal import Actor, Change
from luoshi.intake.models import DocumentState, ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import STAMPED, check_unmoved, opened, stamp
from luoshi.intake.reports.seen import UNSEEN, Seen
from luoshi.intake.reports.standing import Brought, brought_by
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.queries import ReasonMissing
from luoshi.rules.journal import Withdrawn

STANDS = "stands"
"""Why a statement of a withdrawn report is still in the ledger: others recorded something on it."""
LONGEST_REASON = 400


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """How many statements were taken back, and which stand with their matters."""

    taken: int
    kept: tuple[Brought, ...]


@transaction.atomic
def withdraw_written(
    document_id: UUID, *, reason: str, by: Actor, at: datetime, seen: Seen = UNSEEN
) -> Withdrawal:
    """Withdraw a report: what it brought is taken back where nothing of others stands on it.

    The rest stands; there only the link to the sentence is taken back, so that its matter says why
    it rests on the report no more. No entry is removed, and the statements stay to be read. Raises
    NotAllowed, NotFound, ReasonMissing, ReportWithdrawn, ReviewMoved, LaterEntryStandsInTheWay
    where somebody records something at this very moment.
    """
    document = opened(document_id, by)
    if not reason.strip():
        raise ReasonMissing
    check_unmoved(document, by, seen)
    brought = brought_by(document)
    changes = list(_changes(document, brought, reason.strip()))
    for _ in bulk.append_many(changes, by=by, at=at, batch=max(len(changes), 1)):
        pass
    document.version += 1
    document.state, document.done = DocumentState.WITHDRAWN, []
    document.reason, document.withdrawn_at = reason.strip()[:LONGEST_REASON], at
    _settle(document, brought, by, Seen(desk=seen.desk, at=at))
    document.counts = queries.counts_of(document)
    document.save()
    kept = tuple(one for one in brought if one.stands)
    return Withdrawal(len(brought) - len(kept), kept)


def _changes(
    document: ReportDocument, brought: Sequence[Brought], reason: str
) -> Iterator[tuple[Change, UUID]]:
    """Yield the corrections, of each matter the last entry first, so that none stands on a gap."""
    pairs = [(entry, one.matter) for one in brought for entry in one.entries]
    for entry, matter in sorted(pairs, key=lambda pair: -pair[0].number):
        change = Change(
            kind=MATTERS,
            thread=matter,
            decide=lambda _state: Withdrawn(),
            on=entry.on,
            expected=entry.number,
            corrects=entry.number,
            reason=texts.seal(reason),
        )
        yield change, uuid5(document.pk, f"withdrawn/{entry.number}")


def _settle(document: ReportDocument, brought: Sequence[Brought], by: Actor, seen: Seen) -> None:
    """Note on the statements that were in the ledger whether they were taken back or stand."""
    standing = {one.row.number for one in brought if one.stands}
    rows = list(queries.statements_of(document, "written"))
    for row in rows:
        stands = row.number in standing
        row.state = StatementState.WRITTEN if stands else StatementState.WITHDRAWN
        row.problem = STANDS if stands else ""
        stamp(row, document, by, seen)
    StagedStatement.objects.bulk_update(rows, ["state", "problem", *STAMPED])
