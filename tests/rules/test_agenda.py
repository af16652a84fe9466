"""Which days of a matter stand in a calendar, and how sure each is."""

from dataclasses import replace
from datetime import date
from types import MappingProxyType
from uuid import uuid4

import pytest

from luoshi.rules.agenda import Certainty, happenings
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer, MatterState, Report, Standing

DUE = date(2026, 12, 31)
STEPS = (
    f.Milestone(key="a", title="开工", due=date(2026, 3, 31)),
    f.Milestone(key="b", title="完工", due=date(2026, 11, 30)),
)
PLAN = f.MilestonesFixed(due=DUE, milestones=STEPS)
STATE = MatterState(standing=Standing.ASSIGNED, plan=PLAN)


def days(state):
    return {one.key: one for one in happenings(state)}


def reported(answer):
    fact = f.ProgressReported(
        report=uuid4(),
        measured_on=DUE,
        milestones_done=(f.MilestoneDone(key="a", done_on=date(2026, 3, 30)),),
    )
    report = Report(fact, 1, DUE, uuid4(), None, answer)
    return STATE._replace(reports=MappingProxyType({fact.report: report}))


def test_every_node_and_the_due_day_stand_there():
    found = days(STATE)
    assert {key: one.day for key, one in found.items()} == {
        "node/a": STEPS[0].due,
        "node/b": STEPS[1].due,
        "due": DUE,
    }
    assert {one.certainty for one in found.values()} == {Certainty.CONFIRMED}
    assert not any(one.is_done for one in found.values())


@pytest.mark.parametrize("standing", [Standing.DRAFT, Standing.UNKNOWN])
def test_a_draft_binds_nobody(standing):
    assert days(STATE._replace(standing=standing)) == {}


def test_without_plan_or_due_day_there_is_none():
    assert days(STATE._replace(plan=None)) == {}
    assert "due" not in days(STATE._replace(plan=replace(PLAN, due=None)))


def test_an_inferred_day_is_tentative_and_its_nodes_are_not():
    found = days(STATE._replace(plan=replace(PLAN, due_inferred=True)))
    assert found["due"].certainty == Certainty.TENTATIVE
    assert found["node/a"].certainty == Certainty.CONFIRMED


def test_a_matter_that_rests_is_tentative_and_an_abolished_one_cancelled():
    resting = days(STATE._replace(suspended_on=DUE))
    assert {one.certainty for one in resting.values()} == {Certainty.TENTATIVE}
    abolished = days(STATE._replace(standing=Standing.ABOLISHED, suspended_on=DUE))
    assert {one.certainty for one in abolished.values()} == {Certainty.CANCELLED}


@pytest.mark.parametrize(
    ("answer", "is_done"),
    [(Answer.WAITING, True), (Answer.GRANTED, True), (Answer.REFUSED, False)],
)
def test_a_node_is_done_when_a_report_says_so_that_was_not_returned(answer, is_done):
    found = days(reported(answer))
    assert found["node/a"].is_done is is_done
    assert not found["node/b"].is_done


def test_with_the_matter_all_its_days_are_done():
    assert all(one.is_done for one in days(STATE._replace(standing=Standing.CLOSED)).values())
