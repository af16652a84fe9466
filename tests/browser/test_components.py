"""The page of components, looked at: nothing shuts anybody out, nothing is too wide."""

import pytest

from luoshi.site.frame import THEMES
from tests.browser.test_reading import violations
from tests.conftest import DESKTOP, PHONE

TOO_MUCH = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("theme", THEMES)
def test_no_set_of_tokens_shuts_people_out_or_is_too_wide(open_page, theme):
    for size in (DESKTOP, PHONE):
        page = open_page(size)
        page.goto(f"/components/?theme={theme}")
        page.wait_for_selector("[data-chart] canvas")
        assert page.evaluate(TOO_MUCH) <= 0
        found = [(rule["id"], rule["nodes"][0]["html"][:120]) for rule in violations(page)]
        assert found == []
