"""Old sheets (xls), record by record, and as a real writer makes them where there is one."""

import struct
from datetime import date
from decimal import Decimal

import pytest

from luoshi.base.grids.reading import read_grids
from luoshi.base.grids.records import rk_number
from luoshi.rules.sheets.grid import Flaw, Merge, Spot
from tests.base.grids.making import (
    BOF_SHEET,
    EOF,
    compound,
    old_stream,
    old_text,
    raw_xls,
    record,
)

pytestmark = pytest.mark.usefixtures("in_this_process")


@pytest.fixture
def path(tmp_path):
    return tmp_path / "台账.xls"


@pytest.fixture
def xlwt():
    """A writer of real xls files, where it is installed."""
    return pytest.importorskip("xlwt")


@pytest.fixture
def read(path):
    """Read an xls file whose one sheet holds these records."""

    def read_(*records, **more):
        (grid,) = read_grids(raw_xls(path, b"".join(records), **more), name="台账.xls")
        return grid

    return read_


def test_an_old_sheet_reads_like_a_new_one(path, xlwt):
    book = xlwt.Workbook()
    page = book.add_sheet("重点项目")
    page.write_merge(0, 0, 0, 3, "二七区重点项目台账")
    page.write(2, 0, 0.1)
    page.write(2, 1, 12_345_678)
    page.write(2, 2, -3.25)
    page.write(2, 3, "001")
    page.write(3, 0, date(2021, 6, 30), xlwt.easyxf(num_format_str='yyyy"年"m"月"'))
    page.write(3, 1, 0.85, xlwt.easyxf(num_format_str="0.0%"))
    page.write(3, 2, True)
    page.write(4, 0, 1e15)
    page.row(3).hidden = True
    page.col(1).hidden = True
    book.add_sheet("旧表").visibility = 1
    book.save(str(path))
    grid, old = read_grids(path, name="台账.xls")
    assert grid.name == "重点项目"
    assert grid.rows == (
        ("二七区重点项目台账", None, None, None),
        (None,) * 4,
        (Decimal("0.1"), 12_345_678, Decimal("-3.25"), "001"),
        (date(2021, 6, 30), Decimal("0.85"), True, None),
        (10**15, None, None, None),
    )
    assert grid.cell(3, 0).is_month
    assert grid.cell(3, 1).is_percent
    assert grid.merges == (Merge(0, 0, 0, 3),)
    assert (grid.hidden_rows, grid.hidden_columns) == ({3}, {1})
    assert (grid.hidden, old.hidden) == (False, True)


def test_days_counted_from_1904(path, xlwt):
    book = xlwt.Workbook()
    book.dates_1904 = True
    style = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    book.add_sheet("台账").write(0, 0, date(2021, 6, 30), style)
    book.save(str(path))
    (grid,) = read_grids(path, name="台账.xls")
    assert grid.rows == ((date(2021, 6, 30),),)


def test_thousands_of_different_texts_come_whole_out_of_their_pieces(path, xlwt):
    book = xlwt.Workbook()
    page = book.add_sheet("台账")
    texts = [f"第{row}号" + "Plain" * (row % 7) + "路" * (row % 31) for row in range(3_000)]
    for row, text in enumerate(texts):
        page.write(row, 0, text)
    book.save(str(path))
    (grid,) = read_grids(path, name="台账.xls")
    assert [row[0] for row in grid.rows] == texts


def test_formulas_hold_what_was_computed_last(read):
    def formula(column, result):
        return record(0x0006, "HHH", 0, column, 0, more=result + b"\0" * 8)

    other = struct.pack("<H", 0xFFFF)
    grid = read(
        formula(0, struct.pack("<d", 2.5)),
        formula(1, b"\0" * 6 + other),
        record(0x04BC),  # the formula that several cells share stands in between
        record(0x0207, more=old_text("三成")[:5]),
        record(0x003C, more=b"\x01" + old_text("三成")[5:]),
        formula(2, b"\x01\0\x01\0\0\0" + other),
        formula(3, b"\x02\0\x17\0\0\0" + other),
        formula(4, b"\x03\0\0\0\0\0" + other),  # empty text
        record(0x0205, "HHHBB", 0, 5, 0, 0x2A, 1),
        record(0x0203, "HHHd", 0, 6, 0, float("nan")),
    )
    assert grid.rows == ((Decimal("2.5"), "三成", True, None, None, None, None),)
    assert grid.flaws == (
        Spot(0, 3, Flaw.ERROR, "#REF!"),
        Spot(0, 5, Flaw.ERROR, "#N/A"),
        Spot(0, 6, Flaw.ERROR, "nan"),
    )


def test_cells_of_every_kind(read):
    grid = read(
        record(0x027E, "HHHI", 0, 0, 0, 12 << 2 | 2),
        record(0x00BD, "HHHIHIH", 0, 1, 0, 1477 << 2 | 3, 0, 0x3FF00000, 2),
        record(0x0204, "HHH", 0, 3, 9, more=old_text("plain", wide=False)),
        record(0x00D6, "HHH", 0, 4, 0, more=old_text("带格式")),
        record(0x0201, "HHH", 0, 99, 0),  # blank, with a format
        BOF_SHEET + record(0x027E, "HHHI", 5, 5, 0, 2) + EOF,  # a chart's own numbers
    )
    assert grid.rows == ((12, Decimal("14.77"), 1, "plain", "带格式"),)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (5 << 2 | 2, "5"),
        (0xFFFF_FFFE & ~1, "-1"),
        (0xFFFF_FFFF, "-1e-2"),
        (0x3FF0_0000, "1.0"),
        (0x4059_0001, "1.0"),
    ],
)
def test_packed_numbers(raw, number):
    assert rk_number(raw) == number


def test_shared_texts_with_runs_and_extras_across_pieces(read):
    texts = (
        struct.pack("<II", 3, 3)
        + struct.pack("<HBHI", 2, 0x0D, 1, 6)
        + "红字".encode("utf-16-le")
        + b"\0" * 2
    )
    rest = b"\0" * 8 + old_text("ab", wide=False)[:4]
    shared = (
        record(0x00FC, more=texts)
        + record(0x003C, more=rest)
        + record(0x003C, more=b"\x00b" + old_text("末"))
    )
    cells = [record(0x00FD, "HHHI", 0, place, 0, place) for place in range(3)]
    assert read(*cells, shared=shared).rows == (("红字", "ab", "末"),)


def test_a_short_stream_lies_among_the_small_ones(path):
    cells = b"".join(record(0x027E, "HHHI", row, 0, 0, row << 2 | 2) for row in range(20))
    compound(path, {}, small={"Other": b"x" * 100, "Workbook": old_stream(cells)})
    (grid,) = read_grids(path, name="台账.xls")
    assert grid.rows == tuple((row,) for row in range(20))


def test_a_long_stream_needs_a_list_of_tables_beyond_the_header(path):
    number = record(0x027E, "HHHI", 1, 0, 0, 7 << 2 | 2)
    filler = record(0x1234, more=b"x" * 8_000) * 900
    compound(path, {"Workbook": old_stream(filler + number)})
    (grid,) = read_grids(path, name="台账.xls")
    assert grid.rows == ((None,), (7,))
