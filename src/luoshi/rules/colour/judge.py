"""The part of a colour without memory: the level of a day with its tests and reasons.

What has memory (the shown colour, a level that may no longer worsen) is told by ``sweep``.
"""

from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction

from luoshi.rules.colour.facts import ColourFacts, Level, Measurement
from luoshi.rules.colour.milestones import days_late, milestone_level, milestones_level
from luoshi.rules.colour.reasons import Improvement, improvement_of
from luoshi.rules.colour.reports import is_awaiting, is_unreported
from luoshi.rules.colour.rule import ColourRule
from luoshi.rules.colour.schedule import Ratio, band_ratios, is_reached, level_of_share
from luoshi.rules.colour.situation import Situation
from luoshi.rules.colour.start import has_started, missed_month_ends, start_level


@dataclass(frozen=True, slots=True)
class TestResult:
    """What one test says (``schedule``, ``milestone``, ``start``) and the facts it says it from."""

    __test__ = False  # a word of the domain, not a case for pytest

    code: str
    level: Level
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The level of one day with its reasons.

    ``month_end`` is M; ``counted`` the figure at M, ``latest`` the newest one that counts on the
    day; ``planned`` the amount planned (for a ceiling: allowed) by M, in the target's unit;
    ``share`` is r. ``reached``: the latest figure meets the target. ``period`` is the end of the
    last month whose report was owed by the day; ``unreported`` and ``awaiting`` are the marks 未报
    and 待核.
    """

    level: Level | None
    tests: tuple[TestResult, ...] = ()
    month_end: date | None = None
    counted: Measurement | None = None
    latest: Measurement | None = None
    planned: Fraction | None = None
    share: Fraction | None = None
    period: date | None = None
    unreported: bool = False
    reached: bool = False
    awaiting: bool = False
    improvement: Improvement | None = None


def judge(facts: ColourFacts, day: date, *, rule: ColourRule) -> Verdict:
    """Judge the facts on a day by a rule set. Raises RuleNeedsAnotherReader.

    The level is the worst test that has data. A suspended or closed matter has no level and no
    tests.
    """
    rule.check_reader()
    here = Situation.on(day, facts, rule)
    reached = is_reached(facts, here.latest)
    if not facts.is_graded:
        return Verdict(level=None, latest=here.latest, reached=reached)
    found = (_schedule(here), _milestone(here), _start(here))
    tests = tuple(test for test in found if test is not None)
    awaiting = is_awaiting(facts, reached=reached)
    unreported = is_unreported(facts, here.evaluated) and not awaiting and not facts.verified
    levels = {test.code: test.level for test in tests}
    return Verdict(
        level=max(levels.values(), default=None),
        tests=tests,
        month_end=here.month_end,
        counted=here.counted,
        latest=here.latest,
        planned=_fraction(here.planned),
        share=_fraction(here.share),
        period=here.period,
        unreported=unreported,
        reached=reached,
        awaiting=awaiting,
        improvement=improvement_of(here, levels, unreported=unreported),
    )


def _fraction(ratio: Ratio | None) -> Fraction | None:
    return Fraction(*ratio) if ratio is not None else None


def _schedule(here: Situation) -> TestResult | None:
    if here.share is None or here.counted is None:
        return None
    facts = here.facts
    return TestResult(
        "schedule",
        level_of_share(here.share, band_ratios(here.rule)),
        {
            "month_end": here.month_end,
            "measured_on": here.counted.measured_on,
            "achieved": here.counted.amount,
            "planned": _fraction(here.planned),
            "share": _fraction(here.share),
            "quantity": facts.quantity,
            "start": facts.start,
            "start_inferred": facts.start_inferred,
            "due": facts.due,
        },
    )


def _milestone(here: Situation) -> TestResult | None:
    facts, day, rule = here.facts, here.day, here.rule
    level = milestones_level(facts, day, rule)
    if level is None:
        return None
    standing = [m for m in facts.milestones if milestone_level(m, day, rule) is level]
    first = standing[0]
    return TestResult(
        "milestone",
        level,
        {
            "key": first.key,
            "due": first.due,
            "days_late": days_late(first, day),
            "done_on": first.done_on,
            "at_level": tuple(milestone.key for milestone in standing),
        },
    )


def _start(here: Situation) -> TestResult | None:
    facts, latest, day = here.facts, here.latest, here.day
    level = start_level(facts, latest, day, here.rule)
    if level is None:
        return None
    return TestResult(
        "start",
        level,
        {
            "planned_start": facts.planned_start,
            "started": has_started(facts, latest, day),
            "started_on": facts.started_on,
            "month_ends_missed": missed_month_ends(facts, latest, day),
        },
    )
