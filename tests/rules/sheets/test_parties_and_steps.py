"""Several units, and several milestones, in one cell."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.sheets.parties import Parties, read_parties
from luoshi.rules.sheets.steps import MOST_STEPS, Steps, read_steps
from luoshi.rules.sheets.wording import numeral, one_line, shown


@pytest.mark.parametrize(
    ("text", "lead", "supporting"),
    [
        ("区住建局", "区住建局", ()),
        ("区住建局、区财政局", "区住建局", ("区财政局",)),
        ("区住建局，区财政局;区审计局/甲街道", "区住建局", ("区财政局", "区审计局", "甲街道")),
        ("区住建局\n区财政局", "区住建局", ("区财政局",)),
        ("区住建局 区财政局", "区住建局", ("区财政局",)),
        ("牵头：区住建局；配合：区财政局、区审计局", "区住建局", ("区财政局", "区审计局")),
        ("牵头单位：区住建局 配合单位：区财政局", "区住建局", ("区财政局",)),
        ("区住建局牵头，区财政局、区审计局配合", "区住建局", ("区财政局", "区审计局")),
        ("区财政局、区住建局（牵头）", "区住建局", ("区财政局",)),
        ("区住建局负责", "区住建局", ()),
        ("区住建局（区人防办、区房管中心）、甲街道", "区住建局(区人防办、区房管中心)", ("甲街道",)),
        ("人力资源和社会保障局", "人力资源和社会保障局", ()),
        ("区住建局区财政局", "区住建局", ("区财政局",)),  # under each other in a printed list
        ("配合单位：区财政局", "", ("区财政局",)),
        ("区住建局、区住建局", "区住建局", ()),
        ("—", "", ()),
    ],
)
def test_the_first_unit_leads_or_the_one_that_is_said_to(text, lead, supporting):
    parties = read_parties(text)
    assert parties == Parties(lead, supporting)
    assert set(parties.all) == {lead, *supporting} - {""}


@pytest.mark.parametrize("text", ["区城管局等", "区城管局、各有关单位", "区城管局等相关部门"])
def test_a_list_that_means_more_units_than_it_names_says_so(text):
    assert read_parties(text) == Parties("区城管局", (), open_ended=True)


@given(st.lists(st.sampled_from(["甲局", "乙委", "丙街道", "丁办"]), unique=True, min_size=1))
def test_units_are_read_back_whatever_parts_them(names):
    for mark in ("、", "，", ",", "；", "\n", "/"):
        assert read_parties(mark.join(names)).all == tuple(names)


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("6月底前完成主体；12月竣工", [("完成主体", (6, 30)), ("竣工", (12, 31))]),
        ("1.一季度：完成招标\n2.二季度完成主体", [("完成招标", (3, 31)), ("完成主体", (6, 30))]),
        ("主体封顶（6月底）；竣工：2021年12月", [("主体封顶", (6, 30)), ("竣工", (12, 31))]),
        ("1-3月办理手续，4-6月开工", [("办理手续", (3, 31)), ("开工", (6, 30))]),
        ("2021.6完成主体，2021.12完工", [("完成主体", (6, 30)), ("完工", (12, 31))]),
        ("2021年底前完成全部工程。", [("完成全部工程", (12, 31))]),
    ],
)
def test_steps_of_one_cell_have_their_days(text, steps):
    found = read_steps(text, year=2021)
    assert [(step.title, (step.day.day.month, step.day.day.day)) for step in found.dated] == steps
    assert found.undated == ()


def test_a_year_written_once_holds_for_the_steps_after_it():
    found = read_steps("2022年3月开工；6月封顶；2023年1月竣工", year=2021)
    days = [step.day.day for step in found.dated]
    assert days == [date(2022, 3, 31), date(2022, 6, 30), date(2023, 1, 31)]


def test_what_gives_no_day_is_kept_as_words():
    found = read_steps("完成前期手续；13月完成；6月底；3月开工", year=None)
    assert found.dated == ()
    assert found.undated == ("完成前期手续", "13月完成", "6月底", "3月开工")
    assert read_steps("无", year=2021) == Steps()


def test_steps_are_bounded():
    found = read_steps(";".join(["6月完成一项"] * (MOST_STEPS + 1)), year=2021)
    assert (len(found.dated), len(found.undated)) == (MOST_STEPS, 1)


@given(st.text(alphabet="0123456789年月日底前-；;,、:() 完成", max_size=60))
def test_any_words_give_steps(text):
    read_steps(text, year=2021)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        *[("12", 12), ("二", 2), ("十", 10), ("十二", 12), ("二十", 20), ("二十一", 21)],
        *[("百", None), ("甲十", None), ("十甲", None)],
    ],
)
def test_numerals(words, number):
    assert numeral(words) == number


def test_cells_as_text():
    assert [shown(value) for value in (None, True, False, 3, " 甲 ")] == ["", "是", "否", "3", "甲"]
    assert one_line("智能 制造\n产业园 A 1 区") == "智能制造产业园A 1区"
