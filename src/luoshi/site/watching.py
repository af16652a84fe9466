"""The worker that delivers notices, as a process beside the server and of its length of life."""

import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from threading import Event, Thread

COMMAND = (sys.executable, "-m", "luoshi.site.cli", "deliver", "--watch", "--with-parent")
PATIENCE = 30.0  # seconds that a worker has to finish its batch
PAUSE = 5.0  # seconds before a worker that ended by itself is started again


@contextmanager
def delivering(command: Sequence[str] = COMMAND, *, pause: float = PAUSE) -> Iterator[None]:
    """Keep a worker running meanwhile; one that ends by itself is followed by another.

    What it held is free again when its lease ends. ``LUOSHI_DELIVER=no`` leaves delivery to
    workers that run elsewhere.
    """
    if os.environ.get("LUOSHI_DELIVER") == "no":
        yield
        return
    keeper = Keeper(command, pause=pause)
    keeper.start()
    try:
        yield
    finally:
        keeper.end()


class Keeper(Thread):
    """Starts the worker, and starts it again while it is wanted."""

    def __init__(self, command: Sequence[str], *, pause: float) -> None:
        super().__init__(name="keeper", daemon=True)
        self._command, self._pause = command, pause
        self._ended = Event()
        self.started = 0
        self._child = self._begun()

    def _begun(self) -> "subprocess.Popen[bytes]":
        self.started += 1
        return subprocess.Popen(self._command, stdin=subprocess.DEVNULL)  # noqa: S603 - our own words

    def run(self) -> None:
        """Wait for the worker's end, rest, begin anew."""
        while True:
            self._child.wait()
            if self._ended.wait(self._pause):
                return
            self._child = self._begun()

    def end(self) -> None:
        """End the worker, which finishes its batch, and stop starting it."""
        self._ended.set()
        self._child.terminate()
        try:
            self._child.wait(PATIENCE)
        except subprocess.TimeoutExpired:  # its leases run out by themselves
            self._child.kill()
            self._child.wait()
