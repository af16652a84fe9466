"""Inbox, preferences, receipts and burden as people meet them, and one journey through them."""

import re
from datetime import timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.base.models import JournalEntry, Outbox
from luoshi.ledger import commands as ledger
from luoshi.ledger import queries
from luoshi.ledger.commands import Sent
from luoshi.notices import commands
from luoshi.notices.models import Delivery, InboxItem, Preference
from luoshi.notices.views.burden import length_in_text
from luoshi.organisation import commands as organisation
from luoshi.rules.rights import Role
from tests.ledger.conftest import founded_town, town
from tests.ledger.town import FOUNDED, LEAD, SUPPORT
from tests.notices.desks import Desks

__all__ = ["founded_town", "town"]


@pytest.fixture
def desks(town, settings):
    """A real ledger with people at their desks."""
    settings.IS_DEMO = False
    settings.OPENING_DAY = None
    return Desks(town)


@pytest.fixture
def enter(town, desks):
    """A browser of a person of the town; ``roles`` are those of a further post."""

    def entered(name, *roles):
        person = town.actors[name].person
        if roles:
            post = f"{name}的{'、'.join(roles)}岗"
            desks.found(post, name, roles=roles)
            desks.hold(name, None, on=FOUNDED)
            desks.hold(post, person)
        account = organisation.make_account(
            login=f"{name}@{uuid4()}", password=None, person=person, district=town.district
        )
        assert isinstance(account, get_user_model())
        client = Client()
        client.force_login(account)
        return client

    return entered


def now_sent(town, matter, by=None, **given):
    """A command of this very moment."""
    return Sent(
        on=timezone.localdate(),
        expected=queries.last_entry_of(matter) if matter else 0,
        command_id=uuid4(),
        by=by or town.office,
        at=timezone.now(),
        **given,
    )


def assigned_now(town, code):
    matter = town.draft(code)
    town.fix(matter)
    ledger.assign(matter_id=matter, sent=now_sent(town, matter))
    return matter


def deliver_all():
    while commands.deliver(at=timezone.now()):
        pass


def page_of(answer):
    return unescape(answer.content.decode())


# ---- the inbox


def test_an_empty_inbox_says_what_will_come(enter):
    page = page_of(enter(LEAD).get("/inbox/"))
    assert "empty" in page


def test_a_notice_is_counted_above_every_page_until_it_is_opened(town, desks, enter):
    matter = assigned_now(town, "S1")
    deliver_all()
    client = enter(LEAD)
    answer = client.get("/organisation/")
    assert answer.context["inbox_count"] == 1
    page = client.get("/inbox/")
    (row,) = page.context["rows"]
    assert (row["is_unread"], row["is_asked"]) == (True, True)
    assert row["due"].isoformat() == "2020-12-31"
    assert "停车位新建 S1" in page_of(page)
    opened = client.get(f"/inbox/{row['id']}/")
    assert opened["Location"] == f"/matters/{matter}/"
    assert client.get("/inbox/").context["inbox_count"] == 0
    assert client.get("/inbox/?which=unread").context["rows"] == []
    assert len(client.get("/inbox/?which=asked").context["rows"]) == 1
    assert len(client.get("/inbox/?which=nonsense&page=x").context["rows"]) == 1


def test_what_became_of_an_ask_stands_beside_it(town, desks, enter):
    first, second = assigned_now(town, "S1"), assigned_now(town, "S2")
    deliver_all()
    ledger.accept(matter_id=first, sent=now_sent(town, first, town.actors[LEAD]))
    ledger.abolish(matter_id=second, reason="并入他项", sent=now_sent(town, second))
    rows = enter(LEAD).get("/inbox/").context["rows"]
    assert [(row["is_asked"], row["is_answered"], row["is_dropped"]) for row in rows].count(
        (False, True, False)
    ) == 1
    assert any(row["is_dropped"] for row in rows)


def test_nobody_opens_anothers_item(town, desks, enter):
    assigned_now(town, "S1")
    deliver_all()
    theirs = InboxItem.objects.get(person=desks.person(SUPPORT))
    assert enter(LEAD).get(f"/inbox/{theirs.pk}/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


def test_an_item_of_what_is_gone_leads_back(town, desks, enter):
    assigned_now(town, "S1")
    deliver_all()
    Outbox.objects.update(thread=uuid4())
    client = enter(LEAD)
    item = InboxItem.objects.get(person=desks.person(LEAD))
    assert client.get(f"/inbox/{item.pk}/")["Location"] == "/inbox/"
    assert client.get("/inbox/").status_code == 200


def test_all_is_marked_as_read_by_a_button_only(town, desks, enter):
    assigned_now(town, "S1")
    deliver_all()
    client = enter(LEAD)
    assert client.get("/inbox/read/").status_code == 405
    assert client.post("/inbox/read/").status_code == 302
    assert client.get("/inbox/").context["inbox_count"] == 0


def test_a_long_inbox_has_pages(town, desks, enter, monkeypatch):
    for code in ("S1", "S2", "S3"):
        assigned_now(town, code)
    deliver_all()
    monkeypatch.setattr("luoshi.notices.views.inbox.PAGE_SIZE", 2)
    client = enter(LEAD)
    first = client.get("/inbox/")
    assert len(first.context["rows"]) == 2
    second = client.get("/inbox/" + first.context["pager"]["next_url"])
    assert len(second.context["rows"]) == 1
    assert second.context["pager"]["previous_url"] == "?page=1"
    assert client.get("/inbox/?page=99").context["pager"]["previous_url"] == "?page=2"


def test_the_count_costs_one_query_and_the_list_no_more_for_more_rows(town, desks, enter):
    client = enter(LEAD)

    def queries_of(path):
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            assert client.get(path).status_code == 200
        return caught.captured_queries

    assigned_now(town, "S1")
    deliver_all()
    one = len(queries_of("/inbox/"))
    counting = [q for q in queries_of("/organisation/") if "notices_inboxitem" in q["sql"]]
    assert len(counting) == 1
    for code in ("S2", "S3", "S4"):
        assigned_now(town, code)
    deliver_all()
    assert len(queries_of("/inbox/")) == one


# ---- preferences


WISH = {"channels": ["email"], "address_email": "a@example.org", "working_days_only": "on"}


@pytest.fixture
def ways(monkeypatch):
    """E-mail and the file outbox are open."""
    from luoshi.notices.channels import made

    both = made({"file": {"folder": None}, "email": {}})
    for place in ("views.inbox", "commands.reading"):
        monkeypatch.setattr(f"luoshi.notices.{place}.available", lambda: both)


def test_a_person_says_how_to_be_told_and_finds_it_again(enter, ways):
    client = enter(LEAD)
    assert client.get("/inbox/preferences/").status_code == 200
    said = {**WISH, "quiet_from": "20:00", "quiet_to": "8:30"}
    assert client.post("/inbox/preferences/", said).status_code == 302
    kept = Preference.objects.get()
    assert (kept.channels, kept.addresses) == (["email"], {"email": "a@example.org"})
    form = client.get("/inbox/preferences/").context["form"]
    assert (form["quiet_from"].value(), form["quiet_to"].value()) == ("20:00", "08:30")
    assert form["address_email"].value() == "a@example.org"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address_email": ""}, "address_email"),
        ({"address_email": "nonsense"}, "address_email"),
        ({"quiet_from": "20:00"}, "quiet_to"),
        ({"quiet_to": "8:00"}, "quiet_from"),
        ({"quiet_from": "25:00", "quiet_to": "8:00"}, "quiet_from"),
        ({"quiet_from": "25:00"}, "quiet_from"),
        ({"channels": ["pigeon"]}, "channels"),
    ],
)
def test_a_wrong_wish_is_said_at_its_field_and_nothing_is_kept(enter, ways, said, field):
    answer = enter(LEAD).post("/inbox/preferences/", {**WISH, **said})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Preference.objects.exists()


# ---- receipts


def test_a_unit_reads_its_own_receipt_and_the_office_all(town, desks, enter):
    assigned_now(town, "S1")
    deliver_all()
    client = enter(LEAD)
    own = client.get("/receipts/")
    assert [line.post for line in own.context["lines"]] == [f"{LEAD}负责人"]
    assert client.get(f"/receipts/?unit={town.unit(SUPPORT)}").status_code == 403
    office = enter("办公室", Role.OFFICE)
    whole = office.get("/receipts/")
    assert len(whole.context["lines"]) == whole.context["sent"] == 2
    assert whole.context["may_choose"]
    one = office.get(f"/receipts/?unit={town.unit(SUPPORT)}&on={timezone.localdate()}")
    assert len(one.context["lines"]) == 1
    assert office.get("/receipts/?on=2020-13-45&unit=x").status_code == 200
    assert office.get("/receipts/?on=2020-01-06").context["lines"] == []


def test_a_receipt_says_why_something_was_not_sent_and_goes_out_as_a_file(town, desks, enter):
    desks.hold(SUPPORT, None, on=FOUNDED)
    assigned_now(town, "S1")
    deliver_all()
    notice = Outbox.objects.filter(audience_kind="post").get()
    for state, given in (
        ("waiting", {}),
        ("sent", {"sent_at": timezone.now()}),
        ("not_sent", {"reason": "given_up"}),
    ):
        Delivery.objects.create(
            id=uuid4(), district=town.district, notice=notice, channel="email", state=state,
            at=timezone.now(), not_before=timezone.now(), post=town.post(LEAD), **given,
        )  # fmt: skip
    office = enter("办公室", Role.OFFICE)
    answer = office.get("/receipts/")
    assert (answer.context["sent"], answer.context["unsent"]) == (2, 3)
    for ending in ("csv", "xlsx"):
        file = office.get(f"/receipts/export/{ending}/")
        assert file.status_code == 200
        assert "attachment" in file["Content-Disposition"]
    text = office.get("/receipts/export/csv/").content.decode("utf-8-sig")
    assert text.count("\n") >= 6
    assert "停车位新建 S1" in text
    assert office.get("/receipts/export/pdf/").status_code == 404


def test_a_receipt_of_what_is_gone_still_reads(town, desks, enter):
    assigned_now(town, "S1")
    deliver_all()
    Outbox.objects.update(thread=uuid4())
    assert enter(LEAD).get("/receipts/").context["lines"][0].url == ""


def test_in_a_demo_anybody_reads_receipts_and_burden(town, desks, settings):
    settings.IS_DEMO = True
    assert Client().get("/receipts/").status_code == 200
    assert Client().get("/burden/").status_code == 200
    assert Client().get("/inbox/").status_code == 302


# ---- burden and cap


def hidden(page):
    form = page.context["form"]
    return {name: form[name].value() for name in ("expected", "command_id")}


def test_the_office_sets_the_cap_others_only_read(town, desks, enter):
    assigned_now(town, "S1")
    office = enter("办公室", Role.OFFICE)
    page = office.get("/burden/")
    assert len(page.context["posts"]) == 2
    assert page.context["week"].cap is None
    sent = {**hidden(page), "asks_per_week": "1"}
    assert office.post("/burden/cap/", sent).status_code == 302
    assert office.post("/burden/cap/", sent).status_code == 302  # the same again
    assert JournalEntry.objects.filter(kind="burden.cap_set").count() == 1
    again = office.get("/burden/")
    assert again.context["week"].cap == 1
    assert office.post("/burden/cap/", {**sent, "asks_per_week": "0"}).status_code == 422
    late = office.post("/burden/cap/", {**sent, "asks_per_week": "3"})
    assert late.status_code == 422
    head = enter(LEAD, Role.UNIT_HEAD)
    own = head.get("/burden/")
    assert own.context["form"] is None
    assert head.get(f"/burden/?unit={town.unit(SUPPORT)}").status_code == 403
    assert head.post("/burden/cap/", sent).status_code == 403
    before = own.context["before_url"]
    assert head.get(before).context["posts"] == []
    assert head.get(before).context["after_url"]


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (None, "–"),
        (timedelta(minutes=20), "1"),
        (timedelta(hours=3), "3"),
        (timedelta(hours=47), "47"),
        (timedelta(days=5), "5"),
    ],
)
def test_a_wait_is_told_in_hours_and_then_in_days(length, text):
    assert text in length_in_text(length) or length == timedelta(minutes=20)


# ---- one journey


def field(page, name):
    """The value of a hidden field."""
    return re.search(rf'name="{name}"[^>]*value="([^"]+)"', page)[1]


def test_from_a_cap_to_an_ask_with_consent_to_its_answer_and_the_receipt(town, desks, enter):
    office, unit = enter("办公室", Role.OFFICE), enter(LEAD)
    assigned_now(town, "S1")
    cap = office.get("/burden/")
    office.post("/burden/cap/", {**hidden(cap), "asks_per_week": "1"})

    matter = town.draft("S2")
    town.fix(matter)
    path = f"/matters/{matter}/assign/"
    page = office.get(path).content.decode()
    assert "consent" not in page
    sent = {
        "on": timezone.localdate().isoformat(),
        "expected": field(page, "expected"),
        "command_id": field(page, "command_id"),
    }
    refused = office.post(path, sent)
    assert refused.status_code == 422
    assert 'name="consent"' in refused.content.decode()
    assert f"{LEAD}负责人" in page_of(refused)
    assert office.post(path, {**sent, "consent": ""}).status_code == 422
    assert office.post(path, {**sent, "consent": "防汛急件"}).status_code == 302

    deliver_all()
    rows = unit.get("/inbox/").context["rows"]
    row = next(one for one in rows if one["subject"].code == "S2")
    assert unit.get(f"/inbox/{row['id']}/", follow=True).status_code == 200
    accept = f"/matters/{matter}/accept/"
    page = unit.get(accept).content.decode()
    answered = unit.post(
        accept,
        {
            "on": timezone.localdate().isoformat(),
            "expected": field(page, "expected"),
            "command_id": field(page, "command_id"),
        },
    )
    assert answered.status_code == 302
    rows = unit.get("/inbox/").context["rows"]
    assert next(one for one in rows if one["subject"].code == "S2")["is_answered"]
    week = office.get("/burden/")
    lead = next(one for one in week.context["posts"] if one["name"] == f"{LEAD}负责人")
    assert (lead["asks"], lead["answered"], lead["is_allowed"]) == (2, 1, True)
    assert len(unit.get("/receipts/").context["lines"]) == 2
