"""Sets of rows as whole numbers: bit n says that row n is among them.

A hundred thousand rows are one number of twelve kilobytes. To cut two such sets and to count what
is left takes some millionths of a second.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator
from itertools import compress
from typing import Any

Rows = int
"""A set of rows; empty is 0."""

_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")
_TO_DIGITS = bytes.maketrans(b"\0\1", b"01")


def rows_at(places: Iterable[int], size: int) -> Rows:
    """Return the set of the rows at these places, all below ``size``."""
    found = bytearray(size // 8 + 1)
    for place in places:
        found[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(found, "little")


def flags_of(rows: Rows, size: int) -> bytearray:
    """Return for each of ``size`` rows a byte: 1 where it is in the set, else 0."""
    return (
        bytearray(f"{rows:0{size}b}"[::-1].encode().translate(_TO_FLAGS)) if size else bytearray()
    )


def rows_flagged(flags: Iterable[bool]) -> Rows:
    """Return the set of the rows whose flag is set."""
    digits = bytes(flags).translate(_TO_DIGITS)[::-1]
    return int(digits, 2) if digits else 0


def places_in(rows: Rows, size: int) -> Iterator[int]:
    """Yield the places of the rows, of ``size`` in all, upwards."""
    if rows.bit_count() <= FEW:
        return _places_of_few(rows)
    return compress(range(size), flags_of(rows, size))


FEW = 200
"""So many rows are taken out of a set one by one rather than looked for among all."""


def _places_of_few(rows: Rows) -> Iterator[int]:
    while rows:
        lowest = rows & -rows
        yield lowest.bit_length() - 1
        rows ^= lowest


MOST_NUMBERED = 256
"""So many values have a byte each."""


class Marks:
    """Which rows have which marks; a row's value gives it none, one or several."""

    __slots__ = ("_marks_of", "_rows")

    def __init__(
        self, values: Iterable[Hashable], marks_of: Callable[[Any], Iterable[Hashable]]
    ) -> None:
        """Mark row after row by its value."""
        self._marks_of = marks_of
        self._rows: dict[Hashable, Rows] = {}
        for value, rows in _rows_by_value(list(values)):
            for mark in marks_of(value):
                self._rows[mark] = self[mark] | rows

    def copy(self) -> "Marks":
        """Return the same marks apart."""
        new = Marks((), self._marks_of)
        new._rows |= self._rows
        return new

    def __getitem__(self, mark: Hashable) -> Rows:
        """Return the rows that have a mark."""
        return self._rows.get(mark, 0)

    def __iter__(self) -> Iterator[Hashable]:
        """Yield the marks that any row has."""
        return iter(self._rows)

    def any_of(self, marks: Iterable[Hashable]) -> Rows:
        """Return the rows that have at least one of these marks."""
        found = 0
        for mark in marks:
            found |= self[mark]
        return found

    def add(self, place: int, value: Hashable) -> None:
        """Mark one more row by its value."""
        for mark in self._marks_of(value):
            self._rows[mark] = self[mark] | 1 << place


def _rows_by_value(values: list[Hashable]) -> Iterator[tuple[Hashable, Rows]]:
    """Yield the values there are with the rows that have them.

    Values are told apart by what they are in memory: to hash very many ids and lists of ids takes
    most of the time. So a value of which there are copies comes more than once.
    """
    which = list(map(id, values))
    places = dict(zip(which, range(len(which)), strict=True))  # of each the last
    if len(places) <= MOST_NUMBERED:  # row by row in C: nearly all columns of a board are such
        number_of = {one: number for number, one in enumerate(places)}
        numbers = bytes(map(number_of.__getitem__, which))[::-1]
        for one, number in number_of.items():
            digits = bytearray(b"0" * MOST_NUMBERED)
            digits[number] = ord("1")
            yield values[places[one]], int(numbers.translate(digits), 2)
        return
    found: dict[int, list[int]] = {one: [] for one in places}
    for place, one in enumerate(which):
        found[one].append(place)
    for one, rows in found.items():
        yield values[places[one]], rows_at(rows, rows[-1] + 1)
