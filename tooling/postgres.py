"""A PostgreSQL of our own for tests: in a cache folder, on a free port, gone when they end."""

import fcntl
import hashlib
import os
import pwd
import secrets
import shutil
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tooling import machine
from tooling.console import Sorry, quietly, say, step
from tooling.places import ROOT, environment

SOCKET_PATH_LIMIT = 90  # bytes; the system allows 107 with the socket's own name
ORDINARY_ACCOUNTS = ("postgres", "nobody")
SHARED_CACHE = Path("/var/tmp/luoshi")  # noqa: S108  ours only while root owns it, see below
SETTINGS = """
listen_addresses = '127.0.0.1'
port = {port}
unix_socket_directories = '{sockets}'
timezone = 'Asia/Shanghai'
log_timezone = 'Asia/Shanghai'
max_connections = 200
shared_buffers = 128MB
# A test database need not survive a power cut.
fsync = off
synchronous_commit = off
full_page_writes = off
"""


@contextmanager
def database_url() -> Iterator[str]:
    """Give the address of a PostgreSQL to test on; one of our own is stopped at the end.

    ``DATABASE_URL`` wins where it is set. A server left by a killed run is stopped first.
    """
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    programs = machine.postgres_folder()
    if programs is None:
        raise Sorry("Please install PostgreSQL: sudo apt-get install postgresql")
    server = Server(programs)
    with server.held():
        server.start()
        try:
            yield server.url
        finally:
            server.stop()


class Server:
    """One cluster, kept between runs; as root it runs under an ordinary account."""

    def __init__(
        self, programs: Path, *, folder: Path | None = None, settings: str = SETTINGS
    ) -> None:
        """Choose the folder by the project's place and the server's version, or take the one given.

        ``settings`` are those of ``postgresql.conf``, with places for ``port`` and ``sockets``.
        """
        self.programs = programs
        self.settings = settings
        self.account = _ordinary_account() if os.geteuid() == 0 else None
        place = hashlib.sha256(f"{ROOT}\0{programs}".encode()).hexdigest()[:12]
        self.folder = folder or _cache_folder(self.account) / f"pg-{place}"
        self.cluster = self.folder / "cluster"

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep the cluster for one run at a time; the system lets go if that run is killed."""
        self._make_folder()
        with (self.folder / "held").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                say("  Another run uses the test PostgreSQL of this folder; waiting for it.")
                fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    @property
    def url(self) -> str:
        """The address of the running server, password included."""
        password = (self.folder / "password").read_text().strip()
        port = (self.cluster / "postmaster.pid").read_text().splitlines()[3]
        return f"postgresql://luoshi:{password}@127.0.0.1:{port}/postgres"

    def start(self) -> None:
        """Make the cluster if there is none and start it on a free port."""
        with step("PostgreSQL"):
            if not (self.cluster / "made").exists():
                self._make_cluster()
            if self._is_running():  # left by a killed run, whose tests may still hold databases
                self.stop()
            self._write_settings()
            self.start_again()

    def start_again(self) -> None:
        """Start the server as it was started before: on the same port, whatever ended it."""
        log = self.folder / "server.log"
        self._run("pg_ctl", "-D", self.cluster, "-l", log, "-w", "-s", "start")

    def stop(self) -> None:
        """Stop the server and break what is still connected."""
        self._run("pg_ctl", "-D", self.cluster, "-m", "immediate", "-w", "-s", "stop")

    def stop_kindly(self) -> None:
        """Stop the server when everything is written where it belongs."""
        self._run("pg_ctl", "-D", self.cluster, "-m", "fast", "-w", "-s", "stop")

    def _is_running(self) -> bool:
        try:
            self._run("pg_ctl", "-D", self.cluster, "status")
        except Sorry:
            return False
        return True

    def _make_folder(self) -> None:
        self.folder.parent.mkdir(parents=True, exist_ok=True)
        if self.folder.parent.stat().st_uid != os.geteuid():
            raise Sorry(f"Please remove {self.folder.parent}: it belongs to somebody else.")
        self.folder.mkdir(exist_ok=True, mode=0o700)
        if self.account:
            shutil.chown(self.folder, self.account)

    def _make_cluster(self) -> None:
        shutil.rmtree(self.cluster, ignore_errors=True)
        password = self.folder / "password"
        password.write_text(secrets.token_hex(16))
        password.chmod(0o600)
        if self.account:
            shutil.chown(password, self.account)
        who = ["--username", "luoshi", "--auth", "scram-sha-256", "--pwfile", str(password)]
        how = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--no-sync"]
        self._run("initdb", "--pgdata", self.cluster, *who, *how)
        (self.cluster / "made").touch()

    def _write_settings(self) -> None:
        fits = len(os.fsencode(self.folder)) <= SOCKET_PATH_LIMIT
        text = self.settings.format(port=_free_port(), sockets=self.folder if fits else "")
        (self.cluster / "postgresql.auto.conf").write_text(text)

    def _run(self, program: str, *arguments: str | Path) -> None:
        command = [self.programs / program, *arguments]
        # The server reads its environment: no setting of the user's own server may reach it.
        clean = {name: value for name, value in environment().items() if name[:2] != "PG"}
        quietly(command, env=clean | {"LC_ALL": "C.UTF-8"}, folder=self.folder, user=self.account)


def _ordinary_account() -> str:
    """Return the account for the server when we are root, whom PostgreSQL refuses."""
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ORDINARY_ACCOUNTS if name in known)


def _cache_folder(account: str | None) -> Path:
    """Return the user's cache folder, or a shared one that the server's account can reach."""
    chosen = os.environ.get("XDG_CACHE_HOME")
    cache = (Path(chosen) if chosen else Path.home() / ".cache") / "luoshi"
    if account is None or all(_is_open(folder) for folder in [cache, *cache.parents]):
        return cache
    return SHARED_CACHE


def _is_open(folder: Path) -> bool:
    """Return whether any account may pass through; a folder that we shall make counts as open."""
    return not folder.exists() or bool(folder.stat().st_mode & 0o001)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
