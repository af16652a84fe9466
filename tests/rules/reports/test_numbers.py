"""What counts as a number, with which unit, and what only looks like one."""

from decimal import Decimal

import pytest

from luoshi.rules.reports.anchors import numbers_in
from luoshi.rules.reports.numerals import han_number, number
from luoshi.rules.reports.sentences import values_in


def told(sentence):
    """Return the values of a sentence as (value, unit, comparator)."""
    return [
        (
            str(one.value.normalize()) if one.value % 1 else str(int(one.value)),
            one.unit,
            one.comparator,
        )
        for one in values_in(sentence, 0, len(sentence))
    ]


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("两", 2),
        ("十四", 14),
        ("一百二十", 120),
        ("三千零五", 3005),
        ("二〇二五", 2025),
        ("百", 100),
    ],
)
def test_chinese_digits(words, value):
    assert han_number(words) == value
    assert number(words) == value


@pytest.mark.parametrize("words", ["", "十几", "abc"])
def test_what_is_no_chinese_number(words):
    assert han_number(words) is None
    assert number(words) is None


def test_commas_of_thousands():
    assert number("1,234.5") == Decimal("1234.5")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("地区生产总值完成212.1亿元", [("212.1", "亿元", "=")]),
        ("受理各类事项47.7万余件", [("47.7", "万件", ">")]),
        ("项目总投资1370多亿元", [("1370", "亿元", ">")]),
        ("授信近6000亿元", [("6000", "亿元", "~")]),
        ("发动两万多名群众", [("2", "万名", ">")]),
        ("完成投资约3,500万元", [("3500", "万元", "~")]),
        ("新增企业50家以上", [("50", "家", ">=")]),
        ("增长5%左右", [("5", "%", "~")]),
        ("失业率控制在5.5%以内", [("5.5", "%", "<=")]),
        ("不少于8个", [("8", "个", ">=")]),
        ("至少建成8个公园", [("8", "个", ">=")]),
        ("服务群众一万多人次", [("1", "万人次", ">")]),
        ("新增百余家企业", [("100", "家", ">")]),
        ("产值超过20亿元", [("20", "亿元", ">")]),
        ("成本不超过3万元", [("3", "万元", "<=")]),
        ("浓度低于35微克/立方米", [("35", "微克/立方米", "<")]),
        ("新增产能400万吨/年", [("400", "万吨/年", "=")]),
        ("集中开工总投资千亿元", [("1000", "亿元", "~")]),
        ("新增市场主体近万户", [("1", "万户", "~")]),
        ("突破千万元", [("1000", "万元", ">")]),
        ("修建十余座桥梁", [("10", "座", ">")]),
        ("新建学校12所", [("12", "所", "=")]),
        ("三分之一以上的村", [("0.3333", "", ">=")]),
        ("产量占全国1/4", [("0.25", "", "=")]),
        ("百分之六十的企业", [("60", "%", "=")]),
        ("产值实现两位数增长", [("10", "%", ">=")]),
        ("企业数量翻了一番", [("1", "番", "=")]),
        ("收入翻两番", [("2", "番", "=")]),
        ("过半的村", [("50", "%", ">")]),
        ("半数以上的村", [("50", "%", ">=")]),
        ("利润增长1.1倍", [("1.1", "倍", "=")]),
        ("两所学校", [("2", "所", "=")]),
        ("四个产业园区", [("4", "个", "=")]),
        ("提高0.8个和1.2个百分点", [("0.8", "个百分点", "="), ("1.2", "个百分点", "=")]),
        ("空气综合指数4.80", [("4.8", "", "=")]),
        ("开出的先进单位有百家", []),
    ],
)
def test_values_with_unit_and_comparator(sentence, expected):
    assert told(sentence) == expected


def test_a_range_has_two_ends():
    (one,) = values_in("培育企业3-5家", 0, 8)
    assert (one.value, one.value_max, one.unit) == (3, 5, "家")
    (share,) = values_in("增长5%—8%", 0, 7)
    assert (share.value, share.value_max, share.unit) == (5, 8, "%")
    (bare,) = numbers_in("第2024-05号", 1, 8)  # a number of a document: no unit, so no value
    assert bare.unit == ""


@pytest.mark.parametrize(
    ("sentence", "value", "comparator"),
    [
        ("总量居全省第一", 1, "="),
        ("排名全市第5，", 5, "="),
        ("位列全国百强县第87位", 87, "="),
        ("增速位居全市首位", 1, "="),
        ("进入全国前10，", 10, "<="),
    ],
)
def test_ranks(sentence, value, comparator):
    (one,) = values_in(sentence, 0, len(sentence))
    assert (one.value, one.unit, one.comparator, one.is_rank) == (value, "位", comparator, True)


@pytest.mark.parametrize(
    "sentence",
    [
        "推进“三个示范”建设",
        "打造4A景区",
        "整合713所、创新中心",
        "建设6号线一期",
        "办好第102高中",
        "做好六个方面工作",
        "突出八个发力点",
        "四大主导产业",
        "抓好6个方面工作",
        "把它放在第一位",
        "第一产业稳定",
        "第六届运动会",
        "召开第三次全体会议",
        "2024年1月23日",
        "拨打12345热线",
        "5G基站",
        "PM2.5浓度",
        "“7+18+N”体系",
        "实行1+3+18机制",
        "亿元以上重大项目",
        "产值超200亿元县",
        "10万元以上的村",
        "80岁以上老人",
        "千亿级产业链",
        "750千伏输变电工程",
        "12吉瓦时动力电池项目",
        "15分钟生活圈",
        "每千人口",
        "数字经济与三农",
        "一批企业",
        "统一部署",
        "四季度",
        "三张牌",
        "领导3次考察本地",
        "ESI前千分之一",
        "连续五年工作",
        "三人篮球",
        "第〇位",
        "0/0",
        "连续零年获评先进",
        "零分之三",
        "按20年一遇标准",
        "排名第一方阵",
        "万元",
        "U8系列",
    ],
)
def test_names_days_classes_and_norms_are_no_values(sentence):
    assert told(sentence) == []


def test_the_field_of_a_rank_is_no_value():
    assert told("总量在全省91个县（市）中排名第一") == [("1", "位", "=")]
    assert told("全省91个县参加") == [("91", "个", "=")]


def test_years_running_count_where_nothing_else_does():
    assert told("连续五年获评先进单位") == [("5", "年", "=")]
    assert told("连续五年位居全市第一") == [("1", "位", "=")]
    assert told("连续五年获评先进，奖励3项") == [("5", "年", "="), ("3", "项", "=")]


def test_a_duration_counts_where_something_is_made_so_long():
    assert told("办理时限压缩至30分钟") == [("30", "分钟", "<=")]
    assert told("优良天数达到249天") == [("249", "天", "=")]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("完成总工程量的三成", [("3", "成", "=")]),
        ("七成以上的居民受益", [("7", "成", ">=")]),
        ("财政收入破百亿元", [("100", "亿元", ">")]),
        ("侦破30起案件", [("30", "起", "=")]),
        ("供热面积300万平方", [("300", "万平方", "=")]),
        ("培训20期1200人次", [("20", "期", "="), ("1200", "人次", "=")]),
        ("提前3个月完成", [("3", "个月", "=")]),
        ("城乡收入比缩小到1∶1.5", []),
        ("打造100亿元级的产业", []),
        ("收入比缩小到2.02：1", []),
    ],
)
def test_parts_terms_and_ratios(words, expected):
    assert told(words) == expected
