"""A journey at a real ledger: the first sign-in with a second factor."""

import re

import pytest
from playwright.sync_api import expect

from tests.accounts.conftest import code_of
from tests.browser.real import is_too_wide, opening, serving, sign_in
from tests.conftest import PHONE
from tests.site.scratch import home, luoshi

PASSWORD, OWN = "Zhangwu-2026-tai", "Ziji-gai-de-77"


@pytest.fixture(scope="module")
def real_site(tmp_path_factory):
    """A real ledger with its office and a system administrator, served on loopback."""
    with home(tmp_path_factory.mktemp("real") / "home") as env:
        env |= {"LUOSHI_PASSWORD": PASSWORD}
        named = ("--district-code", "410103", "--district-name", "二七区")
        assert luoshi(env, "createadmin", "--login", "guan", *named).returncode == 0
        assert luoshi(env, "createadmin", "--login", "xitong", "--role", "system").returncode == 0
        with serving(env) as address:
            yield address


@pytest.fixture
def open_real(chromium_browser, real_site):
    """Open a page of the real ledger."""
    with opening(chromium_browser, real_site) as open_:
        yield open_


def test_the_first_sign_in_of_an_administrator(open_real):
    page = open_real(PHONE)
    sign_in(page, "xitong", PASSWORD)
    # the password was typed by whoever set the ledger up: it is changed first
    page.locator("[name=present]").fill(PASSWORD)
    page.locator("[name=password]").fill(OWN)
    page.locator("[name=again]").fill(OWN)
    assert not is_too_wide(page)
    page.locator("form.form button[type=submit]").click()
    # then the second factor: a picture for the phone, and the same key to be typed
    expect(page.locator("img.steps__picture")).to_be_visible()
    assert page.locator("img.steps__picture").evaluate("one => one.naturalWidth") > 0
    assert not is_too_wide(page)
    secret = page.locator("[data-key]").inner_text().replace(" ", "")
    page.locator("[name=code]").fill("000000")
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".errorlist")).to_be_visible()
    page.locator("[name=code]").fill(code_of(secret))
    page.locator("form.form button[type=submit]").click()
    # ten recovery codes, shown once
    expect(page.locator(".codes li")).to_have_count(10)
    kept = page.locator(".codes li").first.inner_text()
    page.locator(".alone__verbs a").click()
    expect(page).to_have_url(re.compile(r"/accounts/$"))
    assert not is_too_wide(page)
    # the next time the code is asked for; a recovery code does as well
    other = open_real()
    sign_in(other, "xitong", OWN)
    other.locator("[name=code]").fill(kept)
    other.locator("form.form button[type=submit]").click()
    expect(other).to_have_url(re.compile(r"/accounts/$"))
    other.goto("/board/")
    expect(other.locator("h1")).to_be_visible()
    assert "/board/" in other.url
    assert other.locator("table").count() == 0  # the ledger stays shut to administrators
