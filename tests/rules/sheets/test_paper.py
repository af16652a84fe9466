"""Printed lists: ruled, half ruled and unruled, over pages, with what cannot be read refused."""

import pytest

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.kinds import Stage
from luoshi.rules.sheets.paper.health import PdfTextBroken, PdfWithoutText
from luoshi.rules.sheets.paper.lines import cell_text
from luoshi.rules.sheets.paper.lists import grids_of
from luoshi.rules.sheets.paper.page import Glyph, Page, Ruling
from luoshi.rules.sheets.paper.ruled import ruled_table
from luoshi.rules.sheets.reading import read_rows
from tests.rules.sheets.printed import page, set_text, table

EDGES = (60, 90, 240, 440, 530)
CONTENT = "建设标准化厂房三万平方米及其配套设施，同步建设研发中心"
FIRST = [
    ("序号", "项目名称", "建设内容", "所在乡镇"),
    ("合计(4)",),
    ("一、工业项目(2)",),
    ("拟开工项目(1)",),
    (
        "1",
        "甲高端装备制造产业园建设项目（一期）",
        "建设标准化厂房三万平方米及其配套设施，同步建设研发中心",
        "甲镇",
    ),
    ("续建项目(1)",),
    ("1", "乙路改造", "改造道路两公里", "乙镇"),
]
SECOND = [
    ("二、民生项目(2)",),
    ("1", "丙学校新建工程项目", "新建教学楼", "甲镇、乙镇"),
    ("2", "丁医院", "新建", "丁街道"),
]
MANNERS = [
    {},
    {"ruled": "level", "gap": 8.0},
    {"ruled": "none", "gap": 8.0},
    {"ruled": "none", "gap": 10.0, "centred": True},
]


def printed(*parts, edges=EDGES, **how):
    return [
        page(
            rows,
            edges,
            number=n,
            below=[f"— {n} —"],
            above=["二〇二五年清单"] if n == 1 else (),
            **how,
        )
        for n, rows in enumerate(parts, 1)
    ]


def read(pages):
    (grid,) = grids_of(pages, name="2025年清单")
    return read_rows(grid)


@pytest.mark.parametrize("how", MANNERS)
def test_a_list_over_two_pages_is_read_however_it_is_ruled(how):
    found = read(printed(FIRST, SECOND, **how))
    assert [row.title for row in found.rows] == [
        "甲高端装备制造产业园建设项目（一期）",
        "乙路改造",
        "丙学校新建工程项目",
        "丁医院",
    ]
    assert found.rows[0].content == "建设标准化厂房三万平方米及其配套设施，同步建设研发中心"
    assert [row.stage for row in found.rows] == [Stage.NEW_START, Stage.CONTINUING, None, None]
    assert found.rows[3].group_path == ("民生项目",)
    assert found.problems == ()


@pytest.mark.parametrize("how", MANNERS)
def test_printed_totals_that_do_not_fit_are_told(how):
    found = read(printed(FIRST, SECOND[:2], **how))
    assert [problem.code for problem in found.problems] == ["count_differs"] * 2


def test_other_columns_other_groups_and_a_repeated_head():
    head = ("编号", "任务名称", "牵头单位", "完成时限")
    found = read(
        printed(
            [head, ("第一部分 环境整治",), ("A1", "清理河道", "甲局", "6月底前")],
            [head, ("A2", "增设绿地", "乙局", "年底前")],
        )
    )
    assert [(row.office_no, row.lead_unit, row.due.day.month) for row in found.rows] == [
        ("A1", "甲局", 6),
        ("A2", "乙局", 12),
    ]


def test_a_row_that_a_page_break_cut_is_put_together():
    rest = [("", "中心", "，配套道路", ""), ("2", "戊", "己", "庚镇")]
    found = read(printed([FIRST[0], ("1", "甲文化", "建设场馆", "甲镇")], [FIRST[0], *rest]))
    assert [(row.title, row.content) for row in found.rows] == [
        ("甲文化中心", "建设场馆，配套道路"),
        ("戊", "己"),
    ]
    found = read(
        printed([FIRST[0], ("1", "甲文化", "建设场馆", "甲镇")], [("", "中心", "", ""), *rest[1:]])
    )
    assert found.rows[0].title == "甲文化中心"


@pytest.mark.parametrize("lone", [("", "竣工项目(1)", "", ""), ("", "合计(2)", "", "")])
def test_a_heading_at_the_head_of_a_page_is_not_taken_for_the_rest_of_a_row(lone):
    found = read(printed([FIRST[0], ("1", "甲", "乙", "丙镇")], [lone, ("2", "丁", "戊", "己镇")]))
    assert [row.title for row in found.rows] == ["甲", "丁"]


def test_a_page_that_follows_no_numbered_row_begins_anew():
    found = read(printed([FIRST[0], ("一、甲类",)], [("", "乙", "丙", "")]))
    assert [row.title for row in found.rows] == ["乙"]
    found = read(printed([("项目名称", "内容", "地点", "备注")], [("甲", "乙", "丙", "")]))
    assert [row.title for row in found.rows] == ["甲"]


def test_a_page_with_nothing_but_its_number_adds_nothing():
    pages = printed(FIRST, [("", "", "", "")], SECOND)
    assert len(read(pages).rows) == 4


def test_tables_of_other_columns_are_grids_of_their_own():
    narrow = page([("项目名称", "备注"), ("甲", "乙")], (60, 200, 500), number=2)
    shifted = page([FIRST[0], ("1", "甲", "乙", "丙")], (60, 120, 240, 440, 530), number=3)
    grids = grids_of([*printed(FIRST), narrow, shifted], name="清单")
    assert [grid.name for grid in grids] == ["清单", "清单 2", "清单 3"]


def test_pages_without_lines_may_stand_between_ruled_ones():
    plain = page(FIRST, EDGES, number=2, ruled="none", gap=8.0)
    grids = grids_of([*printed(FIRST), plain, Page(3, has_pictures=False)], name="清单")
    assert [len(read_rows(grid).rows) for grid in grids] == [2, 2]


def test_cells_merged_down_and_open_sides():
    glyphs, rulings = table([FIRST[0], ("1", "甲", "乙", "丙镇"), ("2", "丁", "戊", "己镇")], EDGES)
    inner = [line for line in rulings if line.x0 != EDGES[0] or line.x0 != line.x1]
    inner = [line for line in inner if not (line.x0 == line.x1 == EDGES[-1])]
    found = ruled_table(Page(1, tuple(glyphs), tuple(inner)))
    assert (len(found.edges), found.rows[1]) == (5, ["1", "甲", "乙", "丙镇"])
    ys = sorted({line.top for line in rulings})
    cut = [
        Ruling(EDGES[0], y, EDGES[3], y) if y == ys[2] and line.x0 != line.x1 else line
        for line in rulings
        for y in [line.top]
    ]
    found = ruled_table(Page(1, tuple(glyphs), tuple(cut)))
    assert [(m.first_row, m.last_row, m.first_column) for m in found.merges] == [(1, 2, 3)]
    (grid,) = grids_of([Page(1, tuple(glyphs), tuple(cut))], name="清单")
    assert grid.merges


def test_a_row_cut_by_the_page_end_is_inside_the_table():
    whole = printed([FIRST[0], ("1", "甲文化", "建设场馆", "甲镇")], [("", "中心", "", "")])
    lowest = max(line.top for line in whole[0].rulings)
    cut = tuple(line for line in whole[0].rulings if line.top != lowest or line.x0 == line.x1)
    (row,) = read([Page(1, whole[0].glyphs, cut), whole[1]]).rows
    assert (row.title, row.area) == ("甲文化中心", "甲镇")


def test_heads_wrapped_to_two_lines_name_their_columns():
    edges = (60, 90, 240, 290, 400)
    rows = [("序号", "项目名称", "年度计划投资", "责任单位")]
    rows += [("1", "甲路", "120万元", "甲局"), ("2", "乙路", "50万元", "乙局")]
    found = read([page(rows, edges, ruled="none", gap=12.0, centred=True)])
    assert [column.head for column in found.layout.columns][2] == "年度计划投资"
    assert [row.money[0].money.fen for row in found.rows] == [120_000_000, 50_000_000]


def test_a_page_with_one_line_or_too_many_is_not_ruled():
    assert ruled_table(Page(1, (), (Ruling(0, 0, 100, 0),))) is None
    level = [Ruling(0, n * 5, 9, n * 5) for n in range(500)]
    upright = [Ruling(x, 0, x, 10) for x in (0, 9)]
    assert ruled_table(Page(1, (), (*level, *upright, Ruling(0, 0, 30, 30)))) is None
    assert ruled_table(Page(1, (), (*level[:3], *upright))).rows == [[""], [""]]


def test_lines_that_were_wrapped_are_joined_and_those_that_were_ended_are_kept():
    lines = [*set_text("甲乙丙丁戊", 0, 0), *set_text("己", 0, 14)]
    assert cell_text(lines, width=61) == "甲乙丙丁戊己"
    assert cell_text([*set_text("甲局", 0, 0), *set_text("乙局", 0, 14)], width=120) == "甲局\n乙局"
    assert cell_text([*set_text("smart", 0, 0), *set_text("city", 0, 14)], width=30) == "smart city"
    assert cell_text([*set_text("第", 0, 0), *set_text("2 期 A B", 0, 14)], width=20) == "第2期A B"
    assert cell_text([], width=20) == ""


def test_unruled_lists_without_numbers_part_where_the_space_is_wider():
    rows = [("项目名称", "建设内容", "备注"), ("甲", "建设标准化厂房三万平方米及其配套设施", "子")]
    rows += [("乙", "修路", "丑"), ("丙", "建设标准化厂房三万平方米及其配套设施", "")]
    found = read([page(rows, (60, 200, 330, 500), ruled="none", gap=12.0)])
    assert [row.title for row in found.rows] == ["甲", "乙", "丙"]
    assert found.rows[0].content == "建设标准化厂房三万平方米及其配套设施"


def test_numbers_left_of_the_first_head_make_a_column():
    rows = [
        ("", "项目名称", "建设内容", "所在乡镇"),
        ("1", "甲", "乙", "丙镇"),
        ("2", "丁", "戊", "己镇"),
    ]
    (grid,) = grids_of([page(rows, EDGES, ruled="none", gap=8.0)], name="清单")
    assert grid.rows[1] == ("1", "甲", "乙", "丙镇")
    (grid,) = grids_of([page([r[1:] for r in rows], EDGES[1:], ruled="none", gap=8.0)], name="清单")
    assert grid.width == 3


def test_lines_before_the_first_number_of_a_page_may_be_of_the_row_before():
    first = page([FIRST[0], ("1", "甲", "建设场馆", "甲镇")], EDGES, ruled="none", gap=10.0)
    second = page(
        [("", "", "及道路", ""), ("2", "乙", "丙", "丁镇")], EDGES, number=2, ruled="none", gap=16.0
    )
    assert [row.content for row in read([first, second]).rows] == ["建设场馆及道路", "丙"]


def test_unruled_lists_set_tightly_part_where_the_first_column_is_filled():
    rows = [
        ("项目名称", "建设内容", "备注"),
        ("甲", "修路", "子"),
        ("乙", "建校", ""),
        ("", "及操场", ""),
    ]
    found = read([page(rows, (60, 200, 330, 500), ruled="none", gap=0.0)])
    assert [(row.title, row.content) for row in found.rows] == [
        ("甲", "修路"),
        ("乙", "建校及操场"),
    ]


def test_lone_lines_of_an_unruled_page():
    rows = [FIRST[0], ("— 1 —",), ("说明文字",)]
    (grid,) = grids_of([page(rows, EDGES, ruled="none", gap=8.0)], name="清单")
    assert [row[0] for row in grid.rows][1] == "—1—"
    (grid,) = grids_of([page([("项目名称", "备注")], (60, 200, 500), ruled="none")], name="清单")
    assert grid.rows == (("项目名称", "备注"),)


def test_a_scan_is_refused_with_its_pages():
    with pytest.raises(PdfWithoutText) as refused:
        grids_of([*printed(FIRST), Page(2, has_pictures=True)], name="清单")
    assert refused.value.facts == {"pages": "2", "count": 2}
    with pytest.raises(PdfWithoutText):
        grids_of([Page(1)], name="清单")


def test_a_broken_text_layer_is_refused_with_how_much_is_broken():
    private = [Glyph(chr(0xE000 + n), n, 0, n + 1, 10) for n in range(50)]
    with pytest.raises(PdfTextBroken) as refused:
        grids_of([Page(1, tuple(private))], name="清单")
    assert refused.value.facts == {"unreadable": 100, "chinese": 0}
    with pytest.raises(PdfTextBroken) as refused:
        grids_of([Page(1, tuple(set_text("(cid:12)(cid:34) garbled words", 0, 0)))], name="清单")
    assert refused.value.facts == {"unreadable": 0, "chinese": 0}
    good = printed(FIRST)[0]
    with pytest.raises(PdfTextBroken):
        grids_of([Page(1, good.glyphs, good.rulings, unmapped=len(good.glyphs))], name="清单")


def test_text_without_a_list_is_refused():
    with pytest.raises(Refusal) as refused:
        grids_of([Page(1, tuple(set_text("这是一段没有表格的文字", 0, 0)))], name="清单")
    assert refused.value.code == "pdf_without_table"
