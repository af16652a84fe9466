"""What journeys share: signing in by post, and finding a matter by its code."""

import re

import pytest
from playwright.sync_api import expect

OFFICE = "区政府办公室演示岗"
SUPERVISION = "区委督查室演示岗"
EDUCATION = "区教体局演示岗"
PATIENCE = 20_000  # milliseconds to wait for what a page shows: a busy machine is slow

expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def went_in(demo_site):
    """What browsers keep of having signed in, by post: one goes through the door for all."""
    return {}


@pytest.fixture
def sign_in(went_in):
    """Sign a page in as a post of the demo; it is somewhere, or nowhere yet.

    ``anew``: through the door, for a session that the journey ends or replaces.
    """

    def sign_in_(page, post=OFFICE, *, anew=False):
        if post in went_in and not anew:
            page.context.add_cookies(went_in[post])
            return page
        page.goto("/sign-in/")
        page.get_by_role("button", name=post).click()
        expect(page).to_have_url(re.compile("/board/"))
        page.wait_for_load_state()
        if not anew:
            went_in[post] = page.context.cookies()
        return page

    return sign_in_


@pytest.fixture
def open_matter():
    """Open the page of the matter of a code, on the day given."""

    def open_matter_(page, code, on=""):
        page.goto(f"/board/?q={code}&on={on}")
        page.locator("a[data-row-link]").first.click()
        expect(page.locator(".page-head__code")).to_have_text(code)
        page.wait_for_load_state()  # what is not there now is not there at all
        return page

    return open_matter_
