"""Vacancy and silence: posts nobody holds, holders never seen, matters nobody moves.

All of it is a function of the day: what became so this morning stands here this morning.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import partial, reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q

from luoshi.base.models import OPEN, JournalEntry
from luoshi.base.spells import on_day
from luoshi.ledger.board import in_this_order
from luoshi.ledger.daybook import Daybook, Rows, open_daybook
from luoshi.ledger.filters import CLOSED
from luoshi.ledger.goals import matters_visible_to
from luoshi.ledger.models import MatterSpell
from luoshi.organisation.queries import (
    PostOn,
    Running,
    UnitOn,
    Visitor,
    held_since,
    posts_visible_to,
    signed_in_ever,
    units_gone_by,
    units_visible_to,
)
from luoshi.rules.ledger.state import Standing

ORDER = "due"  # matters by their last day
IN_FORCE = (Standing.ASSIGNED.value, Standing.ACCEPTED.value, Standing.VERIFIED.value)


class Silent(StrEnum):
    """Why nobody moves a matter."""

    VACANT = "vacant"  # nobody holds the post that answers
    NEVER = "never"  # somebody does, and never recorded anything on it
    ENDED = "ended"  # the unit that leads it is no more


@dataclass(frozen=True, slots=True)
class QuietPost:
    """A post and since when nobody holds it, or its holder was never seen.

    ``matters``: how many open ones it answers for.
    """

    post: PostOn
    since: date
    matters: int


@dataclass(frozen=True, slots=True)
class QuietMatter:
    """A matter that nobody moves, why, and since when."""

    spell: MatterSpell
    why: tuple[Silent, ...]
    since: date


@dataclass(frozen=True, slots=True)
class Silence:
    """What is vacant or silent on a day; ``unseen`` is None where it cannot be said of the day."""

    vacant: tuple[QuietPost, ...]
    unseen: tuple[QuietPost, ...] | None
    counts: Mapping[Silent, int]
    total: int
    rows: tuple[QuietMatter, ...]
    units: Sequence[UnitOn]
    posts: Sequence[PostOn]


def silence(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None = None,
    is_now: bool,
    why: Silent | None = None,
    start: int = 0,
    size: int = 50,
) -> Silence:
    """Return what is vacant or silent on a day, the longest first, and some of the matters.

    ``is_now``: who signed in is known of today only. The number of queries is fixed.
    """
    on = _On(visitor, day, known_at)
    since = held_since(visitor, day=day, known_at=known_at)
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        causes = _causes(book, on)
        listed = _listed(causes, why)
        cut = book.cut(listed, ORDER, on.units, start, size)
        page = _marked(book, causes, cut)
        counts = {one: rows.bit_count() for one, rows in causes.items()}
        loads = _loads(book)
        number = book.known_at
    held = [post for post in on.posts if post.holder is not None]
    seen = signed_in_ever(visitor, [one.holder for one in held if one.holder]) if is_now else set()
    unseen = [one for one in held if one.holder not in seen]
    return Silence(
        vacant=_quiet(on.vacant, since, loads),
        unseen=_quiet(unseen, since, loads) if is_now else None,
        counts=counts,
        total=listed.bit_count(),
        rows=tuple(_rows(page, on, since, number)),
        units=on.units,
        posts=on.posts,
    )


def silent_after(
    visitor: Visitor,
    *,
    day: date,
    known_at: int | None,
    why: Silent | None,
    after: Sequence[Any] | None,
    size: int,
) -> tuple[list[QuietMatter], list[Any] | None, int]:
    """Return so many silent matters after a key, the key to go on after, and how many in all.

    The key is None at the end.
    """
    on = _On(visitor, day, known_at)
    since = held_since(visitor, day=day, known_at=known_at)
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        causes = _causes(book, on)
        listed = _listed(causes, why)
        cut, onward = book.cut_after(listed, ORDER, on.units, after, size)
        page = _marked(book, causes, cut)
        number = book.known_at
    return _rows(page, on, since, number), onward, listed.bit_count()


def vacancies(visitor: Visitor, *, day: date, known_at: int | None = None) -> tuple[QuietPost, ...]:
    """Return the posts of a day that nobody holds, the longest first."""
    on = _On(visitor, day, known_at)
    since = held_since(visitor, day=day, known_at=known_at)
    with open_daybook(visitor, day=day, known_at=known_at) as book:
        loads = _loads(book)
    return _quiet(on.vacant, since, loads)


class _On:
    """The day that is asked about, as known at a number, with its units and posts."""

    def __init__(self, visitor: Visitor, day: date, known_at: int | None) -> None:
        self.visitor, self.day = visitor, day
        self.units = units_visible_to(visitor, day=day, known_at=known_at)
        self.posts = posts_visible_to(visitor, day=day, known_at=known_at)
        self.vacant = [post for post in self.posts if post.holder is None]


def _quiet(
    posts: Iterable[PostOn], since: Mapping[UUID, date], loads: Mapping[UUID, int]
) -> tuple[QuietPost, ...]:
    """Return posts with their days and matters, the longest first."""
    found = [QuietPost(one, since[one.id], loads.get(one.id, 0)) for one in posts]
    return tuple(sorted(found, key=lambda quiet: quiet.since))


def _open(book: Daybook) -> Rows:
    return book.everything & ~book.marked("standing", *CLOSED)


def _loads(book: Daybook) -> dict[UUID, int]:
    """Return how many open matters each post answers for."""
    return book.by_mark("responsible_post", _open(book))


def _causes(book: Daybook, on: _On) -> dict[Silent, Rows]:
    """Return the rows that are silent for each cause."""
    there = {unit.id for unit in on.units}
    ended = [unit for unit in book.led if unit not in there]
    empty = book.marked("responsible_post", *(post.id for post in on.vacant))
    in_force = book.marked("standing", *IN_FORCE) & ~book.marked("notes", "unowned")
    acted = book.told("acted", partial(_acted, on, book.known_at))
    open_rows = _open(book)
    return {
        Silent.VACANT: open_rows & empty,
        Silent.NEVER: open_rows & in_force & ~empty & ~acted,
        Silent.ENDED: open_rows & book.marked("lead_unit", *ended),
    }


def _acted(on: _On, number: int, threads: Sequence[str] | None) -> set[str]:
    """Return the matters, of some or of all, on which the post that answers recorded anything."""
    spells = (
        matters_visible_to(on.visitor, day=on.day, known_at=number)
        if threads is None
        else MatterSpell.objects.filter(
            on_day(on.day, known_at=number), thread__in=[UUID(thread) for thread in threads]
        )
    )
    by_post = JournalEntry.objects.filter(
        thread=OuterRef("thread"),
        by_post=OuterRef("responsible_post"),
        on__lte=on.day,
        number__lte=number,
    )
    acted = spells.filter(Exists(by_post), standing__in=IN_FORCE, responsible_post__isnull=False)
    return {thread.hex for thread in acted.values_list("thread", flat=True)}


def _listed(causes: Mapping[Silent, Rows], why: Silent | None) -> Rows:
    """Return the rows of a cause, or of any."""
    return reduce(or_, causes.values()) if why is None else causes[why]


Marked = list[tuple[UUID, tuple[Silent, ...]]]


def _marked(book: Daybook, causes: Mapping[Silent, Rows], threads: Iterable[UUID]) -> Marked:
    """Return matters with their causes."""
    return [
        (thread, tuple(one for one in Silent if book.holds(causes[one], thread)))
        for thread in threads
    ]


def _rows(page: Marked, on: _On, held: Mapping[UUID, date], number: int) -> list[QuietMatter]:
    """Return matters in full, each with why it is silent and since when."""
    spells = in_this_order([thread for thread, _why in page], on.day, number)
    answering = _answering_since(spells)
    gone = units_gone_by(on.visitor, day=on.day)
    found = []
    for spell, (_thread, why) in zip(spells, page, strict=True):
        answers = answering.get(spell.thread, spell.from_day)
        starts = {
            Silent.VACANT: max(answers, held.get(spell.responsible_post, answers)),  # type: ignore[arg-type]
            Silent.NEVER: answers,
            Silent.ENDED: gone.get(spell.lead_unit, answers),  # type: ignore[arg-type]
        }
        found.append(QuietMatter(spell, why, min(starts[one] for one in why)))
    return found


def _answering_since(page: Iterable[MatterSpell]) -> dict[UUID, date]:
    """Return since when the post of each matter answers for it, as known now."""
    posts = {spell.thread: (spell.responsible_post, spell.from_day) for spell in page}
    rows = MatterSpell.objects.filter(thread__in=posts, known_to=OPEN).order_by("-from_day")
    found = {thread: day for thread, (_post, day) in posts.items()}
    for thread, post, from_day, to_day in rows.values_list(
        "thread", "responsible_post", "from_day", "to_day"
    ):
        if post == posts[thread][0] and to_day == found[thread]:
            found[thread] = from_day
    return found


def matters_in_hand(district: UUID, of: Collection[UUID], *, day: date, or_later: bool) -> Running:
    """Count the open matters that units lead and posts answer for on a day, or on any day after.

    As known now. The organisation asks for it before a unit or post ends, and for its pages.
    """
    days = Q(known_to=OPEN, to_day__gt=day) if or_later else on_day(day)
    spells = MatterSpell.objects.filter(days, district=district).exclude(standing__in=CLOSED)
    asked = sorted(of)
    by_node: dict[UUID, int] = {}
    for column in ("lead_unit", "responsible_post"):
        rows = spells.filter(**{f"{column}__in": asked}).values_list(column)
        by_node |= dict(rows.annotate(n=Count("thread", distinct=True)).order_by())
    either = spells.filter(Q(lead_unit__in=asked) | Q(responsible_post__in=asked))
    total = either.aggregate(n=Count("thread", distinct=True))["n"] if by_node else 0
    return Running(by_node, total)
