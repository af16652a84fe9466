"""Calendars and rule sets, by which colours are judged."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.plain import plain, shown_as
from luoshi.base.api.puts import writes
from luoshi.clocks import commands, queries, verbs

router = Room("clocks")
SETTING, READING = verbs.set_standards, verbs.read_standards


@dataclass(frozen=True, slots=True, kw_only=True)
class YearLine:
    """An announcement of a year: days off and make-up days; ``number`` is its entry."""

    number: int
    year: int
    off: list[date]
    make_up: list[date]
    working_days: int
    document: str
    on: date
    at: datetime
    is_replaced: bool


@lists(
    router, "/calendar/years", READING, of=YearLine, key="number", of_a_day=False, of_knowledge=True
)
def years(asked: Asked) -> list[YearLine]:
    """List the announced years, the latest first."""
    return [
        shown_as(YearLine, one, off=list(one.off), make_up=list(one.make_up))
        for one in queries.announced_visible_to(asked.actor, known_at=asked.known_at)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleLine:
    """The thresholds of the colours in force from a day on, with the document that issued them."""

    id: str
    rule: dict[str, Any]


@lists(router, "/rules/colour", READING, of=RuleLine, of_a_day=False, of_knowledge=True)
def colour_rules(asked: Asked) -> list[RuleLine]:
    """List the colour rules that were issued, the latest first."""
    found = [plain(rule) for rule in queries.rules_visible_to(asked.actor, known_at=asked.known_at)]
    return [
        RuleLine(id=str(len(found) - place), rule=rule)
        for place, rule in enumerate(found)
        if isinstance(rule, dict)
    ]


writes(router, "/calendar/years", SETTING, commands.announce_year, name="announce_year")
writes(router, "/rules/colour", SETTING, commands.issue_colour_rule, name="issue_colour_rule")
