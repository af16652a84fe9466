"""Journeys over the board: a view shared by its address, many at once, keys, columns, the phone."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import EDUCATION
from tests.browser.test_reading import serious
from tests.conftest import DESKTOP, PHONE

COLUMNS = ("colour", "unit", "target", "achieved", "done", "due", "kind", "goals", "area", "start")
WIDE = "".join(f"&col={key}" for key in COLUMNS)


def menu(page, name):
    page.locator(".filters summary").filter(has_text=name).click()


def test_a_saved_view_is_shared_by_its_address(open_page, sign_in):
    office, unit = sign_in(open_page()), sign_in(open_page(), EDUCATION)
    office.goto("/board/?on=2020-07-30&colour=red&sort=due")
    menu(office, office.locator(".filters details:has(#v-name) summary").inner_text())
    office.locator("#v-name").fill("红色督办")
    office.locator("#v-shared").check()
    office.locator('form:has(#v-name) button[type="submit"]').click()
    address = office.locator(".notice--success").inner_text().split()[-1]
    unit.goto(f"{address[address.index('/board/') :]}?on=2020-07-30")
    expect(unit.locator(".page-head__code")).to_have_text("红色督办")
    expect(unit.locator("tbody tr")).to_have_count(4)
    expect(unit.locator('th[aria-sort="ascending"]')).to_contain_text("完成时限")


def test_many_are_suspended_by_one_confirmation(page, sign_in):
    sign_in(page).goto("/board/?on=2021-01-15&q=PRG03")
    expect(page.locator("[data-bulk-count]")).not_to_contain_text("2")
    for tick in page.locator(".tick").all()[:2]:
        tick.check()
    expect(page.locator("[data-bulk-count]")).to_contain_text("2")
    page.locator("#bulk-verb").select_option("suspend")
    page.locator("#bulk button").click()
    expect(page.locator("tbody tr")).to_have_count(2)
    page.wait_for_load_state()
    page.locator("[name=reason]").fill("汛期")
    page.get_by_label("生效日期").fill("2021-01-15")
    page.locator("form.form button.button--primary").click()
    expect(page.locator(".notice--success")).to_contain_text("2")
    page.locator(".notice--success a").click()
    expect(page.locator('tbody .chip[data-colour="suspended"]')).to_have_count(2)


def test_keys_walk_tick_search_and_tell_of_themselves(page, sign_in):
    sign_in(page).goto("/board/?on=2020-07-30")
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("[data-row-link]").nth(1)).to_be_focused()
    page.keyboard.press("x")
    expect(page.locator(".tick").nth(1)).to_be_checked()
    page.keyboard.press("k")
    expect(page.locator("[data-row-link]").nth(0)).to_be_focused()
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("dialog.keys")).to_be_hidden()
    page.keyboard.press("/")
    expect(page.locator("[data-search]")).to_be_focused()


def test_the_board_does_all_of_it_without_javascript(open_page, sign_in):
    page = sign_in(open_page(javascript=False))
    page.goto("/board/?on=2020-07-30&q=PRG04")
    page.locator(".tick").first.check()
    page.locator("#bulk-verb").select_option("place")
    page.locator("#bulk button").click()
    expect(page.locator("tbody tr")).to_have_count(1)


def test_head_and_first_column_stay_with_many_columns(page):
    page.goto(f"/board/?on=2020-07-30{WIDE}")
    box = page.locator(".table-box--wide")
    box.evaluate("node => node.scrollTo(400, 300)")
    inside = box.bounding_box()
    head = page.locator("thead th").nth(1).bounding_box()
    first = page.locator("tbody th").nth(10).bounding_box()
    assert abs(head["y"] - inside["y"]) <= 2
    assert abs(first["x"] - inside["x"]) <= 2


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("query", ["", "&sort=due&money=yi", WIDE, "&page=99", "&q=nothing"])
def test_no_board_is_wider_than_its_screen_nor_shuts_anybody_out(
    open_page, sign_in, query, viewport
):
    page = sign_in(open_page(viewport))
    page.goto(f"/board/?on=2020-07-30{query}")
    for summary in page.locator(".filters summary").all():
        summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert serious(page) == []
