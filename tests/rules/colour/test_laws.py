"""Laws of the colours: what holds of every matter, not an example."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.colour import ERQI_2017_D1, Colour, Comparator, Level, Measurement, judge, sweep
from tests.rules.colour.cases import ESTATES, HORIZON, facts, histories, quiet_matters

D1 = ERQI_2017_D1
HEAVY = {Colour.YELLOW, Colour.RED}
SILENT = {Colour.UNREPORTED}
LIGHT = {Colour.GREEN, Colour.BLUE, Colour.UNGRADED}


def severity(level):
    """No level at all stands before green: data may come, but must not go."""
    return -1 if level is None else level.severity


def is_month_end(day):
    return (day + timedelta(days=1)).day == 1


def next_due_day(day):
    """The last day on which the same month end is evaluated."""
    fifth = day.replace(day=5)
    return fifth if day <= fifth else (fifth + timedelta(days=31)).replace(day=5)


@given(quiet_matters(), st.integers(0, 90), st.integers(0, 31))
def test_within_a_reporting_period_the_level_never_improves_by_waiting(matter, wait, more):
    day, known = matter
    first = day + timedelta(days=wait)
    last = min(first + timedelta(days=more), next_due_day(first))
    earlier, later = judge(known, first, rule=D1), judge(known, last, rule=D1)
    assert earlier.month_end == later.month_end
    assert severity(later.level) >= severity(earlier.level)


@given(quiet_matters(), st.integers(0, 500), st.integers(0, 500))
def test_the_level_never_improves_by_waiting_while_no_figure_is_newly_counted(matter, wait, more):
    day, known = matter
    evaluated = judge(replace(known, start=None), day, rule=D1).month_end
    counted = tuple(figure for figure in known.measured if figure.measured_on <= evaluated)
    known = replace(known, measured=counted)
    earlier = judge(known, day + timedelta(days=wait), rule=D1)
    later = judge(known, day + timedelta(days=wait + more), rule=D1)
    assert severity(later.level) >= severity(earlier.level)


@given(quiet_matters())
def test_silence_never_improves_a_colour_but_for_what_was_earned_before(matter):
    day, known = matter
    spells = sweep([(day, known)], rule=D1, horizon=HORIZON)
    for before, after in pairwise(spells):
        if before.colour not in HEAVY or after.colour == before.colour:
            continue
        if after.colour == Colour.RED:
            continue
        # One step lighter, at a month end, towards a level that is better than what was shown.
        assert is_month_end(after.from_day)
        assert after.level is not None
        assert after.level < Level(before.colour.value)


@given(histories())
def test_unreported_never_takes_the_place_of_yellow_or_red(segments):
    told = sweep(segments, rule=D1, horizon=HORIZON)
    assert not [s for s in told if s.colour in SILENT and s.level in {Level.YELLOW, Level.RED}]
    assert all(spell.unreported for spell in told if spell.colour in SILENT)


@given(histories())
def test_a_report_less_takes_nothing_but_green_and_blue_away(segments):
    """Who does not report is never seen better than who does, all else being equal."""
    silent = [(day, replace(known, reported_until=None)) for day, known in segments]
    diligent = [(day, replace(known, reported_until=HORIZON)) for day, known in segments]
    told = sweep(silent, rule=D1, horizon=HORIZON)
    other = sweep(diligent, rule=D1, horizon=HORIZON)
    for spell in other:
        for quiet in told:
            if quiet.from_day < spell.to_day and spell.from_day < quiet.to_day:
                assert quiet.level == spell.level
                assert quiet.colour == spell.colour or (
                    quiet.colour in SILENT and spell.colour in LIGHT
                )


@given(facts, st.randoms(use_true_random=False))
def test_equal_facts_in_any_order_give_equal_colours(known, random):
    def shuffled(items):
        return tuple(random.sample(items, len(items)))

    other = replace(
        known,
        measured=shuffled(known.measured),
        milestones=shuffled(known.milestones),
        plan=shuffled(known.plan),
    )
    assert other == known
    day = known.registered_on
    assert sweep([(day, other)], rule=D1, horizon=HORIZON) == sweep(
        [(day, known)], rule=D1, horizon=HORIZON
    )


@given(quiet_matters())
def test_the_shown_colour_is_never_better_than_the_level(matter):
    day, known = matter
    for spell in sweep([(day, known)], rule=D1, horizon=HORIZON):
        if spell.level is not None and spell.colour not in SILENT:
            assert Level(spell.colour.value) >= spell.level


@given(
    st.sampled_from(Comparator),
    st.integers(1, 10**6).map(Decimal) | st.decimals("0.1", 999, places=1),
    st.fractions(0, 2, max_denominator=1000),
    st.dates(date(2020, 7, 6), date(2021, 3, 1)),
)
def test_the_named_amount_is_the_nearest_that_improves_the_schedule(comparator, goal, part, day):
    quantum = Decimal(1).scaleb(goal.as_tuple().exponent)
    amount = Decimal(int(part * int(goal / quantum))) * quantum
    behind = replace(ESTATES, quantity=goal, comparator=comparator, reported_until=HORIZON)

    def verdict_with(value):
        figure = Measurement(date(2020, 6, 30), value, ESTATES.registered_on)
        return judge(replace(behind, measured=(figure,)), max(day, figure.counts_from), rule=D1)

    verdict = verdict_with(amount)
    if verdict.level is Level.GREEN:
        assert verdict.improvement is None
        return
    named = verdict.improvement.facts
    assert verdict_with(named["amount"]).level <= named["level"] < verdict.level
    one_less = named["amount"] + (quantum if comparator.is_ceiling else -quantum)
    assert verdict_with(one_less).level > named["level"]
