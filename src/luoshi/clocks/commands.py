"""Every write of the standards: years of the calendar and rule sets."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.journal import Actor, Change, Command, record
from luoshi.base.models import Thread
from luoshi.base.threads import ThreadKind
from luoshi.clocks import verbs
from luoshi.clocks.projection import CALENDARS, RULE_SETS
from luoshi.rules.colour import ColourRule
from luoshi.rules.journal import Entry
from luoshi.rules.standards import YearAnnounced


def calendar_of(district: UUID) -> UUID:
    """Return the id of a district's calendar: there is one."""
    return uuid5(district, "calendar")


def rule_set_of(district: UUID, code: str) -> UUID:
    """Return the id of a district's rule set of a code."""
    return uuid5(district, f"rule_set:{code}")


def announce_year(
    *,
    year: int,
    off: tuple[date, ...],
    make_up: tuple[date, ...],
    document: str,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Enter a year's arrangement from its announcement on.

    Raises NotAllowed, YearNotMeant, YearOutsideItself.
    """
    fact = YearAnnounced(year=year, off=off, make_up=make_up, document=document)
    thread = calendar_of(by.district)
    return _record(
        CALENDARS, thread, fact, on=on, expected=expected, command_id=command_id, by=by, at=at
    )


def issue_colour_rule(
    *, rule: ColourRule, on: date, expected: int, command_id: UUID, by: Actor, at: datetime
) -> Entry[Any]:
    """Issue the thresholds of the four colours. Raises NotAllowed, RuleNeedsAnotherReader."""
    thread = rule_set_of(by.district, "colour")
    return _record(
        RULE_SETS, thread, rule, on=on, expected=expected, command_id=command_id, by=by, at=at
    )


def _record(
    kind: ThreadKind,
    thread: UUID,
    fact: Any,
    *,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    verbs.set_standards.check(by)

    def decide(state: Any) -> Any:
        kind.law.check(state, fact, on)
        return fact

    change = Change(kind=kind, thread=thread, decide=decide, on=on, expected=expected)
    return record(change, command=Command(id=command_id, by=by, at=at))[0]


def last_of_calendar(district: UUID) -> int:
    """Return the number of the calendar's last entry, 0 before the first."""
    rows = Thread.objects.filter(pk=calendar_of(district))
    return rows.values_list("last_number", flat=True).first() or 0
