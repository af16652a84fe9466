"""The code proposed for a new matter: the next one of the series in use."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.base.models import JournalEntry
from luoshi.ledger import free_codes as queries
from luoshi.ledger.free_codes import free_codes
from luoshi.ledger.models import Matter


@pytest.fixture
def codes(town):
    """Register matters of these codes, one after another."""

    def registered(*codes):
        for code in codes:
            town.published(code)

    return registered


def test_a_district_without_numbered_codes_is_proposed_none(town, codes):
    assert free_codes(town.office) == ()
    codes("重点", "A-甲")
    assert free_codes(town.office) == ()


def test_the_series_last_begun_in_comes_first(town, codes):
    codes("PRJ7", "PRG002", "PRG001", "PRG001-D", "IND010", "PRJ10", "PRJ9")
    assert free_codes(town.office) == ("PRJ11", "IND011", "PRG003")


def test_a_series_is_continued_after_its_highest_code_wherever_that_moved(town, codes, monkeypatch):
    monkeypatch.setattr(queries, "LOOKED_AT", 1)
    codes("SX-099", "SX-100", "SX-002")
    assert free_codes(town.office) == ("SX-101",)


def test_the_questions_asked_do_not_grow_with_the_ledger(town, codes, monkeypatch):
    monkeypatch.setattr(queries, "MOST_SERIES", 2)
    codes(*(f"{letter}1" for letter in "ABCDEF"))
    with CaptureQueriesContext(connection) as asked:
        assert free_codes(town.office) == ("F2", "E2")
    assert len(asked) == 5


def test_a_registration_that_was_taken_back_is_passed_over(town, codes):
    codes("PRJ7")
    mistaken = town.published("XMB1")
    for entry in JournalEntry.objects.filter(thread=mistaken).order_by("-number"):
        town.tell("correct", mistaken, entry=entry.number, change=None, reason="误登")
    assert not Matter.objects.filter(pk=mistaken).exists()
    assert free_codes(town.office) == ("PRJ8",)
