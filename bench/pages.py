"""Figures of a served ledger: requests a second and p50/p95/p99 of every page, both databases.

    python bench/pages.py [--entries 1000000] [--home FOLDER] [--seconds 2] [--runs 3]
                          [--connections 1,8,32] [--databases sqlite,postgresql] [--growth no]

Builds a district (a tenth as many matters as entries) by the bulk road, once for each home, serves
it with two processes and asks over loopback, signed in by posts through the sign-in form. Beside
every page stand ``hello``, which does all that stands around a page of who signed in and nothing of
its own, and the bare SQL under the pages. Each figure is the median of the runs, with how far they
lie apart. The clients are one cheap process on the same cores: their share stands beside. ``growth``
takes pages at one connection on ledgers of 10^3, 10^4 and 10^5 entries too.
Writes to ``bench/results/``; rates are answers a second, times milliseconds.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from harness import asking, keeping  # noqa: E402  the path is set above
from harness.clients import TURNED_AWAY, Run, Session, asked, last_entry, run, sign_in  # noqa: E402
from harness.ground import Ground, Served, ground, served  # noqa: E402

GROWTH = (1_000, 10_000, 100_000)
GROWING = ("hello", "board", "text search", "matter", "progress report")
SESSIONS = 64  # persons; the bound on one person's writing is never near
WARMING = 1.0  # seconds


def main() -> None:
    """Measure and keep the figures."""
    given = _arguments()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-", dir="/var/tmp") as folder:  # noqa: S108
        home = Path(given.home or folder)
        names = given.databases.split(",")
        _build_side_by_side(names, home, given.entries)
        for name in names:
            with ground(name, home / f"{name}-{given.entries}") as place:
                place.build(given.entries)
                figures = _figures(place, given)
            if given.growth == "yes":
                figures["growth"] = _growth(name, home, given, figures)
            if given.keep == "yes":
                keeping.keep("pages", figures)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=1_000_000)
    parser.add_argument("--home", help="a folder to keep the built ledgers in")
    parser.add_argument("--seconds", type=float, default=2.0, help="of each run")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--connections", default="1,8,32")
    parser.add_argument("--databases", default="sqlite,postgresql")
    parser.add_argument("--pages", default="", help="names of pages, by semicolons (all)")
    parser.add_argument("--production", choices=("yes", "no"), default="yes")
    parser.add_argument("--keep", choices=("yes", "no"), default="yes", help="write the results")
    parser.add_argument("--growth", choices=("yes", "no"), default="yes")
    return parser.parse_args()


def _build_side_by_side(names: Sequence[str], home: Path, entries: int) -> None:
    """Build what is missing; each builder has a core of its own."""
    with ExitStack() as stack, ThreadPoolExecutor(len(names)) as pool:
        places = [stack.enter_context(ground(name, home / f"{name}-{entries}")) for name in names]
        for told in pool.map(lambda place: place.build(entries), places):
            keeping.say(
                f"built: {told['entries']} entries, {told['matters']} matters in"
                f" {told['built_in_seconds']} s, {told['bytes_per_entry']} bytes an entry"
            )


def _figures(place: Ground, given: argparse.Namespace) -> dict[str, Any]:
    """Serve the ledger and take every figure."""
    connections = [int(number) for number in given.connections.split(",")]
    figures: dict[str, Any] = {
        **keeping.kind_of_machine(),
        "database": place.database,
        **{name: place.told[name] for name in TOLD},
        "processes": 2,
        "production": given.production,
        "seconds_of_a_run": given.seconds,
        "runs": given.runs,
        "sql_ms": _sql(place),
    }
    with _opened(place, given) as (server, pages):
        runs = _runs(place, server, pages, connections, given)
        figures["memory_mb"] = {
            "server": round(server.memory() / 2**20),
            "database": round(place.database_memory() / 2**20),
        }
    figures["pages"] = {
        page.name: {str(many): _told(runs, page.name, many) for many in connections}
        for page in pages
    }
    _tell(figures, connections)
    return figures


TOLD = (
    "entries", "matters", "units", "bytes", "bytes_per_entry", "bytes_per_matter",
    "appended_a_second",
)  # fmt: skip


def _wanted(pages: list[asking.Page], chosen: str) -> list[asking.Page]:
    """Return the chosen pages and hello, all where none is chosen."""
    if not chosen:
        return pages
    names = {"hello", *map(str.strip, chosen.split(";"))}
    unknown = names - {page.name for page in pages}
    if unknown:
        sys.exit(f"There is no page named {', '.join(sorted(unknown))}.")
    return [page for page in pages if page.name in names]


@contextmanager
def _opened(place: Ground, given: argparse.Namespace) -> Iterator[tuple[Served, list[asking.Page]]]:
    """Serve, sign in, and look whether every page answers as it should."""
    words = ("--production",) if given.production == "yes" else ()
    with served(place, words=words) as server:
        told = place.told
        logins = told["logins"][1 : SESSIONS + 1]  # not the office: units report
        sessions: list[Session] = []
        for login in logins:
            sessions.append(sign_in(server.port, login, told["password"]))
        pages = _wanted(asking.pages(sessions, told), given.pages)
        for page in pages:
            _look(place, server)
            status, _to, text = asked(server.port, page.ask(0, 0))
            if status != page.status:
                sys.exit(f"{page.name}: answered {status}\n{text[:2000]}")
        yield server, pages


def _look(place: Ground, server: Served) -> None:
    """Note up to which entry whoever writes next has seen the ledger."""
    place.told["last_entry"] = last_entry(server.port, place.told["tokens"][1])


Runs = dict[tuple[str, int], list[Run]]


def _runs(
    place: Ground,
    server: Served,
    pages: Sequence[asking.Page],
    connections: Sequence[int],
    given: argparse.Namespace,
) -> Runs:
    """Take every page at every number of connections, so often; a page is warmed first."""
    found: Runs = {}
    first = 1  # the number of the next request: nothing is asked twice of those that change
    for turn in range(given.runs):
        for many in connections:
            for page in pages:
                _look(place, server)
                if turn == 0:
                    run(server.port, page.ask, connections=2, seconds=WARMING / 2, first=first)
                _look(place, server)
                before = place.processor(server.pid)
                one = run(
                    server.port, page.ask, connections=many, seconds=given.seconds, first=first
                )
                one.processor = place.processor(server.pid) - before
                first += sum(one.statuses.values()) + 1000
                if not set(one.statuses) <= {page.status, TURNED_AWAY}:
                    sys.exit(f"{page.name}: answered {dict(one.statuses)}")
                found.setdefault((page.name, many), []).append(one)
    return found


def _told(runs: Runs, name: str, many: int) -> dict[str, Any]:
    """Return the figures of a page at so many connections, beside hello of the same runs."""
    ours, hello = runs[name, many], runs["hello", many]
    ratios = [one.rate / other.rate for one, other in zip(ours, hello, strict=True)]
    took = {
        f"p{part}": keeping.median_and_spread([one.percentile(part / 100) for one in ours])
        for part in (50, 95, 99)
    }
    cpu = [one.processor / max(1, len(one.took)) * 1000 for one in ours]
    hello_cpu = [one.processor / max(1, len(one.took)) * 1000 for one in hello]
    return {
        "a_second": keeping.median_and_spread([one.rate for one in ours]),
        **took,
        "of_hello": round(statistics.median(ratios), 3),
        "cpu_ms": keeping.median_and_spread(
            cpu
        ),  # of server and database: a busy machine bends it less
        "of_hello_by_cpu": round(statistics.median(hello_cpu) / statistics.median(cpu), 3),
        "turned_away": sum(one.statuses[TURNED_AWAY] for one in ours),
        "kb": round(ours[0].received / max(1, len(ours[0].took)) / 1024, 1),
        "clients_share": round(max(one.share for one in ours), 2),
    }


def _tell(figures: dict[str, Any], connections: Sequence[int]) -> None:
    keeping.say(f"\n{figures['database']}, {figures['matters']} matters; bare SQL, ms:")
    for name, ms in figures["sql_ms"].items():
        keeping.say(f"  {name:<36} {ms:8.2f}")
    for many in connections:
        keeping.say(
            f"\n  {many} connections        /s  1/hello     p50     p95     p99  spread  cpu ms  1/hello"
        )
        for name, by_many in figures["pages"].items():
            one = by_many[str(many)]
            times = "".join(f"{one[f'p{part}']['median']:8.1f}" for part in (50, 95, 99))
            rate = one["a_second"]
            keeping.say(
                f"  {name:<20} {rate['median']:7.1f} {1 / one['of_hello']:8.1f}{times}"
                f"{rate['spread']:8.2f}{one['cpu_ms']['median']:8.1f}{1 / one['of_hello_by_cpu']:9.1f}"
            )
    keeping.say(f"  memory, MB: {figures['memory_mb']}\n")


def _sql(place: Ground) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, str(ROOT / "bench" / "harness" / "sql.py")],
        env=place.environment, stdout=subprocess.PIPE, check=True,
    )  # fmt: skip
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _growth(
    name: str, home: Path, given: argparse.Namespace, whole: dict[str, Any]
) -> dict[str, Any]:
    """Take some pages at one connection on smaller ledgers, beside those of the whole."""
    found: dict[str, Any] = {}
    for entries in (size for size in GROWTH if size < given.entries):
        with ground(name, home / f"{name}-{entries}") as place:
            place.build(entries)
            with _opened(place, given) as (server, pages):
                chosen = [page for page in pages if page.name in GROWING]
                runs = _runs(place, server, chosen, [1], given)
                found[str(entries)] = {
                    "p50": {page.name: _told(runs, page.name, 1)["p50"] for page in chosen},
                    "bytes_per_entry": place.told["bytes_per_entry"],
                    "appended_a_second": place.told["appended_a_second"],
                    "server_mb": round(server.memory() / 2**20),
                }
    if "1" in whole["pages"].get("hello", {}):
        found[str(given.entries)] = {
            "p50": {
                page: whole["pages"][page]["1"]["p50"] for page in GROWING if page in whole["pages"]
            },
            "bytes_per_entry": whole["bytes_per_entry"],
            "appended_a_second": whole["appended_a_second"],
            "server_mb": whole["memory_mb"]["server"],
        }
    for entries, one in found.items():
        p50 = {page: ms["median"] for page, ms in one["p50"].items()}
        keeping.say(f"  {entries:>9} entries: {p50}, {one['bytes_per_entry']} bytes an entry")
    return found


if __name__ == "__main__":
    main()
