"""The default rule set to the letter: tables that a director could check."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from luoshi.rules.colour import (
    ERQI_2017_D1,
    READER,
    Band,
    Colour,
    ColourFacts,
    ColourRuleUnsound,
    Comparator,
    Improvement,
    Level,
    Measurement,
    MilestoneFact,
    PlanPoint,
    RuleNeedsAnotherReader,
    judge,
)
from tests.rules.colour.cases import ESTATES

D1 = ERQI_2017_D1
JULY_30 = date(2020, 7, 30)


def judged(facts, day=JULY_30):
    return judge(facts, day, rule=D1)


def estates(achieved, **others):
    figure = Measurement(date(2020, 6, 30), Decimal(achieved), JULY_30)
    return replace(ESTATES, measured=(figure,), **others)


def test_the_fixture_of_the_estates():
    verdict = judged(ESTATES)
    assert verdict.month_end == date(2020, 6, 30)
    assert verdict.planned == Fraction(297 * 182, 366)
    assert round(verdict.share, 3) == Fraction("0.697")
    assert verdict.level == Level.RED
    assert [test.code for test in verdict.tests] == ["schedule"]
    assert verdict.tests[0].facts == {
        "month_end": date(2020, 6, 30),
        "measured_on": date(2020, 6, 30),
        "achieved": Decimal(103),
        "planned": Fraction(297 * 182, 366),
        "share": Fraction(103 * 366, 297 * 182),
        "quantity": Decimal(297),
        "start": date(2020, 1, 1),
        "start_inferred": True,
        "due": date(2020, 12, 31),
    }
    assert not verdict.unreported  # registered in July, so June's report was nobody's duty
    assert verdict.period is None
    assert verdict.counted == verdict.latest == ESTATES.measured[0]


@pytest.mark.parametrize(
    ("achieved", "level"),
    [
        (0, Level.RED),
        (103, Level.RED),  # 103 of 147.7 planned by 30 June: 0.697
        (104, Level.YELLOW),  # 0.704
        (132, Level.YELLOW),  # 0.894
        (133, Level.BLUE),  # 0.901
        (147, Level.BLUE),  # 0.995
        (148, Level.GREEN),  # 1.002
        (400, Level.GREEN),
    ],
)
def test_the_level_of_the_estates(achieved, level):
    assert judged(estates(achieved)).level == level


@pytest.mark.parametrize(
    ("achieved", "level"),
    [
        ("100", Level.GREEN),
        ("99.999999", Level.BLUE),
        ("90", Level.BLUE),
        ("89.999999", Level.YELLOW),
        ("70", Level.YELLOW),
        ("69.999999", Level.RED),
        ("-1", Level.RED),
    ],
)
@pytest.mark.parametrize("size", [1, 10**13])
def test_bands_are_exact_at_their_edges_at_any_size(achieved, level, size):
    facts = estates(Decimal(achieved) * size, quantity=Decimal(100) * size, due=date(2020, 6, 30))
    assert judged(facts).level == level


@pytest.mark.parametrize(
    ("day", "month_end"),
    [
        (
            date(2020, 8, 5),
            date(2020, 6, 30),
        ),  # the due day of July's report is still its reporter's
        (date(2020, 8, 6), date(2020, 7, 31)),
        (date(2020, 9, 1), date(2020, 7, 31)),
        (date(2021, 1, 5), date(2020, 11, 30)),
        (date(2021, 1, 6), date(2020, 12, 31)),
        (date(2020, 3, 6), date(2020, 2, 29)),
        (
            date(2020, 2, 5),
            None,
        ),  # January's report is not due yet, and December lies before the start
        (date(2020, 2, 6), date(2020, 1, 31)),
    ],
)
def test_the_evaluated_month_end(day, month_end):
    assert judged(ESTATES, day).month_end == month_end


def test_a_figure_counts_from_its_confirmation_and_only_at_a_month_end_it_was_made_by():
    assert judged(ESTATES, date(2020, 7, 29)).counted is None
    july = Measurement(date(2020, 7, 15), Decimal(290), JULY_30)
    facts = replace(ESTATES, measured=(july, *ESTATES.measured))
    assert judged(facts).counted.amount == 103
    assert judged(facts).latest == july
    assert judged(facts, date(2020, 8, 6)).counted == july


def test_after_the_due_day_the_whole_quantity_is_planned():
    assert judged(ESTATES, date(2021, 1, 6)).planned == 297
    assert (
        judged(
            replace(ESTATES, plan=(PlanPoint(date(2020, 2, 1), Decimal(9)),)), date(2022, 1, 6)
        ).planned
        == 297
    )


OWN_PLAN = (
    PlanPoint(date(2020, 6, 30), Decimal(110)),
    PlanPoint(date(2020, 3, 31), Decimal(40)),
    PlanPoint(date(2020, 9, 30), Decimal(300)),
)


@pytest.mark.parametrize(
    ("day", "planned"),
    [
        (date(2020, 3, 30), None),  # nothing planned before the first point: no test
        (date(2020, 4, 6), 40),
        (date(2020, 7, 5), 40),
        (date(2020, 7, 6), 110),
        (date(2020, 10, 6), 297),  # never more than the quantity
    ],
)
def test_an_own_plan_is_the_last_point_by_the_month_end(day, planned):
    assert judged(replace(ESTATES, plan=OWN_PLAN), day).planned == planned


@pytest.mark.parametrize(
    "change",
    [
        {"quantity": None},
        {"quantity": Decimal(0)},
        {"due": None},
        {"start": None},
        {"measured": ()},
        {"plan": (PlanPoint(date(2020, 8, 1), Decimal(1)),)},
        {"start": date(2020, 7, 1)},
    ],
)
def test_without_a_plan_or_a_figure_the_schedule_test_has_no_data(change):
    verdict = judged(replace(ESTATES, **change))
    assert (verdict.level, verdict.share, verdict.tests) == (None, None, ())
    assert verdict.improvement is None


@pytest.mark.parametrize(
    ("actual", "level"),
    [(0, Level.GREEN), (60, Level.GREEN), (66, Level.BLUE), (67, Level.YELLOW), (86, Level.RED)],
)
@pytest.mark.parametrize("comparator", [Comparator.AT_MOST, Comparator.LESS])
def test_a_ceiling_is_allowed_by_actual(actual, level, comparator):
    facts = estates(actual, quantity=Decimal(60), comparator=comparator)
    assert judged(facts).level == level


def test_a_ceiling_of_nothing_is_kept_by_nothing_only():
    none_allowed = {"quantity": Decimal(0), "comparator": Comparator.AT_MOST}
    assert judged(estates(0, **none_allowed)).level == Level.GREEN
    assert judged(estates(1, **none_allowed)).level == Level.RED
    assert judged(estates(1, **none_allowed)).improvement.facts["amount"] == 0


def test_a_ceiling_follows_the_steps_of_its_own_plan_down_to_the_quantity():
    steps = (
        PlanPoint(date(2020, 3, 31), Decimal(80)),
        PlanPoint(date(2020, 6, 30), Decimal(70)),
        PlanPoint(date(2020, 9, 30), Decimal(50)),
    )
    facts = estates(70, quantity=Decimal(60), comparator=Comparator.AT_MOST, plan=steps)
    assert judged(facts, date(2020, 3, 6)).planned is None
    assert judged(facts, date(2020, 4, 6)).planned == 80
    assert judged(facts).planned == 70
    assert judged(facts, date(2020, 10, 6)).planned == 60


@pytest.mark.parametrize(
    ("comparator", "amount", "reached"),
    [
        ("=", 297, True),
        ("=", 298, True),
        (">=", 297, True),
        (">=", 296, False),
        (">", 297, False),
        (">", 298, True),
        ("~", 297, True),
        ("~", 296, False),
        ("<=", 297, True),
        ("<=", 298, False),
        ("<", 297, False),
        ("<", 296, True),
    ],
)
def test_when_a_target_is_reached(comparator, amount, reached):
    due = date(2020, 6, 30)
    verdict = judged(estates(amount, comparator=Comparator(comparator), due=due))
    assert (verdict.reached, verdict.awaiting) == (reached, reached)


def test_a_ceiling_is_not_reached_before_its_due_day_is_measured():
    low = estates(1, comparator=Comparator.AT_MOST)
    assert not judged(low).reached
    assert not judged(replace(low, due=None)).reached
    assert judged(replace(low, due=date(2020, 6, 30))).reached


def test_a_target_without_quantity_or_figure_is_never_reached_by_itself():
    assert not judged(estates(297, quantity=None)).reached
    assert not judged(replace(ESTATES, measured=())).reached


@pytest.mark.parametrize(
    ("days_late", "level"),
    [
        (-8, Level.GREEN),
        (-7, Level.BLUE),
        (0, Level.BLUE),  # the due day counts as the last
        (7, Level.BLUE),
        (8, Level.YELLOW),
        (15, Level.YELLOW),
        (16, Level.RED),
        (400, Level.RED),
    ],
)
def test_the_milestone_test(days_late, level):
    milestone = MilestoneFact("roofs", JULY_30 - timedelta(days=days_late))
    verdict = judged(ColourFacts(registered_on=JULY_30, milestones=(milestone,)))
    assert verdict.level == level
    assert verdict.tests[0].facts["days_late"] == days_late
    done = replace(milestone, done_on=JULY_30)
    assert judged(ColourFacts(registered_on=JULY_30, milestones=(done,))).level == Level.GREEN
    tomorrow = replace(milestone, done_on=JULY_30 + timedelta(days=1))
    assert judged(ColourFacts(registered_on=JULY_30, milestones=(tomorrow,))).level == level


@pytest.mark.parametrize(
    ("day", "level", "missed"),
    [
        (date(2020, 3, 1), Level.GREEN, 0),
        (date(2020, 3, 30), Level.GREEN, 0),
        (date(2020, 3, 31), Level.YELLOW, 1),
        (date(2020, 4, 30), Level.YELLOW, 2),
        (date(2020, 5, 30), Level.YELLOW, 2),
        (date(2020, 5, 31), Level.RED, 3),
        (date(2020, 2, 29), Level.GREEN, 0),
    ],
)
def test_the_start_test(day, level, missed):
    planned = ColourFacts(registered_on=date(2020, 1, 1), planned_start=date(2020, 3, 10))
    verdict = judged(planned, day)
    assert (verdict.level, verdict.tests[0].facts["month_ends_missed"]) == (level, missed)
    assert judged(replace(planned, started_on=day), day).level == Level.GREEN
    assert judged(replace(planned, started_on=day + timedelta(days=1)), day).level == level


def test_a_start_planned_for_a_month_end_is_missed_that_day():
    planned = ColourFacts(registered_on=date(2020, 1, 1), planned_start=date(2020, 3, 31))
    assert judged(planned, date(2020, 3, 31)).level == Level.YELLOW


def test_an_amount_above_nothing_is_a_start():
    planned = estates(0, planned_start=date(2020, 1, 1), quantity=None)
    assert judged(planned).level == Level.RED
    assert judged(estates(1, planned_start=date(2020, 1, 1), quantity=None)).level == Level.GREEN


def test_the_worst_test_gives_the_level():
    green = MilestoneFact("roofs", date(2021, 1, 1))
    verdict = judged(estates(104, milestones=(green,), planned_start=date(2020, 1, 1)))
    assert {test.code: test.level for test in verdict.tests} == {
        "schedule": Level.YELLOW,
        "milestone": Level.GREEN,
        "start": Level.GREEN,
    }
    assert verdict.level == Level.YELLOW


@pytest.mark.parametrize(
    ("day", "reported_until", "unreported"),
    [
        (date(2020, 8, 5), None, False),
        (date(2020, 8, 6), None, True),
        (date(2020, 8, 6), date(2020, 6, 30), True),
        (date(2020, 8, 6), date(2020, 7, 1), False),
        (date(2020, 9, 5), date(2020, 7, 31), False),
        (date(2020, 9, 6), date(2020, 7, 31), True),
    ],
)
def test_a_report_is_owed_for_every_month_from_the_registration_on(day, reported_until, unreported):
    verdict = judged(replace(ESTATES, reported_until=reported_until), day)
    assert verdict.unreported == unreported
    assert not judged(
        replace(ESTATES, reported_until=reported_until, verified=True), day
    ).unreported


def test_no_report_is_owed_for_months_before_the_start():
    facts = ColourFacts(registered_on=date(2020, 1, 1), start=date(2020, 6, 1))
    assert not judged(facts, date(2020, 7, 5)).unreported
    assert judged(facts, date(2020, 7, 6)).unreported
    assert judged(facts, date(2020, 7, 6)).period == date(2020, 6, 30)


def test_the_improvement_of_the_estates_is_the_nearest_better_band():
    assert judged(ESTATES).improvement == Improvement(
        "schedule",
        {
            "amount": Decimal(104),
            "difference": Decimal(1),
            "month_end": date(2020, 6, 30),
            "level": Level.YELLOW,
        },
    )
    assert judged(estates(104)).improvement.facts["amount"] == 133
    assert judged(estates(133)).improvement.facts["amount"] == 148
    assert judged(estates(148)).improvement is None


def test_an_improvement_is_said_in_the_decimals_of_the_quantity():
    facts = estates("13.2", quantity=Decimal("38.1"))  # planned by 30 June: 18.946
    assert str(judged(facts).improvement.facts["amount"]) == "13.3"
    assert str(judged(estates(103, quantity=Decimal("3E+2"))).improvement.facts["amount"]) == "105"


def test_a_ceiling_improves_by_less():
    facts = estates("70.5", quantity=Decimal("60.0"), comparator=Comparator.AT_MOST)
    assert judged(facts).improvement.facts["amount"] == Decimal("66.6")
    assert judged(facts).improvement.facts["difference"] == Decimal("-3.9")


def test_all_tests_at_the_worst_level_must_be_mended():
    late = (MilestoneFact("roofs", date(2020, 6, 1)), MilestoneFact("drains", date(2020, 5, 1)))
    soon = MilestoneFact("paving", date(2020, 8, 1))
    start = date(2020, 1, 1)
    verdict = judged(estates(0, milestones=(*late, soon), planned_start=start))
    assert verdict.improvement.code == "together"
    assert [(step.code, step.facts.get("key")) for step in verdict.improvement.steps] == [
        ("schedule", None),
        ("milestone", "drains"),
        ("milestone", "roofs"),
        ("start", None),
    ]
    one = judged(estates(297, milestones=(*late[:1], soon))).improvement
    assert (one.code, one.facts) == (
        "milestone",
        {"key": "roofs", "due": date(2020, 6, 1), "days_late": 59},
    )
    assert one.steps == (one,)
    waits = ColourFacts(registered_on=start, planned_start=start, reported_until=JULY_30)
    assert judged(waits).improvement == Improvement("start", {"planned_start": start})


def test_where_silence_is_seen_the_improvement_is_a_report():
    august = date(2020, 8, 6)
    report = Improvement("report", {"period": date(2020, 7, 31)})
    assert judged(estates(297, comparator=Comparator.MORE), august).improvement == report
    assert judged(replace(ESTATES, measured=()), august).improvement == report
    assert judged(ESTATES, august).improvement.code == "schedule"  # red stays, with the mark


@pytest.mark.parametrize("state", ["suspended", "closed"])
def test_a_matter_at_rest_has_no_level_and_no_tests(state):
    verdict = judged(replace(estates(297), **{state: True}), date(2020, 8, 6))
    assert (verdict.level, verdict.tests, verdict.unreported) == (None, (), False)
    assert (verdict.awaiting, verdict.reached) == (False, True)


def test_levels_are_ordered_by_severity_and_only_among_themselves():
    levels = [Level.GREEN, Level.BLUE, Level.YELLOW, Level.RED]
    assert sorted([Level.RED, Level.BLUE, Level.GREEN, Level.YELLOW]) == levels
    assert [level.severity for level in levels] == [0, 1, 2, 3]
    assert Level.BLUE >= Level.BLUE > Level.GREEN < Level.RED <= Level.RED
    assert Level("red") is Level.RED
    assert Level.RED == "red"
    assert Level.GREEN.one_step_better is Level.GREEN
    assert [Colour.of(level) for level in levels] == ["green", "blue", "yellow", "red"]
    for compare in ("__lt__", "__le__", "__gt__", "__ge__"):
        assert getattr(Level.RED, compare)("blue") is NotImplemented


def test_the_default_rule_set_is_the_one_that_this_code_reads():
    assert D1.reader == READER
    assert [(band.level, str(band.at_least)) for band in D1.bands] == [
        (Level.GREEN, "1.00"),
        (Level.BLUE, "0.90"),
        (Level.YELLOW, "0.70"),
        (Level.RED, "0"),
    ]
    with pytest.raises(RuleNeedsAnotherReader):
        judge(ESTATES, JULY_30, rule=replace(D1, reader=2))


def test_a_rule_set_moves_every_number():
    strict = replace(
        D1,
        report_due_day=28,
        bands=(
            Band(level=Level.GREEN, at_least=Decimal(1)),
            Band(level=Level.RED, at_least=Decimal("0.99")),
        ),
    )
    verdict = judge(estates(140), JULY_30, rule=strict)
    assert (verdict.month_end, verdict.level) == (date(2020, 6, 30), Level.RED)
    assert verdict.improvement.facts["level"] == Level.GREEN
    assert judge(ESTATES, date(2020, 8, 28), rule=strict).month_end == date(2020, 6, 30)
    assert judge(ESTATES, date(2020, 8, 29), rule=strict).month_end == date(2020, 7, 31)


@pytest.mark.parametrize(
    "change",
    [
        {"report_due_day": 0},
        {"report_due_day": 29},
        {"bands": ()},
        {"bands": D1.bands[1:]},
        {"bands": D1.bands[::-1]},
        {"bands": (D1.bands[0], replace(D1.bands[1], at_least=Decimal(1)))},
        {"soon_days": -1},
        {"late_yellow_days": 6},
        {"start_red_month_ends": 0},
        {"answer_working_days": -1},
    ],
)
def test_thresholds_that_contradict_each_other_are_refused(change):
    with pytest.raises(ColourRuleUnsound) as refused:
        replace(D1, **change)
    assert refused.value.facts == {"code": "ERQI-2017-D1", "field": next(iter(change))}
