"""Of which place a report says that it is."""

from pathlib import Path

import pytest

from luoshi.rules.intake.of_place import other_place, places_named

SHARED = Path(__file__).parents[4] / "shared/data/reports"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("——2024年1月5日在山南市河东区第十六届人民代表大会第三次会议上", "河东区"),
        ("政 府 工 作 报 告\n（在 登山市 第五届人民代表大会）", "登山市"),
        ("中共山南市河东区第十二次代表大会", "河东区"),
        ("山南市河东区人民政府区长?? 某某", "河东区"),
        ("河东区2024年政府工作报告", "河东区"),
        ("2024年河东区政府工作报告（摘要）", "河东区"),
        ("新河县人民政府县长", "新河县"),
        ("河东回族自治县第三届人民代表大会", "河东回族自治县"),
    ],
)
def test_a_report_says_whose_it_is(text, place):
    assert list(places_named(text)) == [place]
    assert other_place(text, "小城区") == place
    assert other_place(text, place) == ""


@pytest.mark.parametrize(
    "text",
    [
        "区第十一次党代会提出，新增停车位2000个。",
        "今年区政府工作报告提出",
        "我代表区人民政府向大会报告工作",
        "提请区第十四届人民代表大会审议",
        "各县区政府工作报告",
        "学习河东区的经验，全区新建学校3所，市委全会要求加快建设。",
        "",
    ],
)
def test_what_names_no_speaking_place_is_not_doubted(text):
    assert other_place(text, "小城区") == ""


def test_a_text_that_names_the_own_district_is_not_doubted():
    text = "聚焦党代会\n在小城区调研时，河东区第五届人民代表大会代表说"
    assert places_named("在山南市小城区第五届人民代表大会")["小城区"] == 1
    assert other_place(text, "小城区") == ""
    assert other_place("河东区政府工作报告", "山南市河东区") == ""


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reports are not here")
def test_real_reports_name_their_place():
    named = {"xushui_district_2024": "徐水区", "baoding_city_2022": "保定市"}
    for name, place in named.items():
        text = (SHARED / f"{name}.txt").read_text(encoding="utf-8")
        assert (other_place(text, "二七区"), other_place(text, place)) == (place, "")
    for article in (SHARED / "erqi").glob("*.txt"):
        assert other_place(article.read_text(encoding="utf-8"), "二七区") == ""
