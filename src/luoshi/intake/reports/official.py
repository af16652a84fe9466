"""任务分解表 as an official docx: A4 across, 小标宋 and 仿宋 (GB/T 9704-2012 §5.2)."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from luoshi.base.wording import amount_in_text, day_in_text
from luoshi.intake.models import ReportDocument
from luoshi.intake.reports.exporting import Task, title_in_text

TITLE, HEAD, BODY = "方正小标宋简体", "黑体", "仿宋_GB2312"
FALLBACK = {TITLE: "宋体", HEAD: "SimHei", BODY: "仿宋"}
"""Fonts that stand in where the official ones are not installed."""
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")  # no XML can hold them
COLUMNS = (  # heads and widths in mm; A4 across less its margins is 247
    ("序号", 10), ("任务事项", 36), ("工作目标", 50), ("目标值", 16), ("计量单位", 14),
    ("分包领导", 20), ("牵头单位", 24), ("配合单位", 26), ("完成时限", 22), ("工作节点", 29),
)  # fmt: skip
CODED = (  # once the tasks are in the ledger: their codes bring them back to their matters
    ("序号", 10), ("任务编号", 24), ("任务事项", 30), ("工作目标", 41), ("目标值", 16),
    ("计量单位", 14), ("分包领导", 18), ("牵头单位", 22), ("配合单位", 22), ("完成时限", 22),
    ("工作节点", 28),
)  # fmt: skip


def official_table(document: ReportDocument, tasks: Sequence[Task]) -> bytes:
    """Return the table as a docx file."""
    paper = Document()
    section = paper.sections[0]
    section.orientation = WD_ORIENT.LANDSCAPE
    section.page_width, section.page_height = Mm(297), Mm(210)
    section.left_margin = section.right_margin = Mm(25)
    section.top_margin = section.bottom_margin = Mm(26)
    _line(paper.add_paragraph(), title_in_text(document), TITLE, 22, centred=True)
    _line(paper.add_paragraph(), f"（{day_in_text(document.day)}）", BODY, 14, centred=True)
    columns = CODED if any(task.code for task in tasks) else COLUMNS
    table = paper.add_table(rows=1, cols=len(columns), style="Table Grid")
    table.autofit = False
    for cell, (name, _width) in zip(table.rows[0].cells, columns, strict=True):
        _line(cell.paragraphs[0], name, HEAD, 12, centred=True)
    _repeated(table.rows[0])
    for number, task in enumerate(tasks, start=1):
        said = _cells(number, task)
        for cell, (name, _width) in zip(table.add_row().cells, columns, strict=True):
            _line(cell.paragraphs[0], said[name], BODY, 11)
    for row in table.rows:
        for cell, (_name, width) in zip(row.cells, columns, strict=True):
            cell.width = Mm(width)
    target = BytesIO()
    paper.save(target)
    return target.getvalue()


def _cells(number: int, task: Task) -> dict[str, str]:
    """Return what stands under each head."""
    return {
        "序号": str(number),
        "任务编号": task.code,
        "任务事项": task.title,
        "工作目标": task.target or f"{amount_in_text(task.quantity)}{task.unit}",
        "目标值": "" if task.quantity is None else amount_in_text(task.quantity),
        "计量单位": task.unit,
        "分包领导": task.sponsor,
        "牵头单位": task.lead,
        "配合单位": task.supporting,
        "完成时限": day_in_text(task.due),
        "工作节点": task.nodes.replace("；", "\n"),
    }


def _line(paragraph: Any, words: str, font: str, size: int, *, centred: bool = False) -> None:
    """Write words in a Chinese font; the theme's own stands for Latin script."""
    run = paragraph.add_run(_UNSEEN.sub("", words))
    run.font.size = Pt(size)
    run.font.name = font
    fonts = run._element.get_or_add_rPr().get_or_add_rFonts()  # noqa: SLF001 - no other way to it
    fonts.set(qn("w:eastAsia"), font)
    fonts.set(qn("w:cs"), FALLBACK[font])
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _repeated(row: Any) -> None:
    """Let the head stand on every page."""
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - no other way to it
    mark = OxmlElement("w:tblHeader")
    mark.set(qn("w:val"), "true")
    properties.append(mark)
