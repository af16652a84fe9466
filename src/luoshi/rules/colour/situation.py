"""Where a matter stands on a day: facts, rule set, and the amounts that its tests compare."""

from dataclasses import dataclass
from datetime import date
from typing import Self

from luoshi.rules.colour.facts import ColourFacts, Measurement
from luoshi.rules.colour.months import evaluated_month_end
from luoshi.rules.colour.reports import period_due
from luoshi.rules.colour.rule import ColourRule
from luoshi.rules.colour.schedule import (
    Ratio,
    latest_measurement,
    planned_amount,
    schedule_month_end,
    share_of_plan,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """The facts on a day.

    ``evaluated`` is the last month end whose report has come due, ``period`` the same where the
    report was owed, ``month_end`` the same where the schedule test looks at it (M). ``counted`` is
    the figure at M, ``latest`` the newest that counts on the day, ``planned`` the amount planned by
    M, ``share`` r.
    """

    facts: ColourFacts
    day: date
    rule: ColourRule
    evaluated: date
    period: date | None
    month_end: date | None
    counted: Measurement | None
    latest: Measurement | None
    planned: Ratio | None
    share: Ratio | None

    @classmethod
    def on(cls, day: date, facts: ColourFacts, rule: ColourRule) -> Self:
        """Return where a matter stands on a day."""
        evaluated = evaluated_month_end(day, rule.report_due_day)
        month_end = schedule_month_end(facts, evaluated)
        counted = planned = share = None
        if month_end is not None:
            counted = latest_measurement(facts, month_end, day)
            planned = planned_amount(facts, month_end)
        if counted is not None and planned is not None:
            share = share_of_plan(facts, counted.amount, planned)
        return cls(
            facts=facts,
            day=day,
            rule=rule,
            evaluated=evaluated,
            period=period_due(facts, evaluated),
            month_end=month_end,
            counted=counted,
            latest=latest_measurement(facts, day, day),
            planned=planned,
            share=share,
        )
