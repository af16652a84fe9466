"""The SQLite engine of Django; a writer that waits is the next to write.

SQLite has no queue: whoever waits asks again after ever longer sleeps, and one of eight busy
writers may ask in vain for twenty seconds. Here only the first of those who wait asks SQLite, the
others wait for its place, and who has just written goes behind them.
"""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

from django.db.backends.sqlite3 import base


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection whose transactions begin in turn.

    ``waited_for_turn`` are the seconds that it waited for others so far.
    """

    waited_for_turn = 0.0

    def _start_transaction_under_autocommit(self) -> None:
        with self._turn():
            super()._start_transaction_under_autocommit()  # type: ignore[misc]

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Hold the first place: from here on until SQLite has given its lock, nobody overtakes."""
        path = Path(f"{self.settings_dict['NAME']}-queue")
        began = perf_counter()
        with path.open("ab") as place:
            fcntl.flock(place, fcntl.LOCK_EX)  # given back with the file, also by a killed process
            self.waited_for_turn += perf_counter() - began
            yield
