"""What goes wrong at a desk: a paper twice, a secret one, two reviewers, slips of the hand."""

import pytest

from luoshi.intake.models import ReportDocument, StagedStatement
from luoshi.intake.reports import commands, exporting, queries, refusals
from luoshi.intake.reports.commands.fields import READERS
from luoshi.intake.reports.official import official_table
from tests.intake.reports import DAY, REPORT
from tests.ledger.town import AT

PARKING = 4


def statement(report, number):
    return StagedStatement.objects.get(document=report, number=number)


# ---- handing in ---------------------------------------------------------------------------------


def test_the_same_text_of_the_same_place_comes_in_once(report, take, town):
    with pytest.raises(refusals.ReportTwice) as refused:
        take(name="副本.txt", title="另名")
    assert refused.value.facts == {"title": report.title, "on": AT.date()}
    take(place="邻区")
    commands.remove_text(report.digest, by=town.office)
    take()  # so that its text is there again
    assert queries.text_of(town.district, report.digest) == REPORT
    take(REPORT.replace("2000个", "2200个"))  # a corrected version is another text
    assert ReportDocument.objects.count() == 4


@pytest.mark.parametrize(
    ("marked", "word"),
    [
        (f"机密★1年\n{REPORT}", "机密★"),
        (f"000012\r\n　秘密\r\n特急\n{REPORT}", "秘密"),
        (REPORT.replace("（2020", "绝密 ★\n（2020"), "绝密 ★"),
    ],
)
def test_a_marked_paper_is_not_taken(take, marked, word):
    with pytest.raises(refusals.ReportSecret) as refused:
        take(marked)
    assert refused.value.facts == {"word": word}
    assert not ReportDocument.objects.exists()


def test_a_report_may_speak_of_secrecy(take):
    assert take(f"{REPORT}加强保密管理，机密文件清查率达到100%。\n").counts["all"]


# ---- fields -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "period"),
    [
        ("2020", "2020"), (" 2020H1 ", "2020H1"), ("2016/2020", "2016/2020"),
        ("../2016", "../2016"), ("2020年", "2020"), ("2020年上半年", "2020H1"),
        ("2020年6月", "2020-06"), ("", None),
    ],
)  # fmt: skip
def test_a_period_is_kept_as_the_schema_writes_it(typed, period):
    assert READERS["period"]("period", typed) == period


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("period", "2020-13"), ("period", "9999"), ("period", "明年某时"),
        ("period", "2020年和2021年"), ("value", "1e9999"), ("value", "1e999999"),
        ("value", "1e-400"), ("value", "9" * 16),
        ("value", "NaN"), ("value", "3.5万"),
    ],
)  # fmt: skip
def test_a_slip_of_the_hand_is_refused(report, town, field, typed):
    with pytest.raises(refusals.ValueUnclear) as refused:
        commands.mend(report.pk, PARKING, fields={field: typed}, by=town.office)
    assert refused.value.facts == {"field": field, "text": typed}
    assert statement(report, PARKING).state == "open"


def test_a_value_may_have_its_thousands_parted_by_the_wide_comma():
    assert READERS["value"]("value", "1，200.50") == 1200.5


# ---- words of the text --------------------------------------------------------------------------


def test_words_are_found_whatever_parts_their_lines(take, town):
    report = take(REPORT.replace("，健全督查", "，\r\n健全督查").replace("\n", "\r\n"))
    number = commands.add(report.pk, quote="周通报，\n健全 督查督办", by=town.office)
    row = statement(report, number)
    text = queries.text_of(town.district, report.digest)
    assert text[row.start : row.end] == row.row["quote"]
    assert row.row["quote"].replace("\r", "").replace("\n", "") == "周通报，健全督查督办"


def test_words_that_stand_twice_are_taken_where_nobody_took_them(take, town):
    report = take(f"{REPORT}三、附则\n不忘初心，不忘初心。\n")
    first = statement(report, commands.add(report.pk, quote="不忘初心", by=town.office))
    second = statement(report, commands.add(report.pk, quote="不忘初心", by=town.office))
    third = statement(report, commands.add(report.pk, quote="不忘初心", by=town.office))
    assert first.start < second.start
    assert third.start == first.start  # all are taken: the first again


def test_a_whole_chapter_is_no_statement(report, town):
    with pytest.raises(refusals.QuoteNotFound):
        commands.add(report.pk, quote="新" * 1001, by=town.office)


def test_a_place_on_the_page_counts_a_line_end_once(take, town):
    report = take("2020年，新增停车位\r\n2000个，\r\n年底前完成。", day=DAY)
    row = queries.statements_of(report).first()
    quote = row.row["quote"]
    shown = quote.replace("\r\n", "\n")
    for at in range(len(shown)):
        place = queries.place_shown(report.pk, row.number, at)
        assert quote[:place].replace("\r\n", "\n") == shown[:at]
    assert queries.place_shown(report.pk, 99, 3) == 3


def test_the_official_table_takes_any_character(take, town):
    report = take(REPORT.replace("新增停车位", "新增\x0c停车位\x1b"))
    assert official_table(report, exporting.tasks_of(town.office, report)).startswith(b"PK")
