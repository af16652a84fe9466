"""The milestone test: how near or how late each open milestone is, in calendar days."""

from datetime import date

from luoshi.rules.colour.facts import ColourFacts, Level, MilestoneFact
from luoshi.rules.colour.rule import ColourRule


def milestone_level(milestone: MilestoneFact, day: date, rule: ColourRule) -> Level:
    """Return the level of one milestone on a day; the due day counts as the last."""
    if milestone.done_on is not None and milestone.done_on <= day:
        return Level.GREEN
    late = days_late(milestone, day)
    if late < -rule.soon_days:
        return Level.GREEN
    if late <= rule.late_blue_days:
        return Level.BLUE
    return Level.YELLOW if late <= rule.late_yellow_days else Level.RED


def days_late(milestone: MilestoneFact, day: date) -> int:
    """Return the calendar days from the due day to ``day``; negative while it is ahead."""
    return day.toordinal() - milestone.due.toordinal()


def milestones_level(facts: ColourFacts, day: date, rule: ColourRule) -> Level | None:
    """Return the level of the worst milestone, or None where there are none."""
    worst: Level | None = None
    for milestone in facts.milestones:
        level = milestone_level(milestone, day, rule)
        if worst is None or level.severity > worst.severity:
            worst = level
    return worst
