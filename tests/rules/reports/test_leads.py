"""Articles and bulletins: a paragraph's first time word says of what time it tells."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rules.reports.leads import is_over, is_set_off, lead_of, level_period
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.periods import Now

MAY = Now(speaker=2024, year=2024, day=date(2024, 5, 20))
NOVEMBER = "2024年11月9日\n"


def brief(statements):
    return [
        (str(one.value), one.kind.value, one.period) for one in statements if one.value is not None
    ]


@pytest.mark.parametrize(
    ("words", "period", "over", "set_off"),
    [
        ("一季度，全区经济平稳。", "2024Q1", True, True),
        ("2023年全区经济平稳。", "2023", True, False),
        ("报告说，2023年全区经济平稳。", "2023", True, False),
        ("今年以来，全区经济平稳。", "2024", True, True),
        ("1—4月，全区经济平稳。", "2024-01/2024-04", True, True),
        ("今年，全区要建成10处公园。", "2024", False, True),
        ("下半年，全区要建成10处公园。", "2024H2", False, True),
        ("3月，全区经济平稳。", None, None, None),
        ("近年来，全区经济平稳。", None, None, None),
        ("全区经济平稳，2023年增长。", None, None, None),
        ("全区经济平稳。", None, None, None),
        ("岁月静好。", None, None, None),
    ],
)
def test_what_a_paragraph_begins_with(words, period, over, set_off):
    lead = lead_of(words, MAY)
    assert (lead and lead.period) == period
    if lead is not None:
        assert is_over(lead, MAY) is over
        assert is_set_off(words, lead) is set_off


def test_without_a_day_the_year_of_the_speaker_tells():
    undated = Now(speaker=2024, year=2024)
    assert is_over(lead_of("2023年，全区平稳。", undated), undated)
    assert not is_over(lead_of("2024年，全区平稳。", undated), undated)


def test_a_level_of_years_is_that_of_the_last():
    assert level_period("2019/2023") == "2023"
    assert level_period("2024Q1") == "2024Q1"


def test_a_bulletin_tells_of_the_quarter_it_begins_with(article):
    told = article(
        "2024年5月20日\n一季度，全县实现生产总值50亿元，增长4%。其中，第一产业5亿元，增长1%。\n"
        "一、农业生产稳定\n蔬菜产量9万吨，增长2%。全县固定资产投资增长9%。\n"
    )
    assert {one[1:] for one in brief(told)} == {("result", "2024Q1")}


def test_an_article_goes_on_telling_of_the_year_before_until_it_turns(article):
    told = article(
        "在2024年1月9日举行的会议上，县长报告工作。\n"
        "2023年，面对复杂形势，全县经受住了考验。\n出台20项措施，为300户企业减税。\n"
        "2024年主要预期目标：生产总值增长6%，粮食产量达到25万吨。\n新建学校3所。\n"
    )
    assert brief(told) == [
        ("20", "result", "2023"),
        ("300", "result", "2023"),
        ("6", "target", "2024"),
        ("25", "target", "2024"),
        ("3", "target", "2024"),
    ]


def test_a_sentence_of_an_article_governs_those_behind_it(article):
    told = article(
        "2024年2月20日\n会议听取了报告。报告说，2023年全区发展良好。生产总值达到300亿元，增长9%。"
        "今年，全区将新建公园5处。改造小区8个。\n"
    )
    assert brief(told) == [
        ("300", "result", "2023"),
        ("9", "result", "2023"),
        ("5", "target", "2024"),
        ("8", "target", "2024"),
    ]


def test_a_paragraph_of_a_review_is_told_of_the_year_set_off_at_its_head(article):
    told = article(
        "政府工作报告\n2016年3月29日在会议上\n一、“十二五”时期及2015年工作回顾\n"
        "一年来，我们狠抓项目。新建园区5个。\n“十二五”时期，建成公园30处。\n"
    )
    assert brief(told) == [("5", "result", "2015"), ("30", "result", "2011/2015")]


def test_a_half_year_reviewed_stays_the_period_of_its_paragraphs(article):
    told = article(
        "政府工作报告\n2013年6月25日在会议上\n一、关于2013年上半年工作\n"
        "今年以来，全县平稳发展。完成财政收入6亿元。\n"
    )
    assert brief(told) == [("6", "result", "2013H1")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "1-10月项目完成投资629亿元，占年度投资计划的97.2%。",
            [("629", "result", "2024-01/2024-10"), ("97.2", "result", "2024-01/2024-10")],
        ),
        (
            "本年度计划开工项目255项（其中1-10月份计划新开工223项），目前已开工206项，完成年度计划开工的80%。",
            [
                ("255", "target", "2024"),
                ("223", "target", "2024-01/2024-10"),
                ("206", "result", "2024"),
                ("80", "result", "2024"),
            ],
        ),
        (
            "截至10月底，17个村已通水，预计年底前全部通水，解决2万人饮水问题。",
            [("17", "result", "2024-10"), ("2", "target", "2024")],
        ),
        ("12月底前，力争完成主体工程，打通断头路2条。", [("2", "target", "2024-12")]),
        ("今年累计新开工小区53个。", [("53", "result", "2024")]),
        ("其中26个区县今年计划任务已全部开工。", [("26", "result", "2024")]),
        ("自2019年启动改造工作以来，已改造小区16个。", [("16", "result", "2019/2023")]),
        ("到2030年，能耗累计降低17%。", [("17", "target", "2030")]),
    ],
)
def test_plan_and_progress_in_one_article(article, words, expected):
    assert brief(article(NOVEMBER + words + "\n")) == expected


def test_a_title_as_wide_as_the_heading_makes_no_column():
    words = (
        "区人民政府工作报告\n——2014年12月17日在示例区第十四届人民代表大会第四次会议上\n"
        "一、2014年工作回顾\n2014年实现生产总值528亿元，" + "增长较快；" * 20 + "\n"
    )
    mended = mend(words)
    told = [mended.text[one.start : one.end] for one in mended.paragraphs]
    assert told[2] == "一、2014年工作回顾"


def test_letters_before_money_make_no_name(reviewed):
    (one,) = [one for one in reviewed("全区实现GDP665.08亿元。") if one.value is not None]
    assert (one.value, one.unit) == (Decimal("665.08"), "亿元")


def test_a_target_of_growth_is_growth(planned):
    (one,) = [one for one in planned("经济增长目标定在6.5%以上。") if one.value is not None]
    assert (one.growth, one.comparator) == (True, ">=")


@pytest.mark.parametrize(
    ("words", "value", "unit"),
    [("建设道路13段。", 13, "段"), ("举办培训班12期。", 12, "期"), ("改造面积3万㎡。", 3, "万㎡")],
)
def test_more_measure_words(reviewed, words, value, unit):
    (one,) = [one for one in reviewed(words) if one.value is not None]
    assert (one.value, one.unit) == (value, unit)


def test_a_bulletin_without_a_day_tells_of_the_year_it_begins_with(article):
    told = article(
        "2018年，面对困难，全县经济平稳。\n一、综合\n全年生产总值100亿元，同比增长9%，比上年提高。\n"
        "二、农业\n全年粮食产量4900吨，同比下降1%。\n年末生猪存栏36万头。\n"
    )
    assert {one[2] for one in brief(told)} == {"2018"}
    assert {one[1] for one in brief(told)} == {"result"}


def test_a_bulletin_by_its_title_tells_of_the_year_before(article):
    told = article("2019年国民经济和社会发展统计公报\n全年粮食产量18万吨。\n")
    assert brief(told) == [("18", "result", "2019")]


def test_a_paragraph_of_another_time_does_not_stay(article):
    told = article(
        "2024年11月9日\n全区今年要新建学校3所，建成公园2处，改造小区6个，完成投资9亿元。\n"
        "一季度，全区平稳发展。新建泵站4座。\n改造管网8公里。\n"
    )
    assert brief(told)[-2:] == [("4", "result", "2024Q1"), ("8", "target", "2024")]


@pytest.mark.parametrize(
    ("heading", "period"),
    [
        ("一、2020年及“十三五”工作回顾", "2020"),
        ("一、“十三五”时期及2020年工作回顾", "2016/2020"),
    ],
)
def test_what_a_heading_names_first_governs(article, heading, period):
    told = article(f"政府工作报告\n2021年1月29日在会议上\n{heading}\n新建学校5所。\n")
    assert brief(told) == [("5", "result", period)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("截至三季度末，24个事项已提前完成全年任务。", [("24", "result", "2024Q3")]),
        ("11月份，有21项民生工程完成全年任务。", [("21", "result", "2024-11")]),
        ("已完成投资11亿元，完成年度总投资的88%。", [("11", "result"), ("88", "result")]),
        ("11月8日，全区29个项目开工。", [("29", "result", "2024-11")]),
        ("1-11月，完成固定资产投资5亿元。", [("5", "result", "2024-01/2024-11")]),
        ("元至9月份，扶持创业206人。", [("206", "result", "2024-01/2024-09")]),
        ("项目全部建成投产后，预计年产值20亿元。", [("20", "target", "2024")]),
    ],
)
def test_what_is_done_in_an_article(article, words, expected):
    found = brief(article(NOVEMBER + words + "\n"))
    assert [one[: len(want)] for one, want in zip(found, expected, strict=True)] == expected


def test_the_day_a_page_was_printed_on_and_the_year_it_looks_ahead_to(article):
    assert brief(article("2024-07-29 09:16\n改造危桥8座。\n")) == [("8", "target", "2024")]
    ahead = "2022年12月30日\n2023年预期目标如下。2023年要点如下。\n新建学校3所。\n"
    assert brief(article(ahead)) == [("3", "target", "2023")]


@pytest.mark.parametrize(
    ("words", "value", "unit", "comparator"),
    [
        ("签约15个项目。", 15, "个", "="),
        ("签约项目达15个。", 15, "个", "="),
        ("在学校附近3处路口增设信号灯。", 3, "处", "="),
        ("建成停车场近30处。", 30, "处", "~"),
        ("全社会用电量达到7.2亿度。", Decimal("7.2"), "亿度", "="),
        ("生产总值总量六区第一。", 1, "位", "="),
    ],
)
def test_what_stands_before_a_number_may_be_another_word(reviewed, words, value, unit, comparator):
    (one,) = [one for one in reviewed(words) if one.value is not None]
    assert (one.value, one.unit, one.comparator) == (value, unit, comparator)


def test_a_report_given_in_december_reviews_its_own_year(article):
    told = article(
        "政府工作报告\n2018年12月22日在会议上\n2018年是开局之年，全县发展良好。"
        "预计到年末，全县生产总值完成115亿元。粮食产量预计20万吨。\n"
    )
    assert brief(told) == [("115", "result", "2018"), ("20", "result", "2018")]


def test_what_stands_at_present_is_no_longer_of_the_year_told(article):
    told = article(
        "2023年3月8日\n去年，全市改造小区36个。加装电梯15部。目前，42个小区中已有18个进场施工。\n"
    )
    assert brief(told)[:2] == [("36", "result", "2022"), ("15", "result", "2022")]
    assert brief(told)[-1] == ("18", "result", "2023")


def test_a_sum_that_is_planned_is_the_size_of_what_is_reviewed(reviewed):
    told = brief(reviewed("签约项目13个，计划投资9亿元。"))
    assert told == [("13", "result", "2023"), ("9", "baseline", "2023")]


def test_a_term_in_what_is_told_of_the_year_before_is_of_this_year(article):
    told = article("2024年5月9日\n2023年，全县建成公园5处。10月底前改造小区9个。\n")
    assert [str(one.deadline) for one in told if one.value == 9] == ["2024-10-31"]


def test_a_term_of_an_article_without_a_day_is_to_come(article):
    told = article("2024年，今年以来，全县建成公园5处。2024年12月底前改造小区9个。2024年重点。\n")
    assert [one.kind.value for one in told if one.value == 9] == ["target"]
