"""A matter's colours from its first day to the horizon, told from the days of change only.

What fixed facts say of a day is in ``reading``; what the shown colour remembers, in ``memory``.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from luoshi.rules.colour.days import days_of_change, last_hope, month_ends_from
from luoshi.rules.colour.facts import Colour, ColourFacts, Level, Measurement
from luoshi.rules.colour.memory import Memory, Seen
from luoshi.rules.colour.reading import Reading
from luoshi.rules.colour.rule import ColourRule
from luoshi.rules.colour.schedule import band_ratios


class ColourSpell(NamedTuple):
    """The days from ``from_day`` up to, not including, ``to_day`` on which all of this is the same.

    ``level`` is what the tests say (None without data), ``colour`` what is seen, ``last_colour``
    the one before a suspension. ``unreported`` is the mark 未报, ``awaiting`` the mark 待核;
    ``counted`` the figure that the schedule test holds against the plan.
    """

    from_day: date
    to_day: date
    level: Level | None
    colour: Colour
    last_colour: Colour | None
    unreported: bool
    awaiting: bool
    counted: Measurement | None


def sweep(
    segments: Sequence[tuple[date, ColourFacts]], *, rule: ColourRule, horizon: date
) -> list[ColourSpell]:
    """Return the spells from the first day to ``horizon``, that day included, without gaps.

    A segment holds from its day to before the next one's; days ascend, and of two segments of one
    day the later holds. Raises RuleNeedsAnotherReader.
    """
    growing = Sweep(rule=rule, horizon=horizon)
    for first, facts in segments:
        growing.begin(first, facts)
    return growing.spells()


class Sweep:
    """A sweep that grows by segments: what was seen before the last one began is not told again.

    What was told ahead of the last segment, to the horizon, is kept: the next one cuts it short.
    """

    __slots__ = ("_ahead", "_bands", "_end", "_facts", "_first", "_rule", "_story")

    def __init__(self, *, rule: ColourRule, horizon: date) -> None:
        """Begin without a segment. Raises RuleNeedsAnotherReader."""
        rule.check_reader()
        self._rule, self._bands = rule, band_ratios(rule)
        self._end = horizon + timedelta(days=1)
        self._story = _Story(Memory(rule))
        self._ahead: _Ahead | None = None  # of the last segment
        self._first: date | None = None
        self._facts: ColourFacts | None = None

    def begin(self, first: date, facts: ColourFacts) -> None:
        """Begin a segment; days ascend, and of two segments of one day the later holds."""
        stop = min(first, self._end)
        if self._ahead is None or not self._story.go_on_as(self._ahead, stop):
            self._tell(self._story, stop)
        self._first, self._facts, self._ahead = first, facts, None

    def spells(self) -> list[ColourSpell]:
        """Return the spells of all segments, the last one told to the horizon."""
        return self._told_from(self._story.copy())

    def last_spells(self) -> list[ColourSpell]:
        """Return the spells from the one on in which the last segment begins."""
        self._ahead = ahead = self._story.ahead()
        return self._told_from(ahead)

    def _told_from(self, story: "_Story") -> list[ColourSpell]:
        self._tell(story, self._end, is_end=True)
        return story.spells(self._end)

    def _tell(self, story: "_Story", stop: date, *, is_end: bool = False) -> None:
        first, facts = self._first, self._facts
        if first is None or facts is None or first >= stop:
            return
        if facts.is_graded:
            reading = Reading(facts, self._rule, self._bands)
            story.live(reading, first, stop, is_end=is_end)
        else:
            story.rest(facts, first, stop)


class _Story:
    """What was seen so far, each with the day it is seen from."""

    __slots__ = ("_memory", "days", "seen")

    def __init__(self, memory: Memory) -> None:
        self._memory = memory
        self.days: list[date] = []
        self.seen: list[Seen] = []

    def copy(self) -> "_Story":
        """Return a story that goes on by itself from here."""
        other = _Story(self._memory.copy())
        other.days, other.seen = self.days.copy(), self.seen.copy()
        return other

    def ahead(self) -> "_Ahead":
        """Return a story that goes on by itself from what was last seen."""
        other = _Ahead(self._memory.copy())
        other.days, other.seen = self.days[-1:], self.seen[-1:]
        return other

    def go_on_as(self, ahead: "_Ahead", stop: date) -> bool:
        """Go on as was told ahead, up to before a day; False where that was not told to there."""
        if stop > ahead.told_to:
            return False
        for day, memory, seen in reversed(ahead.marks):
            if day < stop:
                self._memory = memory
                self.days[-1:], self.seen[-1:] = ahead.days[:seen], ahead.seen[:seen]
                break
        return True

    def live(self, reading: Reading, first: date, end: date, *, is_end: bool) -> None:
        """Live through the days on which the facts of a reading are fixed.

        ``is_end``: nothing is told after these days, so the telling stops where only time speaks
        and can make nothing worse.
        """
        hope = last_hope(reading.facts, end, reading.rule) if is_end else end
        month_ends = month_ends_from(first, end)
        month_end = next(month_ends, end)
        for day in days_of_change(reading.facts, first, end, reading.rule):
            while month_end < day:
                self._turn_month(month_end, reading)
                month_end = next(month_ends, end)
            self._live_day(day, reading, is_month_end=month_end == day)
            if month_end == day:
                month_end = next(month_ends, end)
            if day >= hope and self._memory.is_at_worst(reading):
                self._told(day)
                return
        moves = True
        while moves and month_end < end:
            moves = self._turn_month(month_end, reading)
            month_end = next(month_ends, end)
        self._told(end)

    def _live_day(self, day: date, reading: Reading, *, is_month_end: bool) -> None:
        """Live a day on which the judgement may change."""
        memory = self._memory
        reading.move(day)
        memory.take(reading, day)
        if is_month_end:
            memory.turn_month(reading)
        self._see(day, memory.seen(reading))
        self._mark(day)

    def rest(self, facts: ColourFacts, first: date, end: date) -> None:
        """Pass over the days on which the matter is suspended or closed."""
        self._memory.rest(month_end_passes=next(month_ends_from(first, end), None) is not None)
        self._see(first, self._memory.seen_at_rest(facts))

    def spells(self, end: date) -> list[ColourSpell]:
        """Return what was seen as spells; the last one ends before ``end``."""
        days = self.days
        to_days = [*days[1:], end][: len(days)]
        return [
            ColourSpell._make((from_day, to_day, *seen))
            for from_day, to_day, seen in zip(days, to_days, self.seen, strict=True)
        ]

    def _turn_month(self, month_end: date, reading: Reading) -> bool:
        """Turn a month on whose last day nothing else happens; say if it left anything new."""
        before = self._memory.stand
        self._memory.turn_month(reading)
        after = self._memory.stand
        if after == before:
            return False
        if after[0] is not before[0]:
            self._see(month_end, self._memory.seen(reading))
        self._mark(month_end)
        return True

    def _mark(self, day: date) -> None:
        """Look back from a day that was lived; a story that is not told ahead needs no marks."""

    def _told(self, day: date) -> None:
        """End a telling; what happens before that day was told."""

    def _see(self, day: date, seen: Seen) -> None:
        if not self.seen or self.seen[-1] != seen:
            self.days.append(day)
            self.seen.append(seen)


class _Ahead(_Story):
    """A story told ahead, with marks by which it can be cut short: day, memory then, seen so far.

    All that happens before ``told_to`` was told.
    """

    __slots__ = ("marks", "told_to")

    def __init__(self, memory: Memory) -> None:
        super().__init__(memory)
        self.marks: list[tuple[date, Memory, int]] = []
        self.told_to = date.min

    def _mark(self, day: date) -> None:
        self.marks.append((day, self._memory.copy(), len(self.seen)))

    def _told(self, day: date) -> None:
        self.told_to = day
