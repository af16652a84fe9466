"""Days as officials type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.days import DayNotUnderstood, parse_day

JUNE = date(2026, 6, 30)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2026-6-30", JUNE),
        ("2026-06-30", JUNE),
        ("2026年6月30日", JUNE),
        ("2026年6月30", JUNE),
        ("2026.6.30", JUNE),
        ("2026/6/30", JUNE),
        (" 2026 年 6 月 30 日 ", JUNE),
        ("２０２６－６－３０".replace("－", "-"), JUNE),
        ("20260630", JUNE),
        ("6月30日", JUNE),
        ("6月30号", JUNE),
        ("2026年6月", JUNE),
        ("6月", JUNE),
        ("6月底", JUNE),
        ("6月末", JUNE),
        ("6月底前", JUNE),
        ("2026年6月底", JUNE),
        ("2024年2月底", date(2024, 2, 29)),
        ("2月底", date(2026, 2, 28)),
        ("12月底", date(2026, 12, 31)),
        ("2025年底", date(2025, 12, 31)),
        ("年底", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
    ],
)
def test_a_day_is_understood_as_it_is_written(text, day):
    assert parse_day(text, year=2026) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "尽快",
        "2026-6-31",
        "13月底",
        "0月底",
        "13月1日",
        "2026-0-1",
        "26-6-30",
        "明年",
        "20261301",
        "13月",
    ],
)
def test_words_that_name_no_day_are_refused_with_what_was_typed(text):
    with pytest.raises(DayNotUnderstood) as refused:
        parse_day(text, year=2026)
    assert refused.value.facts == {"text": text}


forms = st.sampled_from(["{0}-{1}-{2}", "{0}年{1}月{2}日", "{0}.{1:02}.{2:02}", "{0}/{1}/{2}"])


@given(st.dates(min_value=date(1000, 1, 1)), forms)
def test_every_day_is_read_back(day, form):
    assert parse_day(form.format(day.year, day.month, day.day), year=2026) == day
    assert parse_day(f"{day.month}月{day.day}日", year=day.year) == day


@given(st.text(max_size=12))
def test_anything_else_is_a_day_or_a_refusal(text):
    try:
        day = parse_day(text, year=2026)
    except DayNotUnderstood:
        return
    assert any(letter.isdecimal() for letter in text) or "年" in text
    assert isinstance(day, date)
