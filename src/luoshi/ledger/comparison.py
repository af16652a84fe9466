"""Two looks at the ledger side by side: any two days, each as known at any number.

What did not change between them has one and the same spell on both sides and is never read: the
work follows what happened, not the size of the ledger. Of what did, a glimpse is read to tell and
to sort; the rest only of the rows that are shown. The number of queries is fixed.
"""

from collections import OrderedDict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import RLock
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.lookups import IsNull

from luoshi.base.kept import Edition, edition_of
from luoshi.base.models import JournalEntry
from luoshi.base.spells import on_day
from luoshi.ledger.board import GoalOn, matters_visible_to
from luoshi.ledger.daybook import open_daybook
from luoshi.ledger.filters import Filters, narrowed
from luoshi.ledger.following import changes_since
from luoshi.ledger.models import MatterSpell, PlaceSpell
from luoshi.ledger.outcome import Comparison, Outcome, Pair, Turned
from luoshi.organisation.queries import UnitOn, Visitor
from luoshi.rules.ledger import comparison as rules
from luoshi.rules.ledger.comparison import COLUMNS, Became, Difference, Glimpse, Seen

SEEN = (*(name for name in COLUMNS if name != "goals"), "last_colour")
NULLABLE = tuple(name for name in SEEN if MatterSpell._meta.get_field(name).null)
AT_ONCE = 500  # matters read in full by one query
_GLIMPSE = ("thread", "standing", "colour", "last_colour", "code", "urgency", "due")


@dataclass(frozen=True, slots=True)
class Look:
    """A day, what was known (a journal number, None for all), goals and units of the day."""

    day: date
    known_at: int | None
    goals: Sequence[GoalOn] = ()
    units: Sequence[UnitOn] = ()

    @property
    def shown(self) -> Q:
        """Return the filter for what stood on the day."""
        return on_day(self.day, known_at=self.known_at)

    @property
    def named(self) -> "Look":
        """Return the same look as one that can be found again."""
        return replace(self, goals=tuple(self.goals), units=tuple(self.units))


@dataclass(frozen=True, slots=True)
class Turn:
    """What became of one matter between two looks, in full."""

    thread: UUID
    code: str
    became: Became
    old: Seen | None
    new: Seen | None
    differences: tuple[Difference, ...]

    @property
    def seen(self) -> Seen:
        """Return the later look, or the earlier where the matter is gone."""
        seen = self.new or self.old
        if seen is None:
            raise ValueError(self.thread)
        return seen


@dataclass(frozen=True, slots=True)
class _Row:
    """One side of a matter that differs."""

    glimpse: Glimpse
    code: str
    urgency: int
    due: date | None


@dataclass(slots=True)
class _Held:
    """A comparison as this process holds it, and up to which entry it was followed."""

    edition: Edition
    outcome: Outcome
    told: Comparison


_Key = tuple[UUID, Look, Look, Filters]
_compared: "OrderedDict[_Key, _Held]" = OrderedDict()
_lock = RLock()
MOST_HELD = 4
"""So many comparisons are held by a process: those that were asked for last."""


def compare(visitor: Visitor, *, then: Look, now: Look, filters: Filters) -> Comparison:
    """Compare two looks; a matter counts where it fits the filters on either of the two days.

    The outcome is held, and after an entry only what it may have changed is compared again.
    """
    key = (visitor.district, then.named, now.named, filters)
    with _lock:
        held = _compared.pop(key, None)
        held = held and _followed(visitor, held, then, now, filters)
        _compared[key] = held = held or _begun(visitor, then, now, filters)
        if len(_compared) > MOST_HELD:
            _compared.popitem(last=False)
        return held.told


def forget_comparisons() -> None:
    """Give up every comparison of this process: the next to be asked for is made anew."""
    with _lock:
        _compared.clear()


def _begun(visitor: Visitor, then: Look, now: Look, filters: Filters) -> _Held:
    edition = edition_of(visitor.district)
    outcome = Outcome(_pairs(visitor, then, now, filters))
    return _Held(edition, outcome, outcome.told(_open(visitor, now, filters)))


def _followed(
    visitor: Visitor, held: _Held, then: Look, now: Look, filters: Filters
) -> _Held | None:
    """Compare again what was recorded since; None where all must be compared anew."""
    changes = changes_since(held.edition)
    if changes is None:
        return None
    told = held.told
    if changes.matters:
        now_differ = _pairs(visitor, then, now, filters, among=changes.matters)
        held.outcome.move(changes.matters, now_differ)
        told = held.outcome.told(_open(visitor, now, filters))
    return _Held(changes.edition, held.outcome, told)


def _pairs(
    visitor: Visitor,
    then: Look,
    now: Look,
    filters: Filters,
    *,
    among: Collection[UUID] | None = None,
) -> dict[UUID, Pair]:
    """Return what differs and fits, of all matters or among some; four queries."""
    fitting: list[set[UUID]] = []
    sides: list[dict[UUID, _Row]] = []
    for look, other in ((then, now), (now, then)):
        differing = _differing(visitor, look, other, among)
        fitting.append(set(_fitting(differing, look, filters).values_list("thread", flat=True)))
        sides.append(_rows(differing))
    before, after = sides
    return {
        thread: _pair(thread, before.get(thread), after.get(thread), fits_now=thread in fitting[1])
        for thread in fitting[0] | fitting[1]
    }


def _pair(thread: UUID, old: _Row | None, new: _Row | None, *, fits_now: bool) -> Pair:
    glimpses = (_glimpse(old), _glimpse(new))
    is_open_now = fits_now and new is not None and not new.glimpse.is_ended
    return Pair(_turned(thread, (old, new), glimpses), glimpses, is_open_now)


def _differing(
    visitor: Visitor, look: Look, other: Look, among: Collection[UUID] | None
) -> QuerySet[MatterSpell]:
    """Return what was shown at a look and not, or otherwise, or on other goals, at the other."""
    places = PlaceSpell.objects.filter(district=visitor.district)
    spells = matters_visible_to(visitor, day=look.day, known_at=look.known_at)
    if among is not None:  # by their threads alone: SQLite would else go through the district
        places = PlaceSpell.objects.filter(thread__in=among)
        spells = MatterSpell.objects.filter(look.shown, thread__in=among)
    came = places.filter(look.shown).exclude(other.shown).values("thread")
    left = places.filter(other.shown).exclude(look.shown).values("thread")
    moved = Q(thread__in=came) | Q(thread__in=left)
    return spells.filter(moved | (~other.shown & ~Q(_same_at(other))))


def _same_at(look: Look) -> Exists:
    """Return the condition that a look shows the same columns in another spell."""
    same = Q(**{name: OuterRef(name) for name in SEEN if name not in NULLABLE})
    for name in NULLABLE:
        nothing = Q(**{f"{name}__isnull": True}) & Q(IsNull(OuterRef(name), True))  # noqa: FBT003
        same &= Q(**{name: OuterRef(name)}) | nothing
    return Exists(MatterSpell.objects.filter(look.shown, same, thread=OuterRef("thread")))


def _fitting(spells: QuerySet[MatterSpell], look: Look, filters: Filters) -> QuerySet[MatterSpell]:
    fitting = narrowed(
        spells,
        filters,
        goals=look.goals,
        units=look.units,
        day=look.day,
        known_at=look.known_at,
    )
    return fitting.filter(colour__in=filters.colours) if filters.colours else fitting


def _rows(spells: QuerySet[MatterSpell]) -> dict[UUID, _Row]:
    return {
        thread: _Row(
            Glimpse(standing=standing, colour=colour, last_colour=last), code, urgency, due
        )
        for thread, standing, colour, last, code, urgency, due in spells.values_list(*_GLIMPSE)
    }


def _glimpse(row: _Row | None) -> Glimpse | None:
    return row.glimpse if row else None


def _turned(
    thread: UUID,
    pair: tuple[_Row | None, _Row | None],
    glimpses: tuple[Glimpse | None, Glimpse | None],
) -> Turned:
    became = rules.became(*glimpses, differs=True)
    row = pair[1] or pair[0]
    if row is None:
        raise ValueError(thread)
    return Turned(thread, row.code, became, row.urgency, row.due)


def _open(visitor: Visitor, look: Look, filters: Filters) -> int:
    """Count the open matters of a look that fit."""
    with open_daybook(visitor, day=look.day, known_at=look.known_at) as book:
        fitting = book.fitting(filters, goals=look.goals, units=look.units)
        chosen = book.chosen(fitting, filters.colours)
        return (chosen & ~book.marked("colour", "closed")).bit_count()


def in_full(turns: Sequence[Turned], *, then: Look, now: Look) -> list[Turn]:
    """Return some turns in full, in their order; four queries for every 500 of them."""
    found: list[Turn] = []
    for start in range(0, len(turns), AT_ONCE):
        some = turns[start : start + AT_ONCE]
        threads = [turn.thread for turn in some]
        before, after = _seen(threads, then), _seen(threads, now)
        found += [_turn(one, before.get(one.thread), after.get(one.thread)) for one in some]
    return found


def _turn(turned: Turned, old: Seen | None, new: Seen | None) -> Turn:
    changed = rules.differences(old, new) if old and new else ()
    return Turn(turned.thread, turned.code, turned.became, old, new, changed)


def _seen(threads: Sequence[UUID], look: Look) -> dict[UUID, Seen]:
    """Return what was seen of some matters."""
    goals = _goals(threads, look)
    rows = MatterSpell.objects.filter(look.shown, thread__in=threads)
    found: dict[UUID, Seen] = {}
    for thread, *columns in rows.values_list("thread", *SEEN):
        values: dict[str, Any] = dict(zip(SEEN, columns, strict=True))
        found[thread] = Seen(**values, goals=goals.get(thread, ()))
    return found


def _goals(threads: Sequence[UUID], look: Look) -> dict[UUID, tuple[UUID, ...]]:
    rows = PlaceSpell.objects.filter(look.shown, thread__in=threads).order_by("goal")
    found: dict[UUID, tuple[UUID, ...]] = {}
    for thread, goal in rows.values_list("thread", "goal"):
        found[thread] = (*found.get(thread, ()), goal)
    return found


def number_at(visitor: Visitor, moment: datetime) -> int:
    """Return the number of the last entry recorded by a moment, 0 where there was none.

    Numbers have no gaps and follow the moments, so the place is found by halving.
    """
    entries = JournalEntry.objects.filter(district=visitor.district)
    below, above = 0, entries.order_by("-number").values_list("number", flat=True).first() or 0
    while below < above:
        middle = (below + above + 1) // 2
        if entries.filter(number=middle, at__lte=moment).exists():
            below = middle
        else:
            above = middle - 1
    return below
