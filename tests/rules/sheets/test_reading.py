"""From a grid to matters."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.ledger.facts import MatterKind
from luoshi.rules.sheets.figures import Figure
from luoshi.rules.sheets.grid import Flaw, Grid, Merge, Spot
from luoshi.rules.sheets.kinds import RowKind, Stage, heading_of, stage_of
from luoshi.rules.sheets.meanings import Meaning, Period
from luoshi.rules.sheets.reading import read_rows
from luoshi.rules.sheets.rows import CellProblem, Weight


def kinds(reading):
    return [line.kind.value for line in reading.lines]


HEAD = ["序号", "项目名称", "总投资（万元）", "牵头单位", "完成时限"]


def test_groups_totals_repeated_heads_and_notes_are_told_from_matters(reading):
    found = reading(
        HEAD,
        ["合计（3）", "", 600],
        ["一、工业项目（2个）", "", 300],
        ["（一）竣工项目(1)"],
        [1, "甲厂", 100],
        ["", "续建项目(1)"],
        [2, "乙厂", 200],
        [],
        HEAD,
        ["二", "民生项目"],
        [1, "丙学校", 300],
        ["小计", "", 300],
        ["注：本表由区发改委填报"],
        ["— 4 —"],
    )
    assert kinds(found) == [
        *["total", "group", "group", "data", "group", "data", "empty", "head", "group", "data"],
        *["total", "note", "note"],
    ]
    assert [row.group_path for row in found.rows] == [
        ("工业项目", "竣工项目"),
        ("工业项目", "续建项目"),
        ("民生项目",),
    ]
    assert [(row.stage, row.stage_listed) for row in found.rows] == [
        (Stage.COMPLETED, True),
        (Stage.CONTINUING, True),
        (None, False),
    ]
    assert found.problems == ()
    assert [row.number for row in found.rows] == [5, 7, 11]


def test_totals_and_counts_that_do_not_fit_are_told(reading, problems):
    found = reading(
        HEAD,
        ["一、工业(3)", "", 500],
        [1, "甲厂", 100],
        [2, "乙厂", "约200"],
        ["合计", "", 999],
        ["总计（5）", "", "见附件"],
    )
    assert problems(found) == [
        ("2", "count_differs"),
        ("C2", "total_differs"),
        ("C5", "total_differs"),
        ("6", "count_differs"),
    ]
    facts = found.problems[0].facts
    assert facts == {"printed": 3, "counted": 2, "group": "工业"}
    assert found.problems[1].facts["summed"] == 300 * 1_000_000
    assert found.waiting == frozenset()


def test_a_total_may_be_of_its_group_or_of_the_rows_since_the_last(reading, problems):
    found = reading(
        HEAD,
        ["一、工业"],
        [1, "甲厂", 100],
        ["小计", "", 100],
        [2, "乙厂", 200],
        ["小计", "", 200],
        ["小计", "", 300],
        ["合计", "", "—"],
    )
    assert problems(found) == []


def test_a_row_is_read_into_its_fields(reading):
    found = reading(
        [
            *["序号", "项目代码", "编号", "任务名称", "项目类别", "建设阶段", "级别", "所属板块"],
            *["任务来源", "牵头单位", "配合单位", "业主单位", "分包领导", "责任人", "联系电话"],
            *["所在街道", "建设内容", "资金来源", "开工时间", "完成时限", "实际开工时间"],
            *["实际竣工时间", "节点计划", "6月", "形象进度", "存在问题", "推进措施", "下月计划"],
            *["填报时间", "备注", "其他列"],
        ],
        [
            *[1, "2101-410103", "ZD-01", "甲路\n工程", "专项", "续建", "区级", "商圈"],
            *["文件〔2021〕1号", "区住建局、区财政局", "区审计局等", "甲公司", "某岗位", "某处"],
            *["13800000000", "甲街道", "修路", "财政", "2021.3", "年底前", "3月5日", ""],
            *["9月通车", "完成路基", "路基完成", "无", "加快", "铺路", "2021-6-30", "备", "其他"],
        ],
    )
    (row,) = found.rows
    assert found.problems[0].code == "more_units_meant"
    assert (row.serial, row.code, row.office_no) == ("1", "2101-410103", "ZD-01")
    assert row.title == "甲路工程"
    assert (row.kind, row.category, row.stage) == (MatterKind.PROGRAMME, "专项", Stage.CONTINUING)
    assert (row.level, row.goal, row.source) == ("区级", "商圈", "文件〔2021〕1号")
    assert (row.lead_unit, row.supporting_units) == ("区住建局", ("区财政局", "区审计局"))
    assert (row.owner, row.sponsor, row.responsible) == ("甲公司", "某岗位", "某处")
    assert (row.area, row.content, row.fund_source) == ("甲街道", "修路", "财政")
    assert (row.start.day, row.due.day) == (date(2021, 3, 1), date(2021, 12, 31))
    assert (row.actual_start.day, row.actual_end) == (date(2021, 3, 5), None)
    assert [(s.title, s.day.day) for s in row.steps] == [
        ("通车", date(2021, 9, 30)),
        ("完成路基", date(2021, 6, 30)),
    ]
    assert (row.progress, row.problems, row.measures) == ("路基完成", "", "加快")
    assert (row.next_steps, row.reported_on.day, row.remarks) == ("铺路", date(2021, 6, 30), "备")
    assert ("其他列", "其他") in row.raw
    assert not any("13800000000" in text for _, text in row.raw)  # never kept


def test_money_and_amounts_keep_what_their_column_says(reading):
    found = reading(
        ["项目名称", "总投资", "本月完成投资", "目标值", "计量单位", "累计完成数"],
        ["甲", "1.2亿元", 300, "≥120", "户", "60"],
        ["乙", 100, 20, "5", "万元", "很快"],
        unit="万元",
    )
    first, second = found.rows
    assert first.money_of(Meaning.MONEY_TOTAL).fen == 12_000_000_000
    assert first.money_of(Meaning.MONEY_DONE, Period.MONTH).fen == 300_000_000
    assert first.money_of(Meaning.MONEY_DONE, Period.ALL) is None
    assert (first.quantity.amount, first.quantity.unit) == (Decimal(120), "户")
    assert first.achieved[0].figure == Figure(Decimal(60), "户")
    assert first.achieved[0].period is Period.CUMULATIVE
    assert second.quantity.unit == "万元"
    assert [(p.place, p.code, p.weight) for p in found.problems] == [
        ("F1", "period_open", Weight.ASK),
        ("F3", "figure_not_understood", Weight.NOTE),
    ]


def test_a_target_in_the_cell_is_an_amount_where_it_has_a_unit(reading):
    found = reading(
        ["指标名称", "年度目标", "备注"],
        ["甲", "≥85%"],
        ["乙", "120"],
        ["丙", "全面完成"],
        ["丁", ""],
    )
    assert found.rows[0].quantity.unit == "%"
    assert [row.quantity for row in found.rows[1:]] == [None, None, None]
    assert found.rows[2].target == "全面完成"
    assert found.rows[0].kind is MatterKind.INDICATOR


def test_percent_cells_read_as_they_are_shown():
    head, row = ("项目名称", "目标值", "备注"), ("甲", Decimal("0.85"), None)
    found = read_rows(Grid("表", (head, row), formats=(("", "", ""), ("", "0.0%", ""))))
    assert found.rows[0].quantity == Figure(Decimal(85), "%")


def test_a_date_shown_as_a_month_is_that_month():
    head, row = ("项目名称", "完成时限"), ("甲", date(2021, 6, 1))
    found = read_rows(Grid("表", (head, row), formats=(("", ""), ("", 'yyyy"年"m"月"'))))
    assert found.rows[0].due.day == date(2021, 6, 30)


def test_a_kind_is_not_guessed_and_empty_steps_say_nothing(reading):
    found = reading(["名称", "一季度目标", "二季度目标"], ["甲", "", "封顶"])
    assert found.rows[0].kind is None
    assert [step.title for step in found.rows[0].steps] == ["封顶"]


def test_the_day_of_the_figures_may_stand_in_a_note_below(reading):
    found = reading(["项目名称", "备注"], ["甲"], ["注：数据截至2021年6月30日"])
    assert found.layout.above.data_day.day == date(2021, 6, 30)
    found = reading(
        ["台账（截至2021年5月底）"], ["项目名称", "备注"], ["甲"], ["注：2021年6月30日"]
    )
    assert found.layout.above.data_day.day == date(2021, 5, 31)


def test_bad_cells_are_marked_and_mended(reading, problems):
    rows = (
        [*HEAD, "目标值", "完成数"],
        [1, "甲", "很多", "区住建局", "13月", "-1", "-2"],
        [2, "", 5, "", "6月"],
    )
    found = reading(*rows)
    assert problems(found) == [
        ("G1", "period_open"),
        ("F2", "negative_quantity"),
        ("E2", "day_not_understood"),
        ("G2", "negative_quantity"),
        ("C2", "figure_not_understood"),
        ("B3", "title_missing"),
    ]
    assert found.waiting == {1, 2}
    mended = {(1, 2): "50", (1, 4): "6月", (1, 5): "", (1, 6): "2", (2, 1): "乙", (99, 99): "x"}
    again = reading(*rows, mended=mended)
    assert again.waiting == frozenset()
    assert again.rows[1].title == "乙"


def test_a_flaw_is_marked_until_the_cell_is_mended():
    head = ("项目名称", "总投资（万元）", "甲乙列")
    flaws = (Spot(1, 1, Flaw.ERROR, "#REF!"), Spot(1, 2, Flaw.NOT_COMPUTED))
    grid = Grid("表", (head, ("甲", None, None)), flaws=flaws, formats=(("",) * 3, ("",) * 3))
    found = read_rows(grid)
    assert [(p.place, p.code, p.weight.value) for p in found.problems] == [
        ("B2", "error_value", "bad"),
        ("C2", "formula_not_computed", "note"),
    ]
    assert read_rows(grid, mended={(1, 1): "5"}).waiting == frozenset()


def test_a_row_that_only_holds_a_flaw_is_a_matter_without_title():
    grid = Grid("表", (("项目名称", "备注"), (None, None)), flaws=(Spot(1, 0, Flaw.ERROR, "#N/A"),))
    assert {p.code for p in read_rows(grid).problems} == {"error_value", "title_missing"}


def test_a_missing_unit_or_year_is_told_once_a_column():
    rows = tuple((f"项目{n}号", 5, "6月", None) for n in range(5))
    found = read_rows(Grid("表", (("项目名称", "总投资", "完成时限", "备注"), *rows)))
    assert [(p.place, p.code) for p in found.problems] == [
        ("C2", "year_missing"),
        ("B2", "money_unit_missing"),
    ]


def test_the_year_is_taken_from_the_heads_where_the_title_has_none():
    head = ("项目名称", "2020年完成投资（万元）", "2021年计划投资（万元）", "完成时限")
    found = read_rows(Grid("表", (head, ("甲", 1, 2, "6月"))))
    assert found.year == 2021
    assert found.rows[0].due.day == date(2021, 6, 30)


def test_an_end_before_the_start_is_told(reading):
    found = reading(["项目名称", "起止年限", "备注"], ["甲", "2021.6-2020.3"])
    assert [(p.place, p.code) for p in found.problems] == [("B2", "ends_before_start")]
    found = reading(["项目名称", "起止年限", "备注"], ["甲", "尽快"])
    assert [p.code for p in found.problems] == ["day_not_understood"]


def test_a_stage_in_other_words_is_kept_as_written(reading):
    found = reading(["项目名称", "建设阶段", "备注"], ["甲", "扩大"])
    assert (found.rows[0].stage, found.problems[0].code) == (None, "stage_not_understood")
    assert found.rows[0].kind is MatterKind.PROJECT


def test_a_matter_over_several_merged_rows_is_one(reading, problems):
    found = reading(
        ["序号", "项目名称", "总投资（万元）", "责任单位", "节点计划", "备注"],
        [1, "甲", 100, "区住建局", "3月开工", date(2021, 1, 1)],
        ["", "", "", "区财政局", "6月封顶", date(2021, 1, 1)],
        ["", "", 200],
        [2, "乙", "", "区教育局", "9月开学"],
        merges=(Merge(1, 0, 3, 0), Merge(1, 1, 3, 1)),
    )
    first, second = found.rows
    assert kinds(found) == ["data", "more", "more", "data"]
    assert (first.lead_unit, first.supporting_units) == ("区住建局", ("区财政局",))
    assert [step.title for step in first.steps] == ["开工", "封顶"]
    assert problems(found) == [("C2", "second_value")]
    assert second.title == "乙"


def test_merged_words_are_of_every_row_but_merged_amounts_of_the_first(reading, problems):
    found = reading(
        ["序号", "项目名称", "项目类别", "总投资（万元）"],
        [1, "甲", "工业", 100],
        [2, "乙"],
        merges=(Merge(1, 2, 2, 2), Merge(1, 3, 2, 3)),
    )
    assert [row.category for row in found.rows] == ["工业", "工业"]
    assert [len(row.money) for row in found.rows] == [1, 0]
    assert problems(found) == [("D3", "amount_shared")]
    assert found.problems[0].facts == {"first_row": 2}


def test_rows_merged_into_the_head_are_no_matter(reading):
    found = reading(
        ["项目名称", "牵头单位", "备注"],
        ["", "1"],
        ["甲", "乙"],
        merges=(Merge(0, 0, 1, 0),),
    )
    assert [row.title for row in found.rows] == ["甲"]


def test_a_merged_title_under_no_row_begins_one():
    head = ("项目名称", "备注")
    grid = Grid("表", (head, ("合计", None), (None, "x")), (Merge(1, 0, 2, 0),))
    assert [row.row for row in read_rows(grid).rows] == [2]


def test_hidden_rows_are_read_and_marked(reading, problems):
    found = reading(["项目名称", "备注"], ["甲"], hidden_rows=frozenset({1}))
    assert found.rows[0].hidden
    assert problems(found) == [("2", "row_hidden")]


def test_a_lone_text_is_a_group_where_matters_have_numbers(reading):
    rows = (["甲公司"], ["", "某片区"], [1, "乙"], ["", "", "", "丙局"])
    assert kinds(reading(HEAD, *rows)) == ["group", "group", "data", "data"]
    without = reading(
        ["项目名称", "牵头单位"],
        ["甲"],
        ["竣工项目"],
        ["乙路", "丙"],
        ["说明文字"],
        merges=(Merge(4, 0, 4, 1),),
    )
    assert kinds(without) == ["data", "group", "data", "group"]


def test_a_lone_number_is_no_group(reading):
    assert kinds(reading(HEAD, [5])) == ["data"]


@pytest.mark.parametrize(
    ("text", "name", "rank", "printed"),
    [
        ("一、创新驱动(34)", "创新驱动", "chinese", 34),
        ("（二）研发平台（11个）", "研发平台", "chinese_bracket", 11),
        ("1.电源(5)", "电源", "number", 5),
        ("（1）电网", "电网", "number_bracket", None),
        ("续建项目，共10个", "续建项目", "stage", 10),
        ("其他工程", "其他工程", "other", None),
    ],
)
def test_headings_lose_their_numbering_and_count(text, name, rank, printed):
    heading = heading_of(text, 3)
    assert (heading.text, heading.rank, heading.printed) == (name, rank, printed)


def test_lower_headings_end_with_a_higher_one(reading):
    found = reading(
        HEAD,
        ["一、甲"], ["（一）乙"], ["1.丙"], ["竣工项目"], [1, "子"],
        ["（二）丁"], ["续建项目"], [1, "丑"],
        ["其他"], [1, "寅"],
    )  # fmt: skip
    assert [row.group_path for row in found.rows] == [
        ("甲", "乙", "丙", "竣工项目"),
        ("甲", "丁", "续建项目"),
        ("甲", "丁", "续建项目", "其他"),
    ]


@pytest.mark.parametrize(
    ("text", "stage"),
    [
        ("储备项目", Stage.RESERVE),
        ("前期", Stage.PREPARATORY),
        ("计划新开工项目", Stage.NEW_START),
        ("在建", Stage.CONTINUING),
        ("2021年竣工投产项目", Stage.COMPLETED),
        ("工业项目", None),
    ],
)
def test_stages_by_their_words(text, stage):
    assert stage_of(text) is stage


def test_a_sheet_without_a_head_says_so(reading):
    found = reading(["甲", "乙"])
    assert (found.layout, found.rows) == (None, ())
    assert found.problems == (CellProblem(None, None, "head_not_found"),)
    assert found.problems[0].place == ""
    assert found.waiting == frozenset()
    assert CellProblem(6, 2, "x").place == "C7"
    assert RowKind.MORE.value == "more"


VALUES = (
    st.none()
    | st.text(max_size=12)
    | st.sampled_from(
        [*HEAD, "合计", "一、甲", "竣工项目(2)", "6月底前", "1.2亿元", "注：x", "—", "单位"]
    )
    | st.integers()
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.booleans()
)


@given(st.data())
def test_reading_never_raises_whatever_the_cells_hold(data):
    width = data.draw(st.integers(1, 6))
    rows = data.draw(st.lists(st.tuples(*[VALUES] * width), max_size=10))
    places = st.integers(0, 10)
    merges = data.draw(st.lists(st.builds(Merge, places, places, places, places), max_size=3))
    head = tuple(HEAD[:width]) if data.draw(st.booleans()) else ()
    grid = Grid("表", (*([head] if len(head) == width else []), *rows), tuple(merges))
    found = read_rows(grid, sheet_year=data.draw(st.none() | st.just(2021)))
    assert len({row.row for row in found.rows}) == len(found.rows)


@given(st.permutations(range(5)))
def test_the_order_of_columns_changes_no_matter(order):
    head, row = HEAD, [1, "甲路", "1.5亿元", "区住建局、区财政局", "6月底前"]
    plain = read_rows(Grid("表", (tuple(head), tuple(row))), sheet_year=2021).rows[0]
    turned = read_rows(
        Grid("表", (tuple(head[i] for i in order), tuple(row[i] for i in order))), sheet_year=2021
    ).rows[0]
    for field in ("title", "lead_unit", "supporting_units", "due", "serial"):
        assert getattr(plain, field) == getattr(turned, field)
    assert plain.money_of(Meaning.MONEY_TOTAL) == turned.money_of(Meaning.MONEY_TOTAL)
