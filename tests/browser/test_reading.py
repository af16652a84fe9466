"""Journeys of readers: board and matter on any day, on a PC and a phone, without JavaScript."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from tests.conftest import DESKTOP, PHONE


def test_the_demo_opens_on_the_day_of_the_last_document_and_leads_back_to_today(page):
    page.goto("/")
    strip = page.get_by_role("status")
    expect(strip).to_contain_text("2021年1月15日")
    strip.get_by_role("link").click()
    expect(page.locator("#day-shown")).not_to_have_value("2021-01-15")


def test_the_board_of_july_2020_says_why_the_old_estates_are_red(page):
    page.goto("/board/?on=2020-07-30")
    row = page.get_by_role("row").filter(has_text="PRG063")
    expect(row).to_contain_text("297 个")
    expect(row).to_contain_text("103")
    row.locator("summary").click()
    expect(row.locator(".why")).to_contain_text("0.697")
    expect(row.locator(".why")).to_contain_text("104个")


def test_filters_live_in_the_address_and_come_off_one_by_one(page):
    page.goto("/board/?on=2020-07-30&colour=red&q=PRG0")
    expect(page.locator("tbody tr")).to_have_count(
        page.locator('tbody [data-colour="red"].chip').count()
    )
    page.locator(".filter__remove").first.click()
    expect(page).not_to_have_url(re.compile("colour=red"))
    page.go_back()
    expect(page.locator(".filter")).to_have_count(2)


def test_a_day_that_cannot_be_shown_is_said_and_nothing_breaks(page):
    page.goto("/board/?on=2020-13-45")
    expect(page.locator(".notice--error")).to_contain_text("2020-13-45")
    page.goto("/board/?on=2039-01-01")
    expect(page.locator(".notice--error")).to_contain_text("2026年12月31日")


def test_the_matter_page_reads_without_javascript_on_a_phone(open_page, open_matter):
    page = open_matter(open_page(PHONE, javascript=False), "PRG063", on="2020-07-30")
    expect(page.locator("#why")).to_contain_text("0.697")
    expect(page.locator(".chart__figures")).to_contain_text("147.7")


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["/board/?on=2020-07-30", "/gaps/", "/organisation/", "/sign-in/"])
def test_no_page_is_wider_than_its_screen_nor_shuts_anybody_out(open_page, path, viewport):
    page = open_page(viewport)
    page.goto(path)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert serious(page) == []


def test_the_matter_page_and_its_forms_shut_nobody_out(open_page, open_matter, sign_in):
    for viewport in (DESKTOP, PHONE):
        page = open_matter(sign_in(open_page(viewport)), "PRG063", on="2020-07-30")
        assert serious(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
        page.get_by_role("link", name="报送进展").click()
        expect(page.get_by_role("heading", level=1)).to_contain_text("报送进展")
        assert serious(page) == []


def serious(page):
    """Return what axe finds on the whole page that shuts people out."""
    return [
        (each["id"], [node["target"] for node in each["nodes"]])
        for each in violations(page)
        if each["impact"] in {"serious", "critical"}
    ]


def violations(page):
    """Return what axe finds on the whole page; what is well it need not write out."""
    page.wait_for_load_state()
    return Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
