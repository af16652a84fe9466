"""Lines of printed pages: columns, rows, titles and signs of other fonts."""

from luoshi.base.papers.layout import text_of
from luoshi.rules.sheets.paper.page import Glyph, Page
from tests.rules.sheets.printed import LEADING, set_text, wrapped

LEFT = "今年安排重点项目六十五个年度计划投资一百二十五亿元新增规上工业企业十五家" * 4
RIGHT = "改造老旧小区二十八个九月底前全部完工打通断头路四条新建公共停车位一千五百个" * 4


def column(text, x, top, width=200):
    lines = wrapped(text, width)
    return [
        glyph
        for place, line in enumerate(lines)
        for glyph in set_text(line, x, top + place * LEADING)
    ]


def words(*glyphs):
    return text_of([Page(1, tuple(glyphs))])


def test_columns_below_a_headline_are_read_one_after_another():
    title = set_text("全县上下凝心聚力推动各项重点工作取得新的进展和成效", 120, 100)
    found = words(*title, *column(LEFT, 60, 140), *column(RIGHT, 300, 140))
    assert "".join(found.split("\n")).split("成效")[1] == LEFT + RIGHT


def test_columns_may_stand_one_letter_apart():
    letters = column("字" * 40, 0, 0)[0]
    space = letters.x1 - letters.x0
    right = 60 + len(wrapped(LEFT, 200)[0]) * space + space
    found = words(*column(LEFT, 60, 140), *column(RIGHT, right, 140))
    assert "".join(found.split("\n")) == LEFT + RIGHT


def test_cells_are_no_columns():
    rows = [
        ("新建学校", "三所", "年底"),
        ("改造小区", "九个", "年底"),
        ("打通道路", "四条", "年底"),
    ] * 3
    glyphs = [
        glyph
        for number, cells in enumerate(rows)
        for place, cell in enumerate(cells)
        for glyph in set_text(cell, 60 + 120 * place, 100 + number * LEADING)
    ]
    assert words(*glyphs).split("\n") == ["\t".join(cells) for cells in rows]


def test_names_of_many_lengths_are_no_column():
    names = [
        "县城东部综合停车场",
        "丁路东延改造工程",
        "县人民医院门诊楼及其附属配套设施建设项目",
        "甲河大桥维修加固",
    ] * 3
    glyphs = [
        glyph
        for number, name in enumerate(names)
        for glyph in (
            *set_text(name, 60, 100 + number * LEADING),
            *set_text("年底前完成主体工程", 300, 100 + number * LEADING),
        )
    ]
    assert words(*glyphs).split("\n") == [f"{name}  年底前完成主体工程" for name in names]


def test_space_between_lines_parts_a_heading_from_the_text():
    glyphs = [*set_text("一、工作回顾", 60, 100), *column(LEFT[:60], 60, 150)]
    assert words(*glyphs).split("\n")[:3] == ["一、工作回顾", "", LEFT[:20]]
    glyphs = [*column(LEFT[:60], 60, 100), *set_text("二、目标任务", 60, 190)]
    assert words(*glyphs).split("\n")[-2:] == ["", "二、目标任务"]


def test_a_title_set_apart_is_no_row():
    assert words(*(g for n, s in enumerate("工作报告") for g in set_text(s, 60 + 40 * n, 100))) == (
        "工  作  报  告"
    )


def test_a_sign_that_stands_beside_its_line_belongs_to_it():
    line = set_text("年一月在大会上", 80, 100)
    sign = Glyph("—", 60, 108, 80, 109)
    assert words(sign, *line) == "—年一月在大会上"
