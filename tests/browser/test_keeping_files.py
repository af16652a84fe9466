"""Journeys with files: one that was chosen stays chosen while something else is mended."""

import pytest
from playwright.sync_api import expect

from tests.conftest import PHONE

NOTES = "二〇二六年政府工作报告\n今年要新建公办幼儿园12所，改造老旧小区30个。\n"


@pytest.fixture
def papers(tmp_path, request):
    """A report without its day, one for each test, and a picture of no kind that is taken."""
    report, strange = tmp_path / "工作报告.txt", tmp_path / "照片.gif"
    report.write_text(f"{NOTES}{request.node.name}\n", encoding="utf-8")
    strange.write_bytes(b"GIF89a")
    return {"report": str(report), "strange": str(strange)}


def choose(page, name, files):
    """Choose files and wait until this device keeps them: hands are slower than a test."""
    field = page.locator(f"input[name={name}]")
    field.set_input_files(files)
    expect(field).to_have_attribute("data-kept", "yes")


def chosen(page, name):
    """The names of the files that an input holds."""
    return page.locator(f"input[name={name}]").evaluate(
        "input => Array.from(input.files, file => file.name)"
    )


def test_a_report_without_its_day_is_not_chosen_again(page, sign_in, papers):
    sign_in(page).goto("/reports/")
    choose(page, "file", papers["report"])
    page.get_by_role("button", name="读取报告").click()
    expect(page.locator(".has-error [name=day]")).to_be_visible()
    expect(page.locator("[data-files-again]")).to_contain_text("工作报告.txt")
    assert chosen(page, "file") == ["工作报告.txt"]
    page.locator("[name=day]").fill("2026-1-20")
    page.get_by_role("button", name="读取报告").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("政府工作报告")
    page.goto("/reports/")
    assert chosen(page, "file") == []


def test_evidence_stays_while_an_amount_is_mended_on_a_phone(
    open_page, sign_in, open_matter, papers
):
    page = open_matter(sign_in(open_page(PHONE)), "PRG089", on="2021-01-15")
    page.get_by_role("link", name="报送进展").click()
    choose(page, "evidence", [papers["report"], papers["strange"]])
    page.get_by_label("累计完成").fill("一半")
    page.get_by_label("计量日").fill("2021-01-10")
    page.get_by_role("button", name="报送进展").click()
    expect(page.locator("[data-files-again]")).to_contain_text("照片.gif")
    assert chosen(page, "evidence") == ["工作报告.txt", "照片.gif"]


def test_without_javascript_the_page_says_to_choose_it_again(open_page, sign_in, papers):
    page = sign_in(open_page(javascript=False))
    page.goto("/reports/")
    page.locator("[name=file]").set_input_files(papers["report"])
    page.get_by_role("button", name="读取报告").click()
    expect(page.locator("[data-files-again]")).to_have_text("请重新选择文件。")
