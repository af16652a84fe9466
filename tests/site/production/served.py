"""``luoshi serve --production`` in processes of its own, asked over the loopback."""

import http.client
import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from tests.site.scratch import START

PATIENCE = 120  # seconds: a machine with other work starts slowly


class Server:
    """A server; its lines stand in a file."""

    def __init__(self, env, folder, *options):
        self.lines_file = folder / f"lines-{time.monotonic_ns()}"
        script = folder / "luoshi"  # as it is called at an office, and with no guard
        script.write_text(f"{START}\n")
        call = [sys.executable, script, "serve", "--production", "--port", "0", *options]
        with self.lines_file.open("wb") as lines:
            self.process = subprocess.Popen(
                call, env=env | {"LUOSHI_LOG": "INFO"}, stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL, stderr=lines,
            )  # fmt: skip
        self.address = urlsplit(self._until(self._said))
        self._until(self._is_alive)

    def _until(self, found):
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if self.process.poll() is not None:
                break
            if value := found():
                return value
            time.sleep(0.05)
        raise AssertionError(self.lines_file.read_text())

    def _said(self):
        lines = self.lines_file.read_text().splitlines()
        return next((line.split()[-1] for line in lines if line.startswith("Luoshi: ")), None)

    def _is_alive(self):
        try:
            return self.get("/healthz").status == 200
        except OSError:
            return False

    def connection(self):
        return http.client.HTTPConnection(
            self.address.hostname, self.address.port, timeout=PATIENCE
        )

    def get(self, path, **headers):
        return self.ask("GET", path, headers=headers)

    def ask(self, method, path, body=None, headers=()):
        """The answer, its content as ``text``."""
        connection = self.connection()
        named = {name.replace("_", "-"): value for name, value in dict(headers).items()}
        connection.request(method, path, body, named)
        answer = connection.getresponse()
        answer.content = answer.read()
        connection.close()
        return answer

    def ready(self):
        """What /readyz says, once it is ready."""
        return self._until(lambda: (told := self.get("/readyz")).status == 200 and told)

    def lines(self):
        """The lines of JSON so far."""
        lines = self.lines_file.read_text().splitlines()
        return [json.loads(line) for line in lines if line.startswith("{")]

    def line_of(self, request):
        """The line of an answer by its request id: it may come a moment after it."""
        return self._until(
            lambda: next((one for one in self.lines() if one.get("request") == request), None)
        )

    def children(self):
        """The processes of this server by what they are called with."""
        found = {}
        for path in Path("/proc").glob("[0-9]*/stat"):
            try:
                parent = int(path.read_text().rpartition(")")[2].split()[1])
                called = (path.parent / "cmdline").read_bytes().replace(b"\0", b" ").decode()
            except OSError:
                continue
            if parent == self.process.pid:
                found[int(path.parent.name)] = called
        return found

    def workers(self):
        return {pid for pid, called in self.children().items() if "spawn_main" in called}

    def stop(self):
        """Ask it to stop; gives the exit code."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)
