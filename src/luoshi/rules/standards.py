"""The law of dated standards: years of the calendar and rule sets, each with its document."""

from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Any

from luoshi.rules.colour import ColourRule
from luoshi.rules.journal import Entry
from luoshi.rules.refusals import Refusal


class YearOutsideItself(Refusal):
    """A day of the arrangement lies outside its year; facts: ``year``, ``day``."""

    code = "year_outside_itself"


class YearNotMeant(Refusal):
    """No arrangement is made of such a year: a slip of the hand; facts: ``year``."""

    code = "year_not_meant"


EARLIEST_YEAR, YEARS_AHEAD = 1949, 10
"""An arrangement comes out in the autumn before its year. Far ahead every colour would be told to
the end of a year that was never meant."""


@dataclass(frozen=True, slots=True, kw_only=True)
class YearAnnounced:
    """A year's days off and make-up working days, as announced; the latest announcement holds."""

    year: int
    off: tuple[date, ...]
    make_up: tuple[date, ...]
    document: str


@dataclass(frozen=True, slots=True)
class CalendarState:
    """The years announced by a day."""

    years: MappingProxyType[int, YearAnnounced] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True)
class RuleState:
    """The rule sets issued by a day, oldest first."""

    issued: tuple[ColourRule, ...] = ()


class CalendarLaw:
    """The law of a calendar's thread."""

    @staticmethod
    def initial() -> CalendarState:
        """Return a calendar without years."""
        return CalendarState()

    @staticmethod
    def applied(state: CalendarState, entry: Entry[Any]) -> CalendarState:
        """Return the calendar with one more announcement."""
        return CalendarState(MappingProxyType({**state.years, entry.fact.year: entry.fact}))

    @staticmethod
    def check(_state: CalendarState, fact: YearAnnounced, on: date) -> None:
        """Raise YearNotMeant, and YearOutsideItself for a day of another year."""
        if not EARLIEST_YEAR <= fact.year <= on.year + YEARS_AHEAD:
            raise YearNotMeant(year=fact.year)
        for day in (*fact.off, *fact.make_up):
            if day.year != fact.year:
                raise YearOutsideItself(year=fact.year, day=day)

    @staticmethod
    def touched(fact: YearAnnounced) -> frozenset[str]:
        """Return the year that the fact speaks of."""
        return frozenset({str(fact.year)})


class RuleLaw:
    """The law of a rule set's thread."""

    @staticmethod
    def initial() -> RuleState:
        """Return no rule at all."""
        return RuleState()

    @staticmethod
    def applied(state: RuleState, entry: Entry[Any]) -> RuleState:
        """Return the rules with one more version."""
        return RuleState((*state.issued, entry.fact))

    @staticmethod
    def check(_state: RuleState, fact: ColourRule, _on: date) -> None:
        """Raise RuleNeedsAnotherReader where no code here can read the rule."""
        fact.check_reader()

    @staticmethod
    def touched(fact: ColourRule) -> frozenset[str]:
        """Return the rule set that the fact speaks of."""
        return frozenset({fact.code})
