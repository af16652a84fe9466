"""What facts of a matter speak of: targets, milestones, files, parts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from luoshi.rules.colour import Comparator
from luoshi.rules.journal import TextDigest


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
class Revision:
    """What a change asks for; what is None stays as it is.

    ``exempt_until`` ends an objective-cause exemption.
    """

    due: date | None = None
    quantity: Decimal | None = None
    milestones: tuple[Milestone, ...] | None = None
    exempt_until: date | None = None
