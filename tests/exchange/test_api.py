"""Feed, subscriptions and calendars as another system reaches them."""

from contextlib import contextmanager
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.accounts.models import ApiToken
from luoshi.audit.models import AuditLine
from luoshi.base import place
from luoshi.exchange.api import feed as api
from luoshi.exchange.feed import last_number
from luoshi.exchange.models import Subscription
from luoshi.rules.rights import Role
from tests.api.answers import problem_of
from tests.api.conftest import _real_ledger, machine
from tests.holders import name_to
from tests.ledger.town import DAY, LEAD, STRANGER

__all__ = ["_real_ledger", "machine"]


def followed(machine, **query):
    """The whole feed, some entries at a time."""
    found, after = [], 0
    while True:
        answer = machine.get("/journal", {"after": after, "limit": 9, **query})
        assert answer.status_code == 200, answer.content
        told = answer.json()
        found += told["entries"]
        after = told["last"]
        if not told["more"]:
            return found, after


def test_the_feed_gives_every_entry_once(machine, town):
    office = machine("office")
    town.assigned()
    entries, last = followed(office)
    assert [entry["number"] for entry in entries] == list(range(1, last + 1))
    assert last == last_number(town.district)
    of_matters, _last = followed(office, thread_kind="matter")
    assert {entry["thread_kind"] for entry in of_matters} == {"matter"}
    assigned, _last = followed(office, kind=["matter.assigned"], unit=str(town.unit(LEAD)))
    assert [entry["kind"] for entry in assigned] == ["matter.assigned"]


def test_a_note_is_left_out_for_those_who_may_not_read_it(machine, town):
    matter = town.assigned()
    town.tell("write_note", matter, note="只给承办链")
    line, stranger = machine("officer", unit=LEAD), machine("officer", unit=STRANGER)
    told = [entry["kind"] for entry in followed(line)[0]]
    assert "matter.note_written" in told
    entries, last = followed(stranger)
    assert "matter.note_written" not in [entry["kind"] for entry in entries]
    assert last == last_number(town.district)


def test_who_may_not_read_the_ledger_follows_nothing(machine):
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDITOR):
        problem_of(machine(role).get("/journal"), 403, "not_allowed")


@pytest.mark.parametrize("query", [{"after": -1}, {"limit": 501}, {"wait": 31}, {"unit": "x"}])
def test_what_cannot_be_asked_is_refused(machine, query):
    problem_of(machine("office").get("/journal", query), 422, "not_valid")


def test_what_is_taken_out_is_noted_and_asking_in_vain_is_not(machine, town):
    office = machine("office")
    office.get("/journal", {"limit": 3})
    lines = AuditLine.objects.filter(district=town.district, verb="read_feed")
    assert lines.count() == 1
    last = last_number(town.district)
    assert office.get("/journal", {"after": last}).json() == {
        "entries": [],
        "last": last,
        "more": False,
    }
    assert lines.count() == 1


def test_where_nobody_may_wait_it_answers_at_once_and_says_when_to_come(machine, town):
    last = last_number(town.district)
    office = machine("office")
    last = last_number(town.district)
    answer = office.get("/journal", {"after": last, "wait": 30})
    assert answer["Retry-After"] == str(api.COME_BACK_AFTER)
    assert answer.json()["entries"] == []
    assert "Retry-After" not in office.get("/journal", {"after": last})


@pytest.fixture
def places(monkeypatch):
    """A server that counts places; gives what happens while somebody waits."""
    meanwhile = []

    @contextmanager
    def waiting():
        yield bool(meanwhile)
        if meanwhile:
            meanwhile.pop(0)()

    monkeypatch.setattr(place, "is_counted", lambda: True)
    monkeypatch.setattr(place, "waiting", waiting)
    monkeypatch.setattr(api, "STEP", 0.01)
    return meanwhile


def test_who_waits_gets_the_entry_when_it_comes(machine, town, places):
    office, stranger = machine("office"), machine("officer", unit=STRANGER)
    matter = town.assigned()
    last = last_number(town.district)
    places += [lambda: None, lambda: town.report(matter)]
    told = office.get("/journal", {"after": last, "wait": 30})
    assert [entry["kind"] for entry in told.json()["entries"]] == ["matter.progress_reported"]
    last = last_number(town.district)
    places += [
        lambda: town.tell("write_note", matter, note="不给旁人"),
        lambda: town.report(matter, 50),
    ]
    told = stranger.get("/journal", {"after": last, "wait": 30}).json()
    assert [entry["number"] for entry in told["entries"]] == [last + 2]
    answer = office.get("/journal", {"after": last + 2, "wait": 30})
    assert answer["Retry-After"]  # too many wait already


def test_who_lost_token_or_post_while_waiting_gets_nothing(machine, town, places):
    office, matter = machine("office"), town.assigned()

    def waited(meanwhile):
        places.append(lambda: (meanwhile(), town.report(matter)))
        return office.get("/journal", {"after": last_number(town.district), "wait": 30})

    successor = partial(name_to, town, office.token.post, uuid4(), on=DAY)
    problem_of(waited(successor), 401, "token_post_gone")
    office = machine("office")
    state = {"revoked_at": timezone.now(), "revoked_by": office.account.person}
    taken_back = waited(lambda: ApiToken.objects.filter(pk=office.token.pk).update(**state))
    problem_of(taken_back, 401, "token_revoked")


def test_who_waits_in_vain_is_told_so_in_time(machine, town, places):
    office = machine("office")
    last = last_number(town.district)
    places += [lambda: None] * 500
    answer = office.get("/journal", {"after": last, "wait": 1})
    assert answer.json() == {"entries": [], "last": last, "more": False}
    assert "Retry-After" not in answer


def test_a_subscription_is_made_turned_and_ended(machine, town, receiver):
    office, system = machine("office"), machine("system")
    key = uuid4()
    body = {"label": "市平台", "url": receiver.url, "narrowed": {"kinds": ["matter"]}}
    made = office.post("/subscriptions", body, key=key).json()["result"]
    assert made["secret"].startswith("whsec_")
    again = office.post("/subscriptions", body, key=key).json()["result"]
    assert again == made
    other = office.post("/subscriptions", body | {"label": "省平台"}, key=key)
    problem_of(other, 422, "made_already")
    here = f"/subscriptions/{made['id']}"
    (row,) = system.rows("/subscriptions")
    assert (row["label"], row["thread_kinds"], row["state"]) == ("市平台", ["matter"], "active")
    assert office.post(f"{here}/pause").status_code == 200
    assert office.post(f"{here}/resume").status_code == 200
    secret = office.post(f"{here}/secret").json()["result"]["secret"]
    assert secret != made["secret"]
    problem_of(system.post(f"{here}/secret"), 403, "not_allowed")
    assert system.post(f"{here}/end").status_code == 200
    problem_of(office.post(f"{here}/resume"), 422, "subscription_over")
    assert Subscription.objects.get().state == "ended"
    problem_of(office.post(f"/subscriptions/{uuid4()}/pause"), 404, "not_found")
    wrong = office.post("/subscriptions", body | {"url": "http://10.0.0.1/"})
    problem_of(wrong, 422, "address_not_allowed")


def test_deliveries_are_listed_sent_again_and_left_out(machine, town, receiver):
    from django.utils import timezone

    from luoshi.exchange import commands

    office = machine("office")
    body = {"label": "市平台", "url": receiver.url, "narrowed": {"kinds": ["matter"]}}
    made = office.post("/subscriptions", body).json()["result"]
    town.assigned()
    receiver.answers.append(422)
    commands.post_entries(at=timezone.now())
    rows = office.rows(f"/subscriptions/{made['id']}/deliveries", limit=2)
    assert len(rows) == 5
    first = rows[-1]
    assert (first["state"], first["status"], first["attempts"]) == ("waiting", 422, 1)
    assert office.post(f"/deliveries/{first['id']}/leave_out").status_code == 200
    assert office.post(f"/deliveries/{first['id']}/again").status_code == 200
    problem_of(office.get(f"/subscriptions/{uuid4()}/deliveries"), 404, "not_found")


def test_a_calendar_is_made_listed_and_revoked(machine, town):
    officer, key = machine("officer"), uuid4()
    body = {"unit": str(town.unit(LEAD)), "alarm_days": 3}
    made = officer.post("/calendars", body, key=key).json()["result"]
    path = made["address"].removeprefix("http://testserver")
    assert Client().get(path).status_code == 200
    again = officer.post("/calendars", body, key=key).json()
    assert (again["result"]["address"], again["withheld"]) == (None, ["address"])
    (row,) = officer.rows("/calendars")
    assert row["id"] == made["id"]
    assert officer.post(f"/calendars/{made['id']}/revoke").status_code == 200
    assert Client().get(path).status_code == 404
    wrong = officer.post("/calendars", {"unit": None, "alarm_days": 99})
    problem_of(wrong, 422, "alarm_out_of_bounds")
