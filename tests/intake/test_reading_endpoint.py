"""A chat endpoint may read instead: its offers are held to the text, nothing else is sent."""

import json
import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from luoshi.intake.reading import endpoint as reader
from luoshi.intake.reading.documents import Text, When
from luoshi.intake.reading.endpoint import Asked, Endpoint
from luoshi.intake.reading.refusals import ReaderAddress, ReaderUnreachable
from luoshi.rules.reports.mending import mend
from luoshi.rules.reports.statements import as_row
from tests.intake.reading import FIRST

GOOD = {
    "quote": "改造老旧小区297个", "kind": "target", "value": 297, "unit": "个",
    "subject": "老旧小区", "period": "2023", "deadline": "2023-12-31",
}  # fmt: skip
OFFERS = [
    GOOD,
    GOOD,  # said twice
    GOOD | {"quote": "改造老旧小区300个", "value": 300},
    GOOD | {"value": 300},
    GOOD | {"kind": "wish"},
]


def chat(words):
    return json.dumps({"choices": [{"message": {"content": words}}]}).encode()


@contextmanager
def serving(status, content, headers=()):
    """Answer every request alike on loopback; gives address and the requests that came."""
    seen = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            seen.append((self.path, self.headers.get("Authorization"), body))
            self.send_response(status)
            for name, value in headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_words):
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def asked(address, text=FIRST, **options):
    """Read a text by an endpoint; gives the statements and what became of the offers."""
    asked = Asked(Endpoint(address, "m1", **options))
    return list(asked.statements(Text("甲.txt", mend(text), When()))), asked


def test_what_stands_in_the_text_is_taken_and_the_rest_counted():
    words = f"好的：\n```json\n{json.dumps(OFFERS, ensure_ascii=False)}\n```\n{{坏"
    with serving(200, chat(words)) as (address, seen):
        found, result = asked(address, key="secret")
    assert len(found) == 1
    assert FIRST[found[0].start : found[0].end] == found[0].quote == GOOD["quote"]
    assert (found[0].rule, result.taken) == ("reader m1", 1)
    assert result.dropped == {"quote": 1, "number": 1, "kind": 1, "not_json": 1}
    assert all(each in result.told() for each in ("127.0.0.1", "1"))
    path, key, body = seen[0]
    assert (path, key, body["model"]) == ("/v1/chat/completions", "Bearer secret", "m1")
    assert "改造老旧小区297个" in body["messages"][1]["content"]


def test_a_long_text_goes_in_pieces_of_whole_paragraphs(monkeypatch):
    monkeypatch.setattr(reader, "PIECE", 40)
    text = "".join(f"第{number}段，新建学校2所。\n\n" for number in range(12))
    with serving(200, chat("[]")) as (address, seen):
        found, _ = asked(f"{address}/chat/completions", text)
    assert (found, seen[0][1]) == ([], None)
    sent = [body["messages"][1]["content"] for _, _, body in seen]
    assert len(sent) > 1
    assert "".join(sent).count("新建学校2所") == 12
    with serving(200, chat("[]")) as (address, seen):
        asked(address, "")
    assert seen == []


@pytest.mark.parametrize(
    ("status", "content", "what"),
    [
        (500, b"", "HTTP 500"),
        (200, b"not json", "no chat answer"),
        (200, b"[]", "no chat answer"),
        (200, b'{"choices": []}', "no chat answer"),
        (302, b"", "HTTP 302"),  # nothing is sent on to where it points
    ],
)
def test_an_answer_that_is_none_is_told(status, content, what):
    with serving(200, chat("[]")) as (elsewhere, lured):
        headers = [("Location", f"{elsewhere}/chat/completions")]
        with (
            serving(status, content, headers) as (address, _),
            pytest.raises(ReaderUnreachable) as refused,
        ):
            asked(address)
    assert refused.value.facts["what"] == what
    assert lured == []


def test_an_answer_without_words_gives_nothing():
    with serving(200, b'{"choices": [{"message": {"content": null}}]}') as (address, _):
        assert asked(address)[0] == []


def test_an_endless_answer_is_cut_off(monkeypatch):
    monkeypatch.setattr(reader, "MOST_ANSWER", 100)
    with serving(200, b"x" * 200) as (address, _), pytest.raises(ReaderUnreachable):
        asked(address)


def test_nobody_there_is_told():
    with serving(200, b"") as (address, _):
        pass
    with pytest.raises(ReaderUnreachable) as refused:
        asked(address)
    assert refused.value.facts["host"] in address


@pytest.mark.parametrize("address", ["ftp://127.0.0.1/v1", "file:///etc/passwd", "http://", "甲"])
def test_only_addresses_of_the_web_are_asked(address):
    with pytest.raises(ReaderAddress):
        asked(address)


def test_a_slow_endpoint_is_given_up(monkeypatch):
    monkeypatch.setattr(reader, "PATIENCE", 0.05)
    server = socket.create_server(("127.0.0.1", 0))  # takes the call and never answers
    try:
        with pytest.raises(ReaderUnreachable) as refused:
            asked(f"http://127.0.0.1:{server.getsockname()[1]}/v1")
    finally:
        server.close()
    assert "timed out" in str(refused.value.facts["what"])


NOTHING_TO_TRUST = [
    {"start": 900, "end": 3}, {"value_start": -4, "value_end": 10**9}, {"value": True},
    {"value": {"a": 1}}, {"value": "NaN"}, {"value": 10**400}, {"unit": ["个"]}, {"subject": 5},
    {"period": {"y": 1}}, {"period": "x" * 9000}, {"deadline": "soon"}, {"deadline": "2023-02-31"},
    {"projects": "一个"}, {"projects": [None, 3, {}]}, {"force": "must"}, {"comparator": "=~"},
    {"growth": "yes"}, {"confidence": "sure"}, {"responsible": []}, {"kind": ["target"]},
    {"quote": None}, {"quote": ["改造"]}, {"quote": ""}, {"extra": {"deep": [[[]]]}},
]  # fmt: skip


@pytest.mark.parametrize("wrong", NOTHING_TO_TRUST, ids=str)
def test_whatever_is_offered_the_characters_are_those_of_the_text(wrong):
    with serving(200, chat(json.dumps([GOOD | wrong], ensure_ascii=False))) as (address, _):
        found, result = asked(address)
    assert len(found) + sum(result.dropped.values()) == 1
    for one in found:
        assert FIRST[one.start : one.end] == one.quote
        row = as_row(one)
        assert json.loads(json.dumps(row)) == row
        if one.value_start is not None:
            assert one.start <= one.value_start < one.value_end <= one.end
