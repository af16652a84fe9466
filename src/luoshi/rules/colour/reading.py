"""What fixed facts say on ascending days, without memory; only what moved is computed anew."""

from datetime import date

from luoshi.rules.colour.facts import ColourFacts, Level, Measurement
from luoshi.rules.colour.milestones import milestones_level
from luoshi.rules.colour.months import evaluated_month_end
from luoshi.rules.colour.reports import is_awaiting, is_unreported
from luoshi.rules.colour.rule import ColourRule
from luoshi.rules.colour.schedule import (
    Bands,
    Ratio,
    is_reached,
    latest_measurement,
    level_of_share,
    planned_amount,
    schedule_month_end,
    share_of_plan,
)
from luoshi.rules.colour.start import start_level


class Reading:
    """The judgement of a day, moved from day to day; its functions are those of ``judge``.

    ``counted`` is the figure that the schedule test holds against the plan, ``share`` is r.
    """

    __slots__ = (
        "_bands",
        "_evaluated",
        "_latest",
        "_month_end",
        "_schedule_level",
        "_silent",
        "awaiting",
        "counted",
        "facts",
        "level",
        "rule",
        "share",
        "unreported",
    )

    def __init__(self, facts: ColourFacts, rule: ColourRule, bands: Bands) -> None:
        """Begin before the first day; nothing is read until ``move``."""
        self.facts, self.rule, self._bands = facts, rule, bands
        self._evaluated: date | None = None
        self._month_end: date | None = None
        self._latest: Measurement | None = None
        self._schedule_level: Level | None = None
        self._silent = False
        self.counted: Measurement | None = None
        self.share: Ratio | None = None
        self.level: Level | None = None
        self.awaiting = False
        self.unreported = False

    def move(self, day: date) -> None:
        """Read the facts on a day."""
        facts, rule = self.facts, self.rule
        self._move_schedule(evaluated_month_end(day, rule.report_due_day), day)
        latest = latest_measurement(facts, day, day)
        if latest is not self._latest:
            self._latest = latest
            self.awaiting = is_awaiting(facts, reached=is_reached(facts, latest))
        self.unreported = self._silent and not self.awaiting and not facts.verified
        level = self._schedule_level
        if facts.milestones:
            level = _worse(level, milestones_level(facts, day, rule))
        if facts.planned_start is not None:
            level = _worse(level, start_level(facts, latest, day, rule))
        self.level = level

    def _move_schedule(self, evaluated: date, day: date) -> None:
        facts = self.facts
        moved = evaluated != self._evaluated
        if moved:
            self._evaluated = evaluated
            self._month_end = schedule_month_end(facts, evaluated)
            self._silent = is_unreported(facts, evaluated)
        month_end = self._month_end
        counted = None if month_end is None else latest_measurement(facts, month_end, day)
        if counted is self.counted and not moved:
            return
        self.counted, self.share, self._schedule_level = counted, None, None
        if month_end is None or counted is None:
            return
        planned = planned_amount(facts, month_end)
        if planned is not None:
            self.share = share_of_plan(facts, counted.amount, planned)
            self._schedule_level = level_of_share(self.share, self._bands)


def _worse(level: Level | None, other: Level | None) -> Level | None:
    if level is None or other is None:
        return level or other
    return other if other.severity > level.severity else level
