"""Vacancy and silence: posts nobody holds, holders never seen, matters nobody moves.

All of it is a function of the day: what became so this morning stands here this morning.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from luoshi.base.models import OPEN, JournalEntry
from luoshi.base.spells import on_day
from luoshi.ledger.board import matters_visible_to
from luoshi.ledger.filters import CLOSED
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
    units = units_visible_to(visitor, day=day, known_at=known_at)
    posts = posts_visible_to(visitor, day=day, known_at=known_at)
    since = held_since(visitor, day=day, known_at=known_at)
    loads = matters_in_hand(
        visitor.district, [one.id for one in posts], day=day, or_later=False
    ).by_node
    vacant = [post for post in posts if post.holder is None]
    held = [post for post in posts if post.holder is not None]
    seen = signed_in_ever(visitor, [one.holder for one in held if one.holder]) if is_now else set()
    causes = _causes(units, vacant, day=day, known_at=known_at)
    spells = matters_visible_to(visitor, day=day, known_at=known_at).exclude(standing__in=CLOSED)
    counts = {one: spells.filter(condition).count() for one, condition in causes.items()}
    listed = spells.filter(causes[why] if why else _any(causes.values()))
    rows = _rows(listed, causes, since, units_gone_by(visitor, day=day), (start, size))
    return Silence(
        vacant=_quiet(vacant, since, loads),
        unseen=_quiet([one for one in held if one.holder not in seen], since, loads)
        if is_now
        else None,
        counts=counts,
        total=counts[why] if why else listed.count(),
        rows=tuple(rows),
        units=units,
        posts=posts,
    )


def _quiet(
    posts: Iterable[PostOn], since: Mapping[UUID, date], loads: Mapping[UUID, int]
) -> tuple[QuietPost, ...]:
    """Return posts with their days and matters, the longest first."""
    found = [QuietPost(one, since[one.id], loads.get(one.id, 0)) for one in posts]
    return tuple(sorted(found, key=lambda quiet: quiet.since))


def _causes(
    units: Iterable[UnitOn], vacant: Iterable[PostOn], *, day: date, known_at: int | None
) -> dict[Silent, Q]:
    """Return the conditions under which a matter is silent on a day."""
    empty = Q(responsible_post__in=sorted(post.id for post in vacant))
    acted = JournalEntry.objects.filter(
        thread=OuterRef("thread"), by_post=OuterRef("responsible_post"), on__lte=day
    )
    if known_at is not None:
        acted = acted.filter(number__lte=known_at)
    in_force = Q(standing__in=IN_FORCE, responsible_post__isnull=False)
    there = sorted(unit.id for unit in units)
    return {
        Silent.VACANT: empty,
        Silent.NEVER: in_force & ~empty & Q(~Exists(acted)),
        Silent.ENDED: Q(lead_unit__isnull=False) & ~Q(lead_unit__in=there),
    }


def _any(conditions: Iterable[Q]) -> Q:
    found = Q()
    for condition in conditions:
        found |= condition
    return found


def _rows(
    spells: QuerySet[MatterSpell],
    causes: Mapping[Silent, Q],
    held: Mapping[UUID, date],
    gone: Mapping[UUID, date],
    cut: tuple[int, int],
) -> list[QuietMatter]:
    """Return some of the matters by their last day, each with why and since when."""
    start, size = cut
    flags = {f"is_{one.value}": _is(condition) for one, condition in causes.items()}
    page = list(
        spells.defer("basis").annotate(**flags).order_by("due", "code")[start : start + size]
    )
    answering = _answering_since(page)
    found = []
    for spell in page:
        why = tuple(one for one in Silent if getattr(spell, f"is_{one.value}"))
        answers = answering.get(spell.thread, spell.from_day)
        starts = {
            Silent.VACANT: max(answers, held.get(spell.responsible_post, answers)),  # type: ignore[arg-type]
            Silent.NEVER: answers,
            Silent.ENDED: gone.get(spell.lead_unit, answers),  # type: ignore[arg-type]
        }
        found.append(QuietMatter(spell, why, min(starts[one] for one in why)))
    return found


def _is(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


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
