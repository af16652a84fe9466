"""What plain reports say of their numbers: whose they are, of when, done or to be done."""

import pytest

from luoshi.rules.reports.dating import dated
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read

FIVE_YEARS = "政府工作报告\n（2022年1月5日）\n一、过去五年工作回顾\n"


def numbered(text):
    return [one for one in read(mend(text), doc="x") if one.value is not None]


def brief(text):
    return [(one.subject, str(one.value), one.unit, one.period) for one in numbered(text)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "收入由2016年的9亿元增加至2021年的20亿元，年均增长16%。",
            [
                ("收入", "9", "亿元", "2016"),
                ("收入", "20", "亿元", "2021"),
                ("收入", "16", "%", "2017/2021"),
            ],
        ),
        (
            "甲收入、乙收入从2016年的6元、7元分别增长到8元、9元。",
            [
                ("甲收入", "6", "元", "2016"),
                ("乙收入", "7", "元", "2016"),
                ("甲收入", "8", "元", "2017/2021"),
                ("乙收入", "9", "元", "2017/2021"),
            ],
        ),
        (
            "进出口总额27亿元，是2016年的2倍。",
            [("进出口总额", "27", "亿元", "2017/2021"), ("进出口总额", "2", "倍", "2017/2021")],
        ),
        (
            "贫困人口由13677户49479人减至887户1472人。",
            [
                ("贫困人口", "13677", "户", "2017/2021"),
                ("贫困人口", "49479", "人", "2017/2021"),
                ("贫困人口", "887", "户", "2017/2021"),
                ("贫困人口", "1472", "人", "2017/2021"),
            ],
        ),
        (
            "56条76公里农村公路实现提档升级。",
            [("农村公路", "56", "条", "2017/2021"), ("农村公路", "76", "公里", "2017/2021")],
        ),
        ("累计完成投资601亿元。", [("投资", "601", "亿元", "2017/2021")]),
        ("完成绿化176.9万m2。", [("绿化", "176.9", "万m2", "2017/2021")]),
        (
            "财政收入33亿元，同口径增长9%，完成年度目标的102%。",
            [
                ("财政收入", "33", "亿元", "2017/2021"),
                ("财政收入", "9", "%", "2017/2021"),
                ("财政收入", "102", "%", "2017/2021"),
            ],
        ),
        (
            "138项区委、区政府重点工作中，已完成11项，未完成1项。",
            [
                ("区委、区政府重点工作", "138", "项", "2017/2021"),
                ("区委、区政府重点工作", "11", "项", "2017/2021"),
                ("区委、区政府重点工作", "1", "项", "2017/2021"),
            ],
        ),
        ("共签约产业项目72个。", [("产业项目", "72", "个", "2017/2021")]),
        ("但工业增加值下降3%。", [("工业增加值", "3", "%", "2017/2021")]),
        ("快速建成5个集中隔离场所。", [("集中隔离场所", "5", "个", "2017/2021")]),
        ("治理12个县区农用地。", [("县区农用地", "12", "个", "2017/2021")]),
        ("总量仍居城区第一。", [("总量", "1", "位", "2021")]),
    ],
)
def test_whose_a_number_is(words, expected):
    assert brief(f"{FIVE_YEARS}{words}") == expected


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("甲橄榄被列入名优品牌，其他不变。", "甲橄榄"),
        ("甲路全面建成，其他不变。", "甲路"),
        ("较好地完成了年初确定的各项任务，其他不变。", "年初确定的各项任务"),
        ("扎实做好“六稳”工作、落实“六保”任务，其他不变。", "“六稳”工作、落实“六保”任务"),
        ("推进“六稳工作，其他不变。", "六稳工作"),
        ("推进六稳”工作，其他不变。", "六稳”工作"),
        ("推进六稳工作”，其他不变。", "六稳工作"),
    ],
)
def test_a_subject_is_the_thing_alone(reviewed, words, subject):
    assert reviewed(words)[0].subject == subject


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("固定资产投资总额267亿元。", "result"),
        ("完成正式合同额266亿元。", "result"),
        ("签约项目合同额266亿元。", "baseline"),
        ("入选全省县域经济“十佳”县，其他不变。", "result"),
    ],
)
def test_what_was_reached_is_a_result(reviewed, words, kind):
    assert reviewed(words)[0].kind.value == kind


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("2019年甲县政府工作报告\n一、过去一年工作成效显著\n2019年，是我县不平凡的一年。", 2020),
        ("2019年甲县政府工作报告\n2019年工作回顾\n全县平稳。", 2020),
        ("2019年甲县政府工作报告\n（2020年1月8日）\n全县平稳。", 2020),
        ("2019年甲县政府工作报告\n（2020年1月8日）\n2019年重点工作\n全县平稳。", 2019),
        ("2019年甲县政府工作报告\n2018年工作回顾\n全县平稳。", 2019),
        ("政府工作报告（2021年12月15日在甲区人大会议上）\n过去五年，全区平稳。", 2022),
        ("政府工作报告 ( 2021 年 12 月 15 日)\n过去五年，全区平稳。", 2022),
    ],
)
def test_a_title_may_name_the_year_told_of(text, year):
    assert dated(mend(text).text, year=None, day=None).year == year


def test_a_bulletin_of_progress_tells_under_each_heading():
    text = (
        "关于2023年重点工作1-9月进展情况的通报\n"
        "二、重点工作和民生实事方面\n截至9月底，21项实事项目中，已完成9项。\n"
        "三、重点项目方面\n1-9月，项目累计完成投资194亿元。\n"
    )
    assert [one.kind.value for one in numbered(text)] == ["result", "result", "result"]


def test_half_width_stops_are_read_as_full_ones():
    full = f"{FIVE_YEARS}地区生产总值完成200亿元，增长6%；“甲乙”工程投资1,200万元，建成3所学校。"
    half = full.replace("，", ",").replace("；", ";").replace("“", '"').replace("”", '"')
    assert brief(half) == brief(full)
    assert brief(full.replace("“", "「").replace("”", "」")) == brief(full)


def test_what_comes_later_in_a_paragraph_tells_of_an_article_without_a_word():
    later = "新建公园13个。甲村获评示范村，其他不变。"
    assert [one.kind.value for one in numbered(later)] == ["result"]
    promised = [one.kind.value for one in numbered(f"{later}年底前力争再建5个。")]
    assert promised == ["target", "target"]
