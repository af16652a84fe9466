"""What is done and what is to come in articles, where no section says it."""

from datetime import date

import pytest

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.statements import Kind


def first_of(words, day=date(2021, 7, 20)):
    """Return the kind and the period of each statement that an article of a day makes."""
    return [(one.kind, one.period) for one in read(mend(words), doc="x", day=day)]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("今年以来，全区先后实施甲乙路改造工程，其他不变。", Kind.RESULT),
        ("据了解，全区上半年工作有序。实施甲乙路改造工程，其他不变。", Kind.RESULT),
        ("去年，实施甲乙路改造工程，其他不变。", Kind.RESULT),
        ("目前，甲乙路改造工程已启动，建成丙丁公园。", Kind.RESULT),
        ("建成了甲乙公园，其他不变。", Kind.RESULT),
        ("会上介绍了近况，建成甲乙公园。", Kind.TARGET),
        ("加快甲乙公园等项目前期工作，其他不变。", Kind.TARGET),
        ("甲乙公园尽快组织开工建设，其他不变。", Kind.TARGET),
        ("8月底前建成甲乙公园，其他不变。", Kind.TARGET),
        ("健全项目推进机制，完成了丙丁工程。", Kind.MECHANISM),
    ],
)
def test_deeds_of_an_article(words, kind):
    assert kind in {one for one, _ in first_of(words)}
    assert first_of(words)[0][0] is kind or kind is Kind.RESULT


def test_what_a_sentence_said_before_goes_before_what_it_says_behind():
    kinds = [
        one for one, _ in first_of("甲乙路已完成管道铺设，具备通车条件，预计8月底前竣工投用。")
    ]
    assert kinds == [Kind.RESULT, Kind.RESULT, Kind.TARGET]
    kinds = [one for one, _ in first_of("将启动甲乙路改造，新建学校3所，去年建成丙丁桥。")]
    assert sorted(kinds) == [Kind.RESULT, Kind.TARGET, Kind.TARGET]


def test_a_review_may_hold_hopes():
    words = "政府工作报告\n（2024年1月10日）\n\n一、2023年工作回顾\n有望建成甲乙公园，其他不变。"
    assert [one.kind for one in read(mend(words), doc="x")] == [Kind.TARGET]


def test_the_present_ends_what_is_told_of_a_time_gone_by():
    statements = first_of("2008年启动开发建设，目前累计完成投资560亿元；甲乙大厦已交付使用。")
    assert statements == [(Kind.RESULT, "2021"), (Kind.RESULT, "2021")]
    statements = first_of("2008年，完成投资560亿元；甲乙大厦已交付使用。")
    assert statements == [(Kind.RESULT, "2008"), (Kind.RESULT, "2008")]


def test_one_of_so_many_is_no_value():
    assert first_of("作为20个重点项目之一的甲乙广场开工3处。") == [(Kind.TARGET, "2021")]


def test_a_year_reviewed_under_its_own_heading_is_not_planned():
    words = "2020年工作和“十三五”发展回顾\n2020年，全年投入资金6533万元，其他不变。"
    assert [(one.kind, one.period) for one in read(mend(words), doc="x")] == [(Kind.RESULT, "2020")]


def test_a_value_with_its_growth_was_measured():
    words = "地区生产总值21亿元，增长8%；两税收入3亿元，净增1亿元；预计投资达到5亿元，增长9%。"
    assert {one for one, _ in first_of(words)} == {Kind.RESULT}
    assert {one for one, _ in first_of("力争地区生产总值21亿元，增长8%。")} == {Kind.TARGET}


def test_the_size_of_a_place_is_no_result():
    words = "甲乙公园总面积为44公顷，其中水体面积为3公顷，新增绿化面积2公顷，目前开放。"
    assert [one.kind for one in read(mend(words), doc="x")][:3] == [
        Kind.BASELINE,
        Kind.BASELINE,
        Kind.RESULT,
    ]


def test_a_paragraph_that_turns_to_what_comes_ends_what_is_told():
    words = (
        "全区去年完成投资5亿元，其他不变，工作平稳有序地向前推进着。\n"
        "接下来的规划布局将主要做好两方面工作，其他不变，具体如下所示。征收8000亩土地。"
    )
    assert first_of(words, date(2018, 5, 10)) == [
        (Kind.RESULT, "2017"),
        (Kind.TARGET, "2018"),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("加强对老旧小区的提升改造，其他不变。", Kind.TARGET),
        ("加大中小学建设力度，其他不变。", Kind.TARGET),
        ("推进背街小巷综合治理，其他不变。", Kind.TARGET),
        ("开展城市管理三年提升行动，其他不变。", Kind.TARGET),
        ("构建15分钟公共文化服务圈，其他不变。", Kind.TARGET),
        ("抓好新型基础设施项目建设，其他不变。", Kind.TARGET),
        ("加大医疗卫生投入，其他不变。", Kind.MECHANISM),
        ("实行科技项目揭榜制，其他不变。", Kind.MECHANISM),
        ("引导企业开展技术改造，其他不变。", Kind.MECHANISM),
        ("推广居民健康账户，其他不变。", Kind.MECHANISM),
        ("推进设备研制，其他不变。", Kind.TARGET),
    ],
)
def test_what_is_built_and_how_work_is_done(planned, words, kind):
    assert [one.kind for one in planned(words)] == [kind]
