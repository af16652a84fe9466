"""Who is told what of a matter, and what becomes of an ask when its answer is recorded."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from luoshi.base import outbox
from luoshi.base.bulk import append_many
from luoshi.base.models import JournalEntry, Outbox
from luoshi.base.outbox import Told
from luoshi.ledger import commands, queries
from luoshi.rules.ledger import decide
from luoshi.rules.ledger import facts as f
from luoshi.rules.notices import Audience, Notice
from luoshi.rules.refusals import Refusal
from tests.ledger.town import (
    AT,
    DAY,
    DUE,
    LEAD,
    STRANGER,
    SUPERVISION,
    SUPPORT,
)
from tests.notices.desks import asks, said

ACCEPT = [("assigned", "post", True), ("assigned", "unit", True)]


def settle(town, matter, name):
    town.tell("accept", matter, town.actors[name])


def test_a_draft_says_nothing_and_assigning_asks_every_doing_unit_to_accept(town):
    matter = town.draft()
    town.fix(matter)
    assert said() == []
    town.tell("assign", matter)
    assert said() == ACCEPT
    row = Outbox.objects.get(audience_kind="post")
    assert row.audience == str(town.post(LEAD))
    assert json.loads(row.facts) == {"due": DUE.isoformat()}
    assert (row.thread, row.cause) == (matter, queries.last_entry_of(matter))
    assert (row.by_person, row.from_unit) == (town.office.person, town.office.unit)
    assert str(row) == f"matter.assigned to post {town.post(LEAD)}"


def test_a_published_matter_binds_whom_it_names_at_once(town):
    matter = town.published()
    town.tell("fix_responsibility", matter, lead_unit=town.unit(LEAD))
    assert said() == [("assigned", "unit", True)]
    assert json.loads(Outbox.objects.get().facts) == {}


def test_accepting_answers_the_ask_of_ones_own_unit_only(town):
    matter = town.assigned()
    settle(town, matter, LEAD)
    assert asks() == [("assigned", True, False), ("assigned", False, False)]
    answered = Outbox.objects.get(answered__isnull=False)
    assert (answered.audience_kind, answered.answered) == ("post", queries.last_entry_of(matter))
    settle(town, matter, SUPPORT)
    assert asks() == [("assigned", True, False)] * 2


def test_a_report_asks_the_office_and_its_return_asks_the_lead_unit_again(town):
    matter = town.assigned()
    report = town.report(matter)
    assert said()[2:] == [("report_submitted", "role", True)]
    town.tell("return_report", matter, report=report, reason="数字不符")
    assert said()[3:] == [("report_returned", "post", True)]
    assert asks()[2:] == [("report_submitted", True, False), ("report_returned", False, False)]
    town.confirmed(matter, 50)
    assert asks()[3:] == [("report_returned", True, False), ("report_submitted", True, False)]


@pytest.mark.parametrize("granted", [True, False])
def test_a_change_is_asked_of_the_office_and_its_decision_told(town, granted):
    matter = town.assigned()
    sent = town.sent(town.actors[LEAD], DAY, matter)
    commands.request_change(
        matter_id=matter, revision=f.Revision(due=date(2021, 6, 30)), reason="征迁", sent=sent
    )
    town.tell("decide_change", matter, request=sent.command_id, granted=granted, reason="研究")
    told = "change_granted" if granted else "change_refused"
    assert said()[2:] == [("change_requested", "role", True), (told, "post", False)]
    assert asks()[2:] == [("change_requested", True, False)]


def test_the_end_of_a_matter_is_told_to_all_doers_and_nothing_is_asked_any_more(town):
    matter = town.verified()
    assert said()[-1] == ("verified", "post", False)
    town.tell("close_out", matter, town.actors[SUPERVISION])
    assert said()[-2:] == [("closed_out", "post", False), ("closed_out", "unit", False)]
    assert asks()[:2] == [("assigned", False, True)] * 2


def test_resting_and_going_on_are_told_and_abolishing_too(town):
    matter = town.assigned()
    town.tell("suspend", matter, reason="停工")
    assert asks() == [("assigned", False, False)] * 2
    town.tell("resume", matter, reason="复工")
    town.tell("abolish", matter, reason="并入他项")
    codes = [code for code, kind, _ in said() if kind == "post"]
    assert codes == ["assigned", "suspended", "resumed", "abolished"]
    assert asks() == [("assigned", False, True)] * 2


def test_a_draft_that_is_abolished_tells_nobody_but_those_it_names(town):
    town.tell("abolish", town.draft("Z1"), reason="不再需要")
    assert said() == []


def test_a_verified_matter_without_a_unit_has_nobody_to_be_told(town):
    matter = town.published("P7")
    town.tell("request_change", matter, revision=f.Revision(due=DUE), reason="起初未定")
    assert said() == [("change_requested", "role", True)]
    asked = UUID(Outbox.objects.get().ask.removeprefix("change/"))
    town.tell("decide_change", matter, request=asked, granted=False, reason="研究")
    assert len(said()) == 1


def test_another_post_is_asked_and_the_first_is_told_that_it_is_no_longer_his(town):
    matter = town.assigned()
    settle(town, matter, SUPPORT)
    town.tell("fix_responsibility", matter, **town.responsibility(STRANGER))
    assert sorted(said()[2:]) == [("assigned", "post", True), ("handed_on", "post", False)]
    assert asks()[:2] == [("assigned", False, True), ("assigned", True, False)]


def test_a_unit_whose_post_is_named_later_is_not_told_that_it_is_no_longer_its_own(town):
    matter = town.published()
    town.tell("fix_responsibility", matter, lead_unit=town.unit(LEAD))
    town.tell(
        "fix_responsibility", matter, lead_unit=town.unit(LEAD), responsible_post=town.post(LEAD)
    )
    assert said() == [("assigned", "unit", True), ("assigned", "post", True)]
    assert asks() == [("assigned", False, True), ("assigned", False, False)]


def test_who_comes_to_what_is_accepted_already_is_told_and_not_asked(town):
    matter = town.assigned()
    settle(town, matter, LEAD)
    town.tell(
        "fix_responsibility",
        matter,
        **town.responsibility() | {"responsible_post": town.post(SUPPORT)},
    )
    assert {code for code, _, _ in said()[2:]} == {"handed_on", "handed_over"}


def test_what_is_withdrawn_asks_nothing_and_answers_nothing(town):
    matter = town.assigned()
    settle(town, matter, LEAD)
    accepted = queries.last_entry_of(matter)

    def take_back(entry):
        sent = town.sent(thread=matter)
        commands.correct(matter_id=matter, entry=entry, change=None, reason="误点", sent=sent)

    take_back(accepted)
    assert asks() == [("assigned", False, False)] * 2
    before = len(said())
    take_back(accepted - 1)  # the assignment
    assert asks() == [("assigned", False, True)] * 2
    assert {code for code, _, _ in said()[before:]} == {"handed_on"}


def test_a_correction_is_no_other_news(town):
    matter = town.assigned()
    town.report(matter)
    before = said()
    commands.correct(
        matter_id=matter,
        entry=queries.last_entry_of(matter),
        change=lambda old: replace(old, achieved=Decimal(41)),
        reason="笔误",
        sent=town.sent(thread=matter),
    )
    assert said() == before


def test_the_same_command_again_tells_nothing_twice(town):
    matter = town.draft()
    town.fix(matter)
    sent = town.sent(thread=matter)
    commands.assign(matter_id=matter, sent=sent)
    commands.assign(matter_id=matter, sent=sent)
    assert said() == ACCEPT


def test_what_is_refused_tells_nobody(town, snapshot):
    matter = town.draft()
    before = snapshot()
    with pytest.raises(Refusal):
        town.tell("assign", matter)
    assert snapshot() == before


def test_the_bulk_road_and_a_past_entered_now_are_quiet(town):
    matter = town.published("B1")
    responsibility = {"lead_unit": town.unit(LEAD)}
    change = town.change(matter, decide.fix_responsibility, DAY, **responsibility)
    list(append_many([change], by=town.office, at=AT))
    with outbox.nothing_said():
        town.tell("fix_responsibility", matter, lead_unit=town.unit(STRANGER))
    assert said() == []
    assert JournalEntry.objects.filter(thread=matter).count() == 3


def test_one_audience_is_told_once_of_one_entry_and_asked_before_told():
    desk = Audience("post", "a")
    told, asked = Notice(code="told", audience=desk), Notice(code="asked", audience=desk, ask="k")
    assert Told(None, None, (told, asked)).notices == [asked]


def test_the_fixes_of_a_published_matter_are_told_once(town):
    matter = town.published("P1")
    town.fix(matter)
    assert said() == ACCEPT
