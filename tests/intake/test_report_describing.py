"""Title, place, day and year of a report are put right while it is reviewed."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.intake.reports import commands, queries, refusals
from luoshi.intake.reports.commands import Seen, describing
from luoshi.ledger.models import Matter
from luoshi.rules.journal import DayInFuture
from luoshi.rules.reports.reading import read
from tests.intake.reports import DAY
from tests.ledger.town import AT, LEAD

PARKING, BY_DECEMBER, SCHOOLS, ESTATES, PARK, REVENUE = 4, 5, 6, 7, 8, 10


@pytest.fixture
def describe(town):
    def described(report, **given):
        said = {
            "title": report.title, "place": report.place, "day": report.day, "year": report.year,
        }  # fmt: skip
        done = commands.describe(report.pk, **{**said, **given}, by=town.office, at=AT)
        report.refresh_from_db()
        return done

    return described


def statement(report, number):
    return StagedStatement.objects.get(document=report, number=number)


def test_a_title_and_a_place_are_put_right_and_nothing_is_read_again(report, town, describe):
    commands.accept(report.pk, [PARKING], by=town.office)
    assert describe(report, title="2020年政府工作报告", place=" 邻区 ") == (False, 0)
    assert (report.title, report.place) == ("2020年政府工作报告", "邻区")
    assert statement(report, PARKING).state == "accepted"
    assert commands.undo(report.pk, by=town.office) == [PARKING]
    describe(report, title=" ")
    assert report.title == "2020年政府工作报告"


def test_another_year_reads_the_text_again_and_keeps_what_was_decided(report, town, describe):
    lead = {"lead": str(town.unit(LEAD)), "matter": "new"}
    commands.take(report.pk, SCHOOLS, choice=lead, by=town.office)
    commands.accept(report.pk, [SCHOOLS], by=town.office)
    commands.drop(report.pk, [REVENUE], by=town.office)
    assert describe(report, year=2021, day=DAY + timedelta(days=1)) == (True, 0)
    assert (report.year, report.day, report.day_guessed) == (2021, date(2020, 3, 3), False)
    row = statement(report, SCHOOLS)
    assert (row.state, row.choice) == ("accepted", {"lead": lead["lead"]})
    assert statement(report, REVENUE).state == "dropped"
    assert statement(report, PARK).state == "open"
    assert report.counts["accepted"] == 1
    with pytest.raises(refusals.NothingToUndo):
        commands.undo(report.pk, by=town.office)


def test_periods_are_those_of_the_year_that_was_put_right(take, describe):
    report = take("今年，新建公园3个，改造老旧小区40个。", day=DAY)
    first = queries.statements_of(report).first()
    assert first.row["period"] == "2020"
    describe(report, year=2021, day=date(2021, 1, 5))
    assert queries.statements_of(report).first().row["period"] == "2021"


def test_what_a_person_wrote_or_added_is_there_again_and_waits(report, town, describe):
    commands.mend(report.pk, PARKING, fields={"value": "2100", "subject": "泊位"}, by=town.office)
    added = commands.add(report.pk, quote="由城管局牵头负责", by=town.office)
    quote = statement(report, added).row["quote"]
    describe(report, year=2021)
    row = statement(report, PARKING)
    assert (row.row["value"], row.row["subject"], row.state) == (2100, "泊位", "open")
    rows = [one for one in queries.statements_of(report) if one.row["quote"] == quote]
    assert [one.state for one in rows] == ["open"]
    assert report.counts["all"] == 11


def spans(report):
    """The statements as they stand: their characters, what they say, and what was decided."""
    return [
        (row.start, row.end, row.row["quote"], row.row["value"], row.row["subject"], row.state)
        for row in queries.statements_of(report)
    ]


def test_what_was_joined_or_split_is_so_again_with_what_was_decided(report, town, describe):
    origin = place(PARK)
    commands.join(report.pk, PARKING, by=town.office)
    commands.split(report.pk, PARK, at=4, by=town.office)
    commands.split(report.pk, ESTATES, at=2, by=town.office)
    commands.accept(report.pk, [PARKING, PARK], by=town.office)
    added = statement(report, 11)
    assert (added.row["quote"], added.choice["made_of"]) == ("滨河公园建设", [origin])
    commands.drop(report.pk, [11], by=town.office)
    before = spans(report)
    assert len(before) == 11  # ten, one joined away, two parted
    assert describe(report, year=2021) == (True, 0)
    after = spans(report)
    assert [one[:5] for one in after] == [one[:5] for one in before]
    decided = {one[2]: one[5] for one in after}
    assert (decided["加快推进"], decided["滨河公园建设"]) == ("accepted", "dropped")
    assert statement(report, BY_DECEMBER).state == "joined"
    commands.split(report.pk, PARK, at=2, by=town.office)  # parts of parts are of the same
    assert describe(report, year=2020) == (True, 0)
    assert sorted(one[2] for one in spans(report) if "推进" in one[2] or "加快" in one[2]) == [
        "加快", "推进",
    ]  # fmt: skip


def place(number):
    row = StagedStatement.objects.get(number=number)
    return [row.start, row.end, row.row["value_start"]]


def test_what_was_joined_and_then_split_elsewhere_is_so_again(report, town, describe):
    commands.join(report.pk, PARKING, by=town.office)
    joined = statement(report, PARKING).row["quote"]
    commands.split(report.pk, PARKING, at=joined.index("由"), by=town.office)
    before = [one[:3] for one in spans(report)]
    describe(report, year=2021)
    assert [one[:3] for one in spans(report)] == before
    values = {one[2]: one[3] for one in spans(report)}
    assert values[joined[: joined.index("由")]] == 2000
    assert values[joined[joined.index("由") :]] is None


def test_what_a_person_wrote_in_a_part_is_there_again(report, town, describe):
    commands.split(report.pk, PARK, at=4, by=town.office)
    commands.mend(report.pk, 11, fields={"subject": "滨河公园"}, by=town.office)
    describe(report, year=2021)
    (row,) = [one for one in queries.statements_of(report) if one.row["subject"] == "滨河公园"]
    assert (row.row["quote"], row.state) == ("滨河公园建设", "open")
    assert report.counts["all"] == 11


def test_what_finds_no_place_any_more_is_counted(report, town, describe, monkeypatch):
    commands.split(report.pk, PARK, at=4, by=town.office)
    commands.accept(report.pk, [SCHOOLS], by=town.office)

    def as_a_later_reader(mended, **given):
        return [one for one in read(mended, **given) if not {"所", None} & {one.unit}]

    monkeypatch.setattr(describing, "read", as_a_later_reader)
    assert describe(report, year=2021) == (True, 3)  # two parts and the schools
    assert report.counts["accepted"] == 0


def test_once_in_the_ledger_only_the_place_is_put_right(report, town, describe):
    commands.accept(report.pk, [PARKING], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    report.refresh_from_db()
    describe(report, place="邻区")
    assert report.place == "邻区"
    for given in ({"title": "另名"}, {"year": 2021}, {"day": date(2020, 3, 5)}):
        with pytest.raises(refusals.ReportInLedger):
            describe(report, **given)
    assert Matter.objects.count() == 1


def test_what_cannot_be_is_refused(report, take, town, describe):
    take(place="邻区")
    with pytest.raises(refusals.ReportTwice):
        describe(report, place="邻区")
    with pytest.raises(DayInFuture):
        describe(report, day=date(2199, 1, 1))
    commands.remove_text(report.digest, by=town.office)
    with pytest.raises(refusals.TextNotSupplied):
        describe(report, year=2021)
    describe(report, title="另名")
    report.refresh_from_db()
    assert report.year == 2020


def test_nothing_is_put_right_under_anothers_hands(report, town):
    seen = Seen(version=0, desk="mine", at=AT)
    colleague = replace(town.office, person=uuid4())
    commands.accept(report.pk, [PARKING], by=colleague, seen=Seen(desk="theirs", at=AT))
    given = {"title": "另名", "place": "", "day": DAY, "year": 2021}
    with pytest.raises(refusals.ReviewMoved):
        commands.describe(report.pk, **given, by=town.office, at=AT, seen=seen)
    assert ReportDocument.objects.get(pk=report.pk).title != "另名"
