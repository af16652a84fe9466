"""One verb on many matters: chosen, confirmed, and for each told what became of it."""

from datetime import date

import pytest
from django.test import Client
from django.utils.translation import gettext as _

from luoshi.base.models import JournalEntry
from luoshi.base.wording import sentence_for
from luoshi.ledger.models import Matter, MatterSpell, PlaceSpell
from luoshi.ledger.views.board.rows import Ticket
from luoshi.rules.ledger.refusals import NotSuspended, UnitNotConcerned

BACK = "?q=PRG0&on=2021-01-15"
ON = "2021-01-15"


@pytest.fixture
def office(signed_in):
    return signed_in()


def ids(*codes):
    return [str(Matter.objects.get(code=code).pk) for code in codes]


def choose(client, verb, *codes, **given):
    said = {"verb": verb, "matter": ids(*codes), "back": BACK} | given
    return client.post("/board/bulk/", said)


def confirm(client, page, **given):
    """Send the confirmation page back as a browser would."""
    said = {
        "verb": page.context["verb"].name,
        "confirmed": "yes",
        "back": BACK,
        "on": ON,
        "row": [str(row.ticket) for row in page.context["ready"]],
    }
    return client.post("/board/bulk/", said | given)


def report(client, code, achieved):
    """Report progress of a matter by its form."""
    form = client.get(f"/matters/{ids(code)[0]}/report_progress/").context["form"]
    said = {name: field.value() or "" for name, field in ((n, form[n]) for n in form.fields)}
    said |= {"achieved": achieved, "measured_on": "2021-01-10", "on": ON}
    assert client.post(f"/matters/{ids(code)[0]}/report_progress/", said).status_code == 302


def test_choosing_records_nothing_and_shows_whom_it_concerns(office):
    before = JournalEntry.objects.count()
    page = choose(office, "suspend", "PRG087", "PRG088")
    assert [row.code for row in page.context["ready"]] == ["PRG087", "PRG088"]
    assert page.context["left"] == []
    assert JournalEntry.objects.count() == before


def test_many_are_suspended_and_resumed_each_by_an_entry_of_its_own(office):
    before = JournalEntry.objects.count()
    done = confirm(office, choose(office, "suspend", "PRG087", "PRG088"), reason="汛期")
    assert (done.context["done"], done.context["refused"]) == (2, 0)
    assert JournalEntry.objects.count() == before + 2
    again = choose(office, "suspend", "PRG087", "PRG089")
    assert [row.code for row in again.context["ready"]] == ["PRG089"]
    assert [row.code for row in again.context["left"]] == ["PRG087"]
    assert again.context["left"][0].note
    back = confirm(office, choose(office, "resume", "PRG087", "PRG088"), reason="汛期已过")
    assert back.context["done"] == 2


def test_the_same_confirmation_twice_records_once(office):
    page = choose(office, "suspend", "PRG087", "PRG088")
    confirm(office, page, reason="汛期")
    before = JournalEntry.objects.count()
    again = confirm(office, page, reason="汛期")
    assert again.context["done"] == 2
    assert JournalEntry.objects.count() == before


def test_one_that_is_refused_keeps_no_other_from_being_done(office):
    page = choose(office, "suspend", "PRG087", "PRG088", "PRG089")
    confirm(office, choose(office, "suspend", "PRG088"), reason="先行中止")
    done = confirm(office, page, reason="汛期")
    outcome = {row["code"]: row["is_done"] for row in done.context["results"]}
    assert outcome == {"PRG087": True, "PRG088": False, "PRG089": True}
    assert all(row["sentence"] for row in done.context["results"])


def test_reports_are_confirmed_with_the_newest_figure(office):
    report(office, "PRG091", "60")
    report(office, "PRG091", "70")
    report(office, "PRG092", "5")
    page = choose(office, "confirm_report", "PRG091", "PRG092", "PRG063")
    notes = {row.code: row.note for row in page.context["ready"]}
    assert "70" in notes["PRG091"]
    assert "1" in notes["PRG091"]
    assert [row.code for row in page.context["left"]] == ["PRG063"]
    assert confirm(office, page).context["done"] == 2
    shown = MatterSpell.objects.filter(code="PRG091", from_day__lte=date(2021, 1, 15))
    assert 70 in shown.values_list("achieved", flat=True)


def test_goals_are_changed_for_all_and_the_area_stays_each_ones_own(office):
    page = choose(office, "place", "PRG087", "PRG088")
    goal = page.context["form"].fields["goals"].choices[0][0]
    assert confirm(office, page, goals=[goal]).context["done"] == 2
    for matter in ids("PRG087", "PRG088"):
        goals = PlaceSpell.objects.filter(
            thread=matter, known_to=2**62, to_day__gt=date(2021, 2, 1)
        )
        assert {str(one.goal) for one in goals} == {goal}


def test_many_projects_go_to_the_next_stage_together(office):
    page = choose(office, "set_stage", "PRG087", "PRG088")
    assert confirm(office, page, stage="half").context["form"].errors["stage"]
    done = confirm(office, page, stage="continuing", listed="no")
    assert done.context["done"] == 2
    for matter in ids("PRG087", "PRG088"):
        shown = MatterSpell.objects.filter(thread=matter, known_to=2**62)
        assert shown.latest("from_day").stage == "continuing"


def test_what_a_form_lacks_is_said_and_nothing_chosen_is_lost(office):
    page = choose(office, "suspend", "PRG087", "PRG088")
    asked = confirm(office, page, reason="", on="二月三十")
    assert asked.status_code == 422
    assert set(asked.context["form"].errors) == {"reason", "on"}
    assert [row.code for row in asked.context["ready"]] == ["PRG087", "PRG088"]


def test_nothing_chosen_or_no_verb_leads_back_with_a_sentence(office):
    assert choose(office, "suspend")["Location"] == f"/board/{BACK}"
    assert choose(office, "verify", "PRG087")["Location"] == f"/board/{BACK}"
    strange = {"verb": "suspend", "matter": ["nonsense", "7"], "back": "https://elsewhere.example/"}
    assert office.post("/board/bulk/", strange)["Location"] == "/board/"
    assert office.get("/board/bulk/").status_code == 405
    bad = {"verb": "suspend", "confirmed": "yes", "on": ON, "reason": "x", "row": ["a:b:c", ""]}
    assert office.post("/board/bulk/", bad).context["results"] == []


def test_who_may_not_is_offered_nothing(signed_in, office):
    unit = signed_in("区教体局演示岗")
    assert [verb.name for verb in unit.get("/board/").context["bulk_verbs"]] == ["accept"]
    page = choose(unit, "accept", "PRG087")
    assert [row.code for row in page.context["left"]] == ["PRG087"]
    assert choose(unit, "suspend", "PRG087")["Location"] == f"/board/{BACK}"
    assert choose(Client(), "suspend", "PRG087")["Location"].startswith("/sign-in/")


def test_a_ticket_reads_what_it_writes():
    ticket = Ticket.read(
        "6f1c1b5e-0000-4000-8000-000000000001:12:6f1c1b5e-0000-4000-8000-000000000002:"
    )
    assert Ticket.read(str(ticket)) == ticket
    assert Ticket.read("") is None
    assert Ticket.read("6f1c1b5e-0000-4000-8000-000000000001:-1:x:") is None


def left(page):
    return {row.code: str(row.note) for row in page.context["left"]}


def test_each_that_is_left_says_why_by_the_law_itself_and_the_rest_is_done(office):
    confirm(office, choose(office, "suspend", "PRG087"), reason="汛期")
    title = Matter.objects.get(code="PRG088").title
    page = choose(office, "resume", "PRG087", "PRG088")
    assert [row.code for row in page.context["ready"]] == ["PRG087"]
    assert left(page) == {"PRG088": sentence_for(NotSuspended(title=title))}
    page = choose(office, "suspend", "PRG087", "PRG088")
    assert [row.code for row in page.context["ready"]] == ["PRG088"]
    assert "2021" in left(page)["PRG087"]  # since when it rests
    waiting = left(choose(office, "confirm_report", "PRG088"))
    assert waiting == {"PRG088": _("No report waits for an answer.")}


def test_a_unit_is_told_that_a_matter_is_not_its_own(signed_in):
    title = Matter.objects.get(code="PRG087").title
    page = choose(signed_in("区教体局演示岗"), "accept", "PRG087")
    assert left(page) == {"PRG087": sentence_for(UnitNotConcerned(title=title))}
