"""The verbs of the ledger: each judges a request on the state and returns the fact, or refuses.

A verb touches nothing. ``on`` is the day from which the fact holds. Every verb raises MatterUnknown
before registration and MatterClosed after the end; what else it raises its docstring names.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from luoshi.rules.amounts import exact
from luoshi.rules.journal import TextDigest
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.checks import check
from luoshi.rules.ledger.state import MatterState

Fact = TypeVar("Fact", bound=f.MatterFact)


def _judged(state: MatterState, fact: Fact, on: date) -> Fact:
    check(state, fact, on)
    return fact


def _in_order(milestones: tuple[f.Milestone, ...]) -> tuple[f.Milestone, ...]:
    """Return milestones by their due days, with exact weights."""
    weighed = (
        step if step.weight is None else replace(step, weight=exact(step.weight))
        for step in milestones
    )
    return tuple(sorted(weighed, key=lambda step: step.due))


def register(
    state: MatterState,
    *,
    on: date,
    code: str,
    title: str,
    kind: f.MatterKind,
    origin: f.Origin,
    sources: tuple[f.Source, ...],
    goals: tuple[UUID, ...] = (),
    area: str = "",
    verifier_unit: UUID | None = None,
) -> f.MatterRegistered:
    """Enter a matter.

    Raises MatterExists, TitleMissing, SourceMissing, SecretMatter, YearImplausible.
    """
    fact = f.MatterRegistered(
        code=code,
        title=title.strip(),
        kind=kind,
        origin=origin,
        sources=sources,
        goals=goals,
        area=area,
        verifier_unit=verifier_unit,
    )
    return _judged(state, fact, on)


def place(
    state: MatterState, *, on: date, goals: tuple[UUID, ...], area: str = ""
) -> f.MatterPlaced:
    """Put the matter on other nodes of the goal tree, or in another area."""
    return _judged(state, f.MatterPlaced(goals=goals, area=area), on)


def set_stage(state: MatterState, *, on: date, stage: f.Stage, listed: bool = False) -> f.StageSet:
    """Say in which stage (四段) the project stands; any may follow any, and the same again.

    A project falls back, skips a stage, or is called otherwise by the next list. ``listed``: taken
    from a published list, not judged by the office.
    """
    return _judged(state, f.StageSet(stage=stage, listed=listed), on)


def fix_responsibility(
    state: MatterState,
    *,
    on: date,
    lead_unit: UUID,
    supporting_units: tuple[UUID, ...] = (),
    responsible_post: UUID | None = None,
    sponsoring_post: UUID | None = None,
) -> f.ResponsibilityFixed:
    """Fix who answers (定责任). Raises SameUnitTwice."""
    fact = f.ResponsibilityFixed(
        lead_unit=lead_unit,
        supporting_units=supporting_units,
        responsible_post=responsible_post,
        sponsoring_post=sponsoring_post,
    )
    return _judged(state, fact, on)


def fix_target(
    state: MatterState,
    *,
    on: date,
    targets: tuple[f.Target, ...] = (),
    acceptance: TextDigest | None = None,
) -> f.TargetFixed:
    """Fix what is to be reached (定目标). Raises NothingFixed, TargetsUnclear, NegativeQuantity."""
    exact_targets = tuple(
        replace(
            t,
            quantity=exact(t.quantity),
            baseline=None if t.baseline is None else exact(t.baseline),
        )
        for t in targets
    )
    return _judged(state, f.TargetFixed(targets=exact_targets, acceptance=acceptance), on)


def fix_milestones(
    state: MatterState,
    *,
    on: date,
    due: date | None = None,
    start: date | None = None,
    start_inferred: bool = False,
    due_inferred: bool = False,
    planned_start: date | None = None,
    milestones: tuple[f.Milestone, ...] = (),
    plan: tuple[f.Planned, ...] = (),
) -> f.MilestonesFixed:
    """Fix the days (定节点).

    Raises NothingFixed, DueBeforeStart, MilestoneOutside, PlanUnclear, YearImplausible.
    """
    fact = f.MilestonesFixed(
        due=due,
        start=start,
        start_inferred=start_inferred,
        due_inferred=due_inferred,
        planned_start=planned_start,
        milestones=_in_order(milestones),
        plan=tuple(replace(point, amount=exact(point.amount)) for point in plan),
    )
    return _judged(state, fact, on)


def assign(state: MatterState, *, on: date) -> f.MatterAssigned:
    """Hand the matter over (交办). Raises FixesMissing with what is missing, AlreadyAssigned."""
    return _judged(state, f.MatterAssigned(), on)


def accept(state: MatterState, *, on: date, unit: UUID) -> f.MatterAccepted:
    """Take the matter over (签收). Raises MatterIsDraft, UnitNotConcerned, AlreadyAccepted."""
    return _judged(state, f.MatterAccepted(unit=unit), on)


def report_progress(
    state: MatterState,
    *,
    on: date,
    report: UUID,
    measured_on: date,
    target: str = "",
    achieved: Decimal | None = None,
    started_on: date | None = None,
    milestones_done: tuple[f.MilestoneDone, ...] = (),
    visible_progress: TextDigest | None = None,
    problems: TextDigest | None = None,
    evidence: tuple[f.Evidence, ...] = (),
) -> f.ProgressReported:
    """Judge a report of the whole amount so far; ``target`` empty means the leading one.

    Raises MatterIsDraft, MeasuredInFuture, NegativeQuantity, UnknownTarget, UnknownMilestone,
    NothingReported, ReportedAfterwards once verified.
    """
    leading = state.leading_target
    fact = f.ProgressReported(
        report=report,
        measured_on=measured_on,
        target=target or (leading.key if leading else ""),
        achieved=None if achieved is None else exact(achieved),
        started_on=started_on,
        milestones_done=milestones_done,
        visible_progress=visible_progress,
        problems=problems,
        evidence=evidence,
    )
    return _judged(state, fact, on)


def confirm_report(state: MatterState, *, on: date, report: UUID) -> f.ReportConfirmed:
    """Take a report as right. Raises UnknownReport, ReportAnswered."""
    return _judged(state, f.ReportConfirmed(report=report), on)


def return_report(
    state: MatterState, *, on: date, report: UUID, reason: TextDigest
) -> f.ReportReturned:
    """Send a report back with the reason. Raises UnknownReport, ReportAnswered."""
    return _judged(state, f.ReportReturned(report=report, reason=reason), on)


def request_change(
    state: MatterState, *, on: date, request: UUID, revision: f.Revision, reason: TextDigest
) -> f.ChangeRequested:
    """Ask for another plan.

    Raises NothingAsked, DueBeforeStart, MilestoneOutside, MatterIsDraft.
    """
    if revision.quantity is not None:
        revision = replace(revision, quantity=exact(revision.quantity))
    if revision.milestones is not None:
        revision = replace(revision, milestones=_in_order(revision.milestones))
    return _judged(state, f.ChangeRequested(request=request, revision=revision, reason=reason), on)


def decide_change(
    state: MatterState, *, on: date, request: UUID, granted: bool, reason: TextDigest
) -> f.ChangeDecided:
    """Grant or refuse a requested change. Raises UnknownRequest, RequestAnswered."""
    return _judged(state, f.ChangeDecided(request=request, granted=granted, reason=reason), on)


def verify(
    state: MatterState,
    *,
    on: date,
    done_by_units: tuple[UUID, ...],
    verified_by_unit: UUID,
    verified_by_person: UUID,
) -> f.MatterVerified:
    """Find the matter done; ``done_by_units`` are the doing units and all below them that day.

    Raises FixesMissing, AlreadyVerified, ReportsWaiting, DoerCannotVerify, NotTheNamedVerifier.
    """
    fact = f.MatterVerified(
        done_by_units=done_by_units,
        verified_by_unit=verified_by_unit,
        verified_by_person=verified_by_person,
    )
    return _judged(state, fact, on)


def close_out(
    state: MatterState,
    *,
    on: date,
    done_by_units: tuple[UUID, ...],
    verified_by_unit: UUID,
    verified_by_person: UUID,
) -> f.MatterClosedOut:
    """Close the matter out (销号). Raises NotVerified, FixesMissing, DoerCannotVerify."""
    fact = f.MatterClosedOut(
        done_by_units=done_by_units,
        verified_by_unit=verified_by_unit,
        verified_by_person=verified_by_person,
    )
    return _judged(state, fact, on)


def suspend(state: MatterState, *, on: date, reason: TextDigest) -> f.MatterSuspended:
    """Let the matter rest. Raises Suspended, MatterIsDraft."""
    return _judged(state, f.MatterSuspended(reason=reason), on)


def resume(state: MatterState, *, on: date, reason: TextDigest) -> f.MatterResumed:
    """Let the matter go on. Raises NotSuspended."""
    return _judged(state, f.MatterResumed(reason=reason), on)


def divide(state: MatterState, *, on: date, parts: tuple[f.Part, ...]) -> f.MatterDivided:
    """Name the matters that are parts of this one. Raises SamePartTwice."""
    exact_parts = tuple(
        part if part.share is None else replace(part, share=exact(part.share)) for part in parts
    )
    return _judged(state, f.MatterDivided(parts=exact_parts), on)


def correct(state: MatterState, *, on: date, fact: Fact) -> Fact:
    """Judge a corrected fact like a first one. Raises what its verb raises."""
    if isinstance(fact, f.ProgressReported) and fact.achieved is not None:
        fact = replace(fact, achieved=exact(fact.achieved))
    if isinstance(fact, f.Submitted):
        check(state, fact.what, on)
    return _judged(state, fact, on)


def write_note(state: MatterState, *, on: date, note: TextDigest) -> f.NoteWritten:
    """Put a leader's note (批示) on the matter. Raises MatterUnknown, MatterClosed."""
    return _judged(state, f.NoteWritten(note=note), on)


def link_quote(
    state: MatterState,
    *,
    on: date,
    document: str,
    title: str,
    day: date,
    start: int,
    end: int,
    quote: TextDigest | None = None,
    report: UUID | None = None,
) -> f.QuoteLinked:
    """Say on which sentence the promise or a report rests. Raises QuoteUnclear, UnknownReport."""
    fact = f.QuoteLinked(
        document=document,
        title=title,
        day=day,
        start=start,
        end=end,
        quote=quote,
        report=report,
    )
    return _judged(state, fact, on)


def abolish(state: MatterState, *, on: date, reason: TextDigest) -> f.MatterAbolished:
    """End the matter without completion (撤销)."""
    return _judged(state, f.MatterAbolished(reason=reason), on)
