"""The table of tasks goes out as workbook and document, and comes in again by the sheet road."""

from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from luoshi.intake import commands as sheets
from luoshi.intake.reports import commands, exporting, official, queries
from luoshi.ledger.queries import history_of
from luoshi.organisation.queries import posts_visible_to
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from tests.intake.reports import DAY, REPORT
from tests.ledger.town import AT, LEAD, STRANGER, SUPPORT

PARKING, SCHOOLS = 4, 6
HEAD_ROW = 3  # of the sheet: title, note, head


@pytest.fixture
def report(town):
    """A report of which two targets are in the ledger, the first with its lead unit."""
    report = commands.take_in(REPORT.encode(), name="报告.txt", by=town.office, at=AT)
    commands.take(report.pk, PARKING, choice={"lead": str(town.unit(LEAD))}, by=town.office)
    commands.accept(report.pk, [PARKING, SCHOOLS], by=town.office)
    commands.write(report.pk, by=town.office, at=AT)
    return queries.document_visible_to(town.office, report.pk)


def test_the_table_holds_what_was_accepted(report, town):
    first, second = exporting.tasks_of(town.office, report)
    assert (first.title, first.quantity, first.unit, first.lead) == ("停车位", 2000, "个", LEAD)
    assert first.due == date(2020, 12, 31)
    assert first.nodes.count("季度") == 4
    assert (second.title, second.lead) == ("中小学校", "")
    assert first.source == "小城区政府工作报告，二、2020年重点工作"


def test_without_an_acceptance_it_holds_every_target_still_open(town):
    report = commands.take_in(REPORT.encode(), name="报告.txt", by=town.office, at=AT)
    commands.drop(report.pk, [PARKING], by=town.office)
    rows = exporting.tasks_of(town.office, report)
    assert len(rows) == report.counts["target"] - 1
    assert rows[0].lead == "城管局"  # as the sentence states it
    assert not rows[0].code


def test_no_quarters_are_laid_out_beyond_the_year_of_the_report(report):
    assert exporting.nodes_of(report, date(2022, 6, 30)) == ""
    assert exporting.nodes_of(report, None) == ""
    assert exporting.nodes_of(report, date(2020, 7, 15)) == "2020年一季度：；2020年二季度："


def test_the_filled_workbook_fixes_who_answers_and_the_nodes(report, town, tmp_path):
    book = load_workbook(
        BytesIO(exporting.workbook(report, exporting.tasks_of(town.office, report)))
    )
    page = book.active
    heads = {cell.value: cell.column for cell in page[HEAD_ROW]}
    school = HEAD_ROW + 2
    page.cell(school, heads["牵头单位"], STRANGER)
    page.cell(school, heads["配合单位"], f"{LEAD}、{SUPPORT}")
    sponsor, *_others = posts_visible_to(town.office, day=date(2020, 4, 1))
    page.cell(school, heads["分包领导"], sponsor.name)
    page.cell(school, heads["工作节点"], "2020年6月30日 完成主体；2020年9月30日 竣工验收")
    path = tmp_path / "任务分解表.xlsx"
    book.save(path)
    sheet = sheets.stage(path, name=path.name, by=town.office, at=AT, as_of=date(2020, 4, 1))
    states = dict(sheet.rows.values_list("title", "state"))
    becomes = {each["what"] for row in sheet.rows.all() for each in row.becomes}
    assert set(states) == {"停车位", "中小学校"}
    assert {"lead_unit", "supporting_units", "milestones"} <= becomes
    assert not any(row.is_new for row in sheet.rows.all())
    for _ in sheets.write(sheet.pk, by=town.office, at=AT):
        pass
    matter = queries.statements_of(report).get(number=SCHOOLS).matter
    state = state_on(history_of(town.office, matter), date.max, law=law)
    assert state.responsibility.lead_unit == town.unit(STRANGER)
    assert state.responsibility.sponsoring_post == sponsor.id
    assert state.responsibility.supporting_units == (town.unit(LEAD), town.unit(SUPPORT))
    assert [step.due for step in state.plan.milestones] == [date(2020, 6, 30), date(2020, 9, 30)]


def test_an_untouched_workbook_changes_nothing(report, town, tmp_path):
    path = tmp_path / "任务分解表.xlsx"
    path.write_bytes(exporting.workbook(report, exporting.tasks_of(town.office, report)))
    sheet = sheets.stage(path, name=path.name, by=town.office, at=AT, as_of=date(2020, 4, 1))
    assert {row.state for row in sheet.rows.all()} == {"unchanged"}


def test_the_official_table_is_a4_across_with_official_fonts(report, town):
    content = official.official_table(report, exporting.tasks_of(town.office, report))
    paper = Document(BytesIO(content))
    section = paper.sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (297, 210)
    (table,) = paper.tables
    assert [cell.text for cell in table.rows[0].cells][:3] == ["序号", "任务编号", "任务事项"]
    assert len(table.rows) == 3
    assert "新增停车位2000个" in table.rows[1].cells[3].text
    xml = ZipFile(BytesIO(content)).read("word/document.xml").decode()
    for font in ("方正小标宋简体", "黑体", "仿宋_GB2312"):
        assert f'w:eastAsia="{font}"' in xml
    assert "w:tblHeader" in xml
    assert str(DAY.year) in paper.paragraphs[1].text


def test_the_official_table_comes_back_too(report, town, tmp_path):
    content = official.official_table(report, exporting.tasks_of(town.office, report))
    path = tmp_path / "任务分解表.docx"
    path.write_bytes(content)
    sheet = sheets.stage(path, name=path.name, by=town.office, at=AT, as_of=date(2020, 4, 1))
    assert {row.state for row in sheet.rows.all()} == {"unchanged"}
    paper = Document(BytesIO(content))
    (table,) = paper.tables
    heads = {cell.text: place for place, cell in enumerate(table.rows[0].cells)}
    table.cell(1, heads["牵头单位"]).text = STRANGER
    table.cell(1, heads["牵头单位"]).merge(table.cell(2, heads["牵头单位"]))  # one leads both
    assert table.cell(1, heads["目标值"]).text == "2,000"
    table.cell(1, heads["目标值"]).text = "2600"
    added = table.add_row().cells
    new = {"序号": "3", "任务事项": "新建体育公园", "工作目标": "建成体育公园", "牵头单位": LEAD}
    for name, words in (new | {"目标值": "2", "计量单位": "个", "配合单位": SUPPORT}).items():
        added[heads[name]].text = words
    paper.save(str(path))
    sheet = sheets.stage(path, name=path.name, by=town.office, at=AT, as_of=date(2020, 4, 2))
    assert dict(sheet.rows.values_list("title", "is_new")) == {
        "停车位": False, "中小学校": False, "新建体育公园": True,
    }  # fmt: skip
    for _ in sheets.write(sheet.pk, by=town.office, at=AT):
        pass
    new = sheet.rows.get(is_new=True).matter
    for matter, *target in (
        (queries.statements_of(report).get(number=PARKING).matter, 2600, "个"),
        (queries.statements_of(report).get(number=SCHOOLS).matter, 3, "所"),
        (new, 2, "个"),
    ):
        state = state_on(history_of(town.office, matter), date.max, law=law)
        assert state.responsibility.lead_unit == town.unit(LEAD if matter == new else STRANGER)
        assert [[one.quantity, one.unit] for one in state.targets] == [target]
