"""Journeys of those who count: a week compared, charts with their tables, the card of a colour."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.test_reading import serious
from tests.conftest import DESKTOP, PHONE

PATHS = [
    "/compare/?on=2020-08-30&against=2020-07-31",
    "/figures/?on=2020-07-30",
    "/gaps/?on=2021-01-15",
    "/goals/?on=2020-07-30",
]


def test_two_days_are_compared_and_the_kind_of_change_chosen(page):
    page.goto("/compare/?on=2020-08-30&against=2020-07-31")
    rows = page.locator("tbody tr")
    first = page.locator(".counts__link").nth(1)
    worse = int(first.locator(".counts__number").inner_text())
    first.click()
    expect(page).to_have_url(re.compile("became=worse"))
    expect(rows).to_have_count(worse)
    page.wait_for_load_state()
    page.locator("#against").fill("2020年8月30日")
    page.locator("#against").press("Enter")
    expect(page.locator(".empty")).to_be_visible()
    expect(page).to_have_url(re.compile("became=worse"))


def test_a_comparison_is_taken_home_as_a_sheet(page):
    page.goto("/compare/?on=2020-08-30&against=2020-07-31")
    with page.expect_download() as download:
        page.locator(".verbs a").first.click()
    assert download.value.suggested_filename.endswith(".xlsx")


def test_charts_are_drawn_and_their_tables_are_folded_away(page):
    page.goto("/figures/?on=2020-07-30")
    expect(page.locator("[data-chart] canvas").first).to_be_visible()
    assert page.locator("[data-chart]:not([hidden])").count() >= 5
    assert page.locator("details[data-chart-figures][open]").count() == 0
    page.locator("details[data-chart-figures] summary").first.click()
    expect(page.locator("details[data-chart-figures] tbody tr").first).to_be_visible()


def test_without_javascript_the_tables_stand_in_place_of_the_charts(open_page):
    page = open_page(PHONE, javascript=False)
    page.goto("/figures/?on=2020-07-30")
    assert page.locator("[data-chart]:visible").count() == 0
    assert page.locator("details[data-chart-figures][open]").count() >= 5


def test_a_colour_opens_its_card_for_mouse_and_keyboard_and_is_a_link_besides(page):
    page.goto("/compare/?on=2020-07-30&against=2020-06-01")
    colour = page.locator("a[data-card]").first
    card = page.locator("#colour-card")
    colour.hover()
    expect(card).to_be_visible()
    expect(card).to_contain_text("0.697")
    page.keyboard.press("Escape")
    expect(card).to_be_hidden()
    page.locator("tbody a[data-row-link]").first.focus()
    page.keyboard.press("Tab")
    expect(card).to_be_visible()  # its words are still there from before
    expect(card).to_contain_text("0.697")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/why/"))
    expect(page.locator(".why")).to_contain_text("0.697")


def test_a_tap_opens_the_card_and_the_card_leads_on(chromium_browser, demo_site):
    context = chromium_browser.new_context(base_url=demo_site, viewport=PHONE, has_touch=True)
    page = context.new_page()
    page.goto("/compare/?on=2020-07-30&against=2020-06-01")
    page.locator("a[data-card]").first.tap()
    card = page.locator("#colour-card")
    expect(card).to_contain_text("0.697")
    card.locator(".card__more a").tap()
    expect(page).to_have_url(re.compile("/matters/"))
    context.close()


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_of_counts_is_wider_than_its_screen_nor_shuts_anybody_out(
    open_page, path, viewport
):
    page = open_page(viewport)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert serious(page) == []
    if "goals" in path:
        page.locator("tbody a").first.click()
        expect(page).to_have_url(re.compile(r"/goals/[^?]"))
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
