"""``luoshi demo --reports``: facts are linked to their characters in the articles of a folder."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from luoshi.base.texts import texts_of
from luoshi.intake.models import ReportText
from luoshi.ledger import queries
from luoshi.ledger.models import Matter
from luoshi.organisation import queries as organisation
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from luoshi.site.demo import quotes
from luoshi.site.demo.tables import Tables
from luoshi.site.management.commands.demo import DATA

ERQI = Path(__file__).resolve().parents[3] / "shared" / "data" / "reports" / "erqi"
AT = datetime(2021, 1, 16, tzinfo=UTC)
needs_articles = pytest.mark.skipif(not ERQI.is_dir(), reason="the articles are not here")


@pytest.fixture
def office(demo):
    visitor = organisation.visitor_of("410103")
    return organisation.office_of(visitor, day=date(2021, 1, 15))


def state_of(office, code):
    matter = Matter.objects.get(district=office.district, code=code)
    return state_on(queries.history_of(office, matter.pk), date.max, law=law), matter.pk


def linked(folder, office):
    found = quotes.Linked(missed=[])
    for told in quotes.link(Tables(DATA), folder, by=office, at=AT):
        found = told
    return found


@needs_articles
def test_facts_are_linked_to_their_characters(office):
    found = linked(ERQI, office)
    assert found.count >= 200
    assert len(found.missed) <= 3
    for code, words in (("PRG007", "400亿元"), ("PRG026", "8000个"), ("PRG063", "297个")):
        state, matter = state_of(office, code)
        promise = next(one for one in state.quotes if one.report is None)
        quote = texts_of(matter)[promise.quote]
        text = ReportText.objects.get(district=office.district, digest=promise.document).text
        assert text[promise.start : promise.end] == quote
        assert words in quote.replace("\n", "")
        assert any(one.report for one in state.quotes)
    assert linked(ERQI, office).count == 0  # a second time nothing is left to link


def test_a_folder_without_the_articles_links_nothing(office, tmp_path):
    found = linked(tmp_path, office)
    assert (found.count, found.missed) == (0, [])


def test_an_article_without_the_fact_is_told(office, tmp_path):
    for name in Tables(DATA).documents:
        (tmp_path / name).write_text("今日天气晴好，并无可记之事。\n", encoding="utf-8")
    found = linked(tmp_path, office)
    assert found.count == 0
    assert ("PRG007", "004_da99520fd3114fb7.txt") in found.missed


def test_a_fact_shows_document_day_and_that_its_text_was_not_supplied(signed_in, address):
    words = signed_in().get(address("PRG007")).content.decode()
    assert 'id="quotes"' in words
    assert "二七区2017年工作安排专题报道" in words


def test_a_folder_that_is_not_there_is_refused(demo, settings, tmp_path):
    settings.DEMO_MARK = tmp_path / "demo.json"
    with pytest.raises(CommandError):
        call_command("demo", "--no-serve", "--reports", str(tmp_path / "nowhere"))
