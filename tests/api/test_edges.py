"""The edges of what may be asked: the calendar's ends, languages, types, things said twice."""

import json
from datetime import date
from uuid import uuid4

import pytest
from django.utils import timezone

from luoshi.base.api.problems import language_of
from luoshi.rules.days import DayNotUnderstood, parse_day
from luoshi.site.production.gate import Kind
from luoshi.site.production.shedding import refusal
from tests.api.answers import problem_of
from tests.ledger.town import LEAD, SUPPORT

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
