"""A district of the size that figures are taken of, built by the bulk road in the home at hand.

    python bench/harness/ledger.py ENTRIES [ACCOUNTS]

Every tenth entry begins a matter: registered, its three fixes, three reports, each confirmed. Every
unit has a post, each post a person with an account. Built once: a home that holds it is only read.
Prints one line of JSON: what a client must know to ask.
"""

import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4, uuid5

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "Liangcang-2026-tai"
CODE = "000000"
UNITS, GOALS = 100, 60
ENTRIES_EACH = 10  # of a matter
REPORTED = ((2, 4), (5, 8), (8, 5))  # month and day of the reports
KINDS = ("project", "programme", "indicator", "task")
AREAS = ("老城", "新区", "商圈", "南部")
WORDS = ("道路", "学校", "排水", "老旧小区", "停车场", "游园", "厂房", "管网", "安置房", "电梯")
YEAR = date.today().year
FIRST = date(YEAR, 1, 2)


def main() -> None:
    """Build what is missing and say what there is."""
    entries, accounts = int(sys.argv[1]), int(sys.argv[2]) if sys.argv[2:] else 64
    os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
    sys.path.insert(0, str(ROOT / "src"))
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    mark = settings.HOME / "bench.json"
    call_command("migrate", verbosity=0)  # a home may have been kept since an earlier version
    if mark.exists():
        told = json.loads(mark.read_text())
    else:
        told = built(entries, accounts)
        mark.write_text(json.dumps(told))
    sys.stdout.write(json.dumps(told) + "\n")


def built(entries: int, accounts: int) -> dict[str, Any]:
    """Build the district; returns what a client must know."""
    from django.db import connection
    from django.utils import timezone

    from luoshi.base import bulk

    begun = time.perf_counter()
    district = _founded(accounts)
    before, empty = _line(district.pk), _bytes()
    at = timezone.now()
    by = _office(district.pk)
    start = time.perf_counter()
    changes = islice(_changes(district.pk, entries // ENTRIES_EACH), entries)
    for _ in bulk.append_many(changes, by=by, at=at):
        pass
    seconds = time.perf_counter() - start
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":  # statistics it never takes by itself, nor do we
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        else:  # as the server does by itself
            cursor.execute("ANALYZE")
    size = _bytes() - empty
    last = _line(district.pk)
    return {
        "district": str(district.pk),
        "matters": entries // ENTRIES_EACH,
        "entries": last,
        "founded_with": before,
        "units": UNITS,
        "goals": GOALS,
        "logins": [f"post{n}" for n in range(accounts)],
        "password": PASSWORD,
        "tokens": _tokens(accounts),
        "bytes": size,
        "bytes_per_entry": round(size / (last - before)),
        "bytes_per_matter": round(size / (entries // ENTRIES_EACH)),
        "appended_a_second": round((last - before) / seconds),
        "built_in_seconds": round(time.perf_counter() - begun, 1),
    }


def node(district: UUID, kind: str, n: int) -> UUID:
    """Return the id of a unit, goal, post, person or matter by its number."""
    return uuid5(district, f"{kind}/{n}")


def _line(district: UUID) -> int:
    from luoshi.base.models import Line

    return Line.objects.get(pk=district).last_number


def _bytes() -> int:
    """Return how large the database is: of SQLite its file and what waits beside it."""
    from django.conf import settings
    from django.db import connection

    if connection.vendor == "sqlite":
        return sum(path.stat().st_size for path in settings.HOME.glob("ledger.sqlite3*"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (size,) = cursor.fetchone()
    return int(size)


def _office(district: UUID) -> Any:
    from luoshi.base.journal import Actor

    return Actor(
        district=district, person=node(district, "person", 0), post=node(district, "post", 0),
        unit=node(district, "unit", 0), roles=frozenset({"office"}),
    )  # fmt: skip


def _tokens(accounts: int) -> list[str]:
    """Make a token for each account; a home of figures may keep what is shown only once."""
    from django.utils import timezone

    from luoshi.accounts.commands.tokens import TokenReach, make_token
    from luoshi.organisation.models import Account

    made = []
    for n in range(accounts):
        account = Account.objects.get(login=f"post{n}")
        post = node(account.district, "post", n)
        token = make_token(
            account, post=post, label="bench", reach=TokenReach.WRITE, days=300,
            day=timezone.localdate(), at=timezone.now(),
        )  # fmt: skip
        made.append(token.secret)
    return made


def _founded(accounts: int) -> Any:
    """Found the district with its standards, goals, units, posts, and accounts of their persons."""
    from django.db import transaction
    from django.utils import timezone

    from luoshi.base.journal import Actor
    from luoshi.clocks import standards
    from luoshi.organisation import commands, queries

    seed, person, at = uuid4(), uuid4(), timezone.now()
    with transaction.atomic():
        commands.found_district(
            code=CODE, name="测区", on=FIRST, command_id=seed, person=person, at=at
        )
        district = queries.the_district(CODE)
        assert district is not None
        founder = Actor(district=district.pk, person=person, roles=frozenset({"office"}))
        for step in standards.steps(by=founder, at=at, seed=uuid4()):
            step()
    for n in range(UNITS):
        with transaction.atomic():
            _found_unit(district.pk, n, founder, at)
    for n in range(GOALS):
        _found_goal(district.pk, n, founder, at)
    for n in range(accounts):
        commands.make_account(
            login=f"post{n}", password=PASSWORD,
            person=node(district.pk, "person", n), district=district.pk,
        )  # fmt: skip
        if n >= UNITS:
            _found_post(district.pk, n, n % UNITS, founder, at)
    return district


def _found_unit(district: UUID, n: int, by: Any, at: Any) -> None:
    from luoshi.organisation import commands

    commands.found_unit(
        unit_id=node(district, "unit", n), name=f"单位{n}", kind="office" if n == 0 else "bureau",
        parent=None, order=n + 1, command_id=uuid4(), on=FIRST, by=by, at=at,
    )  # fmt: skip
    _found_post(district, n, n, by, at)


def _found_post(district: UUID, n: int, unit: int, by: Any, at: Any) -> None:
    """Found the post of a number in a unit, held by the person of that number."""
    from luoshi.organisation import commands

    hand: dict[str, Any] = {"on": FIRST, "by": by, "at": at}
    founded = commands.found_post(
        post_id=node(district, "post", n), name=f"岗位{n}", unit=node(district, "unit", unit),
        order=n + 1, roles=("office",) if n == 0 else ("officer",), command_id=uuid4(), **hand,
    )  # fmt: skip
    commands.hold_post(
        post_id=node(district, "post", n), person=node(district, "person", n),
        expected=founded.number, command_id=uuid4(), **hand,
    )  # fmt: skip


def _found_goal(district: UUID, n: int, by: Any, at: Any) -> None:
    from luoshi.ledger import commands
    from luoshi.ledger.commands import Sent

    commands.found_goal(
        goal_id=node(district, "goal", n), name=f"目标{n}", kind="pillar" if n >= 6 else "goal",
        parent=node(district, "goal", n % 6) if n >= 6 else None, order=n + 1,
        sent=Sent(on=FIRST, expected=0, command_id=uuid4(), by=by, at=at),
    )  # fmt: skip


def _changes(district: UUID, matters: int) -> Iterator[tuple[Any, UUID]]:
    """Yield the entries of so many matters, each with its command id."""
    drawn = random.Random(CODE)
    for n in range(matters):
        yield from _matter(district, n, drawn)


def _matter(district: UUID, n: int, drawn: random.Random) -> Iterator[tuple[Any, UUID]]:
    from luoshi.base.journal import Change
    from luoshi.ledger.projection import MATTERS
    from luoshi.rules.colour import Comparator
    from luoshi.rules.ledger import decide
    from luoshi.rules.ledger import facts as f

    thread = node(district, "matter", n)
    first = FIRST + timedelta(n % 20)
    quantity = Decimal(n * 13 % 977 + 10)

    def change(verb: Any, on: date, **given: object) -> tuple[Any, UUID]:
        decided = partial(verb, on=on, **given)
        asked = Change(kind=MATTERS, thread=thread, decide=decided, on=on, expected=0)
        return asked, uuid5(thread, str(drawn.random()))

    yield change(
        decide.register, first, code=f"M{n:06}",
        title=f"{WORDS[n % 10]}{WORDS[n // 10 % 10]}建设改造第{n}项",
        kind=f.MatterKind(KINDS[n % 4]), origin=f.Origin.PUBLISHED,
        sources=(f.Source(kind=f.SourceKind.DOCUMENT, title="年度工作安排", day=FIRST),),
        goals=(node(district, "goal", 6 + n % (GOALS - 6)),), area=AREAS[n % 4],
    )  # fmt: skip
    yield change(
        decide.fix_responsibility, first, lead_unit=node(district, "unit", n % UNITS),
        responsible_post=node(district, "post", n % UNITS),
    )  # fmt: skip
    target = f.Target(
        key="main", quantity=quantity, unit="个", comparator=Comparator.AT_LEAST, leads=True
    )
    yield change(decide.fix_target, first, targets=(target,))
    due = date(YEAR, 6 + n % 7, 20)
    yield change(decide.fix_milestones, first, start=date(YEAR, 1, 1), due=due)
    pace = drawn.choice((0.2, 0.5, 0.8, 1.0))
    for month, day in REPORTED:
        report, on = uuid5(thread, str(month)), date(YEAR, month, day)
        share = Decimal(str(round(min(1.0, pace * month / 9), 2)))
        yield change(
            decide.report_progress, on, report=report, measured_on=on - timedelta(days=1),
            achieved=(quantity * share).quantize(Decimal(1)),
        )  # fmt: skip
        yield change(decide.confirm_report, on + timedelta(days=2), report=report)


if __name__ == "__main__":
    main()
