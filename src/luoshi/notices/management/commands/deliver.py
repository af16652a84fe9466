"""``luoshi deliver``: put waiting notices into inboxes and send what goes out beside them."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from threading import Event
from typing import Any

from django.conf import settings
from django.core.management.base import CommandParser
from django.db import close_old_connections
from django.utils import timezone
from django.utils.module_loading import import_string

from luoshi.base.console import ConsoleCommand
from luoshi.notices import commands

LONGEST_PAUSE = 3600.0  # seconds


class Command(ConsoleCommand):
    """Deliver once, or keep watching; any number of these may run beside each other."""

    help = "Deliver notices to inboxes and channels (投递消息)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare how long to stay."""
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--once", action="store_true", help="deliver what waits, then end (default)"
        )
        how.add_argument("--watch", action="store_true", help="keep watching until stopped")
        parser.add_argument(
            "--pause", type=float, default=2.0, help="seconds between two looks (default 2)"
        )
        parser.add_argument(
            "--lease",
            type=float,
            default=120.0,
            help="seconds after which another worker takes up what this one left (default 120)",
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="end when the program ends that started this"
        )

    def run(
        self, *, watch: bool, pause: float, lease: float, with_parent: bool, **_options: Any
    ) -> None:
        """Look, deliver, rest, and look again; who is asked to end does so between two batches.

        So it leaves no lease behind that others would have to wait for.
        """
        self.ended = Event()
        self.parent = os.getppid()
        self.passed_on: date | None = None
        self.further_work = [import_string(path) for path in settings.FURTHER_WORK]
        held = timedelta(seconds=max(lease, 0.1))
        with _ending(self.ended):
            while not self.ended.is_set():
                settings.WORKER_ALIVE.touch()
                done = self._deliver(held)
                if with_parent and os.getppid() != self.parent:
                    break
                if not done:
                    if not watch:
                        break
                    close_old_connections()
                    self._rest(min(max(pause, 0.01), LONGEST_PAUSE))

    def _rest(self, seconds: float) -> None:
        """Rest, or wake up because the end is asked for."""
        self.ended.wait(seconds)

    def _deliver(self, lease: timedelta) -> int:
        """Do all that waits now; returns how much it was.

        Once a day, when nothing waits, successors get what is still asked of their posts.
        """
        done = 0
        commands.free_expired(at=timezone.now())
        for step in (commands.deliver, commands.send):
            while not self.ended.is_set() and (some := step(at=timezone.now(), lease=lease)):
                done += some
        for work in self.further_work:  # one turn each: notices wait for none of it
            if not self.ended.is_set():
                done += work(at=timezone.now(), lease=lease)
        if not done and self.passed_on != timezone.localdate():
            done = commands.pass_on(at=timezone.now())
            self.passed_on = timezone.localdate()
        return done


@contextmanager
def _ending(ended: Event) -> Iterator[None]:
    """Take a request to end (SIGTERM) as a wish meanwhile."""
    before = signal.signal(signal.SIGTERM, lambda _number, _frame: ended.set())
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
