"""A ledger in a home of its own: the process that works on it, and a server of it."""

import json
import os
import select
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from django.db import connection

from tests.base.test_concurrency import scratch_database

ROOT = Path(__file__).parents[2]
PATIENCE = 600  # seconds
STARTING = 90  # seconds


class Scratch:
    """A ledger of its own; ``run`` does one task of ``tests.exchange.workers``."""

    def __init__(self, home, url):
        given = {**os.environ, "LUOSHI_HOME": str(home), "DATABASE_URL": url or ""}
        given["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
        given["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
        given["LUOSHI_DELIVER"] = "no"
        given["LUOSHI_WEBHOOK_NETWORKS"] = "127.0.0.0/8"
        # Not measured: killed and forked processes end without telling what they ran.
        self.environment = {
            name: value for name, value in given.items() if not name.startswith("COVERAGE_")
        }
        self.complaints = home / "complaints.txt"
        with self.complaints.open("w") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "tests.exchange.workers"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env=self.environment,
                cwd=ROOT,
            )

    def begin(self, name, **given):
        self.process.stdin.write(json.dumps([name, given]) + "\n")
        self.process.stdin.flush()

    def answer(self):
        ready, _, _ = select.select([self.process.stdout], [], [], PATIENCE)
        line = self.process.stdout.readline() if ready else ""
        assert line, self.complaints.read_text()
        return json.loads(line)

    def run(self, name, **given):
        self.begin(name, **given)
        return self.answer()

    @contextmanager
    def served(self, workers=2):
        """Serve it in production: its address."""
        with socket.create_server(("127.0.0.1", 0)) as probe:
            port = probe.getsockname()[1]
        command = [sys.executable, "-m", "luoshi.site.cli", "serve", "--production"]
        with self.complaints.open("a") as errors:
            server = subprocess.Popen(
                [*command, "--port", str(port), "--workers", str(workers)],
                stdout=subprocess.DEVNULL,
                stderr=errors,
                env={**self.environment, "LUOSHI_PRODUCTION": "1"},
                cwd=ROOT,
            )
        address = f"http://127.0.0.1:{port}"
        try:
            self._wait_for(address, server)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(60)
            finally:
                server.kill()

    def _wait_for(self, address, server):
        until = time.monotonic() + STARTING
        while time.monotonic() < until:
            assert server.poll() is None, self.complaints.read_text()
            try:
                with urlopen(f"{address}/healthz", timeout=5):
                    return
            except (URLError, OSError):
                time.sleep(0.2)
        raise AssertionError(self.complaints.read_text())


@contextmanager
def scratch(home):
    """A ledger in files or on the server, as the tests' own database is."""
    url, remove = (None, lambda: None) if connection.vendor == "sqlite" else scratch_database()
    ledger = Scratch(home, url)
    try:
        yield ledger
    finally:
        ledger.process.stdin.close()
        try:
            ledger.process.wait(60)
        finally:
            ledger.process.kill()
            ledger.process.stdout.close()
            remove()
