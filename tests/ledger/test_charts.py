"""Chart options are plain data: every figure of a chart stands in the table beside it too."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation

from luoshi.ledger import charts
from luoshi.ledger.charts import CurvePoint, NodeLine
from luoshi.ledger.statistics import ColoursOn, DueOn, Sum
from luoshi.ledger.words import STANDINGS

JUNE, JULY = date(2020, 6, 30), date(2020, 7, 31)
POINTS = [
    ColoursOn(JUNE, {"green": 7, "red": 2, "suspended": 1}),
    ColoursOn(JULY, {"green": 8, "yellow": 1, "ungraded": 3}),
]
SUMS = [
    ("品质", Sum(Decimal(200), Decimal(140), Decimal(300), 3)),
    ("田园", Sum(Decimal(0), Decimal(0), Decimal(9), 1)),
]


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def test_every_option_is_plain_json():
    nodes = [NodeLine("开工", None, JUNE, None)]
    for option in (
        charts.colours_over_time(POINTS),
        charts.plan_against_actual(SUMS),
        charts.stages({"draft": 3}, STANDINGS),
        charts.due_calendar([DueOn(JUNE, 2, 1)], year=2020),
        charts.nodes_over_time(nodes, day=JULY),
        charts.progress_against_plan([CurvePoint(JUNE, Decimal(9), None)], unit="个"),
    ):
        assert json.loads(json.dumps(option)) == option


def test_colours_over_time_stack_what_needs_attention_last():
    option = charts.colours_over_time(POINTS)
    series = {one["name"]: one["data"] for one in option["series"]}
    assert list(series) == ["Green", "Not graded", "Suspended", "Yellow", "Red"]
    assert series["Red"] == [2, 0]
    assert option["xAxis"]["data"] == ["2020-06-30", "2020-07-31"]
    signs = {one["name"]: one["icon"] for one in option["legend"]["data"]}
    assert (signs["Red"], signs["Yellow"], signs["Green"]) == ("rect", "triangle", "circle")


def test_no_two_colours_are_told_apart_by_colour_alone():
    looks = [json.dumps(one["itemStyle"]) for one in charts.colours_over_time(POINTS)["series"]]
    assert len(set(looks)) == len(looks)
    assert ["decal" in look or "border" in look for look in looks] == [
        False,
        False,
        True,
        True,
        True,
    ]


def test_the_table_of_colours_holds_the_same_counts_and_their_sum():
    figures = charts.colours_in_figures(POINTS)
    assert [str(head) for head in figures["heads"]] == [
        "Day",
        "Red",
        "Yellow",
        "Suspended",
        "Not graded",
        "Green",
        "All",
    ]
    assert figures["rows"][0] == ("2020-06-30", 2, 0, 1, 0, 7, 10)


def test_plan_and_actual_as_bars_and_as_a_table():
    plan, actual = charts.plan_against_actual(SUMS)["series"]
    assert (plan["data"], actual["data"]) == ([200.0, 0.0], [140.0, 0.0])
    rows = charts.plan_in_figures(SUMS, by="Goal")["rows"]
    assert rows[0] == ("品质", "200", "140", "70.0%", "300", 3)
    assert rows[1][3] == "–"  # nothing planned yet: no share


def test_a_table_of_sums_has_two_decimals_at_most():
    first = replace(SUMS[0][1], planned=Decimal("125.63501"), achieved=Decimal("0.5"))
    rows = charts.plan_in_figures([("品质", first)], by="Goal")["rows"]
    assert rows[0][1:3] == ("125.64", "0.5")


def test_stages_stand_in_the_order_of_a_life():
    option = charts.stages({"draft": 3, "closed": 1}, STANDINGS)
    assert option["series"][0]["data"] == [3, 0, 0, 0, 0, 1, 0]
    assert charts.stages_in_figures({"draft": 3}, STANDINGS)["rows"][0][1] == 3


def test_the_calendar_shows_a_year_in_two_halves():
    days = [DueOn(JUNE, 2, 1), DueOn(JULY, 30, 0)]
    first, second = charts.due_calendar(days, year=2020)["series"]
    assert (first["data"], second["data"]) == ([["2020-06-30", 2]], [["2020-07-31", 30]])
    assert charts.due_in_figures(days)["rows"] == [("2020-06-30", 2, 1), ("2020-07-31", 30, "–")]


NODES = [
    NodeLine("开工", date(2020, 4, 30), date(2020, 4, 30), date(2020, 5, 20)),
    NodeLine("主体", date(2020, 6, 30), date(2020, 8, 31), None),
    NodeLine("竣工", None, date(2020, 12, 31), None),
]


def test_nodes_stand_on_a_line_planned_revised_and_reached():
    option = charts.nodes_over_time(NODES, day=JULY)
    planned, revised, reached = (one["data"] for one in option["series"])
    assert planned == [["2020-04-30", "开工"], ["2020-06-30", "主体"], ["2020-12-31", "竣工"]]
    assert revised == [["2020-08-31", "主体"]]
    assert reached == [["2020-05-20", "开工"]]
    *spans, today = option["series"][0]["markLine"]["data"]
    assert today["xAxis"] == "2020-07-31"
    assert [span[0]["lineStyle"]["color"] for span in spans] == [
        "var(--red)",  # reached after its day
        "var(--edge)",
        "var(--edge)",
    ]
    late = charts.nodes_over_time(NODES[1:2], day=date(2020, 9, 30))["series"][0]["markLine"]
    assert late["data"][0][1]["coord"] == ["2020-09-30", "主体"]
    assert late["data"][0][0]["lineStyle"]["color"] == "var(--red)"


def test_nodes_as_a_table():
    assert charts.nodes_in_figures(NODES)["rows"] == [
        ("开工", "2020-04-30", "–", "2020-05-20"),
        ("主体", "2020-06-30", "2020-08-31", "–"),
        ("竣工", "2020-12-31", "–", "–"),
    ]


def test_a_chart_of_many_bars_grows():
    assert charts.height_of(2) == charts.height_of(4)
    assert charts.height_of(30) > charts.height_of(20)
