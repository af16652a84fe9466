"""Names of works, without a list of names."""

import pytest

from luoshi.rules.reports.works import is_proper, is_work, works_in


@pytest.mark.parametrize(
    ("clause", "names"),
    [
        ("推进甲乙路、丙丁街等3条道路升级改造", ("甲乙路", "丙丁街")),
        ("加快甲乙丙新材料、丁戊己电池等项目建设", ("甲乙丙新材料", "丁戊己电池")),
        ("甲乙高铁和丙丁机场建成投运", ("甲乙高铁", "丙丁机场")),
        ("新建甲乙大街、丙丁西路", ("甲乙大街", "丙丁西路")),
        ("实施甲乙水库除险工程", ("甲乙水库除险工程",)),
        ("推进甲乙河、丙丁河水质治理", ("甲乙河", "丙丁河")),
        ("开展“百日会战”“清零”等行动", ("“百日会战”", "“清零”")),
        ("实施“百日会战”行动", ("“百日会战”行动",)),
        ("推进开发区实力倍增行动计划", ("开发区实力倍增行动计划",)),
        ("二期全面启动建设", ("二期",)),
        ("推进乙丑岭两个省重点项目", ()),
        ("甲乙丙、丁戊己两个省重点项目年内投产", ("甲乙丙", "丁戊己")),
        ("筹建甲乙数据治理和数据资产评估中心", ("甲乙数据治理和数据资产评估中心",)),
        ("在甲乙一中实施英才贯通培养项目", ("英才贯通培养项目",)),
        ("市民健身公园、甲乙公园等公园建设", ("市民健身公园", "甲乙公园")),
        ("“甲、乙和丙”工程顺利完工", ("“甲、乙和丙”工程",)),
        ("甲乙医院（新院区）主体完工", ("甲乙医院（新院区）",)),
    ],
)
def test_names(clause, names):
    assert works_in(clause, 0, len(clause)) == names


@pytest.mark.parametrize(
    "clause",
    [
        "长城、巨力等32家企业踊跃捐款",
        "聚焦煤矿、危化品等重点领域",
        "加快农村公路、城市道路建设",
        "整治背街小巷",
        "实施省级重点项目38项",
        "与甲乙学院签订合作协议",
        "建设一批主题公园",
        "推动经济高质量发展",
        "打通断头路",
        "吸引天使、创投等资本在园区聚集",
        "甲" * 130 + "路",
        "推进更多项目、各类工程",
        "甲乙丙丁。",
    ],
)
def test_general_words_are_no_names(clause):
    assert works_in(clause, 0, len(clause)) == ()


def test_a_word_is_not_cut_in_half():
    assert works_in("甲乙镇城镇建设", 0, 7) == ("甲乙镇",)
    assert works_in("城镇居民收入", 0, 6) == ()


def test_the_shape_of_a_name():
    assert is_work("教育路")
    assert not is_work("断头路")
    assert not is_work("路")
    assert not is_work("“甲乙")
    assert is_proper("甲乙")
    assert not is_proper("项目")
    assert not is_proper("甲")
