"""Sheets of today: everything a person sees is where the person sees it."""

from datetime import date, datetime
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

from luoshi.base.grids.reading import read_grids
from luoshi.rules.sheets.grid import Flaw, Merge, Spot
from tests.base.grids.making import BOOK, packed, parts_of, raw_xlsx, written_xlsx

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def read(tmp_path):
    """Read what the test wrote to ``path``."""

    class Reader:
        path = tmp_path / "台账.xlsx"

        def grids(self):
            return read_grids(self.path, name="台账.xlsx")

        def grid(self):
            (grid,) = self.grids()
            return grid

        def raw(self, cells, **more):
            raw_xlsx(self.path, cells, **more)
            return self.grid()

    return Reader()


def test_places_stay_those_of_the_sheet_and_the_empty_end_is_cut(read):
    with written_xlsx(read.path) as book:
        page = book.add_worksheet("重点项目")
        page.write(6, 2, "嵩山路学校")
        page.write_blank(900, 90, None, book.add_format({"bold": True}))
    grid = read.grid()
    assert grid.name == "重点项目"
    assert (len(grid.rows), grid.width) == (7, 3)
    assert grid.cell(6, 2).value == "嵩山路学校"
    assert [value for row in grid.rows for value in row if value is not None] == ["嵩山路学校"]


def test_numbers_are_exact_and_text_stays_text(read):
    with written_xlsx(read.path) as book:
        page = book.add_worksheet()
        for column, value in enumerate((0.1, 0.1 + 0.2, 12_345_678, -3, 1e15, 147.7, 1.1e-9)):
            page.write_number(0, column, value)
        for column, text in enumerate(("001", "1.50", " 5", "1.5亿元", "=1+1")):
            page.write_string(1, column, text)
        page.write_boolean(2, 0, True)
    first, second, third = read.grid().rows
    figures = (Decimal("0.1"), Decimal("0.3"), 12_345_678, -3, 10**15, Decimal("147.7"))
    assert first == (*figures, Decimal("1.1e-9"))
    assert [type(value) for value in first[2:5]] == [int] * 3
    assert second[:5] == ("001", "1.50", " 5", "1.5亿元", "=1+1")
    assert third[0] is True


def test_days_months_and_percents_are_told_by_their_format(read):
    with written_xlsx(read.path) as book:
        page = book.add_worksheet()
        day = date(2021, 6, 30)
        for column, code in enumerate(("yyyy-mm-dd", 'yyyy"年"m"月"', "[$-804]m月d日;@")):
            page.write_datetime(0, column, day, book.add_format({"num_format": code}))
        page.write_number(1, 0, 0.855, book.add_format({"num_format": "0.0%"}))
        page.write_number(1, 1, 0.6041666667, book.add_format({"num_format": "h:mm"}))
        page.write_number(1, 2, 1.5, book.add_format({"num_format": "[h]:mm"}))
    grid = read.grid()
    assert grid.rows[0] == (day, day, day)
    assert [grid.cell(0, column).is_month for column in range(3)] == [False, True, False]
    assert grid.rows[1] == (Decimal("0.855"), "14:30", Decimal("1.5"))
    assert grid.cell(1, 0).is_percent


def test_a_moment_is_its_day(read):
    book = openpyxl.Workbook()
    book.active["A1"] = datetime.fromisoformat("2021-06-30T18:30")
    book.save(read.path)
    assert read.grid().rows == ((date(2021, 6, 30),),)


def test_days_counted_from_1904(read):
    with written_xlsx(read.path, date_1904=True) as book:
        code = book.add_format({"num_format": "yyyy-mm-dd"})
        book.add_worksheet().write_datetime(0, 0, date(2021, 6, 30), code)
    assert read.grid().rows == ((date(2021, 6, 30),),)


def test_merged_and_hidden_are_told_inside_the_filled_part(read):
    with written_xlsx(read.path) as book:
        page = book.add_worksheet()
        page.merge_range("A1:F1", "二七区重点项目台账")
        page.write_row("A2", ["序号", "项目", "单位"])
        page.set_row(1, None, None, {"hidden": True})
        page.set_row(50, None, None, {"hidden": True})
        page.set_column("B:B", 10, None, {"hidden": True})
        page.set_column("C:C", 0)
        page.set_column("J:XFD", None, None, {"hidden": True})
        page.merge_range("M40:N41", "")
        book.add_worksheet("旧表").hide()
    grid, old = read.grids()
    assert grid.merges == (Merge(0, 0, 0, 2),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({1}, {1, 2})
    assert (grid.hidden, old.hidden, old.rows) == (False, True, ())


def test_formulas_are_not_run_and_failed_ones_are_marked(read):
    with written_xlsx(read.path) as book:
        page = book.add_worksheet()
        page.write_formula("A1", "=1+1", None, 2)
        page.write_formula("B1", '="a"&"b"', None, "ab")
        page.write_formula("C1", "=1/0", None, "#DIV/0!")
        page.write_formula("D1", "=[别的.xlsx]表!A1", None, 7)
    grid = read.grid()
    assert grid.rows == ((2, "ab", None, 7),)
    assert grid.flaws == (Spot(0, 2, Flaw.ERROR, "#DIV/0!"),)


def test_a_formula_that_gives_empty_text_is_an_empty_cell(read):
    grid = read.raw('<row><c t="str"><f>""</f><v></v></c><c><v>1</v></c></row>')
    assert (grid.rows, grid.flaws) == (((None, 1),), ())


def test_a_formula_that_was_never_computed_is_marked(read):
    book = openpyxl.Workbook()
    book.active["B2"] = "=SUM(A1:A9)"
    book.save(read.path)
    grid = read.grid()
    assert grid.cell(1, 1).value is None
    assert grid.flaws == (Spot(1, 1, Flaw.NOT_COMPUTED),)


def test_rich_text_is_whole_and_what_is_only_said_aloud_is_left_out(read):
    book = openpyxl.Workbook()
    book.active["A1"] = CellRichText("完成", TextBlock(InlineFont(b=True), "三成"))
    book.save(read.path)
    assert read.grid().rows == (("完成三成",),)
    texts = "<sst><si><r><t>東</t></r><r><t>京</t></r><rPh><t>トウキョウ</t></rPh></si></sst>"
    cells = (
        '<row><c t="s"><v>0</v></c>'
        '<c t="inlineStr"><is><t>北</t><rPh><t>ホク</t></rPh></is></c></row>'
    )
    assert read.raw(cells, **{"xl/sharedStrings.xml": texts}).rows == (("東京", "北"),)


def test_signs_that_xml_cannot_hold_are_read_and_useless_ones_dropped(read):
    cells = '<row><c t="str"><v>一_x000A_二_x0007__x005F_x0041__xD83D_</v></c></row>'
    assert read.raw(cells).rows == (("一\n二_x0041_",),)


def test_other_writers_leave_out_places_or_put_prefixes(read):
    cells = (
        '<x:row r="2"><x:c><x:v>1</x:v></x:c><x:c t="b"><x:v>0</x:v></x:c></x:row>'
        '<x:row><x:c t="d"><x:v>2021-06-30T00:00:00</x:v></x:c>'
        '<x:c s="99"><x:v>2</x:v></x:c></x:row>'
        '<x:row r="5"><x:c r="$B$5"><x:v>3</x:v></x:c><x:c><x:f>A1</x:f><x:v/></x:c></x:row>'
    )
    grid = read.raw(cells)
    assert grid.rows[:3] == ((None,) * 3, (1, False, None), (date(2021, 6, 30), 2, None))
    assert grid.rows[4] == (None, 3, None)
    assert grid.flaws == (Spot(4, 2, Flaw.NOT_COMPUTED),)


def test_a_number_that_is_none_is_marked(read):
    cells = "<row><c><v>NaN</v></c><c><v>1e999999</v></c><c><v>1e300</v></c></row>"
    grid = read.raw(cells)
    assert grid.rows == ((None, None, Decimal("1e300")),)
    assert [spot.text for spot in grid.flaws] == ["NaN", "1e999999"]


def test_a_sheet_outside_the_file_and_a_sheet_of_charts_are_left_out(read):
    links = parts_of()["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="r8" Type="x/chartsheet" Target="c.xml"/>'
        '<Relationship Id="r9" Type="x/worksheet" Target="/etc/passwd" TargetMode="External"/>'
        "</Relationships>",
    )
    book = BOOK.replace(
        "</sheets>", '<sheet name="图" r:id="r8"/><sheet name="外" r:id="r9"/></sheets>'
    )
    parts = parts_of("<row><c><v>1</v></c></row>", book=book)
    packed(read.path, {**parts, "xl/_rels/workbook.xml.rels": links})
    assert [grid.name for grid in read.grids()] == ["台账"]


def test_a_million_empty_rows_and_a_stray_format_cost_nothing(read, size):
    last = min(size["entries"] * 50, 1_000_000)
    empty = "".join(f'<row r="{row}" ht="15" s="1"/>' for row in range(2, last))
    cells = (
        f'<row r="1"><c><v>1</v></c></row>{empty}<row r="1048576"><c r="XFD1048576" s="1"/></row>'
    )
    assert read.raw(cells).rows == ((1,),)
