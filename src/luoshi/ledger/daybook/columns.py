"""The lines of a day in columns: what is chosen, counted and summed of them in no time."""

from collections import Counter, deque
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from itertools import compress, groupby
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.base.initials import initials_of_each
from luoshi.ledger.daybook.rows import (
    Marks,
    Rows,
    flags_of,
    places_in,
    rows_at,
    rows_flagged,
)


class Line(NamedTuple):
    """What is held of one matter.

    The id of its thread stands as 32 hexadecimal digits, amounts in millionths, days as ordinals.
    ``notes`` say of it: amount (there is one to be reached or kept), ceiling (it must not be
    passed), unowned (no responsible post), awaiting (待核), waiting (a report is to be answered).
    """

    thread: str
    code: str
    title: str
    kind: str
    standing: str
    missing: str
    area: str
    sources: str
    stage: str
    lead_unit: UUID | None
    responsible_post: UUID | None
    sponsoring_post: UUID | None
    quantity: int | None
    unit: str
    achieved: int | None
    start: int | None
    due: int | None
    colour: str
    urgency: int
    notes: tuple[str, ...]
    goals: tuple[UUID, ...]


def _itself(value: Hashable) -> Iterable[Hashable]:
    return (value,) if value else ()


MARKED: Mapping[str, Callable[[Any], Iterable[Hashable]]] = {
    **dict.fromkeys(
        (
            "kind",
            "standing",
            "stage",
            "lead_unit",
            "responsible_post",
            "sponsoring_post",
            "unit",
            "colour",
        ),
        _itself,
    ),
    **dict.fromkeys(("missing", "sources"), str.split),
    **dict.fromkeys(("notes", "goals"), tuple),
}
"""The columns that rows are chosen by, and the marks that a value gives."""


@dataclass(frozen=True, slots=True)
class Amounts:
    """How many rows have a target in a unit, the sum of targets, what is done; in millionths."""

    count: int
    target: int
    done: int


Sums = dict[str, tuple[int, int]]
"""For each unit the sum of targets and what is done of them, in millionths."""
FEW = 500
"""So many rows apart, sums are gone on from rather than made anew."""
MOST_FLAGGED = 100
"""So many answers of whole columns are held: those that were asked for last."""


class Columns:
    """The lines of a day; a row is a place in each column.

    What was read at once stands together by its unit of measure, so that amounts are summed run by
    run. A matter that changes gets a new row at the end, and its old one stands no longer: sets of
    rows begin with those that stand, and orders go by rows that never change.
    """

    def __init__(
        self, columns: Mapping[str, Sequence[Any]], parts: Mapping[str, tuple[str, ...]]
    ) -> None:
        """Hold the lines that these columns give; ``parts`` are the parts of each whole."""
        units = columns["unit"]
        by_unit = sorted(range(len(units)), key=units.__getitem__)
        self.values: dict[str, list[Any]] = {
            name: list(map(columns[name].__getitem__, by_unit)) for name in Line._fields
        }
        self._called: list[str] = []
        self.marks = {name: Marks(self.values[name], marks_of) for name, marks_of in MARKED.items()}
        self.standing: Rows = (1 << len(by_unit)) - 1
        self.areas = Counter(self.values["area"])
        self.on_goals = _counted(self.values["goals"], self.values["colour"])
        """How many rows stand on the same goals in the same colour."""
        self._places = {thread: place for place, thread in enumerate(self.values["thread"])}
        self._parts = dict(parts)
        self._runs = _runs(self.values["unit"])
        self._flagged: dict[Hashable, tuple[Rows, int]] = {}
        self._last_sums: deque[tuple[Rows, Sums]] = deque(maxlen=8)
        self._read = len(by_unit)

    def copy(self) -> "Columns":
        """Return the same rows apart, without the answers that were asked of them."""
        new = copy(self)
        vars(new).update(
            values={name: list(values) for name, values in self.values.items()},
            marks={name: marks.copy() for name, marks in self.marks.items()},
            areas=Counter(self.areas),
            on_goals=Counter(self.on_goals),
            _called=list(self._called),
            _places=dict(self._places),
            _parts=dict(self._parts),
            _flagged={},
            _last_sums=deque(maxlen=8),
        )
        return new

    def __len__(self) -> int:
        """Return how many places there are, of rows that stand and of those that stood."""
        return len(self.values["thread"])

    @property
    def added(self) -> int:
        """Return how many rows were added since the day was read."""
        return len(self) - self._read

    @property
    def called(self) -> list[str]:
        """Return what each matter is found by: made when somebody looks for words."""
        titles, codes = (self.values[name][len(self._called) :] for name in ("title", "code"))
        told = zip(titles, codes, initials_of_each(titles), strict=True)
        self._called += [f"{title}\n{code}\n{first}".casefold() for title, code, first in told]
        return self._called

    def place_of(self, thread: UUID) -> int:
        """Return where the row of a matter stands."""
        return self._places[thread.hex]

    def flagged(self, asked: Hashable, column: Sequence[Any], holds: Callable[[Any], bool]) -> Rows:
        """Return the rows, standing or not, for whose value in a column something holds.

        ``asked`` names column and condition. A row never changes, so of rows that were asked for
        before it is not asked again.
        """
        rows, seen = self._flagged.pop(asked, (0, 0))
        if seen < len(self):
            rows |= rows_flagged(map(holds, column[seen:])) << seen
        self._flagged[asked] = rows, len(self)
        if len(self._flagged) > MOST_FLAGGED:
            del self._flagged[next(iter(self._flagged))]
        return rows

    def told(self, asked: Hashable, tell: Callable[[Sequence[str] | None], Container[str]]) -> Rows:
        """Return the rows for whose matter something holds that stands beside the day.

        ``tell`` gives the threads for which it does, of some or of all (None). It must hang on the
        entries of the thread alone: each of these makes a new row, so of a row it is asked once.
        """
        threads = self.values["thread"]
        _rows, seen = self._flagged.get(asked, (0, 0))
        holding = tell(threads[seen:] if seen else None) if seen < len(threads) else ()
        return self.flagged(asked, threads, holding.__contains__)

    # ---- rows change

    def change(self, thread: str, line: Line | None, parts: tuple[str, ...]) -> None:
        """Hold what a matter is now; nothing of it where there is no line."""
        self._parts.pop(thread, None)
        if parts:
            self._parts[thread] = parts
        old = self._places.pop(thread, None)
        if old is not None:
            self._end(old)
        if line is not None:
            self._add(line)

    def _end(self, place: int) -> None:
        self.standing &= ~(1 << place)
        self.areas[self.values["area"][place]] -= 1
        self.on_goals[self.values["goals"][place], self.values["colour"][place]] -= 1

    def _add(self, line: Line) -> None:
        place = len(self)
        for name, value in zip(Line._fields, line, strict=True):
            self.values[name].append(value)
        for name, marks in self.marks.items():
            marks.add(place, self.values[name][place])
        self.standing |= 1 << place
        self.areas[line.area] += 1
        self.on_goals[line.goals, line.colour] += 1
        self._places[line.thread] = place

    # ---- amounts

    def sums(self, chosen: Rows) -> dict[str, Amounts]:
        """Sum by unit; what is part of a summed row, in the same unit, is not summed again."""
        chosen &= ~self._parts_of(chosen)
        summed = self._summed(chosen)
        units, with_target = self.marks["unit"], chosen & self.marks["notes"]["amount"]
        counted = {str(unit): (with_target & units[unit]).bit_count() for unit in units}
        return {
            unit: Amounts(counted[unit], *summed[unit]) for unit in sorted(counted) if counted[unit]
        }

    def _summed(self, chosen: Rows) -> Sums:
        """Sum targets and what is done, going on from the most alike of the last sums."""
        near = min(self._last_sums, key=lambda last: _apart(last, chosen), default=None)
        if near is None or _apart(near, chosen) > FEW:
            summed = self._summed_by_run(flags_of(chosen, len(self)))
        else:
            rows, summed = near[0], dict(near[1])
            for changed, sign in ((chosen & ~rows, 1), (rows & ~chosen, -1)):
                self._add_to(summed, places_in(changed, len(self)), sign)
        self._last_sums.append((chosen, summed))
        return summed

    def _summed_by_run(self, flags: bytearray) -> Sums:
        summed: Sums = {}
        for unit, first, last in self._runs:
            target, done = summed.get(unit, (0, 0))
            target += self._sum("quantity", first, last, flags)
            done += self._sum("achieved", first, last, flags)
            summed[unit] = (target, done)
        added = compress(range(self._read, len(self)), flags[self._read :])
        self._add_to(summed, added, 1)
        return summed

    def _sum(self, column: str, first: int, last: int, flags: bytearray) -> int:
        return sum(filter(None, compress(self.values[column][first:last], flags[first:last])))

    def _add_to(self, summed: Sums, places: Iterable[int], sign: int) -> None:
        """Add the amounts of some rows to sums, or take them away."""
        units, quantity, achieved = (self.values[n] for n in ("unit", "quantity", "achieved"))
        for place in places:
            target, done = summed.get(units[place], (0, 0))
            target += sign * (quantity[place] or 0)
            summed[units[place]] = (target, done + sign * (achieved[place] or 0))

    def _parts_of(self, chosen: Rows) -> Rows:
        """Return the rows that are part of a chosen row and counted in its unit."""
        if not self._parts:
            return 0
        flags, units, places = flags_of(chosen, len(self)), self.values["unit"], self._places
        found: set[int] = set()
        for whole, parts in self._parts.items():
            place = places.get(whole)
            if place is not None and flags[place]:
                here = (places[part] for part in parts if part in places)
                found.update(part for part in here if units[part] == units[place])
        return rows_at(found, len(self))


def _counted(goals: Sequence[Any], colours: Sequence[str]) -> Counter[tuple[Any, str]]:
    """Count pairs; equal goals are mostly the very same, and quicker told apart as these."""
    goals_of = dict(zip(map(id, goals), goals, strict=True))
    found: Counter[tuple[Any, str]] = Counter()
    for (which, colour), n in Counter(zip(map(id, goals), colours, strict=True)).items():
        found[goals_of[which], colour] += n
    return found


def _apart(last: tuple[Rows, Sums], chosen: Rows) -> int:
    """Return how many rows stand between sums and the rows to be summed."""
    return (last[0] ^ chosen).bit_count()


def _runs(units: list[str]) -> list[tuple[str, int, int]]:
    """Return the runs of neighbours with the same unit: the unit, the first place, the next."""
    found, first = [], 0
    for unit, run in groupby(units):
        last = first + sum(1 for _ in run)
        found.append((unit, first, last))
        first = last
    return found
