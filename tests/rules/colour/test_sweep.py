from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given

from luoshi.rules.colour import (
    ERQI_2017_D1,
    Colour,
    ColourFacts,
    Comparator,
    Level,
    Measurement,
    MilestoneFact,
    PlanPoint,
    RuleNeedsAnotherReader,
    Sweep,
    judge,
    sweep,
)
from tests.rules.colour.cases import ESTATES, HORIZON, histories, rules
from tests.rules.colour.plain import told_day_by_day

D1 = ERQI_2017_D1


def told(*segments, horizon=HORIZON, rule=D1):
    return sweep(segments, rule=rule, horizon=horizon)


def spell_on(spells, day):
    return next(spell for spell in spells if spell.from_day <= day < spell.to_day)


def colour_on(spells, day):
    return spell_on(spells, day).colour


def measured(amount, measured_on, counts_from):
    return Measurement(measured_on, Decimal(amount), counts_from)


@given(histories(), rules)
def test_the_sweep_tells_what_a_day_by_day_reading_tells(segments, rule):
    assert sweep(segments, rule=rule, horizon=HORIZON) == told_day_by_day(
        segments, rule=rule, horizon=HORIZON
    )


@given(histories(), rules)
def test_a_sweep_that_grows_tells_from_each_segment_on_what_one_told_at_once_tells(segments, rule):
    growing = Sweep(rule=rule, horizon=HORIZON)
    for known, (first, facts) in enumerate(segments, start=1):
        growing.begin(first, facts)
        whole = sweep(segments[:known], rule=rule, horizon=HORIZON)
        last = growing.last_spells()
        assert last == whole[-len(last) :]
        assert last[0].from_day <= first < last[-1].to_day
        assert growing.spells() == whole


EVERYTHING = ColourFacts(
    registered_on=date(2020, 1, 10),
    quantity=Decimal(100),
    start=date(2020, 1, 1),
    due=date(2020, 12, 31),
    measured=(
        Measurement(date(2020, 2, 29), Decimal(18), date(2020, 3, 9)),
        Measurement(date(2020, 5, 31), Decimal(30), date(2020, 6, 10)),
        Measurement(date(2020, 12, 31), Decimal(101), date(2021, 1, 12)),
    ),
    reported_until=date(2020, 12, 31),
    milestones=(
        MilestoneFact("plans", date(2020, 3, 1), date(2020, 3, 20)),
        MilestoneFact("piles", date(2020, 4, 30)),
    ),
    planned_start=date(2020, 1, 20),
    started_on=date(2020, 4, 2),
)


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"exempt_until": date(2020, 5, 10)},
        {"comparator": Comparator.AT_MOST, "due": date(2020, 11, 30)},
        {"comparator": Comparator.AT_LEAST, "milestones": (), "planned_start": None},
        {"planned_start": date(2020, 5, 4), "started_on": None, "measured": ()},
        {"quantity": None, "plan": (PlanPoint(date(2020, 4, 1), Decimal(20)),)},
        {
            "plan": (
                PlanPoint(date(2020, 4, 1), Decimal(20)),
                PlanPoint(date(2022, 3, 1), Decimal(90)),
            )
        },
        {
            "measured": (Measurement(date(2020, 3, 31), Decimal(18), date(2020, 4, 9)),),
            "milestones": (),
        },
    ],
)
def test_a_matter_with_everything_is_told_as_day_by_day(changes):
    known = replace(EVERYTHING, **changes)
    segments = [
        (date(2020, 1, 10), known),
        (date(2020, 6, 20), replace(known, suspended=True)),
        (date(2020, 8, 3), known),
        (date(2021, 2, 5), replace(known, verified=True)),
        (date(2021, 4, 1), replace(known, verified=True, closed=True)),
        (date(2021, 9, 1), known),
    ]
    assert told(*segments) == told_day_by_day(segments, rule=D1, horizon=HORIZON)
    assert told(segments[0]) == told_day_by_day(segments[:1], rule=D1, horizon=HORIZON)


def test_a_target_without_a_quantity_shows_its_figure_but_no_level():
    bare = replace(EVERYTHING, quantity=None, milestones=(), planned_start=None)
    spell = spell_on(told((date(2020, 1, 10), bare)), date(2020, 7, 1))
    assert (spell.level, spell.colour, spell.counted) == (
        None,
        Colour.UNGRADED,
        bare.measured[1],
    )


def test_a_figure_is_held_against_the_plan_once_the_month_of_the_start_is_evaluated():
    zero = Measurement(date(2019, 11, 28), Decimal(0), date(2019, 11, 28))
    red = ColourFacts(
        registered_on=date(2019, 11, 28),
        quantity=Decimal(0),
        start=date(2019, 12, 1),
        measured=(zero,),
        milestones=(MilestoneFact("late", date(2019, 11, 28)),),
    )
    segments = [(date(2019, 12, 28), red)]
    assert [spell.counted for spell in told(*segments)] == [None, zero]
    assert told(*segments) == told_day_by_day(segments, rule=D1, horizon=HORIZON)


@given(histories())
def test_spells_are_contiguous_and_cover_all_days_to_the_horizon(segments):
    spells = told(*segments)
    assert spells[0].from_day == segments[0][0]
    assert spells[-1].to_day == HORIZON + timedelta(days=1)
    assert [s.to_day for s in spells[:-1]] == [s.from_day for s in spells[1:]]
    unsaid = {"from_day": date.min, "to_day": date.min}
    for earlier, later in pairwise(spells):
        assert earlier._replace(**unsaid) != later._replace(**unsaid)


@given(histories(), rules)
def test_the_level_is_the_judged_one_unless_it_is_held_back(segments, rule):
    for spell in sweep(segments, rule=rule, horizon=HORIZON):
        facts = [facts for day, facts in segments if day <= spell.from_day][-1]
        verdict = judge(facts, spell.from_day, rule=rule)
        if verdict.awaiting or facts.verified or facts.exempt_until is not None:
            assert verdict.level is None or spell.level <= verdict.level
        else:
            assert spell.level == verdict.level


def test_nothing_is_told_of_no_segments_or_beyond_the_horizon():
    assert told() == []
    assert told((HORIZON + timedelta(days=1), ESTATES)) == []


def test_of_two_segments_of_one_day_the_later_holds():
    day = ESTATES.registered_on
    assert told((day, replace(ESTATES, closed=True)), (day, ESTATES)) == told((day, ESTATES))


def test_the_estates_of_2020_are_red_on_the_day_of_the_document_and_to_the_horizon():
    spells = told((date(2020, 7, 30), ESTATES))
    assert colour_on(spells, date(2020, 7, 30)) == Colour.RED
    assert colour_on(spells, HORIZON) == Colour.RED
    # July ends after the registration, so its report is owed; it is missing from 6 August on.
    assert not spell_on(spells, date(2020, 8, 5)).unreported
    assert spell_on(spells, date(2020, 8, 6)).unreported


def test_the_shown_colour_worsens_at_once_and_improves_one_step_at_a_month_end():
    start = date(2020, 7, 30)
    caught_up = replace(
        ESTATES,
        measured=(*ESTATES.measured, measured(290, date(2020, 7, 31), date(2020, 8, 10))),
        reported_until=date(2020, 12, 31),
    )
    spells = told((start, ESTATES), (date(2020, 8, 10), caught_up))
    assert spell_on(spells, date(2020, 8, 10)).level == Level.GREEN
    expected = {
        date(2020, 8, 30): Colour.RED,
        date(2020, 8, 31): Colour.YELLOW,
        date(2020, 9, 29): Colour.YELLOW,
        date(2020, 9, 30): Colour.BLUE,
        date(2020, 10, 30): Colour.BLUE,
        date(2020, 10, 31): Colour.GREEN,
    }
    assert {day: colour_on(spells, day) for day in expected} == expected


HUNDRED_IN_2020 = ColourFacts(
    registered_on=date(2020, 1, 1),
    quantity=Decimal(100),
    start=date(2020, 1, 1),
    due=date(2020, 12, 31),
    reported_until=date(2020, 12, 31),
)


def yellow_until(*amounts):
    """Amounts of the month ends from February 2020 on; each counts on the 5th after it."""
    figures = []
    for month, amount in enumerate(amounts, start=3):
        first = date(2020, month, 1)
        figures.append(measured(amount, first - timedelta(days=1), first + timedelta(days=4)))
    return replace(HUNDRED_IN_2020, measured=tuple(figures))


def test_two_yellow_month_ends_without_a_better_share_are_red():
    # Planned at the ends of February, March, April, May: 16.4, 24.9, 33.1, 41.5.
    spells = told((date(2020, 3, 6), yellow_until("13.2", 20, 26, 36)))  # 0.805 0.804 0.786 0.867
    assert colour_on(spells, date(2020, 3, 31)) == Colour.YELLOW
    assert colour_on(spells, date(2020, 4, 29)) == Colour.YELLOW
    assert spell_on(spells, date(2020, 4, 30)).level == Level.YELLOW
    assert colour_on(spells, date(2020, 4, 30)) == Colour.RED
    assert colour_on(spells, date(2020, 5, 31)) == Colour.RED  # no better: 0.786 after 0.804
    assert colour_on(spells, date(2020, 6, 30)) == Colour.YELLOW  # better: 0.867


def test_two_yellow_month_ends_with_a_better_share_stay_yellow():
    spells = told((date(2020, 3, 6), yellow_until("13.2", 21, 29)))  # 0.805 0.845 0.877
    assert colour_on(spells, date(2020, 4, 30)) == Colour.YELLOW
    assert colour_on(spells, date(2020, 5, 31)) == Colour.YELLOW


def test_two_yellow_month_ends_are_red_when_nothing_else_happens_any_more():
    facts = replace(
        HUNDRED_IN_2020, measured=(measured(80, date(2020, 11, 30), date(2020, 12, 5)),)
    )
    spells = told((date(2021, 1, 6), facts))
    assert colour_on(spells, date(2021, 1, 31)) == Colour.YELLOW
    assert colour_on(spells, date(2021, 2, 27)) == Colour.YELLOW
    assert colour_on(spells, date(2021, 2, 28)) == Colour.RED
    assert colour_on(spells, HORIZON) == Colour.RED


def test_a_month_end_in_an_exemption_is_not_a_yellow_one():
    yellow = yellow_until("13.2", 20, 26)  # 0.805 0.804 0.786: yellow in March, April, May
    exempt = replace(yellow, exempt_until=date(2020, 4, 30))
    april = told((date(2020, 3, 6), yellow), (date(2020, 4, 20), exempt))
    assert colour_on(april, date(2020, 4, 30)) == Colour.YELLOW
    assert colour_on(april, date(2020, 5, 31)) == Colour.YELLOW  # the first one again
    march = told((date(2020, 3, 6), replace(exempt, exempt_until=date(2020, 3, 31))))
    assert colour_on(march, date(2020, 4, 30)) == Colour.YELLOW
    assert colour_on(march, date(2020, 5, 31)) == Colour.RED


def test_a_month_end_passed_in_suspension_is_not_a_yellow_one():
    yellow = yellow_until("13.2", 20, 26)
    suspended = replace(yellow, suspended=True)
    over_the_end = told(
        (date(2020, 3, 6), yellow),
        (date(2020, 4, 10), suspended),
        (date(2020, 5, 4), yellow),
    )
    assert colour_on(over_the_end, date(2020, 5, 31)) == Colour.YELLOW
    within_the_month = told(
        (date(2020, 3, 6), yellow),
        (date(2020, 4, 10), suspended),
        (date(2020, 4, 20), yellow),
    )
    assert colour_on(within_the_month, date(2020, 4, 29)) == Colour.YELLOW
    assert colour_on(within_the_month, date(2020, 4, 30)) == Colour.RED


def test_a_rule_set_may_do_without_two_yellow_month_ends():
    lenient = replace(D1, two_yellow_month_ends=False)
    spells = told((date(2020, 3, 6), yellow_until("13.2", 20)), rule=lenient)
    assert colour_on(spells, date(2020, 4, 30)) == Colour.YELLOW


def test_a_reached_target_waits_to_be_verified_and_no_longer_worsens():
    late = MilestoneFact("roofs", date(2020, 8, 10))
    reached = replace(
        ESTATES,
        measured=(*ESTATES.measured, measured(297, date(2020, 7, 31), date(2020, 8, 10))),
        milestones=(late,),
    )
    spells = told((date(2020, 7, 30), ESTATES), (date(2020, 8, 10), reached))
    waiting = spell_on(spells, HORIZON)
    assert waiting.awaiting
    assert not waiting.unreported
    assert waiting.level == Level.BLUE  # the milestone was due when the waiting began
    assert waiting.colour == Colour.BLUE
    assert judge(reached, HORIZON, rule=D1).level == Level.RED


def test_what_is_verified_neither_worsens_nor_owes_reports():
    green = replace(
        ESTATES, measured=(measured(297, date(2020, 6, 30), date(2020, 7, 30)),), verified=True
    )
    last = told((date(2020, 7, 30), green))[-1]
    assert (last.colour, last.awaiting, last.unreported) == (Colour.GREEN, False, False)


def test_incomplete_parts_keep_a_reached_target_from_waiting():
    reached = replace(ESTATES, measured=(measured(297, date(2020, 6, 30), date(2020, 7, 30)),))
    day = date(2020, 7, 30)
    assert spell_on(told((day, reached)), day).awaiting
    assert not spell_on(told((day, replace(reached, parts_complete=False))), day).awaiting


def test_a_suspended_matter_is_grey_with_its_last_colour_and_goes_on_from_it():
    start, pause, resume = date(2020, 7, 30), date(2020, 8, 12), date(2020, 10, 10)
    better = replace(
        ESTATES,
        measured=(measured(297, date(2020, 7, 31), start),),
        reported_until=date(2020, 12, 31),
    )
    spells = told((start, ESTATES), (pause, replace(ESTATES, suspended=True)), (resume, better))
    grey = spell_on(spells, date(2020, 9, 15))
    assert (grey.colour, grey.last_colour, grey.level) == (Colour.SUSPENDED, Colour.RED, None)
    assert (grey.from_day, grey.to_day) == (pause, resume)
    assert spell_on(spells, resume).level == Level.GREEN
    assert colour_on(spells, resume) == Colour.RED
    assert colour_on(spells, date(2020, 10, 31)) == Colour.YELLOW


def test_an_exemption_holds_the_level_until_its_last_day():
    start, end = date(2020, 3, 10), date(2020, 5, 20)
    facts = ColourFacts(
        registered_on=start,
        milestones=(MilestoneFact("piles", date(2020, 3, 31)),),
        exempt_until=end,
        reported_until=date(2021, 12, 31),
    )
    free = replace(facts, exempt_until=None)
    spells = told((start, free), (date(2020, 4, 1), facts))
    assert colour_on(spells, date(2020, 4, 1)) == Colour.BLUE
    assert colour_on(spells, end) == Colour.BLUE
    assert colour_on(spells, end + timedelta(days=1)) == Colour.RED


LATE_PILES = ColourFacts(
    registered_on=date(2020, 3, 10),
    milestones=(MilestoneFact("piles", date(2020, 3, 31)),),
    reported_until=date(2021, 12, 31),
)


def test_an_exemption_holds_what_was_before_its_first_day():
    exempt = replace(LATE_PILES, exempt_until=date(2020, 12, 31))
    # 8 April is the first yellow day.
    spells = told((date(2020, 3, 10), LATE_PILES), (date(2020, 4, 8), exempt))
    assert colour_on(spells, date(2020, 4, 8)) == Colour.BLUE
    assert colour_on(told((date(2020, 4, 8), exempt)), date(2020, 12, 31)) == Colour.YELLOW


def test_an_exemption_begins_anew_after_a_suspension():
    exempt = replace(LATE_PILES, exempt_until=date(2020, 12, 31))
    done = MilestoneFact("piles", date(2020, 3, 31), date(2020, 5, 1))
    better = replace(exempt, milestones=(done,))
    spells = told(
        (date(2020, 4, 1), exempt),
        (date(2020, 5, 1), better),
        (date(2020, 6, 10), replace(exempt, suspended=True)),
        (date(2020, 6, 20), exempt),
    )
    assert spell_on(spells, date(2020, 4, 1)).level == Level.BLUE
    assert spell_on(spells, date(2020, 6, 20)).level == Level.GREEN
    assert spell_on(spells, date(2021, 1, 1)).level == Level.RED


def test_an_own_plan_beyond_all_other_days_is_followed_to_its_end():
    plan = (PlanPoint(date(2020, 7, 31), Decimal(100)), PlanPoint(date(2021, 9, 30), Decimal(200)))
    facts = replace(
        ESTATES,
        due=None,
        plan=plan,
        measured=(measured(100, date(2020, 6, 30), date(2020, 7, 30)),),
    )
    spells = told((date(2020, 7, 30), facts))
    assert spell_on(spells, date(2021, 10, 5)).level == Level.GREEN
    assert spell_on(spells, date(2021, 10, 6)).level == Level.RED


def test_an_exemption_may_return_to_what_it_was_and_no_further():
    start = date(2020, 3, 1)
    blue = ColourFacts(
        registered_on=start,
        milestones=(MilestoneFact("piles", date(2020, 3, 1)),),
        exempt_until=date(2021, 3, 1),
        reported_until=date(2022, 12, 31),
    )
    green = replace(blue, milestones=(MilestoneFact("piles", date(2020, 3, 1), start),))
    spells = told((start, blue), (date(2020, 4, 1), green), (date(2020, 6, 1), blue))
    assert colour_on(spells, date(2020, 4, 30)) == Colour.GREEN
    assert colour_on(spells, date(2020, 6, 1)) == Colour.BLUE
    assert colour_on(spells, date(2021, 3, 1)) == Colour.BLUE
    assert colour_on(spells, date(2021, 3, 2)) == Colour.RED


def test_a_closed_matter_is_one_spell_to_the_horizon():
    closing = date(2020, 9, 1)
    spells = told((date(2020, 7, 30), ESTATES), (closing, replace(ESTATES, closed=True)))
    last = spells[-1]
    assert (last.from_day, last.to_day) == (closing, HORIZON + timedelta(days=1))
    assert (last.colour, last.level, last.last_colour) == (Colour.CLOSED, None, None)


def test_a_matter_of_which_nothing_is_known_is_ungraded_until_a_report_is_owed():
    bare = ColourFacts(registered_on=date(2020, 7, 30))
    spells = told((date(2020, 7, 30), bare))
    assert [(s.from_day, s.colour) for s in spells] == [
        (date(2020, 7, 30), Colour.UNGRADED),
        (date(2020, 8, 6), Colour.UNREPORTED),
    ]
    reported = replace(bare, reported_until=HORIZON)
    assert [s.colour for s in told((date(2020, 7, 30), reported))] == [Colour.UNGRADED]


def test_the_last_days_of_time_are_no_trouble():
    facts = replace(
        ESTATES,
        due=date.max,
        exempt_until=date.max,
        reported_until=date.max,
        milestones=(MilestoneFact("never", date.max),),
        measured=(measured(103, date(2020, 6, 30), date.max),),
    )
    assert [s.colour for s in told((date(2020, 7, 30), facts))] == [Colour.GREEN]


def test_a_rule_set_for_another_reader_is_refused():
    with pytest.raises(RuleNeedsAnotherReader) as refused:
        told((date(2020, 7, 30), ESTATES), rule=replace(D1, reader=2))
    assert refused.value.facts == {"code": "ERQI-2017-D1", "reader": 2}
