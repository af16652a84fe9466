"""A district's day on a served ledger: nothing fails, nothing is lost, memory stays flat.

    python bench/load.py [--minutes 10] [--databases sqlite,postgresql] [--home FOLDER]
                         [--entries 100000] [--share 1] [--pause 14] [--production yes] [--keep yes]

At half past eight everybody signs in by the form within a minute; then a hundred units report, as
at the end of a month (a report a unit every three quarters of a minute), while fifty screens show
the board, again every ten seconds; near the end far more is asked than two processes can answer,
and then the day goes on. Judged against the journal by command ids: what was acknowledged stands
there once. Bounded in time and people, on loopback only. ``--share`` is the part of the people who
come, for a machine with other work; LUOSHI_LOAD_MINUTES stands for ``--minutes``.

Broken, and so an end with 1: an answer that is neither a page nor «busy»; «busy» outside the
overload; a write that is turned away at all; «busy» without a clear page; an overload in which
nobody was turned away; a command that is lost, doubled or nobody's; a chain that does not verify;
notices that lie nowhere; a server or database server that grows. One file in ``bench/results/``.
"""

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from harness import keeping  # noqa: E402  the path is set above
from harness.clients import Session, percentiles, run, sign_in  # noqa: E402
from harness.day import (  # noqa: E402
    NOT_CLEAR,
    Day,
    Notes,
    Person,
    keep_the_inbox,
    look,
    report,
)
from harness.ground import Ground, ground, served  # noqa: E402
from harness.watching import cores, growth, watched  # noqa: E402

REPORTING, SCREENS = 100, 50
MOST_MINUTES = 30
RUSH = 60.0  # seconds in which everybody comes, or a sixth of a shorter day
WARM = 0.35  # of the day: then every page was asked for, and everything that is kept is full
OVERLOAD = (0.80, 0.88)  # from where to where of the day more is asked than can be done
FLOOD = 400  # connections: more than may wait for two processes
RESPITE = 1.0  # seconds after which one of them that was turned away asks again
LONG_ENOUGH = 5  # minutes of a day whose growth says something: before it, processes still load
MOST_GROWTH = 1.0  # MB a minute that counts as flat
NOTICES_TAKE = 30.0  # seconds for the worker to deliver what the day left
Spans = dict[str, tuple[float, float]]
"""From when to when each part of the day lasted, by the monotonic clock."""


def main() -> None:
    """Play the day on each database and keep the figures."""
    given = _arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # whatever was started is stopped
    names = given.databases.split(",")
    found = {}
    with tempfile.TemporaryDirectory(prefix="luoshi-load-", dir="/var/tmp") as folder:  # noqa: S108
        home = Path(given.home or folder)
        for name in names:
            keeping.say(f"{name}: a ledger of {given.entries} entries, {given.minutes:g} minutes")
            with ground(name, home / f"load-{name}-{given.entries}") as place:
                place.build(given.entries, REPORTING + SCREENS + 1)
                found[name] = _played(place, given)
            keeping.say(json.dumps(found[name], indent=1, ensure_ascii=False))
    wrong = [f"{name}: {text}" for name, figures in found.items() for text in figures["wrong"]]
    figures = {
        **keeping.kind_of_machine(),
        "database": "-".join(names),
        "minutes": given.minutes,
        "share_of_people": given.share,
        "production": given.production,
        "wrong": wrong,
        "databases": found,
    }
    if given.keep == "yes":
        keeping.keep("load", figures)
    keeping.say("\n".join([*wrong, "The day broke a bar." if wrong else "The day held every bar."]))
    sys.exit(1 if wrong else 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    minutes = float(os.environ.get("LUOSHI_LOAD_MINUTES", "10"))
    parser.add_argument("--minutes", type=float, default=minutes)
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--home", help="a folder to keep the built ledgers in")
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--share", type=float, default=1.0, help="the part of the people who come")
    parser.add_argument("--pause", type=float, default=14.0, help="seconds after each report")
    parser.add_argument("--production", choices=("yes", "no"), default="yes")
    parser.add_argument("--overload", choices=("yes", "no"), default="yes")
    parser.add_argument("--keep", choices=("yes", "no"), default="yes", help="write the results")
    given = parser.parse_args()
    given.minutes = min(given.minutes, MOST_MINUTES)
    given.share = min(given.share, 1.0)
    return given


def _played(place: Ground, given: argparse.Namespace) -> dict[str, Any]:
    """Play the day on a served ledger; returns its figures."""
    before = _told_by(place, "last_number")
    words = ("--production",) if given.production == "yes" else ()
    with served(place, settings="luoshi.site.settings", words=words) as server:
        day = Day(server.port, place.told, given.minutes * 60, given.pause)
        with watched(place, server) as watch:
            spans, people = _lived(day, given)
        _until_delivered(place)
    checked = _checked(place, day.notes, before)
    looks = watch.between(*spans["steady"])
    figures = {
        "people": people,
        "requests": sum(len(found) for found in day.notes.took.values()),
        "answers_but_ok": dict(day.notes.counts),
        "ms": {name: _spoken(found, spans) for name, found in sorted(day.notes.took.items())},
        "cores": {name: cores(watch.between(*span)) for name, span in spans.items()},
        "memory": {"grows_mb_a_minute": growth(looks), "is_flat": _is_flat(looks), **watch.told()},
        "journal": checked,
        "acknowledged": len(day.notes.acknowledged),
        "sent_twice": sum(count > 1 for count in day.notes.acknowledged.values()),
    }
    return {"wrong": _wrong(day.notes, figures, given), **figures}


def _lived(day: Day, given: argparse.Namespace) -> tuple[Spans, int]:
    """Let everybody live the day; returns the parts of it, and how many came."""
    logins = day.told["logins"]
    someone = sign_in(day.port, logins[REPORTING + SCREENS], day.told["password"])
    units, screens = (max(1, round(n * given.share)) for n in (REPORTING, SCREENS))
    works = [keep_the_inbox, *[report] * (units - 1), *[look] * screens]
    rush = min(RUSH, day.length / 6)
    begun = time.monotonic()
    people = [
        Person(login, day, begins=rush * n / len(works), work=work)
        for n, (login, work) in enumerate(zip(logins, works, strict=False))
    ]
    for person in people:
        person.start()
    start, end = (begun + day.length * part for part in OVERLOAD)
    _sleep_until(start)
    spans = {"rush": (begun, begun + rush), "before": (begun + rush, start)}
    spans["steady"] = (begun + day.length * WARM, start)
    if given.overload == "yes":
        _overloaded(day, someone, end)
        spans["overload"] = (start, time.monotonic())
    after = time.monotonic()
    _sleep_until(begun + day.length)
    spans["after"] = (after, time.monotonic())
    _sent_home(day, people)
    return spans, len(people)


def _overloaded(day: Day, someone: Session, end: float) -> None:
    """Ask for more than can be done, until a moment; then whoever was turned away comes back."""
    day.may_be_busy = True
    _flood(day, someone, end - time.monotonic())
    time.sleep(2)  # what still waits in line is answered
    day.may_be_busy = False


def _sent_home(day: Day, people: list[Person]) -> None:
    day.over.set()
    for person in people:
        person.join(120)
        if person.is_alive():
            day.notes.complain(f"{person.login} still waits for an answer")


def _flood(day: Day, someone: Session, seconds: float) -> None:
    """Ask for boards over many connections, impatiently: what is answered «busy» is counted."""
    flood = run(
        day.port,
        lambda _line, n: someone.get(f"/board/?page={n % 97 + 1}"),
        connections=FLOOD,
        seconds=seconds,
        rest=RESPITE,
    )
    for status, count in flood.statuses.items():
        day.notes.counts[f"flood: {status}"] += count
        if status not in {200, 503}:
            day.notes.complain(f"the flood was answered {status}")
    day.notes.counts["flood: p95 ms"] = round(flood.percentile(0.95))


def _sleep_until(moment: float) -> None:
    time.sleep(max(0.0, moment - time.monotonic()))


def _spoken(found: list[tuple[float, float]], spans: Spans) -> dict[str, Any]:
    """Return the percentiles of the whole day and of each part of it, in milliseconds."""
    parts = {
        name: percentiles([took for at, took in found if start <= at < end])
        for name, (start, end) in spans.items()
        if any(start <= at < end for at, _ in found)
    }
    return {"count": len(found), "day": percentiles([took for _, took in found]), **parts}


def _is_flat(looks: list[Any]) -> bool:
    grows = growth(looks)
    return max(grows["together"], grows["database"]) <= MOST_GROWTH


def _told_by(place: Ground, what: str) -> int:
    """Return a figure of the ledger at hand: ``last_number``, or how many notices ``wait``."""
    asked = {
        "last_number": "import Line; print(Line.objects.get().last_number)",
        "wait": "import Outbox; print(Outbox.objects.filter(delivered_at=None).count())",
    }
    start = "import django; django.setup(); from luoshi.base.models "
    done = subprocess.run(
        [sys.executable, "-c", start + asked[what]],
        env={**place.environment, "DJANGO_SETTINGS_MODULE": "luoshi.site.settings"},
        stdout=subprocess.PIPE,
        check=True,
    )
    return int(done.stdout)


def _until_delivered(place: Ground) -> None:
    """Let the worker deliver what the last minute left."""
    end = time.monotonic() + NOTICES_TAKE
    while _told_by(place, "wait") and time.monotonic() < end:
        time.sleep(1)


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


def _wrong(notes: Notes, figures: dict[str, Any], given: argparse.Namespace) -> list[str]:
    """Return everything that should not be."""
    checked, memory = figures["journal"], figures["memory"]
    broken = {
        f"{count} {what}": what.endswith("no flood") or what.startswith("POST") or what == NOT_CLEAR
        for what, count in notes.counts.items()
    }
    broken |= {
        f"{name}: {checked[name]}": bool(checked[name])
        for name in ("lost", "doubled", "unasked_for", "broken", "notices_waiting")
    }
    broken["nothing was reported"] = not notes.acknowledged
    if given.overload == "yes" and given.production == "yes":
        broken["nobody was turned away in the overload"] = not notes.counts["flood: 503"]
    if given.minutes >= LONG_ENOUGH:
        broken[f"it grows: {memory['grows_mb_a_minute']}"] = not memory["is_flat"]
    return [*notes.wrong, *(text for text, is_so in broken.items() if is_so)]


if __name__ == "__main__":
    main()
