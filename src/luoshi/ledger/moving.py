"""Counts as this process holds them, moved on from entry to entry instead of made anew.

What was known at an entry can be read for ever after. So a count moves on by what the matters that
may differ counted for then, which is taken away, and what they count for now, which is added.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass
from threading import RLock
from typing import Any, TypeVar
from uuid import UUID

from luoshi.base.kept import Edition, edition_of
from luoshi.ledger.following import Changes, changes_since

T = TypeVar("T")
Count = Callable[[int | None, Collection[UUID] | None], T]
"""Counts as known at a number (None: now), of all matters (None) or of some."""
Move = Callable[[T, T, T], T]
"""Makes a new count of one, what no longer holds of it, and what holds instead."""
MOST_HELD = 24
"""So many counts are held by a process: those that were asked for last."""

_held: "OrderedDict[Hashable, _Held]" = OrderedDict()
_lock = RLock()


@dataclass(frozen=True, slots=True)
class _Held:
    edition: Edition
    counted: Any


def moved_on(
    district: UUID,
    asked: Hashable,
    count: Count[T],
    move: Move[T] | None,
    *,
    known_at: int | None,
) -> T:
    """Return what ``count`` gives of all matters, as known now or at a number.

    ``asked`` names the question whole; without ``move`` it is counted anew after each entry. Other
    threads of the process wait meanwhile.
    """
    key = (district, known_at, asked)
    with _lock:
        held = _held.pop(key, None)
        changes = changes_since(held.edition, known_at=known_at) if held else None
        if held is None or changes is None or (changes.matters and move is None):
            held = _begun(district, count, known_at)
        elif changes.edition != held.edition:
            held = _moved(held, changes, count, move)
        _held[key] = held
        if len(_held) > MOST_HELD:
            _held.popitem(last=False)
        counted: T = held.counted
        return counted


def forget_counts() -> None:
    """Give up every count of this process: the next to be asked for is made anew."""
    with _lock:
        _held.clear()


def _begun(district: UUID, count: Count[T], known_at: int | None) -> _Held:
    """Count all; where something is recorded meanwhile, as known before it."""
    edition = edition_of(district, known_at=known_at)
    counted = count(known_at, None)
    if known_at is None and edition_of(district) != edition:
        counted = count(edition.number, None)
    return _Held(edition, counted)


def _moved(held: _Held, changes: Changes, count: Count[T], move: Move[T] | None) -> _Held:
    """Move a count on to an edition; entries on units or goals alone change nothing of it."""
    counted, matters = held.counted, changes.matters
    if matters and move:
        before = count(held.edition.number, matters)
        counted = move(counted, before, count(changes.edition.number, matters))
    return _Held(changes.edition, counted)
