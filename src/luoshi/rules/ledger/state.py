"""What the ledger says of a matter after its entries: the state, and how each fact changes it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.rules.journal import Entry, TextDigest
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import submissions as inside
from luoshi.rules.ledger.facts import MatterFact


class Standing(StrEnum):
    """Where a matter stands in its life."""

    UNKNOWN = "unknown"
    DRAFT = "draft"
    INCOMPLETE = "incomplete"  # 三定不全: taken from a published document, not every fix known
    ASSIGNED = "assigned"
    ACCEPTED = "accepted"
    VERIFIED = "verified"
    CLOSED = "closed"
    ABOLISHED = "abolished"


_NOT_OPEN = frozenset({Standing.UNKNOWN, Standing.CLOSED, Standing.ABOLISHED})


class Fix(StrEnum):
    """The three fixes (三定)."""

    RESPONSIBILITY = "responsibility"
    TARGET = "target"
    MILESTONES = "milestones"


class Answer(StrEnum):
    """What became of a report or a request."""

    WAITING = "waiting"
    GRANTED = "granted"
    REFUSED = "refused"


class Report(NamedTuple):
    """A report as it stands: the fact, the day and hand it came from, and its answer.

    ``person`` and ``unit`` are those who first sent it, ``correctors`` who put it right since.
    """

    fact: f.ProgressReported
    entry: int
    on: date
    person: UUID
    unit: UUID | None
    answer: Answer = Answer.WAITING
    answered_on: date | None = None
    answer_reason: TextDigest | None = None
    correctors: tuple[UUID, ...] = ()


class Request(NamedTuple):
    """A request for a change as it stands."""

    fact: f.ChangeRequested
    entry: int
    on: date
    answer: Answer = Answer.WAITING
    decided_on: date | None = None
    reason: TextDigest | None = None


class MatterState(NamedTuple):
    """A matter on a day.

    ``first_plan`` and ``first_targets`` stay as first fixed; ``plan`` is what is in force. Every
    entry makes a state from the one before: a tuple is copied several times as fast as a dataclass.
    """

    standing: Standing = Standing.UNKNOWN
    registered: f.MatterRegistered | None = None
    registered_on: date | None = None
    goals: tuple[UUID, ...] = ()
    area: str = ""
    stage: f.Stage | None = None
    stage_listed: bool = False
    responsibility: f.ResponsibilityFixed | None = None
    targets: tuple[f.Target, ...] = ()
    first_targets: tuple[f.Target, ...] = ()
    acceptance: TextDigest | None = None
    plan: f.MilestonesFixed | None = None
    first_plan: f.MilestonesFixed | None = None
    accepted_by: tuple[UUID, ...] = ()
    reports: MappingProxyType[UUID, Report] = MappingProxyType({})
    requests: MappingProxyType[UUID, Request] = MappingProxyType({})
    parts: tuple[f.Part, ...] = ()
    suspended_on: date | None = None
    exempt_until: date | None = None
    verification: f.MatterVerified | f.MatterClosedOut | None = None
    ended_on: date | None = None
    quotes: tuple[f.QuoteLinked, ...] = ()
    submissions: inside.Submissions = inside.NONE

    @property
    def title(self) -> str:
        """Return the title, empty before registration."""
        return self.registered.title if self.registered else ""

    @property
    def is_open(self) -> bool:
        """Tell whether the matter still runs: registered, not closed out, not abolished."""
        return self.standing not in _NOT_OPEN

    @property
    def is_in_force(self) -> bool:
        """Tell whether units are bound by it and a colour is due."""
        return self.is_open and self.standing != Standing.DRAFT

    @property
    def leading_target(self) -> f.Target | None:
        """Return the target that the board shows."""
        for target in self.targets:
            if target.leads:
                return target
        return None

    @property
    def doing_units(self) -> tuple[UUID, ...]:
        """Return lead and supporting units, lead first."""
        fixed = self.responsibility
        return (fixed.lead_unit, *fixed.supporting_units) if fixed else ()

    @property
    def reporters(self) -> frozenset[UUID]:
        """Return the persons (random ids) who reported, or corrected a report.

        Whoever wrote, reviewed or let out what went through the unit reported too.
        """
        reports = self.reports.values()
        told = frozenset(each for report in reports for each in (report.person, *report.correctors))
        return told.union(*(one.hands for one in self.submissions.values()))

    @property
    def waiting_inside(self) -> tuple[inside.Submission, ...]:
        """Return what waits inside the unit that leads, oldest first.

        What the matter no longer takes, or another unit submitted while it led, waits for nobody.
        """
        fixed = self.responsibility
        if not self.submissions or fixed is None or not self.is_in_force:
            return ()
        return tuple(
            one
            for one in sorted(self.submissions.values(), key=lambda one: one.entry)
            if one.outcome == inside.Outcome.WAITING
            and one.unit == fixed.lead_unit
            and not (one.is_report and self.standing == Standing.VERIFIED)
        )


def missing_fixes(state: MatterState) -> tuple[Fix, ...]:
    """Return which of the three fixes do not stand yet (待定), in their order.

    Responsibility needs a lead unit and a responsible post; the target a quantity or a criterion of
    acceptance; the milestones a due day and at least one dated step.
    """
    fixed, plan = state.responsibility, state.plan
    missing: list[Fix] = []
    if fixed is None or fixed.responsible_post is None:
        missing.append(Fix.RESPONSIBILITY)
    if not state.targets and state.acceptance is None:
        missing.append(Fix.TARGET)
    if plan is None or plan.due is None or not plan.milestones:
        missing.append(Fix.MILESTONES)
    return tuple(missing)


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


def initial() -> MatterState:
    """Return a matter before its registration."""
    return MatterState()


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
