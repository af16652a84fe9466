"""Homes of their own for tests that start ``luoshi`` as a person does, on either database."""

import atexit
import json
import os
import socket
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

ROOT = Path(__file__).resolve().parents[2]
START = "from luoshi.site.cli import main; main()"
PATIENCE = 300  # seconds after which a command is given up


@contextmanager
def home(folder):
    """Give the environment of an empty home: a folder, and on PostgreSQL a database of its own."""
    given = os.environ.get("DATABASE_URL", "")
    env = os.environ | {"LUOSHI_HOME": str(folder), "PYTHONPATH": str(ROOT / "src")}
    if "LUOSHI_MEASURE_CALLS" in env:  # set by tooling.suite
        env |= {"COVERAGE_PROCESS_START": env["LUOSHI_MEASURE_CALLS"]}
    if not given:
        yield env | {"DATABASE_URL": ""}
        return
    import psycopg

    name = f"scratch_{uuid4().hex[:12]}"
    with psycopg.connect(given, autocommit=True) as server:
        server.execute(f'CREATE DATABASE "{name}"')
        try:
            parts = urlsplit(given)
            yield env | {"DATABASE_URL": urlunsplit(parts._replace(path=f"/{name}"))}
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def luoshi(env, *arguments, text=""):
    """Run a command of ``luoshi`` to its end, in a process of its own (see tests.site.warm)."""
    calls = _calls()
    message = json.dumps({"arguments": arguments, "env": dict(env)}).encode()
    with tempfile.TemporaryFile() as input_, _stream() as output, _stream() as errors:
        input_.write(text.encode())
        input_.seek(0)
        streams = [file.fileno() for file in (input_, output, errors)]
        try:
            socket.send_fds(calls, [message], streams)
            code = int(calls.recv(16))
        except (OSError, ValueError):  # no answer in time: that process is of no more use
            _calls.cache_clear()
            calls.close()
            raise
        return subprocess.CompletedProcess(arguments, code, _said(output), _said(errors))


def luoshi_anew(env, *arguments):
    """The same from a new Python, with a pipe for every stream and no input."""
    return subprocess.run(
        [sys.executable, "-c", START, *arguments],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )


@cache
def _calls():
    """Start the process that forks, once for this one; give the socket that it listens on."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.settimeout(PATIENCE)
    # It is not measured itself: those it forks are, by the environment of their call.
    env = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    env["PYTHONPATH"] = os.pathsep.join((str(ROOT / "src"), str(ROOT)))
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.site.warm", str(theirs.fileno())],
        env=env,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        pass_fds=[theirs.fileno()],
    )
    theirs.close()

    @atexit.register
    def stop():
        ours.close()
        process.wait(PATIENCE)

    return ours


def _stream():
    return tempfile.TemporaryFile()


def _said(file):
    file.seek(0)
    return file.read().decode()
