"""Time words: which period, and which day is the last of it."""

from datetime import date

import pytest

from luoshi.rules.reports.periods import Now, moments_in
from luoshi.rules.reports.spans import plan_span

JANUARY = Now(speaker=2024, year=2024, day=date(2024, 1, 10))
JULY = Now(speaker=2024, year=2024, day=date(2024, 7, 9))
UNKNOWN = Now(speaker=None, year=None)


def told(words, now=JANUARY):
    return [
        (one.period, one.last and one.last.isoformat())
        for one in moments_in(words, 0, len(words), now)
    ]


@pytest.mark.parametrize(
    ("words", "period", "last"),
    [
        ("2025年", "2025", "2025-12-31"),
        ("二〇二五年", "2025", "2025-12-31"),
        ("2025年底前", "2025", "2025-12-31"),
        ("2025年6月底前", "2025-06", "2025-06-30"),
        ("2025年2月10日", "2025-02", "2025-02-10"),
        ("2025年上半年", "2025H1", "2025-06-30"),
        ("2025年三季度", "2025Q3", "2025-09-30"),
        ("2021年至2025年", "2021/2025", "2025-12-31"),
        ("2021—2025年", "2021/2025", "2025-12-31"),
        ("“十四五”末", "2025", "2025-12-31"),
        ("“十四五”期间", "2021/2025", "2025-12-31"),
        ("十五五时期", "2026/2030", "2030-12-31"),
        ("3年内", "2024/2026", "2026-12-31"),
        ("一年内", "2024", "2024-12-31"),
        ("未来三年", "2024/2026", "2026-12-31"),
        ("近五年", "2019/2023", "2023-12-31"),
        ("五年来", "2019/2023", "2023-12-31"),
        ("近年来", "../2024", None),
        ("去年", "2023", "2023-12-31"),
        ("明年", "2025", "2025-12-31"),
        ("今明两年", "2024/2025", "2025-12-31"),
        ("暑假期间改造", "2024-08", "2024-08-31"),
        ("今年", "2024", "2024-12-31"),
        ("年底", "2024", "2024-12-31"),
        ("年内", "2024", "2024-12-31"),
        ("11月底前", "2024-11", "2024-11-30"),
        ("十二月", "2024-12", "2024-12-31"),
        ("3月5日", "2024-03", "2024-03-05"),
        ("1-6月", "2024H1", "2024-06-30"),
        ("1至9月", "2024-01/2024-09", "2024-09-30"),
        ("上半年", "2024H1", "2024-06-30"),
        ("下半年", "2024H2", "2024-12-31"),
        ("一季度", "2024Q1", "2024-03-31"),
        ("前三季度", "2024Q1/2024Q3", "2024-09-30"),
        ("到本世纪中叶", "2050", "2050-12-31"),
        ("明年上半年", "2025H1", "2025-06-30"),
        ("明年三季度", "2025Q3", "2025-09-30"),
        ("今年6月底前", "2024-06", "2024-06-30"),
        ("今年十月", "2024-10", "2024-10-31"),
        ("今年底前", "2024", "2024-12-31"),
        ("去年3月5日", "2023-03", "2023-03-05"),
        ("去年底", "2023", "2023-12-31"),
        ("2021年以来", "2021/2023", "2023-12-31"),
        ("2023年以来", "2023", "2023-12-31"),
        ("“十四五”以来", "2021/2023", "2023-12-31"),
        ("今年以来", "2024", "2024-12-31"),
        ("三到五年时间", "2024/2028", "2028-12-31"),
        ("通过三年努力", "2024/2026", "2026-12-31"),
        ("3个月内", "2024-01/2024-04", "2024-04-30"),
        ("半年内", "2024-01/2024-07", "2024-07-31"),
        ("月底前", "2024-01", "2024-01-31"),
        ("暑期投入使用", "2024-08", "2024-08-31"),
        ("秋季开学前", "2024-08", "2024-08-31"),
        ("国庆节前", "2024-09", "2024-09-30"),
        ("“五一”前", "2024-04", "2024-04-30"),
        ("元旦前", "2024-12", "2024-12-31"),
    ],
)
def test_a_time_word(words, period, last):
    assert told(words) == [(period, last)]


def test_within_years_of_a_document_of_the_middle_year_counts_from_its_day():
    assert told("三年内", JULY) == [("2024/2027", "2027-07-31")]


@pytest.mark.parametrize(
    "words",
    [
        "高质量发展",
        "2月31日",
        "2025年2月31日",
        "0年内",
        "六十年内",
        "未来四十年",
        "9-3月",
        "9999年",
        "2025年至2021年",
        "一〇〇二年",
        "30个月内",
        "暑期旅游",
        "明年2月30日",
    ],
)
def test_what_names_no_day(words):
    assert told(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "上半年",
        "一季度",
        "3月",
        "明年3月",
        "3个月内",
        "月底",
        "国庆前",
        "三年内",
        "未来三年",
        "2-5月",
    ],
)
def test_nothing_is_guessed_without_a_year(words):
    assert told(words, UNKNOWN) == []


@pytest.mark.parametrize("words", ["去年", "今年", "明年", "年内", "近年来", "近三年"])
def test_a_word_of_the_past_or_present_stays_without_a_year(words):
    assert told(words, UNKNOWN) == [(None, None)]


def test_what_is_told_up_to_a_day_is_past():
    def are_past(words):
        return [one.is_past for one in moments_in(words, 0, len(words), JANUARY)]

    assert are_past("截至6月底，2021年以来") == [True, True]
    assert are_past("今年以来，去年底，今年底") == [True, True, False]


def test_since_a_plan_began_without_a_speaker_is_the_plan():
    assert told("“十四五”以来", UNKNOWN) == [("2021/2025", "2025-12-31")]


def test_five_year_plans():
    assert [plan_span(nth) for nth in (1, 2, 10, 14)] == [
        (1953, 1957),
        (1958, 1962),
        (2001, 2005),
        (2021, 2025),
    ]


def test_a_year_that_no_calendar_has_is_no_period():
    far = Now(speaker=9999, year=9999)
    assert told("明年", far) == [(None, None)]
    assert told("3月", Now(speaker=None, year=0)) == []
