"""May this fact stand on that state?

One check for each fact, used when it is decided and whenever history is judged.
"""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.rules.amounts import exact
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.ledger import submission_refusals as stop
from luoshi.rules.ledger.fold import revised
from luoshi.rules.ledger.plausible import (
    check_days,
    check_milestones,
    check_registration,
    check_responsibility,
    check_target,
    check_year,
    repeats,
)
from luoshi.rules.ledger.state import Answer, MatterState, Standing, missing_fixes
from luoshi.rules.ledger.submissions import INSIDE, Outcome, Submission
from luoshi.rules.release import Step

SHA256 = re.compile(r"[0-9a-f]{64}")

Check = Callable[[MatterState, Any, date], None]


def check(state: MatterState, fact: f.MatterFact, on: date) -> None:
    """Raise the refusal that stands against the fact on this state on this day, if any."""
    if isinstance(fact, f.MatterRegistered):
        if state.standing != Standing.UNKNOWN:
            raise no.MatterExists(title=state.title)
        check_registration(fact)
        return
    if isinstance(fact, INSIDE):  # it never stands in the way of what others record
        _INSIDE_CHECKS[type(fact)](state, fact)
        return
    if state.standing == Standing.UNKNOWN:
        raise no.MatterUnknown
    if not state.is_open:
        raise no.MatterClosed(title=state.title, ended_on=state.ended_on)
    _CHECKS[type(fact)](state, fact, on)


def _nothing(state: MatterState, fact: Any, on: date) -> None:
    """Nothing stands against the fact on an open matter."""


def _assigned(state: MatterState, _fact: f.MatterAssigned, _on: date) -> None:
    if state.standing not in {Standing.DRAFT, Standing.INCOMPLETE}:
        raise no.AlreadyAssigned(title=state.title)
    if missing := missing_fixes(state):
        raise no.FixesMissing(title=state.title, missing=missing)


def _accepted(state: MatterState, fact: f.MatterAccepted, _on: date) -> None:
    _in_force(state)
    if fact.unit not in state.doing_units:
        raise no.UnitNotConcerned(title=state.title)
    if fact.unit in state.accepted_by:
        raise no.AlreadyAccepted(title=state.title)


def _in_force(state: MatterState) -> None:
    if state.standing == Standing.DRAFT:
        raise no.MatterIsDraft(title=state.title, missing=missing_fixes(state))


def _reported(state: MatterState, fact: f.ProgressReported, on: date) -> None:
    _in_force(state)
    if state.standing == Standing.VERIFIED:
        raise no.ReportedAfterwards(title=state.title)
    days = (fact.measured_on, fact.started_on, *(done.done_on for done in fact.milestones_done))
    check_year(*days)
    for day in days:
        if day is not None and day > on:
            raise no.MeasuredInFuture(measured_on=day, on=on)
    if fact.report in state.reports:
        raise no.ReportExists(report=fact.report)
    _let_out(state, fact.report, fact.released)
    _reported_content(state, fact)


def _reported_content(state: MatterState, fact: f.ProgressReported) -> None:
    said = (fact.achieved, fact.started_on, fact.visible_progress, fact.problems)
    if all(word is None for word in said) and not fact.milestones_done and not fact.evidence:
        raise no.NothingReported
    if fact.achieved is not None:
        exact(fact.achieved)
        if fact.target not in {target.key for target in state.targets}:
            raise no.UnknownTarget(target=fact.target)
    known = {step.key for step in state.plan.milestones} if state.plan else set()
    for done in fact.milestones_done:
        if done.key not in known:
            raise no.UnknownMilestone(milestone=done.key)


def _answered(state: MatterState, fact: f.ReportConfirmed | f.ReportReturned, _on: date) -> None:
    report = state.reports.get(fact.report)
    if report is None:
        raise no.UnknownReport(report=fact.report)
    if report.answer != Answer.WAITING:
        raise no.ReportAnswered(report=fact.report, answer=report.answer)


def _requested(state: MatterState, fact: f.ChangeRequested, _on: date) -> None:
    _in_force(state)
    if fact.revision == f.Revision():
        raise no.NothingAsked
    check_year(fact.revision.due, fact.revision.exempt_until)
    _let_out(state, fact.request, fact.released)
    _revision(state, fact.revision)


def _revision(state: MatterState, asked: f.Revision) -> None:
    """Hold a revision against the plan: when it is asked for, and again when it is granted."""
    if asked.quantity is not None:
        exact(asked.quantity)
        if not state.targets:
            raise no.UnknownTarget(target="")
    check_days(revised(state, asked).plan or f.MilestonesFixed())


def _decided(state: MatterState, fact: f.ChangeDecided, _on: date) -> None:
    request = state.requests.get(fact.request)
    if request is None:
        raise no.UnknownRequest(request=fact.request)
    if request.answer != Answer.WAITING:
        raise no.RequestAnswered(request=fact.request)
    if fact.granted:
        _revision(state, request.fact.revision)


def _verified(state: MatterState, fact: f.MatterVerified, _on: date) -> None:
    _all_fixed(state)
    if state.standing == Standing.VERIFIED:
        raise no.AlreadyVerified(title=state.title)
    waiting = sum(report.answer == Answer.WAITING for report in state.reports.values())
    if waiting:
        raise no.ReportsWaiting(title=state.title, count=waiting)
    _not_the_doer(state, fact)


def _all_fixed(state: MatterState) -> None:
    _in_force(state)
    if missing := missing_fixes(state):
        raise no.FixesMissing(title=state.title, missing=missing)


def _not_the_doer(state: MatterState, fact: f.MatterVerified | f.MatterClosedOut) -> None:
    """Hold house rule 5.

    That a unit is below a doing one the command has written into ``done_by_units``.
    """
    doers = {*fact.done_by_units, *state.doing_units}
    if fact.verified_by_unit in doers or fact.verified_by_person in state.reporters:
        raise no.DoerCannotVerify(title=state.title)
    named = state.registered.verifier_unit if state.registered else None
    if named is not None and fact.verified_by_unit != named:
        raise no.NotTheNamedVerifier(title=state.title)


def _closed_out(state: MatterState, fact: f.MatterClosedOut, _on: date) -> None:
    _all_fixed(state)
    if state.standing != Standing.VERIFIED:
        raise no.NotVerified(title=state.title)
    _not_the_doer(state, fact)


def _suspended(state: MatterState, _fact: f.MatterSuspended, _on: date) -> None:
    _in_force(state)
    if state.suspended_on is not None:
        raise no.Suspended(title=state.title, since=state.suspended_on)


def _resumed(state: MatterState, _fact: f.MatterResumed, _on: date) -> None:
    if state.suspended_on is None:
        raise no.NotSuspended(title=state.title)


def _divided(state: MatterState, fact: f.MatterDivided, _on: date) -> None:
    if repeats(part.matter for part in fact.parts):
        raise no.SamePartTwice(title=state.title)
    for part in fact.parts:
        if part.share is not None:
            exact(part.share)


def _quoted(state: MatterState, fact: f.QuoteLinked, _on: date) -> None:
    if not 0 <= fact.start < fact.end or not SHA256.fullmatch(fact.document):
        raise no.QuoteUnclear(start=fact.start, end=fact.end)
    if fact.report is not None and fact.report not in state.reports:
        raise no.UnknownReport(report=fact.report)
    check_year(fact.day)


def _let_out(state: MatterState, key: UUID, released: f.Released | None) -> None:
    """What was let out had waited inside the unit; what waits there is out by no other road."""
    if released is not None:
        waiting_inside(state, key)
    elif key in state.submissions:
        raise no.ReportExists(report=key)


def waiting_inside(state: MatterState, key: UUID) -> Submission:
    """Return what waits inside a unit. Raises UnknownSubmission, SubmissionMoved."""
    one = state.submissions.get(key)
    if one is None:
        raise stop.UnknownSubmission(submission=key)
    if one.outcome != Outcome.WAITING:
        raise stop.SubmissionMoved(submission=key, outcome=one.outcome)
    return one


def _submitted(state: MatterState, fact: f.Submitted) -> None:
    if fact.id in state.submissions or fact.id in state.reports or fact.id in state.requests:
        raise no.ReportExists(report=fact.id)


def _reviewed(state: MatterState, fact: f.SubmissionReviewed) -> None:
    one = waiting_inside(state, fact.submission)
    if one.step != Step.REVIEW:
        raise stop.NothingToReview(submission=fact.submission)


def _sent_back(state: MatterState, fact: f.SubmissionSentBack) -> None:
    waiting_inside(state, fact.submission)


_INSIDE_CHECKS: dict[type, Callable[[MatterState, Any], None]] = {
    f.Submitted: _submitted,
    f.SubmissionReviewed: _reviewed,
    f.SubmissionSentBack: _sent_back,
}

_CHECKS: dict[type, Check] = {
    f.MatterPlaced: _nothing,
    f.StageSet: _nothing,
    f.ResponsibilityFixed: lambda _state, fact, _on: check_responsibility(fact),
    f.TargetFixed: lambda _state, fact, _on: check_target(fact),
    f.MilestonesFixed: lambda _state, fact, _on: check_milestones(fact),
    f.MatterAssigned: _assigned,
    f.MatterAccepted: _accepted,
    f.ProgressReported: _reported,
    f.ReportConfirmed: _answered,
    f.ReportReturned: _answered,
    f.ChangeRequested: _requested,
    f.ChangeDecided: _decided,
    f.MatterVerified: _verified,
    f.MatterClosedOut: _closed_out,
    f.MatterSuspended: _suspended,
    f.MatterResumed: _resumed,
    f.MatterDivided: _divided,
    f.MatterAbolished: _nothing,
    f.NoteWritten: _nothing,
    f.QuoteLinked: _quoted,
}
