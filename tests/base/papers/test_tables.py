"""Tables of tasks in docx and html: every cell in its column, merged ones told as such."""

import io

import docx
import pytest

from luoshi.base.papers.paper import joined
from luoshi.base.papers.reading import read_paper
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.reading import read
from tests.base.papers.making import html_of, raw_docx

HEAD = ("序号", "工作任务", "年度目标", "责任单位", "完成时限")
ROWS = (
    ("1", "老旧小区改造", "完成改造35个。", "区住建局", "10月底"),
    ("", "丙丁学校", "主体封顶", "", "12月底"),
)
TOLD = [("老旧小区改造", "区住建局", "2024-10-31"), ("丙丁学校", "区住建局", "2024-12-31")]


def told(text):
    mended = mend(text)
    found = read(mended, doc="表", year=2024)
    assert all(mended.original[one.start : one.end] == one.quote for one in found)
    return [(one.subject, one.responsible, str(one.deadline)) for one in found]


def merged_docx():
    document = docx.Document()
    document.add_paragraph("2024年重点工作任务分解表")
    grid = document.add_table(4, 5)
    for row, cells in enumerate([HEAD, ("一、城建",), *ROWS]):
        for column, words in enumerate(cells):
            grid.cell(row, column).text = words
    grid.cell(1, 0).merge(grid.cell(1, 4))
    grid.cell(2, 0).merge(grid.cell(3, 0))
    grid.cell(2, 3).merge(grid.cell(3, 3))
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


@pytest.mark.usefixtures("in_this_process")
def test_a_docx_tells_merged_cells():
    paper = read_paper(merged_docx(), name="分解表.docx")
    assert paper.text.split("\n")[-1] == "〃\t丙丁学校\t主体封顶\t〃\t12月底"
    assert told(paper.text) == TOLD


@pytest.mark.usefixtures("in_this_process")
def test_a_row_of_a_docx_may_begin_further_right():
    def cell(words, *, how):
        return f"<w:tc><w:tcPr><w:{how}/></w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"

    body = (
        "<w:tbl><w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>"
        + cell("甲", how="gridSpan w:val='2'")
        + cell("乙", how="vMerge")
        + "</w:tr><w:tr>"
        + cell("丙", how="gridSpan w:val='x'")
        + cell("", how="vMerge w:val='continue'")
        + "</w:tr></w:tbl><w:vMerge/><w:gridSpan/>"
    )
    assert read_paper(raw_docx(body), name="表.docx").text == "\t甲\t\t乙\n丙\t〃"


def page(report, rows):
    return html_of(report, more=f"<table>{rows}</table>").encode()


@pytest.mark.usefixtures("in_this_process")
def test_a_web_page_tells_merged_cells(report):
    head = "".join(f"<th>{words}</th>" for words in HEAD)
    rows = (
        f"<tr>{head}</tr><tr><td colspan='5'>一、城建</td></tr>"
        "<tr><td rowspan='2'>1</td><td><p>老旧小区</p><p>改造</p></td><td>完成改造35个。</td>"
        "<td rowspan='2'>区住建局</td><td>10月底</td></tr>"
        "<tr><td>丙丁学校</td><td>主体封顶</td><td>12月底</td></tr>"
    )
    text = read_paper(page(report, rows), name="表.html").text
    lines = text.split("\n")
    assert lines[-1] == "〃\t丙丁学校\t主体封顶\t〃\t12月底"
    found = [(subject, day[4:]) for subject, unit, day in told(text) if unit == "区住建局"]
    assert found == [(subject, day[4:]) for subject, _unit, day in TOLD]


@pytest.mark.usefixtures("in_this_process")
def test_a_task_may_be_longer_than_the_other_cells_of_its_row(report):
    task = "推进甲乙大街建设，" * 10
    rows = (
        "<tr><td rowspan='多'></td><td>甲</td><td>乙</td></tr>"
        f"<tr><td>1</td><td>{task}</td><td>区住建局</td></tr><tr><td>旁</td><td>{task}</td></tr>"
    )
    lines = read_paper(page(report, rows), name="表.html").text.split("\n")
    assert lines[-4:] == ["\t甲\t乙", f"1\t{task}\t区住建局", "旁", task]


def test_lines_of_a_cell_are_parted_where_each_says_something():
    assert joined(["新建停车位300个", "改造小区12个。", "", "其他"]) == (
        "新建停车位300个；改造小区12个。 其他"
    )
    assert joined(["区教育局", "区财政局"]) == "区教育局 区财政局"
    assert joined([]) == ""
