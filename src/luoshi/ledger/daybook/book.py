"""The daybook: what the board shows of every matter on one day, ready for any question."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Container, Hashable, Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from itertools import compress
from typing import Any, TypeVar, cast
from uuid import UUID

from luoshi.ledger.daybook.columns import Amounts, Columns, Line
from luoshi.ledger.daybook.narrowing import and_above, marked_by
from luoshi.ledger.daybook.orders import Order, Step, key_after, sort_key, steps_of, told_key
from luoshi.ledger.daybook.rows import Rows, flags_of, places_in
from luoshi.ledger.filters import LATE, MOST_DAYS, Filters
from luoshi.ledger.sums import Counts, UnitSum
from luoshi.organisation.queries import UnitOn
from luoshi.rules.tree import Placed

T = TypeVar("T")
Tally = dict[UUID, dict[str, int]]
"""For each goal the open matters of each colour; unit: matters."""
MOST_REMEMBERED = 200
MOST_ORDERS = 6
MOST_ADDED = 1_000
"""So many rows may be added before a book is read anew, or a twentieth of a longer one."""
FEW = 500
"""So many rows are sorted rather than looked for in the order of all."""


class Daybook:
    """A day of the ledger as known at a number.

    ``fitting`` and ``chosen`` name sets of rows, everything else counts or lists such a set.
    """

    def __init__(self, day: date, columns: Columns, *, known_at: int) -> None:
        """Open the book with what its day holds."""
        self.day, self.known_at = day, known_at
        self._columns = columns
        self._orders: dict[Hashable, Order] = {}
        self._remembered: dict[Hashable, object] = {}
        self._beside: dict[Hashable, object] = {}

    def __len__(self) -> int:
        """Return how many rows are held."""
        return len(self._columns)

    @property
    def is_worn(self) -> bool:
        """Tell whether so much was added that the day is better read anew."""
        return self._columns.added > max(MOST_ADDED, len(self) // 20)

    def turned(self, day: date) -> "Daybook":
        """Return a book apart for another day, which as yet says what this one says."""
        return Daybook(day, self._columns.copy(), known_at=self.known_at)

    def change(
        self,
        threads: Iterable[str],
        lines: Mapping[str, Line],
        parts: Mapping[str, tuple[str, ...]],
    ) -> None:
        """Hold what these matters are now: who has no line is gone."""
        for thread in threads:
            self._columns.change(thread, lines.get(thread), parts.get(thread, ()))

    def remembered(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gave for the same question to the book as it is."""
        return _once(self._remembered, asked, make)

    def beside(self, asked: Hashable, make: Callable[[], T]) -> T:
        """Return what ``make`` gave for a question that no matter of the day has part in."""
        return _once(self._beside, asked, make)

    def forget(self, *, beside: bool) -> None:
        """Forget the answers that no longer hold; ``beside``: of units, posts and goals too."""
        self._remembered.clear()
        if beside:
            self._beside.clear()

    # ---- which rows

    def fitting(
        self, filters: Filters, *, goals: Iterable[Placed], units: Sequence[UnitOn]
    ) -> Rows:
        """Return the rows that fit every filter but the colours, as ``filters.narrowed`` does."""
        found = self._columns.standing
        if not filters.takes_closed:
            found &= ~self._columns.marks["colour"]["closed"]
        for column, values in marked_by(filters, goals, units):
            found &= self._columns.marks[column].any_of(values)
        if filters.area:
            found &= self._holding("area", filters.area, filters.area.__eq__)
        if filters.due:
            found &= self._due(filters.due)
        if filters.text:
            found &= self._calling(filters.text, units)
        return found

    @property
    def everything(self) -> Rows:
        """Return every row that stands."""
        return self._columns.standing

    def marked(self, column: str, *marks: Hashable) -> Rows:
        """Return the rows that have one of the marks in a column."""
        return self._columns.standing & self._columns.marks[column].any_of(marks)

    @property
    def late(self) -> Rows:
        """Return the rows that should have ended before the day."""
        return self.remembered(LATE, lambda: self._columns.standing & self._due(LATE))

    @property
    def led(self) -> Mapping[UUID, Rows]:
        """Return the rows that each unit leads."""
        marks = self._columns.marks["lead_unit"]
        return {unit: self.marked("lead_unit", unit) for unit in marks if isinstance(unit, UUID)}

    def told(self, asked: Hashable, tell: Callable[[Sequence[str] | None], Container[str]]) -> Rows:
        """Return the rows that stand and for which something beside the day holds.

        What ``tell`` is asked, and on what its answer may hang: see ``Columns.told``.
        """
        return self._columns.standing & self._columns.told(asked, tell)

    def stands_on(self, threads: Iterable[UUID]) -> list[tuple[UUID, ...]]:
        """Return the goals that each of these matters stands on, in the order of their ids."""
        goals, place_of = self._columns.values["goals"], self._columns.place_of
        return [tuple(sorted(goals[place_of(thread)])) for thread in threads]

    def holds(self, rows: Rows, thread: UUID) -> bool:
        """Tell whether a matter of the day is among the rows."""
        return bool(rows >> self._columns.place_of(thread) & 1)

    def _due(self, due: str) -> Rows:
        """Return the rows with such a last day; what has ended cannot be late."""
        today = self.day.toordinal()
        if due == LATE:
            late = self._holding("due", LATE, lambda day: day is not None and day < today)
            return late & ~self._columns.marks["colour"]["closed"]
        last = (self.day + timedelta(days=min(int(due), MOST_DAYS))).toordinal()
        return self._holding("due", last, lambda day: day is not None and today <= day <= last)

    def _holding(self, column: str, what: Hashable, holds: Callable[[Any], bool]) -> Rows:
        return self._columns.flagged((column, what), self._columns.values[column], holds)

    def _calling(self, text: str, units: Sequence[UnitOn]) -> Rows:
        """Return the rows whose title, its initials, code or lead unit holds the words."""
        asked = text.casefold()
        leading = [unit.id for unit in units if asked in unit.name.casefold()]
        named = self._columns.flagged(
            ("called", asked), self._columns.called, lambda called: asked in called
        )
        return named | self._columns.marks["lead_unit"].any_of(leading)

    def chosen(self, fitting: Rows, colours: Sequence[str]) -> Rows:
        """Return those of these colours; all of them where none is chosen."""
        return fitting & self._columns.marks["colour"].any_of(colours) if colours else fitting

    # ---- what of them

    def cut(
        self,
        chosen: Rows,
        sort: str,
        units: Sequence[UnitOn],
        start: int = 0,
        size: int | None = None,
    ) -> list[UUID]:
        """Return the matters on a page of the chosen rows, in the order of a sort."""
        steps, official = self._steps(sort, units)
        if chosen.bit_count() <= FEW:
            found = sorted(places_in(chosen, len(self)), key=sort_key(steps))
            cut = found[start : None if size is None else start + size]
        else:
            order = self._order(sort, official, steps)
            cut = order.cut(flags_of(chosen, len(self)), start, size)
        threads = self._columns.values["thread"]
        return [UUID(threads[place]) for place in cut]

    def cut_after(
        self,
        chosen: Rows,
        sort: str,
        units: Sequence[UnitOn],
        after: Sequence[Any] | None,
        size: int,
    ) -> tuple[list[UUID], list[Any] | None]:
        """Return so many of the chosen rows after a key, and the key of the last (None: the end).

        Rows that come or go meanwhile move no other row to another page.
        """
        steps, official = self._steps(sort, units)
        key = None if after is None else key_after(steps, after)
        if chosen.bit_count() <= FEW:
            found = sorted(places_in(chosen, len(self)), key=sort_key(steps))
            first = 0 if key is None else bisect_right(found, key, key=sort_key(steps))
            cut = found[first : first + size + 1]
        else:
            order = self._order(sort, official, steps)
            cut = order.cut_after(flags_of(chosen, len(self)), key, size + 1)
        threads = self._columns.values["thread"]
        onward = told_key(steps, cut[size - 1]) if len(cut) > size else None
        return [UUID(threads[place]) for place in cut[:size]], onward

    def _steps(
        self, sort: str, units: Sequence[UnitOn]
    ) -> tuple[tuple[Step, ...], tuple[UUID, ...]]:
        """Return what a sort goes by, and the official order of units where it goes by units."""
        official = tuple(unit.id for unit in units) if sort.endswith("unit") else ()
        places = {unit: place for place, unit in enumerate(official)}
        return steps_of(sort, self._columns.values, places), official

    def _order(self, sort: str, official: tuple[UUID, ...], steps: tuple[Step, ...]) -> Order:
        """Return the order of a sort, kept for the next who asks."""
        order = self._orders.pop((sort, official), None) or Order(len(self), steps)
        self._orders[sort, official] = order
        if len(self._orders) > MOST_ORDERS:
            del self._orders[next(iter(self._orders))]
        return order

    def counts(self, fitting: Rows, colours: Sequence[str]) -> Counts:
        """Count by colour, and sum the amounts of the chosen colours by unit (none: of all)."""
        sums = self._columns.sums(self.chosen(fitting, colours))
        told = tuple(_unit_sum(unit, amounts) for unit, amounts in sums.items())
        return Counts(self.by_colour(fitting), told)

    def by_colour(self, rows: Rows) -> dict[str, int]:
        """Count the rows of each colour that there is among them."""
        return self.by_mark("colour", rows)

    def by_mark(self, column: str, rows: Rows) -> dict[Any, int]:
        """Count the rows with each mark that there is among them."""
        marks = self._columns.marks[column]
        counted = {mark: (rows & marks[mark]).bit_count() for mark in marks}
        return {mark: n for mark, n in counted.items() if n}

    def by_due(self, rows: Rows, first: date, last: date) -> dict[date, int]:
        """Count the rows among them by their last day, of those that end between two days."""
        due = compress(self._columns.values["due"], flags_of(rows, len(self)))
        between = range(first.toordinal(), last.toordinal() + 1)
        return {date.fromordinal(day): n for day, n in Counter(due).items() if day in between}

    def by_goal(self, goals: Sequence[Placed]) -> Tally:
        """Count the open matters of each colour on each goal or below it, each matter once."""
        parent_of = {goal.id: goal.parent for goal in goals}
        found: Tally = {}
        above: dict[tuple[UUID, ...], set[UUID]] = {}
        for (stands_on, colour), n in self._columns.on_goals.items():
            if n and colour != "closed":
                if stands_on not in above:
                    above[stands_on] = and_above(stands_on, parent_of)
                for goal in above[stands_on]:
                    colours = found.setdefault(goal, {})
                    colours[colour] = colours.get(colour, 0) + n
        return found

    def below(self, goals: Sequence[Placed]) -> dict[UUID, Rows]:
        """Return the rows that stand on each goal or below it, for the goals that have any."""
        parent_of = {goal.id: goal.parent for goal in goals}
        found: dict[UUID, Rows] = {}
        for goal in parent_of:
            if here := self.marked("goals", goal):
                for above in and_above([goal], parent_of):
                    found[above] = found.get(above, 0) | here
        return found

    @property
    def areas(self) -> tuple[str, ...]:
        """Return the areas that any row has, in the order of their names."""
        return tuple(sorted(area for area, n in self._columns.areas.items() if area and n))

    @property
    def sponsors(self) -> frozenset[UUID]:
        """Return the sponsoring posts that any row has."""
        marks, standing = self._columns.marks["sponsoring_post"], self._columns.standing
        return frozenset(
            post for post in marks if isinstance(post, UUID) and marks[post] & standing
        )


def _once(answers: dict[Hashable, object], asked: Hashable, make: Callable[[], T]) -> T:
    if asked not in answers:
        if len(answers) >= MOST_REMEMBERED:
            answers.clear()
        answers[asked] = make()
    return cast("T", answers[asked])


def _unit_sum(unit: str, amounts: Amounts) -> UnitSum:
    return UnitSum(unit, amounts.count, _exact(amounts.target), _exact(amounts.done))


def _exact(millionths: int) -> Decimal:
    return Decimal(millionths).scaleb(-6)
