"""Who answers for a task, and by when, where a table of tasks says so behind it."""

from datetime import date

import pytest

from luoshi.rules.reports.mending import Kind, Paragraph
from luoshi.rules.reports.offices import each_of
from luoshi.rules.reports.task_labels import labels_in, labels_of


def named(statements):
    return [(str(one.value), one.responsible) for one in statements if one.value is not None]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("改造小区12个，由区住建局牵头、各街道配合。", [("12", "区住建局")]),
        ("新建学校3所（区教育局牵头）。", [("3", "区教育局")]),
        ("建成公园5处。责任单位：区园林局；配合单位：各街道。", [("5", "区园林局")]),
        (
            "新建学校3所。改造小区12个。（责任单位：区教育局、区住建局）",
            [("3", "区教育局、区住建局"), ("12", "区教育局、区住建局")],
        ),
        ("建成养老中心3家。各责任单位要抓好落实。", [("3", None)]),
        ("建成养老中心3家。责任单位：另行明确。", [("3", None)]),
        ("新建学校3所。（区教育局、区财政局牵头，各街道配合）", [("3", "区教育局、区财政局")]),
        ("新建学校3所（区教育局、各镇（街道））。", [("3", "区教育局、各镇（街道）")]),
        ("改造小区12个。【区住建局牵头】", [("12", "区住建局")]),
        ("改造小区12个（县医院、老城）。建泵站2座（县内）。", [("12", None), ("2", None)]),
        ("新建学校3所，由区教育局、区财政局负责。", [("3", "区教育局、区财政局")]),
        ("区教育局：新建学校3所。", [("3", "区教育局")]),
        ("新建学校3所。（区融媒体中心）", [("3", None)]),
        (
            "新建学校3所（区教育局），改造小区12个（区住建局）。",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "新建学校3所（由区教育局负责），改造小区12个（由区住建局负责）。",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "由区教育局负责新建学校3所，由区住建局负责改造小区12个。",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        ("市民中心将于6月底前建成投用，可停车300辆。", [("300", None)]),
        ("会展中心预计年底竣工并交付，完成投资3亿元。", [("3", None)]),
        ("滨河文化街道计划10月开放，引进商户60家。", [("60", None)]),
        ("区疾控中心将于6月底前建成门诊4个。", [("4", "区疾控中心")]),
        ("区数据中心计划扩大数据开放，公布目录20项。", [("20", "区数据中心")]),
        ("区疾控中心计划今年开展培训20场。", [("20", "区疾控中心")]),
        ("区城投公司预计6月底竣工，交付安置房300套。", [("300", "区城投公司")]),
        (
            "区教育局要新建学校3所，区住建局要改造小区12个。",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "改造小区12个。（责任单位:区住建局,各街道办事处;配合单位:区财政局)",
            [("12", "区住建局，各街道办事处")],
        ),
        ("改造小区12个。\n责任单位：区委宣传部 区住建局", [("12", "区委宣传部 区住建局")]),
        ("改造小区12个。责任单位：区委办公室 区住建局。", [("12", "区委办公室、区住建局")]),
        (
            "一是新建学校3所。\n牵头单位：区教育局\n责任单位：区住建局\n二是改造小区12个。\n牵头单位：区住建局\n三是建泵站2座。",
            [("3", "区教育局"), ("12", "区住建局"), ("2", None)],
        ),
    ],
)
def test_the_unit_that_is_named_behind(planned, words, expected):
    assert named(planned(words)) == expected


@pytest.mark.parametrize(
    "words",
    [
        "建设车位300个（牵头单位：区城管局；完成时限：11月底）。",
        "建设车位300个，责任单位为区城管局，完成时限为11月底。",
        "建设车位300个。\n责任单位：区城管局\n完成时限：2024年11月",
    ],
)
def test_the_day_that_is_named_behind(planned, words):
    (one,) = planned(words)
    assert (one.responsible, one.deadline) == ("区城管局", date(2024, 11, 30))
    assert one.deadline_stated


def test_a_label_without_a_day_gives_none(planned):
    (one,) = planned("建设车位300个。完成时限：长期坚持。")
    assert one.deadline_stated is False


def test_labels_before_any_paragraph_belong_to_none():
    assert labels_in("责任单位：区教育局", []) == []
    assert labels_of([], 0) == (None, None)


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("责任单位：区民政局。建成养老中心3家。", [("3", "区民政局")]),
        ("责任单位：区民政局\n建成养老中心3家。\n三、其他工作", [("3", "区民政局")]),
        (
            "责任单位：区教育局\n新建学校3所。\n责任单位：区住建局\n改造小区12个。",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "责任单位：区教育局\n1.新建学校3所\n责任单位：区住建局\n2.改造小区12个",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "1.新建学校3所\n责任单位：区教育局\n2.改造小区12个\n责任单位：区住建局",
            [("3", "区教育局"), ("12", "区住建局")],
        ),
        (
            "（1）责任单位：县住建局\n改造小区12个。\n（2）责任领导：副县长\n责任单位：县水利局\n建泵站2座。",
            [("12", "县住建局"), ("2", "县水利局")],
        ),
        (
            "（一）城建\n责任单位：县住建局\n改造小区12个。\n建泵站2座。\n（二）教育\n新建学校3所。",
            [("12", "县住建局"), ("2", "县住建局"), ("3", None)],
        ),
    ],
)
def test_the_unit_that_is_named_before(planned, words, expected):
    assert named(planned(words)) == expected


def test_the_day_of_a_task_that_is_a_heading(planned):
    tasks = "三、新建学校3所\n责任单位：区教育局\n完成时限：2024年9月底前\n四、改造小区12个\n"
    read = planned(f"{tasks}完成时限：长期")
    school, homes = (one for one in read if one.value is not None)
    assert (school.responsible, school.deadline) == ("区教育局", date(2024, 9, 30))
    assert (homes.responsible, homes.deadline_stated) == (None, False)


def test_units_of_a_list_come_one_by_one():
    assert each_of("区委宣传部和区教体局 各镇（街道、办）") == [
        "区委宣传部",
        "区教体局",
        "各镇（街道、办）",
    ]


def test_labels_of_what_is_not_read_are_left_out():
    menu = [Paragraph(0, 9, Kind.MENU)]
    assert labels_in("责任单位：区教育局", menu) == []


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("区教育局、区财政局要新建学校3所。", "学校"),
        ("各乡镇（街道）要改造小区12个。", "小区"),
        ("由区教育局负责新建学校3所。", "学校"),
        ("【城建】改造小区12个。", "小区"),
        ("★新建学校3所★", "学校"),
        ("县住建局、县财政局要加快推进甲乙大街建设，其他不变。", "甲乙大街建设"),
        ("建成甲乙大桥（区交通局、区财政局），其他不变。", "甲乙大桥"),
        ("建成甲乙大桥（一期），其他不变。", "甲乙大桥（一期）"),
    ],
)
def test_who_acts_is_no_part_of_what_is_done(planned, words, subject):
    assert planned(words)[0].subject == subject
