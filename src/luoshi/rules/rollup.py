"""The law of a published roll-up: a district's counts of one day, as its office gave them out."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.rules.journal import Entry
from luoshi.rules.refusals import Refusal


class RollupUneven(Refusal):
    """The counts do not add up to the matters; facts: ``matters``, ``counted``."""

    code = "rollup_uneven"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColourCount:
    """So many open matters have a colour."""

    colour: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupPublished:
    """The counts of ``day`` as known at journal number ``known_at``; unit: matters.

    ``late`` are those of the open ones that are behind their due day.
    """

    day: date
    known_at: int
    matters: int
    colours: tuple[ColourCount, ...]
    closed: int
    abolished: int
    late: int


@dataclass(frozen=True, slots=True)
class RollupState:
    """What was published of a day; the latest publication holds."""

    published: RollupPublished | None = None


class RollupLaw:
    """The law of the thread of one day's roll-up."""

    @staticmethod
    def initial() -> RollupState:
        """Return a day of which nothing is published."""
        return RollupState()

    @staticmethod
    def applied(_state: RollupState, entry: Entry[Any]) -> RollupState:
        """Return the day as last published."""
        return RollupState(entry.fact)

    @staticmethod
    def check(_state: RollupState, fact: RollupPublished, _on: date) -> None:
        """Raise RollupUneven where the counts are not those of the matters."""
        counted = sum(one.count for one in fact.colours) + fact.closed + fact.abolished
        if counted != fact.matters:
            raise RollupUneven(matters=fact.matters, counted=counted)

    @staticmethod
    def touched(_fact: RollupPublished) -> frozenset[str]:
        """Return the one part there is."""
        return frozenset({"rollup"})
