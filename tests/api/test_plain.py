"""Small things of the interface: plain values, cursors, what is too large, several languages."""

import enum
import json
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from luoshi.base.api.cursors import cursor_of, key_in
from luoshi.base.api.plain import amount, plain
from luoshi.base.api.problems import CursorUnknown, problem, status_of
from luoshi.base.api.turning import Turn, page_among
from luoshi.base.files import FileTooLarge
from luoshi.rules.tokens import TokenMissing
from tests.api.answers import problem_of
from tests.ledger.town import DAY


class Colour(enum.Enum):
    RED = "red"


@dataclass
class Fact:
    amount: Decimal
    day: date


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (Decimal("40.50"), "40.5"),
        (Decimal("1E+3"), "1000"),
        (Decimal("NaN"), "NaN"),
        (date(2020, 6, 1), "2020-06-01"),
        (Colour.RED, "red"),
        (Fraction(1, 3), "1/3"),
        (UUID(int=1), "00000000-0000-0000-0000-000000000001"),
        ({"b", "a"}, ["a", "b"]),
        ({Colour.RED: (1, None)}, {"red": [1, None]}),
        (Fact(Decimal(1), date(2020, 6, 1)), {"amount": "1", "day": "2020-06-01"}),
        (ValueError("x"), "x"),
    ],
)
def test_facts_are_told_as_plain_data(value, told):
    assert plain(value) == told
    assert json.dumps(plain(value))


def test_moments_and_absent_amounts_are_told_too():
    assert str(plain(datetime(2020, 6, 1, tzinfo=UTC))).startswith("2020-06-01T")
    assert amount(None) is None


def test_a_list_goes_on_where_it_was_though_rows_come_and_go():
    rows, named = list("abcdef"), ("list", 1)

    def cut(known, after):
        page = page_among(known, Turn(after, 2), key_of=str)
        assert page.total == len(known)
        return page.rows, page.after

    page, after = cut(rows, None)
    assert (page, after) == (["a", "b"], ["b", 1])
    assert cut(["a", "a2", *rows[1:]], after)[0] == ["c", "d"]
    assert cut(["a", *rows[2:]], after)[0] == ["c", "d"]  # b is gone: on at its place
    assert cut(rows, ["e", 4]) == (["f"], None)
    assert cut([], None) == ([], None)
    cursor = cursor_of(after, named)
    assert key_in(cursor, named) == after
    assert key_in("", named) is None
    for wrong, asked in ((cursor, ("list", 2)), (cursor[:-1], named), ("{}", named)):
        with pytest.raises(CursorUnknown):
            key_in(wrong, asked)


def test_each_refusal_has_its_status_and_says_whom_to_ask():
    assert status_of(FileTooLarge(name="a", size=2, largest=1)) == 413
    answer = problem(TokenMissing())
    assert (answer.status_code, answer["WWW-Authenticate"]) == (401, 'Bearer realm="luoshi"')


def test_what_is_too_large_or_of_another_type_is_refused(machine, town, settings):
    matter, officer = town.assigned(), machine("officer")
    path = f"/matters/{matter}/report_progress"
    headers = officer.headers(Idempotency_Key=str(uuid4()))

    def send(content, kind):
        return officer.client.post(f"/api/v1{path}", content, content_type=kind, headers=headers)

    assert problem_of(send("a=b", "text/plain"), 415, "media_type_refused")["facts"]["taken"]
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    told = problem_of(send('{"a": "2020-03-02"}', "application/json"), 413, "body_too_large")
    assert told["facts"] == {"most": 10}
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10**6
    settings.EVIDENCE_MAX_BYTES = 1
    kind = "multipart/form-data; boundary=x"
    problem_of(send("--x--\r\n\r\n", kind), 413, "body_too_large")


def test_a_body_without_a_length_is_not_taken_for_an_empty_one(machine, town):
    office, matter = machine("office"), town.assigned()
    answer = office.client.post(
        f"/api/v1/matters/{matter}/write_note", b"", content_type="application/json",
        headers=office.headers(Idempotency_Key=str(uuid4()), Transfer_Encoding="chunked"),
        CONTENT_LENGTH="",
    )  # fmt: skip
    assert problem_of(answer, 400, "request_unreadable")["facts"] == {"why": "length"}


def test_evidence_goes_beside_the_json_and_comes_back(machine, town):
    matter, officer = town.assigned(), machine("officer")
    seen = officer.get(f"/matters/{matter}").json()["last_entry"]
    body = json.dumps({"measured_on": str(DAY), "achieved": "1", "expected": seen})
    path = f"/api/v1/matters/{matter}/report_progress"

    def send(content, name="现场.pdf"):
        return officer.client.post(
            path,
            {"body": body, "evidence": SimpleUploadedFile(name, content)},
            headers=officer.headers(Idempotency_Key=str(uuid4())),
        )

    problem_of(send(b"MZ", "a.exe"), 422, "file_type_refused")
    done = send(b"%PDF-1.4\n%%EOF\n")
    assert done.status_code == 200, done.content
    told = officer.get(f"/matters/{matter}").json()
    (file,) = told["reports"][0]["evidence"]
    assert file["name"] == "现场.pdf"
    answer = officer.get(f"/matters/{matter}/evidence/{file['digest']}")
    assert answer.content == b"%PDF-1.4\n%%EOF\n"
    assert answer["X-Content-Type-Options"] == "nosniff"
    problem_of(officer.get(f"/matters/{matter}/evidence/{'0' * 64}"), 404, "not_found")


def test_who_writes_too_fast_waits(machine, town, settings):
    settings.MOST_WRITES_A_MINUTE = 2
    officer = machine("officer")
    path = f"/matters/{town.assigned()}/report_progress"
    assert [officer.post(path, {}).status_code for _ in range(2)] == [422, 422]
    answer = officer.post(path, {})
    problem_of(answer, 429, "too_quick")
    assert answer["Retry-After"] == "60"


def test_a_matter_is_registered_fixed_and_taken_back_as_on_its_pages(machine, town):
    office, day = machine("office"), str(DAY)
    source = {"kind": "document", "title": "工作安排", "day": "2020-01-03"}
    made = office.post(
        "/matters",
        {"code": "N-1", "title": "新建学校", "kind": "project", "origin": "assigned",
         "sources": [source], "goals": [str(town.goal("品质"))], "on": day},
    )  # fmt: skip
    assert made.status_code == 200, made.content
    matter = made.json()["result"]["id"]
    seen = made.json()["entries"][0]["number"]
    target = {"key": "main", "quantity": "3", "unit": "所", "comparator": "=", "leads": True}
    fixed = office.post(
        f"/matters/{matter}/fix_target", {"targets": [target], "expected": seen, "on": day}
    )
    assert fixed.status_code == 200, fixed.content
    number = fixed.json()["entries"][0]["number"]
    back = office.post(
        f"/matters/{matter}/correct",
        {"entry": number, "withdraw": True, "reason": "误录", "expected": number, "on": day},
    )
    assert back.status_code == 200, back.content
    assert office.get(f"/matters/{matter}").json()["targets"] == []
    taken = office.post(
        "/matters",
        {"code": "N-1", "title": "又一个", "kind": "task", "origin": "assigned",
         "sources": [source], "on": day},
    )  # fmt: skip
    problem_of(taken, 422, "code_taken")
