"""A district's day on a served ledger: nothing fails, nothing is lost, memory stays flat.

    python bench/load.py [--minutes 10] [--databases sqlite,postgresql] [--home FOLDER]
                         [--entries 100000] [--pause 14] [--production yes] [--keep yes]

At half past eight everybody signs in by the form within a minute; then a hundred units report, as
at the end of a month, while fifty screens show the board; near the end far more is asked than two
processes can answer, and then the day goes on. Judged against the journal by command ids: what was
acknowledged stands there once. Bounded in time and people, on loopback only. Ends with 1 where
anything failed; writes to ``bench/results/``.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from harness import keeping  # noqa: E402  the path is set above
from harness.clients import Session, percentiles, run, sign_in  # noqa: E402
from harness.day import Day, Notes, Person, keep_the_inbox, look, report  # noqa: E402
from harness.ground import Ground, Served, ground, served  # noqa: E402

REPORTING, SCREENS = 100, 50
ACCOUNTS = REPORTING + SCREENS + 1
MOST_MINUTES = 30
RUSH = 60.0  # seconds in which everybody comes, or a sixth of a shorter day
OVERLOAD = (0.80, 0.88)  # from where to where of the day more is asked than can be done
FLOOD = 64  # connections that ask without rest
EVERY = 2.0  # seconds between two looks at the memory
LONG_ENOUGH = 5  # minutes of a day whose growth says something: before it, processes still load
MOST_GROWTH = 1.0  # MB a minute that counts as flat


def main() -> None:
    """Play the day on each database and keep the figures."""
    given = _arguments()
    failed = False
    with tempfile.TemporaryDirectory(prefix="luoshi-load-", dir="/var/tmp") as folder:  # noqa: S108
        home = Path(given.home or folder)
        for name in given.databases.split(","):
            with ground(name, home / f"load-{name}-{given.entries}") as place:
                place.build(given.entries, ACCOUNTS)
                figures = _played(place, given)
            failed = failed or bool(figures["wrong"])
            keeping.say(json.dumps(figures, indent=1, ensure_ascii=False))
            if given.keep == "yes":
                keeping.keep("load", figures)
    sys.exit(1 if failed else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--home", help="a folder to keep the built ledgers in")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--pause", type=float, default=14.0, help="seconds between two reports")
    parser.add_argument("--production", choices=("yes", "no"), default="yes")
    parser.add_argument("--overload", choices=("yes", "no"), default="yes")
    parser.add_argument("--keep", choices=("yes", "no"), default="yes", help="write the results")
    given = parser.parse_args()
    given.minutes = min(given.minutes, MOST_MINUTES)
    return given


def _played(place: Ground, given: argparse.Namespace) -> dict[str, Any]:
    """Play the day on a served ledger; returns its figures."""
    figures = {
        **keeping.kind_of_machine(),
        "database": place.database,
        "minutes": given.minutes,
        "production": given.production,
    }
    before = _entries(place)
    words = ("--production",) if given.production == "yes" else ()
    with served(place, settings="luoshi.site.settings", words=words) as server:
        day = Day(server.port, place.told, given.minutes * 60, given.pause)
        with _memory(place, server) as memory:
            spans = _lived(day, overload=given.overload == "yes")
    checked = _checked(place, day.notes, before)
    figures |= {
        "people": ACCOUNTS,
        "requests": sum(len(found) for found in day.notes.took.values()),
        "answers_but_ok": dict(day.notes.counts),
        "ms": {name: _spoken(found, spans) for name, found in sorted(day.notes.took.items())},
        "memory": memory,
        "journal": checked,
        "acknowledged": len(day.notes.acknowledged),
        "sent_twice": sum(count > 1 for count in day.notes.acknowledged.values()),
    }
    return {"wrong": _wrong(day.notes, checked, memory, given.minutes), **figures}


def _lived(day: Day, *, overload: bool) -> dict[str, tuple[float, float]]:
    """Let everybody live the day; returns from when to when each part of it lasted."""
    logins = day.told["logins"][:ACCOUNTS]
    someone = sign_in(day.port, logins[-1], day.told["password"])
    rush = min(RUSH, day.length / 6)
    works = [keep_the_inbox, *[report] * (REPORTING - 1), *[look] * (SCREENS + 1)]
    begun = time.monotonic()
    people = [
        Person(login, day, begins=rush * n / len(logins), work=work)
        for n, (login, work) in enumerate(zip(logins, works, strict=True))
    ]
    spans = {"rush": (begun, begun + rush)}
    for person in people:
        person.start()
    start, end = (begun + day.length * part for part in OVERLOAD)
    _sleep_until(start)
    if overload:
        day.may_be_busy = True
        _flood(day, someone, end - time.monotonic())
        _sleep_until(end + 2)  # what still waits in line is answered
        day.may_be_busy = False
        spans["overload"] = (start, time.monotonic())
    _sleep_until(begun + day.length)
    spans["after"] = (spans.get("overload", (0, start))[1], time.monotonic())
    spans["before"] = (begun + rush, start)
    day.over.set()
    for person in people:
        person.join(120)
        if person.is_alive():
            day.notes.complain(f"{person.login} still waits for an answer")
    return spans


def _flood(day: Day, someone: Session, seconds: float) -> None:
    """Ask for boards over many connections without rest: what is answered «busy» is counted."""
    flood = run(
        day.port,
        lambda _line, n: someone.get(f"/board/?page={n % 97 + 1}"),
        connections=FLOOD,
        seconds=seconds,
    )
    for status, count in flood.statuses.items():
        day.notes.counts[f"flood: {status}"] += count
        if status not in {200, 503}:
            day.notes.complain(f"the flood was answered {status}")
    day.notes.counts["flood: p95 ms"] = round(flood.percentile(0.95))


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _spoken(
    found: list[tuple[float, float]], spans: dict[str, tuple[float, float]]
) -> dict[str, Any]:
    """Return the percentiles of each part of the day, in milliseconds."""
    parts = {
        name: percentiles([took for at, took in found if start <= at < end])
        for name, (start, end) in spans.items()
        if any(start <= at < end for at, _ in found)
    }
    return {"count": len(found), **parts}


@contextmanager
def _memory(place: Ground, server: Served) -> Iterator[dict[str, Any]]:
    """Look at the memory of server and database now and then; tell how fast it grows."""
    seen: list[tuple[float, float, float]] = []
    ended = threading.Event()

    def look_on() -> None:
        while not ended.wait(EVERY):
            mine, theirs = server.memory() / 2**20, place.database_memory() / 2**20
            seen.append((time.monotonic() / 60, mine, theirs))

    looking = threading.Thread(target=look_on, daemon=True)
    looking.start()
    told: dict[str, Any] = {}
    try:
        yield told
    finally:
        ended.set()
        looking.join()
        late = seen[len(seen) // 2 :]  # by then every page was asked for, everything loaded
        told |= {
            "server_mb": round(max((mine for _, mine, _ in seen), default=0)),
            "database_mb": round(max((theirs for *_, theirs in seen), default=0)),
            "server_mb_a_minute": round(_slope([(at, mine) for at, mine, _ in late]), 2),
            "database_mb_a_minute": round(_slope([(at, theirs) for at, _, theirs in late]), 2),
        }


def _slope(points: list[tuple[float, float]]) -> float:
    """Return the slope of the line that lies nearest to some points."""
    if len(points) < 2:
        return 0.0
    middle = sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)
    wide = sum((x - middle[0]) ** 2 for x, _ in points)
    return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / wide if wide else 0.0


def _entries(place: Ground) -> int:
    """Return the number of the last entry before the day."""
    asked = "from luoshi.base.models import Line; print(Line.objects.get().last_number)"
    start = "import django; django.setup();"
    done = subprocess.run(
        [sys.executable, "-c", f"{start}{asked}"],
        env={**place.environment, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout)


def _checked(place: Ground, notes: Notes, before: int) -> dict[str, Any]:
    """Compare what the people were told with the journal."""
    told = {
        "district": place.told["district"],
        "entries": before,
        "acknowledged": sorted(notes.acknowledged),
        "unanswered": sorted(notes.unanswered),
    }
    path = place.home / "told.json"
    path.write_text(json.dumps(told))
    checker = ROOT / "bench" / "harness" / "checking.py"
    done = subprocess.run(
        [sys.executable, str(checker), str(path)],
        env=place.environment, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _wrong(
    notes: Notes, checked: dict[str, Any], memory: dict[str, Any], minutes: float
) -> list[str]:
    """Return everything that should not be."""
    found = list(notes.wrong)
    found += [
        f"{count} {what}" for what, count in notes.counts.items() if what.endswith("no flood")
    ]
    for name in ("lost", "doubled", "unasked_for", "broken"):
        if checked[name]:
            found.append(f"{name}: {checked[name]}")
    if minutes >= LONG_ENOUGH and memory["server_mb_a_minute"] > MOST_GROWTH:
        found.append(f"the server grows by {memory['server_mb_a_minute']} MB a minute")
    return found


if __name__ == "__main__":
    main()
