"""What the posts of a unit do with what waits inside it: review, send back, let out.

Each step holds from the day it is taken. Who may take it is asked once, under the locks, on the
matter as known now; a command that comes again is the same entry, whoever holds a post by then.
"""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from luoshi.base import texts
from luoshi.base.days import local_day
from luoshi.base.files import SealedFile
from luoshi.base.journal import Change, record
from luoshi.base.texts import SealedText
from luoshi.base.verbs import Verb
from luoshi.ledger import queries, verbs
from luoshi.ledger.commands.progress import evidence_of
from luoshi.ledger.commands.recording import Sent
from luoshi.ledger.projection import MATTERS
from luoshi.organisation.queries import staff_of
from luoshi.rules.journal import ChangedMeanwhile, Entry
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import release as rules
from luoshi.rules.ledger.checks import waiting_inside
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.ledger.submissions import Submission
from luoshi.rules.release import Staff

May = Callable[[Submission, Staff], None]
"""Raises what stands against the actor's taking the step."""


def review_submission(*, matter_id: UUID, submission: UUID, sent: Sent) -> Entry[Any]:
    """Find a submission right, for a reviewer of the unit.

    Raises NotYourStep, OneStepEach, NothingToReview, UnknownSubmission, SubmissionMoved.
    """
    return _step(
        matter_id,
        verbs.review_submission,
        sent,
        submission,
        may=lambda one, staff: rules.check_may_review(one, sent.by.signature, staff),
        yours=f.SubmissionReviewed(submission=submission),
    )


def send_back_submission(
    *, matter_id: UUID, submission: UUID, reason: str, sent: Sent
) -> Entry[Any]:
    """Send a submission back inside the unit, with the reason.

    Raises NotYourStep, ReasonMissing, UnknownSubmission, SubmissionMoved.
    """
    if not reason.strip():
        raise queries.ReasonMissing
    words = texts.seal(reason.strip())
    return _step(
        matter_id,
        verbs.send_back_submission,
        sent,
        submission,
        may=lambda one, _staff: rules.check_may_send_back(one, sent.by.signature),
        yours=f.SubmissionSentBack(submission=submission, reason=words.digest),
        words=(words,),
        reason=words.digest,
    )


def release_submission(
    *, matter_id: UUID, submission: UUID, sheet: tuple[SealedFile, ...] = (), sent: Sent
) -> Entry[Any]:
    """Let a submission out: it is a report or request from now on. ``sheet``: the signed pages.

    Raises NotYourStep, ReviewFirst, OneStepEach, SheetNeeded, SheetNotAsked, SheetNoScan,
    UnknownSubmission, SubmissionMoved, and what reporting or requesting raises.
    """
    scan = evidence_of(sheet)
    return _step(
        matter_id,
        verbs.release_submission,
        sent,
        submission,
        may=lambda one, staff: rules.check_may_release(one, sent.by.signature, staff),
        yours=f.Released(sheet=scan),
        files=sheet,
        sheet=scan,
    )


def _step(
    matter_id: UUID,
    verb: Verb,
    sent: Sent,
    submission: UUID,
    *,
    may: May,
    yours: object,
    words: tuple[SealedText, ...] = (),
    files: tuple[SealedFile, ...] = (),
    **given: Any,
) -> Entry[Any]:
    """Take one step of a submission.

    Raises ChangedMeanwhile with both where another took one since ``expected``: theirs and
    ``yours``. StepNotToday.
    """

    def permit(state: MatterState) -> None:
        verb.check(sent.by, state)
        rules.check_today(sent.on, local_day(sent.at))
        _check_unmoved(state, submission, sent.expected, yours)
        one = waiting_inside(state, submission)
        staff = staff_of(sent.by, sent.by.unit, day=sent.on) if sent.by.unit else Staff()
        may(one, staff)

    change = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=partial(verb.decide, on=sent.on, submission=submission, **given),
        permit=permit,
        on=sent.on,
        expected=sent.expected,
        texts=words,
        files=files,
    )
    return record(change, command=sent.command)[0]


def _check_unmoved(state: MatterState, submission: UUID, expected: int, yours: object) -> None:
    one = state.submissions.get(submission)
    if one is None or one.moved_by <= expected:
        return
    theirs = one.taken[-1].fact if one.taken and one.taken[-1].entry == one.moved_by else one.fact
    raise ChangedMeanwhile(
        entry=one.moved_by, theirs=theirs, yours=yours, parts=[f"submission:{submission}"]
    )
