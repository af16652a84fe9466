"""The nearest change that would improve a level: codes and facts, no wording."""

from dataclasses import dataclass, field

from luoshi.rules.colour.facts import Level, Measurement
from luoshi.rules.colour.milestones import days_late, milestone_level
from luoshi.rules.colour.schedule import Ratio, amount_needed
from luoshi.rules.colour.situation import Situation


@dataclass(frozen=True, slots=True)
class Improvement:
    """A change that would improve the level.

    ``report``: report for the month that ends on ``period``. ``schedule``: have reached ``amount``
    by ``month_end`` to stand at ``level``. ``milestone``: finish ``key``. ``start``: start the
    work. ``together``: all of ``parts`` are needed.
    """

    code: str
    facts: dict[str, object] = field(default_factory=dict)
    parts: tuple["Improvement", ...] = ()

    @property
    def steps(self) -> tuple["Improvement", ...]:
        """The single changes needed, one or several."""
        return self.parts or (self,)


def improvement_of(
    here: Situation, levels: dict[str, Level], *, unreported: bool
) -> Improvement | None:
    """Return the nearest change that would improve a level, None where there is nothing to.

    ``levels`` holds the level of each test with data. Only the tests that stand at the worst level
    matter; all of them must be mended. Reading: where 未报 is seen instead of green, blue or
    nothing, the change is a report.
    """
    worst = max(levels.values(), default=None)
    if unreported and (worst is None or worst < Level.YELLOW):
        return Improvement("report", {"period": here.period})
    if worst is None or worst is Level.GREEN:
        return None
    steps: list[Improvement] = []
    if levels.get("schedule") is worst and here.planned is not None and here.counted is not None:
        steps.append(_more_done(here, worst, here.planned, here.counted))
    if levels.get("milestone") is worst:
        steps.extend(_milestones_finished(here, worst))
    if levels.get("start") is worst:
        steps.append(Improvement("start", {"planned_start": here.facts.planned_start}))
    return steps[0] if len(steps) == 1 else Improvement("together", parts=tuple(steps))


def _more_done(here: Situation, worst: Level, planned: Ratio, counted: Measurement) -> Improvement:
    band = [band for band in here.rule.bands if band.level < worst][-1]
    needed = amount_needed(here.facts, planned, band)
    facts: dict[str, object] = {
        "amount": needed,
        "difference": needed - counted.amount,
        "month_end": here.month_end,
        "level": band.level,
    }
    return Improvement("schedule", facts)


def _milestones_finished(here: Situation, worst: Level) -> list[Improvement]:
    return [
        Improvement("milestone", {"key": m.key, "due": m.due, "days_late": days_late(m, here.day)})
        for m in here.facts.milestones
        if milestone_level(m, here.day, here.rule) is worst
    ]
