"""Calendars by secret addresses: read back by the library, held against RFC 5545."""

import re
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from luoshi.exchange import agenda, commands
from luoshi.exchange.commands.calendars import MOST_LINKS, AlarmOutOfBounds, TooManyCalendars
from luoshi.exchange.models import CalendarLink
from luoshi.ledger import commands as ledger
from luoshi.organisation.models import Account
from luoshi.rules.ledger import facts as f
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.webhooks import MadeAlready
from tests.ledger.town import DAY, LEAD, OFFICE, STRANGER, SUPPORT

TODAY = timezone.localdate()
DUE = TODAY + timedelta(days=90)
LONG = "二七区老旧小区改造及配套停车设施提升工程" * 4
STEPS = (
    f.Milestone(key="a", title="开工，进场；三通一平", due=TODAY + timedelta(days=10)),
    f.Milestone(key="b", title="完工", due=TODAY + timedelta(days=80)),
)


@pytest.fixture(autouse=True)
def nothing_kept():
    cache.clear()


@pytest.fixture
def matter(town):
    """A matter of the lead unit that is due in ninety days."""
    made = town.draft("S1", title=LONG)
    town.tell("fix_responsibility", made, **town.responsibility())
    town.tell("fix_target", made, targets=(town_target(),))
    town.tell("fix_milestones", made, start=DAY, due=DUE, milestones=STEPS)
    town.tell("assign", made)
    return made


def town_target():
    from tests.ledger.town import TARGET

    return TARGET


@pytest.fixture
def made(people):
    """Make an address; its owner sits at the desk of a unit."""

    def made_(desk=LEAD, **given):
        asked = {"unit": None, "alarm_days": None, "by": people.actor(desk), "command_id": uuid4()}
        return commands.make_link(**asked | given, day=TODAY, at=timezone.now())

    return made_


def opened(link, **headers):
    return Client().get(f"/calendars/{link.secret}.ics", headers=headers)


def events(link):
    answer = opened(link)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    return {str(event["UID"]): event for event in Calendar.from_ical(answer.content).events}


def summaries(link):
    return sorted(str(event["SUMMARY"]) for event in events(link).values())


def test_a_unit_finds_due_day_and_nodes_of_what_it_leads_and_supports(town, matter, made):
    for desk, unit in ((LEAD, LEAD), (STRANGER, SUPPORT)):
        found = events(made(desk, unit=town.unit(unit)))
        assert sorted(event.decoded("DTSTART") for event in found.values()) == [
            STEPS[0].due, STEPS[1].due, DUE,
        ]  # fmt: skip
        for event in found.values():
            assert event["DTSTART"].params["VALUE"] == "DATE"
            assert event.decoded("DTEND") - event.decoded("DTSTART") == timedelta(days=1)
            assert event["STATUS"] == "CONFIRMED"
            assert event["URL"] == f"http://testserver/matters/{matter}/"
    assert events(made(unit=town.unit(STRANGER))) == {}


def test_a_post_finds_what_it_answers_for(matter, made):
    assert len(events(made(LEAD))) == 3
    assert events(made(SUPPORT)) == {}


def test_every_line_is_one_of_rfc_5545(matter, made):
    file = opened(made(alarm_days=3)).content
    lines = file.split(b"\r\n")
    assert lines[-1] == b""
    assert b"\n" not in file.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)  # octets, §3.1
    unfolded = file.replace(b"\r\n ", b"").decode().split("\r\n")
    assert unfolded[:2] == ["BEGIN:VCALENDAR", unfolded[1]]
    assert unfolded[-2] == "END:VCALENDAR"
    name = re.compile(r"[A-Z0-9-]+(;[A-Z0-9-]+=[^:;]+)*:.*")
    assert all(name.fullmatch(line) for line in unfolded[:-1])
    assert "VERSION:2.0" in unfolded
    assert f"DTSTART;VALUE=DATE:{DUE:%Y%m%d}" in unfolded
    for needed in ("UID", "DTSTAMP"):
        assert sum(line.startswith(f"{needed}:") for line in unfolded) == 3
    assert sum(line == "TRIGGER:-P2DT15H" for line in unfolded) == 3
    assert f"SUMMARY:到期：{LONG}" in unfolded or f"SUMMARY:Due: {LONG}" in unfolded


def test_an_event_keeps_its_uid_and_its_sequence_grows(town, matter, made):
    link = made()
    before = events(link)
    later = DUE + timedelta(days=30)
    town.tell("fix_milestones", matter, start=DAY, due=later, milestones=STEPS)
    after = events(link)
    assert set(after) == set(before)
    for uid, event in after.items():
        assert event["SEQUENCE"] > before[uid]["SEQUENCE"]
    assert later in {event.decoded("DTSTART") for event in after.values()}


def test_a_leaders_note_changes_nothing(town, matter, made):
    link = made()
    before = opened(link).content
    note = town.tell("write_note", matter, note="只给承办链")
    sent = town.sent(thread=matter)
    ledger.redact(matter_id=matter, digests=(note.fact.note,), reason="误", sent=sent)
    other = town.tell("write_note", matter, note="又一条")
    sent = town.sent(thread=matter)
    ledger.correct(matter_id=matter, entry=other.number, change=None, reason="误", sent=sent)
    assert opened(link).content == before


def test_what_has_not_changed_is_not_sent_again(town, matter, made):
    link = made()
    etag = opened(link)["ETag"]
    unchanged = opened(link, if_none_match=etag)
    assert (unchanged.status_code, unchanged.content, unchanged["ETag"]) == (304, b"", etag)
    town.tell("abolish", matter, reason="不再实施", on=DAY)
    assert opened(link, if_none_match=etag).status_code == 200
    assert {str(one["STATUS"]) for one in events(link).values()} == {"CANCELLED"}


@pytest.mark.parametrize("method", ["POST", "PROPFIND", "PUT", "OPTIONS"])
def test_a_program_that_tries_more_is_told_that_it_is_read(matter, made, method):
    browser = Client(enforce_csrf_checks=True)
    answer = browser.generic(method, f"/calendars/{made().secret}.ics")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD")


def test_in_a_demo_too_it_opens_to_whoever_has_the_address(matter, made, settings):
    settings.IS_DEMO = True
    assert opened(made()).status_code == 200


def test_it_is_built_once_for_an_entry(matter, made, monkeypatch):
    link = made()
    first = opened(link).content
    monkeypatch.setattr(agenda, "happenings", None)
    assert opened(link).content == first


def test_a_secret_that_is_wrong_or_revoked_opens_nothing(matter, made, people):
    link = made()
    assert Client().get("/calendars/anything.ics").status_code == 404
    with pytest.raises(NotFound):
        commands.revoke_link(link=link.link.pk, by=people.actor(OFFICE), at=timezone.now())
    commands.revoke_link(link=link.link.pk, by=people.actor(LEAD), at=timezone.now())
    assert opened(link).status_code == 404
    assert link.secret not in repr(list(CalendarLink.objects.values_list()))


def test_it_dies_with_the_post_and_with_the_account(town, matter, made, people):
    link = made()
    actor = people.actor(LEAD)
    CalendarLink.objects.filter(pk=link.link.pk).update(post=town.post(SUPPORT))
    assert opened(link).status_code == 404  # not a post of theirs
    CalendarLink.objects.filter(pk=link.link.pk).update(post=actor.post)
    assert opened(link).status_code == 200
    Account.objects.filter(pk=people.accounts[LEAD].pk).update(is_active=False)
    assert opened(link).status_code == 404


def test_it_is_made_with_bounds(town, made, people):
    from dataclasses import replace

    for wrong in (-1, 61):
        with pytest.raises(AlarmOutOfBounds):
            made(alarm_days=wrong)
    with pytest.raises(NotFound):
        made(unit=uuid4())
    with pytest.raises(NotFound):
        made(by=replace(people.actor(LEAD), post=None))
    with pytest.raises(NotAllowed):
        made(by=replace(people.actor(LEAD), roles=frozenset({"system"})))
    first = made()
    with pytest.raises(MadeAlready):  # its secret was shown, and stands nowhere
        made(command_id=first.link.pk)
    for _number in range(MOST_LINKS - 1):
        made()
    with pytest.raises(TooManyCalendars):
        made()


def test_of_too_many_days_the_nearest_are_shown(matter, made, monkeypatch):
    monkeypatch.setattr(agenda, "MOST_EVENTS", 2)
    link = made()
    assert sorted(one.decoded("DTSTART") for one in events(link).values()) == [
        STEPS[0].due, STEPS[1].due,
    ]  # fmt: skip
    assert b"X-WR-CALDESC" in opened(link).content


def test_what_is_far_away_is_left_out(town, made):
    far = town.draft("S2")
    town.fix(far)  # due in 2020
    assert events(made()) == {}


def test_an_administrator_reads_no_days(town, matter, made, people):
    from dataclasses import replace

    link = made().link
    system = replace(people.actor(LEAD), roles=frozenset({"system"}))
    assert agenda.agenda_visible_to(system, link, day=TODAY).items == ()


def test_the_number_of_queries_does_not_grow(town, made, people, django_assert_max_num_queries):
    for number in range(6):
        one = town.draft(f"S{number}")
        town.fix(one)
        town.tell("fix_milestones", one, start=DAY, due=DUE, milestones=STEPS)
        town.tell("assign", one)
    link = made(unit=town.unit(LEAD)).link
    actor = people.actor(LEAD)
    with django_assert_max_num_queries(4):  # one or two are the calendar, known from then on
        assert len(agenda.agenda_visible_to(actor, link, day=TODAY).items) == 18


def test_the_page_makes_shows_once_and_revokes(town, matter, people):
    client = Client()
    client.force_login(people.accounts[LEAD])
    page = client.get(f"/calendars/?unit={town.unit(LEAD)}")
    assert page.context["form"]["unit"].value() == str(town.unit(LEAD))
    page = client.post(
        "/calendars/",
        {"unit": str(town.unit(LEAD)), "alarm_days": "3", "command_id": str(uuid4())},
    )
    address = page.context["address"]
    assert address in page.content.decode()
    assert address not in client.get("/calendars/").content.decode()
    path = address.removeprefix("http://testserver")
    assert Client().get(path).status_code == 200
    (row,) = client.get("/calendars/").context["rows"]
    assert client.post(f"/calendars/{uuid4()}/revoke/").status_code == 404
    assert client.post(f"/calendars/{row['id']}/revoke/").status_code == 302
    assert Client().get(path).status_code == 404
    assert (
        client.post("/calendars/", {"alarm_days": "99", "command_id": str(uuid4())}).status_code
        == 422
    )
    CalendarLink.objects.all().delete()
    for _number in range(MOST_LINKS):
        client.post("/calendars/", {"command_id": str(uuid4())})
    assert client.post("/calendars/", {"command_id": str(uuid4())}).status_code == 422
    assert isinstance(row["id"], UUID)
    assert date.fromisoformat(f"{row['made_at']:%Y-%m-%d}")


def test_a_district_without_a_calendar_has_no_horizon(db):
    assert agenda._horizon(uuid4(), TODAY) == TODAY
