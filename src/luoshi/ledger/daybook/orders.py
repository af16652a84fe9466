"""Rows in the order of a sort, kept in order while rows are added."""

from bisect import bisect_right, insort
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress, islice
from typing import Any
from uuid import UUID

SORTS: Mapping[str, tuple[str, ...]] = {
    "urgency": ("urgency", "due", "code"),
    "due": ("due", "urgency", "code"),
    "code": ("code",),
    "title": ("title", "code"),
    "achieved": ("achieved", "code"),
    "quantity": ("quantity", "code"),
    "unit": ("lead_unit", "urgency", "due", "code"),
    "area": ("area", "urgency", "due", "code"),
    "start": ("start", "code"),
}
"""What each sort goes by, the first column first; ``-`` before a sort turns that one round."""

BEYOND = 10**30
"""Further than any day, amount or place in a list: where what is empty stands, either way round."""

Step = tuple[Callable[[int], Any], bool]
"""What a row is sorted by, from its place, and whether downwards."""


@dataclass(frozen=True, slots=True)
class _Down:
    """Words that sort downwards."""

    words: str

    def __lt__(self, other: "_Down") -> bool:
        return other.words < self.words


def steps_of(
    sort: str, columns: Mapping[str, Sequence[Any]], units: Mapping[UUID, int]
) -> tuple[Step, ...]:
    """Return what a sort goes by; an unknown one is urgency. ``units`` are the units' places."""
    is_down = sort.startswith("-")
    first, *rest = SORTS.get(sort.removeprefix("-"), SORTS["urgency"])
    return (
        (_step(first, columns, units, is_down=is_down), is_down),
        *((_step(name, columns, units, is_down=False), False) for name in rest),
    )


def _step(
    name: str,
    columns: Mapping[str, Sequence[Any]],
    units: Mapping[UUID, int],
    *,
    is_down: bool,
) -> Callable[[int], Any]:
    values, empty = columns[name], -BEYOND if is_down else BEYOND
    if name in {"code", "title", "area"}:
        return values.__getitem__
    if name == "lead_unit":  # units stand in their official order, never by name or number
        return lambda place: units.get(values[place], empty)
    return lambda place: empty if values[place] is None else values[place]


def sort_key(steps: tuple[Step, ...]) -> Callable[[int], tuple[Any, ...]]:
    """Return what a single row is held against others by, all of it upwards."""

    def key(place: int) -> tuple[Any, ...]:
        return tuple(_turned(step(place)) if is_down else step(place) for step, is_down in steps)

    return key


def told_key(steps: tuple[Step, ...], place: int) -> list[Any]:
    """Return what a row is sorted by as it is, for a list that goes on after it."""
    return [step(place) for step, _is_down in steps]


def key_after(steps: tuple[Step, ...], told: Sequence[Any]) -> tuple[Any, ...]:
    """Return what rows after a told key are held against."""
    return tuple(
        _turned(value) if is_down else value
        for value, (_step, is_down) in zip(told, steps, strict=True)
    )


def _turned(value: Any) -> Any:
    return _Down(value) if isinstance(value, str) else -value


class Order:
    """The places of all rows in one order; rows added since are put in their place when asked."""

    __slots__ = ("_key", "_places")

    def __init__(self, size: int, steps: tuple[Step, ...]) -> None:
        """Sort so many rows, the last step first: equals keep the order that they had."""
        self._places, self._key = list(range(size)), sort_key(steps)
        for step, is_down in reversed(steps):
            self._places.sort(key=step, reverse=is_down)

    def cut_after(self, flags: bytearray, after: tuple[Any, ...] | None, size: int) -> list[int]:
        """Return so many of the flagged rows after a key, from the first on where there is none."""
        self._take_in(len(flags))
        first = 0 if after is None else bisect_right(self._places, after, key=self._key)
        later = islice(self._places, first, None)
        return list(islice((place for place in later if flags[place]), size))

    def _take_in(self, size: int) -> None:
        """Put the rows that were added since in their places."""
        for place in range(len(self._places), size):
            insort(self._places, place, key=self._key)

    def cut(self, flags: bytearray, start: int, size: int | None) -> list[int]:
        """Return so many of the flagged rows from ``start`` on, all of them where size is None."""
        self._take_in(len(flags))
        places, flagged = self._places, flags.count(1)
        stop = flagged if size is None else min(start + size, flagged)
        if start <= flagged - stop:
            found = compress(places, map(flags.__getitem__, places))
            return list(islice(found, start, stop))
        # the way from the end is shorter
        found = compress(reversed(places), map(flags.__getitem__, reversed(places)))
        return list(islice(found, flagged - stop, max(flagged - start, 0)))[::-1]
