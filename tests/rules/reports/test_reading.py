"""From sentences to statements: subjects, rows, kinds, growth, force, days, owners."""

from datetime import date
from decimal import Decimal

import pytest

from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.statements import FIELDS, Force, Kind, as_line, as_row


def numbered(statements):
    return [one for one in statements if one.value is not None]


def brief(statements):
    return [(one.subject, str(one.value), one.unit) for one in numbered(statements)]


def test_a_value_and_its_growth_and_rank_share_a_subject(reviewed):
    found = numbered(
        reviewed("地区生产总值完成200亿元、增长6%，总量居全市第一；财政收入20亿元，增长8%。")
    )
    assert [(one.subject, str(one.value), one.unit, one.growth) for one in found] == [
        ("地区生产总值", "200", "亿元", False),
        ("地区生产总值", "6", "%", True),
        ("总量", "1", "位", False),
        ("财政收入", "20", "亿元", False),
        ("财政收入", "8", "%", True),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("工业投资、民间投资分别增长9%、5%。", [("工业投资", "9", "%"), ("民间投资", "5", "%")]),
        ("甲指标和乙指标均为100%。", [("甲指标", "100", "%"), ("乙指标", "100", "%")]),
        (
            "开工量、开工率和回迁率均位居全市第一。",
            [("开工量", "1", "位"), ("开工率", "1", "位"), ("回迁率", "1", "位")],
        ),
        (
            "接待游客100万人次、旅游收入8亿元，同比分别增长5%、9%。",
            [
                ("游客", "100", "万人次"),
                ("旅游收入", "8", "亿元"),
                ("游客", "5", "%"),
                ("旅游收入", "9", "%"),
            ],
        ),
        (
            "甲、乙增长7%、2%，均为全市第一。",
            [("甲", "7", "%"), ("乙", "2", "%"), ("甲", "1", "位"), ("乙", "1", "位")],
        ),
        ("城乡居民收入分别增长5%和7%。", [("城乡居民收入", "5", "%"), ("城乡居民收入", "7", "%")]),
        (
            "民生支出30亿元，占财政支出的80%。",
            [("民生支出", "30", "亿元"), ("民生支出占财政支出的", "80", "%")],
        ),
        ("占财政支出的80%。", [("占财政支出的", "80", "%")]),
        (
            "新增高新技术企业20家，总数达100家。",
            [("高新技术企业", "20", "家"), ("高新技术企业", "100", "家")],
        ),
        ("甲乙丙等3条道路建成通车。", [("道路", "3", "条")]),
        ("全县外贸总值再创新高，达到5亿元。", [("外贸总值再创新高", "5", "亿元")]),
        ("甲乙企业由52户增加到68户。", [("甲乙企业", "52", "户"), ("甲乙企业", "68", "户")]),
        (
            "存款余额85亿元，比年初增加10亿元。",
            [("存款余额", "85", "亿元"), ("存款余额", "10", "亿元")],
        ),
        ("投入2000万元。", [("投入", "2000", "万元")]),
        ("连续五年获评先进单位。", [("获评先进单位", "5", "年")]),
        ("累计出动3万人。", [("累计出动", "3", "万人")]),
        ("50%以上。", [(None, "50", "%")]),
        ("3家落户。", [("落户", "3", "家")]),
        (
            "甲产值、乙产值为3亿元、5亿元，分别增长7%、2%。",
            [
                ("甲产值", "3", "亿元"),
                ("乙产值", "5", "亿元"),
                ("甲产值", "7", "%"),
                ("乙产值", "2", "%"),
            ],
        ),
        ("分别增长7%、2%。", [(None, "7", "%"), (None, "2", "%")]),
        ("加快，达到5家。", [(None, "5", "家")]),
    ],
)
def test_subjects(reviewed, words, expected):
    assert brief(reviewed(words)) == expected


def test_comparators_of_a_row_are_shared(planned):
    found = numbered(planned("甲普及率、乙普及率超过98%、85%，丙、丁分别增长7%、8%以上。"))
    assert [one.comparator for one in found] == [">", ">", ">=", ">="]


@pytest.mark.parametrize(
    ("words", "growth", "comparator"),
    [
        ("收入增长5%。", True, "="),
        ("增速达到8%。", True, "="),
        ("普及率提高到45%。", False, "="),
        ("占比提高3个百分点。", True, "="),
        ("增速高于全市平均水平3个百分点。", False, ">"),
        ("增速低于全市平均水平3个百分点。", False, "<"),
        ("用电量实现两位数增长。", True, ">="),
        ("企业数量翻一番。", True, "="),
        ("地下水位较上年上涨3米。", True, "="),
        ("新增3米宽的步道，上涨2米。", False, "="),
        ("人口自然增长率控制在6‰以内。", False, "<="),
        ("满意率99%。", False, "="),
    ],
)
def test_growth_is_a_change_against_the_year_before(reviewed, words, growth, comparator):
    one = numbered(reviewed(words))[-1]
    assert (one.growth, one.comparator) == (growth, comparator)


def test_a_second_aim_of_growth_is_growth(planned):
    first, second = numbered(planned("地区生产总值增长6%以上，力争达到7%。"))
    assert (first.growth, second.growth, second.force) == (True, True, Force.STRETCH)


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("建成公园3个。", Kind.RESULT),
        ("实施项目38项，总投资236亿元。", Kind.BASELINE),
        ("科技企业总数达100家。", Kind.BASELINE),
        ("投资2亿元的医院建成。", Kind.BASELINE),
        ("去化存量厂房3万平方米。", Kind.RESULT),
        ("开工项目共有4个。", Kind.RESULT),
        ("力争到2026年建成50家。", Kind.TARGET),
        ("2026年全部完成30个。", Kind.TARGET),
    ],
)
def test_kinds_in_a_review(reviewed, words, kind):
    assert numbered(reviewed(words))[-1].kind is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("建成公园3个。", Kind.TARGET),
        ("科技企业总数达到100家。", Kind.TARGET),
        ("全县现有企业100家。", Kind.BASELINE),
        ("去年全县建成公园3个。", Kind.RESULT),
        ("新建车位800个（目前已建成200个）。", Kind.RESULT),
        ("总投资30亿元。", Kind.BASELINE),
    ],
)
def test_kinds_in_a_plan(planned, words, kind):
    assert numbered(planned(words))[-1].kind is kind


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("全区计划完成投资31亿元。", Kind.TARGET),
        ("全区共接收善款20万元。", Kind.RESULT),
        ("全区抓好公园建设，建成公园3个，力争群众满意。", Kind.TARGET),
        ("全区成效明显，建成公园3个。", Kind.RESULT),
        ("推进公园3个。", Kind.TARGET),
        ("32个项目已开工24个。", Kind.RESULT),
        ("6月底完成3个。", Kind.RESULT),
        ("甲乙馆已完成装修。推进公园3个。", Kind.RESULT),
        ("甲乙馆已完成装修，将办展览。推进公园3个。", Kind.TARGET),
        ("已经完成投资2亿元。", Kind.RESULT),
        ("9月底完成3个。", Kind.TARGET),
    ],
)
def test_kinds_in_an_article_of_july(article, words, kind):
    found = numbered(article(words, day=date(2024, 7, 10)))
    assert found[-1].kind is kind


def test_the_size_of_a_portfolio_is_a_baseline(reviewed):
    first, second = numbered(reviewed("32个生态项目已开工24个。"))
    assert (first.kind, second.kind) == (Kind.BASELINE, Kind.RESULT)


@pytest.mark.parametrize(
    ("words", "force"),
    [
        ("确保粮食产量10亿斤。", Force.HARD),
        ("力争新增企业5家。", Force.STRETCH),
        ("力争确保新增企业5家。", Force.HARD),
        ("新增企业5家。", None),
        ("力争早日开工，新增企业5家。", None),
    ],
)
def test_force_reaches_as_far_as_its_clause(planned, words, force):
    assert numbered(planned(words))[-1].force is force


@pytest.mark.parametrize(
    ("words", "period", "deadline", "is_stated"),
    [
        ("新建公园3个。", "2024", "2024-12-31", False),
        ("今年新建公园3个。", "2024", "2024-12-31", True),
        ("6月底前建成公园3个。", "2024-06", "2024-06-30", True),
        ("新建公园3个，年内建成投用学校2所。", "2024", "2024-12-31", True),
        ("到2026年，新建公园3个，学校达到5所。", "2026", "2026-12-31", True),
        ("抓好公园建设，“十四五”末做优3个集群，做大5个集群。", "2025", "2025-12-31", True),
        ("6月底前建成公园，新建学校3所。", "2024", "2024-12-31", False),
        ("建成公园3个，比2020年的2倍还多。", "2024", "2024-12-31", False),
        ("3条道路年底前建成。", "2024", "2024-12-31", True),
    ],
)
def test_period_and_deadline(planned, words, period, deadline, is_stated):
    one = numbered(planned(words))[-1] if "2倍" not in words else numbered(planned(words))[0]
    assert (one.period, one.deadline.isoformat(), one.deadline_stated) == (
        period,
        deadline,
        is_stated,
    )


def test_only_targets_have_deadlines(reviewed):
    (one,) = numbered(reviewed("年底建成公园3个。"))
    assert (one.deadline, one.deadline_stated, one.force) == (None, None, None)


def test_years_running_with_a_rank_go_into_the_period(reviewed):
    (one,) = numbered(reviewed("综合指数连续三年位居全省第一。"))
    assert (one.value, one.unit, one.period) == (1, "位", "2021/2023")


def test_a_review_of_five_years_tells_flows_of_the_span_and_levels_of_its_end(article):
    told = "地区生产总值年均增长6%，财政收入达到20亿元。"
    words = f"示例县2024年政府工作报告\n一、过去五年工作回顾\n{told}\n"
    flow, level = numbered(article(words))
    assert (flow.period, level.period) == ("2019/2023", "2023")


def test_nothing_is_guessed_where_no_year_is_known(article):
    (one,) = numbered(article("推进公园3个。"))
    assert (one.period, one.deadline, one.deadline_stated) == (None, None, None)


def test_the_one_who_answers_is_named_by_the_sentence(planned):
    assert numbered(planned("由县教育局牵头，新建学校3所。"))[-1].responsible == "县教育局"
    assert numbered(planned("区教体局预计创建学校3所。"))[-1].responsible == "区教体局"
    assert numbered(planned("新建学校3所。"))[-1].responsible is None


def test_offsets_stand_in_the_original_also_where_it_was_torn():
    original = "二、2024年工作安排\n新建养老服务中\n\n心10个，改造背街\n小巷２０条。\n"
    for one in read(mend(original), doc="示例"):
        assert original[one.start : one.end] == one.quote
        if one.value_start is not None:
            assert one.unit in original[one.value_start : one.value_end].replace("\n", "")


def test_menus_bylines_shortcomings_and_definitions_are_not_read(article):
    words = (
        "示例县2024年政府工作报告\n首页\n>\n政务公开\n一、2023年工作回顾\n建成公园3个。\n"
        "同时，我们也清醒地看到，发展中还存在不少困难和问题，仍有5个村没有通车，需要下大力气解决。\n"
        "名词解释\n[1]“双千工程”：每年引进项目1000个。\n"
    )
    assert brief(article(words)) == [("公园", "3", "个")]


def test_a_line_of_json_has_the_fields_in_order(planned):
    (one,) = numbered(planned("力争6月底前建成公园3-5个，增长1.5%。"))[:1]
    row = as_row(one)
    assert tuple(row) == FIELDS
    assert (row["value"], row["value_max"], row["deadline"]) == (3, 5, "2024-06-30")
    assert '"doc": "示例"' in as_line(one)
    share = as_row(numbered(planned("收入增长1.5%。"))[0])
    assert share["value"] == 1.5
    assert Decimal(str(share["value"])) == Decimal("1.5")


def test_the_field_of_work_comes_from_the_nearest_words(planned):
    assert numbered(planned("新建学校3所。"))[0].domain == "education"
    assert numbered(planned("地区生产总值增长6%。"))[0].domain == "indicator"
    assert numbered(planned("优化公交出行，新增3条。"))[0].domain == "transport"
    assert numbered(planned("共3条。"))[0].domain is None


def test_a_time_word_governs_behind_a_semicolon(planned):
    found = planned(
        "到2035年，建成示范区3个；公园达到20个；力争绿道达到60公里。2024年底，建设公园1个；"
    )
    assert [one.period for one in found] == ["2035", "2035", "2035", "2024"]


def test_a_clause_that_only_says_by_when_governs_the_one_before(planned):
    (one,) = planned("加快甲乙路建设，确保10月底前通车。")
    assert (one.projects, one.deadline, one.deadline_stated) == (
        ("甲乙路",),
        date(2024, 10, 31),
        True,
    )
    first, _ = planned("加快甲乙路建设，力争“十四五”末建成丙丁桥。")
    assert first.deadline_stated is False


@pytest.mark.parametrize(
    ("words", "unit"),
    [
        ("县水务局要在10月底前建成净水厂。", "县水务局"),
        ("县教育局年底前完成5所学校改造。", "县教育局"),
        ("由县住建局牵头，6月底前完成甲乙路改造。", "县住建局"),
        ("各乡镇街道办好民生实事，完善服务设施。", None),
    ],
)
def test_the_unit_that_acts(planned, words, unit):
    assert {one.responsible for one in planned(words)} == {unit}


@pytest.mark.parametrize(
    ("words", "comparator", "value"),
    [
        ("引进上百名人才。", ">=", 100),
        ("旅游收入过百亿元。", ">", 100),
        ("时限压缩至2个工作日以内。", "<=", 2),
    ],
)
def test_round_figures_that_are_passed(planned, words, comparator, value):
    (one,) = planned(words)
    assert (one.comparator, one.value) == (comparator, value)


@pytest.mark.parametrize(
    ("words", "count"),
    [
        ("建成县博物馆。", 1),
        ("出台扶持办法。", 1),
        ("推动城市更新。", 0),
        ("甲乙路全线贯通、丙丁路有序推进。", 2),
        ("建成甲乙北路东段、安装沿线路灯和护栏。", 2),
        ("抓好城市规划、建设、管理任务和配套设施。", 1),
        ("推进甲乙片区、丙丁片区等“五大园区”开发。", 1),
        ("加快推进甲乙铁路建设，以及丙丁电站、戊己电站等电源项目。", 1),
        ("力争年底前全部竣工。", 0),
        ("由城管局负责，12月底前完成。", 1),
        ("深入落实“两个大局”要求。", 0),
        ("形成推动发展的强大合力。", 0),
    ],
)
def test_how_many_actions_a_sentence_tells(planned, words, count):
    assert len([one for one in planned(words) if one.value is None]) == count


def test_each_number_has_the_works_of_its_own_verb(planned):
    first, second = planned("建成甲乙路等3条道路、改造丙丁街等2条街道。")
    assert (first.projects, second.projects) == (("甲乙路",), ("丙丁街",))


def test_what_a_unit_does_by_a_day_is_the_subject(planned):
    (one,) = planned("县水务局要在10月底前建成净水厂。")
    assert (one.subject, one.deadline) == ("净水厂", date(2024, 10, 31))


def test_what_a_bracket_adds_does_not_tell_of_what_stands_before_it(article):
    words = "积极推进公共配套设施建设，新建停车位800个（目前已建成停车位200个），确保群众方便。"
    planned, built = numbered(article(words, day=date(2024, 7, 10)))
    assert (planned.kind, built.kind) == (Kind.TARGET, Kind.RESULT)
