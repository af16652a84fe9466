"""Two windows or two officers at one report: each is told what the other decided meanwhile."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry
from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.intake.reports import commands, queries, refusals
from luoshi.intake.reports.commands import Seen
from tests.intake.reports import DAY
from tests.ledger.town import AT

PARKING, BY_DECEMBER, SCHOOLS, ESTATES, PARK = 4, 5, 6, 7, 8


@pytest.fixture
def colleague(town):
    """Another person of the office."""
    return replace(town.office, person=uuid4())


@pytest.fixture
def seen(report):
    """What a window saw that was opened now."""

    def made(desk="first", after=0):
        version = ReportDocument.objects.get(pk=report.pk).version
        return Seen(version=version, desk=desk, at=AT + timedelta(minutes=after))

    return made


def statement(report, number):
    return StagedStatement.objects.get(document=report, number=number)


# ---- acts on one statement ----------------------------------------------------------------------


def test_who_comes_second_is_told_who_decided_what_and_when(report, town, colleague, seen):
    mine = seen("mine")
    commands.drop(report.pk, [PARKING], by=colleague, seen=seen("theirs", after=5))
    with pytest.raises(refusals.StatementChanged) as refused:
        commands.accept(report.pk, [PARKING], by=town.office, seen=mine)
    assert refused.value.facts == {
        "number": PARKING,
        "state": "dropped",
        "at": AT + timedelta(minutes=5),
        "post": queries.decider_of(town.office, statement(report, PARKING)),
        "is_own": False,
    }
    assert refused.value.facts["post"]
    assert statement(report, PARKING).state == "dropped"
    commands.accept(report.pk, [PARKING], by=town.office, seen=seen("mine"))  # having seen it
    assert statement(report, PARKING).state == "accepted"


def test_another_window_of_the_same_person_is_told_too(report, town, seen):
    first, second = seen("first"), seen("second")
    commands.drop(report.pk, [PARKING], by=town.office, seen=first)
    with pytest.raises(refusals.StatementChanged) as refused:
        commands.accept(report.pk, [PARKING], by=town.office, seen=second)
    assert refused.value.facts["is_own"]


def test_ones_own_quick_keys_do_not_stand_in_each_others_way(report, town, seen):
    mine = seen()
    commands.take(report.pk, PARKING, choice={"matter": "new"}, by=town.office, seen=mine)
    commands.accept(report.pk, [PARKING], by=town.office, seen=mine)
    assert statement(report, PARKING).state == "accepted"


def test_statements_that_nobody_touched_are_free_in_an_old_window(report, town, colleague, seen):
    mine = seen("mine")
    commands.drop(report.pk, [PARKING], by=colleague, seen=seen("theirs"))
    commands.accept(report.pk, [PARK], by=town.office, seen=mine)
    assert statement(report, PARK).state == "accepted"


def test_one_that_is_in_the_ledger_says_who_took_it_there(report, town, colleague, seen):
    mine = seen("mine")
    commands.accept(report.pk, [PARKING], by=colleague, seen=seen("theirs"))
    commands.write(report.pk, by=colleague, at=AT, seen=seen("theirs"))
    with pytest.raises(refusals.StatementChanged) as refused:
        commands.drop(report.pk, [PARKING], by=town.office, seen=mine)
    assert refused.value.facts["state"] == "written"


def test_a_split_sent_twice_parts_once(report, town, seen):
    mine = seen()
    for _again in range(2):
        commands.split(report.pk, PARKING, at=2, by=town.office, seen=mine)
    assert statement(report, PARKING).row["quote"] == "新增"
    assert statement(report, 11).row["quote"] == "停车位2000个"
    assert not StagedStatement.objects.filter(document=report, number=12).exists()


def test_a_join_sent_twice_joins_once(report, town, seen):
    mine = seen()
    for _again in range(2):
        commands.join(report.pk, PARKING, by=town.office, seen=mine)
    assert statement(report, BY_DECEMBER).state == "joined"
    assert statement(report, SCHOOLS).state == "open"


def test_nothing_is_joined_to_one_that_was_not_meant(report, town, colleague, seen):
    mine = seen("mine")
    commands.drop(report.pk, [BY_DECEMBER], by=colleague, seen=seen("theirs"))
    with pytest.raises(refusals.StatementChanged) as refused:
        commands.join(report.pk, PARKING, by=town.office, seen=mine)
    assert refused.value.facts["number"] == BY_DECEMBER
    assert statement(report, SCHOOLS).state == "open"


def test_what_was_left_out_before_is_passed_over(report, town, seen):
    commands.drop(report.pk, [BY_DECEMBER], by=town.office, seen=seen())
    commands.join(report.pk, PARKING, by=town.office, seen=seen())
    assert statement(report, SCHOOLS).state == "joined"


def test_overlooked_words_sent_twice_are_one_statement(report, town, colleague, seen):
    mine = seen("mine")
    words = "由城管局牵头负责"
    first = commands.add(report.pk, quote=words, by=town.office, seen=mine)
    assert commands.add(report.pk, quote=words, by=town.office, seen=mine) == first
    again = commands.add(report.pk, quote=words, by=colleague, seen=seen("theirs"))
    assert again != first  # who has seen it means another one


# ---- many at once -------------------------------------------------------------------------------


def test_accepting_all_leaves_what_another_changed_meanwhile(report, town, colleague, seen):
    mine = seen("mine")
    given = {"by": colleague, "seen": seen("theirs")}
    commands.take(report.pk, PARKING, choice={"matter": "new"}, **given)
    done = commands.accept_all(report.pk, asked="target", least=0.9, by=town.office, seen=mine)
    assert (done.count, done.left) == (3, 1)
    assert statement(report, PARKING).state == "open"


def test_a_sort_of_statements_is_left_out_in_one_act(report, town, colleague, seen):
    mine = seen("mine")
    commands.accept(report.pk, [PARKING], by=colleague, seen=seen("theirs"))
    commands.take(report.pk, PARK, choice={"matter": "new"}, by=colleague, seen=seen("theirs"))
    done = commands.drop_all(report.pk, asked="target", by=town.office, seen=mine)
    assert (done.count, done.left) == (4, 1)
    assert [statement(report, one).state for one in (PARKING, SCHOOLS, PARK)] == [
        "accepted", "dropped", "open",
    ]  # fmt: skip
    commands.undo(report.pk, by=town.office)
    assert statement(report, SCHOOLS).state == "open"


def test_nothing_is_written_that_the_writer_has_not_seen(report, town, colleague, seen):
    commands.accept(report.pk, [PARKING], by=town.office, seen=seen("mine"))
    mine = seen("mine")
    commands.accept(report.pk, [PARK, SCHOOLS], by=colleague, seen=seen("theirs", after=7))
    with pytest.raises(refusals.ReviewMoved) as refused:
        commands.write(report.pk, by=town.office, at=AT, seen=mine)
    assert (refused.value.facts["count"], refused.value.facts["at"]) == (
        2,
        AT + timedelta(minutes=7),
    )
    assert not JournalEntry.objects.filter(kind="matter.registered").exists()
    assert commands.write(report.pk, by=town.office, at=AT, seen=seen("mine")).written == 3


def test_no_report_is_put_away_under_anothers_hands(report, town, colleague, seen):
    mine = seen("mine")
    commands.accept(report.pk, [PARKING], by=colleague, seen=seen("theirs"))
    with pytest.raises(refusals.ReviewMoved):
        commands.withdraw(report.pk, by=town.office, seen=mine)
    assert ReportDocument.objects.filter(pk=report.pk).exists()


# ---- taking back --------------------------------------------------------------------------------


def test_each_takes_back_what_they_did_themselves(report, town, colleague):
    commands.accept(report.pk, [PARKING], by=town.office)
    commands.drop(report.pk, [PARK], by=colleague)
    assert commands.undo(report.pk, by=town.office) == [PARKING]
    assert statement(report, PARK).state == "dropped"
    with pytest.raises(refusals.NothingToUndo):
        commands.undo(report.pk, by=town.office)


def test_what_another_has_changed_since_is_not_taken_back(report, town, colleague):
    commands.accept(report.pk, [PARKING, SCHOOLS], by=town.office)
    commands.drop(report.pk, [SCHOOLS], by=colleague)
    with pytest.raises(refusals.StatementChanged) as refused:
        commands.undo(report.pk, by=town.office)
    assert refused.value.facts["number"] == SCHOOLS
    assert statement(report, PARKING).state == "accepted"
    assert commands.undo(report.pk, by=colleague) == [SCHOOLS]


def test_an_act_of_another_window_is_first_told_and_then_taken_back(report, town, seen):
    old = seen("old")
    commands.accept(report.pk, [PARKING], by=town.office, seen=seen("new"))
    with pytest.raises(refusals.StatementChanged):
        commands.undo(report.pk, by=town.office, seen=old)
    assert commands.undo(report.pk, by=town.office, seen=seen("old")) == [PARKING]


def test_a_writing_leaves_the_other_acts_to_be_taken_back(report, town, colleague):
    commands.drop(report.pk, [PARK], by=colleague)
    commands.accept(report.pk, [PARKING], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    assert commands.undo(report.pk, by=colleague) == [PARK]
    assert statement(report, PARK).state == "open"


def test_acts_remembered_before_whose_they_were_are_anybodys(report, colleague, town):
    commands.accept(report.pk, [PARKING], by=town.office)
    report.refresh_from_db()
    report.done = [{number: was for number, was in report.done[0].items() if number.isdecimal()}]
    report.save()
    assert commands.undo(report.pk, by=colleague) == [PARKING]


# ---- what a page asks ---------------------------------------------------------------------------


def test_a_page_asks_only_for_what_others_did(report, town, colleague, seen):
    mine = seen("mine")
    commands.accept(report.pk, [PARK], by=town.office, seen=mine)
    commands.drop(report.pk, [PARKING], by=colleague, seen=seen("theirs"))
    rows = queries.changed_since(report, mine, town.office.person)
    assert [row.number for row in rows] == [PARKING]


def test_nobody_is_named_where_nobody_decided(report, town):
    assert queries.decider_of(town.office, statement(report, PARKING)) == ""
    commands.accept(report.pk, [PARKING], by=replace(town.office, post=uuid4()), seen=Seen(at=AT))
    assert queries.decider_of(town.office, statement(report, PARKING)) == ""


def test_a_code_that_another_matter_has_gets_a_number_behind(report, take, town):
    commands.accept(report.pk, [PARK], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    again = take(place="邻区")
    assert again.day == DAY
    commands.take(again.pk, PARK, choice={"matter": "new"}, by=town.office)
    commands.accept(again.pk, [PARK], by=town.office)
    assert commands.write(again.pk, by=town.office, at=AT).kept == {}
    codes = queries.codes_of(StagedStatement.objects.values_list("matter", flat=True))
    first, second = sorted(codes.values())
    assert second == f"{first}-2"
