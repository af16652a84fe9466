"""The ground of a run: a home, a database, and a served ledger; all of it on loopback."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tooling import machine
from tooling.postgres import Server

ROOT = Path(__file__).resolve().parents[2]
START = "from luoshi.site.cli import main; main()"
PROCESSES = 2
TICKS = os.sysconf("SC_CLK_TCK")  # a second
PATIENCE = 240  # seconds for a server to answer first: static files are gathered once
CLUSTER = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
max_connections = 60
shared_buffers = 512MB
max_wal_size = 4GB
"""
"""As in earnest: what is committed is on the disk."""


@dataclass
class Ground:
    """A home and its database."""

    database: str
    home: Path
    url: str = ""
    server_pid: int = 0  # of PostgreSQL
    told: dict[str, Any] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        """Return the environment of every process that works on it."""
        paths = os.pathsep.join((str(ROOT / "src"), str(ROOT / "bench"), str(ROOT)))
        mine = {"LUOSHI_HOME": str(self.home), "DATABASE_URL": self.url, "PYTHONPATH": paths}
        return {**os.environ, **mine, "PYTHONDONTWRITEBYTECODE": ""}

    def build(self, entries: int, accounts: int = 128) -> dict[str, Any]:
        """Build the ledger of so many entries, unless it stands; returns what is told of it."""
        builder = Path(__file__).with_name("ledger.py")
        done = subprocess.run(
            [sys.executable, str(builder), str(entries), str(accounts)],
            env=self.environment, stdout=subprocess.PIPE, check=True,
        )  # fmt: skip
        self.told = json.loads(done.stdout.splitlines()[-1])
        return self.told

    def processor(self, pid: int) -> float:
        """Return the seconds that a server of this ledger and its database took so far."""
        return processor(pid) + (processor(self.server_pid) if self.server_pid else 0.0)

    def database_memory(self) -> int:
        """Return the bytes that the database server holds; 0 for SQLite, which has none."""
        return memory(self.server_pid) if self.server_pid else 0


@contextmanager
def ground(database: str, home: Path) -> Iterator[Ground]:
    """Give a home, and for PostgreSQL a server of its own over a cluster in that home."""
    home.mkdir(parents=True, exist_ok=True)
    if database == "sqlite":
        yield Ground(database, home)
        return
    programs = machine.postgres_folder()
    if programs is None:
        sys.exit("Please install PostgreSQL: sudo apt-get install postgresql")
    for folder in [home, *home.parents]:  # the server's account must pass
        with suppress(PermissionError):
            folder.chmod(folder.stat().st_mode | 0o011)
    server = Server(programs, folder=home / "pg", settings=CLUSTER)
    with server.held():
        server.start()
        try:
            pid = int((server.cluster / "postmaster.pid").read_text().split()[0])
            yield Ground(database, home, server.url, pid)
        finally:
            server.stop_kindly()


@dataclass(frozen=True, slots=True)
class Served:
    """A server that answers."""

    port: int
    pid: int

    def memory(self) -> int:
        """Return the bytes that the server's processes hold."""
        return memory(self.pid)


@contextmanager
def served(
    place: Ground, *, settings: str = "harness.settings", words: tuple[str, ...] = (), **env: str
) -> Iterator[Served]:
    """Serve a ledger with two processes, as an office machine of two cores does."""
    port = free_port()
    given = {**place.environment, "DJANGO_SETTINGS_MODULE": settings, **env}
    command = [sys.executable, "-c", START, "serve", "--port", str(port)]
    log = (place.home / "served.log").open("wb")
    server = subprocess.Popen(
        [*command, "--workers", str(PROCESSES), *words], env=given, stdout=log, stderr=log
    )
    try:
        _wait_for(port, server)
        yield Served(port, server.pid)
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        log.close()


def memory(pid: int) -> int:
    """Return the bytes of a process and all below it; what they share is counted once (PSS)."""
    total = 0
    for each in family(pid):
        with suppress(OSError):
            for line in Path(f"/proc/{each}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    total += int(line.split()[1]) * 1024
    return total


def processor(pid: int) -> float:
    """Return the seconds of processor time that a process and all below it took so far."""
    total = 0
    for each in family(pid):
        with suppress(OSError, IndexError):
            stat = Path(f"/proc/{each}/stat").read_text().rpartition(")")[2].split()
            total += int(stat[11]) + int(stat[12])
    return total / TICKS


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found = [pid]
    with suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += family(int(child))
    return found


def free_port() -> int:
    """Return a port that is free now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    begun = time.monotonic()
    while time.monotonic() - begun < PATIENCE and server.poll() is None:
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        time.sleep(0.05)
    sys.exit("The server did not answer.")
