"""Readers behind writers over HTTP: none is missed, a copy is equal, nobody is held up."""

import json
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from urllib.request import Request, urlopen

import pytest

from tests.exchange.scratch import scratch

pytestmark = [pytest.mark.database, pytest.mark.early, pytest.mark.long]
EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "board_copy.py"
DAY = "2020-06-01"
WRITERS = 4
WAITERS = 12
MATTERS = 8


@pytest.fixture(scope="module")
def live(tmp_path_factory):
    """A ledger that is served by two processes, and what is known of it."""
    with scratch(tmp_path_factory.mktemp("live")) as ledger:
        known = ledger.run("prepare", matters=MATTERS)
        with ledger.served() as address:
            yield ledger, address, known


def asked(address, known, path):
    headers = {"Authorization": f"Bearer {known['token']}"}
    with urlopen(Request(f"{address}/api/v1{path}", headers=headers), timeout=60) as answer:
        return json.load(answer), dict(answer.headers)


def tasks(known, rounds):
    given = {"district": known["district"], "seed": known["seed"], "matters": known["matters"]}
    return [
        ("write", {**given, "rounds": rounds, "drawn": f"{time.monotonic_ns()}-{number}"})
        for number in range(WRITERS)
    ]


def test_readers_behind_writers_miss_no_entry_and_get_each_once(live, size):
    ledger, address, known = live
    before, rounds = ledger.run("last", district=known["district"]), size["notices"]
    whole = before + WRITERS * rounds

    def follow(limit):
        seen, after = [], before
        while after < whole:
            told, _headers = asked(address, known, f"/journal?after={after}&limit={limit}&wait=10")
            seen += [entry["number"] for entry in told["entries"]]
            assert told["last"] >= after
            after = told["last"]
        return seen

    with ThreadPoolExecutor(3) as readers:
        following = [readers.submit(follow, limit) for limit in (1, 7, 500)]
        written = ledger.run("together", tasks=tasks(known, rounds))
        seen = [one.result(120) for one in following]
    assert sorted(number for numbers in written for number in numbers) == seen[0]
    assert seen == [list(range(before + 1, whole + 1))] * 3


def test_a_copy_of_the_board_is_in_step_while_writers_write(live, size):
    ledger, address, known = live
    spec = spec_from_file_location("board_copy", EXAMPLE)
    example = module_from_spec(spec)
    spec.loader.exec_module(example)
    copy = example.BoardCopy(address, known["token"], DAY)
    assert copy.rows.keys() == set(known["matters"])
    ledger.begin("together", tasks=tasks(known, size["notices"]))
    whole, equal = copy.last + WRITERS * size["notices"], []
    while copy.last < whole:
        copy.follow(wait=10)
        equal.append(copy.rows == copy.board())
    ledger.answer()
    assert equal
    assert all(equal)
    copy.rows[known["matters"][0]]["area"] = "别处"
    assert copy.rows != copy.board()


def test_those_who_wait_hold_up_nobody(live):
    _ledger, address, known = live
    last = asked(address, known, "/")[0]["last_entry"]

    def wait(seconds):
        began = time.monotonic()
        told, headers = asked(address, known, f"/journal?after={last}&wait={seconds}")
        return told, headers, time.monotonic() - began

    with ThreadPoolExecutor(WAITERS) as crowd:
        waiting = [crowd.submit(wait, 6) for _ in range(WAITERS)]
        time.sleep(1)
        took = []
        for _look in range(20):
            began = time.monotonic()
            asked(address, known, "/")
            took.append(time.monotonic() - began)
        still = sum(not one.done() for one in waiting)
        answers = [one.result(60) for one in waiting]
    assert still == WAITERS  # all of them waited while the others were answered
    assert statistics.median(took) < 1  # with one process asleep it would be seconds
    for told, headers, seconds in answers:
        assert told == {"entries": [], "last": last, "more": False}
        assert "Retry-After" not in headers
        assert seconds >= 5.5
