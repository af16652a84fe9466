"""The board, one matter and a report, as another system reads and writes them."""

import csv
import io
from uuid import uuid4

import pytest
from django.utils import timezone

from luoshi.base.models import JournalEntry
from luoshi.ledger.models import MatterSpell
from tests.api.answers import problem_of
from tests.ledger.town import LEAD, STRANGER

DAY = "2020-06-01"


@pytest.fixture
def shown(town):
    """Some matters of two units."""
    return [town.assigned(f"S{at}", lead=LEAD if at % 2 else STRANGER) for at in range(7)]


def test_the_board_is_read_in_pages_that_new_rows_do_not_shift(machine, town, shown):
    office = machine("office")
    first = office.get("/matters", {"as_of": DAY, "limit": 3, "sort": "code"}).json()
    assert [row["code"] for row in first["items"]] == ["S0", "S1", "S2"]
    assert first["total"] == 7
    town.assigned("S00")
    second = office.get(
        "/matters", {"as_of": DAY, "limit": 3, "sort": "code", "cursor": first["next"]}
    ).json()
    assert [row["code"] for row in second["items"]] == ["S3", "S4", "S5"]
    for sort in ("urgency", "-due", "-code", "title", "-quantity", "unit", "-unit", "achieved"):
        rows = office.rows("/matters", as_of=DAY, limit=2, sort=sort)
        assert len({row["id"] for row in rows}) == len(rows) == 8, sort
        whole = office.get("/matters", {"as_of": DAY, "sort": sort}).json()["items"]
        assert [row["id"] for row in rows] == [row["id"] for row in whole], sort


def test_a_cursor_goes_with_its_own_list(machine, town, shown):
    office = machine("office")
    cursor = office.get("/matters", {"as_of": DAY, "limit": 2}).json()["next"]
    for query in ({"as_of": "2020-06-02"}, {"as_of": DAY, "sort": "code"}):
        problem_of(office.get("/matters", query | {"cursor": cursor}), 422, "cursor_unknown")
    problem_of(
        office.get("/matters", {"as_of": DAY, "cursor": cursor + "x"}), 422, "cursor_unknown"
    )


def test_filters_narrow_as_on_the_page(machine, town, shown):
    office = machine("office")
    for query in ({"unit": str(town.unit(LEAD))}, {"q": "S3"}, {"due": "late"}, {"colour": "red"},
                  {"kind": "programme"}, {"standing": "assigned"}, {"goal": str(town.goal("品质"))},
                  {"missing": "target"}, {"closed": "true"}, {"due": "300"}):  # fmt: skip
        told = office.get("/matters", {"as_of": DAY} | query)
        assert told.status_code == 200, (query, told.content)
    rows = office.rows("/matters", as_of=DAY, unit=str(town.unit(LEAD)))
    assert sorted(row["code"] for row in rows) == ["S1", "S3", "S5"]


def test_a_wrong_filter_is_said_and_not_left_out(machine, town):
    office = machine("office")
    wrong = {"colour": "pink", "unit": "x", "limit": "201", "as_of": "20200601", "due": "soon"}
    told = problem_of(office.get("/matters", wrong), 422, "not_valid")
    pointers = {error["pointer"] for error in told["facts"]["errors"]}
    assert pointers == {
        "/query/colour/0",
        "/query/unit",
        "/query/limit",
        "/query/as_of",
        "/query/due",
    }
    assert "2026-06-30" in told["sentences"]["en"]
    problem_of(office.get("/matters", {"q": "a\0b"}), 422, "not_valid")
    problem_of(office.get("/matters", {"as_of": "2099-01-01"}), 422, "beyond_horizon")
    problem_of(office.get("/matters", {"known_at": 10**9}), 422, "known_at_unknown")


def test_what_has_not_changed_is_not_sent_again(machine, town, shown, django_assert_num_queries):
    office = machine("office")
    first = office.get("/matters", {"as_of": DAY})
    tag = first["ETag"]
    assert first["Last-Entry"] == str(first.json()["last_entry"])
    with django_assert_num_queries(3):  # token, post, last entry
        again = office.get("/matters", {"as_of": DAY}, If_None_Match=tag)
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert office.get("/matters", {"as_of": DAY, "limit": 1}, If_None_Match=tag).status_code == 200
    assert machine("leader").get("/matters", {"as_of": DAY}, If_None_Match=tag).status_code == 200
    town.assigned("S9")
    assert office.get("/matters", {"as_of": DAY}, If_None_Match=tag).status_code == 200


def test_the_number_of_queries_does_not_grow_with_the_matters(
    machine, town, shown, django_assert_max_num_queries
):
    office = machine("office")
    office.get("/matters", {"as_of": DAY})
    for limit in (1, 7):
        with django_assert_max_num_queries(10):
            office.get("/matters", {"as_of": DAY, "limit": limit, "reasons": "yes"})


def test_a_list_as_csv_runs_in_no_spreadsheet(machine, town):
    town.assigned("S1", title="=1+1")
    answer = machine("office").get("/matters", {"as_of": DAY, "format": "csv"})
    assert answer["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0]["title"] == "'=1+1"
    assert rows[0]["goals"] == str(town.goal("品质"))


def test_one_matter_tells_how_it_stands_why_and_what_may_be_done(machine, town):
    matter = town.assigned()
    town.confirmed(matter, 40)
    officer = machine("officer")
    told = officer.get(f"/matters/{matter}", {"as_of": DAY})
    found = told.json()
    assert found["line"]["achieved"] == "40"
    assert found["line"]["percent"] == "40"
    assert found["line"]["reasons"][0]["sentence"]
    assert "report_progress" in found["may"]
    assert "abolish" not in found["may"]
    assert found["reports"][0]["answer"] == "granted"
    assert "English" not in told.content.decode()
    line = officer.rows(f"/matters/{matter}/timeline", as_of=DAY, limit=2)
    assert [row["number"] for row in line] == sorted((r["number"] for r in line), reverse=True)
    assert len(line) == JournalEntry.objects.filter(thread=matter).count()
    english = officer.get(f"/matters/{matter}", {"as_of": DAY}, Accept_Language="en").json()
    assert "done against" in english["line"]["reasons"][0]["sentence"]
    problem_of(officer.get(f"/matters/{uuid4()}"), 404, "not_found")


def test_a_report_is_the_same_command_however_often_it_is_sent(machine, town):
    matter = town.assigned()
    officer, key = machine("officer"), uuid4()
    last = officer.get(f"/matters/{matter}").json()["last_entry"]
    today = timezone.localdate().isoformat()
    body = {
        "measured_on": today,
        "achieved": "40.50",
        "visible_progress": "主体封顶",
        "expected": last,
    }
    path = f"/matters/{matter}/report_progress"
    first = office_answer = officer.post(path, body, key=key)
    assert office_answer.status_code == 200, office_answer.content
    (entry,) = first.json()["entries"]
    stored = JournalEntry.objects.get(district=town.district, number=entry["number"])
    assert (entry["digest"], entry["no"], entry["thread"]) == (
        stored.digest,
        stored.no,
        str(matter),
    )
    assert officer.post(path, body, key=key).json() == first.json()
    problem_of(officer.post(path, body | {"achieved": "41"}, key=key), 409, "command_id_reused")
    assert MatterSpell.objects.filter(thread=matter, submitted="40.5").exists()


def test_what_somebody_else_wrote_meanwhile_is_shown_beside_what_was_sent(machine, town):
    matter = town.assigned()
    officer = machine("officer")
    told = officer.get(f"/matters/{matter}")
    tag = told["ETag"]
    town.report(matter, 30)
    today = timezone.localdate().isoformat()
    path, body = f"/matters/{matter}/report_progress", {"measured_on": today, "achieved": "40"}
    refused = problem_of(officer.post(path, body, If_Match=tag), 409, "changed_meanwhile")
    assert refused["facts"]["theirs"]["achieved"] == "30"
    assert refused["facts"]["yours"]["achieved"] == "40"
    fresh = officer.get(f"/matters/{matter}")["ETag"]
    assert officer.post(path, body, If_Match=fresh).status_code == 200


def test_a_write_says_what_is_missing(machine, town):
    matter = town.assigned()
    officer = machine("officer")
    path = f"/matters/{matter}/report_progress"
    told = problem_of(officer.post(path, {"achieved": "ten", "wrong": 1}), 422, "not_valid")
    found = {(error["pointer"], error["code"]) for error in told["facts"]["errors"]}
    assert ("/body/measured_on", "missing") in found
    assert ("/body/wrong", "extra_forbidden") in found
    assert any(pointer == "/body/achieved" for pointer, _code in found)
    no_key = officer.client.post(
        f"/api/v1{path}", "{}", content_type="application/json", headers=officer.headers()
    )
    told = problem_of(no_key, 422, "not_valid")
    assert told["facts"]["errors"][0]["pointer"].lower() == "/header/idempotency-key"
    told = problem_of(officer.post(path, {"measured_on": "2020-03-02"}), 422, "not_valid")
    assert told["facts"]["errors"][0]["pointer"] == "/body/expected"
    for body in (b"{", b"[1]", b'"x"', b'{"a": NaN}', b"\xff", b"[" * 50 + b"]" * 50):
        answer = officer.client.post(
            f"/api/v1{path}", body, content_type="application/json",
            headers=officer.headers(Idempotency_Key=str(uuid4())),
        )  # fmt: skip
        assert answer.status_code in {400, 422}, body
        assert answer["Content-Type"] == "application/problem+json"


def test_an_address_without_such_a_method_or_at_all_answers_as_a_problem(machine, town):
    office = machine("office")
    answer = office.client.delete("/api/v1/matters", headers=office.headers())
    problem_of(answer, 405, "method_not_known")
    assert answer["Allow"] == "GET, HEAD, OPTIONS, POST"
    problem_of(office.get("/nothing"), 404, "not_found")
