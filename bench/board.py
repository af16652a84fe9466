"""Figures of the board: a page in process among very many matters, beside a floor of the same run.

    python bench/board.py [--matters 100000] [--rounds 15] [--home FOLDER]

Runs in a home of its own on SQLite; a home that is named is filled once and used again. On
PostgreSQL, where DATABASE_URL names a database of a server, beside that one in a database of its
own, which is made and dropped.
Spells are filled in directly: nobody reads a journal here. The floor is what no page can do
without: its fifty rows read by their keys, and a page rendered that has none; beside it the bare
count of the day's rows by the database, which any page that asks the database to count must wait
for. Every page is asked for
- ``anew``: by a process that has read nothing of the day yet,
- ``entry``: first after an entry on a matter was recorded,
- ``again``: as the page is asked for when nothing was recorded meanwhile.
``processor`` is the time of this process alone, which a busy machine bends less. Prints a line a
figure and writes them to ``bench/results/``; unit: milliseconds, medians.
"""

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID, uuid4, uuid5

ROOT = Path(__file__).resolve().parent.parent
DAY = date(2025, 7, 30)
FIRST, END = date(2025, 1, 2), date(2026, 12, 31)
UNITS, GOALS, POSTS = 120, 60, 40
MOST_PAGES = 1_700
COLOURS = ("green", "blue", "yellow", "red", "unreported", "ungraded", "suspended", "closed")
URGENCY = {"red": 0, "yellow": 1, "unreported": 2, "blue": 3, "ungraded": 4, "green": 5}
LEVELS = {"green", "blue", "yellow", "red"}
KINDS = ("project", "programme", "indicator", "task")
MEASURES = ("个", "万元", "亿元", "公里", "")
AREAS = ("老城", "新区", "商圈", "南部", "")
STAGES = ("reserve", "preparatory", "new_start", "continuing", "completed", "")
WORDS = ("道路", "学校", "排水", "老旧小区", "停车场", "游园", "厂房", "管网", "安置房", "电梯")


def main() -> None:
    """Measure and write the figures."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--matters", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--home", help="a folder to keep the filled ledger in")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="luoshi-bench-") as home:
        os.environ["LUOSHI_HOME"] = asked.home or home
        os.environ["DJANGO_SETTINGS_MODULE"] = "luoshi.site.settings"
        sys.path.insert(0, str(ROOT / "src"))
        with _own_database():
            import django

            django.setup()
            figures = measured(asked.matters, asked.rounds)
            django.db.connections.close_all()
    path = ROOT / "bench" / "results" / f"board-{date.today()}-{figures['database']}.json"
    path.write_text(json.dumps(figures, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(f"{path.relative_to(ROOT)}\n")


@contextmanager
def _own_database() -> Iterator[None]:
    """Make a database on the server that is named, and drop it in the end; SQLite needs none."""
    server = os.environ.get("DATABASE_URL", "")
    if not server.startswith("postgres"):
        yield
        return
    import psycopg
    from psycopg.sql import SQL, Identifier

    name = f"luoshi_board_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            os.environ["DATABASE_URL"] = urlunsplit(urlsplit(server)._replace(path=f"/{name}"))
            yield
        finally:
            connection.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def measured(matters: int, rounds: int) -> dict[str, Any]:
    """Fill a district with so many matters and take every figure."""
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    call_command("migrate", verbosity=0)
    settings.IS_DEMO = True  # whoever asks is a visitor of a demo on the same machine
    settings.OPENING_DAY = DAY
    settings.ALLOWED_HOSTS = ["testserver"]
    start = time.perf_counter()
    district = _district(matters)
    figures: dict[str, Any] = {
        "date": str(date.today()),
        "machine": f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}",
        "load of the machine": round(os.getloadavg()[0], 1),  # beside ours: 0 is quiet
        "database": connection.vendor,
        "matters": matters,
        "filled_in_seconds": round(time.perf_counter() - start, 1),
    }
    writer = _Writer(district)
    floors = {name: _timed(name, ask, rounds) for name, ask in _floors(district).items()}
    floor = sum(floors[name]["again"] for name in ("floor: fifty rows", "floor: empty page"))
    figures |= floors
    for name, ask in _pages(district).items():
        figures[name] = _timed(name, ask, rounds, writer.write, floor)
    return figures


def _timed(
    name: str,
    ask: Callable[[], object],
    rounds: int,
    write: Callable[[], object] | None = None,
    floor: float = 0,
) -> dict[str, float]:
    """Return the medians of a page; of a floor only those of asking again."""
    found: dict[str, float] = {}
    if write:
        found["anew"] = _median(ask, 1, before=_forget)
        found["entry"] = _median(ask, rounds, before=write)
        found["entry, processor"] = _median(ask, rounds, time.process_time, before=write)
    found["again"] = _median(ask, rounds)
    found["again, processor"] = _median(ask, rounds, time.process_time)
    if floor:
        found["again : floor"] = round(found["again"] / floor, 2)
    told = "   ".join(f"{figure} {ms:8.1f}" for figure, ms in found.items())
    sys.stdout.write(f"{name:<26} {told}\n")
    sys.stdout.flush()
    return found


def _median(
    ask: Callable[[], object],
    rounds: int,
    clock: Callable[[], float] = time.perf_counter,
    before: Callable[[], object] = lambda: None,
) -> float:
    times = []
    for _ in range(rounds):
        before()
        times.append(_once(ask, clock))
    return round(statistics.median(times), 1)


def _forget() -> None:
    """Forget what this process has read."""
    from django.core.cache import cache

    from luoshi.ledger.comparison import forget_comparisons
    from luoshi.ledger.daybook import forget_daybooks
    from luoshi.ledger.moving import forget_counts

    forget_counts()
    forget_daybooks()
    forget_comparisons()
    cache.clear()


def _once(ask: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    start = clock()
    ask()
    return (clock() - start) * 1000


def _floors(district: UUID) -> dict[str, Callable[[], object]]:
    """Return what nothing can be faster than."""
    from django.test import Client

    from luoshi.base.spells import on_day
    from luoshi.ledger.models import MatterSpell

    client = Client()
    rows = MatterSpell.objects.filter(on_day(DAY))
    threads = [_node(district, "matter", n) for n in range(0, 500, 10)]
    return {
        "floor: fifty rows": lambda: list(rows.filter(thread__in=threads)),
        "floor: empty page": lambda: client.get("/board/?q=nothing-is-called-so&on=2020-01-02"),
        "floor: count": rows.filter(district=district).count,
    }


def _pages(district: UUID) -> dict[str, Callable[[], object]]:
    """Return the pages by name."""
    from django.test import Client

    client = Client()
    unit, small_unit = _node(district, "unit", 1), _node(district, "unit", 100)
    goal, sponsor = _node(district, "goal", 2), _node(district, "post", 3)
    asked = {
        "board": "/board/",
        "page 40": "/board/?page=40",
        "last page": f"/board/?page={MOST_PAGES}",
        "colour": "/board/?colour=red",
        "unit": f"/board/?unit={unit}",
        "small unit": f"/board/?unit={small_unit}",
        "goal": f"/board/?goal={goal}",
        "sponsor": f"/board/?sponsor={sponsor}",
        "stage": "/board/?stage=continuing",
        "kind and area": "/board/?kind=project&area=新区",
        "text": "/board/?q=停车场",
        "text as initials": "/board/?q=tcc",
        "text on another day": f"/board/?q=tccljxq&on={DAY - timedelta(40)}",
        "due within 30 days": "/board/?due=30",
        "sort by due": "/board/?sort=due",
        "sort by due, down": "/board/?sort=-due",
        "sort by target": "/board/?sort=-quantity",
        "sort by title": "/board/?sort=title",
        "filter and sort": f"/board/?unit={unit}&colour=red&colour=yellow&sort=-achieved",
        "goals": "/goals/",
        "one goal": f"/goals/{goal}/",
        "one unit": f"/units/{small_unit}/",
        "gaps": "/gaps/",
        "silent": "/silence/",
        "silent, one cause": "/silence/?why=never&page=3",
        "figures": "/figures/",
        "week compared": "/compare/",
    }

    def asking(address: str) -> Callable[[], object]:
        def ask() -> object:
            answer = client.get(address)
            assert answer.status_code == 200, (address, answer.status_code)
            return answer

        return ask

    return {f"page: {name}": asking(address) for name, address in asked.items()}


# ---- the district and its rows


def _district(matters: int) -> UUID:
    """Found a district with its standards and so many matters, unless it stands already."""
    from django.db import connection, transaction
    from django.utils import timezone

    from luoshi.base.journal import Actor
    from luoshi.clocks import standards
    from luoshi.organisation import commands, queries

    if standing := queries.the_district("000000"):
        return standing.pk
    seed, person, at = uuid4(), uuid4(), timezone.now()
    with transaction.atomic():  # all of it or nothing: a home is filled once
        commands.found_district(
            code="000000", name="测区", on=FIRST, command_id=seed, person=person, at=at
        )
        district = queries.the_district("000000").pk
        by = Actor(district=district, person=person, roles=frozenset({"office"}))
        for step in standards.steps(by=by, at=at, seed=uuid4()):
            step()
        _fill(district, matters)
    if connection.vendor == "postgresql":  # which does so by itself; SQLite never does
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return district


class _Writer:
    """Records an entry on a matter each time: every third registers one, the others change it."""

    def __init__(self, district: UUID) -> None:
        self.district, self.written, self.matter = district, 0, district

    def write(self) -> None:
        from django.utils import timezone

        from luoshi.base.journal import Actor
        from luoshi.ledger import commands, queries
        from luoshi.ledger.commands import Sent
        from luoshi.rules.ledger import facts as f

        sent = Sent(
            on=DAY,
            expected=queries.last_entry_of(self.matter) if self.written % 3 else 0,
            command_id=uuid4(),
            by=Actor(district=self.district, person=uuid4(), roles=frozenset({"office"})),
            at=timezone.now(),
        )
        goals = (_node(self.district, "goal", self.written % GOALS),)
        if self.written % 3 == 0:
            source = f.Source(kind=f.SourceKind.DOCUMENT, title="工作安排", day=FIRST)
            commands.register(
                code=f"W{uuid4().hex[:12]}", title="道路新建", kind=f.MatterKind.PROJECT,
                origin=f.Origin.ASSIGNED, sources=(source,), goals=goals, area="老城", sent=sent,
            )  # fmt: skip
            self.matter = commands.matter_of(sent.command_id)
        else:
            commands.place(matter_id=self.matter, goals=goals, area="新区", sent=sent)
        self.written += 1


def _node(district: UUID, kind: str, n: int) -> UUID:
    return uuid5(district, f"{kind}/{n}")


def _fill(district: UUID, matters: int) -> None:
    """Insert units, posts, goals, matters and their places."""
    from django.db import transaction

    from luoshi.base.rows import insert
    from luoshi.base.spells import stored_columns
    from luoshi.ledger.models import GoalSpell, MatterSpell, PlaceSpell
    from luoshi.organisation.models import PostSpell, UnitSpell

    node = partial(_node, district)
    with transaction.atomic():
        for model, kind, many in (
            (UnitSpell, "unit", UNITS), (GoalSpell, "goal", GOALS), (PostSpell, "post", POSTS),
        ):  # fmt: skip
            insert(
                model,
                stored_columns(model),
                [
                    _row(
                        model, district, node(kind, n), FIRST, date.max, 1, name=f"{kind} {n}",
                        kind=kind, parent=node(kind, n // 8) if n >= 8 else None, order=n,
                        holder=None, roles="", acting=False,
                    )
                    for n in range(many)
                ],
            )  # fmt: skip
        rows = (row for n in range(matters) for row in _matter(district, n, node))
        while some := list(islice(rows, 5000)):
            insert(MatterSpell, stored_columns(MatterSpell), some)
        places = (
            _row(
                PlaceSpell, district, node("matter", n), FIRST, date.max, 1,
                goal=node("goal", n % GOALS),
            )
            for n in range(matters)
        )  # fmt: skip
        while some := list(islice(places, 5000)):
            insert(PlaceSpell, stored_columns(PlaceSpell), some)


def _row(
    model: Any,
    district: UUID,
    thread: UUID,
    from_day: date,
    to_day: date,
    known: int,
    /,
    **named: Any,
):  # noqa: ANN202
    """Return a row in the order of the model's stored columns; ``known_to`` may be named."""
    from luoshi.base.models import OPEN
    from luoshi.base.spells import stored_columns

    values = {
        "district": district, "thread": thread, "from_day": from_day, "to_day": to_day,
        "known_from": known, "known_to": OPEN, **named,
    }  # fmt: skip
    return tuple(
        values[name] if name in values else model._meta.get_field(name).get_default()
        for name in stored_columns(model)
    )


def _matter(district: UUID, n: int, node: Callable[[str, int], UUID]) -> Iterator[tuple[Any, ...]]:
    """Yield four spells of a matter as known now, and one as known before."""
    from luoshi.base.models import OPEN
    from luoshi.ledger.models import MatterSpell

    thread = node("matter", n)
    cuts = [
        FIRST,
        FIRST + timedelta(60 + n % 50),
        DAY - timedelta(n % 29),
        DAY + timedelta(1 + n % 31),
    ]
    due = None if n % 11 == 0 else date(2025, 3, 1) + timedelta(n * 7 % 600)
    measure = MEASURES[n % len(MEASURES)]
    quantity = Decimal(n * 13 % 977 + 1) if measure else None
    for place, (start, end) in enumerate(zip(cuts, [*cuts[1:], END], strict=True)):
        colour = COLOURS[(n * 31 + place * 17) // 7 % len(COLOURS)]
        achieved = quantity and (quantity * (n % 100) / 100).quantize(Decimal("0.01"))
        known = [(3, OPEN), (1, 3)] if place == 1 else [(3, OPEN)]
        for known_from, known_to in known:
            yield _row(
                MatterSpell, district, thread, start, end, known_from, known_to=known_to,
                code=f"M{n:06}", title=f"{WORDS[n % 10]}{WORDS[n // 10 % 10]}建设改造第{n}项",
                kind=KINDS[n % 4], standing="closed" if colour == "closed" else "accepted",
                missing="" if n % 9 else "target", area=AREAS[n % 5], sources="document",
                stage=STAGES[n % 6],
                lead_unit=node("unit", n % UNITS) if n % 13 else None, responsible_post=None,
                sponsoring_post=node("post", n % POSTS), quantity=quantity, unit=measure,
                comparator=">=" if quantity else "", achieved=achieved,
                measured_on=start if quantity else None, submitted=None, start=FIRST, due=due,
                level=colour if colour in LEVELS else "", colour=colour, last_colour="",
                is_unreported=colour == "unreported", is_awaiting=False, is_answer_late=False,
                urgency=URGENCY.get(colour, 7 if colour == "closed" else 6),
                basis=_basis(quantity, due, start, n),
            )  # fmt: skip


def _basis(quantity: Decimal | None, due: date | None, measured: date, n: int) -> str:
    """Return the facts of a colour as the projection stores them."""
    figure = {"amount": str(n % 50), "counts_from": str(measured), "measured_on": str(measured)}
    return json.dumps(
        {
            "closed": False, "comparator": ">=", "due": due and str(due), "exempt_until": None,
            "measured": [figure] if quantity else [], "milestones": [], "parts_complete": True,
            "plan": [], "planned_start": None, "quantity": quantity and str(quantity),
            "registered_on": str(FIRST), "reported_until": None, "start": str(FIRST),
            "start_inferred": False, "started_on": None, "suspended": False, "verified": False,
        },
        separators=(",", ":"),
    )  # fmt: skip


if __name__ == "__main__":
    main()
