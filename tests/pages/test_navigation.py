"""The rail and its tabs lead only where the door opens, and keep the day that is looked at."""

import re

from django.test import Client

from luoshi.site.navigation import SECTIONS


def links(page, named):
    """The addresses of a navigation, by its class."""
    (found,) = re.findall(rf'<nav class="{named}".*?</nav>', page, re.DOTALL)
    return re.findall(r'href="([^"]+)"', found)


def test_every_page_stands_once():
    pages = [to for section in SECTIONS for to, _label in section.pages]
    assert len(pages) == len(set(pages))


def test_a_visitor_of_the_demo_finds_what_is_open(demo):
    page = Client().get("/board/").content.decode()
    rail = links(page, "rail")
    assert {"/figures/", "/goals/"} <= set(rail)
    assert not {"/accounts/", "/inbox/"} & set(rail)
    assert links(page, "tabs section-tabs") == ["/board/", "/compare/", "/gaps/", "/silence/"]
    assert 'href="/board/" aria-current="page"' in page


def test_a_part_with_one_page_has_no_tabs(demo):
    assert "section-tabs" not in Client().get("/goals/").content.decode()


def test_another_page_shows_the_same_day(demo):
    page = Client().get("/board/?on=2020-07-30&colour=red").content.decode()
    assert "/gaps/?on=2020-07-30" in links(page, "tabs section-tabs")
    assert "/goals/?on=2020-07-30" in links(page, "rail")


def test_a_page_below_another_keeps_its_place_in_the_rail(demo, address, signed_in):
    client = signed_in()
    below = {
        address("PRG063"): "/board/",
        "/matters/register/": "/board/",
        "/organisation/people/": "/organisation/",
        "/calendar/announce/": "/organisation/",
        "/inbox/preferences/": "/inbox/",
    }
    for path, home in below.items():
        page = client.get(path).content.decode()
        (rail,) = re.findall(r'<nav class="rail".*?</nav>', page, re.DOTALL)
        assert re.search(rf'href="{home}[^"]*"[^>]*aria-current', rail), path
    assert (
        "aria-current"
        not in re.findall(
            r'<nav class="rail".*?</nav>', client.get("/account/").content.decode(), re.DOTALL
        )[0]
    )


def test_a_part_of_which_one_other_page_opens_goes_by_the_name_of_that_page(signed_in):
    page = signed_in("区委督查室演示岗").get("/reports/").content.decode()
    (rail,) = re.findall(r'<nav class="rail".*?</nav>', page, re.DOTALL)
    (way,) = re.findall(r'<a [^>]*href="/reports/".*?</a>', rail, re.DOTALL)
    assert "报告" in way
    assert "/import/" not in rail
