"""The same key sent again: one command, one answer; under it nothing else is taken."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from luoshi.base import command_answers
from luoshi.base.api import operations
from luoshi.base.api.puts import Again
from luoshi.base.command_answers import Given, Key, begun_once, done_once
from luoshi.base.models import CommandAnswer
from luoshi.intake.models import SheetImport
from luoshi.ledger.models import SavedView
from luoshi.organisation.models import Account
from luoshi.rules.journal import CommandIdReused, CommandUnderWay
from luoshi.rules.refusals import NotFound
from luoshi.site.api import house
from tests.api.answers import problem_of
from tests.ledger.town import BELOW, LEAD

VIEW = {"name": "红牌", "query": "colour=red", "is_shared": False}
NOW = timezone.now()


def key_of(content="a", **named):
    known = {"district": uuid4(), "person": uuid4(), "command_id": uuid4()}
    return Key(content=content, **known | named)


def says(text):
    return lambda: Given(text, text)


def test_every_write_is_known_again_by_the_journal_or_by_its_kept_answer():
    found = {
        operation.operation_id: operation.view_func.again
        for room in house.bound_rooms()
        for view in room.path_operations.values()
        for operation in view.operations
        if operation.methods == ["POST"]
    }
    assert found["report_progress"] is Again.KNOWN
    beside = {name for name, again in found.items() if again is Again.AT_ONCE}
    assert {"save_view", "set_preferences", "revoke_token", "keep_contact"} <= beside
    assert found["hand_in_sheet"] is Again.STEP_BY_STEP


def test_a_view_is_saved_once_and_answered_alike(machine):
    office, key = machine("office"), uuid4()
    first = office.post("/views", VIEW, key=key)
    SavedView.objects.all().delete()  # what came later is none of the first command's business
    again = office.post("/views", VIEW, key=key)
    assert (again.status_code, again.content) == (200, first.content)
    assert not SavedView.objects.exists()
    other = problem_of(
        office.post("/views", VIEW | {"name": "黄牌"}, key=key), 409, "command_id_reused"
    )
    assert "entry" not in other["sentences"]["en"]
    elsewhere = office.post(f"/views/{uuid4()}/forget", key=key)
    problem_of(elsewhere, 409, "command_id_reused")


def test_what_a_default_says_is_the_same_body(machine):
    office, key = machine("office"), uuid4()
    first = office.post("/preferences", {"channels": []}, key=key)
    assert first.status_code == 200, first.content
    again = office.post("/preferences", {"working_days_only": True}, key=key)
    assert again.content == first.content


def test_the_keys_of_two_persons_are_two(machine):
    one, other, key = machine("office"), machine("leader"), uuid4()
    for each in (one, other):
        assert each.post("/views", VIEW, key=key).status_code == 200
    assert SavedView.objects.count() == 2


def test_what_was_refused_may_be_sent_again(machine, town):
    office, key = machine("office"), uuid4()
    view = {"view_id": uuid4()}
    problem_of(office.post(f"/views/{view['view_id']}/forget", key=key), 404, "not_found")
    assert not CommandAnswer.objects.exists()
    made = office.post("/views", VIEW, key=key).json()["result"]["id"]
    forgotten = uuid4()
    for _ in range(2):
        assert office.post(f"/views/{made}/forget", key=forgotten).status_code == 200
    problem_of(office.post(f"/views/{made}/forget"), 404, "not_found")


def test_a_link_is_shown_once_and_kept_nowhere(machine, town):
    office, key = machine("office"), uuid4()
    body = {"unit": str(town.unit(BELOW)), "alarm_days": None}
    first = office.post("/calendars", body, key=key)
    assert first.status_code == 200, first.content
    secret = first.json()["result"]["address"]
    assert first.json()["withheld"] == []
    again = office.post("/calendars", body, key=key).json()
    assert again["result"] == {"id": first.json()["result"]["id"], "address": None}
    assert again["withheld"] == ["address"]
    assert secret not in repr(list(CommandAnswer.objects.values_list()))
    assert len(office.rows("/calendars")) == 1


def test_an_officer_is_invited_once(machine, town):
    admin, key = machine("unit_admin"), uuid4()
    vacant = next(
        row["id"] for row in admin.rows("/posts", unit=town.unit(LEAD)) if row["holder"] is None
    )
    body = {"login": "new.officer", "post": vacant}
    first = admin.post("/invitations", body, key=key)
    assert first.status_code == 200, first.content
    again = admin.post("/invitations", body, key=key)
    assert again.json()["entries"] == first.json()["entries"]
    assert again.json()["withheld"] == ["link"]
    assert Account.objects.filter(login="new.officer").count() == 1


def hand_in(machine, key, content):
    return Client().post(
        "/api/v1/imports",
        {"body": "{}", "file": SimpleUploadedFile("事项.csv", content.encode())},
        headers=machine.headers(Idempotency_Key=str(key)),
    )


def test_a_sheet_is_handed_in_once_and_another_under_its_key_is_refused(machine):
    office, key = machine("office"), uuid4()
    sheet = "序号,事项,牵头单位,完成时限\n1,改造农贸市场一座,城管局,2020年12月底前\n"
    first = hand_in(office, key, sheet)
    assert first.status_code == 200, first.content
    assert hand_in(office, key, sheet).content == first.content
    problem_of(hand_in(office, key, sheet + "2,新建游园,城管局,年底前\n"), 409, "command_id_reused")
    assert SheetImport.objects.count() == 1


def test_a_report_sent_again_after_midnight_holds_from_its_first_day(machine, town, monkeypatch):
    matter, officer, key = town.assigned(), machine("officer"), uuid4()
    seen = officer.get(f"/matters/{matter}").json()["last_entry"]
    body = {"measured_on": "2020-03-02", "achieved": "41.5", "expected": seen}
    first = officer.post(f"/matters/{matter}/report_progress", body, key=key)
    assert first.status_code == 200, first.content
    tomorrow = timezone.now() + timedelta(days=1)
    monkeypatch.setattr(operations.timezone, "now", lambda: tomorrow)
    again = officer.post(f"/matters/{matter}/report_progress", body, key=key)
    assert (again.status_code, again.content) == (200, first.content)
    told = officer.post(
        f"/matters/{matter}/report_progress",
        body | {"on": timezone.localdate(tomorrow).isoformat()},
        key=key,
    )
    problem_of(told, 409, "command_id_reused")


@pytest.mark.django_db
def test_a_kept_answer_lapses_after_a_day():
    key = key_of()
    assert done_once(key, says("one"), at=NOW) == "one"
    assert done_once(key, says("two"), at=NOW + timedelta(hours=23)) == "one"
    assert done_once(key, says("two"), at=NOW + timedelta(hours=24)) == "two"
    other = key_of(district=key.district)
    done_once(other, says("three"), at=NOW + timedelta(days=3))
    assert [row.answer for row in CommandAnswer.objects.all()] == ["three"]


@pytest.mark.django_db
def test_of_one_person_so_many_answers_are_kept(monkeypatch):
    monkeypatch.setattr(command_answers, "MOST_KEPT", 3)
    district, person = uuid4(), uuid4()
    for place in range(5):
        key = key_of(district=district, person=person)
        done_once(key, says(str(place)), at=NOW + timedelta(seconds=place))
    kept = CommandAnswer.objects.order_by("at").values_list("answer", flat=True)
    assert list(kept) == ["2", "3", "4"]


@pytest.mark.django_db
def test_a_long_command_is_not_begun_twice():
    key = key_of()

    def meanwhile():
        with pytest.raises(CommandUnderWay) as refused:
            begun_once(key, says("again"), at=NOW + timedelta(seconds=1))
        assert refused.value.facts["seconds"] <= 5
        with pytest.raises(CommandIdReused):
            begun_once(key_of("b", **key.named), says("other"), at=NOW)
        return Given("sent", "kept")

    assert begun_once(key, meanwhile, at=NOW) == "sent"
    assert begun_once(key, says("again"), at=NOW) == "kept"


@pytest.mark.django_db
def test_a_long_command_that_failed_leaves_no_claim_and_one_that_died_a_lapsing_one():
    key = key_of()

    def fails():
        raise NotFound(what="sheet")

    with pytest.raises(NotFound):
        begun_once(key, fails, at=NOW)
    assert not CommandAnswer.objects.exists()
    CommandAnswer.objects.create(**key.named, content=key.content, at=NOW)  # its process died
    later = NOW + command_answers.LONGEST_WORK
    assert begun_once(key, says("done"), at=later) == "done"


@pytest.mark.django_db
def test_whoever_comes_second_in_the_same_moment_gets_the_first_one_s_answer(monkeypatch):
    key = key_of()
    for once in (done_once, begun_once):
        CommandAnswer.objects.all().delete()
        CommandAnswer.objects.create(**key.named, content=key.content, answer="first", at=NOW)
        looked = iter([None])
        real = command_answers._given_before
        monkeypatch.setattr(
            command_answers,
            "_given_before",
            lambda *told: next(looked, real(*told)),  # noqa: B023
        )
        assert once(key, says("second"), at=NOW) == "first"
        monkeypatch.setattr(command_answers, "_given_before", lambda *_told: None)
        with pytest.raises(CommandUnderWay):
            once(key, says("second"), at=NOW)
        monkeypatch.setattr(command_answers, "_given_before", real)
