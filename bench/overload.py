"""Figures of too many readers: what becomes of them and of who writes, with the gate and without.

    python bench/overload.py [--readers 300] [--seconds 12]

Serves a demo in a home of its own with two processes, first as ``luoshi serve`` does and then as
``luoshi serve --production`` does, and lets so many clients read the board on loopback: who is sent
away waits two seconds. Beside them one writes every 1.2 seconds (within the bound of tries). Then
the load ends, and one board is read. The load shares the cores with the server. Prints a line a
figure and writes them to ``bench/results/``; milliseconds.
"""

import argparse
import http.client
import json
import os
import platform
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from threading import Thread

ROOT = Path(__file__).resolve().parent.parent
START = "from luoshi.site.cli import main; main()"
WAYS = {"serve": (), "serve --production": ("--production",)}
BOARD = "/board/?on=2021-01-15"
TOKEN = re.compile(r'csrfmiddlewaretoken" value="([^"]+)')
FORM = "application/x-www-form-urlencoded"
PAUSE, RESPITE = 1.2, 2.0  # seconds
Rows = list[tuple[int, float]]
"""Status and milliseconds of each answer."""


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--readers", type=int, default=300)
    parser.add_argument("--seconds", type=float, default=12)
    asked = parser.parse_args()
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as home:
        env = os.environ | {
            "LUOSHI_HOME": home,
            "DATABASE_URL": "",
            "PYTHONPATH": str(ROOT / "src"),
        }
        subprocess.run([sys.executable, "-c", START, "demo", "--no-serve"], env=env, check=True)
        for way, options in WAYS.items():
            with _served(env, options) as port:
                figures[way] = _measured(port, asked)
    _write(figures, asked)


@contextmanager
def _served(env: dict[str, str], options: tuple[str, ...]) -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    call = [sys.executable, "-c", START, "serve", "--port", str(port), "--workers", "2", *options]
    server = subprocess.Popen(call, env=env, stderr=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.2)
        yield port
    finally:
        server.terminate()
        server.wait()


def _answers(port: int) -> bool:
    try:
        return bool(_ask(_connection(port), "GET", BOARD)[0])
    except OSError:
        return False


def _connection(port: int) -> http.client.HTTPConnection:
    return http.client.HTTPConnection("127.0.0.1", port, timeout=120)


def _ask(
    connection: http.client.HTTPConnection, method: str, path: str, body: str = "", **headers: str
) -> tuple[int, float]:
    began = time.perf_counter()
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    return answer.status, (time.perf_counter() - began) * 1000


def _measured(port: int, asked: argparse.Namespace) -> dict[str, object]:
    reads: Rows = []
    writes: Rows = []
    write = _writer(port)
    end = time.monotonic() + asked.seconds

    def reading() -> None:
        connection = _connection(port)
        while time.monotonic() < end:
            reads.append(_ask(connection, "GET", BOARD))
            if reads[-1][0] == 503:
                time.sleep(RESPITE)

    def writing() -> None:
        while time.monotonic() < end:
            writes.append(write())
            time.sleep(PAUSE)

    threads = [Thread(target=writing), *(Thread(target=reading) for _ in range(asked.readers))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = _ask(_connection(port), "GET", BOARD)
    return {"read": _told(reads), "write": _told(writes), "after": _told([after])}


def _writer(port: int) -> Callable[[], tuple[int, float]]:
    """Give what writes once: the smallest write, a line of the audit list."""
    connection = _connection(port)
    connection.request("GET", "/sign-in/")
    page = connection.getresponse()
    found = TOKEN.search(page.read().decode())
    cookie = (page.headers["Set-Cookie"] or "").split(";")[0]
    body = f"csrfmiddlewaretoken={found[1] if found else ''}&language=zh-hans&next=/"
    headers = {"Cookie": cookie, "Content-Type": FORM}
    return lambda: _ask(connection, "POST", "/i18n/setlang/", body, **headers)


def _told(rows: Rows) -> dict[str, dict[str, float]]:
    told = {}
    for status in sorted({status for status, _ in rows}):
        times = sorted(ms for given, ms in rows if given == status)
        at = {"p50": 0.5, "p95": 0.95}
        told[str(status)] = {
            "answers": len(times),
            **{name: round(times[int(len(times) * share)], 1) for name, share in at.items()},
            "longest": round(times[-1], 1),
        }
    return told


def _write(figures: dict[str, object], asked: argparse.Namespace) -> None:
    for way, told in figures.items():
        print(f"{way}: {json.dumps(told)}")
    told = {
        "date": date.today().isoformat(),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load_average": round(os.getloadavg()[0], 1),
        "readers": asked.readers,
        "seconds": asked.seconds,
        **figures,
    }
    path = ROOT / "bench" / "results" / f"overload-{told['date']}-sqlite.json"
    path.write_text(json.dumps(told, indent=1, ensure_ascii=False) + "\n")
    print(path)


if __name__ == "__main__":
    main()
