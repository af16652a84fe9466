"""Who answers for a post on a day: its holder for a time, a delegate, the unit it is lent to.

All of it is a function of the day: what was given to a day ends on that day by itself.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from luoshi.rules.refusals import Refusal

NEXT = timedelta(days=1)


class DaysTurned(Refusal):
    """The last day lies before the first; facts: ``first``, ``last``."""

    code = "days_turned"


class BeginsBeforeItsEntry(Refusal):
    """It would begin before the day from which it is recorded; facts: ``first``, ``on``."""

    code = "begins_before_its_entry"


class GivenAlready(Refusal):
    """Another one holds on some of the days; facts: ``first``, ``last``."""

    code = "given_already"


class NobodyHolds(Refusal):
    """A post without a holder has nobody to delegate; facts: ``name``, ``on``."""

    code = "nobody_holds"


class OwnDelegate(Refusal):
    """Nobody is his own delegate."""

    code = "own_delegate"


class LentToItself(Refusal):
    """A post is lent to another unit than its own."""

    code = "lent_to_itself"


class NothingToRecall(Refusal):
    """There is no such delegation or loan, or it is over already."""

    code = "nothing_to_recall"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A person (random id) holds the post from that day on; None leaves it vacant.

    ``acting``: for another (代理). ``until`` is the last day of a holder for a time.
    """

    person: UUID | None
    acting: bool = False
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Charged:
    """What the post is there for: its duty, and the roles it carries in the ledger."""

    duty: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Delegated:
    """The holder lets a person act for the post from a day to a day, both included."""

    key: UUID
    person: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Lent:
    """The post acts in another unit, as a task force, from a day to a day, both included."""

    key: UUID
    unit: UUID
    first: date
    last: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """A delegation or loan is over from that day on."""

    key: UUID


PostFact = Held | Charged | Delegated | Lent | Recalled


@dataclass(frozen=True, slots=True)
class Span:
    """Something given to a person or unit from a day to a day, both included."""

    key: UUID
    to: UUID
    first: date
    last: date


class PostState(Protocol):
    """What of a post's state is a matter of days."""

    @property
    def name(self) -> str:
        """Return its name."""
        ...

    @property
    def parent(self) -> UUID | None:
        """Return the unit it belongs to."""
        ...

    @property
    def holder(self) -> UUID | None:
        """Return who was given the post last."""
        ...

    @property
    def until(self) -> date | None:
        """Return the holder's last day where there is one."""
        ...

    @property
    def delegations(self) -> tuple[Span, ...]:
        """Return whom it was delegated to."""
        ...

    @property
    def loans(self) -> tuple[Span, ...]:
        """Return which units it was lent to."""
        ...


def holder_on(state: PostState, day: date) -> UUID | None:
    """Return who holds the post on a day."""
    return state.holder if state.until is None or day <= state.until else None


def delegate_on(state: PostState, day: date) -> UUID | None:
    """Return who acts for the holder on a day; without a holder nobody does."""
    return None if holder_on(state, day) is None else _given_on(state.delegations, day)


def lent_on(state: PostState, day: date) -> UUID | None:
    """Return the unit in which the post acts on a day, None where it acts in its own."""
    return _given_on(state.loans, day)


def _given_on(spans: Iterable[Span], day: date) -> UUID | None:
    return next((span.to for span in spans if span.first <= day <= span.last), None)


def turns_of(state: PostState) -> list[date]:
    """Return the days on which something begins or ends by itself, in their order."""
    spans = (*state.delegations, *state.loans)
    ends = [span.last for span in spans] + ([state.until] if state.until else [])
    after = [last + NEXT for last in ends if last < date.max]
    return sorted({*(span.first for span in spans), *after})


def check_held(_state: PostState, fact: Held, on: date) -> None:
    """Raise DaysTurned where a holder's last day lies before the first."""
    if fact.until is not None:
        check_days(on, fact.until)


def check_delegated(state: PostState, fact: Delegated, on: date) -> None:
    """Raise NobodyHolds, OwnDelegate, and what stands against the days."""
    _check_span(state.delegations, fact, on)
    holder = holder_on(state, fact.first)
    if holder is None:
        raise NobodyHolds(name=state.name, on=fact.first)
    if holder == fact.person:
        raise OwnDelegate


def check_lent(state: PostState, fact: Lent, on: date) -> None:
    """Raise LentToItself, and what stands against the days."""
    _check_span(state.loans, fact, on)
    if fact.unit == state.parent:
        raise LentToItself


def check_recalled(state: PostState, fact: Recalled, on: date) -> None:
    """Raise NothingToRecall where nothing of this key is left on the day."""
    spans = (*state.delegations, *state.loans)
    if not any(span.key == fact.key and on <= span.last for span in spans):
        raise NothingToRecall


def check_days(first: date, last: date) -> None:
    """Raise DaysTurned where the last day lies before the first."""
    if last < first:
        raise DaysTurned(first=first, last=last)


def _check_span(spans: Iterable[Span], fact: Delegated | Lent, on: date) -> None:
    check_days(fact.first, fact.last)
    if fact.first < on:
        raise BeginsBeforeItsEntry(first=fact.first, on=on)
    for span in spans:
        if span.first <= fact.last and fact.first <= span.last:
            raise GivenAlready(first=span.first, last=span.last)


def span_of(fact: Delegated | Lent) -> Span:
    """Return what a fact gives, to whom, from when to when."""
    to = fact.person if isinstance(fact, Delegated) else fact.unit
    return Span(fact.key, to, fact.first, fact.last)


def ended(spans: Iterable[Span], on: date, *, key: UUID | None = None) -> tuple[Span, ...]:
    """Return what is left when those of a key (None: all) are over from a day on."""
    cut = (
        replace(span, last=min(span.last, on - NEXT)) if key in {None, span.key} else span
        for span in spans
    )
    return tuple(span for span in cut if span.first <= span.last)
