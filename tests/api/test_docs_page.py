"""The page on which the interface is described: in both languages, complete, without scripts."""

import re

from django.utils import translation

from luoshi.rules.rights import Role
from luoshi.site.api import house
from luoshi.site.describing import rooms
from tests.doors.conftest import streets, walked

__all__ = ["streets", "walked"]
LATIN = re.compile(r"[A-Za-z]{3,}")


def test_every_operation_stands_on_the_page_with_who_may(streets):
    browser = streets.client(Role.OFFICER)
    page = browser.get("/api/").content.decode()
    paths = house.get_openapi_schema(path_prefix="api/v1")["paths"]
    assert len(paths) > 100
    for path, methods in paths.items():
        assert path in page
        for told in methods.values():
            assert f'id="{told["operationId"]}"' in page
    assert 'id="changed_meanwhile"' in page
    assert "<script>" not in page
    assert "督查室" in page


def test_no_operation_is_without_words_of_its_own():
    with translation.override("zh-hans"):
        found = [one for room in rooms() for one in room.operations]
    assert all(one.title and one.may and one.answers and one.curl for one in found)
    titles = [one.title for one in found]
    assert len(set(titles)) == len(titles)


def test_in_english_the_operations_are_explained(streets):
    browser = streets.client(Role.OFFICER)
    browser.cookies["django_language"] = "en"
    page = browser.get("/api/").content.decode()
    assert "Report the whole amount so far" in page
    assert "Somebody else changed the same part" in page
