"""Reporting, answering, changing, correcting, removing."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any
from uuid import UUID

from luoshi.base import redaction
from luoshi.base.days import local_day
from luoshi.base.files import SealedFile
from luoshi.base.journal import Change
from luoshi.base.texts import SealedText
from luoshi.ledger import queries, verbs
from luoshi.ledger.commands.recording import (
    Sent,
    digest_of,
    record_one,
    recorded,
    sealed_if_any,
    sealed_reason,
)
from luoshi.ledger.projection import MATTERS
from luoshi.organisation.queries import way_with_posts
from luoshi.rules.journal import Entry, TextDigest, Withdrawn, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.decide import correct as correct_fact
from luoshi.rules.ledger.release import submitted
from luoshi.rules.ledger.state import MatterState


def report_progress(
    *,
    matter_id: UUID,
    measured_on: date,
    achieved: Decimal | None = None,
    target: str = "",
    started_on: date | None = None,
    milestones_done: tuple[f.MilestoneDone, ...] = (),
    visible_progress: str = "",
    problems: str = "",
    evidence: tuple[SealedFile, ...] = (),
    kept: Sequence[str] = (),
    sent: Sent,
) -> Entry[Any]:
    """Report the whole amount so far, in the target's unit, as measured on a day.

    The report's id is the command's. Where the lead unit's own way asks for it, the report waits
    inside the unit until it is let out. ``kept`` are digests of files that the actor's unit
    submitted before with what came back. Raises NotFound for another.
    """
    visible, troubles = sealed_if_any(visible_progress), sealed_if_any(problems)
    return record_one(
        matter_id,
        verbs.report_progress,
        sent,
        sealed=(*visible, *troubles),
        files=evidence,
        becomes=going_the_units_way(sent),
        report=sent.command_id,
        measured_on=measured_on,
        target=target,
        achieved=achieved,
        started_on=started_on,
        milestones_done=milestones_done,
        visible_progress=digest_of(visible),
        problems=digest_of(troubles),
        evidence=queries.files_submitted(sent.by, matter_id, kept) + evidence_of(evidence),
    )


def going_the_units_way(sent: Sent) -> Callable[[MatterState, Any], Any]:
    """Return how what a unit says is recorded: out at once, or as what waits inside the unit.

    The way is that of today: an earlier day that it holds from is no way around it.
    """
    way, posts = way_with_posts(sent.by, sent.by.unit, day=local_day(sent.at))
    return partial(submitted, way=way, of_the_unit=posts, by=sent.by.signature)


def evidence_of(files: Sequence[SealedFile]) -> tuple[f.Evidence, ...]:
    """Return what a fact keeps of files."""
    return tuple(
        f.Evidence(
            name=file.name.digest, content=file.digest, size=file.size, media_type=file.media_type
        )
        for file in files
    )


def confirm_report(*, matter_id: UUID, report: UUID, sent: Sent) -> Entry[Any]:
    """Take a report as right; from then on its figures count. Raises ReportAnswered.

    Board and colour use them.
    """
    return record_one(matter_id, verbs.confirm_report, sent, report=report)


def return_report(*, matter_id: UUID, report: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Send a report back with the reason. Raises ReportAnswered, ReasonMissing."""
    words = sealed_reason(reason)
    return record_one(
        matter_id, verbs.return_report, sent, sealed=words, report=report, reason=digest_of(words)
    )


def request_change(*, matter_id: UUID, revision: f.Revision, reason: str, sent: Sent) -> Entry[Any]:
    """Ask for another plan; the request's id is the command's. It goes the unit's way too.

    Raises NothingAsked, ReasonMissing.
    """
    words = sealed_reason(reason)
    return record_one(
        matter_id,
        verbs.request_change,
        sent,
        sealed=words,
        becomes=going_the_units_way(sent),
        request=sent.command_id,
        revision=revision,
        reason=digest_of(words),
    )


def decide_change(
    *, matter_id: UUID, request: UUID, granted: bool, reason: str, sent: Sent
) -> Entry[Any]:
    """Grant or refuse a requested change. Raises RequestAnswered, ReasonMissing."""
    words = sealed_reason(reason)
    return record_one(
        matter_id,
        verbs.decide_change,
        sent,
        sealed=words,
        request=request,
        granted=granted,
        reason=digest_of(words),
    )


def correct(
    *,
    matter_id: UUID,
    entry: int,
    change: Callable[[Any], f.MatterFact] | None,
    reason: str,
    sealed: tuple[SealedText, ...] = (),
    sent: Sent,
) -> Entry[Any]:
    """Replace an entry by a corrected fact, or take it back (``change`` None).

    The old line stays in the journal. ``change`` turns the old fact into the right one. Raises
    EntryNotStanding, LaterEntryStandsInTheWay, ReasonMissing, ReportAnswered where a unit would
    correct a report that the office has answered.
    """
    (words,) = sealed_reason(reason)
    old = queries.entry_of(sent.by, matter_id, entry)

    def decide(state: MatterState) -> f.MatterFact | Withdrawn:
        if change is None:
            return Withdrawn()
        return correct_fact(state, on=sent.on, fact=change(old.fact))

    correction = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=decide,
        permit=lambda state: queries.check_can_correct(sent.by, state, old),
        on=sent.on,
        expected=sent.expected,
        texts=sealed,
        corrects=entry,
        reason=words,
    )
    return recorded(correction, sent)


def redact(
    *, matter_id: UUID, digests: Sequence[TextDigest], reason: str, sent: Sent
) -> Entry[Any]:
    """Remove texts or files of a matter for good; the digests stay.

    Raises NotFound, ReasonMissing.
    """
    state = state_on(queries.history_of(sent.by, matter_id), date.max, law=law)
    verbs.redact.check(sent.by, state)
    (words,) = sealed_reason(reason)
    return redaction.redact(
        kind=MATTERS,
        thread=matter_id,
        digests=digests,
        reason=words,
        approved_by=sent.by.person,
        on=sent.on,
        expected=sent.expected,
        command=sent.command,
    )
