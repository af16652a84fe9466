"""The steps from what the ledger holds to what a row wants."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from luoshi.rules.colour import Comparator
from luoshi.rules.intake.towards import steps_towards
from luoshi.rules.intake.wanted import Wanted
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import Standing
from tests.rules.ledger.cases import DAY, TARGET, Story, named

CITY, HOUSING, POST = named("city"), named("housing"), named("post")
AS_OF = DAY
SOURCE = f.Source(kind=f.SourceKind.UPPER_LIST, title="台账", day=DAY, place="第5行")
DAYS = f.MilestonesFixed(
    due=date(2020, 12, 31),
    start=date(2020, 1, 1),
    milestones=(f.Milestone(key="step-1", title="开工", due=date(2020, 6, 30)),),
)
ROW = Wanted(
    code="P-1",
    title="道路工程",
    kind=f.MatterKind.PROJECT,
    area="侯寨",
    source=SOURCE,
    lead_unit=CITY,
    supporting_units=(HOUSING,),
    stage="continuing",
    stage_listed=True,
    targets=(TARGET,),
    days=DAYS,
    achieved=Decimal(40),
    started_on=DAY,
    progress="主体施工",
    problems="征迁滞后",
)


def steps(state, row, texts=None):
    return steps_towards(state, row, as_of=AS_OF, texts=texts or {})


def taken(row):
    """The state after every step, and the texts that were sealed on the way."""
    story, texts = Story(), {}
    for step in steps(law.initial(), row):
        given = dict(step.given)
        for name, text in step.texts.items():
            texts[f"digest of {text}"] = text
            given[name] = f"digest of {text}"
        if step.verb == "report_progress":
            given["report"] = named("report")
        story.told(step.verb, AS_OF, **given)
    return story.state(), texts


def verbs(state, row, texts=None):
    return [step.verb for step in steps(state, row, texts)]


def test_a_new_matter_takes_every_step_and_the_same_row_again_none():
    state, texts = taken(ROW)
    assert verbs(law.initial(), ROW) == [
        "register", "set_stage", "fix_responsibility", "fix_target", "fix_milestones",
        "report_progress",
    ]  # fmt: skip
    assert state.title == "道路工程"
    assert steps(state, ROW, texts) == ()


def test_a_row_that_says_little_registers_only():
    bare = Wanted(code="", title="甲", kind=f.MatterKind.TASK, area="", source=SOURCE)
    assert verbs(law.initial(), bare) == ["register"]
    state, _ = taken(ROW)
    assert steps(state, replace(bare, title="道路工程")) == ()


def test_each_difference_is_a_step_with_what_it_was_and_becomes():
    state, texts = taken(ROW)

    def only(**changes):
        (step,) = steps(state, replace(ROW, **changes), texts)
        return step.verb, [(each.what, each.old, each.new) for each in step.becomes]

    assert only(area="马寨") == ("place", [("area", "侯寨", "马寨")])
    assert only(stage="completed") == ("set_stage", [("stage", "continuing", "completed")])
    assert only(lead_unit=POST) == ("fix_responsibility", [("lead_unit", CITY, POST)])
    assert only(supporting_units=()) == (
        "fix_responsibility", [("supporting_units", (HOUSING,), ())],
    )  # fmt: skip
    more = replace(TARGET, quantity=Decimal(200))
    assert only(targets=(more,))[0] == "fix_target"
    later = replace(DAYS, due=date(2021, 6, 30))
    assert only(days=later) == (
        "fix_milestones", [("due", date(2020, 12, 31), date(2021, 6, 30))],
    )  # fmt: skip
    verb, becomes = only(achieved=Decimal(55))
    assert (verb, becomes[0]) == ("report_progress", ("achieved", Decimal(40), Decimal(55)))
    assert only(achieved=None, started_on=None, problems="")[1] == [
        ("visible_progress", None, "主体施工")
    ]


def test_what_a_list_does_not_say_is_kept():
    state, texts = taken(ROW)
    baseline = replace(TARGET, baseline=Decimal(3))
    state = state._replace(
        targets=(baseline,),
        responsibility=replace(state.responsibility, responsible_post=POST),
        plan=replace(state.plan, plan=(f.Planned(day=DAY, amount=Decimal(5)),)),
    )
    assert steps(state, ROW, texts) == ()
    assert verbs(state, replace(ROW, days=replace(DAYS, milestones=())), texts) == []
    (moved,) = steps(state, replace(ROW, lead_unit=HOUSING, supporting_units=()), texts)
    assert moved.given["responsible_post"] == POST


def test_a_sponsor_is_fixed_beside_the_lead_or_after_it():
    state, texts = taken(ROW)
    (step,) = steps(state, replace(ROW, sponsoring_post=POST), texts)
    assert step.given["sponsoring_post"] == POST
    assert [each.what for each in step.becomes] == ["sponsoring_post"]
    (step,) = steps(state, replace(ROW, lead_unit=None, sponsoring_post=POST), texts)
    assert (step.given["lead_unit"], step.given["supporting_units"]) == (CITY, (HOUSING,))
    state, texts = taken(replace(ROW, sponsoring_post=POST))
    assert steps(state, ROW, texts) == ()  # a list that names none keeps it
    nobody = replace(ROW, lead_unit=None, sponsoring_post=POST)
    assert "fix_responsibility" not in verbs(law.initial(), nobody)


def test_a_plain_number_that_stood_keeps_its_subject_and_how_it_counts():
    known = replace(TARGET, subject="停车位", comparator=Comparator.AT_LEAST)
    plain = replace(TARGET, subject="", comparator=Comparator.EQUAL)
    state, _ = taken(replace(ROW, targets=(known,)))
    assert "fix_target" not in verbs(state, replace(ROW, targets=(plain,)))
    more = replace(plain, quantity=plain.quantity + 1)
    (step,) = (
        one for one in steps(state, replace(ROW, targets=(more,))) if one.verb == "fix_target"
    )
    assert step.given["targets"] == (replace(more, subject="停车位", baseline=known.baseline),)
    most = replace(plain, comparator=Comparator.AT_MOST)
    (step,) = (
        one for one in steps(state, replace(ROW, targets=(most,))) if one.verb == "fix_target"
    )
    assert step.given["targets"][0].comparator is Comparator.AT_MOST


@pytest.mark.parametrize(
    ("said", "becomes"),
    [
        ({}, None),  # the same due day and nothing else: nothing
        (
            {"start": date(2020, 1, 1), "start_inferred": True},
            None,
        ),  # the list's year says no start
        ({"start": date(2020, 3, 1)}, {"start": date(2020, 3, 1), "due_inferred": False}),
        (
            {"due": date(2021, 12, 31), "start": date(2021, 1, 1), "start_inferred": True},
            {"start": date(2021, 1, 1), "start_inferred": True},  # the next year's list
        ),
        ({"due": date(2020, 11, 30)}, {"start": None, "due_inferred": False}),
    ],
)
def test_a_row_changes_only_the_days_it_states(said, becomes):
    plan = f.MilestonesFixed(due=date(2020, 12, 31), due_inferred=True)
    state, _ = taken(replace(ROW, days=plan))
    row = replace(ROW, days=f.MilestonesFixed(**{"due": date(2020, 12, 31), **said}))
    found = [one.given for one in steps(state, row) if one.verb == "fix_milestones"]
    if becomes is None:
        assert found == []
    else:
        assert {name: found[0][name] for name in becomes} == becomes


def test_steps_that_stand_keep_their_keys_and_new_ones_take_free_ones():
    state, texts = taken(ROW)
    more = f.Milestone(key="step-1", title="竣工", due=date(2020, 11, 30))
    other = f.Milestone(key="step-3", title="验收", due=date(2020, 12, 30))
    (step,) = steps(
        state, replace(ROW, days=replace(DAYS, milestones=(more, *DAYS.milestones, other))), texts
    )
    assert [each.key for each in step.given["milestones"]] == [
        "step-1-2020-11-30", "step-1", "step-3",
    ]  # fmt: skip


def test_steps_outside_the_new_days_are_left_out():
    state, texts = taken(ROW)
    earlier = replace(DAYS, due=date(2020, 5, 31), milestones=())
    (step,) = steps(state, replace(ROW, days=earlier), texts)
    assert step.given["milestones"] == ()


def test_a_criterion_in_words_is_fixed_once():
    words = replace(ROW, targets=(), achieved=None, acceptance="通过验收")
    state, texts = taken(words)
    assert state.acceptance == "digest of 通过验收"
    assert steps(state, words, texts) == ()
    assert "fix_target" not in verbs(taken(ROW)[0], words)


def test_a_report_of_the_first_target_names_it_by_its_key():
    row = replace(ROW, targets=())
    state, _ = taken(ROW)
    assert steps(state, replace(row, achieved=Decimal(60)))[-1].given["target"] == "main"


def test_an_ended_matter_takes_no_step():
    state, _ = taken(ROW)
    ended = state._replace(standing=Standing.ABOLISHED)
    assert steps(ended, replace(ROW, area="马寨")) == ()
