"""What is said of many statements at once, and of which place a report is."""

from datetime import date

import pytest

from luoshi.intake.models import StagedStatement
from luoshi.intake.reports import commands, places, queries, refusals
from luoshi.ledger.models import Matter
from tests.intake.reports import REPORT
from tests.ledger.town import AT

PARKING, SCHOOLS, HOMES = 4, 6, 7
OTHER = REPORT.replace("小城区", "河东区")
LATER_DAY = date(2020, 4, 1)


@pytest.fixture
def again(report, take, town):
    """The same promises handed in again, accepted, after the first are in the ledger."""
    for one in (report, take(REPORT + "\n。", day=LATER_DAY)):
        commands.accept(one.pk, [PARKING, SCHOOLS, HOMES], by=town.office)
        outcome = commands.write(one.pk, by=town.office, at=AT)
    assert outcome.kept == dict.fromkeys([PARKING, SCHOOLS, HOMES], "undecided")
    one.refresh_from_db()
    return one


def choices(report):
    rows = StagedStatement.objects.filter(document=report, state="accepted").order_by("number")
    return [row.choice.get("matter") for row in rows]


def test_all_that_may_be_known_are_new_in_one_act_and_one_undo(again, town):
    assert queries.undecided_in(town.office, again) == [PARKING, SCHOOLS, HOMES]
    done = commands.take_as_new(again.pk, by=town.office)
    assert (done.count, done.left) == (3, 0)
    assert choices(again) == ["new"] * 3
    assert queries.undecided_in(town.office, again) == []
    assert commands.take_as_new(again.pk, by=town.office).count == 0
    commands.undo(again.pk, by=town.office)
    assert choices(again) == [None] * 3
    assert queries.undecided_in(town.office, again) == [PARKING, SCHOOLS, HOMES]


def test_what_was_answered_for_one_stays_answered(again, town):
    known = str(Matter.objects.order_by("code").values_list("pk", flat=True)[0])
    commands.take(again.pk, PARKING, choice={"matter": known}, by=town.office)
    assert commands.take_as_new(again.pk, by=town.office).count == 2
    assert choices(again) == [known, "new", "new"]
    assert commands.write(again.pk, by=town.office, at=AT).kept == {}
    assert Matter.objects.count() == 5


def test_what_another_changed_meanwhile_is_not_called_new(again, town):
    seen = commands.Seen(version=again.version, desk="a", at=AT)
    commands.mend(again.pk, HOMES, fields={"value": "41"}, by=town.office)
    done = commands.take_as_new(again.pk, by=town.office, seen=seen)
    assert (done.count, done.left) == (2, 1)
    assert choices(again) == ["new", "new", None]


def test_the_districts_own_name_is_no_other_place(take, town):
    report = take(place=" 小城区 ")
    assert report.place == ""
    told = {"title": report.title, "day": report.day, "year": report.year}
    commands.describe(report.pk, place="小城区", **told, by=town.office, at=AT)
    report.refresh_from_db()
    assert report.place == ""
    with pytest.raises(refusals.ReportTwice):
        take(place="小城区")


def test_a_report_of_another_place_is_doubted_until_its_place_is_given(take, town):
    report = take(OTHER, name="年度.txt")
    doubt = places.doubted_place(town.office, report, OTHER)
    assert (doubt.place, doubt.own) == ("河东区", "小城区")
    told = {"title": report.title, "day": report.day, "year": report.year}
    commands.describe(report.pk, place="河东区", **told, by=town.office, at=AT)
    report.refresh_from_db()
    assert places.doubted_place(town.office, report, OTHER) is None
    own = take()
    assert places.doubted_place(town.office, own, REPORT) is None
