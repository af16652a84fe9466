"""A part of a page that does not come: it is said, and what was typed stays."""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import SUPERVISION
from tests.browser.test_reviewing import hand_in

BUSY = "现在使用系统的人较多，这次提交没有办理。"


def answer_parts(page, **answer):
    """Answer what htmx sends so; whole pages come from the server."""

    def answered(route):
        if "hx-request" not in route.request.headers:
            route.continue_()
        elif answer:
            route.fulfill(**answer)
        else:
            route.abort()

    page.route("**/*", answered)


@pytest.fixture
def mending(page, sign_in, request):
    """A statement of a report, its form filled in and not sent; each test has its own report."""
    sign_in(page, anew=True)
    hand_in(page, request.node.name)
    page.keyboard.press("e")
    subject = page.locator("#s1 [name=subject]")
    expect(subject).to_be_focused()
    subject.fill("中小学校")
    return page


def test_a_write_turned_away_is_said_and_what_was_typed_goes_through_later(mending):
    answer_parts(mending, status=503, headers={"Retry-After": "5"}, body="<h1>busy</h1>")
    form = mending.locator("#s1 .said-form")
    form.locator("[value=mend]").click()
    expect(form.get_by_role("alert")).to_contain_text(BUSY)
    with mending.expect_response(lambda answer: answer.status == 503):
        form.locator("[value=mend]").click()
    expect(form.get_by_role("alert")).to_have_count(1)
    expect(form.locator("[name=subject]")).to_have_value("中小学校")
    mending.unroute("**/*")
    form.locator("[value=mend]").click()
    expect(mending.locator("#s1")).to_have_attribute("data-state", "accepted")
    expect(mending.locator("#s1")).to_contain_text("中小学校")
    expect(mending.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("answer", [{"status": 403, "body": "no"}, {}], ids=["refused", "silent"])
def test_no_other_answer_is_silence(mending, answer):
    answer_parts(mending, **answer)
    form = mending.locator("#s1 .said-form")
    form.locator("[value=mend]").click()
    expect(form.get_by_role("alert")).to_be_visible()
    expect(form.get_by_role("alert")).not_to_contain_text(BUSY)
    expect(form.locator("[name=subject]")).to_have_value("中小学校")


@pytest.fixture
def elsewhere(mending):
    """Another window of the same browser."""
    return mending.context.new_page()


def sign_out(page):
    page.goto("/board/")
    page.locator("form[data-draft-forget]").evaluate("form => form.requestSubmit()")
    expect(page.locator("body[data-actor='']")).to_be_attached()


def test_what_was_typed_outlasts_a_session_and_is_sent_after_signing_in(
    mending, elsewhere, sign_in
):
    sign_out(elsewhere)
    form = mending.locator("#s1 .said-form")
    form.locator("[value=mend]").click()
    expect(form.locator("[data-not-done=out] a[target=_blank]")).to_have_attribute(
        "href", "/sign-in/"
    )
    expect(form.locator("[name=subject]")).to_have_value("中小学校")
    sign_in(elsewhere, anew=True)
    mending.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(form.locator("[data-not-done=back]")).to_be_visible()
    form.locator("[value=mend]").click()
    expect(mending.locator("#s1")).to_contain_text("中小学校")
    expect(mending.locator("#s1")).to_have_attribute("data-state", "accepted")


def test_who_signed_in_again_elsewhere_sends_with_the_new_token(mending, elsewhere, sign_in):
    sign_in(elsewhere, anew=True)  # what the page holds is void now
    form = mending.locator("#s1 .said-form")
    form.locator("[value=mend]").click()
    expect(form.locator("[data-not-done=back]")).to_be_visible()
    form.locator("[value=mend]").click()
    expect(mending.locator("#s1")).to_have_attribute("data-state", "accepted")


def test_keys_pressed_while_signed_out_go_after_signing_in(mending, elsewhere, sign_in):
    sign_out(elsewhere)
    for key in ("Escape", "Escape"):
        mending.keyboard.press(key)
    expect(mending.locator("[data-not-done=out]")).to_be_visible()  # the card did not come either
    mending.locator("#s2 [value=accept]").click()
    mending.locator("#s3 [value=drop]").click()
    sign_in(elsewhere, anew=True)
    mending.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(mending.locator("#s2")).to_have_attribute("data-state", "accepted")
    expect(mending.locator("#s3")).to_have_attribute("data-state", "dropped")


def test_another_post_is_told_before_it_sends_what_was_typed(mending, elsewhere, sign_in):
    sign_in(elsewhere, SUPERVISION, anew=True)
    form = mending.locator("#s1 .said-form")
    form.locator("[value=mend]").click()
    expect(form.locator("[data-not-done]")).to_be_visible()
    expect(form.locator("[name=subject]")).to_have_value("中小学校")
