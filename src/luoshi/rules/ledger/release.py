"""From the desk of an officer out of the unit: who may take which step of a submission.

The posts are those of the way that the unit had set when it was submitted. Whoever answers for a
post on the day takes its step, so a change of holder stops nothing. One person takes one step of a
submission, unless nobody else holds a post of the unit. A review that nobody can give is skipped by
the head, and by nobody else.
"""

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import TypeVar
from uuid import UUID

from luoshi.rules.journal import Signature, TextDigest
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import submission_refusals as stop
from luoshi.rules.ledger.checks import check, waiting_inside
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.ledger.submissions import Submission
from luoshi.rules.release import ReleaseSet, Staff, Step, check_leads_out

SCANS = ("application/pdf", "image/jpeg", "image/png")
Told = TypeVar("Told", f.ProgressReported, f.ChangeRequested)


def submitted(
    state: MatterState,
    told: Told,
    *,
    way: ReleaseSet,
    of_the_unit: Collection[UUID],
    by: Signature,
) -> Told | f.Submitted:
    """Return a report or request as it is recorded: out at once, or waiting inside the unit.

    Only the unit that leads has it go its way; the office that writes for it lets it out at once.
    ``told`` was judged already. ``of_the_unit`` are the posts that report for it today. Raises
    WayLeadsNowhere.
    """
    fixed = state.responsibility
    is_inside = fixed is not None and by.unit == fixed.lead_unit and not way.lets_out(by.post)
    if not is_inside:
        return told
    check_leads_out(way, of_the_unit)
    if isinstance(told, f.ProgressReported):
        return f.Submitted(way=way, report=told)
    return f.Submitted(way=way, request=told)


def review_submission(state: MatterState, *, on: date, submission: UUID) -> f.SubmissionReviewed:
    """Find it right, for a reviewer. Raises UnknownSubmission, SubmissionMoved, NothingToReview."""
    fact = f.SubmissionReviewed(submission=submission)
    check(state, fact, on)
    return fact


def send_back_submission(
    state: MatterState, *, on: date, submission: UUID, reason: TextDigest
) -> f.SubmissionSentBack:
    """Send it back to who submitted it. Raises UnknownSubmission, SubmissionMoved."""
    fact = f.SubmissionSentBack(submission=submission, reason=reason)
    check(state, fact, on)
    return fact


def release_submission(
    state: MatterState, *, on: date, submission: UUID, sheet: tuple[f.Evidence, ...] = ()
) -> f.ProgressReported | f.ChangeRequested:
    """Let it out: it becomes the report or request, judged on the matter as it is by now.

    Raises UnknownSubmission, SubmissionMoved, SheetNeeded, SheetNotAsked, SheetNoScan, and what
    reporting or requesting raises.
    """
    one = waiting_inside(state, submission)
    _check_sheet(one.fact.way, sheet)
    fact = replace(one.fact.what, released=f.Released(sheet=sheet))
    check(state, fact, on)
    return fact


def _check_sheet(way: ReleaseSet, sheet: tuple[f.Evidence, ...]) -> None:
    if way.on_paper and not sheet:
        raise stop.SheetNeeded
    if sheet and not way.on_paper:
        raise stop.SheetNotAsked
    for page in sheet:
        if page.media_type not in SCANS:
            raise stop.SheetNoScan(media_type=page.media_type)


def check_may_review(one: Submission, by: Signature, staff: Staff) -> None:
    """Raise NotYourStep for a post that does not review, OneStepEach for who had a hand in it."""
    _check_post(by, one.fact.way.reviewers)
    _check_hand(one, by, staff)


def check_may_send_back(one: Submission, by: Signature) -> None:
    """Raise NotYourStep but for the posts whose step it is, and the head at any time."""
    way = one.fact.way
    waiting = way.reviewers if one.step == Step.REVIEW else way.releasing
    _check_post(by, (*waiting, *way.releasing))


def check_may_release(one: Submission, by: Signature, staff: Staff) -> None:
    """Raise NotYourStep, ReviewFirst, OneStepEach.

    On paper the head's step is the signature on the sheet: anybody of the unit brings its scan.
    """
    way = one.fact.way
    if one.step == Step.REVIEW and staff.of(way.reviewers) - one.hands:
        raise stop.ReviewFirst(posts=way.reviewers)
    if way.on_paper:
        return
    _check_post(by, way.releasing)
    _check_hand(one, by, staff)


def check_today(on: date, today: date) -> None:
    """Raise StepNotToday: what waited is out from the day it is let out, never from before."""
    if on != today:
        raise stop.StepNotToday(on=on, today=today)


def _check_post(by: Signature, posts: Collection[UUID]) -> None:
    if by.post not in posts:
        raise stop.NotYourStep(posts=tuple(posts))


def _check_hand(one: Submission, by: Signature, staff: Staff) -> None:
    if by.person in one.hands and staff.everybody - {by.person}:
        raise stop.OneStepEach
