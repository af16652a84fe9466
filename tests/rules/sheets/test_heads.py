"""Where the head is and what its columns mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.sheets.above import read_above
from luoshi.rules.sheets.columns import told
from luoshi.rules.sheets.grid import Grid, Merge
from luoshi.rules.sheets.heads import find_layout
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.merged import MOST_CELLS, Merged


def columns_of(grid, **more):
    layout = find_layout(grid, Merged(grid), **more)
    return [column.meaning.value for column in layout.columns]


@pytest.mark.parametrize(
    ("head", "meaning", "period"),
    [
        ("序号", "serial", "unsaid"),
        ("投资项目统一代码", "code", "unsaid"),
        ("项目代码", "code", "unsaid"),
        ("编号", "office_no", "unsaid"),
        ("项 目\n名 称", "title", "unsaid"),
        ("重点工作任务", "title", "unsaid"),
        ("主要建设内容及规模", "content", "unsaid"),
        ("所在区县（市）", "area", "unsaid"),
        ("建设起止年限", "span", "unsaid"),
        ("计划开工时间", "start", "unsaid"),
        ("实际竣工时间", "actual_end", "unsaid"),
        ("完成时限", "due", "unsaid"),
        ("分包领导", "sponsor", "unsaid"),
        ("牵头单位", "lead_unit", "unsaid"),
        ("责任单位", "responsible_unit", "unsaid"),
        ("配合单位", "supporting_units", "unsaid"),
        ("联系电话", "personal", "unsaid"),
        ("形象进度", "progress", "unsaid"),
        ("存在问题", "problems", "unsaid"),
        ("节点计划", "steps", "unsaid"),
        ("一季度目标", "step_at", "unsaid"),
        ("节点计划/3月底", "step_at", "unsaid"),
        ("占年计划%", "share", "unsaid"),
        ("投资完成率", "share", "unsaid"),
        ("总投资（万元）", "money_total", "unsaid"),
        ("计划总投资", "money_total", "unsaid"),
        ("2021年计划投资", "money_year_plan", "unsaid"),
        ("年度投资/计划", "money_year_plan", "unsaid"),
        ("年度计划(万元)", "money_year_plan", "unsaid"),
        ("年度投资目标任务分解", "money_year_plan", "unsaid"),
        ("月度投资计划/1月", "money_month_plan", "unsaid"),
        ("投资（万元）/1月", "money_month_plan", "unsaid"),
        ("截至2020年底累计完成投资", "money_before_year", "all"),
        ("截至上年底累计完成投资", "money_before_year", "all"),
        ("6月完成投资", "money_done", "month"),
        ("本月完成投资", "money_done", "month"),
        ("1-6月完成投资", "money_done", "year"),
        ("本年累计完成投资", "money_done", "year"),
        ("2021年完成投资", "money_done", "year"),
        ("累计完成投资", "money_done", "cumulative"),
        ("截至6月底累计完成投资", "money_done", "cumulative"),
        ("自开工累计完成投资", "money_done", "all"),
        ("完成投资", "money_done", "unsaid"),
        ("资金到位", "money_paid_in", "unsaid"),
        ("入库金额", "money_entered", "unsaid"),
        ("资金来源", "fund_source", "unsaid"),
        ("是否政府投资", "unknown", "unsaid"),
        ("本月完成", "achieved", "month"),
        ("计划投资", "unknown", "unsaid"),
        ("投资情况", "unknown", "unsaid"),
        ("甲乙丙", "unknown", "unsaid"),
        ("很长" * 100, "unknown", "unsaid"),
    ],
)
def test_a_head_tells_its_meaning_and_period(head, meaning, period):
    found = told(tuple(head.split("/")))
    assert (found.meaning.value, found.period.value) == (meaning, period)


def test_what_a_head_leaves_open_is_said():
    assert told(()).meaning is Meaning.UNKNOWN
    assert told(("计划投资",)).could_be == (Meaning.MONEY_TOTAL, Meaning.MONEY_YEAR_PLAN)
    assert Meaning.MONEY_DONE in told(("投资情况",)).could_be


def test_units_and_years_are_taken_from_the_head():
    found = told(("2021年度投资（单位：亿元）", "完成"))
    assert (found.units, found.year) == (("亿元",), 2021)
    assert told(("总投资/万元",)).units == ("万元",)
    assert told(("目标值（公里）",)).units == ("公里",)


def test_title_lines_notes_and_two_rows_of_heads(grid):
    found = grid(
        ["附件1"],
        ["二七区2021年重点项目进展情况表（截至2021年6月底）"],
        ["填报单位：区发改委", "", "", "", "单位：万元、个"],
        ["序号", "项目名称", "年度投资", "", "责任单位"],
        ["", "", "计划", "完成"],
        [1, "甲路工程", 100, 50, "区城管局"],
    )
    layout = find_layout(found, Merged(found))
    assert (layout.first_head, layout.last_head) == (3, 4)
    assert [column.head for column in layout.columns][2:4] == ["年度投资/计划", "年度投资/完成"]
    assert layout.above.money_unit == "万元"
    assert layout.above.filled_by == "区发改委"
    assert layout.above.title.startswith("二七区2021年重点项目")
    assert (layout.above.year, str(layout.above.data_day.day)) == (2021, "2021-06-30")


def test_merged_heads_are_joined_and_count_once(grid):
    found = grid(
        ["2021年台账"],
        ["序号", "项目名称", "年度投资（亿元）", "", "责任分工"],
        ["", "", "计划", "完成", "牵头单位", "配合单位"],
        ["", "", "", "", "", ""],
        [1, "甲"],
        merges=(
            Merge(0, 0, 0, 5),
            Merge(1, 0, 2, 0),
            Merge(1, 1, 2, 1),
            Merge(1, 2, 1, 3),
            Merge(1, 4, 1, 5),
        ),
    )
    layout = find_layout(found, Merged(found))
    assert (layout.first_head, layout.last_head) == (1, 2)
    assert [c.head for c in layout.columns][4:] == ["责任分工/牵头单位", "责任分工/配合单位"]
    assert layout.columns[2].money_unit == "亿元"


def test_heads_over_several_columns_stand_above_the_best_row(grid):
    found = grid(
        ["一、基本情况", "", "", "二、进展情况", ""],
        ["项目名称", "牵头单位", "配合单位", "形象进度", "存在问题"],
        ["甲", "乙", "", "丙"],
        merges=(Merge(0, 0, 0, 2), Merge(0, 3, 0, 4)),
    )
    layout = find_layout(found, Merged(found))
    assert (layout.first_head, layout.last_head) == (0, 1)
    assert columns_of(found)[0] == "title"


def test_a_long_line_or_one_with_a_colon_above_is_no_head(grid):
    for line in ("很长的说明" * 10, "填报单位：甲"):
        found = grid(
            [line, "", "乙"],
            ["项目名称", "牵头单位", "备注"],
            ["甲", "乙"],
            merges=(Merge(0, 0, 0, 1),),
        )
        assert find_layout(found, Merged(found)).first_head == 1


@given(st.permutations(["序号", "项目名称", "总投资（万元）", "牵头单位", "完成时限", "奇怪的列"]))
def test_the_order_of_columns_says_nothing(heads):
    found = Grid("表", (tuple(heads),))
    by_head = dict(zip(heads, columns_of(found), strict=True))
    assert by_head == {
        "序号": "serial",
        "项目名称": "title",
        "总投资（万元）": "money_total",
        "牵头单位": "lead_unit",
        "完成时限": "due",
        "奇怪的列": "unknown",
    }


def test_no_head_is_found_where_there_is_none(grid):
    for rows in ([["x", "y"], [1, 2]], [["项目名称"]], [[]], [["牵头单位", "配合单位"]]):
        found = grid(*rows)
        assert find_layout(found, Merged(found)) is None


def test_a_head_that_stands_twice_is_asked_about(grid):
    found = grid(["项目名称", "完成时限", "完成时限", "备注", "备注"], ["甲"])
    layout = find_layout(found, Merged(found))
    assert [(doubt.column, doubt.code) for doubt in layout.doubts] == [(2, "column_twice")]
    assert columns_of(found)[1:3] == ["due", "unknown"]


def test_what_a_person_chose_goes_before_the_head(grid):
    found = grid(["项目名称", "计划投资", "完成投资", "备注"], ["甲", 1, 2])
    assert [d.code for d in find_layout(found, Merged(found)).doubts] == [
        "column_open",
        "period_open",
    ]
    chosen = {1: Meaning.MONEY_TOTAL, 2: Meaning.UNKNOWN}
    layout = find_layout(found, Merged(found), chosen=chosen)
    assert layout.doubts == ()
    assert layout.column(Meaning.MONEY_TOTAL).index == 1
    assert layout.column(Meaning.MONEY_DONE) is None


@pytest.mark.parametrize(
    ("cells", "meaning"),
    [
        (["区住建局", "甲街道办"], "responsible_unit"),
        (["户", "公里", "—"], "unit"),
        (["万元", "个"], "unit"),
        (["某个很长的说明文字", "户"], "unknown"),
        ([""], "unknown"),
    ],
)
def test_the_cells_tell_what_a_column_called_unit_means(grid, cells, meaning):
    found = grid(["项目名称", "备注", "单位"], *(["甲", "", cell] for cell in cells))
    assert columns_of(found)[2] == meaning


def test_money_and_quantities_are_told_apart_by_their_neighbours(grid):
    beside_money = grid(["项目名称", "总投资", "年计划", "本月完成", "其他情况"], ["甲"])
    assert columns_of(beside_money)[2:4] == ["money_year_plan", "money_done"]
    beside_quantity = grid(["项目名称", "总投资", "目标值", "本月完成"], ["甲"])
    assert columns_of(beside_quantity)[3] == "achieved"


def test_the_content_or_target_stands_for_a_title_where_there_is_none(grid):
    assert columns_of(grid(["牵头单位", "工作内容", "备注"], ["甲"]))[1] == "title"
    assert columns_of(grid(["牵头单位", "年度目标", "备注"], ["甲"]))[1] == "title"


def test_a_person_may_choose_that_no_column_is_the_title(grid):
    found = grid(["项目名称", "备注"], ["甲"])
    assert columns_of(found, chosen={0: Meaning.REMARKS}) == ["remarks", "remarks"]


def test_hidden_columns_are_marked(grid):
    found = grid(["项目名称", "备注"], hidden_columns=frozenset({1}))
    layout = find_layout(found, Merged(found))
    assert [column.hidden for column in layout.columns] == [False, True]
    assert layout.of(Meaning.REMARKS)[0].head == "备注"
    assert layout.columns[0].money_unit == ""


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("数据截至2021年6月30日", "2021-06-30"),
        ("截止时间：2021.6.30", "2021-06-30"),
        ("统计时间：2021年6月", "2021-06-30"),
        ("2021年1-6月进展情况", "2021-06-30"),
        ("2021年6月重点项目台账", "2021-06-30"),
        ("填报日期：2021-7-5", "2021-07-05"),
        ("截至13月", None),
        ("重点项目台账", None),
    ],
)
def test_the_day_of_the_figures_is_guessed_from_the_lines_above(line, day):
    found = read_above([line]).data_day
    assert (str(found.day) if found else None) == day


def test_a_unit_line_without_money_names_none():
    above = read_above(["单位：个", "1234年", "Sheet1"])
    assert (above.money_unit, above.unit_lines, above.title) == ("", ("单位:个",), "1234年")


def test_merges_beyond_the_bound_cost_nothing(grid):
    found = grid(["甲"] * 100, *(["乙"] * 100 for _ in range(99)))
    wide = Merge(0, 0, 10**6, 10**6)
    merged = Merged(
        grid(*found.rows, merges=[wide] * (MOST_CELLS // 10_000 + 5) + [Merge(0, 0, 0, 0)])
    )
    assert merged.first(99, 99) == (0, 0)
    assert Period.ALL.value == "all"
