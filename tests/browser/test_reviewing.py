"""Journeys of the office: a report reviewed by its keys alone, mended in place, on the phone."""

import re

from playwright.sync_api import expect

from tests.browser.test_reading import serious
from tests.conftest import DESKTOP, PHONE
from tests.intake.reports import REPORT

REVIEW = re.compile(r"/reports/[0-9a-f-]{36}/")


def hand_in(page, name):
    """Hand a report in and come to its review; each journey has a text of its own."""
    page.goto("/reports/")
    page.locator("input[type=file]").set_input_files(
        {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": f"{REPORT}{name}".encode()}
    )
    page.locator(".handing button[type=submit]").click()
    expect(page).to_have_url(REVIEW)
    ready(page)


def ready(page):
    """Wait until the keys work: a page that came anew has its card at hand, a part is settled."""
    expect(page.locator("[data-statement].is-current")).to_be_visible()
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)


def states(page):
    """Return the states of the cards in their order."""
    return page.locator("[data-statement]").evaluate_all(
        "cards => cards.map((card) => card.dataset.state)"
    )


def current(page):
    """Return the number of the card at hand."""
    return page.locator("[data-statement].is-current").get_attribute("data-statement")


def test_a_report_is_reviewed_by_its_keys(open_page, sign_in):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "键")
    assert current(page) == "1"
    page.keyboard.press("a")
    assert current(page) == "2"  # at once, before the answer is there
    page.keyboard.press("d")
    expect(page.locator("#s2")).to_have_attribute("data-state", "dropped")
    expect(page.locator("#s1")).to_have_attribute("data-state", "accepted")
    expect(page.locator("#count-accepted")).to_have_text("1")  # the filters count along
    expect(page.locator("#count-open")).to_have_text("8")
    page.keyboard.press("k")
    assert current(page) == "2"
    page.keyboard.press("j")
    page.keyboard.press("e")
    subject = page.locator("#s3 [name=subject]")
    expect(subject).to_be_focused()
    subject.fill("中小学")
    subject.press("Enter")
    expect(page.locator("#s3")).to_have_attribute("data-state", "accepted")
    expect(page.locator("#s3")).to_contain_text("中小学")
    page.keyboard.press("u")
    expect(page.locator("#s3")).to_have_attribute("data-state", "open")
    assert current(page) == "3"
    assert states(page)[:3] == ["accepted", "dropped", "open"]
    page.keyboard.press("f")
    expect(page).to_have_url(re.compile("show=gaps"))


def test_a_statement_is_split_and_a_form_given_up_by_keys(open_page, sign_in):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "拆")
    quote = page.locator("#s1 blockquote")
    words = quote.inner_text()
    for _again in range(2):  # the second time the address is already that of the card
        page.keyboard.press("s")
        for _letter in range(2):
            page.keyboard.press("ArrowRight")
        page.keyboard.type("不")  # the quote takes no letters
        page.keyboard.press("Enter")
        expect(quote).to_have_text(words[:2])
        ready(page)
        page.keyboard.press("u")
        expect(quote).to_have_text(words)
        ready(page)
    page.keyboard.press("s")
    page.keyboard.press("Enter")  # before the first letter
    expect(page.locator(".notices")).to_be_visible()
    ready(page)
    page.keyboard.press("e")
    expect(page.locator("#s1 [name=subject]")).to_be_focused()  # before, it takes what is typed
    value = page.locator("#s1 [name=value]")
    value.fill("两万多")
    value.press("Enter")
    expect(page.locator("#s1 .has-error")).to_be_visible()
    expect(page.locator(".htmx-added, .htmx-settling, .htmx-request")).to_have_count(0)
    expect(value).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#s1 .said-form")).to_have_count(0)
    expect(page.locator("#s1")).to_have_attribute("data-state", "open")


def test_a_mark_in_the_text_leads_to_its_statement_and_the_page_holds_no_barrier(
    open_page, sign_in
):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "标")
    page.locator('[data-said="6"]').first.click()
    assert current(page) == "6"
    assert serious(page) == []


def test_a_report_is_reviewed_on_the_phone(open_page, sign_in):
    page = sign_in(open_page(PHONE))
    hand_in(page, "机")
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["width"]
    page.locator('#s1 button[value="accept"]').click()
    expect(page.locator("#s1")).to_have_attribute("data-state", "accepted")


def test_a_window_left_open_says_at_its_first_key_what_another_decided(open_page, sign_in):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "午")
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0])
    ready(other)
    other.keyboard.press("d")
    expect(other.locator("#s1")).to_have_attribute("data-state", "dropped")
    page.locator("[data-review]").evaluate("review => review.dataset.pause = '0'")
    page.keyboard.press("j")
    told = page.locator("#review-meanwhile")
    expect(told).to_contain_text("1")
    expect(page.locator("#s1")).to_have_attribute("data-state", "dropped")
    assert current(page) == "2"
    told.get_by_role("button").click()
    expect(told).to_be_empty()


def test_a_key_on_what_another_decided_is_told_and_typed_words_stay(open_page, sign_in):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "并")
    other = page.context.new_page()
    other.goto(page.url.partition("#")[0])
    ready(other)
    page.keyboard.press("e")
    subject = page.locator("#s1 [name=subject]")
    subject.fill("泊位")
    ready(page)
    other.keyboard.press("d")
    expect(other.locator("#s1")).to_have_attribute("data-state", "dropped")
    other.keyboard.press("a")
    expect(other.locator("#s2")).to_have_attribute("data-state", "accepted")
    subject.press("Enter")
    expect(page.locator("#s1 .notice--error")).to_be_visible()
    expect(subject).to_have_value("泊位")
    ready(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#s1")).to_have_attribute("data-state", "dropped")
    page.keyboard.press("j")
    page.keyboard.press("d")  # the other window accepted it meanwhile
    expect(page.locator("#review-meanwhile .notice")).to_be_visible()
    expect(page.locator("#s2")).to_have_attribute("data-state", "accepted")


def test_what_did_not_arrive_is_open_again(open_page, sign_in):
    page = sign_in(open_page(DESKTOP))
    hand_in(page, "断")
    page.context.set_offline(True)
    page.keyboard.press("a")
    assert current(page) == "2"
    expect(page.locator("#s1")).to_have_attribute("data-state", "open")
    page.context.set_offline(False)
    page.keyboard.press("k")
    page.keyboard.press("a")
    expect(page.locator("#s1")).to_have_attribute("data-state", "accepted")
