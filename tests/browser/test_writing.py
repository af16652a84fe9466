"""Journeys of officers: report, answer, correct; two at once, and wrong input."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from tests.browser.conftest import EDUCATION, SUPERVISION
from tests.conftest import PHONE

pytestmark = pytest.mark.early


def report(page, amount, *, day="2021-01-10", on="2021-01-15", words=""):
    """Fill in the report's form and send it; the page that answers is there whole."""
    page.get_by_label("累计完成").fill(amount)
    page.get_by_label("计量日").fill(day)
    page.get_by_label("形象进度").fill(words)
    page.get_by_label("生效日期").fill(on)
    with page.expect_navigation():
        page.get_by_role("button", name="报送进展").click()


def start_report(page):
    """Open the report's form from the matter's page."""
    page.get_by_role("link", name="报送进展").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("报送进展")
    page.wait_for_load_state()


def test_an_officer_reports_and_the_office_confirms(page, sign_in, open_matter):
    open_matter(sign_in(page), "PRG091", on="2021-01-15")
    start_report(page)
    report(page, "60", words="清淤过半")
    expect(page.locator(".meter__key")).to_contain_text("60 个")
    expect(page.locator("body")).to_contain_text("清淤过半")
    page.get_by_role("link", name="确认").first.click()
    page.get_by_label("生效日期").fill("2021-01-15")
    page.get_by_role("button", name="确认").click()
    expect(page.locator(".notice--success")).to_be_visible()
    open_matter(page, "PRG091", on="2021-01-15")
    expect(page.locator(".meter__key")).to_contain_text("60 个")


def test_two_officers_at_once_see_both_values_and_nothing_typed_is_lost(
    open_page, sign_in, open_matter
):
    first, second = sign_in(open_page()), sign_in(open_page())
    for page in (first, second):
        open_matter(page, "PRG092", on="2021-01-15")
        start_report(page)
    report(first, "5")
    expect(first.locator(".notice--success")).to_be_visible()
    report(second, "7", words="第二份")
    expect(second.locator(".notice--warning").first).to_be_visible()
    expect(second.locator("form.form table")).to_contain_text("5")
    expect(second.get_by_label("累计完成")).to_have_value("7")
    expect(second.get_by_label("形象进度")).to_have_value("第二份")
    second.get_by_role("button", name="报送进展").click()
    expect(second.locator(".notice--success")).to_be_visible()


def test_wrong_input_is_said_at_its_field_and_stays(page, sign_in, open_matter):
    open_matter(sign_in(page), "PRG090", on="2021-01-15")
    start_report(page)
    for amount, day, on in (
        ("-3", "2021-01-10", "2021-01-15"),
        ("3", "0017-01-10", "2021-01-15"),
        ("3", "2021-01-10", "2099-01-01"),
        ("三条", "2021-01-10", "2021-01-15"),
        ("3", "二月三十", "2021-01-15"),
    ):
        report(page, amount, day=day, on=on, words="不能丢")
        expect(page.locator(".has-error").first).to_be_visible()
        expect(page.get_by_label("形象进度")).to_have_value("不能丢")
        expect(page.get_by_label("累计完成")).to_have_value(amount)


def test_a_phone_without_javascript_reports_with_a_photograph(open_page, sign_in, open_matter):
    page = open_matter(sign_in(open_page(PHONE, javascript=False)), "PRG089", on="2021-01-15")
    start_report(page)
    picture = io.BytesIO()
    Image.new("RGB", (8, 8), "red").save(picture, format="JPEG")
    page.get_by_label("佐证材料").set_input_files(
        {"name": "现场.jpg", "mimeType": "image/jpeg", "buffer": picture.getvalue()}
    )
    report(page, "1")
    page.goto(page.url + "?on=2021-01-15")
    with page.expect_download() as download:
        page.get_by_role("link", name="现场.jpg").first.click()
    assert download.value.suggested_filename == "现场.jpg"


def test_a_macro_file_is_refused_in_words(page, sign_in, open_matter):
    open_matter(sign_in(page), "PRG088", on="2021-01-15")
    start_report(page)
    page.get_by_label("佐证材料").set_input_files(
        {"name": "表.exe", "mimeType": "application/pdf", "buffer": b"MZ not a pdf"}
    )
    report(page, "1")
    expect(page.locator(".has-error")).to_contain_text("表.exe")


def test_a_unit_is_offered_only_what_it_may_do(page, sign_in, open_matter):
    open_matter(sign_in(page, EDUCATION), "PRG001", on="2021-01-15")
    page.locator("summary").filter(has_text="更多").last.click()
    expect(page.get_by_role("link", name="报送进展")).to_be_visible()
    open_matter(page, "PRG087", on="2021-01-15")
    expect(page.get_by_role("link", name="报送进展")).to_have_count(0)


def test_a_matter_goes_from_registration_to_close_out(open_page, sign_in):
    office, checker = sign_in(open_page()), sign_in(open_page(), SUPERVISION)
    office.goto("/board/")
    office.get_by_role("link", name="登记事项").click()
    for label, value in {
        "编号": "T-2026-1",
        "名称": "演示路排水改造",
        "来源名称": "区政府常务会议纪要",
        "来源日期": "2026-1-5",
        "生效日期": "2026-1-6",
    }.items():
        office.get_by_label(label, exact=False).first.fill(value)
    office.get_by_role("button", name="登记").click()
    expect(office.get_by_role("heading", level=1)).to_contain_text("演示路排水改造")
    address = office.url.partition("?")[0]
    steps = {
        "fix_responsibility": {"牵头单位": "区教体局", "责任岗位": "区教体局演示岗"},
        "fix_target": {"数量": "10", "单位": "处"},
        "fix_milestones": {"完成时限": "2026-6-30", "节点": "2026-6-30 完工"},
        "assign": {},
        "report_progress": {"累计完成": "10", "计量日": "2026-6-20"},
    }
    for verb, values in steps.items():
        act(
            office,
            address,
            verb,
            values,
            on="2026-6-20" if verb == "report_progress" else "2026-1-7",
        )
    office.goto(address + "?on=2026-06-20")
    office.get_by_role("link", name="确认").first.click()
    send(office, "2026-6-21")
    for verb in ("verify", "close_out"):
        act(checker, address, verb, {}, on="")  # today: only the office reaches far back
    expect(checker.locator(".page-head__title")).to_contain_text("已销号")


def act(page, address, verb, values, *, on):
    """Carry out a verb by its form."""
    page.goto(f"{address}{verb}/")
    for label, value in values.items():
        box = page.get_by_label(label, exact=False).first
        if box.evaluate("node => node.tagName") == "SELECT":
            box.select_option(box.locator("option", has_text=value).first.get_attribute("value"))
        else:
            box.fill(value)
    send(page, on)


def send(page, on):
    """Give the day and press the verb."""
    if on:
        page.get_by_label("生效日期").fill(on)
    page.locator("button.button--primary[type=submit]").click()
    expect(page.locator(".notice--success")).to_be_visible()
