"""Files that we write: nothing in them runs, figures are figures, and they read back the same."""

import csv
import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from luoshi.base.grids import child, wire
from luoshi.base.grids.reading import read_grids
from luoshi.base.grids.writing import (
    Column,
    Kind,
    Sheet,
    number_format,
    safe_cell,
    sheet_name,
    write_csv,
    write_xlsx,
)
from luoshi.rules.sheets.grid import Value

COLUMNS = (
    Column("项目", width=40),
    Column("完成", Kind.NUMBER),
    Column("投资（万元）", Kind.MONEY),
    Column("占比", Kind.PERCENT),
    Column("时限", Kind.DAY),
)
ROWS: list[tuple[Value, ...]] = [
    ("嵩山路学校", 12, Decimal("1500.5"), Decimal("0.855"), date(2021, 6, 30)),
    ("=HYPERLINK(1)", Decimal("0.125"), -3, None, date(1850, 1, 1)),
    ("001", 10**16 + 1, True, "-", None),
]
SHEET = Sheet(
    "重点项目台账",
    COLUMNS,
    ROWS,
    notes=("数据日期：2021年6月30日", "@制表：区政府办"),
    foot=("合计", None, Decimal("1497.5"), None, None),
)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", " =", "\t=", "＝", "＠"])
def test_what_begins_like_a_formula_gets_an_apostrophe(start):
    assert safe_cell(f"{start}cmd|' /C calc'!A0") == f"'{start}cmd|' /C calc'!A0"


@pytest.mark.parametrize(
    "text",
    ["", "项目", "1-2", "-5", "+3.5", "-1,200.50", "-12.5%", "-", "——", "a=b", "'=1", " 空", "-１"],
)
def test_figures_dashes_and_plain_text_stay(text):
    assert safe_cell(text) == (text if text != "-１" else "'-１")


@given(st.text(max_size=30))
def test_no_text_begins_like_a_formula_once_safe(text):
    safe = safe_cell(text).lstrip()
    is_figure = safe[:1] in set("+-－") and not set(safe) - set("0123456789+-.,%－—–")
    assert safe[:1] not in set("=+-@＝＋－＠") or is_figure


def test_a_sheet_of_ours_reads_back(tmp_path):
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [SHEET])
    (grid,) = read_grids(path, name="out.xlsx")
    assert grid.name == "重点项目台账"
    assert [row[0] for row in grid.rows[:3]] == [
        "重点项目台账",
        "数据日期：2021年6月30日",
        "@制表：区政府办",
    ]
    assert grid.rows[3] == tuple(column.name for column in COLUMNS)
    assert grid.rows[4] == ROWS[0]
    assert grid.rows[5] == ("=HYPERLINK(1)", Decimal("0.125"), -3, None, "1850-01-01")
    assert grid.rows[6] == ("001", "10000000000000001", True, "-", None)
    assert grid.rows[7] == ("合计", None, Decimal("1497.5"), None, None)
    assert grid.cell(4, 3).is_percent
    assert [grid.cell(4, column).number_format for column in (1, 2, 4)] == [
        "#,##0",
        "#,##0.00",
        "yyyy-mm-dd",
    ]


def test_text_in_our_sheets_is_marked_as_text_and_the_head_is_frozen():
    out = io.BytesIO()
    write_xlsx(out, [SHEET])
    page = openpyxl.load_workbook(out).active
    assert page["A6"].value == "=HYPERLINK(1)"
    assert page["A6"].data_type == "s"
    assert page["A6"].quotePrefix
    assert not page["A5"].quotePrefix
    assert page.freeze_panes == "B5"
    assert page.auto_filter.ref == "A4:E7"
    assert page.print_title_rows == "$4:$4"
    assert page.column_dimensions["A"].width == pytest.approx(40, abs=1)
    out.seek(0)
    sheet = zipfile.ZipFile(out).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet


def test_an_empty_list_has_a_head_and_no_filter():
    out = io.BytesIO()
    write_xlsx(out, [Sheet("空", COLUMNS, ())])
    page = openpyxl.load_workbook(out).active
    assert (page.max_row, page.auto_filter.ref) == (2, None)


def test_a_row_of_another_length_is_a_mistake_and_leaves_no_file(tmp_path):
    path = tmp_path / "out.xlsx"
    with pytest.raises(ValueError, match="zip"):
        write_xlsx(path, [Sheet("错", COLUMNS, [("一",)])])
    assert not path.exists()


def test_text_beyond_a_cell_is_cut_and_says_so(tmp_path):
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [Sheet("长", (Column("项目"),), [("长" * 40_000,)])])
    (grid,) = read_grids(path, name="out.xlsx")
    text = grid.rows[2][0]
    assert isinstance(text, str)
    assert (len(text), text[-1]) == (32_767, "…")


def test_names_of_sheets_are_allowed_and_differ(tmp_path):
    titles = ["甲/乙:丙?", "", "'引'", "x" * 40, "x" * 40, "X" * 40]
    names = []
    for title in titles:
        names.append(sheet_name(title, {name.lower() for name in names}))
    assert names[:4] == ["甲 乙 丙", "Sheet", "引", "x" * 31]
    assert names[4:] == ["x" * 27 + " (2)", "X" * 27 + " (3)"]
    path = tmp_path / "out.xlsx"
    write_xlsx(path, [Sheet(title, COLUMNS, ()) for title in titles])
    assert [grid.name for grid in read_grids(path, name="out")] == names


def test_a_text_file_of_ours_says_the_same_and_reads_back(tmp_path):
    path = tmp_path / "out.csv"
    write_csv(path, SHEET)
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines[1:3] == [["数据日期：2021年6月30日"], ["'@制表：区政府办"]]
    assert lines[4] == ["嵩山路学校", "12", "1500.5", "0.855", "2021-06-30"]
    assert lines[5] == ["'=HYPERLINK(1)", "0.125", "-3", "", "1850-01-01"]
    assert lines[6] == ["001", "10000000000000001", "TRUE", "-", ""]
    (grid,) = read_grids(path, name="out.csv")
    assert grid.rows[5][0] == "=HYPERLINK(1)"


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1200, "#,##0"),
        (Decimal("1200.50"), "#,##0.0"),
        (Decimal("0.00000012"), "#,##0.000000"),
        (Decimal("1e3"), "#,##0"),
    ],
)
def test_figures_show_as_many_decimals_as_they_have(value, shown):
    assert number_format(value, Kind.NUMBER) == shown


# ---- whatever is written reads back ---------------------------------------------------------

WORDS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff\ufffd"),
    min_size=1,
    max_size=40,
).filter(lambda text: not text.isspace())
FIGURES = st.one_of(
    st.integers(-(10**15) + 1, 10**15 - 1),
    st.decimals(-(10**8), 10**8, places=4, allow_nan=False).map(
        lambda value: int(value) if value == value.to_integral_value() else value.normalize()
    ),
)
DAYS = st.dates(date(1900, 3, 1), date(9999, 12, 31))
VALUES = st.one_of(st.none(), WORDS, FIGURES, DAYS, st.booleans())


def read_here(path):
    """Read in this very process: hundreds of processes would take minutes."""
    (grid,) = wire.grids_of(wire.unpacked(child.answer(path, path.name)))
    return grid


def same(rows):
    """Values with their types, for 1 equals True."""
    return [[(type(value), value) for value in row] for row in rows]


@given(st.lists(st.tuples(VALUES, VALUES, VALUES), min_size=1, max_size=8))
@settings(deadline=None)
def test_whatever_is_written_as_xlsx_reads_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("out") / "out.xlsx"
    rows = [*rows, ("完", "完", "完")]
    write_xlsx(path, [Sheet("表", (Column("一"), Column("二"), Column("三")), rows)])
    assert same(read_here(path).rows[2:]) == same(rows)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=8))
@settings(deadline=None)
def test_whatever_text_is_written_as_csv_reads_back(tmp_path_factory, rows):
    path = tmp_path_factory.mktemp("out") / "out.csv"
    rows = [*rows, ("完,", "完")]
    write_csv(path, Sheet("表", (Column("一,"), Column("二")), rows))
    assert same(read_here(path).rows[2:]) == same(rows)
