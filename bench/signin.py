"""Figures of signing in: whole sign-ins a second at a served ledger, beside Argon2 alone.

    python bench/signin.py [--accounts 40] [--seconds 20] [--clients 8]

Serves a home of its own (SQLite, or the empty database that DATABASE_URL names) with two processes,
as an office machine of two cores does. A whole sign-in opens the page, sends name and password,
and is led to the first page, which is not opened. The floor is what no sign-in can do without: the
password's digest at OWASP's parameters, in two processes, just before and on the same machine.
Prints a line a figure and writes them to ``bench/results/``.
"""

import argparse
import http.client
import json
import os
import platform
import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
PASSWORD = "Liangcang-2026-tai"
PROCESSES = 2
START = "from luoshi.site.cli import main; main()"


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accounts", type=int, default=40)
    parser.add_argument("--seconds", type=float, default=20)
    parser.add_argument("--clients", type=int, default=8)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as home:
        os.environ |= {
            "LUOSHI_HOME": home,
            "DJANGO_SETTINGS_MODULE": "luoshi.site.settings",
            "PYTHONPATH": str(ROOT / "src"),
            "LUOSHI_PASSWORD": PASSWORD,
        }
        _call("createadmin", "--login", "office", "--district-code", "410103",
              "--district-name", "区")  # fmt: skip
        subprocess.run([sys.executable, __file__, "fill", str(asked.accounts)], check=True)
        figures = _measured(asked)
    _write(figures, asked)


def _call(*arguments: str) -> None:
    subprocess.run([sys.executable, "-c", START, *arguments], check=True, stdout=subprocess.DEVNULL)


def fill(count: int) -> None:
    """Make accounts that hold the office's post's kind, with one digest for all."""
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.db import transaction
    from django.utils import timezone

    from luoshi.organisation import commands, queries

    district = queries.the_district()
    assert district is not None
    office = queries.office_of(district_visitor(district.pk), day=timezone.localdate())
    assert office is not None
    on, at = timezone.localdate(), timezone.now()
    with transaction.atomic():
        for number in range(count):
            post, person = uuid4(), uuid4()
            hand: dict[str, Any] = {"on": on, "by": office, "at": at}
            entry = commands.found_post(
                post_id=post, name=f"岗{number}", unit=office.unit, order=number + 2,
                roles=("officer",), command_id=uuid4(), **hand,
            )  # fmt: skip
            commands.hold_post(
                post_id=post, person=person, expected=entry.number, command_id=uuid4(), **hand
            )
            commands.make_account(
                login=f"user{number}", password=PASSWORD, person=person, district=district.pk
            )


def district_visitor(district: UUID) -> Any:
    """Return a visitor of the district."""
    from luoshi.organisation.queries import DistrictVisitor

    return DistrictVisitor(district)


def _measured(asked: argparse.Namespace) -> dict[str, float]:
    floor = _floor(asked.seconds / 4)
    port = _free_port()
    server = subprocess.Popen(
        [sys.executable, "-c", START, "serve", "--port", str(port), "--workers", str(PROCESSES)],
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        for turn in range(PROCESSES * 4):  # a process that answered once has read its templates
            _sign_in(port, f"user{turn % asked.accounts}")
        end = time.monotonic() + asked.seconds
        jobs = [
            (port, end, number, asked.clients, asked.accounts) for number in range(asked.clients)
        ]
        begun = time.monotonic()
        with ProcessPoolExecutor(asked.clients) as pool:
            took = [one for part in pool.map(_client, jobs) for one in part]
        length = time.monotonic() - begun
    finally:
        server.terminate()
        server.wait()
    rate = len(took) / length
    return {
        "sign_ins_a_second": round(rate, 1),
        "argon2_a_second": round(floor, 1),
        "share_of_floor": round(rate / floor, 2),
        "median_ms": round(statistics.median(took) * 1000, 1),
        "p95_ms": round(sorted(took)[int(len(took) * 0.95)] * 1000, 1),
    }


def _floor(seconds: float) -> float:
    with ProcessPoolExecutor(PROCESSES) as pool:
        return sum(pool.map(_verify, [seconds] * PROCESSES))


def _verify(seconds: float) -> float:
    """Return how many digests a second one process checks."""
    from argon2 import PasswordHasher

    hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
    digest = hasher.hash(PASSWORD)
    count, begun = 0, time.monotonic()
    while time.monotonic() - begun < seconds:
        hasher.verify(digest, PASSWORD)
        count += 1
    return count / (time.monotonic() - begun)


def _client(job: tuple[int, float, int, int, int]) -> list[float]:
    """Sign in again and again, each time as another account of this client's; seconds each."""
    port, end, number, clients, accounts = job
    took, turn = [], number
    while time.monotonic() < end:
        begun = time.monotonic()
        _sign_in(port, f"user{turn % accounts}")
        took.append(time.monotonic() - begun)
        turn += clients
    return took


def _sign_in(port: int, login: str) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", "/sign-in/")
    page = connection.getresponse()
    cookie = re.search(r"csrftoken=([^;]+)", page.headers["Set-Cookie"])
    page.read()
    assert cookie
    body = urlencode({"login": login, "password": PASSWORD, "csrfmiddlewaretoken": cookie[1]})
    headers = {
        "Cookie": f"csrftoken={cookie[1]}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/sign-in/", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if (answer.status, answer.headers["Location"]) != (302, "/board/"):
        msg = f"{login}: {answer.status} {answer.headers['Location']}"
        raise RuntimeError(msg)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_for(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    sys.exit("The server did not answer.")


def _write(figures: dict[str, float], asked: argparse.Namespace) -> None:
    engine = "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"
    for name, figure in figures.items():
        sys.stdout.write(f"{name:<20} {figure:>8}\n")
    kept = {
        "day": date.today().isoformat(),
        "database": engine,
        "machine": f"{platform.machine()}, {os.cpu_count()} cores",
        "python": platform.python_version(),
        "accounts": asked.accounts,
        "clients": asked.clients,
        "seconds": asked.seconds,
        **figures,
    }
    file = ROOT / "bench" / "results" / f"signin-{kept['day']}-{engine}.json"
    file.write_text(json.dumps(kept, indent=2, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    if sys.argv[1:2] == ["fill"]:
        fill(int(sys.argv[2]))
    else:
        main()
