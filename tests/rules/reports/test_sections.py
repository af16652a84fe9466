"""When a document speaks, and where it tells, promises or keeps silent."""

from datetime import date

import pytest

from luoshi.rules.reports.dating import Dated, dated
from luoshi.rules.reports.sections import Sections
from luoshi.rules.reports.taking import Mode


@pytest.mark.parametrize(
    ("words", "year", "day"),
    [
        ("示例县2024年政府工作报告", 2024, None),
        ("政府工作报告\n2024年1月10日在会议上", 2024, date(2024, 1, 10)),
        ("二〇二四年一月十日在会议上", 2024, date(2024, 1, 10)),
        ("一、2023年工作回顾", 2024, None),
        ("二、2024年重点工作", 2024, None),
        ("2024年建成。2024年通车。2023年开工。1月13日上午，会议召开。", 2024, date(2024, 1, 13)),
        ("2024年建成。2023年开工。", 2023, None),
        ("没有日子", None, None),
        ("2024年13月40日在会议上", 2024, None),
        ("二〇二四年零月十日在会议上", None, None),
    ],
)
def test_a_document_says_when_it_speaks(words, year, day):
    assert dated(words, year=None, day=None) == Dated(year, day)


def test_what_is_given_goes_before_what_is_written():
    assert dated("示例县2024年政府工作报告", year=2020, day=None) == Dated(2020, None)
    assert dated("", year=None, day=date(2020, 7, 30)) == Dated(2020, date(2020, 7, 30))


JANUARY = Dated(2024, date(2024, 1, 10))
JULY = Dated(2024, date(2024, 7, 10))
BODY = "。" * 50


def walked(when, *paragraphs):
    sections = Sections(when)
    taken = [sections.taken(words, is_heading=False) for words in paragraphs]
    return sections, taken[-1]


@pytest.mark.parametrize(
    ("when", "heading", "mode", "period", "level", "last"),
    [
        (JANUARY, "一、2023年工作回顾", "review", "2023", "2023", None),
        (JANUARY, "一、工作回顾", "review", "2023", "2023", None),
        (JULY, "一、工作回顾", "review", "2024", "2024", None),
        (JANUARY, "二、2024年工作安排", "plan", "2024", "2024", "2024-12-31"),
        (JANUARY, "二、重点工作", "plan", "2024", "2024", "2024-12-31"),
        (JANUARY, "一、过去五年工作回顾", "review", "2019/2023", "2023", None),
        (JANUARY, "“十四五”时期工作回顾", "review", "2021/2025", "2025", None),
        (JANUARY, "二、今后五年的奋斗目标", "plan", "2024/2028", "2028", "2028-12-31"),
        (JANUARY, "二、“十五五”时期主要目标", "plan", "2026/2030", "2030", "2030-12-31"),
        (JULY, "上半年：实干见效", "review", "2024H1", "2024H1", None),
        (JULY, "下半年：再接再厉", "plan", "2024", "2024", "2024-12-31"),
        (JANUARY, "上半年：实干见效", "mixed", "2024", "2024", "2024-12-31"),
        (JANUARY, "2023年 成绩单", "review", "2023", "2023", None),
        (JANUARY, "2024年 路线图", "plan", "2024", "2024", "2024-12-31"),
        (JANUARY, "二七里", "mixed", "2024", "2024", "2024-12-31"),
        (Dated(None, None), "一、工作回顾", "review", None, None, None),
        (Dated(None, None), "一、过去五年工作回顾", "review", None, None, None),
        (Dated(None, None), "二、今后五年的目标", "plan", None, None, None),
        (Dated(None, None), "上半年：实干见效", "mixed", None, None, None),
        (Dated(None, None), "2023年 成绩单", "review", "2023", "2023", None),
    ],
)
def test_headings(when, heading, mode, period, level, last):
    _, section = walked(when, heading)
    told = section.deadline and section.deadline.isoformat()
    assert (section.mode, section.period, section.level_period, told) == (mode, period, level, last)


def test_paragraphs_turn_the_page_too():
    _, five = walked(JANUARY, "一、2023年工作回顾", f"各位代表！五年来，我们实干{BODY}")
    assert (five.mode, five.period) == (Mode.REVIEW, "2019/2023")
    _, plan = walked(JANUARY, "一、2023年工作回顾", f"今年是关键之年{BODY}")
    assert plan.mode is Mode.PLAN
    _, year = walked(JANUARY, "一、2023年工作回顾", f"2024年，全县将实干{BODY}")
    assert year.mode is Mode.PLAN
    _, past = walked(JANUARY, "一、2023年工作回顾", f"2023年，全县实干{BODY}")
    assert past.mode is Mode.REVIEW
    _, half = walked(JULY, f"上半年，全县实干{BODY}")
    assert (half.mode, half.period) == (Mode.REVIEW, "2024H1")


def test_shortcomings_and_thanks_promise_nothing():
    _, section = walked(JANUARY, f"我们也清醒地看到，还存在不少困难{BODY}")
    assert section.mode is Mode.SILENT


def test_definitions_end_the_report():
    sections, _ = walked(JANUARY, "名词解释")
    assert sections.is_over
    sections, section = walked(JANUARY, "名词解释", "[1]2024年重点工作：甲")
    assert (sections.is_over, section.mode) == (True, Mode.MIXED)


def test_a_new_chapter_after_definitions_is_read_again():
    sections, section = walked(JANUARY, "名词解释", "二、2024年工作安排")
    assert (sections.is_over, section.mode) == (False, Mode.PLAN)


def test_an_article_of_the_middle_year_promises_the_second_half(article):
    words = (
        "7月30日，示例县召开会议。加快推进市民广场建设，完善服务功能。全年改造老旧小区30个。"
        "\n上半年，新开工项目12个。\n下半年，要推进县医院建设，完善服务功能。"
    )
    told = [(one.subject, one.period) for one in article(words, year=2024, day=date(2024, 7, 30))]
    assert ("市民广场建设", "2024H2") in told
    assert ("老旧小区", "2024") in told
    assert ("项目", "2024H1") in told
    assert ("县医院建设", "2024H2") in told


def kinds_and_subjects(statements):
    return [(one.kind.value, one.subject) for one in statements]


def test_a_heading_that_ran_together_with_its_text_still_heads_it(article):
    words = (
        "一、工作开展情况 建成学校3所，完成投资5亿元。二、下一步工作安排 新建公园2个，改造小区9个。"
    )
    assert kinds_and_subjects(article(words, year=2024)) == [
        ("result", "学校"),
        ("result", "投资"),
        ("target", "公园"),
        ("target", "小区"),
    ]
    title = "示例区2024年上半年工作总结 上半年，我区建成学校3所，完成投资5亿元。"
    assert {one.kind.value for one in article(title)} == {"result"}


def test_what_a_paragraph_is_about_may_stand_before_its_colon(article):
    words = "2023年工作总结：新建学校3所。\n2024年工作计划：改造小区20个。"
    assert kinds_and_subjects(article(f"2023年工作总结及2024年工作计划\n{words}")) == [
        ("result", "学校"),
        ("target", "小区"),
    ]


def test_the_number_of_an_item_is_no_part_of_what_it_says(planned):
    words = (
        "（一）新建学校3所。\n1.改造小区20个。\n2.建成甲乙大桥。\n（二）加快城市更新，做优环境。"
    )
    assert kinds_and_subjects(planned(words)) == [
        ("target", "学校"),
        ("target", "小区"),
        ("target", "甲乙大桥"),
    ]


def test_items_that_ran_together_are_parted_where_a_sentence_ends(planned):
    words = (
        "一、城建 1.新建车位300个，改造小区12个。（责任单位：区住建局） 2.建成甲乙大桥。"
        "（责任单位：区城管局） 二、民生 3.新增床位200张。"
    )
    found = [(one.subject, one.responsible) for one in planned(words)]
    assert found == [
        ("车位", "区住建局"),
        ("小区", "区住建局"),
        ("甲乙大桥", "区城管局"),
        ("床位", None),
    ]


def test_numbers_of_items_may_be_set_apart(planned):
    words = "1 . 新 建 车 位 3 0 0 个 。\n2 . 建 成 甲 乙 大 桥 。\n"
    assert [one.subject for one in planned(words)] == ["车位", "甲乙大桥"]


def test_numbers_of_items_may_be_set_apart_by_tabulators(planned):
    words = "1\t新建车位300个。\n2\t建成甲乙大桥。\n"
    assert [one.subject for one in planned(words)] == ["车位", "甲乙大桥"]
