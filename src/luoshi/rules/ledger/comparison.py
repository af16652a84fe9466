"""What became of a matter between two looks at the ledger: new, worse, better, closed, changed."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from datetime import date
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from luoshi.rules.ledger.state import Standing


class Became(StrEnum):
    """What became of a matter; the first that fits, in the order in which a leader asks."""

    WORSE = "worse"
    NEW = "new"
    CLOSED = "closed"  # 销号, 撤销
    BETTER = "better"
    CHANGED = "changed"
    REOPENED = "reopened"  # a close-out was taken back
    PASSED = "passed"  # new and closed between the two looks
    GONE = "gone"  # its registration was taken back, or was not known yet
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class Glimpse:
    """As much of a matter as tells whether it came, ended or turned."""

    standing: str
    colour: str
    last_colour: str

    @property
    def is_ended(self) -> bool:
        """Tell whether the matter was closed out or abolished."""
        return self.standing in {Standing.CLOSED, Standing.ABOLISHED}

    @property
    def gravity(self) -> int | None:
        """Return how grave the colour is, None without one; a resting matter has its last."""
        colour = self.last_colour if self.colour == "suspended" else self.colour
        return GRAVITY.get(colour)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen(Glimpse):
    """What a list shows of a matter at one look; the fields are those that are compared."""

    title: str
    kind: str
    is_unreported: bool
    is_awaiting: bool
    is_answer_late: bool
    missing: str
    lead_unit: UUID | None
    responsible_post: UUID | None
    sponsoring_post: UUID | None
    comparator: str
    quantity: Decimal | None
    unit: str
    achieved: Decimal | None
    submitted: Decimal | None
    start: date | None
    due: date | None
    area: str
    stage: str
    goals: tuple[UUID, ...]


GRAVITY = {"green": 0, "blue": 1, "unreported": 2, "yellow": 3, "red": 4}
"""Which colour is worse. Silence stands before yellow: never an advantage, never proof of fault."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One column that is not as it was."""

    column: str
    old: object
    new: object


COLUMNS = tuple(each.name for each in fields(Seen) if each.name != "last_colour")


def differences(old: Seen, new: Seen) -> tuple[Difference, ...]:
    """Return the columns that differ, in the order of a list."""
    pairs = ((name, getattr(old, name), getattr(new, name)) for name in COLUMNS)
    return tuple(Difference(*pair) for pair in pairs if pair[1] != pair[2])


def became(old: Glimpse | None, new: Glimpse | None, *, differs: bool) -> Became:
    """Return what became of a matter from one look to the other; None: not in the ledger.

    ``differs`` says whether any column is not as it was.
    """
    if old is None:
        return _arrived(new)
    if new is None:
        return Became.GONE
    if old.is_ended != new.is_ended:
        return Became.CLOSED if new.is_ended else Became.REOPENED
    turned = _turned(old, new)
    if turned is not None:
        return turned
    return Became.CHANGED if differs else Became.SAME


def _arrived(new: Glimpse | None) -> Became:
    if new is None:
        return Became.SAME
    return Became.PASSED if new.is_ended else Became.NEW


def _turned(old: Glimpse, new: Glimpse) -> Became | None:
    """Tell whether the colour is worse or better.

    Readings: a matter without a colour becomes worse where its first one is not green; to rest, or
    to be judged no longer, is no improvement.
    """
    before, after = old.gravity, new.gravity
    if after is None:
        return None
    if after > (before or 0):
        return Became.WORSE
    if before is None or new.colour == "suspended":
        return None
    return Became.BETTER if after < before else None


@dataclass(frozen=True, slots=True)
class Balance:
    """Open matters then and now, and what lies between; unit: matters."""

    then: int
    new: int
    reopened: int
    closed: int
    gone: int
    now: int

    def plus(self, other: "Balance", *, times: int = 1) -> "Balance":
        """Return the balance with other matters counted in so many times; -1 leaves them out."""
        pairs = zip(astuple(self), astuple(other), strict=True)
        return Balance(*(mine + times * theirs for mine, theirs in pairs))


def balance(pairs: Iterable[tuple[Glimpse | None, Glimpse | None]], unchanged: int) -> Balance:
    """Count the open matters of both looks; ``unchanged`` are open in both and were not read.

    It always holds that then + new + reopened - closed - gone = now.
    """
    found = dict.fromkeys(("then", "new", "reopened", "closed", "gone", "now"), 0)
    for old, new in pairs:
        was, is_ = _is_open(old), _is_open(new)
        found["then"] += was
        found["now"] += is_
        if was != is_:
            found[_gate(old, new)] += 1
    found["then"] += unchanged
    found["now"] += unchanged
    return Balance(**found)


def _is_open(seen: Glimpse | None) -> bool:
    return seen is not None and not seen.is_ended


def _gate(old: Glimpse | None, new: Glimpse | None) -> str:
    """Return by which way a matter came among the open ones, or left them."""
    if _is_open(new):
        return "new" if old is None else "reopened"
    return "gone" if new is None else "closed"
