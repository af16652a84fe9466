"""The processes of a crash round: writers that send orders, a worker that delivers notices.

A writer tells through a pipe what it begins and what was acknowledged. It is a door: it reads a
clock, which a signal sets back; when the database fails it asks again with the same command, as a
person does who got an error page.
"""

import faulthandler
import os
import signal
import time
from datetime import UTC, datetime, timedelta

from django.db import DatabaseError, connections
from django.utils import timezone

from tests.crash.orders import Order

MORNING = datetime(2021, 1, 15, 1, 0, tzinfo=UTC)
"""When the doors' clock began; it goes on with the machine's."""
REST = 0.005  # seconds before a command is sent again that the database failed
MOST = 300  # commands of one life, so the pipe never fills
LEASE = 0.1  # seconds
SET_BACK = signal.SIGUSR1
END = signal.SIGTERM
WHERE = signal.SIGUSR2
"""Asks a process that does not end where it stands."""


class Clock:
    """What a door reads instead of Django's clock; ``begun``: when this clock began to be read."""

    def __init__(self, begin: datetime, begun: float, back: timedelta) -> None:
        self._begin, self._begun, self._back = begin, begun, back
        self._shift = timedelta()

    def set_back(self, *_signal: object) -> None:
        """Go back, once."""
        self._shift = self._back

    def now(self) -> datetime:
        """The moment that this clock shows."""
        return self._begin + timedelta(seconds=time.monotonic() - self._begun) - self._shift

    def localdate(self):
        """The day that this clock shows."""
        return timezone.localtime(self.now(), timezone.get_default_timezone()).date()


def write(town, pipe, clock, *, round_, writer):
    """Send orders until told to end, or killed."""
    connections.close_all()  # what was open belongs to the process that forked
    ended = []
    _listen({SET_BACK: clock.set_back, END: lambda *_: ended.append(True)})
    for place in range(MOST):
        if ended:
            return
        order = Order(round_, writer, place)
        os.write(pipe, f"began {writer} {place}\n".encode())
        numbers = _until_acknowledged(order, town, clock, ended)
        if numbers is None:
            return
        said = " ".join(map(str, numbers))
        os.write(pipe, f"acknowledged {writer} {place} {said}\n".encode())


def _until_acknowledged(order, town, clock, ended):
    while True:
        try:
            return order.sent(town, clock.now())
        except DatabaseError:
            connections.close_all()
            if ended:
                return None
            time.sleep(REST)


def _listen(handlers):
    """Hear the signals that the process which forked held back until now."""
    faulthandler.register(WHERE, chain=False)
    for number, handler in handlers.items():
        signal.signal(number, handler)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, handlers)


def deliver(clock):
    """Deliver notices until killed; a worker that the database failed begins anew.

    So does the keeper beside the server (``luoshi.site.watching``), after a longer rest.
    """
    from django.core.management import CommandError, call_command

    from luoshi.notices import leases
    from luoshi.notices.management.commands import deliver as command

    connections.close_all()
    _listen({SET_BACK: clock.set_back, END: lambda *_: os._exit(0)})
    command.timezone = clock
    leases.AT_ONCE = 4  # more points to be killed at
    while True:
        worker = command.Command()
        try:
            call_command(worker, watch=True, pause=0.01, lease=LEASE)
        except (DatabaseError, OSError, CommandError) as failed:
            # OSError: the file of a channel, where the disk is full; CommandError: no database
            if isinstance(failed, CommandError) and not isinstance(failed.__cause__, DatabaseError):
                raise
            if worker.ended.is_set():  # asked to end just before the database failed it
                return
            connections.close_all()
            time.sleep(REST)
        else:
            return  # it was asked to end
