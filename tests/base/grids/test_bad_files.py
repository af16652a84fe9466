"""Files that are no good: each has its own refusal, and nothing else ever comes out."""

import random
import struct
import zipfile

import pytest

from luoshi.base.grids import child, limits, reading, refusals, wire
from luoshi.base.grids.reading import read_grids
from luoshi.base.grids.sentences import SHEETS
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal
from tests.base.grids.making import (
    BOF_BOOK,
    BOOK,
    EOF,
    compound,
    old_stream,
    old_text,
    packed,
    parts_of,
    raw_xls,
    raw_xlsx,
    record,
    written_xlsx,
)

pytestmark = pytest.mark.usefixtures("in_this_process")

ONE = '<row r="1"><c r="A1"><v>1</v></c></row>'


@pytest.fixture
def path(tmp_path):
    return tmp_path / "upload"


def refusal_of(path, name="台账.xlsx"):
    """The refusal of a file, with a sentence of its own that names it."""
    with pytest.raises(Refusal) as caught:
        read_grids(path, name=name)
    assert type(caught.value).__module__ == refusals.__name__
    assert caught.value.facts["name"] == name
    sentence = sentence_for(caught.value)
    assert name in sentence
    assert caught.value.code not in sentence
    return caught.value


def code_of(path):
    return refusal_of(path).code


# ---- what is no sheet -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"%PDF-1.7 ...", "pdf"),
        (b"\x89PNG\r\n\x1a\n\0\0", "picture"),
        (b"\xff\xd8\xff\xe0\0", "picture"),
        (b"{\\rtf1 x}", "rtf"),
        (b"\x1f\x8b\x08\0", "archive"),
        (b"\xef\xbb\xbf\r\n<HTML><table></table>", "html"),
        (b'<?xml version="1.0"?><Workbook/>', "html"),
        (b"\0\x01\x02\x03 some program", "other"),
        ("\ufeff甲\0乙".encode(), "other"),
    ],
)
def test_something_else_is_named(path, content, what):
    path.write_bytes(content)
    found = refusal_of(path)
    assert (found.code, found.facts["what"]) == ("not_a_sheet", what)


@pytest.mark.parametrize(
    ("parts", "what"),
    [
        ({"[Content_Types].xml": "", "word/document.xml": "<a/>"}, "docx"),
        ({"[Content_Types].xml": "", "ppt/presentation.xml": ""}, "pptx"),
        ({"[Content_Types].xml": "", "xl/workbook.bin": ""}, "xlsb"),
        ({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}, "ods"),
        ({"台账.xlsx": "x"}, "archive"),
        ({"[Content_Types].xml": "<Types/>"}, "archive"),
    ],
)
def test_other_packed_files_under_the_name_of_a_sheet(path, parts, what):
    found = refusal_of(packed(path, parts))
    assert (found.code, found.facts["what"]) == ("not_a_sheet", what)


@pytest.mark.parametrize(
    ("stream", "what"),
    [("WordDocument", "doc"), ("PowerPoint Document", "ppt"), ("Book", "old_xls"), ("X", "other")],
)
def test_other_old_files_under_the_name_of_a_sheet(path, stream, what):
    found = refusal_of(compound(path, {stream: b"x"}))
    assert (found.code, found.facts["what"]) == ("not_a_sheet", what)


def test_a_workbook_of_excel_95(path):
    stream = record(0x0809, "HHHH", 0x0500, 5, 0, 0) + EOF
    assert refusal_of(compound(path, {"Workbook": stream})).facts["what"] == "old_xls"


# ---- broken and garbled ---------------------------------------------------------------------


def test_an_empty_file(path):
    path.write_bytes(b"")
    assert code_of(path) == "sheet_file_empty"
    path.write_bytes(b"\xef\xbb\xbf\n \n")
    assert code_of(path) == "sheet_file_empty"


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("项目\n郑州\n".encode() + b"\xff\xfe\x80\n", 3),
        ("a,b\n郑州市二七区".encode().decode("gb18030", "ignore").encode(), 2),
        ("郑州市二七区重点项目".encode().decode("latin-1").encode(), 1),
        ("項目名稱與責任單位\n嵩山路學校工程進度".encode("big5"), 1),
        ("a\nb\n学\ufffd校".encode(), 3),
        ("锟斤拷锟斤拷".encode("gb18030"), 1),
        (b"\xff\xfe\x00\xd8\x0a\x00", 1),
    ],
)
def test_garbled_text(path, content, line):
    path.write_bytes(content)
    found = refusal_of(path)
    assert (found.code, found.facts["line"]) == ("sheet_text_garbled", line)


def test_a_broken_archive(path):
    with written_xlsx(path) as book:
        book.add_worksheet().write("A1", "项目")
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert code_of(path) == "sheet_damaged"
    path.write_bytes(b"PK")
    assert code_of(path) == "sheet_damaged"


def test_a_part_whose_content_was_changed(path):
    packed(path, parts_of(ONE), zipfile.ZIP_STORED)
    path.write_bytes(path.read_bytes().replace(b"<v>1</v>", b"<v>7</v>"))
    assert code_of(path) == "sheet_damaged"


@pytest.mark.parametrize(
    "cells",
    [
        "<row><c>",
        '<row r="0"><c><v>1</v></c></row>',
        '<row><c r="A0"><v>1</v></c></row>',
        '<row><c r="C"><v>1</v></c></row>',
        '<row><c t="s"><v>5</v></c></row>',
        '<row><c t="d"><v>gestern</v></c></row>',
        '<row><c s="x"><v>1</v></c></row>',
    ],
)
def test_a_sheet_that_makes_no_sense(path, cells):
    assert code_of(raw_xlsx(path, cells)) == "sheet_damaged"


def test_a_workbook_without_sheets_or_with_a_missing_part(path):
    assert code_of(raw_xlsx(path, ONE, book="<workbook/>")) == "sheet_damaged"
    parts = parts_of(ONE)
    del parts["xl/worksheets/sheet1.xml"]
    assert code_of(packed(path, parts)) == "sheet_damaged"


def test_an_old_file_that_ends_early(path):
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 30)
    assert code_of(path) == "sheet_damaged"
    _old(path)
    whole = path.read_bytes()
    for length in (600, 1024, len(whole) // 2):
        path.write_bytes(whole[:length])
        assert code_of(path) == "sheet_damaged"


def test_records_that_end_early_or_point_nowhere(path):
    assert code_of(raw_xls(path, record(0x00FD, "HHHI", 0, 0, 0, 5))) == "sheet_damaged"
    assert code_of(raw_xls(path, record(0x0203, "HH", 0, 0))) == "sheet_damaged"
    assert code_of(compound(path, {"Workbook": BOF_BOOK + b"\x03\x02\xff\xff"})) == "sheet_damaged"
    far = record(0x0085, "IBB", 10**6, 0, 0, more=old_text("远", size="B"))
    assert code_of(compound(path, {"Workbook": BOF_BOOK + far + EOF})) == "sheet_damaged"


def test_chains_of_sectors_that_loop_end(path):
    content = compound(path, {"Workbook": b"x"}).read_bytes()
    chain = struct.pack("<3I", 1, 2, 3)  # of sectors 0, 1 and 2
    assert content.count(chain) == 1
    path.write_bytes(content.replace(chain, struct.pack("<3I", 1, 2, 1)))
    assert code_of(path) == "sheet_damaged"


def test_an_old_file_with_sectors_of_no_known_size(path):
    content = bytearray(compound(path, {"Workbook": b"x"}).read_bytes())
    content[30:32] = (7).to_bytes(2, "little")
    path.write_bytes(content)
    assert code_of(path) == "sheet_damaged"


# ---- programs, passwords --------------------------------------------------------------------


@pytest.mark.parametrize(
    "more",
    [
        {"xl/vbaProject.bin": "x"},
        {"xl/macrosheets/sheet1.xml": "x"},
        {"[Content_Types].xml": "<Types>application/vnd.ms-excel.sheet.macroEnabled.main</Types>"},
        {"[Content_Types].xml": "<Types>application/vnd.ms-excel.addin.macroEnabled</Types>"},
    ],
)
def test_a_file_with_macros(path, more):
    assert code_of(raw_xlsx(path, ONE, **more)) == "sheet_has_macros"


def test_an_old_file_with_macros(path):
    streams = {"Workbook": old_stream(b""), "_VBA_PROJECT_CUR": b"x"}
    assert code_of(compound(path, streams)) == "sheet_has_macros"
    assert code_of(raw_xls(path, b"", kind=1)) == "sheet_has_macros"


def test_a_file_with_a_password(path):
    assert code_of(compound(path, {"EncryptedPackage": b"x"})) == "sheet_has_password"
    assert code_of(raw_xls(path, b"", shared=record(0x002F, "H", 1))) == "sheet_has_password"
    packed(path, parts_of(ONE))
    content = path.read_bytes()
    at = content.index(b"PK\x01\x02") + 8
    path.write_bytes(content[:at] + b"\x01\x00" + content[at + 2 :])
    assert code_of(path) == "sheet_has_password"


# ---- too much -------------------------------------------------------------------------------


def test_a_sheet_of_200_mb_is_not_even_opened(path):
    with path.open("wb") as stream:
        stream.truncate(200 * 1024 * 1024)
    found = refusal_of(path)
    assert (found.code, found.facts["size"]) == ("sheet_file_too_large", 200 * 1024 * 1024)


def test_a_bomb_by_its_own_words(path):
    assert code_of(raw_xlsx(path, ONE, bomb=b"0" * 20_000_000)) == "sheet_too_packed"
    many = {f"p{place}": "" for place in range(limits.MOST_PARTS)}
    assert code_of(raw_xlsx(path, ONE, **many)) == "sheet_too_packed"


def test_a_bomb_of_many_parts(path):
    grain = random.Random(1).randbytes(50_000)
    part = (grain + b"0" * 2_000_000) * 10  # forty to one: no part is suspect by itself
    bomb = {f"p{place}": part for place in range(11)}
    assert code_of(raw_xlsx(path, ONE, **bomb)) == "sheet_too_packed"


def test_a_bomb_that_names_one_part_many_times(path):
    cells = f'<row r="1"/>{random.Random(1).randbytes(5_000_000).hex()}'
    sheets = '<sheet name="a" r:id="r1"/>' * 49
    book = BOOK.replace("</sheets>", f"{sheets}</sheets>")
    assert code_of(raw_xlsx(path, cells, book=book)) == "sheet_too_packed"


def test_a_part_that_understates_its_size(path):
    packed(path, parts_of(ONE + "<!--" + "x" * 5_000 + "-->"))
    content = bytearray(path.read_bytes())
    at = content.rindex(b"PK\x01\x02", 0, content.rindex(b"sheet1.xml")) + 24
    content[at : at + 4] = (100).to_bytes(4, "little")
    path.write_bytes(content)
    assert code_of(path) == "sheet_damaged"


@pytest.mark.parametrize(
    "declared",
    [
        '<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;&b;">]>',
        '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE a SYSTEM "a.dtd">',
    ],
)
def test_entities_of_its_own(path, declared):
    assert code_of(raw_xlsx(path, ONE, book=declared + BOOK)) == "sheet_declares_entities"


def test_too_many_sheets(path):
    more = '<sheet name="a" r:id="r1"/>' * limits.MOST_SHEETS
    book = BOOK.replace("</sheets>", f"{more}</sheets>")
    assert code_of(raw_xlsx(path, ONE, book=book)) == "sheet_too_many_sheets"
    listed = record(0x0085, "IBB", 0, 0, 0, more=old_text("a", size="B")) * limits.MOST_SHEETS
    assert code_of(raw_xls(path, b"", shared=listed)) == "sheet_too_many_sheets"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("XFD1048576", "sheet_too_many_rows"),
        (f"A{limits.MOST_ROWS + 1}", "sheet_too_many_rows"),
        ("GS1", "sheet_too_many_columns"),
    ],
)
def test_a_stray_cell_far_out_is_named(path, cell, code):
    found = refusal_of(raw_xlsx(path, f'{ONE}<row r="2"><c r="{cell}"><v>1</v></c></row>'))
    assert (found.code, found.facts["sheet"], found.facts["cell"]) == (code, "台账", cell)


def test_a_stray_cell_in_an_old_sheet_is_named(path):
    found = refusal_of(raw_xls(path, record(0x027E, "HHHI", 65_535, 255, 0, 2)))
    assert (found.code, found.facts["cell"]) == ("sheet_too_many_rows", "IV65536")


def test_too_large_a_rectangle(path):
    sheets = "".join(f'<sheet name="{place}" r:id="r1"/>' for place in range(5))
    book = BOOK.replace("</sheets>", f"{sheets}</sheets>")
    far = f'<row r="{limits.MOST_ROWS}"><c r="GR{limits.MOST_ROWS}"><v>1</v></c></row>'
    assert code_of(raw_xlsx(path, far, book=book)) == "sheet_too_many_cells"


def test_one_long_text_told_twenty_thousand_times(path):
    cells = '<row><c t="s"><v>0</v></c></row>' * 1_000
    texts = f"<sst><si><t>{'二' * 32_000}</t></si></sst>"
    found = code_of(raw_xlsx(path, cells, **{"xl/sharedStrings.xml": texts}))
    assert found == "sheet_too_much_text"


def test_shared_texts_beyond_measure(path):
    grain = random.Random(1).randbytes(30_000).hex()
    texts = "<sst>" + f"<si><t>{grain}</t></si>" * 400 + "</sst>"
    found = code_of(raw_xlsx(path, ONE, **{"xl/sharedStrings.xml": texts}))
    assert found == "sheet_too_much_text"


@pytest.mark.parametrize("content", [b"a" * 1_000_000, b'a,b\n"' + b"a,b\n" * 20_000])
def test_a_line_without_an_end(path, content):
    path.write_bytes(content)
    assert code_of(path) == "sheet_line_endless"


def test_a_text_too_long_or_too_wide(path):
    path.write_bytes(b"a,b\n" * (limits.MOST_ROWS + 1))
    assert code_of(path) == "sheet_too_many_rows"
    path.write_bytes(b"a," * (limits.MOST_COLUMNS + 1))
    assert code_of(path) == "sheet_too_many_columns"


# ---- whatever comes ---------------------------------------------------------------------------


def test_whatever_is_changed_in_a_file_the_answer_is_grids_or_a_refusal(path, size):
    chance = random.Random(7)
    for make in (_new, _old):
        make(path)
        whole = path.read_bytes()
        for _turn in range(size["examples"] * 5):
            content = bytearray(whole)
            for _change in range(chance.randint(1, 8)):
                content[chance.randrange(len(content))] = chance.randrange(256)
            path.write_bytes(content)
            assert wire.unpacked(child.answer(path, "台账"))  # here, or this would take minutes


def _new(path):
    packed(path, parts_of(ONE * 20), zipfile.ZIP_STORED)


def _old(path):
    cells = [
        record(0x0204, "HHH", row, 0, 0, more=old_text(f"项目{row}"))
        + record(0x0203, "HHHd", row, 1, 0, row / 4)
        for row in range(20)
    ]
    raw_xls(path, b"".join(cells))


def test_every_refusal_has_words():
    assert set(reading._KNOWN) - {"refused"} == set(SHEETS)
