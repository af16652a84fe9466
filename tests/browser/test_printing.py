"""Pages on paper: no wider than it, without what can only be pressed, with what narrowed them."""

import re

import pytest
from playwright.sync_api import expect

MATTER = "/board/?on=2020-07-30&q=PRG063"
SHEET = {"width": 794, "height": 1123}  # CSS pixels of an upright A4


@pytest.fixture
def paper(open_page, sign_in):
    """A page seen as it is printed, drawn for a screen before."""
    page = sign_in(open_page())

    def printed(address):
        page.goto(address)
        if address == MATTER:
            page.locator("a[data-row-link]").first.click()
            expect(page.locator(".page-head__code")).to_have_text("PRG063")
            page.wait_for_load_state()
        page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
        page.emulate_media(media="print")
        page.set_viewport_size(SHEET)
        return page

    return printed


@pytest.mark.parametrize(
    "address", [MATTER, "/figures/", "/compare/", "/gaps/", "/goals/", "/board/?colour=red"]
)
def test_nothing_is_wider_than_the_paper_nor_to_be_pressed(paper, address):
    page = paper(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= SHEET["width"]
    assert [one for one in page.locator("main .button").all() if one.is_visible()] == []
    assert [one for one in page.locator("main .notice").all() if one.is_visible()] == []


def test_a_printed_comparison_says_what_narrowed_it(paper):
    page = paper("/compare/?print=1&kind=project&became=new")
    expect(page.locator(".filter__label")).to_have_text(["新增", "项目"])
    expect(page.locator(".filter__label").first).to_be_visible()
    page.emulate_media(media="screen")
    page.locator(".filters > a").click()
    expect(page).not_to_have_url(re.compile("became|kind"))


def test_on_paper_the_reasons_of_a_colour_stand_above_the_journal(paper):
    page = paper(MATTER)
    why, entries = (page.locator(one).bounding_box() for one in ("#why", ".read-last"))
    assert why["y"] + why["height"] <= entries["y"]
