"""What the ledger says of a matter on a day: the state that its entries fold to."""

from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple
from uuid import UUID

from luoshi.rules.journal import TextDigest
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import submissions as inside


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


def initial() -> MatterState:
    """Return a matter before its registration."""
    return MatterState()
