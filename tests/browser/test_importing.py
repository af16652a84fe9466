"""Journeys of the projects office: a messy sheet mended and imported, withdrawn, imported again."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_reading import serious
from tests.conftest import DESKTOP, PHONE
from tests.pages.sheets import ROWS, many, messy

pytestmark = pytest.mark.early
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PREVIEW = re.compile(r"/import/[0-9a-f-]{36}/$")


def rows(prefix):
    """Return the sheet's rows under codes and names of their own: journeys share one demo."""
    return [
        (no, name and f"{name}（{prefix}）", code and f"{prefix}-{code}", *rest)
        for no, name, code, *rest in ROWS
    ]


def hand_in(page, content, name="重点项目台账.xlsx"):
    """Hand a sheet in and come to its preview."""
    page.goto("/import/")
    page.get_by_label("表格或清单").set_input_files(
        {"name": name, "mimeType": XLSX, "buffer": content}
    )
    page.get_by_role("button", name="读取表格").click()
    expect(page).to_have_url(PREVIEW)
    page.wait_for_load_state()
    return page.url


def cell(page, place):
    """Return the field that mends a cell."""
    return page.get_by_label(re.compile(rf"^{place} "))


def press(page, name):
    page.get_by_role("button", name=name).click()


def test_a_messy_sheet_is_mended_imported_withdrawn_and_imported_again_changed(page, sign_in):
    hand_in(sign_in(page), messy(rows=rows("甲")))
    expect(page.locator('.counts__link[href="?state=waiting"]')).to_contain_text("2")
    expect(page.get_by_text("识别自标题")).to_be_visible()
    cell(page, "G6").fill("4000")
    cell(page, "H7").fill("2021年12月底")
    page.get_by_label("本年累计").check()
    page.get_by_label("“二七区不存在局”对应的其他单位").fill("区教体局")
    expect(page.locator("[data-preview-said]")).to_contain_text("4")
    press(page, "重新核对")
    expect(page.locator('.counts__link[href="?state=ready"]')).to_contain_text("4")
    press(page, "写入4行")
    expect(page.locator(".notice--success")).to_contain_text("4")
    first = page.url
    page.get_by_role("link", name="演示一路道路改造（甲）").click()
    expect(page.locator(".page-head__code")).to_have_text("甲-IMP-01")
    expect(page.locator("body")).to_contain_text("主体封顶")

    page.goto(first)
    page.get_by_role("link", name="撤回本表").click()
    page.get_by_label("理由").fill("口径有误")
    press(page, "撤回本表")
    expect(page.locator(".page-head .mark")).to_have_text("已撤回")
    page.goto("/board/?q=甲-IMP&on=2021-01-15")
    expect(page.locator("a[data-row-link]")).to_have_count(0)

    hand_in(page, messy(rows=rows("乙")))
    press(page, "写入2行")
    expect(page.locator(".notice--success")).to_contain_text("2")
    changed = [list(row) for row in rows("乙")[:1]]
    changed[0][7] = "2021年9月底前"
    hand_in(page, messy(rows=changed))
    line = page.locator("#row-5")
    expect(line).to_contain_text("2021-06-30 → 2021-09-30")
    press(page, "写入1行")
    expect(line).to_contain_text("已写入")


def test_a_phone_without_javascript_mends_and_imports(open_page, sign_in):
    page = sign_in(open_page(PHONE, javascript=False))
    hand_in(page, messy(rows=rows("丙")))
    cell(page, "G6").fill("三千")
    page.get_by_label("数据截止日").fill("不是日期")
    press(page, "重新核对")
    expect(page.locator(".has-error").first).to_be_visible()
    expect(cell(page, "G6")).to_have_value("三千")
    cell(page, "G6").fill("3000")
    page.get_by_label("数据截止日").fill("2021-1-10")
    press(page, "写入2行")
    expect(page.locator(".notice").first).to_contain_text("请查看各行后再写入")
    press(page, "写入3行")
    expect(page.locator('.counts__link[href="?state=written"]')).to_contain_text("3")
    expect(page.locator('.counts__link[href="?state=waiting"]')).to_contain_text("1")


def test_what_was_typed_is_there_again_after_the_tab_was_closed(page, sign_in):
    address = hand_in(sign_in(page), messy(rows=rows("丁")))
    cell(page, "G6").fill("4000")
    page.wait_for_function("() => Object.values(localStorage).some(kept => kept.includes('4000'))")
    page.goto("/board/")
    page.goto(address)
    expect(cell(page, "G6")).to_have_value("4000")
    press(page, "重新核对")
    expect(page.locator('.counts__link[href="?state=ready"]')).to_contain_text("3")
    page.wait_for_load_state()
    expect(page.locator("[data-draft-notice]")).to_be_hidden()


def test_many_rows_are_written_by_themselves_under_a_bar(page, sign_in):
    hand_in(sign_in(page), many(230), "批量.xlsx")
    press(page, "写入230行")
    expect(page.locator(".notice--success")).to_contain_text("230", timeout=60_000)
    expect(page).to_have_url(PREVIEW)
    expect(page.locator("tbody tr")).to_have_count(50)
    page.get_by_role("link", name="下一页").click()
    expect(page).to_have_url(re.compile("page=2"))
    expect(page.locator("tbody tr")).to_have_count(50)


def test_a_bad_file_is_refused_in_words(page, sign_in):
    sign_in(page).goto("/import/")
    page.get_by_label("表格或清单").set_input_files(
        {"name": "坏.xlsx", "mimeType": XLSX, "buffer": b"PK\x03\x04 no zip"}
    )
    press(page, "读取表格")
    expect(page.locator(".has-error")).to_contain_text("坏.xlsx")


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_the_pages_fit_and_read_aloud(open_page, sign_in, size):
    page = sign_in(open_page(size))
    address = hand_in(page, messy(rows=rows("戊" if size is PHONE else "己")))
    for path in (address, f"{address}?columns=all", f"{address}withdraw/", "/import/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
        assert serious(page) == [], path
