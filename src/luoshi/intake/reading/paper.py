"""What was read as a document (docx) that can be printed and handed round."""

import re
from decimal import Decimal
from io import BytesIO

from django.utils.translation import gettext as _
from docx import Document
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from luoshi.base.grids.writing import Column, Kind, Sheet
from luoshi.intake.reading.looking import Looked
from luoshi.intake.reading.tables import gaps, in_short, together
from luoshi.rules.sheets.grid import Value

WIDTH, HEIGHT, MARGIN = Mm(297), Mm(210), Mm(18)  # A4, lying
BODY, HEADING = "仿宋", "黑体"  # as GB/T 9704 asks; programs without them take their own
SMALL = Pt(9)
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML can hold them


def document(looked: Looked) -> bytes:
    """Return the statements of each report, their gaps and what is to be known of all, as docx."""
    paper = Document()
    _lay_out(paper)
    paper.add_heading(_("Statements read from reports"), 0)
    for sheet in (*in_short(looked), gaps(looked), *together(looked)):
        _add(paper, sheet)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _lay_out(paper: Docx) -> None:
    """Lay the page on its side and take the letters of official documents."""
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = WIDTH, HEIGHT
    section.left_margin = section.right_margin = MARGIN
    section.top_margin = section.bottom_margin = MARGIN
    for name, letters in {"Normal": BODY, "Title": HEADING, "Heading 1": HEADING}.items():
        style = paper.styles[name]
        style.font.name = letters
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), letters)


def _add(paper: Docx, sheet: Sheet) -> None:
    """Add a table under its title; nothing of an empty one."""
    rows = list(sheet.rows)
    if not rows:
        return
    paper.add_heading(f"{sheet.title} ({len(rows)})", 1)
    table = paper.add_table(rows=1 + len(rows), cols=len(sheet.columns), style="Table Grid")
    table.autofit = False
    repeated = table.rows[0]._tr.get_or_add_trPr()  # noqa: SLF001  the only way to its properties
    repeated.append(OxmlElement("w:tblHeader"))
    cells = iter(table._cells)  # noqa: SLF001  row by row; asking each row for its own is quadratic
    share = (WIDTH - 2 * MARGIN) / sum(column.width for column in sheet.columns)
    for values in ([column.name for column in sheet.columns], *rows):
        for column, value in zip(sheet.columns, values, strict=True):
            cell = next(cells)
            cell.width = int(share * column.width)
            run = cell.paragraphs[0].add_run(_text(value, column))
            run.font.size = SMALL


def _text(value: Value, column: Column) -> str:
    if isinstance(value, Decimal) and column.kind is Kind.PERCENT:
        return f"{value:.1%}"
    return "" if value is None else _UNSEEN.sub("", str(value))
