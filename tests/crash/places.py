"""Where the ledger of the crash rounds stands, and how its ground gives way: server and disk.

Run as root on Linux, the ledger stands on a small file system in memory that is filled to its last
byte; elsewhere the processes that write are forbidden to write files (RLIMIT_FSIZE).
"""

import os
import resource
import shutil
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

from tooling import machine
from tooling.postgres import Server

SIZE = {"sqlite": 256, "postgresql": 512}  # MB of the small file system
PATIENCE = 60  # seconds for a server to come back
DURABLE = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
max_connections = 30
shared_buffers = 32MB
max_wal_size = 128MB
min_wal_size = 32MB
"""
"""A commit is on the disk before it is acknowledged, as everywhere but in tests."""


class Disk:
    """The file system under the ledger."""

    def __init__(self, folder: Path, megabytes: int, *, mounted: bool) -> None:
        self.folder, self.is_mounted = folder, mounted
        folder.mkdir(exist_ok=True)
        if mounted:
            size = f"size={megabytes}m,mode=0755"
            command = ["mount", "-t", "tmpfs", "-o", size, "luoshi-crash", str(folder)]
            subprocess.run(command, check=True)

    def unmount(self):
        """Give the memory back; what is still open there is let go with its process."""
        if self.is_mounted:
            subprocess.run(["umount", "--lazy", str(self.folder)], check=False)

    @property
    def how(self) -> str:
        return "tmpfs filled" if self.is_mounted else "RLIMIT_FSIZE"

    def fill(self, pids):
        """Let nobody write a further byte."""
        if not self.is_mounted:
            _limit(pids, 1)
            return
        ballast = os.open(self.folder / "ballast", os.O_CREAT | os.O_WRONLY)
        for piece in (1 << 20, 1 << 12):  # bytes; first in large steps, then to the last page
            with suppress(OSError):
                while True:
                    end = os.lseek(ballast, 0, os.SEEK_END)
                    os.posix_fallocate(ballast, end, piece)
        os.close(ballast)

    def clear(self, pids):
        """Give the room back."""
        if self.is_mounted:
            (self.folder / "ballast").unlink()
        else:
            _limit(pids, resource.RLIM_INFINITY)


def _limit(pids, soft):
    for pid in pids:
        with suppress(ProcessLookupError):
            _, hard = resource.prlimit(pid, resource.RLIMIT_FSIZE)
            chosen = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (chosen, hard))


class Files:
    """SQLite: there is no server, its processes are the writers themselves."""

    title = "sqlite"
    url = ""

    def __init__(self, disk: Disk) -> None:
        self.disk = disk

    def start(self):
        """Nothing is to be started."""

    def stop(self):
        """Nothing is to be stopped."""

    def back(self):
        """Nothing is to come back."""

    def processes(self):
        """No process but those of the round writes here."""
        return []


class Cluster:
    """PostgreSQL: a server of the rounds' own, durable as in earnest."""

    title = "postgresql"
    ways = ("kill -9 of the server", "kill -9 of a session", "immediate stop")

    def __init__(self, disk: Disk) -> None:
        programs = machine.postgres_folder()
        assert programs is not None
        self.disk = disk
        self.server = Server(programs, folder=disk.folder / "pg", settings=DURABLE)

    def start(self):
        """Start the server and wait until it answers."""
        with self.server.held():
            self.server.start()
        self.url = self.server.url

    def stop(self):
        """Stop the server, whatever is connected."""
        if self.pid() is not None:
            self.server.stop()

    def break_(self, drawn):
        """Let the server die in one of its ways, and bring it back; returns the way."""
        way = drawn.choice(self.ways)
        if way == "immediate stop":
            self.server.stop()
        elif way == "kill -9 of a session":
            # The server ends every other session too and recovers by itself.
            sessions = [pid for pid in self.processes()[1:] if _is_session(pid)]
            if sessions:
                _kill(drawn.choice(sessions))
        else:
            family = self.processes()
            _kill(family[0])
            _wait_for(lambda: not any(map(_lives, family)))
        self.back()
        return way

    def back(self):
        """Wait until the server serves again; one that ended is started."""
        begun = time.monotonic()
        while True:
            try:
                if self.pid() is None:
                    self.server.start_again()
                self._ask()
            except Exception:
                if time.monotonic() - begun > PATIENCE:
                    raise
                time.sleep(0.02)
            else:
                return

    def _ask(self):
        import psycopg

        with psycopg.connect(self.url, connect_timeout=2) as session:
            session.execute("SELECT 1")

    def pid(self):
        """The server's process, None where it does not run."""
        try:
            pid = int((self.server.cluster / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        return pid if _lives(pid) else None

    def processes(self):
        """The server's process and its children."""
        pid = self.pid()
        if pid is None:
            return []
        return [pid, *map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]


def _is_session(pid):
    with suppress(OSError):
        return b"127.0.0.1" in Path(f"/proc/{pid}/cmdline").read_bytes()
    return False


def _kill(pid):
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)


def _lives(pid):
    """Whether a process lives; one that only waits to be counted is dead."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def _wait_for(is_so):
    begun = time.monotonic()
    while not is_so():
        if time.monotonic() - begun > PATIENCE:
            msg = "the server's processes outlived it"
            raise TimeoutError(msg)
        time.sleep(0.01)


def may_mount() -> bool:
    """Whether this process may have a file system of its own."""
    if os.geteuid() or not shutil.which("unshare"):
        return False
    asked = ["unshare", "--mount", "--propagation", "private", "true"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0
