"""More readers than the server can answer: they are sent away in words, writers are not.

The n here bound the test and measure nothing: figures stand in bench/results.
"""

import re
import threading
import time

import pytest

pytestmark = [pytest.mark.database, pytest.mark.early]
BOARD = "/board/?on=2021-01-15"
READERS, WRITES, MOST_WAITING = 24, 8, 4
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')
OFFERED = "/i18n/setlang/"  # the smallest write: a line of the audit list


class Readers:
    """So many who read without pause until they are told to stop."""

    def __init__(self, server, path=BOARD):
        self.answers, self.ended = [], threading.Event()
        self.server, self.path = server, path
        self.threads = [threading.Thread(target=self._read) for _ in range(READERS)]

    def __enter__(self):
        for thread in self.threads:
            thread.start()
        return self

    def _read(self):
        while not self.ended.is_set():
            self.answers.append(self.server.get(self.path))

    def __exit__(self, *_fault):
        self.ended.set()
        for thread in self.threads:
            thread.join()


def writer(server):
    """Give what writes once and returns the status."""
    page = server.get("/sign-in/")
    headers = {
        "Cookie": page.headers["Set-Cookie"].split(";")[0],
        "Content-Type": "application/x-www-form-urlencoded",
    }
    body = f"csrfmiddlewaretoken={TOKEN.search(page.content.decode())[1]}&language=en&next=/"
    return lambda: server.ask("POST", OFFERED, body, headers).status


def test_readers_are_sent_away_writers_are_not_and_it_recovers(start):
    server = start("--workers", "1", LUOSHI_MOST_WAITING=str(MOST_WAITING))
    write = writer(server)
    with Readers(server) as readers:
        while not any(one.status == 503 for one in readers.answers):
            time.sleep(0.01)
        written = [write() for _ in range(WRITES)]
        probed = server.get("/healthz").status
    assert written == [302] * WRITES
    assert probed == 200
    assert {one.status for one in readers.answers} == {200, 503}
    in_words([one for one in readers.answers if one.status == 503])
    assert [server.get(BOARD).status for _ in range(3)] == [200] * 3
    shed = re.search(r'luoshi_shed_total\{kind="read"\} (\S+)', metrics(server))
    assert float(shed[1]) == sum(one.status == 503 for one in readers.answers)
    assert 'luoshi_shed_total{kind="write"}' not in metrics(server)


def in_words(shed):
    """Each is a page in two languages that comes back by itself, not all at one moment."""
    for answer in shed:
        page = answer.content.decode()
        assert len(page) < 3000
        assert 3 <= int(answer.headers["Retry-After"]) <= 9
        assert answer.headers["Refresh"] == answer.headers["Retry-After"]
        assert answer.headers["X-Request-ID"]
        assert 'lang="zh-hans"' in page
        assert 'lang="en"' in page
        assert "/static/" not in page
    assert len({answer.headers["Retry-After"] for answer in shed}) > 1


def metrics(server):
    return server.get("/metrics").content.decode()
