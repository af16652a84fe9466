"""Journeys of quick hands on a slow machine: fields are written in before the scripts ran."""

import re
from contextlib import contextmanager

import pytest
from playwright.sync_api import expect

REPORT = {
    "name": "工作报告.txt",
    "mimeType": "text/plain",
    "buffer": "新建公办幼儿园12所。".encode(),
}
KEPT = "text => Object.values(localStorage).some(kept => kept.includes(text))"


@pytest.fixture
def form(page, sign_in, open_matter):
    """The form of a report, opened from the page of its matter."""
    open_matter(sign_in(page), "PRG088", on="2021-01-15")
    page.get_by_role("link", name="报送进展").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("报送进展")
    page.wait_for_load_state()
    return page


@contextmanager
def without(page, script, leave):
    """Leave for a page of which a script, and all after it, comes only when all is done here."""
    named, held = re.compile(rf"/js/{script}\.[0-9a-z.]*js"), []
    page.route(named, lambda route: held.append(route))
    with page.expect_request(named):
        leave()
    yield
    held[0].continue_()
    page.unroute(named)
    page.wait_for_load_state()


def test_who_writes_already_is_not_taken_to_the_wrong_field(form):
    form.get_by_label("计量日").fill("2021-1-10")
    form.get_by_label("累计完成").fill("一半")
    progress = form.get_by_label("形象进度")
    with without(form, "keys", form.get_by_role("button", name="报送进展").click):
        expect(form.locator(".has-error").first).to_be_visible()
        progress.press_sequentially("清淤")
    form.keyboard.type("过半")
    expect(progress).to_have_value("清淤过半")
    expect(form.get_by_label("累计完成")).to_have_value("一半")


def test_a_draft_does_not_come_over_what_is_being_written(form):
    form.get_by_label("累计完成").fill("7")
    form.get_by_label("形象进度").fill("前日所写")
    form.wait_for_function(KEPT, arg="前日所写")
    address, progress = form.url, form.get_by_label("形象进度")
    form.goto("/board/")
    with without(form, "drafts", lambda: form.goto(address, wait_until="commit")):
        progress.press_sequentially("今日所写")
    expect(form.get_by_label("累计完成")).to_have_value("7")
    expect(progress).to_have_value("今日所写")


def test_a_file_chosen_before_is_kept_over_a_form_that_comes_back(page, sign_in):
    sign_in(page)
    with without(page, "files", lambda: page.goto("/reports/", wait_until="commit")):
        page.locator("[name=file]").set_input_files(REPORT)
    expect(page.locator("[name=file]")).to_have_attribute("data-kept", "yes")
    page.get_by_role("button", name="读取报告").click()
    expect(page.locator("[data-files-again]")).to_contain_text("工作报告.txt")
