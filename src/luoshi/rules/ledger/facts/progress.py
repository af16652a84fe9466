"""What is recorded of progress: reports, requests, what waits inside a unit, answers."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.rules.journal import TextDigest
from luoshi.rules.ledger.facts.things import (
    Evidence,
    MilestoneDone,
    Released,
    Revision,
)
from luoshi.rules.release import ReleaseSet


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgressReported:
    """The whole amount so far, as measured on a day.

    Words and files stand outside under their digests. ``released`` where it was submitted inside
    the unit first, under the same id.
    """

    report: UUID
    measured_on: date
    target: str = ""
    achieved: Decimal | None = None
    started_on: date | None = None
    milestones_done: tuple[MilestoneDone, ...] = ()
    visible_progress: TextDigest | None = None
    problems: TextDigest | None = None
    evidence: tuple[Evidence, ...] = ()
    released: Released | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportConfirmed:
    """The office takes the report's figures as right."""

    report: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportReturned:
    """The office sends the report back."""

    report: UUID
    reason: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeRequested:
    """A unit asks to change the plan; the first plan is kept whatever is decided.

    ``released`` where it was submitted inside the unit first, under the same id.
    """

    request: UUID
    revision: Revision
    reason: TextDigest
    released: Released | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """A report or a request waits inside the unit; it goes the way the unit had set by then."""

    way: ReleaseSet
    report: ProgressReported | None = None
    request: ChangeRequested | None = None

    @property
    def what(self) -> ProgressReported | ChangeRequested:
        """Return what it becomes when it is let out. Raises ValueError where it holds nothing."""
        held = self.report or self.request
        if held is None:
            msg = "a submission without content"
            raise ValueError(msg)
        return held

    @property
    def id(self) -> UUID:
        """Return the id of the report or request: the submission has the same."""
        held = self.what
        return held.report if isinstance(held, ProgressReported) else held.request


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionReviewed:
    """审核: a reviewer of the unit found it right."""

    submission: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmissionSentBack:
    """Inside the unit it goes back to who submitted it."""

    submission: UUID
    reason: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeDecided:
    """The office grants or refuses a requested change."""

    request: UUID
    granted: bool
    reason: TextDigest
