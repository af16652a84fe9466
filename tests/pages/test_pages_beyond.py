"""Lists asked for a page behind their last: they say so, and never that there is nothing."""

import pytest
from django.test import Client

LISTS = ("/gaps/?on=2021-01-15", "/compare/?on=2021-01-15&against=2020-12-31")


@pytest.mark.parametrize("address", LISTS)
def test_a_page_behind_the_last_leads_back_to_the_first(demo, address):
    page = Client().get(f"{address}&page=99")
    assert page.context["rows"] == []
    pager = page.context["pager"]
    assert f'href="{pager["first_url"].replace("&", "&amp;")}"' in page.content.decode()
    assert "没有缺项" not in page.content.decode()
    assert "没有变化" not in page.content.decode()
    last = Client().get(f"{address}&page={pager['last_page']}")
    assert last.context["rows"]


def test_charts_without_a_matter_say_that_filters_stand_in_the_way(demo):
    filtered = Client().get("/figures/?on=2021-01-15&q=nothing-of-this-name")
    assert filtered.context["colours"] is None
    assert filtered.context["filters"]
    early = Client().get("/figures/?on=2010-01-15")
    assert early.context["filters"] == []
    assert early.content != filtered.content
