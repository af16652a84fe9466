"""A journey inside a unit: officer, reviewer who sends back, and the sheet that the head signs."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from tests.browser.founding import OFFICE, PASSWORD
from tests.browser.real import founded, is_too_wide, opening, sign_in
from tests.conftest import PHONE

SCAN = {"name": "报送单.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}


@pytest.fixture(scope="module")
def desks(tmp_path_factory):
    """The ledger of ``tests.browser.desks``, served on loopback: its address and what it told."""
    with founded(tmp_path_factory.mktemp("desks"), "tests.browser.desks") as served:
        yield served


@pytest.fixture
def opened(chromium_browser, desks):
    """Open a page for an account, signed in."""
    with opening(chromium_browser, desks[0]) as open_:

        def opened_(login, *viewport):
            page = open_(*viewport)
            sign_in(page, login, PASSWORD)
            expect(page).to_have_url(re.compile("/board/"))
            return page

        yield opened_


def send(page, **fields):
    """Fill in a form by the names of its fields, and send it."""
    for name, value in fields.items():
        page.locator(f"form.form [name={name}]").fill(value)
    page.locator("form.form button[type=submit]").click()
    expect(page.locator(".notice--success")).to_be_visible()


def step(page, matter, verb):
    """Open the page of a matter and the form of one step of what waits there."""
    page.goto(f"/matters/{matter}/")
    page.locator(f"a[href*='/{verb}/?']").click()


def test_officer_reviewer_and_the_sheet_that_the_head_signs(opened, desks):
    told = desks[1]
    matter, posts = told["matter"], told["posts"]
    head = opened("zhuguan")
    head.goto(f"/organisation/units/{told['unit']}/")
    head.locator("a[href$='/release/']").click()
    head.locator("[name=reviewers]").select_option(posts["shenhe"])
    head.locator("[name=head]").select_option(posts["zhuguan"])
    head.locator("[name=on_paper]").check()
    send(head)
    # the officer reports from a phone; the office sees nothing of it
    officer, office = opened(told["officer"], PHONE), opened(OFFICE)
    today = datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()
    officer.goto(f"/matters/{matter}/report_progress/")
    send(officer, achieved="7", measured_on=today, visible_progress="主体封顶")
    expect(officer.locator(".sheet--inside")).to_contain_text("主体封顶")
    assert not is_too_wide(officer)
    office.goto(f"/matters/{matter}/")
    expect(office.locator("main")).not_to_contain_text("主体封顶")
    # the reviewer finds it in the unit's list and sends it back; the officer mends it
    reviewer = opened("shenhe")
    reviewer.goto(f"/units/{told['unit']}/")
    reviewer.locator(f"a[href='/matters/{matter}/']").first.click()
    reviewer.locator("a[href*='/send_back_submission/?']").click()
    send(reviewer, reason="请核对完成数")
    step(officer, matter, "report_progress")
    expect(officer.locator("[name=visible_progress]")).to_have_value("主体封顶")
    send(officer, achieved="6")
    step(reviewer, matter, "review_submission")
    send(reviewer)
    # the sheet and the page bear the same code; its scan lets it out
    officer.goto(f"/matters/{matter}/")
    officer.locator("a[href$='/sheet/']").click()
    code = officer.locator(".paper__number b").inner_text()
    assert re.fullmatch(r"[0-9A-F]{4}-[0-9A-F]{4}", code)
    assert not is_too_wide(officer)
    officer.go_back()
    expect(officer.locator(".sheet--inside")).to_contain_text(code)
    step(officer, matter, "release_submission")
    officer.locator("[name=sheet]").set_input_files(SCAN)
    send(officer)
    expect(officer.locator(".sheet--inside")).to_have_count(0)
    office.reload()
    expect(office.locator("main")).to_contain_text("主体封顶")
    expect(office.locator("a[href*='/confirm_report/?']")).to_be_visible()
