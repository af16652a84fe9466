"""A goal and a unit on any day: what hangs on it, and what became of it.

The number of queries is fixed; reading a unit's supported matters replays only those.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from luoshi.base.models import OPEN, JournalEntry
from luoshi.base.nodes import FAR, NodeSpell
from luoshi.base.threads import in_order, read
from luoshi.ledger.board import GoalOn, in_this_order, matters_visible_to, nodes_visible_to
from luoshi.ledger.daybook import Daybook, Rows, open_daybook
from luoshi.ledger.filters import CLOSED
from luoshi.ledger.models import GoalSpell, Matter, MatterSpell
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.sums import UnitSum
from luoshi.organisation.models import UnitSpell
from luoshi.organisation.queries import (
    PostOn,
    UnitOn,
    Visitor,
    units_below,
)
from luoshi.rules.journal import Entry, standing
from luoshi.rules.ledger import facts as f
from luoshi.rules.refusals import NotFound


@dataclass(frozen=True, slots=True)
class Era:
    """How a goal or unit was called and placed from a day on; ``until`` None: still so."""

    since: date
    until: date | None
    name: str
    parent: UUID | None


@dataclass(frozen=True, slots=True)
class Counts:
    """Matters by colour while open, and how many ended which way; unit: matters."""

    colours: Mapping[str, int]
    closed: int
    abolished: int
    late: int

    @property
    def open(self) -> int:
        """Return how many matters are open."""
        return sum(self.colours.values())


@dataclass(frozen=True, slots=True)
class Page:
    """Some rows of a list in its order, and how many there are."""

    rows: list[MatterSpell]
    total: int


@dataclass(frozen=True, slots=True)
class GoalSheet:
    """A goal on a day: itself, those above and below, its eras, counts, sums and matters."""

    goal: GoalOn | None
    eras: tuple[Era, ...]
    above: tuple[GoalOn, ...]
    below: tuple[GoalOn, ...]
    goals: Sequence[GoalOn]
    counts: Counts
    sums: tuple[UnitSum, ...]
    page: Page


@dataclass(frozen=True, slots=True)
class UnitSheet:
    """A unit on a day: itself, those above and below, posts, matters led and supported."""

    unit: UnitOn | None
    eras: tuple[Era, ...]
    above: tuple[UnitOn, ...]
    below: tuple[UnitOn, ...]
    units: Sequence[UnitOn]
    posts: tuple[PostOn, ...]
    counts: Counts
    sums: tuple[UnitSum, ...]
    page: Page
    supported: list[MatterSpell]
    waiting: list[MatterSpell]


COUNTED = "counted by how they ended"
Cut = tuple[int, int]
"""From which row on, and how many."""


def goal_sheet(
    visitor: Visitor, goal: UUID, *, day: date, known_at: int | None, cut: Cut
) -> GoalSheet:
    """Return a goal on a day with all that stands on it or below it. Raises NotFound."""
    eras = _eras(GoalSpell.objects.filter(district=visitor.district), goal, known_at)
    goals, _units, _posts = nodes_visible_to(visitor, day=day, known_at=known_at)
    by_id = {one.id: one for one in goals}
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        below = units_below(goals, [goal])  # type: ignore[arg-type]  # any tree: ids and parents
        rows = book.marked("goals", *below)
        found, sums = book.remembered((COUNTED, rows), lambda: _counted(book, rows))
        page, known = _page(book, rows, cut), book.known_at
    return GoalSheet(
        goal=by_id.get(goal),
        eras=eras,
        above=_above(by_id, goal),
        below=tuple(one for one in goals if one.parent == goal),
        goals=goals,
        counts=found,
        sums=sums,
        page=_read(page, day, known),
    )


def unit_sheet(
    visitor: Visitor, unit: UUID, *, day: date, known_at: int | None, cut: Cut
) -> UnitSheet:
    """Return a unit on a day with what it leads, supports and waits for. Raises NotFound.

    What units below it lead counts as its own, as on the board.
    """
    eras = _eras(UnitSpell.objects.filter(district=visitor.district), unit, known_at)
    _goals, units, posts = nodes_visible_to(visitor, day=day, known_at=known_at)
    by_id = {one.id: one for one in units}
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        rows = book.marked("lead_unit", *units_below(units, [unit]))
        waiting = rows & book.marked("notes", "waiting") & ~book.marked("standing", *CLOSED)
        found, sums = book.remembered((COUNTED, rows), lambda: _counted(book, rows))
        page, known = _page(book, rows, cut), book.known_at
        waits = book.cut(waiting, "urgency", ())
    supported = _supported(visitor, unit, day=day, known_at=known_at)
    everything = matters_visible_to(visitor, day=day, known_at=known_at)
    return UnitSheet(
        unit=by_id.get(unit),
        eras=eras,
        above=_above(by_id, unit),
        below=tuple(one for one in units if one.parent == unit),
        units=units,
        posts=tuple(post for post in posts if post.unit == unit),
        counts=found,
        sums=sums,
        page=_read(page, day, known),
        supported=list(_urgent(everything.filter(thread__in=supported))),
        waiting=in_this_order(waits, day, known),
    )


def counts(spells: QuerySet[MatterSpell], *, day: date) -> Counts:
    """Count any matters by colour and by how they ended, in one query."""
    rows = spells.values("standing", "colour").annotate(
        n=Count("*"), late=Count("thread", filter=Q(due__lt=day, is_awaiting=False))
    )
    colours: dict[str, int] = {}
    ended = dict.fromkeys(CLOSED, 0)
    late = 0
    for row in rows:
        if row["standing"] in ended:
            ended[row["standing"]] += row["n"]
            continue
        colours[row["colour"]] = colours.get(row["colour"], 0) + row["n"]
        late += row["late"]
    return Counts(colours, ended["closed"], ended["abolished"], late)


def _counted(book: Daybook, rows: Rows) -> tuple[Counts, tuple[UnitSum, ...]]:
    """Count matters by colour and by how they ended, and sum what is open or closed out."""
    ended = {how: rows & book.marked("standing", how) for how in CLOSED}
    running = rows & ~book.marked("standing", *CLOSED)
    late = running & book.late & ~book.marked("notes", "awaiting")
    counts = Counts(
        book.by_colour(running),
        ended["closed"].bit_count(),
        ended["abolished"].bit_count(),
        late.bit_count(),
    )
    return counts, book.counts(rows & ~ended["abolished"], ()).sums


def _urgent(spells: QuerySet[MatterSpell]) -> QuerySet[MatterSpell]:
    return spells.defer("basis").order_by("urgency", F("due").asc(nulls_last=True), "code")


def _page(book: Daybook, rows: Rows, cut: Cut) -> tuple[list[UUID], int]:
    """Return the most urgent matters of a page, and how many there are."""
    return book.cut(rows, "urgency", (), *cut), rows.bit_count()


def _read(page: tuple[list[UUID], int], day: date, known_at: int) -> Page:
    threads, total = page
    return Page(in_this_order(threads, day, known_at), total)


def _eras(spells: "QuerySet[Any]", node: UUID, known_at: int | None) -> tuple[Era, ...]:
    """Return the eras of a goal or unit, oldest first. Raises NotFound where it has none."""
    knowledge = (
        Q(known_to=OPEN) if known_at is None else Q(known_from__lte=known_at, known_to__gt=known_at)
    )
    rows: Iterable[NodeSpell] = spells.filter(knowledge, thread=node).order_by("from_day")
    found: list[Era] = []
    for row in rows:
        until = None if row.to_day == FAR else row.to_day
        era = Era(row.from_day, until, row.name, row.parent)
        last = found[-1] if found else None
        if last and (last.until, last.name, last.parent) == (era.since, era.name, era.parent):
            found[-1] = Era(last.since, until, era.name, era.parent)
        else:
            found.append(era)
    if not found:
        raise NotFound(what="node")
    return tuple(found)


def _above(by_id: "Mapping[UUID, Any]", node: UUID) -> tuple[Any, ...]:
    """Return the nodes above one, the highest first; who stands in a circle is told once."""
    found: list[Any] = []
    here = by_id.get(node)
    while here is not None and (here := by_id.get(here.parent)) and here not in found:
        found.append(here)
    return tuple(reversed(found))


RESPONSIBILITY = ("matter.responsibility_fixed", "withdrawn")


def _supported(visitor: Visitor, unit: UUID, *, day: date, known_at: int | None) -> list[UUID]:
    """Return the matters that a unit supports on a day.

    Spells hold no supporting units, so the threads in which the unit does something now are
    folded for the day: two queries.
    """
    doing = Matter.objects.filter(district=visitor.district, done_by_units__contains=str(unit))
    rows = JournalEntry.objects.filter(
        district=visitor.district, thread__in=doing.values("pk"), kind__in=RESPONSIBILITY
    )
    if known_at is not None:
        rows = rows.filter(number__lte=known_at)
    threads: dict[UUID, list[Entry[Any]]] = {}
    for row in in_order(rows):
        threads.setdefault(row.thread, []).append(read(row, MATTERS))
    return [thread for thread, entries in threads.items() if _supports(entries, unit, day)]


def _supports(entries: Sequence[Entry[Any]], unit: UUID, day: date) -> bool:
    """Tell whether the responsibility that holds on the day names the unit as supporting."""
    own = {entry.number for entry in entries}
    known = [entry for entry in entries if entry.corrects is None or entry.corrects in own]
    held = [
        entry
        for entry in standing(known)
        if entry.on <= day and isinstance(entry.fact, f.ResponsibilityFixed)
    ]
    return bool(held) and unit in held[-1].fact.supporting_units
