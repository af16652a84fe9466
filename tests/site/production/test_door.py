"""What stands around every answer, and the number that a page of errors gives."""

import io
import json
import logging
import time

import pytest
from django.db import connection
from django.http import FileResponse, HttpResponse

from luoshi.site import errors
from luoshi.site.production import trace
from luoshi.site.production.application import Door
from luoshi.site.production.gate import Bound, Gate, Kind
from luoshi.site.production.middleware import TimedStatements
from tests.site.production.test_gate import PATIENCE, Crowd

pytestmark = pytest.mark.django_db  # what closes an answer looks after the database


def gate(**given):
    bound = Bound(**{"most": 4, "patience": 5.0, **given})
    return Gate(dict.fromkeys((Kind.WRITE, Kind.READ), bound), most_slow=0)


def asked(door, **environ):
    said = {}

    def start(status, headers):
        said.update(status=status, **dict(headers))

    body = door({"REQUEST_METHOD": "GET", "PATH_INFO": "/board/", **environ}, start)
    return said, body


def answering(response):
    def answer(_environ, start):
        start("200 OK", list(response.items()))
        return response

    return answer


def test_an_answer_is_whole_and_closed_before_the_next_request_works():
    response, at = HttpResponse("页面"), gate()
    said, body = asked(Door(answering(response), at))
    assert b"".join(body).decode() == "页面"
    assert response.closed
    assert len(said["X-Request-ID"]) == 16
    assert trace.current() is None


def test_a_file_goes_out_after_the_place_was_given_back():
    response, at = FileResponse(io.BytesIO(b"evidence")), gate()
    _said, body = asked(Door(answering(response), at))
    with at.passing(Kind.READ) as waited:
        assert waited == 0
        assert b"".join(body) == b"evidence"


def test_a_fault_of_ours_is_counted_and_told_as_one(caplog):
    def broken(_environ, _start):
        raise ZeroDivisionError

    caplog.set_level(logging.INFO, logger="luoshi.requests")
    with pytest.raises(ZeroDivisionError):
        asked(Door(broken, gate()))
    assert caplog.records[-1].told["status"] == 500
    assert trace.current() is None


def test_who_signs_in_takes_no_place_of_those_who_read_or_write():
    hall = Gate({Kind.ENTER: Bound(most=0, patience=5.0)}, most_slow=0)
    entering = {"REQUEST_METHOD": "POST", "PATH_INFO": "/sign-in/"}
    pages = Crowd(gate(most=0))
    door = Door(answering(HttpResponse()), pages.at, hall)
    said, _body = asked(door, **entering)
    assert said["status"] == "200 OK"  # though one works at a page, and none may wait there
    pages.let_go.set()
    pages.first.result(PATIENCE)
    with hall.passing(Kind.ENTER):
        read, _body = asked(door, PATH_INFO="/sign-in/")
        turned_away, page = asked(door, **entering)
    assert read["status"] == "200 OK"
    assert turned_away["status"].startswith("503")
    assert "Refresh" not in turned_away
    assert b"".join(page) != b""


def test_a_part_of_a_page_leads_to_the_whole_and_a_write_is_not_repeated_by_itself():
    crowd = Crowd(gate(most=0))
    door = Door(answering(HttpResponse()), crowd.at)
    whole, _body = asked(door)
    part, _body = asked(door, HTTP_HX_REQUEST="true")
    write, page = asked(door, REQUEST_METHOD="POST")
    probe, _body = asked(door, PATH_INFO="/healthz")
    program, problem = asked(door, PATH_INFO="/api/v1/")
    crowd.let_go.set()
    assert "Refresh" in whole
    assert part["HX-Refresh"] == "true"
    assert write["status"].startswith("503")
    assert not {"Refresh", "HX-Refresh"} & set(write)
    assert b"".join(page) != b""
    assert program["Content-Type"] == "application/problem+json"
    told = json.loads(b"".join(problem))
    assert (told["status"], told["code"]) == (503, "no_room")
    assert set(told["sentences"]) == {"zh-hans", "en"}
    assert probe["status"] == "200 OK"


@pytest.fixture
def traced():
    yield trace.begun({"REQUEST_METHOD": "GET"}, is_proxied=False, now=0.0)
    trace.ended()


def test_the_page_of_a_fault_gives_the_number_of_its_request(db, rf, traced, caplog):
    request = rf.get("/matters/张三/?q=张三")
    request.resolver_match = None
    page = errors.server_error(request)
    assert traced.id in page.content.decode()
    assert traced.id in caplog.text
    assert "张三" not in caplog.text


def test_waiting_to_begin_a_transaction_is_counted(traced, settings):
    def write(_request):
        connection.waited_for_turn = 1.5
        (timed,) = connection.execute_wrappers
        timed(lambda *_given: time.sleep(0.01), "BEGIN IMMEDIATE", None, False, {})

    connection.waited_for_turn = 1.0  # as SQLite's counts it
    settings.SLOW_SECONDS = 60.0
    TimedStatements(write)(None)
    assert 0.51 <= traced.lock_waited < 10
    assert traced.statements == 1


@pytest.mark.parametrize(
    ("said", "taken"),
    [("6", b"a=1234"), ("3", b"a=1"), ("900", b"a=1234"), ("", None), ("-1", None), ("6x", None)],
)
def test_what_is_sent_is_taken_in_before_the_gate(said, taken):
    sent = io.BytesIO(b"a=1234")

    def answer(environ, start):
        start("200 OK", [])
        assert (environ["wsgi.input"] is sent) == (taken is None)
        return [environ["wsgi.input"].read()]

    _said, body = asked(
        Door(answer, gate()),
        **{"REQUEST_METHOD": "POST", "CONTENT_LENGTH": said, "wsgi.input": sent},
    )
    assert b"".join(body) == (b"a=1234" if taken is None else taken)
