"""Summaries of departments and towns, communiqués, plans of five years, articles."""

from datetime import date

import pytest

from luoshi.rules.reports.dating import Dated, dated
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from luoshi.rules.reports.sections import Sections
from luoshi.rules.reports.statements import Kind


def told(words, **known):
    """Return kind, period, value and unit of each statement with a number."""
    found = read(mend(words), doc="示例", **known)
    return [
        (one.kind.value, one.period, f"{one.comparator}{one.value}{one.unit}")
        for one in found
        if one.value is not None
    ]


@pytest.mark.parametrize(
    ("title", "when"),
    [
        ("甲局2023年上半年工作总结\n", Dated(2023, None, True, 2023, 2023, "2023H1")),
        ("甲局2023年前三季度工作情况\n", Dated(2023, None, False, 2023, 2023, "2023Q1/2023Q3")),
        ("2023年1-7月运行情况\n", Dated(2023, None, False, 2023, 2023, "2023-01/2023-07")),
        ("2023年1-13月运行情况\n", Dated(2023, None, False, 2023, 2023, None)),
        ("2023年上半年工作总结\n2025年3月1日印发\n", Dated(2025, date(2025, 3, 1))),
        (
            "2023年工作总结和2024年工作计划\n今年以来，全镇发展。\n",
            Dated(2023, None, False, 2023, 2024),
        ),
        ("2023年工作总结和2024年工作计划\n全镇发展。\n", Dated(2024, None)),
        ("政府工作报告\n2023年工作总结\n今年以来，全县发展。\n", Dated(2024, None)),
        ("示例县国民经济和社会发展第十四个五年规划纲要\n到2025年，建成。\n", Dated(2021, None)),
        (
            "2021年12月15日在示例县第十九届人民代表大会第一次会议上\n",
            Dated(2022, date(2021, 12, 15)),
        ),
        (
            "2023年甲镇人民政府工作报告\n2023年以来，我镇发展。\n",
            Dated(2023, None, False, 2023, 2024),
        ),
        ("2023年工作情况汇报\n2021年以来，我镇发展。2023年通车。\n", Dated(2023, None)),
        (
            "印发了《2018年政府工作报告任务分解》，全州推进。\n今年以来，全州平稳。\n",
            Dated(2018, None),
        ),
        ("甲发〔2023〕11号\n2022年，完成改造。2022年通车。\n", Dated(2023, None)),
        (
            "1月19日，记者在2023年全省公路工作会上获悉，2022年完成。2022年通车。",
            Dated(2023, date(2023, 1, 19)),
        ),
        ("2022年，完成改造。\n2023年，县住建局将抓好工作。\n", Dated(2023, None)),
        ("今年是“十四五”规划开局之年，全市发展。比2010年翻一番。", Dated(2021, None)),
        ("今年是“十三五”收官之年，全市发展。", Dated(2020, None)),
        ("在建党100周年之际，全市发展。", Dated(2021, None)),
        ("新中国成立70周年之际，全市发展。", Dated(2019, None)),
        ("示例县“十三五”规划纲要\n到2020年，建成。\n", Dated(2016, None)),
    ],
)
def test_when_a_summary_or_a_plan_of_five_years_speaks(title, when):
    assert dated(title, year=None, day=None) == when


def test_a_summary_of_half_a_year_promises_the_other():
    words = (
        "甲局2023年上半年工作总结及下半年工作思路\n一、重点工作开展情况\n"
        "今年以来，全县完成改造35户。建成站点12个。\n"
        "下半年及今后一个时期总的工作思路是抓住机遇。新建小学6所。\n"
    )
    assert told(words) == [
        ("result", "2023", "=35户"),
        ("result", "2023H1", "=12个"),
        ("target", "2023", "=6所"),
    ]


def test_a_summary_written_in_its_year_plans_the_next():
    words = (
        "甲镇2023年工作总结\n今年以来，全镇发展。\n一、2023年工作成绩斐然\n"
        "全镇完成改造35户。今年新建小学6所。\n二、下一步工作打算\n新建中学2所。\n"
    )
    assert told(words) == [
        ("result", "2023", "=35户"),
        ("result", "2023", "=6所"),
        ("target", "2024", "=2所"),
    ]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("“十四五”期间，", "target"),
        ("“十三五”期间，", "result"),
        ("“十四五”以来，", "result"),
        ("五年来，", "result"),
    ],
)
def test_five_years_that_are_not_over_are_to_come(words, kind):
    filler = "其他不变。" * 9
    paper = f"“十三五”以来，全市建成2个。{filler}\n{words}全市新建小学9个。{filler}\n"
    assert told(paper, day=date(2022, 1, 29))[-1][0] == kind


def test_a_line_that_says_what_comes_next_opens_the_plan():
    words = "甲镇2022年度工作计划\n过去的一年有成效，下一步，我们将抓好工作：\n新建小学6所。\n"
    assert told(words) == [("target", "2022", "=6所")]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("预计2022年12月开工建设甲学校。", ["target"]),
        ("2022年12月开工建设甲学校。", ["result"]),
    ],
)
def test_what_is_expected_in_a_plan_is_to_come(words, kinds):
    paper = f"甲镇2023年工作计划\n2023年1月5日\n{words}"
    assert [one.kind.value for one in read(mend(paper), doc="示例")] == kinds


def test_a_way_of_working_is_not_of_the_year_told_before():
    words = "2023年，全镇建成学校2所。其他不变。要完善防返贫监测机制，力争新建小学3所。"
    found = read(mend(words), doc="示例", day=date(2024, 2, 20))
    kinds = [(one.kind.value, one.period) for one in found]
    assert ("mechanism", "2024") in kinds


@pytest.mark.parametrize("words", ["接下来，全县将", "下一步，", "今后甲局将", "下一阶段，"])
def test_a_review_turns_to_what_comes(words):
    said = f"上半年，全县完成改造35户。{'其他不变。' * 9}\n{words}新建小学6所。\n"
    assert told(said, day=date(2023, 8, 12))[-1] == ("target", "2023", "=6所")


def test_a_paragraph_says_for_how_long_the_aims_below_are():
    head = "甲市党代会提出通过五年的努力，实现六个提升。下面解读具体目标。其他不变。\n"
    body = "引进企业8个，其他都不变，其他都不变，其他都不变，其他都不变。\n"
    assert told(head + body, day=date(2021, 8, 4)) == [("target", "2021/2025", "=8个")]
    assert told(head + body, day=date(2022, 8, 4)) == [("target", "2023/2027", "=8个")]
    assert told(head + body, day=date(2022, 5, 4)) == [("target", "2022/2026", "=8个")]
    long = "其他不变。" * 60 + head
    assert told(long + body, day=date(2021, 8, 4)) == [("target", "2021", "=8个")]
    mid = "其他不变。" * 9 + head + "其他不变。" * 60
    assert told(mid.replace("\n", "") + "\n" + body, day=date(2021, 8, 4))[0][1] == "2021"


def test_the_title_of_an_article_opens_no_section():
    sections = Sections(Dated(2023, date(2023, 12, 26)))
    title = sections.taken("甲机制获评全市2023年度最佳举措", is_heading=True)
    assert title.mode == "mixed"
    assert sections.taken("2023年 路线图", is_heading=True).mode == "plan"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("今年1至7月，新建道路7公里。建成大桥2座。", ["2023-01/2023-07"] * 2),
        ("2022年1—7月，新建道路7公里。", ["2022-01/2022-07"]),
        ("2022年全年新建道路7公里。", ["2022"]),
        ("今年1月至9月，新建道路7公里。", ["2023-01/2023-09"]),
        ("去年新建道路7公里；建成大桥2座。", ["2022", "2022"]),
        ("2022年新建道路7公里；明年建成大桥2座。", ["2022", "2024"]),
        ("投资较去年增加27个百分点，年度计划投资7亿元。", ["2023", "2023"]),
        ("回望过去五年，经济总量达到7亿元。", ["2022"]),
        ("“十四五”全县新建道路7公里。", ["2021/2025"]),
        ("截至4月初，新建道路7公里，建成大桥2座。", ["2023-04", "2023-04"]),
        ("对接“十四五”规划，新建道路7公里。", ["2023"]),
    ],
)
def test_periods_of_articles(words, said):
    assert [period for _, period, _ in told(words + "其他不变。", day=date(2023, 8, 20))] == said


@pytest.mark.parametrize(
    ("day", "period"),
    [(date(2018, 1, 24), "2017"), (date(2018, 5, 24), "2018")],
)
def test_an_article_of_a_new_year_tells_of_the_year_before(day, period):
    words = (
        f"挂牌成立一年以来，全区圆满完成任务。{'其他不变。' * 9}\n总产值超过2100亿元，增长8%。\n"
    )
    assert {said for _, said, _ in told(words, day=day)} == {period}
    assert told("全区总产值2100亿元。", day=day)[0][1] == "2018"


def test_what_a_review_says_is_due_is_to_come(reviewed):
    words = "建成车位900个，并计划于今年年底完成甲路停车场的建设，新增车位400个。"
    assert [one.kind for one in reviewed(words)] == [Kind.RESULT, Kind.TARGET, Kind.TARGET]


def test_a_heading_that_looks_ahead_opens_the_plan():
    sections = Sections(Dated(2018, date(2018, 2, 26)))
    assert sections.taken("展望2018年", is_heading=True).mode == "plan"


def test_a_value_of_an_earlier_year_governs_no_other(reviewed):
    words = "全县总产值由2010年的77亿元增加到161亿元，年均增长13.8%。"
    assert [one.period for one in reviewed(words)] == ["2010", "2023", "2023"]


def test_flows_of_five_years_are_of_all_of_them():
    words = (
        "政府工作报告\n2016年2月26日在甲会上\n一、过去五年工作回顾\n"
        "累计完成投资1008亿元，可支配收入由3347元增加到6487元。\n"
    )
    assert told(words) == [
        ("result", "2011/2015", "=1008亿元"),
        ("result", "2011/2015", "=3347元"),
        ("result", "2015", "=6487元"),
    ]


@pytest.mark.parametrize(
    ("words", "values"),
    [
        ("围绕消防管理等7项任务，开展整治。", []),
        ("完成任务21项，其他不变。", ["21项"]),
        ("完成21项任务。", ["21项"]),
        ("明确7大类32项职责。", []),
        ("组建10大类479支队伍。", ["10大类", "479支"]),
        ("11类民生支出3569.5亿元。", ["3569.5亿元"]),
        ("建成11类场所。", ["11类"]),
        ("新增35类产品。", ["35类"]),
        ("完成市十届人大五次会议确定的任务。", []),
        ("召开大会5次。", ["5次"]),
        ("实现30户以上村民组通路。", []),
        ("完成改造30户以上。", ["30户"]),
        ("连续6个季度保持全省第一。", ["1位"]),
        ("产值突破万亿元。", ["10000亿元"]),
        ("经济总量跨两个万亿元台阶。", []),
        ("改造项目开工建设14所，占93%。", ["14所", "93%"]),
        ("新建20万吨粮食储备库。", []),
        ("营业收入超百亿元的大企业从9家发展到50家。", ["9家", "50家"]),
        ("按第15条完成改造3处。", ["3处"]),
        ("年产30万吨再生铜等一批重大项目投产。", []),
        ("茶叶年产30万吨。", ["30万吨"]),
        ("化工30万吨，其他不变。", ["30万吨"]),
        ("实现两个翻番的目标。", []),
        ("公路密度达到115公里/百平方公里。", ["115公里/百平方公里"]),
        ("确保全市旅游业在全省增比进位考核中继续保持第一。", ["1位"]),
    ],
)
def test_what_only_looks_like_a_value(reviewed, words, values):
    found = [f"{one.value}{one.unit}" for one in reviewed(words) if one.value is not None]
    assert found == values


def test_a_word_in_brackets_hides_no_growth(reviewed):
    rate = reviewed("人口自然增长率控制在6‰以内，自然人口增长率控制在6‰以内。")
    assert [one.growth for one in rate] == [False, False]
    assert [one.growth for one in reviewed("收入2.5亿元，下降（同口径）19.59%。")] == [False, True]


@pytest.mark.parametrize(
    ("words", "kinds"),
    [
        ("实施“小康水”行动计划投资5亿元，同比增长7%。", ["result", "result"]),
        ("甲项目计划投资9亿元，占年计划100%，占年度投资106%。", ["target", "result", "result"]),
        ("全年完成邮电业务总量7亿元，总量达15万户。", ["target", "baseline"]),
        ("争取中央预算内资金5亿元。", ["target"]),
        ("推动78个总投资5亿元以上项目完成投资192亿元。", ["baseline", "target"]),
        ("全县计划投资额同期增长5%。", ["target"]),
        ("全县固定资产总投资将不少于1200亿元。", ["target"]),
    ],
)
def test_kinds_of_articles(words, kinds):
    assert [kind for kind, _, _ in told(words, day=date(2023, 8, 20))] == kinds


def test_what_was_raised_is_no_promise():
    words = "2022年，全县扎实推进。争取中央资金5亿元，创历史新高。"
    assert told(words, day=date(2023, 2, 20)) == [("result", "2022", "=5亿元")]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("加大对地下管网的改造力度，其他不变。", Kind.TARGET),
        ("抓好水利工程续建，其他不变。", Kind.TARGET),
        ("荣获全国先进县殊荣和示范制度，其他不变。", Kind.TARGET),
    ],
)
def test_what_is_no_way_of_working(planned, words, kind):
    assert [one.kind for one in planned(words)] == [kind]
