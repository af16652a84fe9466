"""The life of a matter, told from its registration to its end."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.ledger import decide, law
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import refusals as no
from luoshi.rules.ledger.state import Answer, Fix, Standing, initial, missing_fixes
from luoshi.rules.release import AT_ONCE
from tests.rules.ledger.cases import (
    CHECK,
    CLERK,
    DAY,
    DUE,
    LEAD,
    OTHER,
    POST,
    RESPONSIBILITY,
    STEPS,
    SUPPORT,
    TARGET,
    WORDS,
    Story,
    named,
)

NEXT = DAY + timedelta(days=1)
FIXES = {
    Fix.RESPONSIBILITY: ("fix_responsibility", RESPONSIBILITY),
    Fix.TARGET: ("fix_target", {"targets": (TARGET,)}),
    Fix.MILESTONES: ("fix_milestones", {"start": DAY, "due": DUE, "milestones": STEPS}),
}


def with_fixes(story, fixes):
    for fix in fixes:
        verb, given = FIXES[fix]
        story.told(verb, **given)
    return story


def test_before_its_registration_a_matter_is_nothing():
    state = initial()
    assert (state.standing, state.title, state.is_open) == (Standing.UNKNOWN, "", False)
    assert (state.doing_units, state.leading_target, state.is_in_force) == ((), None, False)


@given(st.sets(st.sampled_from(list(Fix)), max_size=2), st.randoms())
def test_an_assigned_matter_cannot_leave_draft_before_all_three_fixes_stand(fixes, chance):
    order = chance.sample(sorted(fixes), len(fixes))
    state = with_fixes(Story().registered(), order).state()
    assert state.standing == Standing.DRAFT
    assert not state.is_in_force
    with pytest.raises(no.FixesMissing) as refused:
        decide.assign(state, on=DAY)
    assert refused.value.facts["missing"] == tuple(fix for fix in Fix if fix not in fixes)


@given(st.permutations(list(Fix)))
def test_a_draft_waits_for_its_assignment_even_when_all_three_fixes_stand(order):
    story = with_fixes(Story().registered(), order)
    assert story.state().standing == Standing.DRAFT
    assert story.told("assign").state().standing == Standing.ASSIGNED


@given(st.permutations(list(Fix)))
def test_a_published_matter_becomes_assigned_with_the_last_fix(order):
    story = Story().published()
    for fix in order:
        assert story.state().standing == Standing.INCOMPLETE
        assert fix in missing_fixes(story.state())
        with_fixes(story, [fix])
    assert story.state().standing == Standing.ASSIGNED
    assert missing_fixes(story.state()) == ()


def test_a_published_matter_stands_at_once_and_takes_reports_but_ends_never():
    story = with_fixes(Story().published(), [Fix.TARGET]).reported(30, DAY).confirmed(DAY)
    state = story.state()
    assert state.is_in_force
    assert state.reports[named("r1")].fact.achieved == 30
    for verb in ("verify", "close_out"):
        with pytest.raises(no.FixesMissing) as refused:
            getattr(decide, verb)(state, on=DAY, **CHECK)
        assert refused.value.facts["missing"] == (Fix.RESPONSIBILITY, Fix.MILESTONES)


@pytest.mark.parametrize(
    ("verb", "given", "missing"),
    [
        ("fix_responsibility", {"lead_unit": LEAD}, Fix.RESPONSIBILITY),
        ("fix_milestones", {"due": DUE}, Fix.MILESTONES),
        ("fix_milestones", {"milestones": STEPS}, Fix.MILESTONES),
    ],
)
def test_half_a_fix_is_shown_and_still_missing(verb, given, missing):
    state = Story().published().told(verb, **given).state()
    assert missing in missing_fixes(state)
    assert state.responsibility or state.plan


def test_words_of_acceptance_stand_for_a_target_in_figures():
    state = Story().published().told("fix_target", acceptance=WORDS).state()
    assert Fix.TARGET not in missing_fixes(state)
    assert state.leading_target is None


def test_taking_over_a_matter_whose_fixes_are_open_completes_none_of_them():
    story = with_fixes(Story().published(), [Fix.RESPONSIBILITY]).told("accept", unit=LEAD)
    assert story.state().standing == Standing.INCOMPLETE
    story = with_fixes(story, [Fix.TARGET, Fix.MILESTONES])
    assert story.state().standing == Standing.ACCEPTED


def test_each_doing_unit_takes_the_matter_over_for_itself():
    story = Story().assigned().told("accept", unit=LEAD).told("accept", unit=SUPPORT)
    state = story.state()
    assert (state.standing, state.accepted_by) == (Standing.ACCEPTED, (LEAD, SUPPORT))


def test_a_late_acceptance_undoes_no_verification():
    story = Story().assigned().verified().told("accept", unit=SUPPORT)
    assert story.state().standing == Standing.VERIFIED
    assert story.closed().state().standing == Standing.CLOSED


def test_a_matter_stands_on_other_goals_from_the_day_it_is_placed_there():
    old, new = named("pillar 1"), named("pillar 2")
    story = Story().registered(goals=(old,), area="老城")
    story.told("place", NEXT, goals=(new,), area="新区")
    assert (story.state(DAY).goals, story.state(DAY).area) == ((old,), "老城")
    assert (story.state(NEXT).goals, story.state(NEXT).area) == ((new,), "新区")


def test_a_project_goes_from_stage_to_stage_and_may_fall_back():
    story = Story().registered()
    assert (story.state().stage, story.state().stage_listed) == (None, False)
    story.told("set_stage", stage=f.Stage.NEW_START, listed=True)
    story.told("set_stage", NEXT, stage=f.Stage.PREPARATORY)
    assert (story.state(DAY).stage, story.state(DAY).stage_listed) == (f.Stage.NEW_START, True)
    assert (story.state(NEXT).stage, story.state(NEXT).stage_listed) == (
        f.Stage.PREPARATORY,
        False,
    )


def test_the_same_stage_again_stands_so_days_may_be_told_in_any_order():
    story = Story().registered().told("set_stage", NEXT, stage=f.Stage.CONTINUING)
    story.told("set_stage", DAY, stage=f.Stage.CONTINUING)
    assert story.state(DAY).stage == story.state(NEXT).stage == f.Stage.CONTINUING


def test_amounts_and_weights_are_stored_one_way_and_steps_by_their_days():
    heavy = tuple(replace(step, weight=Decimal("50.00")) for step in reversed(STEPS))
    plan = tuple(f.Planned(day=step.due, amount=Decimal("10.0")) for step in STEPS)
    story = Story().registered().told("fix_milestones", due=DUE, milestones=heavy, plan=plan)
    rough = replace(TARGET, quantity=Decimal("1E2"), baseline=Decimal("7.50"))
    state = story.told("fix_target", targets=(rough,)).state()
    assert [step.key for step in state.plan.milestones] == ["a", "b"]
    assert {str(step.weight) for step in state.plan.milestones} == {"50"}
    assert [str(point.amount) for point in state.plan.plan] == ["10", "10"]
    assert (str(state.targets[0].quantity), str(state.targets[0].baseline)) == ("100", "7.5")


def test_a_report_without_a_named_target_speaks_of_the_leading_one():
    state = Story().assigned().reported(40, DAY).state()
    assert state.reports[named("r1")].fact.target == "main"


def test_a_report_may_be_words_a_start_or_a_milestone_alone():
    story = Story().assigned()
    story.reported(None, DAY, "w", visible_progress=WORDS)
    story.reported(None, DAY, "s", started_on=DAY)
    story.reported(None, DAY, "m", milestones_done=(f.MilestoneDone(key="a", done_on=DAY),))
    evidence = f.Evidence(name=WORDS, content=WORDS, size=9, media_type="image/png")
    story.reported(None, DAY, "e", evidence=(evidence,))
    assert len(story.state().reports) == 4


def test_an_answer_keeps_its_day_and_its_reason():
    story = Story().assigned().reported(40, DAY).returned(NEXT)
    report = story.state().reports[named("r1")]
    assert (report.answer, report.answered_on, report.answer_reason) == (
        Answer.REFUSED,
        NEXT,
        WORDS,
    )
    assert story.state(DAY).reports[named("r1")].answer == Answer.WAITING


def test_the_first_plan_and_the_first_targets_are_kept_through_granted_changes():
    later = (replace(STEPS[1], due=date(2021, 5, 31)), STEPS[0])
    story = Story().assigned()
    story.asked(due=date(2021, 6, 30), quantity=Decimal("80.0"), milestones=later)
    state = story.decided(granted=True).state()
    assert state.plan.due == date(2021, 6, 30)
    assert [step.due for step in state.plan.milestones] == [date(2020, 4, 30), date(2021, 5, 31)]
    assert state.leading_target.quantity == 80
    assert (state.first_plan.due, state.first_plan.milestones) == (DUE, STEPS)
    assert state.first_targets == (TARGET,)


def test_a_change_of_the_quantity_touches_the_leading_target_alone():
    side = replace(TARGET, key="side", quantity=Decimal(7), leads=False)
    story = Story().published().told("fix_target", targets=(side, TARGET))
    state = story.asked(quantity=Decimal(90)).decided(granted=True).state()
    assert [target.quantity for target in state.targets] == [7, 90]


def test_an_exemption_is_granted_like_any_change_and_stays():
    story = Story().assigned().asked(exempt_until=date(2020, 6, 30)).decided(granted=True)
    story.asked(name="q2", due=date(2021, 3, 31)).decided(granted=True, name="q2")
    assert story.state().exempt_until == date(2020, 6, 30)


def test_a_refused_request_changes_nothing_but_its_answer():
    story = Story().assigned().asked(due=date(2021, 6, 30))
    before = story.state()
    state = story.decided(granted=False).state()
    assert state.requests[named("q1")].answer == Answer.REFUSED
    assert state._replace(requests=before.requests) == before


def test_a_due_day_that_is_granted_is_no_longer_inferred():
    story = Story().published().told("fix_milestones", due=DUE, due_inferred=True)
    state = story.asked(due=date(2021, 6, 30)).decided(granted=True).state()
    assert not state.plan.due_inferred


def test_a_plan_may_be_asked_for_where_none_stands():
    state = Story().published().asked(due=DUE).decided(granted=True).state()
    assert state.plan == f.MilestonesFixed(due=DUE)


def test_a_matter_rests_and_goes_on():
    story = Story().assigned().told("suspend", reason=WORDS).told("resume", NEXT, reason=WORDS)
    assert story.state(DAY).suspended_on == DAY
    assert story.state(NEXT).suspended_on is None


def test_a_matter_is_closed_out_only_after_another_unit_verified_it():
    story = Story().assigned().reported(100, DAY).confirmed(DAY).verified()
    verified = story.state()
    assert (verified.standing, verified.is_open) == (Standing.VERIFIED, True)
    closed = story.closed(NEXT).state()
    assert (closed.standing, closed.ended_on, closed.is_open) == (Standing.CLOSED, NEXT, False)
    assert closed.verification.verified_by_unit == OTHER
    assert closed.reporters == {CLERK}


def test_the_verifier_named_at_registration_verifies():
    story = Story().registered(verifier_unit=OTHER).fixed().told("assign").verified()
    assert story.state().standing == Standing.VERIFIED


def test_abolition_ends_a_matter_without_verification():
    state = Story().registered().told("abolish", reason=WORDS).state()
    assert (state.standing, state.ended_on, state.verification) == (Standing.ABOLISHED, DAY, None)


def test_parts_are_those_of_the_last_division_with_exact_shares():
    parts = (f.Part(matter=named("p1"), share=Decimal("43.0")), f.Part(matter=named("p2")))
    story = Story().registered().told("divide", parts=parts).told("divide", parts=parts[:1])
    (part,) = story.state().parts
    assert str(part.share) == "43"


def test_two_reports_of_one_target_touch_each_other_and_of_two_targets_do_not():
    def touched(report, target):
        fact = f.ProgressReported(report=named(report), measured_on=DAY, target=target)
        return law.touched(fact)

    assert touched("r1", "main") & touched("r2", "main")
    assert not touched("r1", "main") & touched("r2", "side")


FACTS = [
    f.MatterPlaced(goals=()),
    f.StageSet(stage=f.Stage.CONTINUING),
    f.ResponsibilityFixed(lead_unit=LEAD, responsible_post=POST),
    f.TargetFixed(acceptance=WORDS),
    f.MilestonesFixed(due=DUE),
    f.MatterAssigned(),
    f.MatterAccepted(unit=LEAD),
    f.ProgressReported(
        report=named("r1"),
        measured_on=DAY,
        milestones_done=(f.MilestoneDone(key="a", done_on=DAY),),
    ),
    f.ReportConfirmed(report=named("r1")),
    f.ReportReturned(report=named("r1"), reason=WORDS),
    f.ChangeRequested(request=named("q1"), revision=f.Revision(due=DUE), reason=WORDS),
    f.ChangeDecided(request=named("q1"), granted=True, reason=WORDS),
    f.MatterVerified(**CHECK),
    f.MatterClosedOut(**CHECK),
    f.MatterSuspended(reason=WORDS),
    f.MatterResumed(reason=WORDS),
    f.MatterDivided(parts=()),
    f.MatterAbolished(reason=WORDS),
    f.NoteWritten(note=WORDS),
    f.QuoteLinked(document="ef" * 32, title="工作安排", day=DAY, start=1, end=9),
    f.Submitted(way=AT_ONCE, report=f.ProgressReported(report=named("r1"), measured_on=DAY)),
    f.SubmissionReviewed(submission=named("r1")),
    f.SubmissionSentBack(submission=named("r1"), reason=WORDS),
]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: type(fact).__name__)
def test_every_fact_touches_itself_so_two_hands_at_the_same_place_meet(fact):
    assert law.touched(fact) & law.touched(fact)
    if not isinstance(fact, f.MatterPlaced):
        registration = Story().registered().entries[0].fact
        assert not law.touched(fact) & law.touched(registration)


def test_there_is_a_case_for_every_fact():
    kinds = {type(fact) for fact in FACTS} | {f.MatterRegistered}
    assert kinds == set(f.MatterFact.__args__)


def test_the_leading_target_is_found_wherever_it_stands():
    other = replace(TARGET, key="other", leads=False)
    assert initial()._replace(targets=(other, TARGET)).leading_target == TARGET
    assert initial()._replace(targets=(other,)).leading_target is None
