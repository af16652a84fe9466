"""Reports as files for tests: docx by its usual writer, bad ones part by part; pdf; html."""

import io
import zipfile

import docx

from luoshi.rules.sheets.paper.page import Page
from tests.rules.sheets.printed import LEADING, SIZE, set_text, wrapped

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
LINES = 48  # of a printed page


def docx_of(text, *, table=()):
    """A document whose numbered lines are headings, with a table, a header and a footer."""
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = "页眉不是正文"
    document.sections[0].footer.paragraphs[0].text = "页脚不是正文"
    for line in text.split("\n"):
        if line[1:2] == "、":
            document.add_heading(line, 1)
        else:
            document.add_paragraph(line)
    if table:
        grid = document.add_table(len(table), len(table[0]))
        for row, cells in enumerate(table):
            for column, words in enumerate(cells):
                grid.cell(row, column).text = words
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def packed(parts, compression=zipfile.ZIP_DEFLATED):
    """An archive of these parts, named by their paths."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def raw_docx(body, **more):
    """A document written by hand; ``body`` is what stands in it, in WordprocessingML."""
    document = f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    return packed({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def printed(text, *, columns=1, head="", size=SIZE):
    """Pages of a report, each paragraph set in; ``columns`` side by side."""
    space = 480.0 / columns
    lines = [
        line
        for paragraph in text.split("\n")
        for line in wrapped("\u3000\u3000" + paragraph, space - (20 if columns > 1 else 0))
    ]
    pages = []
    for number, begun in enumerate(range(0, len(lines), LINES * columns), 1):
        glyphs = set_text(head, 200, 40) if head else []
        for place, line in enumerate(lines[begun : begun + LINES * columns]):
            column, row = divmod(place, LINES)
            glyphs += set_text(line, 60 + column * space, 80 + row * LEADING, size)
        glyphs += set_text(f"- {number} -", 290, 800)
        pages.append(Page(number, tuple(glyphs)))
    return pages


def html_of(text, *, title="示例县政府工作报告", menu=True, more=""):
    """A page of a government's site: menus above and beside the text, programs and a footer."""
    links = "".join(f'<li><a href="/{n}">政务公开栏目{n}</a></li>' for n in range(30))
    paragraphs = "".join(f"<p>&emsp;&emsp;{line}</p>\n" for line in text.split("\n") if line)
    return (
        f"<!DOCTYPE html><html><head><title>{title}_示例县人民政府</title>"
        "<script>document.write('脚本内容')</script><style>p{}</style></head><body>"
        + (f"<ul>{links}</ul>" if menu else "")
        + f"<div><h1>{title}</h1><div>时间：2026-01-20 来源：县政府办 <a>打印</a></div>"
        + f"{paragraphs}{more}</div>"
        + (f"<div><ul>{links}</ul></div><footer>版权所有</footer>" if menu else "")
        + "</body></html>"
    )
