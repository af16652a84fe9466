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


@pytest.mark.parametrize(
    ("words", "day", "kind", "period"),
    [
        ("12月完成重要道路改造31条。", date(2021, 12, 31), Kind.RESULT, "2021-12"),
        ("今年，全市共完成公厕改造31座。", date(2022, 11, 20), Kind.RESULT, "2022"),
        ("今年，全市改造公厕31座。", date(2022, 12, 20), Kind.RESULT, "2022"),
        ("剩余29个小区有望春节前后完成改造。", date(2022, 12, 20), Kind.TARGET, "2022"),
        ("第四批76个小区改造正在抓紧推进中。", date(2022, 9, 23), Kind.RESULT, "2022"),
        ("‘十二五’以来，累计实施项目3200项。", date(2017, 9, 14), Kind.RESULT, "2011/2015"),
        ("5年来，累计实施项目3200项。", date(2017, 9, 14), Kind.RESULT, "2012/2016"),
        (
            "2月11日，市里召开大会提出，今年将建设公园，开建湿地公园20个。",
            date(2019, 2, 13),
            Kind.TARGET,
            "2019",
        ),
        ("8月30日，建成湿地公园20个。", date(2019, 2, 13), Kind.TARGET, "2019-08"),
        ("22个产业项目中有现代物流园，目前开工。", date(2020, 3, 23), Kind.BASELINE, "2020"),
        ("今年来，固定资产投资额10亿元。", date(2020, 3, 23), Kind.RESULT, "2020"),
        (
            "丙区2021年的任务包括：打通断头路。新建公园12个。",
            date(2020, 12, 21),
            Kind.TARGET,
            "2021",
        ),
        ("甲乙路全长946米，其他不变。", date(2022, 3, 23), Kind.BASELINE, "2022"),
        ("甲乙路进行施工扫尾3处。", date(2022, 3, 23), Kind.RESULT, "2022"),
        ("甲乙路已进入主体施工阶段，新建泵站3座。", date(2022, 3, 23), Kind.RESULT, "2022"),
        ("连续三季度完成投资5亿元。", date(2020, 3, 23), Kind.TARGET, "2020"),
    ],
)
def test_a_number_of_an_article(words, day, kind, period):
    statements = [one for one in read(mend(words), doc="x", day=day) if one.value is not None]
    assert [(one.kind, one.period) for one in statements] == [(kind, period)]


def test_who_learnt_it_is_no_statement():
    assert first_of("记者从区住建局获悉，其他一切不变。") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "本报讯　区里坚持把民生放在首位，不折不扣。去年，投入民生资金11亿元，目前继续。",
            ["2015", "2015", "2015"],
        ),
        (
            "去年，投入民生资金11亿元，其他一切如常，平稳有序地向前推进。今年，计划投资3亿元。",
            ["2015", "2016", "2016", "2016"],
        ),
        (
            "自去年列入市里的名单以来，新增车位402个，改善了许多居民出行停放的条件。",
            ["2015", "2016", "2016"],
        ),
        (
            "1月4日，区发改委消息，去年，区里实施民生实事20件，全部按照计划推进着。",
            ["2015", "2015", "2015"],
        ),
    ],
)
def test_an_article_goes_on_with_the_year_before_until_it_turns(words, expected):
    below = "始终把教育放在优先发展的地位，不断加大投入力度。投资2300万元，建成学校4所。"
    statements = read(mend(f"{words}\n{below}"), doc="x", day=date(2016, 1, 22))
    assert [one.period for one in statements if one.value is not None] == expected


def test_months_behind_a_year_are_of_it():
    words = "明年春季开始装修3栋，7月份竣工5栋。去年11月开工2栋，12月完工1栋，今年8月交付4栋。"
    statements = read(mend(words), doc="x", day=date(2022, 12, 15))
    periods = ["2023", "2023-07", "2021-11", "2021-12", "2022-08"]
    assert [one.period for one in statements if one.value is not None] == periods


def test_what_is_a_place_or_a_name_is_no_rank():
    assert first_of("把民生工作放在各项工作首位，第一、第二福利院照旧，其他不变。") == []


def test_a_plan_that_was_met_is_no_plan():
    words = "项目3个均按计划开工建设，完成计划进度的101%，已经超额。"
    assert Kind.TARGET not in {one for one, _ in first_of(words)}


@pytest.mark.parametrize(
    ("words", "year"),
    [
        ("2022年，我们迎难而上。\n一年来，引进企业394家。", "2022"),
        ("2022年，同比增长，同比增长，同比增长，引进企业394家。", "2022"),
        ("2022年，我们迎难而上，引进企业394家。", "2022"),
    ],
)
def test_a_text_that_begins_with_its_year_looks_back_on_it(words, year):
    statements = read(mend(words), doc="x")
    assert [one.period for one in statements if one.value is not None] == [year]


def test_the_line_of_a_date_is_no_section():
    words = "乐山园区加快建设\n2019年8月\n上半年，引进企业50家，完成投资4亿元，其他不变，平稳有序。"
    statements = read(mend(words), doc="x", day=date(2019, 8, 23))
    assert {one.kind for one in statements} == {Kind.RESULT}


def test_a_comparison_of_a_plan_is_no_past():
    words = "将建设学校3所，达标比例65%，比上年提高10个百分点。工资同比增长8%以上。开工住房15套。"
    kinds = [one for one, _ in first_of(words, date(2014, 2, 1))]
    assert kinds[:3] == [Kind.TARGET] * 3
    assert kinds[-1] is Kind.TARGET


def test_what_may_come_counts_from_today():
    words = "2022年，建成甲乙养殖园一期，其他都已完工，3月份可实现5000头入栏，6月完成投资8亿元。"
    statements = read(mend(words), doc="x", day=date(2023, 3, 4))
    numbers = [(one.kind, one.period) for one in statements if one.value is not None]
    assert numbers == [(Kind.TARGET, "2023-03"), (Kind.RESULT, "2022-06")]


def test_the_longest_noun_at_the_end_decides(planned):
    assert [one.kind for one in planned("全面推进农村污水治理，其他不变。")] == [Kind.TARGET]
    assert [one.kind for one in planned("全面推进农村扬尘治理，其他不变。")] == [Kind.MECHANISM]


@pytest.mark.parametrize(
    ("words", "day", "kind", "period"),
    [
        ("2019-2020年，新建水厕10座。", date(2020, 5, 27), Kind.TARGET, "2019/2020"),
        ("2019-2020年，共建成水厕10座。", date(2020, 11, 27), Kind.RESULT, "2019/2020"),
        ("2019年，新建水厕10座。", date(2020, 11, 27), Kind.RESULT, "2019"),
        ("2017年，现正进行3处施工。", date(2017, 5, 24), Kind.RESULT, "2017"),
        ("目前累计争取土地指标3790亩。", date(2013, 4, 28), Kind.RESULT, "2013"),
        ("5月底前完成2024年度农田项目22万亩。", date(2025, 1, 10), Kind.TARGET, "2025-05"),
        ("2025年，各级河长巡河92次。", date(2025, 12, 8), Kind.RESULT, "2025"),
        ("2025年，各级河长将巡河92次。", date(2025, 12, 8), Kind.TARGET, "2025"),
        ("2025年，各级河长巡河92次。", date(2025, 10, 8), Kind.TARGET, "2025"),
        ("2025年年底前，各级河长巡河92次。", date(2025, 12, 8), Kind.TARGET, "2025"),
        ("6家酒店开业在即。", date(2025, 1, 10), Kind.TARGET, "2025"),
    ],
)
def test_years_that_end_and_terms_of_works(words, day, kind, period):
    statements = [one for one in read(mend(words), doc="x", day=day) if one.value is not None]
    assert [(one.kind, one.period) for one in statements] == [(kind, period)]


def test_a_year_in_a_name_says_no_time():
    words = "召开“2018年项目建设”推进会，印发《丙丁规划（2021-2025年）》3份，建成甲乙公园2个。"
    statements = [one for one in read(mend(words), doc="x", day=date(2023, 3, 4)) if one.value]
    assert {one.period for one in statements} == {"2023"}


def test_the_plan_of_a_sum_is_what_it_is_measured_by(reviewed):
    statements = reviewed("年度投资计划17亿元，完成投资4亿元。")
    assert [one.kind for one in statements] == [Kind.BASELINE, Kind.RESULT]
