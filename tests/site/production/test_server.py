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


def test_what_runs_is_finished_and_nothing_is_left_behind(start):
    server = start("--workers", "1")
    children = set(server.children())
    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(server.get, BOARD) for _ in range(8)]
        while not any(one.done() for one in asked):
            time.sleep(0.01)
        assert server.stop() == 0
        assert {one.result(PATIENCE).status for one in asked} == {200}
    end = time.monotonic() + PATIENCE
    while any(Path(f"/proc/{pid}").exists() for pid in children):
        assert time.monotonic() < end
        time.sleep(0.05)


def test_a_killed_process_is_followed_by_another(start):
    server = start("--workers", "1")
    time.sleep(6)  # the server takes an end within its first seconds for a fault of the program
    (killed,) = server.workers()
    os.kill(killed, signal.SIGKILL)
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            if server.get("/healthz").status == 200:
                break
        except OSError:
            time.sleep(0.2)
    assert server.workers() - {killed}
    assert server.get(BOARD).status == 200


def test_a_demo_is_not_served_behind_a_proxy(start):
    with pytest.raises(AssertionError, match="演示"):
        start(LUOSHI_PROXIES="1")
