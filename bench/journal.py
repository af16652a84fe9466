"""Figures of the journal: the bulk road, verify and rebuild, beside a bare insert in the same run.

    python bench/journal.py [--entries 100000] [--keep]

Runs in a home of its own on SQLite, or on the database that DATABASE_URL names (an empty one).
Prints a line a figure and writes them with date and machine kind to ``bench/results/``.
"""

import argparse
import json
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from uuid import UUID, uuid4

ROOT = Path(__file__).resolve().parent.parent
REPORTS = 3  # of each matter, each confirmed: ten entries a matter in all
YEAR = 2025


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--entries", type=int, default=100_000)
    wanted = parser.parse_args().entries
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as home:
        os.environ["LUOSHI_HOME"] = home
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
        sys.path.insert(0, str(ROOT / "src"))
        import django

        django.setup()
        figures = measured(wanted)
    path = ROOT / "bench" / "results" / f"journal-{date.today()}-{figures['database']}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


def measured(wanted: int) -> dict[str, object]:
    """Build a ledger of so many entries and take every figure."""
    from django.core.management import call_command
    from django.db import connection
    from django.utils import timezone

    from luoshi.base import bulk, rebuild, verify

    call_command("migrate", verbosity=0)
    by = _district(timezone.now())
    figures: dict[str, object] = {
        "date": str(date.today()),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "database": connection.vendor,
        "entries": wanted,
    }
    with _timed(figures, "append_many", wanted):
        for _ in bulk.append_many(_changes(wanted), by=by, at=timezone.now()):
            pass
    with _timed(figures, "verify", wanted):
        count = sum(1 for _ in verify.verified_entries(district=by.district))
    with _timed(figures, "rebuild", wanted):
        differing = sum(bool(found) for found in rebuild.rebuilt(district=by.district))
    with _timed(figures, "bare_insert", wanted):
        _bare_insert(wanted)
    figures |= {"verified": count, "threads_that_differ": differing}
    return figures


@contextmanager
def _timed(figures: dict[str, object], name: str, entries: int) -> Iterator[None]:
    start, begun = time.perf_counter(), time.process_time()
    yield
    seconds = time.perf_counter() - start
    each = (time.process_time() - begun) / entries * 1000
    figures[name] = {
        "seconds": round(seconds, 2),
        "entries_per_second": round(entries / seconds),
        "cpu_ms_per_entry": round(each, 3),  # of all threads: what a busy machine does not change
    }
    sys.stdout.write(
        f"{name:<12} {seconds:8.2f} s {entries / seconds:10.0f} entries/s {each:8.3f} ms CPU each\n"
    )
    sys.stdout.flush()


def _district(at):  # noqa: ANN001, ANN202
    """Found a district with its standards."""
    from luoshi.base.journal import Actor
    from luoshi.clocks import standards
    from luoshi.organisation import commands

    seed, person = uuid4(), uuid4()
    entry = commands.found_district(
        code="000000", name="测区", on=date(YEAR, 1, 1), command_id=seed, person=person, at=at
    )
    del entry
    from luoshi.organisation import queries

    district = queries.the_district("000000")
    by = Actor(district=district.pk, person=person, roles=frozenset({"office"}))
    for step in standards.steps(by=by, at=at, seed=uuid4()):
        step()
    return by


def _changes(wanted: int):  # noqa: ANN202
    """Yield the entries of as many matters as are needed, each with its command id."""
    from luoshi.base.journal import Change
    from luoshi.ledger.projection import MATTERS
    from luoshi.rules.colour import Comparator
    from luoshi.rules.ledger import decide
    from luoshi.rules.ledger import facts as f

    source = f.Source(kind=f.SourceKind.DOCUMENT, title="文件", day=date(YEAR, 1, 5))
    target = f.Target(
        key="main", quantity=Decimal(297), unit="个", comparator=Comparator.AT_LEAST, leads=True
    )

    def change(thread: UUID, verb, on: date, **given: object):  # noqa: ANN001, ANN202
        decided = partial(verb, on=on, **given)
        return Change(kind=MATTERS, thread=thread, decide=decided, on=on, expected=0), uuid4()

    def matter(number: int):  # noqa: ANN202
        thread, first = uuid4(), date(YEAR, 1, 5)
        yield change(
            thread,
            decide.register,
            first,
            code=f"M{number}",
            title=f"事项{number}",
            kind=f.MatterKind.TASK,
            origin=f.Origin.PUBLISHED,
            sources=(source,),
        )
        yield change(thread, decide.fix_responsibility, first, lead_unit=uuid4())
        yield change(thread, decide.fix_target, first, targets=(target,))
        yield change(
            thread, decide.fix_milestones, first, due=date(YEAR, 12, 31), start=date(YEAR, 1, 1)
        )
        for month in range(2, 2 + REPORTS):
            report, on = uuid4(), date(YEAR, month, 4)
            yield change(
                thread,
                decide.report_progress,
                on,
                report=report,
                measured_on=on - timedelta(days=5),
                achieved=Decimal(20 * month),
            )
            yield change(thread, decide.confirm_report, on + timedelta(days=2), report=report)

    made, number = 0, 0
    while made < wanted:
        number += 1
        for each in matter(number):
            if made < wanted:
                made += 1
                yield each


def _bare_insert(rows: int) -> None:
    """Insert as many rows of the size of an entry into a bare table: the floor."""
    from django.db import connection, transaction

    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TABLE bare (number integer PRIMARY KEY, digest text, body text)")
        for start in range(0, rows, 2000):
            some = range(start, min(start + 2000, rows))
            cursor.executemany(
                "INSERT INTO bare VALUES (%s, %s, %s)", [(n, "0" * 64, "x" * 300) for n in some]
            )
        cursor.execute("DROP TABLE bare")


if __name__ == "__main__":
    main()
