"""Journeys of posts: taken over, acted for meanwhile, turned away in words, looked up.

Fields are found by their names: the labels stand in the catalogues, which other tests hold.
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.accounts.conftest import code_of
from tests.browser.founding import OFFICE, PASSWORD
from tests.browser.hall import AUDITOR
from tests.browser.real import founded, is_too_wide, opening, sign_in
from tests.conftest import PHONE

DAY = timedelta(days=1)
BOARD, NO_POST = re.compile(r"/board/"), re.compile(r"/sign-in/no-post/$")


@pytest.fixture(scope="module")
def hall(tmp_path_factory):
    """The ledger of ``tests.browser.hall``, served on loopback: its address and what it told."""
    with founded(tmp_path_factory.mktemp("hall"), "tests.browser.hall") as served:
        yield served


@pytest.fixture
def opened(chromium_browser, hall):
    """Open a page for an account, signed in."""
    with opening(chromium_browser, hall[0]) as open_:

        def opened_(login, *viewport):
            page = open_(*viewport)
            sign_in(page, login, PASSWORD)
            return page

        yield opened_


def send(page, **fields):
    """Fill in a form by the names of its fields, and send it."""
    for name, value in fields.items():
        field = page.locator(f"form.form [name={name}]")
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    page.locator("form.form button[type=submit]").click()


def appoint(office, bureau, login):
    """Let the office give the bureau's post to an account's person from today on."""
    office.goto(f"/organisation/posts/{bureau['post']}/hold/")
    send(office, person=bureau["people"][login])
    expect(office.locator(".notice--success")).to_be_visible()


def report_door(page, bureau):
    """The link to the form of a report, on the page of the bureau's matter."""
    page.goto(f"/matters/{bureau['matter']}/")
    expect(page.locator(".page-head__code")).to_have_text(bureau["code"])
    return page.locator(f"a[href*='/matters/{bureau['matter']}/report_progress/']").first


def test_a_successor_takes_over_a_post_and_finds_the_matter(opened, hall):
    bureau = hall[1]["bureaus"][0]
    held_by, taken_by = bureau["accounts"]
    former = opened(held_by)
    expect(former).to_have_url(BOARD)
    door = report_door(former, bureau)
    former.locator("main summary").filter(has_text="更多").click()
    door.click()
    expect(former.locator("form.form [name=achieved]")).to_be_visible()
    appoint(opened(OFFICE), bureau, taken_by)
    # the predecessor no longer acts
    former.reload()
    expect(former).to_have_url(NO_POST)
    # the successor finds the matter by its post, with nothing new in its thread
    successor = opened(taken_by, PHONE)
    expect(successor).to_have_url(BOARD)
    successor.locator("a[data-row-link]", has_text=bureau["title"]).click()
    expect(successor.locator(".page-head__code")).to_have_text(bureau["code"])
    assert not is_too_wide(successor)
    expect(report_door(successor, bureau)).to_be_attached()


def test_a_delegate_acts_for_the_post_within_the_days_and_not_after(opened, hall):
    bureau = hall[1]["bureaus"][1]
    meanwhile = bureau["accounts"][1]
    office, today = opened(OFFICE), datetime.now(ZoneInfo("Asia/Shanghai")).date()

    def delegate(first, last):
        office.goto(f"/organisation/posts/{bureau['post']}/delegate/")
        person = bureau["people"][meanwhile]
        send(office, person=person, first=first.isoformat(), last=last.isoformat())
        expect(office.locator(".notice--success")).to_be_visible()

    delegate(today - 3 * DAY, today - DAY)
    page = opened(meanwhile)
    expect(page).to_have_url(NO_POST)  # it was over yesterday, by itself
    delegate(today, today + 7 * DAY)
    page.goto("/")
    expect(page).to_have_url(BOARD)
    expect(report_door(page, bureau)).to_be_attached()
    expect(page.locator(".menu__head strong")).to_have_text(bureau["named"])
    office.goto(f"/organisation/posts/{bureau['post']}/recall/")
    send(office)
    expect(office.locator(".notice--success")).to_be_visible()
    page.goto(f"/matters/{bureau['matter']}/report_progress/")
    expect(page).to_have_url(NO_POST)


def test_who_may_not_is_told_in_words_whose_it_is(opened, hall):
    bureau = hall[1]["bureaus"][2]
    page = opened(bureau["accounts"][0], PHONE)
    for shut, whose in (
        ("/audit/", "审计"),
        (f"/organisation/posts/{bureau['post']}/hold/", "办公室"),
    ):
        page.goto(shut)
        expect(page.get_by_role("heading", level=1)).to_have_text("您的岗位无此权限")
        expect(page.locator("main")).to_contain_text(whose)
        assert not is_too_wide(page)
    page.locator("a[href='/rights/']").click()
    expect(page.locator("table").first).to_be_visible()
    assert not is_too_wide(page)
    page.go_back()
    page.locator("main a[href='/']").click()
    expect(page).to_have_url(BOARD)


def test_an_auditor_searches_who_did_what(opened, hall):
    bureau = hall[1]["bureaus"][2]
    appoint(opened(OFFICE), bureau, bureau["accounts"][0])
    page = opened(AUDITOR)
    send(page, code=code_of(hall[1]["secret"]))
    expect(page).to_have_url(re.compile(r"/audit/$"))
    page.wait_for_load_state()
    assert page.locator("[data-search]").count() == 0  # of the ledger there is nothing to seek
    page.goto("/")
    expect(page).to_have_url(re.compile(r"/audit/$"))  # the first door that opens to the post
    search = page.locator("form.searching")
    search.locator("[name=verb]").select_option("order_organisation")
    search.locator("[name=post]").select_option(label="台账岗")
    search.locator("[type=submit]").click()
    done = f"/organisation/posts/{bureau['post']}/hold/"
    expect(page.locator("tbody tr", has_text=done)).to_have_count(1)
    with page.expect_download() as download:
        page.locator("a[href*='/audit/export/xlsx/?'][href*='order_organisation']").click()
    assert download.value.suggested_filename.endswith(".xlsx")
    search.locator("[name=until]").fill("2020-01-01")
    search.locator("[type=submit]").click()
    expect(page.locator(".empty")).to_be_visible()
    search.locator("a").click()
    expect(page.locator("tbody tr").first).to_be_visible()
