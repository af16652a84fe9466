"""Correcting from a page: it says what is corrected, and asks for nothing that would not count."""

import pytest

from tests.pages.test_verb_pages import send


@pytest.fixture
def correcting(demo, signed_in, address):
    """The page that corrects an entry of the matter of a code, by the place of it in the thread."""
    client = signed_in()

    def opened(place):
        page = client.get(f"{address('PRG063')}?on=2021-01-15").context["page"]
        entry = page["thread"][place]
        return client, entry, entry["correct_url"]

    return opened


def test_a_report_is_shown_before_its_figures_are_corrected(correcting):
    client, entry, path = correcting(1)
    page = client.get(path)
    assert page.context["form"]["achieved"].value() is not None
    told = [str(line["value"]) + line["note"] for line in page.context["about"]]
    assert any(str(entry["number"]) in line for line in told)
    assert any("103" in line for line in told)


def test_of_any_other_entry_only_its_day_is_corrected(correcting):
    client, entry, path = correcting(-1)
    page = client.get(path)
    form = page.context["form"]
    assert {"achieved", "measured_on"} & set(form.fields) == set()
    assert form["withdraw"].help_text
    assert str(entry["number"]) in str(page.context["about"][0]["value"])
    unclear = send(client, path, reason="")
    assert unclear.status_code == 422
    assert "achieved" not in unclear.context["form"].fields


def test_an_entry_that_is_not_there_is_spoken_of_by_nothing(correcting):
    client, _entry, path = correcting(1)
    page = client.get(path.split("?")[0] + "?entry=999999")
    assert page.context["about"] == []
