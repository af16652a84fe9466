"""How each fact changes a matter: the fold of its entries."""

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType
from typing import Any
from uuid import UUID

from luoshi.rules.journal import Entry
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import submissions as inside
from luoshi.rules.ledger.facts import MatterFact
from luoshi.rules.ledger.state import (
    Answer,
    MatterState,
    Report,
    Request,
    Standing,
    missing_fixes,
)


def _registered(state: MatterState, entry: Entry[Any]) -> MatterState:
    fact = entry.fact
    standing = Standing.INCOMPLETE if fact.origin == f.Origin.PUBLISHED else Standing.DRAFT
    return state._replace(
        standing=standing,
        registered=fact,
        registered_on=entry.on,
        goals=fact.goals,
        area=fact.area,
    )


def _placed(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(goals=entry.fact.goals, area=entry.fact.area)


def _staged(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(stage=entry.fact.stage, stage_listed=entry.fact.listed)


def _responsibility(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(responsibility=entry.fact)


def _target(state: MatterState, entry: Entry[Any]) -> MatterState:
    fact = entry.fact
    return state._replace(
        targets=fact.targets,
        first_targets=state.first_targets or fact.targets,
        acceptance=fact.acceptance or state.acceptance,
    )


def _milestones(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(plan=entry.fact, first_plan=state.first_plan or entry.fact)


def _assigned(state: MatterState, _entry: Entry[Any]) -> MatterState:
    return state._replace(standing=Standing.ASSIGNED)


def _accepted(state: MatterState, entry: Entry[Any]) -> MatterState:
    """Keep who took it over; that completes no fix and undoes no verification."""
    standing = Standing.ACCEPTED if state.standing == Standing.ASSIGNED else state.standing
    return state._replace(standing=standing, accepted_by=(*state.accepted_by, entry.fact.unit))


def _reported(state: MatterState, entry: Entry[Any]) -> MatterState:
    first, *later = (*entry.hands, entry.by)
    report = Report(
        entry.fact,
        entry.number,
        entry.on,
        first.person,
        first.unit,
        correctors=tuple(hand.person for hand in later),
    )
    reports = MappingProxyType({**state.reports, entry.fact.report: report})
    return _let_out(state._replace(reports=reports), entry.fact.report, entry)


def _let_out(state: MatterState, key: UUID, entry: Entry[Any]) -> MatterState:
    """Take down that what waited inside the unit is out, or that the unit spoke without it."""
    known = state.submissions
    if entry.fact.released is not None:
        known = inside.stepped(known, key, entry, inside.Outcome.RELEASED)
    elif known:
        is_report = isinstance(entry.fact, f.ProgressReported)
        known = inside.overtaken(known, entry, is_report=is_report)
    else:
        return state
    return state._replace(submissions=known)


def _submitted(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(submissions=inside.put_up(state.submissions, entry))


def _reviewed(state: MatterState, entry: Entry[Any]) -> MatterState:
    return _stepped(state, entry, inside.Outcome.WAITING)


def _sent_back(state: MatterState, entry: Entry[Any]) -> MatterState:
    return _stepped(state, entry, inside.Outcome.SENT_BACK)


def _stepped(state: MatterState, entry: Entry[Any], outcome: inside.Outcome) -> MatterState:
    known = inside.stepped(state.submissions, entry.fact.submission, entry, outcome)
    return state._replace(submissions=known)


def _answer_report(state: MatterState, entry: Entry[Any], answer: Answer) -> MatterState:
    report = state.reports[entry.fact.report]
    reason = getattr(entry.fact, "reason", None)
    answered = report._replace(answer=answer, answered_on=entry.on, answer_reason=reason)
    return state._replace(reports=MappingProxyType({**state.reports, entry.fact.report: answered}))


def _confirmed(state: MatterState, entry: Entry[Any]) -> MatterState:
    return _answer_report(state, entry, Answer.GRANTED)


def _returned(state: MatterState, entry: Entry[Any]) -> MatterState:
    return _answer_report(state, entry, Answer.REFUSED)


def _requested(state: MatterState, entry: Entry[Any]) -> MatterState:
    request = Request(entry.fact, entry.number, entry.on)
    requests = MappingProxyType({**state.requests, entry.fact.request: request})
    return _let_out(state._replace(requests=requests), entry.fact.request, entry)


def _decided(state: MatterState, entry: Entry[Any]) -> MatterState:
    fact = entry.fact
    request = state.requests[fact.request]
    answer = Answer.GRANTED if fact.granted else Answer.REFUSED
    decided = request._replace(answer=answer, decided_on=entry.on, reason=fact.reason)
    state = state._replace(requests=MappingProxyType({**state.requests, fact.request: decided}))
    return revised(state, request.fact.revision) if fact.granted else state


def revised(state: MatterState, revision: f.Revision) -> MatterState:
    """Return the state with a granted revision in force; first plan and targets stay beside it."""
    plan = state.plan or f.MilestonesFixed()
    if revision.due is not None:
        plan = replace(plan, due=revision.due, due_inferred=False)
    if revision.milestones is not None:
        plan = replace(plan, milestones=revision.milestones)
    targets = state.targets
    if revision.quantity is not None:
        targets = tuple(replace(t, quantity=revision.quantity) if t.leads else t for t in targets)
    exempt_until = revision.exempt_until or state.exempt_until
    return state._replace(plan=plan, targets=targets, exempt_until=exempt_until)


def _verified(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(standing=Standing.VERIFIED, verification=entry.fact)


def _closed(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(standing=Standing.CLOSED, verification=entry.fact, ended_on=entry.on)


def _suspended(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(suspended_on=entry.on)


def _resumed(state: MatterState, _entry: Entry[Any]) -> MatterState:
    return state._replace(suspended_on=None)


def _divided(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(parts=entry.fact.parts)


def _abolished(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(standing=Standing.ABOLISHED, ended_on=entry.on)


def _noted(state: MatterState, _entry: Entry[Any]) -> MatterState:
    return state  # a note changes nothing of what lists show


def _quoted(state: MatterState, entry: Entry[Any]) -> MatterState:
    return state._replace(quotes=(*state.quotes, entry.fact))


_STEPS: dict[type, Callable[[MatterState, Entry[Any]], MatterState]] = {
    f.MatterRegistered: _registered,
    f.MatterPlaced: _placed,
    f.StageSet: _staged,
    f.ResponsibilityFixed: _responsibility,
    f.TargetFixed: _target,
    f.MilestonesFixed: _milestones,
    f.MatterAssigned: _assigned,
    f.MatterAccepted: _accepted,
    f.ProgressReported: _reported,
    f.ReportConfirmed: _confirmed,
    f.ReportReturned: _returned,
    f.ChangeRequested: _requested,
    f.ChangeDecided: _decided,
    f.MatterVerified: _verified,
    f.MatterClosedOut: _closed,
    f.MatterSuspended: _suspended,
    f.MatterResumed: _resumed,
    f.MatterDivided: _divided,
    f.MatterAbolished: _abolished,
    f.NoteWritten: _noted,
    f.QuoteLinked: _quoted,
    f.Submitted: _submitted,
    f.SubmissionReviewed: _reviewed,
    f.SubmissionSentBack: _sent_back,
}


def applied(state: MatterState, entry: Entry[MatterFact]) -> MatterState:
    """Return the state after an entry; the state of any day is the fold of its standing entries.

    A matter taken from a published document becomes assigned with the fact that brings the last of
    the three fixes.
    """
    after = _STEPS[type(entry.fact)](state, entry)
    if after.standing == Standing.INCOMPLETE and not missing_fixes(after):
        standing = Standing.ACCEPTED if after.accepted_by else Standing.ASSIGNED
        return after._replace(standing=standing)
    return after
