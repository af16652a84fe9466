"""Journeys of quick hands on a slow machine: keys before the page, before the answer, too many."""

import re
import time

import pytest
from playwright.sync_api import expect

from tests.browser.test_reviewing import current, hand_in, ready, states

SCRIPTS = re.compile(r"/js/reports\.[0-9a-z.]*js")
SLOW = 0.4  # seconds that an act takes to be answered here


@pytest.fixture
def review(page, sign_in, request):
    """The review of a report; each test has its own."""
    sign_in(page)
    hand_in(page, request.node.name)
    return page


def told(page, kind):
    return page.locator(f'[data-told="{kind}"]')


def slowly(page, answer=None):
    """Hold every act back for a while, or answer it otherwise; returns what was sent."""
    sent = []

    def held(route):
        if route.request.method != "POST":
            return route.continue_()
        sent.append(re.findall(r"number=(\d+).*?do=(\w+)", route.request.post_data or ""))
        told_first = answer(sent) if answer else None
        if told_first:
            return route.fulfill(**told_first)
        time.sleep(SLOW)
        return route.continue_()

    page.route("**/reports/**", held)
    return sent


def test_a_key_before_the_page_is_ready_decides_nothing_and_is_told(review):
    held = []
    review.route(SCRIPTS, lambda route: held.append(route))
    with review.expect_request(SCRIPTS):
        review.goto(review.url.partition("#")[0], wait_until="commit")
    review.locator("#s1").wait_for()
    assert review.locator(".is-current").count() == 0  # nothing is shown as the one at hand
    review.keyboard.press("a")
    held[0].continue_()
    ready(review)
    expect(told(review, "untaken")).to_be_visible()
    assert states(review)[0] == "open"
    review.keyboard.press("a")
    expect(review.locator("#s1")).to_have_attribute("data-state", "accepted")
    expect(told(review, "untaken")).to_be_hidden()


def test_keys_are_taken_in_their_order_however_late_the_answers_come(review):
    sent = slowly(review)
    for key in "adau":
        review.keyboard.press(key)
    expect(review.locator("#s1")).to_have_attribute("data-state", "accepted")
    expect(review.locator("#s2")).to_have_attribute("data-state", "dropped")
    expect(review.locator("#s3")).to_have_attribute("data-state", "open")  # the last is undone
    assert sent[:3] == [[("1", "accept")], [("2", "drop")], [("3", "accept")]]
    ready(review)
    assert current(review) == "3"


def test_an_act_pressed_before_the_answer_to_another_in_its_card_is_not_lost(review):
    slowly(review)
    card = review.locator("[data-statement]").filter(has=review.locator("[data-proposal]")).first
    number = card.get_attribute("data-statement")
    card.locator("header").click()
    assert current(review) == number
    review.keyboard.press("p")
    review.keyboard.press("a")
    decided = review.locator(f"#s{number}")
    expect(decided).to_have_attribute("data-state", "accepted")
    ready(review)
    review.reload()
    expect(decided).to_have_attribute("data-state", "accepted")


def test_letters_typed_before_the_form_is_there_decide_nothing(review):
    held = []
    review.route("**/*edit=*", lambda route: held.append(route))
    with review.expect_request("**/*edit=*"):
        for key in "edaj":
            review.keyboard.press(key)
    expect(told(review, "untaken")).to_be_visible()
    held[0].continue_()
    expect(review.locator("#s1 [name=subject]")).to_be_focused()
    assert current(review) == "1"
    assert set(states(review)) == {"open"}


def test_acts_turned_away_as_too_quick_wait_and_go_again_by_themselves(review):
    quick = {"status": 429, "headers": {"Retry-After": "2"}, "body": "too quick"}
    sent = slowly(review, lambda sent: quick if len(sent) == 1 else None)
    review.keyboard.press("a")
    expect(told(review, "waits")).to_be_visible()
    review.keyboard.press("d")
    expect(told(review, "waits").locator("[data-fact=count]")).to_have_text("2")
    expect(told(review, "waits").locator("[data-fact=moment]")).to_have_text(re.compile(r"\d:\d\d"))
    expect(review.locator("#s1")).to_have_attribute("data-state", "accepted")
    expect(review.locator("#s2")).to_have_attribute("data-state", "dropped")
    expect(told(review, "waits")).to_be_hidden()
    expect(review.get_by_role("alert")).to_have_count(0)
    assert sent == [[("1", "accept")], [("1", "accept")], [("2", "drop")]]
