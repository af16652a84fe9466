"""The page of components: every part in all its states, in every set of tokens, in demos only."""

import re
from collections import Counter

import pytest
from django.conf import settings as django_settings
from django.test import Client

from luoshi.site.frame import THEMES

PARTS = django_settings.PACKAGE / "site" / "templates" / "site" / "parts"
OF_THE_FRAME = {  # they stand around the page, or only where somebody signed in or sent something
    "breadcrumb", "day", "districts", "draft_notice", "language", "messages", "post_menu", "rail",
    "simulated", "strip", "styles",
}  # fmt: skip


@pytest.mark.parametrize("theme", THEMES)
def test_it_stands_in_every_set_with_ids_that_differ(demo, theme):
    answer = Client().get("/components/", {"theme": theme})
    assert answer.status_code == 200
    text = answer.content.decode()
    assert f'data-theme="{theme}"' in text
    ids = Counter(re.findall(r'\bid="([^"]+)"', text))
    assert [name for name, count in ids.items() if count > 1] == []


def test_a_set_that_is_none_is_the_light_one(demo):
    assert 'data-theme="light"' in Client().get("/board/?theme=pink").content.decode()


def test_it_shows_every_part_there_is(demo):
    shown = {template.name for template in Client().get("/components/").templates}
    parts = {path.stem for path in PARTS.glob("*.html")} - OF_THE_FRAME
    assert {name for name in parts if f"site/parts/{name}.html" not in shown} == set()


def test_it_shows_every_colour_and_errors_at_their_fields(demo):
    text = Client().get("/components/").content.decode()
    for colour in ("red", "yellow", "blue", "green", "unreported", "suspended", "ungraded"):
        assert f'data-colour="{colour}"' in text
    assert text.count("has-error") == 3
    assert text.count('class="empty"') == 2


def test_outside_a_demo_there_is_no_such_page(demo, settings):
    settings.IS_DEMO = False
    assert Client().get("/components/").status_code == 404
