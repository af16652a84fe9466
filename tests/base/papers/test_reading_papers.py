"""The same report as txt, docx, pdf and html: what comes out, and what is left out."""

import codecs

import pytest

from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.reading import read_paper
from luoshi.rules.reports.mending import Kind, mend
from tests.base.papers.making import docx_of, html_of, printed, raw_docx
from tests.rules.sheets.printed import pdf

TABLE = (("指标", "2025年", "2026年"), ("生产总值", "286.4亿元", "304亿元"))
ROWS = "\n".join("\t".join(row) for row in TABLE)


def paragraphs(paper, kind=Kind.BODY):
    mended = mend(paper.text)
    return [mended.text[p.start : p.end] for p in mended.paragraphs if p.kind is kind]


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (b"", "gb18030"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_text_in_every_encoding_keeps_its_line_ends(report, tmp_path, mark, encoding):
    original = report.replace("\n", "\r\n")
    path = tmp_path / "upload"
    path.write_bytes(mark + original.encode(encoding))
    assert read_paper(path, name="报告.txt") == Paper(original, PaperKind.TXT)
    assert read_paper(path.read_bytes(), name="报告.txt").text == original


def test_a_docx_comes_in_a_process_of_its_own(report):
    paper = read_paper(docx_of(report, table=TABLE), name="报告.docx")
    assert (paper.kind, paper.pages) == (PaperKind.DOCX, 0)
    lines = paper.text.split("\n")
    assert "# 一、2025年工作回顾" in lines
    assert [line.removeprefix("# ") for line in lines[:-2]] == report.split("\n")
    assert paper.text.endswith(ROWS)
    assert "不是正文" not in paper.text


@pytest.mark.usefixtures("in_this_process")
def test_what_was_deleted_or_is_told_twice_stays_out():
    body = (
        "<w:p><w:r><w:t>全年完成投资</w:t></w:r><w:del><w:r><w:delText>100</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>125</w:t></w:r></w:ins><w:moveFrom><w:r><w:t>旧处</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>亿元</w:t><w:tab/><w:noBreakHyphen/><w:br/><w:t>以上。</w:t></w:r>"
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:hyperlink><w:r><w:t>链接</w:t></w:r>"
        "</w:hyperlink></w:p>"
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs><w:outlineLvl w:val='1'/></w:pPr>"
        "<w:r><w:t>二级标题</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:pStyle w:val='none'/><w:outlineLvl w:val='9'/></w:pPr><w:r><w:t>正文</w:t>"
        "</w:r></w:p>"
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent><w:p><w:r>"
        "<w:t>框中</w:t></w:r></w:p></w:txbxContent></mc:Choice><mc:Fallback><w:p><w:r>"
        "<w:t>框中</w:t></w:r></w:p></mc:Fallback></mc:AlternateContent></w:r></w:p>"
        "<w:t>不在段中</w:t>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>甲</w:t></w:r></w:p><w:p><w:r><w:t>乙</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>内</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc>"
        "<w:tc><w:p/></w:tc></w:tr></w:tbl>"
    )
    paper = read_paper(raw_docx(body), name="报告.docx")
    assert paper.text == "全年完成投资125亿元\t-\n以上。链接\n## 二级标题\n正文\n框中\n\n甲 乙 内\t"


@pytest.mark.usefixtures("in_this_process")
def test_hidden_words_of_a_docx_are_not_read():
    hidden, shown = "<w:rPr><w:vanish/></w:rPr>", "<w:rPr><w:vanish w:val='0'/></w:rPr>"
    body = (
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>新建学校3所</w:t></w:r>"
        f"<w:r>{hidden}<w:t>，投资777亿元</w:t></w:r>"
        f"<w:r>{shown}<w:t>，公园2个</w:t></w:r><w:r><w:t>。</w:t></w:r></w:p>"
    )
    assert read_paper(raw_docx(body), name="报告.docx").text == "新建学校3所，公园2个。"


@pytest.mark.usefixtures("in_this_process")
def test_headings_of_a_docx_are_told_by_their_styles():
    styles = (
        '<w:styles xmlns:w="w"><w:name w:val="heading 9"/><w:outlineLvl w:val="2"/>'
        '<w:style w:styleId="a"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:styleId="b"><w:name w:val="Title"/></w:style>'
        '<w:style w:styleId="c"><w:name w:val="公文三级"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>'
        '</w:style><w:style w:styleId="d"><w:name w:val="Normal"/>'
        '<w:outlineLvl w:val="9"/></w:style>'
        "</w:styles>"
    )
    body = "".join(
        f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>'
        for style, words in [("a", "甲"), ("b", "乙"), ("c", "丙"), ("d", "丁"), ("a", "长" * 90)]
    )
    paper = read_paper(raw_docx(body, **{"word/styles.xml": styles}), name="报告.docx")
    assert paper.text == f"## 甲\n# 乙\n### 丙\n丁\n{'长' * 90}"


@pytest.mark.usefixtures("in_this_process")
@pytest.mark.parametrize("columns", [1, 2])
def test_a_pdf_is_read_column_by_column_without_running_heads(report, columns):
    lines = [line for line in report.split("\n") if line.endswith("。")]
    pages = printed("\n".join(lines), columns=columns, head="示例县政府工作报告")
    assert len(pages) >= 2
    paper = read_paper(pdf(pages), name="报告.pdf")
    assert (paper.kind, paper.pages, paper.scanned) == (PaperKind.PDF, len(pages), ())
    assert "- 1 -" not in paper.text
    found = paragraphs(paper)
    whole = [line.replace("％", "%") for line in lines]
    assert sum(line in found for line in whole) >= 0.9 * len(whole)


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_of_a_web_page_the_text_comes_with_its_title(report, encoding):
    rows = ["</td><td>".join(row) for row in TABLE]
    table = f"<table><tr><td>{'</td></tr><tr><td>'.join(rows)}</td></tr></table>"
    paper = read_paper(html_of(report, more=table).encode(encoding), name="报告.html")
    assert paper.kind is PaperKind.HTML
    assert paper.text.startswith("# 示例县政府工作报告\n时间：2026-01-20")
    assert paper.text.endswith(ROWS)
    assert "栏目" not in paper.text
    assert "脚本" not in paper.text
    expected = mend(report)
    found = mend(paper.text).text
    for each in expected.paragraphs:
        assert expected.text[each.start : each.end] in found


@pytest.mark.usefixtures("in_this_process")
def test_of_a_web_page_laid_out_by_tables_the_cells_are_text(report):
    lines = [line for line in report.split("\n") if len(line) > 60]
    body = f"<table><tr><td>{'<br>'.join(lines)}</td><td><a>相关报告</a></td></tr></table>"
    page = f"<title>报告_县政府网</title><body hidden-not>{body}<p style='display: none'>看不见</p>"
    paper = read_paper(f"<html>{page}".encode(), name="报告.htm")
    assert paper.text.split("\n")[0] == "# 报告"
    assert all(line in paper.text for line in lines)
    assert "看不见" not in paper.text


@pytest.mark.usefixtures("in_this_process")
def test_a_web_page_says_its_own_encoding(report):
    page = "<meta charset=big5><title>報告</title><p>" + "全縣完成投資一百億元，新增企業三家。" * 20
    paper = read_paper(page.encode("big5hkscs"), name="报告.html")
    assert paper.text.startswith("# 報告\n全縣完成投資一百億元，")
    page = html_of(report, title="").replace("<head>", "<head><meta charset=utf-8>")
    assert read_paper(page.encode(), name="报告").text.startswith("时间：")


@pytest.mark.usefixtures("in_this_process")
def test_long_cells_are_paragraphs_and_stray_ends_are_nothing(report):
    lines = [line for line in report.split("\n") if len(line) > 60]
    cells = f"<tr><td>{lines[0]}</td><td>{lines[1]}</td></tr><tr>{lines[2]}</tr></b></p>"
    page = f"<div></span><table>{cells}</table><p>{lines[3]}<p>{lines[4]}"
    paper = read_paper(page.encode(), name="报告.html")
    assert paper.text.split("\n") == lines[:5]


@pytest.mark.usefixtures("in_this_process")
def test_a_page_is_told_by_its_name_where_its_beginning_does_not():
    page = f"<center>{'今年安排重点项目六十五个，抓好落实。' * 20}</center>"
    assert read_paper(page.encode(), name="报告.htm").kind is PaperKind.HTML
    assert read_paper(page.encode(), name="报告.txt").kind is PaperKind.TXT
