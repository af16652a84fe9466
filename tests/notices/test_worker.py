"""``luoshi deliver`` and the process that runs it beside the server."""

import os
import signal
import sys
import time

import pytest
from django.core.management import call_command

from luoshi.base.models import Outbox
from luoshi.notices import commands
from luoshi.notices.management.commands import deliver
from luoshi.site import watching
from luoshi.site.watching import Keeper, delivering
from tests.ledger.town import LEAD

PATIENCE = 10  # seconds


def test_once_does_all_that_waits_and_ends(town, desks):
    town.assigned()
    call_command("deliver")
    assert desks.inbox(LEAD) == ["matter.assigned"]
    call_command("deliver", once=True)
    assert desks.inbox(LEAD) == ["matter.assigned"]


def test_watching_rests_where_nothing_waits_and_ends_with_its_parent(town, desks, monkeypatch):
    rests = []

    def rest(seconds):
        rests.append(seconds)
        town.assigned("S1")
        if len(rests) == 2:
            monkeypatch.setattr(os, "getppid", lambda: -1)

    town_codes = iter(("S1", "S2", "S3"))
    assigned = town.assigned
    monkeypatch.setattr(town, "assigned", lambda _code: assigned(next(town_codes)))
    monkeypatch.setattr(deliver.Command, "_rest", lambda _self, seconds: rest(seconds))
    monkeypatch.setattr(deliver, "close_old_connections", lambda: None)
    call_command("deliver", watch=True, with_parent=True, pause=0.5)
    assert rests == [0.5, 0.5]
    assert desks.inbox(LEAD) == ["matter.assigned"] * 2


def test_successors_are_looked_for_once_a_day(town, monkeypatch):
    looked = []

    def pass_on(*, at):
        looked.append(at)
        return 0

    monkeypatch.setattr(commands, "pass_on", pass_on)
    monkeypatch.setattr(deliver, "close_old_connections", lambda: None)
    rests = iter(range(3))

    def rest(_seconds):
        if next(rests, None) is None:
            raise KeyboardInterrupt

    monkeypatch.setattr(deliver.Command, "_rest", lambda _self, seconds: rest(seconds))
    with pytest.raises(KeyboardInterrupt):
        call_command("deliver", watch=True)
    assert len(looked) == 1


def waiting_for(condition):
    until = time.monotonic() + PATIENCE
    while not condition() and time.monotonic() < until:
        time.sleep(0.02)
    assert condition()


def test_a_worker_that_ends_by_itself_is_followed_by_another(tmp_path):
    marks = tmp_path / "marks"
    script = f"open({str(marks)!r}, 'a').write('x')"
    with delivering((sys.executable, "-c", script), pause=0.05):
        waiting_for(lambda: marks.exists() and len(marks.read_text()) >= 2)


def test_the_worker_ends_with_the_server():
    keeper = Keeper((sys.executable, "-c", "import time; time.sleep(60)"), pause=60)
    keeper.start()
    keeper.end()
    keeper.join(PATIENCE)
    assert not keeper.is_alive()
    assert keeper.started == 1


def test_delivery_may_be_left_to_workers_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("LUOSHI_DELIVER", "no")
    mark = tmp_path / "mark"
    with delivering((sys.executable, "-c", f"open({str(mark)!r}, 'w')")):
        pass
    assert not mark.exists()


def test_who_is_asked_to_end_rests_no_longer_and_leaves_no_lease(town, desks, monkeypatch):
    town.assigned()
    deliver_some = commands.deliver

    def asked_meanwhile(**given):
        done = deliver_some(**given)
        signal.raise_signal(signal.SIGTERM)
        return done

    monkeypatch.setattr(commands, "deliver", asked_meanwhile)
    before = signal.getsignal(signal.SIGTERM)
    call_command("deliver", watch=True, pause=PATIENCE)
    assert desks.inbox(LEAD) == ["matter.assigned"]
    assert not Outbox.objects.exclude(claimed_by=None).exists()
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_worker_that_does_not_end_is_killed(monkeypatch, tmp_path):
    monkeypatch.setattr(watching, "PATIENCE", 0.5)
    mark = tmp_path / "deaf"
    script = (
        "import pathlib, signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"pathlib.Path({str(mark)!r}).touch(); time.sleep(60)"
    )
    keeper = Keeper((sys.executable, "-c", script), pause=60)
    keeper.start()
    waiting_for(mark.exists)
    keeper.end()
    keeper.join(PATIENCE)
    assert not keeper.is_alive()
