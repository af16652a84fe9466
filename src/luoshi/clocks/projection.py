"""Calendars and rule sets as the journal keeps them."""

from uuid import UUID

from luoshi.base.codec import Codec, FactKind
from luoshi.base.threads import ThreadKind
from luoshi.clocks.models import Calendar, RuleSet
from luoshi.rules.colour import ColourRule
from luoshi.rules.standards import (
    CalendarLaw,
    CalendarState,
    RuleLaw,
    RuleState,
    YearAnnounced,
)


def _calendar(state: CalendarState, district: UUID, thread: UUID) -> Calendar:
    return Calendar(
        id=thread,
        district=district,
        first_year=min(state.years, default=None),
        last_year=max(state.years, default=None),
    )


def _rule_set(state: RuleState, district: UUID, thread: UUID) -> RuleSet:
    last = state.issued[-1]
    return RuleSet(
        id=thread,
        district=district,
        code=last.code,
        version=last.version,
        in_force_from=last.in_force_from,
        in_force_to=last.in_force_to,
        document=last.document,
    )


CALENDARS = ThreadKind(
    name="calendar",
    law=CalendarLaw,
    codec=Codec((FactKind("calendar.year_announced", YearAnnounced),)),
    row=Calendar,
    row_of=_calendar,
)
RULE_SETS = ThreadKind(
    name="rule_set",
    law=RuleLaw,
    codec=Codec((FactKind("rule_set.colour_issued", ColourRule),)),
    row=RuleSet,
    row_of=_rule_set,
)
