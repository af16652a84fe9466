"""A messy sheet as an office keeps it, made anew: title, group and total rows, bad cells."""

import io

import xlsxwriter

HEAD = (
    *("序号", "项目名称", "项目代码", "牵头单位", "总投资", "本年计划投资", "完成投资"),
    *("计划竣工时间", "形象进度", "存在问题", "联系电话"),
)
ROWS = tuple(
    tuple(line.split("|"))
    for line in (
        "1|演示一路道路改造|IMP-01|区教体局|1.2亿元|3000|1200|2021年6月底前|主体封顶||13800000000",
        "2|演示二路道路改造|IMP-02|二七区不存在局|9000|4000|四千多|年底前|基础施工|征迁未完|",
        "3|演示学校新建||区教体局、区城管局|5000|2500|1000|二月三十|||",
        "||||||||||",
        "4|演示公园|IMP-04|区教体局|800|800|300|2021.11|绿化||",
    )
)

TITLE = "二七区2021年重点项目台账（截至2021年1月10日）"
UNIT_LINE = "单位：万元"


def messy(*, title=TITLE, rows=ROWS, head=HEAD, merged=(), unit_line=UNIT_LINE):
    """Return the bytes of the sheet as xlsx; ``merged``: first and last row, column, text."""
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, {"in_memory": True})
    sheet = book.add_worksheet("台账")
    sheet.merge_range(0, 0, 0, len(head) - 1, title)
    sheet.write(1, len(head) - 1, unit_line)
    sheet.write_row(2, 0, head)
    sheet.merge_range(3, 0, 3, len(head) - 1, "一、续建项目")
    for number, row in enumerate(rows, start=4):
        for column, text in enumerate(row):
            if text:
                sheet.write(number, column, text)
    for first, last, column, text in merged:
        sheet.merge_range(first, column, last, column, text)
    sheet.write(4 + len(rows), 0, "合计")
    sheet.write(4 + len(rows), 4, "26800")
    book.close()
    return kept.getvalue()


def many(count):
    """Return the bytes of a clean sheet of so many projects."""
    line = "{n}|演示批量工程第{n}号|BULK-{n:05d}|区教体局|100|50|10|2021-12-31|||"
    return messy(rows=[tuple(line.format(n=n).split("|")) for n in range(1, count + 1)])
