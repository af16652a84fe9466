"""Tables of a text document as sheets: merged cells, nested tables, what stands above."""

import io

import docx
import pytest

from luoshi.base.grids import document, limits
from luoshi.base.grids.refusals import (
    NotASheet,
    SheetDamaged,
    SheetHasMacros,
    SheetHasPassword,
)
from luoshi.rules.sheets.grid import Merge
from tests.base.papers.making import packed, raw_docx


@pytest.fixture
def path(tmp_path):
    return tmp_path / "表.docx"


@pytest.fixture
def read(path):
    """Read the tables of a document's content."""

    def read_(content):
        path.write_bytes(content)
        return list(document.grids(path, path.name))

    return read_


def cell(words, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def table(*rows):
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>"


DOWN, ON = "<w:vMerge w:val='restart'/>", "<w:vMerge/>"
WIDE = "<w:gridSpan w:val='2'/>"


def test_tables_are_sheets_with_the_lines_above_them(read):
    paper = docx.Document()
    for line in ("说明" * 150, "一", "二", "《报告》任务分解表", "（2020年3月2日）"):
        paper.add_paragraph(line)
    grid = paper.add_table(2, 2)
    grid.cell(0, 0).text, grid.cell(0, 1).text = "任务事项", "牵头单位"
    grid.cell(1, 0).text, grid.cell(1, 1).text = "停车位\n（续建）", "城管局"
    paper.add_paragraph("附表")
    paper.add_table(1, 1).cell(0, 0).text = "甲"
    stream = io.BytesIO()
    paper.save(stream)
    first, second = read(stream.getvalue())
    assert first.rows == (
        ("二", None),
        ("《报告》任务分解表", None),
        ("（2020年3月2日）", None),
        ("任务事项", "牵头单位"),
        ("停车位\n（续建）", "城管局"),
    )
    assert (second.name, second.rows) == ("表2", (("附表",), ("甲",)))


def test_merged_cells_are_told_once(read):
    (grid,) = read(
        raw_docx(
            table(
                cell("甲", DOWN) + cell("宽", WIDE) + cell("尾"),
                cell("", ON) + cell("乙", DOWN) + cell("丙") + cell("尾"),
                cell("丁", DOWN) + cell("", ON) + cell("戊") + cell("", ON),
                "<w:trPr><w:gridBefore w:val='2'/></w:trPr>" + cell("己"),
            )
        )
    )
    assert grid.rows == (
        ("甲", "宽", None, "尾"),
        (None, "乙", "丙", "尾"),
        ("丁", None, "戊", None),
        (None, None, "己", None),
    )
    assert set(grid.merges) == {Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(1, 1, 2, 1),
                                Merge(1, 3, 2, 3)}  # fmt: skip


def test_a_table_in_a_cell_is_its_words_and_what_was_deleted_is_not_read(read):
    inner = "<w:tc><w:p><w:r><w:t>外</w:t><w:tab/></w:r></w:p>" + table(cell("内")) + "</w:tc>"
    gone = "<w:tc><w:p><w:del><w:r><w:t>旧</w:t></w:r></w:del><w:r><w:t>新</w:t></w:r></w:p></w:tc>"
    (grid,) = read(raw_docx(table(inner + gone)))
    assert grid.rows == (("外 \n内", "新"),)


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (raw_docx("<w:p><w:r><w:t>没有表</w:t></w:r></w:p>"), NotASheet),
        (raw_docx(table(cell("甲", "<w:gridSpan w:val='x'/>"))), SheetDamaged),
        (raw_docx(table(cell("甲", "<w:gridSpan w:val='9999'/>"))), SheetDamaged),
        (raw_docx(table(cell("甲")) * (limits.MOST_SHEETS + 1)), SheetDamaged),
        (raw_docx(table(cell("甲")), **{"word/vbaProject.bin": ""}), SheetHasMacros),
    ],
)
def test_bad_documents_are_refused(read, content, refusal):
    with pytest.raises(refusal):
        read(content)


def test_a_locked_document_is_refused(read):
    content = bytearray(raw_docx(table(cell("甲"))))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(SheetHasPassword):
        read(bytes(content))


def test_what_is_a_document_is_told_by_its_parts(path):
    path.write_bytes(raw_docx(""))
    assert document.is_document(path)
    path.write_bytes(packed({"xl/workbook.xml": ""}))
    assert not document.is_document(path)
    path.write_bytes(b"PK no archive")
    assert not document.is_document(path)
