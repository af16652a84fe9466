"""Laws of reading: any text is read, offsets are true, real reports may be damaged."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

REPORTS = Path(__file__).parents[4] / "shared/data/reports"
PIECES = st.sampled_from(
    [
        "一、2023年工作回顾\n",
        "二、2024年工作安排\n",
        "新增",
        "企业",
        "3",
        "12.5",
        "两",
        "亿元",
        "个",
        "%",
        "分别",
        "增长",
        "均",
        "、",
        "，",
        "。",
        "等",
        "项目",
        "第",
        "一",
        "年底前",
        "2025年",
        "“",
        "”",
        "（",
        "）",
        "甲乙路",
        "超",
        "以上",
        "-",
        "万",
        "其中",
        "占",
        "连续",
        "年",
        "全市",
        "\n",
        " ",
        "各位代表",
        "翻番",
        "分之",
        "/",
        "位居",
    ]
)


def is_true(original):
    """Read a text and hold every offset against it."""
    for one in read(mend(original), doc="d"):
        assert original[one.start : one.end] == one.quote
        if one.value_start is not None:
            assert one.start <= one.value_start < one.value_end <= max(one.end, one.value_end)
            assert (one.value is None) == (one.comparator is None)
        for name in one.projects:
            assert name


@given(st.text(max_size=300))
def test_any_text_is_read(text):
    is_true(text)


@given(st.lists(PIECES, max_size=60).map("".join))
def test_any_run_of_official_words_is_read(text):
    is_true(text)


@pytest.mark.skipif(not REPORTS.is_dir(), reason="the reports are not here")
def test_damaged_real_reports_are_read():
    chance = random.Random(7)
    for path in sorted(REPORTS.rglob("*.txt"))[:8]:
        text = path.read_text(encoding="utf-8")
        is_true(text)
        at = chance.randrange(len(text))
        cut = text[:at] + text[at + chance.randrange(40) :]
        is_true(cut[: at + 2000])
        letters = list(text[:4000])
        chance.shuffle(letters)
        is_true("".join(letters))


def test_a_sentence_without_end_is_read_in_parts():
    text = "推进" + "建成甲乙路等3条、" * 2000
    found = read(mend(text), doc="x")
    assert len([one for one in found if one.value is not None]) > 1900
    assert all(text[one.start : one.end] == one.quote for one in found)


def test_a_text_may_end_in_a_time_word():
    one, *more = read(mend("其他不变。启动甲乙大桥建设5月底前2024年"), doc="x", year=2024)
    assert (one.period, more) == ("2024", [])
