"""The gate: few at a time, writing first, reading sent away before it waits too long."""

import time
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

from luoshi.base import place
from luoshi.site.production import gate as law
from luoshi.site.production.gate import Bound, Gate, Kind, Overloaded

PATIENCE = 10  # seconds for a thread to come where it should be


def gate(*, most=10, patience=5.0, standing=None, most_lent=2, most_slow=0):
    bound = Bound(most, patience, standing)
    return Gate({Kind.WRITE: bound, Kind.READ: bound}, most_lent=most_lent, most_slow=most_slow)


def until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.001)


class Crowd:
    """Requests in threads of their own; the first holds the place until it is let go."""

    def __init__(self, at):
        self.at, self.order, self.let_go = at, [], Event()
        self.pool = ThreadPoolExecutor(32)
        self.first = self.pool.submit(self._hold)
        until(lambda: self.order == ["first"])

    def _hold(self):
        with self.at.passing(Kind.WRITE):
            self.order.append("first")
            assert self.let_go.wait(PATIENCE)

    def comes(self, kind, name):
        before = self.at.waiting(kind)
        asked = self.pool.submit(self._pass, kind, name)
        until(lambda: self.at.waiting(kind) > before or asked.done())
        return asked

    def _pass(self, kind, name):
        with self.at.passing(kind):
            self.order.append(name)


def test_who_writes_goes_before_who_came_earlier_to_read():
    crowd = Crowd(gate())
    asked = [crowd.comes(Kind.READ, "r1"), crowd.comes(Kind.READ, "r2")]
    asked += [crowd.comes(Kind.WRITE, "w1"), crowd.comes(Kind.WRITE, "w2")]
    crowd.let_go.set()
    for one in asked:
        one.result(PATIENCE)
    assert crowd.order == ["first", "w1", "w2", "r1", "r2"]


def test_behind_too_many_a_reader_is_sent_away_at_once_and_a_writer_is_not():
    bounds = {Kind.READ: Bound(2, PATIENCE), Kind.WRITE: Bound(4, PATIENCE)}
    crowd = Crowd(Gate(bounds, most_slow=0))
    asked = [crowd.comes(Kind.READ, "r1"), crowd.comes(Kind.READ, "r2")]
    with pytest.raises(Overloaded):
        crowd.comes(Kind.READ, "r3").result(PATIENCE)
    asked += [crowd.comes(Kind.WRITE, f"w{n}") for n in range(4)]
    with pytest.raises(Overloaded):
        crowd.comes(Kind.WRITE, "w4").result(PATIENCE)
    crowd.let_go.set()
    for one in asked:
        one.result(PATIENCE)
    with crowd.at.passing(Kind.READ) as waited:  # it recovered by itself
        assert waited == 0


def test_who_waited_too_long_is_sent_away_and_leaves_no_trace():
    crowd = Crowd(gate(patience=0.05))
    with pytest.raises(Overloaded):
        crowd.comes(Kind.READ, "late").result(PATIENCE)
    assert crowd.at.waiting(Kind.READ) == 0
    crowd.let_go.set()
    crowd.first.result(PATIENCE)
    with crowd.at.passing(Kind.READ):
        pass
    assert crowd.order == ["first"]


def test_what_was_waited_at_the_proxy_counts():
    crowd = Crowd(gate(patience=1.0))
    with pytest.raises(Overloaded), crowd.at.passing(Kind.READ, waited=1.5):
        pass
    crowd.let_go.set()
    crowd.first.result(PATIENCE)
    with crowd.at.passing(Kind.READ, waited=1.5):  # nobody is before it: it is answered
        pass


def test_by_what_requests_took_of_late_a_long_wait_is_foreseen(monkeypatch):
    monkeypatch.setattr(law, "WEIGHT", 1.0)  # the last request alone is the guess
    at = gate(most=100, patience=5.0)
    with at.passing(Kind.READ):
        time.sleep(1.0)
    crowd = Crowd(at)
    few = [crowd.comes(Kind.READ, str(n)) for n in range(5)]
    more = [crowd.comes(Kind.READ, str(n)) for n in range(5)]
    with pytest.raises(Overloaded):
        more[-1].result(PATIENCE)
    assert not few[0].done()  # it waited for longer already, and goes on
    crowd.let_go.set()
    for one in few:
        one.result(PATIENCE)


def test_who_sleeps_lends_the_place_and_is_never_sent_away_on_coming_back():
    at = gate(most=0)
    asleep, wake = Event(), Event()

    def poll():
        with at.passing(Kind.READ):
            with place.waiting() as may_wait:
                assert may_wait
                asleep.set()
                assert wake.wait(PATIENCE)
            return "back"

    with ThreadPoolExecutor(1) as pool:
        polled = pool.submit(poll)
        assert asleep.wait(PATIENCE)
        with at.passing(Kind.READ):  # the place is free meanwhile
            wake.set()
            until(lambda: at.waiting(Kind.WRITE) == 1)
        assert polled.result(PATIENCE) == "back"


def test_where_too_many_sleep_nobody_else_does():
    at = gate(most_lent=0)
    with at.passing(Kind.READ), place.waiting() as may_wait:
        assert not may_wait


def test_a_sleeper_finds_its_place_free_again():
    at = gate()
    with at.passing(Kind.READ):
        with place.waiting() as may_wait:
            assert may_wait
        with pytest.raises(Overloaded):
            gate_of_two_is_full(at)


def gate_of_two_is_full(at):
    """Ask for the one place while it is held, without patience."""
    with at.passing(Kind.READ, waited=10):
        pass


def test_work_that_lasts_holds_up_nobody(monkeypatch):
    monkeypatch.setattr(law, "LONGEST", 0.05)
    crowd = Crowd(gate(most_slow=1))
    asked = [crowd.comes(Kind.READ, "r1"), crowd.comes(Kind.WRITE, "w1")]
    for one in asked:
        one.result(PATIENCE)
    assert crowd.order == ["first", "w1", "r1"]
    assert not crowd.first.done()
    crowd.let_go.set()
    crowd.first.result(PATIENCE)


def test_only_so_much_of_it_at_a_time(monkeypatch):
    monkeypatch.setattr(law, "LONGEST", 0.05)
    at = gate(most_slow=1, patience=0.3)
    crowd = Crowd(at)
    wake = Event()

    def hold():
        with at.passing(Kind.READ):
            return wake.wait(PATIENCE)

    second = crowd.pool.submit(hold)
    until(lambda: len(at._working) == 2)
    with pytest.raises(Overloaded):
        crowd.comes(Kind.READ, "third").result(PATIENCE)
    crowd.let_go.set()
    wake.set()
    assert second.result(PATIENCE)


def test_a_rush_may_wait_long_and_a_queue_that_does_not_end_may_not(monkeypatch):
    monkeypatch.setattr(law, "STANDING", 0.0)
    at = gate(standing=0.0)
    crowd = Crowd(at)
    at._each = 0.1
    few = [crowd.comes(Kind.WRITE, str(n)) for n in range(law.FEW)]  # of so few no guess is made
    with pytest.raises(Overloaded):
        crowd.comes(Kind.WRITE, "more").result(PATIENCE)
    monkeypatch.setattr(law, "STANDING", PATIENCE)
    few.append(crowd.comes(Kind.WRITE, "in a rush"))
    crowd.let_go.set()
    for one in few:
        one.result(PATIENCE)


def test_a_sleeper_comes_back_though_others_work_long(monkeypatch):
    monkeypatch.setattr(law, "LONGEST", 0.05)
    at = gate(most_slow=1)
    asleep, wake = Event(), Event()

    def poll():
        with at.passing(Kind.READ):
            with place.waiting():
                asleep.set()
                assert wake.wait(PATIENCE)
            return "back"

    with ThreadPoolExecutor(2) as pool:
        polled = pool.submit(poll)
        assert asleep.wait(PATIENCE)
        with at.passing(Kind.WRITE):
            wake.set()
            assert polled.result(PATIENCE) == "back"


def test_where_the_server_ends_nobody_waits_any_more(monkeypatch, tmp_path):
    monkeypatch.setenv(place.ENDING, str(tmp_path / "ending"))
    with place.waiting() as may_wait:
        assert may_wait
    place.end()
    with place.waiting() as may_wait:
        assert not may_wait


def test_without_a_gate_one_may_always_wait():
    with place.waiting() as may_wait:
        assert may_wait


def test_a_fault_inside_gives_the_place_back():
    at = gate()
    with pytest.raises(ZeroDivisionError), at.passing(Kind.WRITE):
        raise ZeroDivisionError
    with at.passing(Kind.WRITE) as waited:
        assert waited == 0
