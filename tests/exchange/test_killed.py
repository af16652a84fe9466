"""Workers that post die at any point (kill -9): no entry is lost, the order of a thread is kept."""

import pytest

from tests.exchange.receiver import Receiver
from tests.exchange.scratch import scratch

pytestmark = [pytest.mark.database, pytest.mark.early, pytest.mark.long]
SEED = 2017
MATTERS = 6
WRITERS = 2


def test_killed_workers_lose_no_entry_and_keep_the_order_of_each_thread(tmp_path, size):
    with Receiver() as receiver, scratch(tmp_path) as ledger:
        known = ledger.run("prepare", matters=MATTERS, url=receiver.url)
        given = {"district": known["district"], "seed": known["seed"], "matters": known["matters"]}
        rounds = size["notices"]
        writers = [
            ("write", {**given, "rounds": rounds, "drawn": str(number)})
            for number in range(WRITERS)
        ]
        written = ledger.run("together", tasks=writers)
        receiver.delay = 0.002
        # Some are refused, some lost on the way: they go out again after ten seconds of theirs.
        receiver.answers.extend(([204] * 9 + [422]) * 2)
        told = ledger.run("post", seed=SEED)
    assert told["waiting"] == 0
    assert told["killed"] > 2
    numbers = {number for numbers in written for number in numbers}
    assert set(receiver.numbers) == numbers
    threads = {}
    for entry, _headers, _body in receiver.got:
        threads.setdefault(entry["thread"], []).append(entry["number"])
    for thread, came in threads.items():
        firsts = list(dict.fromkeys(came))
        assert firsts == sorted(firsts), thread
        # One that came twice was the last that came before: nothing later overtook it.
        assert came == sorted(came), thread
    ids = {headers["Luoshi-Delivery"] for _entry, headers, _body in receiver.got}
    assert len(ids) == len(numbers)  # the same delivery has the same id, however often it comes
