"""What can be recorded of a matter (事项).

These names are sealed with the entries and never change their meaning.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from luoshi.rules.colour import Comparator
from luoshi.rules.journal import TextDigest
from luoshi.rules.release import ReleaseSet


class Origin(StrEnum):
    """The two ways in, and no third."""

    ASSIGNED = "assigned"
    PUBLISHED = "published"


class MatterKind(StrEnum):
    """What sort of promise it is."""

    PROJECT = "project"
    PROGRAMME = "programme"
    INDICATOR = "indicator"
    TASK = "task"


class SourceKind(StrEnum):
    """Where a promise comes from."""

    DOCUMENT = "document"
    LEADER_NOTE = "leader_note"
    MEETING = "meeting"
    UPPER_LIST = "upper_list"
    OTHER = "other"


class Stage(StrEnum):
    """Where a project stands: the four stages (四段) and the reserve before them."""

    RESERVE = "reserve"
    PREPARATORY = "preparatory"
    NEW_START = "new_start"
    CONTINUING = "continuing"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source of a matter: its day, and the place in it (a paragraph, an item, a row)."""

    kind: SourceKind
    title: str
    day: date
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What is to be reached: ``quantity`` and ``baseline`` in ``unit``; one target leads."""

    key: str
    quantity: Decimal
    unit: str
    comparator: Comparator
    subject: str = ""
    baseline: Decimal | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Milestone:
    """A dated step (节点); ``weight`` is its share of the whole, in any unit the list shares."""

    key: str
    title: str
    due: date
    weight: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A point of the matter's own plan: the whole amount to be reached by the end of ``day``."""

    day: date
    amount: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestoneDone:
    """A milestone said to be reached on ``done_on``."""

    key: str
    done_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A file behind a report: salted digests of name and content, size in bytes, media type.

    The type is found in the content.
    """

    name: TextDigest
    content: TextDigest
    size: int
    media_type: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """It waited inside the unit and was let out; ``sheet`` are the scanned pages of the paper."""

    sheet: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A matter that is part of this one; ``share`` of the whole's figure is in the whole's unit."""

    matter: UUID
    mandatory: bool = True
    derived: bool = False
    share: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterRegistered:
    """A matter enters the ledger; ``verifier_unit`` is named where the office itself leads."""

    code: str
    title: str
    kind: MatterKind
    origin: Origin
    sources: tuple[Source, ...]
    goals: tuple[UUID, ...] = ()
    area: str = ""
    verifier_unit: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterPlaced:
    """The matter stands on these nodes of the goal tree, in this area."""

    goals: tuple[UUID, ...]
    area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSet:
    """四段: the stage of the project; ``listed`` (据清单): as a published list has it."""

    stage: Stage
    listed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponsibilityFixed:
    """定责任: who leads, who supports, which post answers, which leader's post sponsors."""

    lead_unit: UUID
    supporting_units: tuple[UUID, ...] = ()
    responsible_post: UUID | None = None
    sponsoring_post: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetFixed:
    """定目标: measurable targets, or a criterion of acceptance in words."""

    targets: tuple[Target, ...] = ()
    acceptance: TextDigest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MilestonesFixed:
    """定节点: from when to when, by which steps, along which plan; inferred days are marked."""

    due: date | None = None
    start: date | None = None
    start_inferred: bool = False
    due_inferred: bool = False
    planned_start: date | None = None
    milestones: tuple[Milestone, ...] = ()
    plan: tuple[Planned, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterAssigned:
    """交办: all three fixes stand, the matter is handed to its units."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterAccepted:
    """签收: a unit took the matter over."""

    unit: UUID


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
class Revision:
    """What a change asks for; what is None stays as it is.

    ``exempt_until`` ends an objective-cause exemption.
    """

    due: date | None = None
    quantity: Decimal | None = None
    milestones: tuple[Milestone, ...] | None = None
    exempt_until: date | None = None


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterVerified:
    """核查: another unit than the doers found the matter done."""

    done_by_units: tuple[UUID, ...]
    verified_by_unit: UUID
    verified_by_person: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterClosedOut:
    """销号: the matter is closed on the ground of its verification."""

    done_by_units: tuple[UUID, ...]
    verified_by_unit: UUID
    verified_by_person: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterSuspended:
    """中止: work and clock rest."""

    reason: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterResumed:
    """恢复: work and clock go on."""

    reason: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterDivided:
    """分解: other matters are parts of this one."""

    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterAbolished:
    """撤销: the promise no longer stands."""

    reason: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteWritten:
    """批示: what a leader wrote on the matter; the words are read by its line only."""

    note: TextDigest


@dataclass(frozen=True, slots=True, kw_only=True)
class QuoteLinked:
    """The sentence of a published document on which the promise, or one of its reports, rests.

    ``document`` is the SHA-256 of the document's text in UTF-8, in hex: whoever has the document
    can show that it is this one. ``start`` and ``end`` count its code points; ``quote`` is the
    digest of those characters, None where the text was not supplied. ``report`` names the report
    that rests on it, None for the promise itself.
    """

    document: str
    title: str
    day: date
    start: int
    end: int
    quote: TextDigest | None = None
    report: UUID | None = None


MatterFact = (
    MatterRegistered
    | MatterPlaced
    | StageSet
    | ResponsibilityFixed
    | TargetFixed
    | MilestonesFixed
    | MatterAssigned
    | MatterAccepted
    | ProgressReported
    | ReportConfirmed
    | ReportReturned
    | ChangeRequested
    | ChangeDecided
    | MatterVerified
    | MatterClosedOut
    | MatterSuspended
    | MatterResumed
    | MatterDivided
    | MatterAbolished
    | NoteWritten
    | QuoteLinked
    | Submitted
    | SubmissionReviewed
    | SubmissionSentBack
)
