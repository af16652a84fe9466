"""What is recorded of a matter's course: its fixes, standing, parts, notes, sentences."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.rules.journal import TextDigest
from luoshi.rules.ledger.facts.things import (
    MatterKind,
    Milestone,
    Origin,
    Part,
    Planned,
    Source,
    Stage,
    Target,
)


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
