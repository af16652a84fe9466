"""The board's page: what it shows, how many queries it takes, and that it bears every address."""

from urllib.parse import parse_qsl

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from luoshi.ledger.daybook import forget_daybooks

MOST_QUERIES = 20


def queries_of(client, path):
    """Return how many queries a page takes where nothing is kept of it, nor of its day."""
    cache.clear()  # else the page itself may be kept, from a test before
    client.get(path)  # goals, units and posts of a day are kept from here on
    cache.clear()
    forget_daybooks()
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(path).status_code == 200
    return len(caught)


def test_the_board_opens_on_the_demo_day_for_a_visitor_of_a_demo(demo):
    page = Client().get("/board/")
    assert page.status_code == 200
    assert page.context["shown"].day.isoformat() == "2021-01-15"


def test_a_visitor_of_a_real_home_is_asked_to_sign_in(demo, settings):
    settings.IS_DEMO = False
    for path in ("/board/", "/gaps/", "/organisation/"):
        assert Client().get(path)["Location"].startswith("/sign-in/")


def test_the_board_takes_as_many_queries_on_any_day_and_for_any_filter(demo):
    client = Client()

    def asked(query):
        return queries_of(client, f"/board/?{query}")

    today = asked("on=2026-11-01")
    assert asked("on=2020-07-30") == today
    assert asked("on=2020-07-30&known_at=500") <= today + 2
    narrowed = "&".join(("q=PRG", "kind=programme", "due=3000", "sort=-unit", "col=goals"))
    for query in ("on=2016-07-07", f"on=2020-07-30&{narrowed}", "on=2020-07-30&q=nothing"):
        assert asked(query) <= today  # fewer where there is nothing
    assert today <= MOST_QUERIES
    asked(f"on=2020-07-30&{narrowed}")
    with CaptureQueriesContext(connection) as again:
        client.get(f"/board/?on=2020-07-30&{narrowed}&sort=due")
    assert len(again) < today


@pytest.mark.parametrize("when", ["on=2020-07-30", "on=2020-07-30&known_at=3000"])
def test_matters_are_found_by_the_initials_of_their_titles(demo, when):
    def found(words):
        page = Client().get("/board/", {"q": words, **dict(parse_qsl(when))})
        return {row.title for row in page.context["rows"]}

    assert "老旧小区改造" in found("ljxqgz")
    assert found("LJXQ") == found("ljxq") <= found("xq")
    assert found("老旧小区") <= found("ljxq")
    assert not found("ljxqzzz")


@pytest.mark.parametrize("page", ["figures", "compare"])
def test_charts_and_comparisons_are_narrowed_by_initials_too(demo, page):
    def shown(words):
        answer = Client().get(f"/{page}/", {"q": words, "on": "2020-07-30", "from": "2020-01-01"})
        told = answer.context
        return told["colours_figures"]["rows"] if page == "figures" else told["balance"]

    assert shown("ljxqgz") == shown("老旧小区改造") != shown("")


def test_counts_by_colour_add_up_and_narrow(demo):
    page = Client().get("/board/?on=2020-07-30")
    counts = {one["colour"]: one["count"] for one in page.context["counts"]}
    assert sum(counts.values()) == page.context["total"]
    red = Client().get("/board/?on=2020-07-30&colour=red")
    assert red.context["shown_total"] == counts["red"]
    assert {row.colour for row in red.context["rows"]} == {"red"}


def test_a_goal_holds_what_stands_below_it(demo):
    page = Client().get("/board/?on=2020-07-30")
    goals = {goal["name"]: goal for goal in page.context["goals"]}
    pillars = [goals[name]["total"] for name in ("品质二七", "田园二七", "温暖二七")]
    assert goals["三个二七"]["total"] == sum(pillars)
    narrowed = Client().get(f"/board/{goals['田园二七']['url']}")
    assert narrowed.context["shown_total"] == goals["田园二七"]["total"]


@pytest.mark.parametrize("sort", ["urgency", "-due", "title", "-achieved", "quantity", "nonsense"])
def test_every_sort_shows_the_same_matters(demo, sort):
    page = Client().get(f"/board/?on=2020-07-30&sort={sort}")
    assert (
        page.context["shown_total"] == Client().get("/board/?on=2020-07-30").context["shown_total"]
    )


def test_the_pages_of_the_board_hold_every_matter_once(demo):
    seen, path = [], "/board/?on=2021-01-15"
    while path:
        page = Client().get(path)
        seen += [row.code for row in page.context["rows"]]
        following = page.context["pager"]["next_url"]
        path = f"/board/{following}" if following else ""
    assert len(seen) == len(set(seen)) == page.context["shown_total"] > 50


def test_an_empty_board_says_why_and_offers_a_way(demo):
    empty = Client().get("/board/?q=没有这样的事项")
    assert empty.context["rows"] == []
    assert empty.context["clear_url"] in empty.content.decode()
    assert Client().get("/board/?on=2015-12-31").status_code == 200


def test_the_board_as_known_before_the_reports_shows_none(demo):
    page = Client().get("/board/?on=2020-07-30&known_at=3&closed=1")
    assert page.context["shown_total"] == 0
    refused = Client().get("/board/?known_at=999999")
    assert "999999" in refused.content.decode()


def test_the_organisation_page_shows_three_park_committees_and_later_four_area_committees(demo):
    early = Client().get("/organisation/?on=2017-07-01").content.decode()
    late = Client().get("/organisation/?on=2020-08-01").content.decode()
    assert early.count("园区管委会（") == 3
    assert "片区管委会" not in early
    assert late.count("片区管委会（") == 4
    assert Client().get("/organisation/?on=nonsense").status_code == 200


ODD = st.text(max_size=12)


@pytest.mark.long
@settings(
    max_examples=settings.default.max_examples // 4,  # each case opens the slowest pages
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    values=st.dictionaries(
        st.sampled_from(
            [
                "on",
                "known_at",
                "colour",
                "goal",
                "unit",
                "kind",
                "missing",
                "q",
                "sort",
                "page",
                "closed",
            ]
        ),
        ODD,
        max_size=5,
    )
)
def test_no_address_of_the_board_breaks_it(demo, values):
    for path in ("/board/", "/gaps/"):
        assert Client().get(path, values).status_code == 200


def test_the_language_is_chosen_by_the_reader_and_nobody_else(demo):
    client = Client(headers={"accept-language": "en"})
    assert 'lang="zh-hans"' in client.get("/board/").content.decode()
    client.post("/i18n/setlang/", {"language": "en", "next": "/board/"})
    assert 'lang="en"' in client.get("/board/").content.decode()


def test_every_answer_carries_a_strict_content_policy(demo):
    policy = Client().get("/board/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy


def test_an_unknown_address_is_a_page_of_ours(demo):
    page = Client().get("/nowhere/")
    assert page.status_code == 404
    assert page["Content-Security-Policy"]
