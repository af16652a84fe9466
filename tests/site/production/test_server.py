"""The server as it runs: files, ids and lines, figures over all processes, an end that finishes."""

import os
import re
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytestmark = [pytest.mark.database, pytest.mark.early]
BOARD = "/board/?on=2021-01-15"
TYPED = "q=%E5%BC%A0%E4%B8%89"
NAMED = re.compile(r'(?:src|href)="(/static/[^"#]+)')
HASHED = re.compile(r"\.[0-9a-f]{12}\.\w+$")
PATIENCE = 60  # seconds


def test_files_ids_lines_and_figures(start):
    server = start("--workers", "2")
    board = server.get(BOARD)
    assert board.status == 200
    files_are_kept_for_ever_and_small(server, board.content.decode())
    ids_go_through(server)
    server.ready()
    figures_are_of_all_processes(server)


def files_are_kept_for_ever_and_small(server, page):
    named = sorted(set(NAMED.findall(page)))
    assert len(named) > 5
    for name in named:
        answer = server.get(name, accept_encoding="gzip")
        assert answer.status == 200
        assert HASHED.search(name)
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Encoding"] == "gzip"
    assert server.get("/static/nothing.css").status == 404


def ids_go_through(server):
    asked = server.get(f"/nowhere/?{TYPED}", x_request_id="forged-by-a-stranger")
    made = asked.headers["X-Request-ID"]
    assert asked.status == 404
    assert made in asked.content.decode()  # the number to quote
    assert made != "forged-by-a-stranger"
    line = server.line_of(made)
    assert (line["from"], line["said"][:9]) == ("luoshi.errors", "error 404")
    text = server.lines_file.read_text()
    assert "%E5" not in text
    assert "张三" not in text
    board = server.line_of(server.get(BOARD).headers["X-Request-ID"])
    assert (board["view"], board["status"], board["method"]) == ("board", 200, "GET")
    assert board["statements"] > 0


def figures_are_of_all_processes(server):
    for _ in range(20):
        assert server.get(BOARD).status == 200
    told = server.get("/metrics").content.decode()
    counted = re.findall(r'luoshi_request_seconds_count\{.*view="board"\} (\S+)', told)
    assert sum(map(float, counted)) >= 20
    assert len(server.workers()) == 2
    assert server.get("/metrics", x_forwarded_for="10.0.0.1").status == 404


def test_a_killed_process_is_followed_by_another_and_at_the_end_what_runs_is_finished(start):
    server = start("--workers", "1")
    (killed,) = server.workers()
    os.kill(killed, signal.SIGKILL)
    until(lambda: server.workers() - {killed} and answers(server))
    slow_senders_hold_no_place(server)
    children = set(server.children())
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(server.get, BOARD) for _ in range(8)]
        until(lambda: any(one.done() for one in asked))
        assert server.stop() == 0
        assert {one.result(PATIENCE).status for one in asked} == {200}
    until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children))


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def answers(server):
    try:
        return server.get("/healthz").status == 200
    except OSError:
        return False


def slow_senders_hold_no_place(server):
    """Of what they promise they send a part, and the rest when another was answered."""
    senders = [server.connection() for _ in range(3)]
    for sender in senders:
        sender.putrequest("POST", "/sign-in/")
        sender.putheader("Content-Type", "application/x-www-form-urlencoded")
        sender.putheader("Content-Length", "600000")
        sender.endheaders(b"login=" + b"x" * 1000)
    assert server.get(BOARD).status == 200
    for sender in senders:
        sender.send(b"x" * (600000 - 1006))
        assert sender.getresponse().status == 403  # without a token
        sender.close()


def test_a_demo_is_not_served_behind_a_proxy(start):
    with pytest.raises(AssertionError, match="演示"):
        start(LUOSHI_PROXIES="1")
