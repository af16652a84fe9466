"""From reports to figures: which count, from which day on, and what the colour is judged by."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from luoshi.rules.calendar import WorkCalendar, YearArrangement
from luoshi.rules.colour import Comparator, Measurement, MilestoneFact, PlanPoint
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.clock import (
    colour_facts,
    counts_from,
    figures,
    late_day,
    latest_figure,
    waiting_reports,
)
from tests.rules.ledger.cases import DAY, DUE, STEPS, TARGET, WORDS, Story, named

WORKING_DAYS = 5
BEFORE_FESTIVAL = date(2020, 1, 22)
OFF = [date(2020, 1, day) for day in (1, 24, 27, 28, 29, 30)]
FIRST_NOTICE = YearArrangement(
    2020, frozenset(OFF), frozenset({date(2020, 1, 19), date(2020, 2, 1)}), "first"
)
LONGER = YearArrangement(
    2020, frozenset([*OFF, date(2020, 1, 31)]), frozenset({date(2020, 1, 19)}), "longer"
)
ANSWERED = DAY + timedelta(days=3)
WEEK = timedelta(days=7)


def due_by(arrangement):
    calendar = WorkCalendar.of([arrangement])
    return lambda day: calendar.add_working_days(day, WORKING_DAYS)


def in_a_week(day):
    return day + WEEK


def never(day):
    return date.max


def facts_of(story, day=date.max):
    state = story.state(day)
    known = figures(state, in_a_week)
    return colour_facts(state, known, registered_on=DAY, parts_complete=True)


@pytest.mark.parametrize(
    ("arrangement", "late"),
    [(FIRST_NOTICE, date(2020, 2, 5)), (LONGER, date(2020, 2, 7))],
    ids=["first notice", "longer Spring Festival"],
)
def test_an_unanswered_report_counts_once_the_working_days_for_an_answer_are_over(
    arrangement, late
):
    story = Story().published(on=BEFORE_FESTIVAL)
    story.told("fix_target", BEFORE_FESTIVAL, targets=(TARGET,)).reported(40, BEFORE_FESTIVAL)
    (report,) = waiting_reports(story.state())
    assert late_day(report, due_by(arrangement)) == late
    (figure,) = figures(story.state(), due_by(arrangement))
    assert (figure.amount, figure.counts_from, figure.confirmed) == (40, late, False)
    assert latest_figure((figure,), late - timedelta(days=1)) is None
    assert latest_figure((figure,), late) is figure


def test_a_confirmed_report_counts_from_its_confirmation():
    story = Story().assigned().reported(40, DAY).confirmed(ANSWERED)
    (figure,) = figures(story.state(), in_a_week)
    assert (figure.counts_from, figure.confirmed) == (ANSWERED, True)
    assert waiting_reports(story.state()) == ()


def test_a_late_confirmation_takes_nothing_back_from_the_reporter():
    story = Story().assigned().reported(40, DAY).confirmed(DAY + 2 * WEEK)
    report = story.state().reports[named("r1")]
    assert counts_from(report, in_a_week) == DAY + WEEK + timedelta(days=1)


def test_beyond_the_announced_calendar_silence_does_not_end():
    story = Story().assigned().reported(40, DAY)
    (figure,) = figures(story.state(), never)
    assert figure.counts_from == date.max


def test_a_returned_report_does_not_count():
    story = Story().assigned().reported(40, DAY).returned(ANSWERED)
    assert figures(story.state(), in_a_week) == ()
    facts = facts_of(story)
    assert (facts.measured, facts.reported_until) == ((), None)


def test_a_returned_report_counts_no_longer_even_if_silence_made_it_count_before():
    late = DAY + 2 * WEEK
    story = Story().assigned().reported(40, DAY).returned(late)
    before = figures(story.state(late - timedelta(days=1)), in_a_week)
    assert latest_figure(before, late - timedelta(days=1)).amount == 40
    assert latest_figure(figures(story.state(late), in_a_week), late) is None


def test_only_figures_of_the_leading_target_feed_the_colour():
    side = replace(TARGET, key="side", leads=False)
    story = Story().published().told("fix_target", targets=(TARGET, side))
    story.reported(40, DAY).reported(7, DAY, "r2", target="side")
    story.reported(None, DAY, "r3", visible_progress=WORDS)
    assert [figure.amount for figure in figures(story.state(), in_a_week)] == [40]


def test_without_a_leading_target_there_are_no_figures():
    story = Story().published().told("fix_target", acceptance=WORDS)
    assert figures(story.state(), in_a_week) == ()
    facts = facts_of(story)
    assert (facts.quantity, facts.comparator) == (None, Comparator.EQUAL)


def test_the_figure_measured_last_speaks_though_another_was_reported_later():
    story = Story().assigned().reported(60, ANSWERED, "new").confirmed(ANSWERED, "new")
    story.told(
        "report_progress",
        ANSWERED,
        report=named("old"),
        measured_on=DAY,
        achieved=Decimal(20),
    ).confirmed(ANSWERED, "old")
    known = figures(story.state(), in_a_week)
    assert [figure.amount for figure in known] == [20, 60]
    assert latest_figure(known, ANSWERED).amount == 60
    assert latest_figure(known, DAY) is None


def test_the_colour_is_judged_by_plan_target_figures_steps_and_start():
    story = Story().registered()
    story.told("fix_target", targets=(TARGET,))
    story.told(
        "fix_milestones",
        due=DUE,
        start=DAY,
        start_inferred=True,
        planned_start=date(2020, 4, 1),
        milestones=STEPS,
        plan=(f.Planned(day=date(2020, 6, 30), amount=Decimal("30.0")),),
    )
    story.told("fix_responsibility", lead_unit=named("u"), responsible_post=named("p"))
    story.told("assign")
    story.reported(10, DAY, "r1", milestones_done=(f.MilestoneDone(key="a", done_on=DAY),))
    story.reported(
        20,
        ANSWERED,
        "r2",
        started_on=DAY,
        milestones_done=(f.MilestoneDone(key="a", done_on=ANSWERED),),
    )
    story.confirmed(ANSWERED, "r1").asked(exempt_until=DUE).decided(granted=True)
    facts = facts_of(story)
    assert (facts.quantity, facts.comparator) == (100, Comparator.EQUAL)
    assert (facts.start, facts.start_inferred, facts.due) == (DAY, True, DUE)
    assert facts.plan == (PlanPoint(date(2020, 6, 30), Decimal(30)),)
    assert facts.measured == (
        Measurement(DAY, Decimal(10), ANSWERED),
        Measurement(ANSWERED, Decimal(20), ANSWERED + WEEK + timedelta(days=1)),
    )
    assert facts.milestones == (
        MilestoneFact("a", STEPS[0].due, DAY),
        MilestoneFact("b", STEPS[1].due, None),
    )
    assert (facts.planned_start, facts.started_on) == (date(2020, 4, 1), DAY)
    assert (facts.reported_until, facts.exempt_until) == (ANSWERED, DUE)
    assert not any([facts.suspended, facts.verified, facts.closed])


def test_rest_verification_and_end_reach_the_colour():
    story = Story().assigned().told("suspend", reason=WORDS)
    assert facts_of(story).suspended
    story.told("resume", reason=WORDS).verified()
    assert facts_of(story).verified
    story.closed()
    assert facts_of(story).closed
