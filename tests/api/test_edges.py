"""The edges of what may be asked: the calendar's ends, languages, types, things said twice."""

import json
from dataclasses import fields
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.utils import timezone

from luoshi.base.api.problems import language_of
from luoshi.ledger.api.board import BoardFilters
from luoshi.ledger.filters import Filters
from luoshi.rules.days import DayNotUnderstood, parse_day
from luoshi.site.production.gate import Kind
from luoshi.site.production.shedding import refusal
from tests.api.answers import problem_of
from tests.ledger.town import LEAD, SUPPORT

ROOT = Path(__file__).resolve().parents[2]
ENDS = ["0001-01-01", "0001-12-31", "9999-01-01", "9999-12-31"]


@pytest.mark.any_database
@pytest.mark.parametrize("day", ENDS)
@pytest.mark.parametrize("path", ["/matters", "/figures", "/receipts", "/burden", "/units"])
def test_a_day_at_an_end_of_the_calendar_is_no_day(machine, path, day):
    told = problem_of(machine("office").get(path, {"as_of": day}), 422, "not_valid")
    assert told["facts"]["errors"][0]["pointer"] == "/query/as_of"


@pytest.mark.any_database
@pytest.mark.parametrize("day", ["1949-10-01", "0002-01-01"])
@pytest.mark.parametrize("path", ["/comparison", "/figures", "/receipts", "/burden", "/silence"])
def test_a_day_long_before_the_ledger_has_an_empty_answer(machine, path, day):
    assert machine("office").get(path, {"as_of": day}).status_code == 200


@pytest.mark.any_database
@pytest.mark.parametrize("page", ["compare", "receipts", "burden", "figures", "board"])
@pytest.mark.parametrize("day", ENDS)
def test_pages_say_that_it_is_no_day(client, machine, page, day):
    client.force_login(machine("office").account)
    answer = client.get(f"/{page}/?on={day}")
    assert answer.status_code == 200, answer.status_code
    assert day in answer.content.decode()  # said in the sentence


@pytest.mark.parametrize("day", ENDS)
def test_no_form_takes_a_day_at_an_end_of_the_calendar(day):
    with pytest.raises(DayNotUnderstood):
        parse_day(day, year=2026)
    assert parse_day("0017-06-30", year=2026) == date(17, 6, 30)  # a slip that is said in full


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "zh-hans"),
        ("en", "en"),
        ("en-GB,en;q=0.9,zh;q=0.8", "en"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-hans"),
        ("zh;q=0.2, EN;q=0.9", "en"),
        ("fr, en;q=0.5", "en"),
        ("fr", "zh-hans"),
        ("*", "zh-hans"),
        ("en;q=0, zh", "zh-hans"),
        ("not a language;;q=x", "zh-hans"),
    ],
)
def test_the_language_is_the_one_that_is_wanted_most(accepted, language):
    assert language_of(accepted) == language


@pytest.mark.any_database
def test_every_refusal_speaks_the_language_that_is_asked_for(machine, town, settings):
    office = machine("office")
    asked = {
        "404 address": lambda **h: office.get("/nowhere", **h),
        "404 thing": lambda **h: office.get(f"/matters/{uuid4()}", **h),
        "405": lambda **h: office.client.delete("/api/v1/matters", headers=office.headers(**h)),
        "401": lambda **h: office.client.get("/api/v1/matters", headers=h),
        "406": lambda **h: office.get("/matters", Accept="text/html", **h),
        "422": lambda **h: office.get("/matters", {"limit": "0"}, **h),
    }
    for name, ask in asked.items():
        for accepted, language in (("en", "en"), ("zh-CN", "zh-hans")):
            answer = ask(**{"Accept-Language": accepted})
            told = answer.json()
            assert str(answer.status_code) == name[:3]
            assert answer["Content-Language"] == language, name
            assert told["detail"] == told["sentences"][language], name
    settings.MOST_WRITES_A_MINUTE = 1
    office.post("/views", {})
    too_quick = office.post("/views", {}, **{"Accept-Language": "en"})
    told = problem_of(too_quick, 429, "too_quick")
    assert told["detail"] == told["sentences"]["en"]


def test_who_finds_no_room_reads_it_in_the_language_asked_for():
    for accepted, language in (("en", "en"), ("zh-CN", "zh-hans"), ("", "zh-hans")):
        environ = {"PATH_INFO": "/api/v1/matters", "HTTP_ACCEPT_LANGUAGE": accepted}
        told = json.loads(refusal(environ, Kind.READ, 3)[2])
        assert told["detail"] == told["sentences"][language]


@pytest.mark.any_database
def test_what_accepts_no_json_is_told_what_is_given(machine, town):
    office, matter = machine("office"), town.assigned("A-1")
    refused = problem_of(
        office.get("/matters", Accept="application/xml"), 406, "nothing_acceptable"
    )
    assert refused["facts"] == {"given": "application/json"}
    problem_of(office.get("/matters", Accept="text/csv"), 406, "nothing_acceptable")
    path = f"/matters/{matter}/write_note"
    note = {"note": "请抓紧", "expected": 0}
    problem_of(office.post(path, note, Accept="application/xml"), 406, "nothing_acceptable")
    for accepted in ("", "*/*", "application/*", "text/html, application/json;q=0.1"):
        assert office.get("/matters", Accept=accepted).status_code == 200, accepted
    csv = office.get("/matters", {"format": "csv"}, Accept="text/csv")
    assert csv["Content-Type"].startswith("text/csv")
    problem_of(office.get(f"/matters/{matter}/evidence/x", Accept="image/png"), 404, "not_found")


@pytest.mark.any_database
def test_what_is_said_twice_is_refused_where_one_is_taken(machine, town):
    office = machine("office")
    lead, support = town.unit(LEAD), town.unit(SUPPORT)
    twice = problem_of(office.get("/matters", {"unit": [lead, support]}), 422, "not_valid")
    assert [(one["pointer"], one["code"]) for one in twice["facts"]["errors"]] == [
        ("/query/unit", "repeated")
    ]
    assert office.get("/matters", {"colour": ["red", "yellow"]}).status_code == 200


@pytest.mark.any_database
def test_the_tag_of_an_older_state_of_knowledge_stands_for_what_was_seen(machine, town):
    officer, matter = machine("officer"), town.assigned()
    path = f"/matters/{matter}"
    then = officer.get(path).json()["last_entry"]
    town.report(matter, 30)
    old = officer.get(path, {"known_at": then})["ETag"]
    assert old.startswith(f'"{then}-')
    body = {"measured_on": timezone.localdate().isoformat(), "achieved": "40"}
    written = officer.post(f"{path}/report_progress", body, If_Match=old)
    problem_of(written, 409, "changed_meanwhile")


@pytest.mark.any_database
def test_sums_stand_in_the_official_order_of_units(machine, town):
    office = machine("office")
    for code in ("A-1", "A-2"):
        town.assigned(code)
    order = [row["id"] for row in office.rows("/units")]
    sums = [row["unit"] for row in office.rows("/figures/sums", measure="个")]
    assert sums == sorted(sums, key=order.index)


@pytest.mark.any_database
def test_what_would_be_done_to_nothing_is_refused(machine, town):
    office, matter = machine("office"), town.assigned("A-1")
    body = {"digests": [], "reason": "误录"}
    seen = office.get(f"/matters/{matter}")["ETag"]
    problem_of(office.post(f"/matters/{matter}/redact", body, If_Match=seen), 404, "not_found")
    problem_of(office.post(f"/people/{uuid4()}/erase"), 404, "not_found")
    far = {"year": 9999, "off": [], "make_up": [], "document": "某通知", "expected": 0}
    problem_of(office.post("/calendar/years", far), 422, "year_not_meant")


@pytest.mark.any_database
def test_nobody_has_seen_an_entry_that_is_not_there(machine, town):
    officer, matter = machine("officer"), town.assigned()
    last = officer.get("/matters").json()["last_entry"]
    path = f"/matters/{matter}/report_progress"
    body = {"measured_on": timezone.localdate().isoformat(), "achieved": "4"}
    ahead = problem_of(officer.post(path, {**body, "expected": last + 1}), 422, "known_at_unknown")
    assert ahead["facts"] == {"known_at": last + 1, "last": last}
    ahead = officer.post(path, body, If_Match=f'"{last + 9}-x"')
    problem_of(ahead, 422, "known_at_unknown")
    assert officer.post(path, {**body, "expected": last}).status_code == 200


@pytest.mark.any_database
def test_a_name_that_stands_twice_in_json_is_no_json(machine, town):
    officer, matter = machine("officer"), town.assigned()
    twice = '{"achieved": "1", "achieved": "2", "measured_on": "2021-01-14", "expected": 1}'
    answer = officer.client.post(
        f"/api/v1/matters/{matter}/report_progress", twice, content_type="application/json",
        headers=officer.headers(Idempotency_Key=str(uuid4())),
    )  # fmt: skip
    assert problem_of(answer, 400, "request_unreadable")["facts"] == {"why": "json"}


@pytest.mark.any_database
@pytest.mark.parametrize(
    ("parts", "pointer", "code"),
    [
        ({"evidnce": "FILE"}, "/body/evidnce", "extra_forbidden"),
        ({"achieved": "9"}, "/body/achieved", "extra_forbidden"),
        ({"body": ["{}", "{}"]}, "/body/body", "repeated"),
    ],
)
def test_a_part_of_another_name_is_not_left_behind(machine, town, parts, pointer, code):
    officer, matter = machine("officer"), town.assigned()
    sent = {
        name: SimpleUploadedFile("a.pdf", b"%PDF-1.4\n%%EOF") if one == "FILE" else one
        for name, one in parts.items()
    }
    answer = officer.client.post(
        f"/api/v1/matters/{matter}/report_progress", sent,
        headers=officer.headers(Idempotency_Key=str(uuid4())),
    )  # fmt: skip
    told = problem_of(answer, 422, "not_valid")["facts"]["errors"]
    assert [(one["pointer"], one["code"]) for one in told] == [(pointer, code)]


def test_every_filter_of_the_board_is_one_here():
    named = {"colours": "colour", "text": "q", "with_closed": "closed"}
    assert BoardFilters.model_fields.keys() == {
        named.get(field.name, field.name) for field in fields(Filters)
    }


@pytest.mark.any_database
@pytest.mark.parametrize("where", ["accounts.queries.token_with", "ledger.board.names_visible_to"])
def test_without_a_database_programs_are_told_to_come_back(machine, town, monkeypatch, where):
    def away(*_given, **_named):
        raise OperationalError

    office = machine("office")
    office.client.raise_request_exception = False
    monkeypatch.setattr(f"luoshi.{where}", away)
    answer = office.get("/matters", Accept_Language="en")
    told = problem_of(answer, 503, "not_reached")
    assert answer["Retry-After"] == "10"
    proxy = json.loads((ROOT / "deploy" / "unavailable.json").read_text())
    assert told["sentences"]["en"] == proxy["sentences"]["en"]
    assert {name: told[name] for name in ("type", "title", "status", "code", "facts")} == {
        name: proxy[name] for name in ("type", "title", "status", "code", "facts")
    }
