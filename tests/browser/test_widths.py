"""Windows between desk and phone, as on an office screen seen at twice its size; wrong input."""

import pytest
from playwright.sync_api import expect

PATHS = ("/board/", "/compare/", "/rights/", "/calendar/")
WIDTHS = (641, 683, 901, 1101, 1261, 1280)  # CSS pixels; 683 is 1366 seen at twice its size


@pytest.mark.parametrize("locale", ["zh-CN", "en"])
def test_no_window_hides_what_stands_in_the_bar(open_page, sign_in, locale):
    page = sign_in(open_page())
    if locale == "en":
        page.goto("/board/")
        page.get_by_role("button", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")
    for path in PATHS:
        page.goto(path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 600})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
            box = page.locator(".bar details.menu > summary").last.bounding_box()
            assert box["x"] + box["width"] <= width, (path, width)


def test_a_form_that_comes_back_begins_at_its_first_wrong_field(page, sign_in, open_matter):
    open_matter(sign_in(page), "PRG088", on="2021-01-15")
    page.get_by_role("link", name="报送进展").click()
    page.get_by_label("计量日").fill("2021-1-10")
    page.get_by_label("累计完成").fill("一半")
    page.get_by_role("button", name="报送进展").click()
    expect(page.get_by_label("累计完成")).to_be_focused()
    expect(page.get_by_label("累计完成")).to_have_value("一半")


def test_a_long_name_and_code_widen_no_page(page, sign_in):
    title = "关于进一步加快推进城市更新与老旧小区综合改造提升的专项行动" + "A" * 60
    sign_in(page).goto("/matters/register/")
    page.locator("[name=code]").fill("X" * 60)
    page.locator("[name=title]").fill(title)
    page.locator("[name=source_title]").fill("文" * 200)
    page.locator("[name=source_day]").fill("2021-1-1")
    page.locator("#id_on").fill("2021-1-15")
    page.get_by_role("button", name="登记事项").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    matter = page.url.split("?")[0]
    listed = "?q=XXXX&on=2021-01-15"
    paths = ("", f"/board/{listed}", f"/gaps/{listed}", f"/compare/{listed}", "why/")
    for path in paths:
        page.goto(path if path.startswith("/") else f"{matter}{path}?on=2021-01-15")
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (path, width)
