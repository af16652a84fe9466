"""How much may be asked of a post in a week: a cap that the office sets, and its consents.

Until a cap is set there is none. What is counted is what is asked of a post, never what a person
does with the software.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from luoshi.rules.journal import Entry, TextDigest
from luoshi.rules.refusals import Refusal


class CapTooSmall(Refusal):
    """A cap allows at least one ask a week; facts: ``asks``."""

    code = "cap_too_small"


class AskAboveCap(Refusal):
    """A post would be asked more often in a week than the cap allows, and nobody consented.

    Facts: ``posts`` (ids), ``names``, ``cap`` (asks a week), ``week`` (its Monday).
    """

    code = "ask_above_cap"


class NoPostNamed(Refusal):
    """A consent names the posts that may be asked once more; facts: none."""

    code = "no_post_named"


@dataclass(frozen=True, slots=True, kw_only=True)
class CapSet:
    """So many asks a post may get in a week (Monday to Sunday); None takes the cap away."""

    asks_per_week: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AsksAllowed:
    """The office consents to asks above the cap, for these posts in the week of this Monday."""

    posts: tuple[UUID, ...]
    week: date
    reason: TextDigest


BurdenFact = CapSet | AsksAllowed


@dataclass(frozen=True, slots=True)
class BurdenState:
    """The cap in force, and for which posts in which weeks the office consented."""

    asks_per_week: int | None = None
    allowed: frozenset[tuple[UUID, date]] = frozenset()

    def above(self, asks: Mapping[UUID, int], *, week: date) -> list[UUID]:
        """Return the posts with more asks in a week than the cap allows, without a consent."""
        cap = self.asks_per_week
        if cap is None:
            return []
        return [
            post for post, count in asks.items() if count > cap and (post, week) not in self.allowed
        ]


def week_of(day: date) -> date:
    """Return the Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def initial() -> BurdenState:
    """Return no cap."""
    return BurdenState()


def applied(state: BurdenState, entry: Entry[Any]) -> BurdenState:
    """Return the cap and the consents with one more entry."""
    fact = entry.fact
    if isinstance(fact, CapSet):
        return replace(state, asks_per_week=fact.asks_per_week)
    return replace(state, allowed=state.allowed | {(post, fact.week) for post in fact.posts})


def check(_state: BurdenState, fact: BurdenFact, _on: date) -> None:
    """Raise CapTooSmall, NoPostNamed."""
    if isinstance(fact, CapSet):
        if fact.asks_per_week is not None and fact.asks_per_week < 1:
            raise CapTooSmall(asks=fact.asks_per_week)
    elif not fact.posts:
        raise NoPostNamed


def touched(fact: BurdenFact) -> frozenset[str]:
    """Return the parts that a fact speaks of: the cap, or posts in a week."""
    if isinstance(fact, CapSet):
        return frozenset({"cap"})
    return frozenset(f"{post}/{fact.week}" for post in fact.posts)
