"""Calendars and rule sets as the journal keeps them."""

from uuid import UUID

from luoshi.base.codec import Codec, FactKind
from luoshi.base.journal import Projected, ThreadKind
from luoshi.clocks.models import Calendar, RuleSet
from luoshi.rules.colour import ColourRule
from luoshi.rules.journal import Days
from luoshi.rules.standards import (
    CalendarLaw,
    CalendarState,
    RuleLaw,
    RuleState,
    YearAnnounced,
)


def _calendar(
    days: Days[CalendarState],
    *,
    district: UUID,
    thread: UUID,
    surroundings: object,
    memory: object = None,
) -> Projected:
    years = days[-1][1].years if days else {}
    return Projected(
        Calendar(
            id=thread,
            district=district,
            first_year=min(years, default=None),
            last_year=max(years, default=None),
        )
    )


def _rule_set(
    days: Days[RuleState],
    *,
    district: UUID,
    thread: UUID,
    surroundings: object,
    memory: object = None,
) -> Projected:
    if not days:
        return Projected(None)
    last = days[-1][1].issued[-1]
    return Projected(
        RuleSet(
            id=thread,
            district=district,
            code=last.code,
            version=last.version,
            in_force_from=last.in_force_from,
            in_force_to=last.in_force_to,
            document=last.document,
        )
    )


CALENDARS = ThreadKind(
    name="calendar",
    law=CalendarLaw,
    codec=Codec((FactKind("calendar.year_announced", YearAnnounced),)),
    project=_calendar,
    row=Calendar,
    spells=(),
)
RULE_SETS = ThreadKind(
    name="rule_set",
    law=RuleLaw,
    codec=Codec((FactKind("rule_set.colour_issued", ColourRule),)),
    project=_rule_set,
    row=RuleSet,
    spells=(),
)
