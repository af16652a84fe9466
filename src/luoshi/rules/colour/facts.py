"""What a colour is judged from: levels, colours, and the facts between two entries."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from operator import attrgetter
from typing import Self


class Level(StrEnum):
    """What the tests say of a day. Ordered by severity: green < blue < yellow < red."""

    severity: int  # 0 green .. 3 red

    def __new__(cls, value: str, severity: int) -> Self:
        """Make a level that is a plain string with its severity."""
        level = str.__new__(cls, value)
        level._value_ = value
        level.severity = severity
        return level

    GREEN = "green", 0
    BLUE = "blue", 1
    YELLOW = "yellow", 2
    RED = "red", 3

    def __lt__(self, other: str) -> bool:
        """Say whether this level is less severe; only levels compare."""
        return self.severity < other.severity if isinstance(other, Level) else NotImplemented

    def __le__(self, other: str) -> bool:
        """Say whether this level is not more severe."""
        return self.severity <= other.severity if isinstance(other, Level) else NotImplemented

    def __gt__(self, other: str) -> bool:
        """Say whether this level is more severe."""
        return self.severity > other.severity if isinstance(other, Level) else NotImplemented

    def __ge__(self, other: str) -> bool:
        """Say whether this level is not less severe."""
        return self.severity >= other.severity if isinstance(other, Level) else NotImplemented

    @property
    def one_step_better(self) -> "Level":
        """The next level towards green; green stays green."""
        return LEVELS[max(self.severity - 1, 0)]


LEVELS = tuple(Level)


class Colour(StrEnum):
    """What is shown of a day: a level, or why there is none."""

    GREEN = "green"
    BLUE = "blue"
    YELLOW = "yellow"
    RED = "red"
    UNREPORTED = "unreported"  # 未报: the last period due has no report
    SUSPENDED = "suspended"  # 中止: grey, with the last colour beside it
    UNGRADED = "ungraded"  # no test has data and no report is owed
    CLOSED = "closed"

    @classmethod
    def of(cls, level: Level) -> "Colour":
        """Return the colour of a level."""
        return _COLOURS_OF_LEVELS[level.severity]


_COLOURS_OF_LEVELS = tuple(Colour(level.value) for level in LEVELS)


class Comparator(StrEnum):
    """How an amount is held against a target's quantity; ABOUT (约) is held like AT_LEAST."""

    is_ceiling: bool  # less is better

    def __new__(cls, value: str) -> Self:
        """Make a comparator that is a plain string and knows which way it looks."""
        comparator = str.__new__(cls, value)
        comparator._value_ = value
        comparator.is_ceiling = value.startswith("<")
        return comparator

    EQUAL = "="
    AT_LEAST = ">="
    MORE = ">"
    AT_MOST = "<="
    LESS = "<"
    ABOUT = "~"


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """The whole amount planned to be done by the end of ``day``, in the target's unit."""

    day: date
    amount: Decimal


# Nobody changes them; not frozen, these two are made in a third of the time, and each entry makes
# some.
@dataclass(slots=True, unsafe_hash=True)
class Measurement:
    """The whole amount so far at the end of ``measured_on``; counts from ``counts_from`` on.

    ``counts_from`` is the day of the confirmation, or the day on which the confirmer's silence
    makes it count.
    """

    measured_on: date
    amount: Decimal
    counts_from: date

    @property
    def speaks_from(self) -> date:
        """The first day on which it is both made and counted."""
        return max(self.measured_on, self.counts_from)


@dataclass(frozen=True, slots=True)
class MilestoneFact:
    """A milestone (节点): the day ``due`` is the last; ``done_on`` is None while open."""

    key: str
    due: date
    done_on: date | None = None


_BY_DAY = attrgetter("day", "amount")
in_order_of_measuring = attrgetter("measured_on", "counts_from", "amount")
_BY_DUE = attrgetter("due", "key")


@dataclass(slots=True, kw_only=True, unsafe_hash=True)
class ColourFacts:
    """The facts of a matter that hold between two entries.

    The order in which plan, measurements and milestones are given says nothing: they are kept
    sorted, so equal facts are equal. Of two measurements of one day the one that counts later
    speaks. ``plan`` is the matter's own cumulative plan; empty means the straight line from
    ``start`` to ``due``, both days included. ``reported_until`` is the latest ``measured_on`` of
    any submitted report. ``planned_start`` is a stated one, for the start test only.
    """

    registered_on: date
    quantity: Decimal | None = None
    comparator: Comparator = Comparator.EQUAL
    start: date | None = None
    start_inferred: bool = False
    due: date | None = None
    plan: tuple[PlanPoint, ...] = ()
    measured: tuple[Measurement, ...] = ()
    reported_until: date | None = None
    milestones: tuple[MilestoneFact, ...] = ()
    planned_start: date | None = None
    started_on: date | None = None
    suspended: bool = False
    exempt_until: date | None = None
    parts_complete: bool = True
    verified: bool = False
    closed: bool = False

    def __post_init__(self) -> None:
        """Put plan, measurements and milestones in their one order."""
        if len(self.measured) > 1:
            self.measured = tuple(sorted(self.measured, key=in_order_of_measuring))
        if len(self.plan) > 1:
            self.plan = tuple(sorted(self.plan, key=_BY_DAY))
        if len(self.milestones) > 1:
            self.milestones = tuple(sorted(self.milestones, key=_BY_DUE))

    @property
    def is_graded(self) -> bool:
        """Whether tests are held at all: neither suspended nor closed."""
        return not (self.suspended or self.closed)
