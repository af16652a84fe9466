"""What a served ledger takes while people work: memory of each process, processor, disk, lines.

Looked at every few seconds from outside, through ``/proc``; nothing is asked of the server.
"""

import os
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from harness.ground import Ground, Served, family, memory

EVERY = 5.0  # seconds between two looks
MINUTE = 60.0
MB = 2**20
LEDGER = "ledger.sqlite3"


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen at one moment."""

    at: float  # seconds of the monotonic clock
    resident: dict[str, float]  # MB of each process, by its name
    together: float  # MB of all of them, what they share counted once
    of_database: float  # MB of the database server; 0 for SQLite
    processor: float  # seconds that server and database took so far
    of_clients: float  # seconds that this process took so far
    on_disk: float  # MB of the database and what waits beside it
    lines: int  # connections to the database


@dataclass
class Watch:
    """All looks of a day."""

    place: Ground
    server: Served
    seen: list[Look] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

    def look(self) -> None:
        """Look once."""
        self.seen.append(
            Look(
                at=time.monotonic(),
                resident=_resident(self.server.pid),
                together=memory(self.server.pid) / MB,
                of_database=self.place.database_memory() / MB,
                processor=self.place.processor(self.server.pid),
                of_clients=time.process_time(),
                on_disk=_on_disk(self.place) / MB,
                lines=_lines(self.place, self.server.pid),
            )
        )

    def look_on(self) -> None:
        """Look until told to end."""
        while not self.ended.wait(EVERY):
            self.look()

    def between(self, start: float, end: float) -> list[Look]:
        """Return what was seen from one moment to another."""
        return [one for one in self.seen if start <= one.at <= end]

    def told(self) -> dict[str, Any]:
        """Return what each process held at the begin, after every minute, and at the end."""
        begun, last = self.seen[0].at, self.seen[-1]
        minutes = {int((one.at - begun) // MINUTE): one for one in reversed(self.seen)}
        rows = [{"minute": n, **_spoken(one)} for n, one in sorted(minutes.items())]
        return {
            "by_minute": [*rows, {"minute": round((last.at - begun) / MINUTE, 1), **_spoken(last)}],
            "most_mb": round(max(one.together for one in self.seen)),
            "database_most_mb": round(max(one.of_database for one in self.seen)),
        }


@contextmanager
def watched(place: Ground, server: Served) -> Iterator[Watch]:
    """Look at a served ledger from the begin to the end."""
    watch = Watch(place, server)
    watch.look()
    looking = threading.Thread(target=watch.look_on, daemon=True)
    looking.start()
    try:
        yield watch
    finally:
        watch.ended.set()
        looking.join()
        watch.look()


def growth(looks: Sequence[Look]) -> dict[str, float]:
    """Return by how many MB a minute each process, all together and the database server grow."""
    points = [(one.at / MINUTE, one) for one in looks]
    found = {
        "together": slope([(at, one.together) for at, one in points]),
        "database": slope([(at, one.of_database) for at, one in points]),
    }
    for name in looks[-1].resident if looks else ():
        found[name] = slope(
            [(at, one.resident[name]) for at, one in points if name in one.resident]
        )
    return {name: round(value, 2) for name, value in found.items()}


def slope(points: Sequence[tuple[float, float]]) -> float:
    """Return the slope of the line that lies nearest to some points; 0 of fewer than two."""
    if len(points) < 2:
        return 0.0
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    wide = sum((x - middle[0]) ** 2 for x, _ in points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / wide if wide else 0.0


def cores(looks: Sequence[Look]) -> dict[str, float]:
    """Return how many cores server and database kept busy meanwhile, and how many the clients."""
    if len(looks) < 2:
        return {}
    first, last = looks[0], looks[-1]
    seconds = last.at - first.at
    return {
        "server": round((last.processor - first.processor) / seconds, 2),
        "clients": round((last.of_clients - first.of_clients) / seconds, 2),
    }


def _spoken(one: Look) -> dict[str, Any]:
    return {
        "resident_mb": {name: round(mb, 1) for name, mb in one.resident.items()},
        "together_mb": round(one.together, 1),
        "database_server_mb": round(one.of_database, 1),
        "database_on_disk_mb": round(one.on_disk, 1),
        "database_connections": one.lines,
    }


def _resident(pid: int) -> dict[str, float]:
    """Return the MB in memory of each process of a server, by what it is for."""
    found: dict[str, float] = {}
    for each in family(pid):
        with suppress(OSError, IndexError):
            pages = int(Path(f"/proc/{each}/statm").read_text().split()[1])
            found[f"{_name(each, pid)} {each}"] = pages * os.sysconf("SC_PAGE_SIZE") / MB
    return found


def _name(pid: int, server: int) -> str:
    called = Path(f"/proc/{pid}/cmdline").read_text()
    kinds = {"spawn_main": "answers", "resource_tracker": "tracks", "deliver": "delivers"}
    if pid == server:
        return "keeps"
    return next((name for part, name in kinds.items() if part in called), "other")


def _on_disk(place: Ground) -> int:
    """Return the bytes of the database, with what waits in its log."""
    if not place.server_pid:
        return sum(path.stat().st_size for path in place.home.glob(f"{LEDGER}*"))
    total = 0
    for folder, _folders, names in os.walk(f"/proc/{place.server_pid}/cwd/."):
        for name in names:
            with suppress(OSError):
                total += (Path(folder) / name).lstat().st_size
    return total


def _lines(place: Ground, pid: int) -> int:
    """Return how many connections to the database are open."""
    if place.server_pid:
        called = [_called(each) for each in family(place.server_pid)]
        return sum("127.0.0.1(" in one for one in called)
    links = [link for each in family(pid) for link in _links(each)]
    return sum(link.endswith(f"/{LEDGER}") for link in links)


def _called(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def _links(pid: int) -> list[str]:
    found = []
    with suppress(OSError):
        for one in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):
                found.append(str(one.readlink()))
    return found
