"""The law of the audit list: lines chained by day, each closed day one entry of the journal.

Source: GB/T 22239-2019 §8.1.4 (安全审计): every user and every act of weight; day, time, who, what,
outcome; protected against change. 网络安全法 art. 21: kept for at least six months.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import sha256
from types import MappingProxyType
from typing import Any

from luoshi.rules.journal import Entry
from luoshi.rules.refusals import Refusal

SHORTEST_RETENTION = 6
"""Months."""


class SegmentClosedAlready(Refusal):
    """The day was closed; facts: ``day``."""

    code = "segment_closed_already"


class SegmentNotClosed(Refusal):
    """Only a closed day can be dropped, and only once; facts: ``day``."""

    code = "segment_not_closed"


class SegmentTooYoung(Refusal):
    """The day must be kept longer; facts: ``day``, ``until``."""

    code = "segment_too_young"


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentClosed:
    """The lines of a day: how many there are, the number of the first, the digest of the last."""

    day: date
    first_number: int
    count: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentDropped:
    """The lines of a day were dropped after their time."""

    day: date


AuditFact = SegmentClosed | SegmentDropped


@dataclass(frozen=True, slots=True)
class AuditState:
    """The days that were closed, and those dropped since."""

    closed: MappingProxyType[date, SegmentClosed] = field(
        default_factory=lambda: MappingProxyType({})
    )
    dropped: frozenset[date] = frozenset()


class AuditLaw:
    """The law of a district's audit thread."""

    @staticmethod
    def initial() -> AuditState:
        """Return a list of which no day is closed."""
        return AuditState()

    @staticmethod
    def applied(state: AuditState, entry: Entry[Any]) -> AuditState:
        """Return the list with one more day closed or dropped."""
        fact = entry.fact
        if isinstance(fact, SegmentDropped):
            return AuditState(state.closed, state.dropped | {fact.day})
        return AuditState(MappingProxyType({**state.closed, fact.day: fact}), state.dropped)

    @staticmethod
    def check(state: AuditState, fact: AuditFact, on: date) -> None:
        """Raise SegmentClosedAlready, SegmentNotClosed, SegmentTooYoung."""
        if isinstance(fact, SegmentClosed):
            if fact.day in state.closed:
                raise SegmentClosedAlready(day=fact.day)
            return
        if fact.day not in state.closed or fact.day in state.dropped:
            raise SegmentNotClosed(day=fact.day)
        if on < (until := kept_until(fact.day)):
            raise SegmentTooYoung(day=fact.day, until=until)

    @staticmethod
    def touched(fact: AuditFact) -> frozenset[str]:
        """Return the day that the fact speaks of."""
        return frozenset({fact.day.isoformat()})


def kept_until(day: date, *, months: int = SHORTEST_RETENTION) -> date:
    """Return the first day on which the lines of a day may be dropped.

    Where the month has no such day, it is the first of the next.
    """
    first = _first_of(day, months)
    return min(first + timedelta(days=day.day - 1), _first_of(day, months + 1))


def _first_of(day: date, months: int) -> date:
    years, month = divmod(day.month - 1 + months, 12)
    return date(day.year + years, month + 1, 1)


def line_digest(previous: str, values: Iterable[object]) -> str:
    """Return the digest of a line: it covers the one before it and every value, one a line."""
    told = "\n".join("" if value is None else str(value).replace("\n", " ") for value in values)
    return sha256(f"{previous}\n{told}".encode()).hexdigest()
