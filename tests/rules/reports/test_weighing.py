"""What speaks for a candidate to be the name of a work, and that it is weighed."""

import pytest

from luoshi.rules.reports.naming import ending_of, own_letters, stretches, trimmed
from luoshi.rules.reports.weighing import Setting, kind_of, name_in, weighed
from luoshi.rules.reports.words.weights import WEIGHTS

ALONE = Setting("told", ("build", "members: 1"), is_alone=True)
LISTED = Setting("kind", ("members: 2", "names beside: all"), is_alone=False)


def features_of(name, words, setting=ALONE):
    return dict(weighed(words, setting))[name]


def test_every_head_is_a_candidate():
    words = "甲乙医院门诊综合楼建设"
    heads = [name for name, _ in weighed(words, ALONE)]
    assert heads == ["甲乙医院门诊综合楼", "甲乙医院"]
    assert [name for name, _ in weighed(words, LISTED)] == [heads[0], words, heads[1]]


def test_what_ends_like_no_work_is_looked_at_in_lists_only():
    assert weighed("甲乙丙丁", ALONE) == []
    assert [name for name, _ in weighed("甲乙丙丁", LISTED)] == ["甲乙丙丁"]
    assert weighed("甲", LISTED) == []
    assert {"general word", "kind, own: 0"} <= set(features_of("公园", "公园", LISTED))
    assert "bare end" in features_of("客专", "客专", LISTED)


def test_general_words_alone_are_looked_at_only_where_they_may_name_one():
    assert weighed("应急物资储备库", ALONE) == []
    assert weighed("应急物资储备库", LISTED) != []
    assert weighed("县医院", ALONE) != []
    assert weighed("“综合治理”行动", ALONE) != []
    assert weighed("实力提升行动计划", ALONE) != []
    assert weighed("产业集群发展工程", ALONE) != []


@pytest.mark.parametrize(
    ("name", "words", "features"),
    [
        ("甲乙路", "甲乙路", {"ends: road", "told, own: 2", "head: 2", "to the end"}),
        ("甲乙路", "甲乙路改造", {"to what is done"}),
        ("甲乙路", "甲乙路建设用地", {"before what is done"}),
        ("甲乙路", "甲乙路周边", {"cut", "cut before a use"}),
        ("甲乙城", "甲乙城镇", {"cut in a word", "cut behind half a word"}),
        ("甲乙体育场馆", "甲乙体育场馆", {"ends: venue"}),
        ("甲乙学校", "甲乙学校3所", {"cut before a count"}),
        ("甲（乙路", "甲（乙路东段）", {"cut in a bracket", "bracket"}),
        ("甲乙智慧平台", "甲乙智慧平台", {"general before the end"}),
        ("甲乙思路", "甲乙思路", {"end of another word"}),
        ("更多项目", "更多项目", {"vague", "praise"}),
        ("甲乙工程体系", "甲乙工程体系", {"idea", "ends: none"}),
        ("“甲乙”行动", "“甲乙”行动", {"quoted", "ends: campaign"}),
        ("“甲乙行动”", "“甲乙行动”", {"all quoted", "ends: campaign"}),
        ("“五大工程”", "“五大工程”", {"label"}),
        ("“三聚三促”行动", "“三聚三促”行动", {"label of a deed"}),
        ("甲乙医院门诊综合楼", "甲乙医院门诊综合楼", {"name inside"}),
        ("县医院", "县医院", {"of the place"}),
        ("甲乙市丙丁路", "甲乙市丙丁路", {"seat"}),
        ("甲乙至丙丁铁路", "甲乙至丙丁铁路", {"from to"}),
        ("轨道6号线", "轨道6号线", {"numbered line", "digit"}),
        ("6号桥", "6号桥", {"digit", "digit first"}),
        ("甲乙提升工程", "甲乙提升工程", {"工程 after build", "project of 2"}),
    ],
)
def test_features(name, words, features):
    assert features <= set(features_of(name, words))


def test_products_in_a_list_of_works_are_no_mere_ideas():
    assert "idea before 等" in features_of("甲乙显示设备", "甲乙显示设备", LISTED)
    classes = Setting("kind", ("class", "members: 2"), is_alone=False)
    assert "idea" in features_of("甲乙显示设备", "甲乙显示设备", classes)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("第三届甲乙节", "event"),
        ("第三届", "none"),
        ("六十九中", "school"),
        ("S524", "road"),
        ("丙丁大道南", "road"),
        ("甲乙河", "water"),
        ("甲乙丙", "none"),
    ],
)
def test_kinds(name, kind):
    assert kind_of(name, ending_of(name)) == kind


def test_the_heaviest_candidate_is_the_name():
    assert name_in("甲乙路雨水管网改造", ALONE) == "甲乙路"
    assert name_in("断头路", ALONE) is None


def test_the_weights_know_all_kinds_of_ends():
    assert "ends: none" in WEIGHTS
    assert WEIGHTS["ends: none"] < min(
        weight
        for name, weight in WEIGHTS.items()
        if name.startswith("ends: ") and name != "ends: none"
    )


def test_letters_of_its_own():
    assert own_letters("甲乙文化中") == ([0, 1, 2, 2, 2, 3], 2)
    assert own_letters("甲的") == ([0, 1, 1], 2)
    assert own_letters("数字经济产业") == ([0] * 7, 0)
    assert own_letters("义务人") == ([0, 1, 2, 3], 3)  # only 义务教育 is a general word


def test_what_leads_to_a_name_is_left_out():
    assert stretches("12所学校实施“甲乙”计划") == ["“甲乙”计划"]
    assert stretches("甲乙学院“丙丁基地”") == ["甲乙学院“丙丁基地”", "“丙丁基地”"]
    assert stretches("总投资2亿元的甲乙路") == ["甲乙路"]
    assert stretches("对重点设施――甲乙丙研究院") == ["甲乙丙研究院"]
    assert stretches("甲乙工程推进前期工作") == ["甲乙工程推进前期工作"]


def test_what_is_done_is_left_out():
    assert trimmed("甲乙桥前期工作") == "甲乙桥"
    assert trimmed("甲乙桥") == "甲乙桥"
    assert ending_of("甲乙医院（新院区）") == "医院"
