"""What the board shows of a matter on every day: states and colours told as spells."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from operator import attrgetter, is_
from typing import Any
from uuid import UUID

from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger.basis import Basis
from luoshi.rules.colour import Colour, ColourFacts, ColourSpell, Level, Sweep
from luoshi.rules.journal import Days
from luoshi.rules.ledger.clock import (
    Figure,
    colour_facts,
    figures,
    late_day,
    latest_figure,
    waiting_reports,
)
from luoshi.rules.ledger.facts import MatterRegistered
from luoshi.rules.ledger.state import MatterState, Report, Standing, missing_fixes

Piece = tuple[Any, ...]
"""From day, to day, and the columns of MatterSpell after its days, in the model's order."""

URGENCY = {
    Colour.RED: 0,
    Colour.YELLOW: 1,
    Colour.UNREPORTED: 2,
    Colour.BLUE: 3,
    Colour.UNGRADED: 4,
    Colour.GREEN: 5,
    Colour.SUSPENDED: 6,
    Colour.CLOSED: 7,
}
"""Where a colour stands when the board is sorted by urgency: silence before blue."""


Segment = tuple[date, MatterState, bool]
"""From which day a matter is what it is, and if all its mandatory parts are closed out then."""


def with_parts(days: Days[MatterState], others: Mapping[UUID, Days[MatterState]]) -> list[Segment]:
    """Return the days of a matter, cut also where the last of its parts closes or one reopens."""
    if not others:
        return [(day, state, True) for day, state in days]
    starts = {day for each in (days, *others.values()) for day, _ in each if day >= days[0][0]}
    segments: list[Segment] = []
    for day in sorted(starts):
        state = _state_on(days, day)
        parts = [part.matter for part in state.parts if part.mandatory]
        complete = all(_is_closed(others[part], day) for part in parts)
        if not segments or segments[-1][1] is not state or segments[-1][2] is not complete:
            segments.append((day, state, complete))
    return segments


def _state_on(days: Days[MatterState], day: date) -> MatterState:
    return days[bisect_right(days, day, key=lambda known: known[0]) - 1][1]


def _is_closed(days: Days[MatterState], day: date) -> bool:
    begun = bool(days) and days[0][0] <= day
    return begun and _state_on(days, day).standing is Standing.CLOSED


class Telling:
    """The spells of one matter; a state that speaks last goes on from what was told before it.

    What was seen before a day cannot be changed by what holds from that day on: only the pieces
    from there are told again, and those before it stay the very same rows.
    """

    def __init__(self, around: Surroundings) -> None:
        """Begin with nothing told."""
        self._around = around
        self._anew()

    def _anew(self) -> None:
        self._told: list[Segment] = []
        self._sweep: Sweep | None = None
        self._basis: Basis | None = None  # of the facts by which it was told last
        self._judged: ColourFacts | None = None  # the facts that the sweep was told last
        self._colours_told: list[ColourSpell] = []
        self._pieces: list[Piece] = []
        self._fixed: tuple[tuple[Any, ...], tuple[Any, ...]] = ((), ())  # of what, the columns

    def spells(self, segments: list[Segment], end: date) -> list[Piece]:
        """Return (from, to, …) for the days up to ``end``, cut where a column changes."""
        for segment in segments[self._still_told(segments) :]:
            self._tell(segments[0][0], segment, end)
        self._told = segments
        return self._pieces.copy()

    def _still_told(self, segments: list[Segment]) -> int:
        """Return how many of the segments are told already; of one day the last state counts.

        What was told is told anew where something else changed, or a day lost its colour.
        """
        told = len(self._told)
        if self._told == segments[:told]:
            return told
        if self._told[:-1] == segments[: told - 1] and len(segments) >= told:
            (day, before, _), (same_day, after, _) = self._told[-1], segments[told - 1]
            if day == same_day and (_has_colour(after) or not _has_colour(before)):
                return told - 1
        self._anew()
        return 0

    def _tell(self, registered_on: date, segment: Segment, end: date) -> None:
        """Tell what is shown from a segment on, in place of what was told of those days."""
        start, state, parts_complete = segment
        answer_due = self._around.answer_due
        mine = figures(state, answer_due)
        basis = self._basis_of(
            colour_facts(state, mine, registered_on=registered_on, parts_complete=parts_complete)
        )
        colours = self._colours(registered_on, start, state, basis.facts)
        waiting = waiting_reports(state)
        late_from = min([late_day(report, answer_due) for report in waiting], default=date.max)
        coloured = {spell.from_day: spell for spell in colours}
        cuts = {late_from, *coloured, *[figure.speaks_from for figure in mine]}
        starts = [start, *sorted([day for day in cuts if start < day < end])]
        columns = _Columns(state, self._fixes(state), basis, waiting)
        spell = _colour_at(colours, start)
        self._cut(start)
        for day, until in zip(starts, [*starts[1:], end], strict=True):
            spell = coloured.get(day, spell)
            figure = latest_figure(mine, day)
            self._add(day, until, columns.on(figure, spell, answer_late=late_from <= day))

    def _basis_of(self, facts: ColourFacts) -> Basis:
        """Return the facts with their text; equal ones are the very same as told last.

        Most entries, such as an acceptance, say nothing that a colour is judged by.
        """
        if self._basis is None or facts != self._basis.facts:
            self._basis = Basis(facts)
        return self._basis

    def _colours(
        self, registered_on: date, start: date, state: MatterState, facts: ColourFacts
    ) -> list[ColourSpell]:
        """Return the colours from ``start`` on, told and to come; a draft has none."""
        if not _has_colour(state):
            return []
        if self._sweep is None:
            rule = self._around.rule_on(registered_on)
            self._sweep = Sweep(rule=rule, horizon=self._around.horizon)
        if facts is not self._judged:
            self._sweep.begin(start, facts)
            self._judged, self._colours_told = facts, self._sweep.last_spells()
        return self._colours_told

    def _fixes(self, state: MatterState) -> tuple[Any, ...]:
        """Return the columns that most entries, such as a report, leave as they were."""
        fixed = _fixed_of(state)
        if not self._fixed[0] or not all(map(is_, fixed, self._fixed[0])):
            self._fixed = fixed, _fixes(state)
        return self._fixed[1]

    def _cut(self, day: date) -> None:
        """Take back what was told of a day and later ones."""
        pieces = self._pieces
        while pieces and pieces[-1][0] >= day:
            pieces.pop()
        if pieces and pieces[-1][1] > day:
            last = pieces.pop()
            pieces.append((last[0], day, *last[2:]))

    def _add(self, start: date, until: date, shown: tuple[Any, ...]) -> None:
        """Add a piece, or lengthen the last one where nothing that is shown changed."""
        if self._pieces and self._pieces[-1][2:] == shown:
            start = self._pieces.pop()[0]
        self._pieces.append((start, until, *shown))


def _has_colour(state: MatterState) -> bool:
    return state.standing is not Standing.UNKNOWN and state.standing is not Standing.DRAFT


def _colour_at(spells: Sequence[ColourSpell], day: date) -> ColourSpell | None:
    found = None
    for spell in spells:
        if spell.from_day > day:
            break
        found = spell
    return found


class _Columns:
    """The columns of MatterSpell after the days, in the model's order, for one state."""

    __slots__ = ("_basis", "_fixes", "_plan")

    def __init__(
        self,
        state: MatterState,
        fixes: tuple[Any, ...],
        basis: Basis,
        waiting: tuple[Report, ...],
    ) -> None:
        self._basis, self._fixes = basis, fixes
        submitted = [report.fact for report in waiting if report.fact.achieved is not None]
        plan = state.plan
        self._plan = (
            submitted[-1].achieved if submitted else None,
            plan.start if plan else None,
            plan.due if plan else None,
        )

    def on(
        self, figure: Figure | None, spell: ColourSpell | None, *, answer_late: bool
    ) -> tuple[Any, ...]:
        """Return the columns of days with a figure and a colour."""
        achieved = (figure.amount, figure.measured_on) if figure else (None, None)
        if spell is None:
            seen = _seen(None, Colour.UNGRADED, None, False, False, answer_late)  # noqa: FBT003 - no marks
            return (*self._fixes, *achieved, *self._plan, *seen, "")
        _, _, level, colour, last_colour, unreported, awaiting, counted = spell
        seen = _seen(level, colour, last_colour, unreported, awaiting, answer_late)
        basis = self._basis.text(counted, figure)
        return (*self._fixes, *achieved, *self._plan, *seen, basis)


_fixed_of = attrgetter(
    "registered", "standing", "responsibility", "targets", "acceptance", "plan", "area", "stage"
)


def _fixes(state: MatterState) -> tuple[Any, ...]:
    registered, fixed, target = state.registered, state.responsibility, state.leading_target
    return (
        registered.code if registered else "",
        state.title,
        registered.kind.value if registered else "",
        state.standing.value,
        " ".join(missing_fixes(state)),
        state.area,
        _kinds_of_source(registered) if registered else "",
        state.stage.value if state.stage else "",
        fixed.lead_unit if fixed else None,
        fixed.responsible_post if fixed else None,
        fixed.sponsoring_post if fixed else None,
        target.quantity if target else None,
        target.unit if target else "",
        target.comparator.value if target else "",
    )


def _kinds_of_source(registered: MatterRegistered) -> str:
    return " ".join(sorted({source.kind.value for source in registered.sources}))


@cache  # a few hundred at most
def _seen(
    level: Level | None,
    colour: Colour,
    last_colour: Colour | None,
    unreported: bool,  # noqa: FBT001 - columns in their order
    awaiting: bool,  # noqa: FBT001
    answer_late: bool,  # noqa: FBT001
) -> tuple[Any, ...]:
    """Return the columns of a colour, but for its basis."""
    return (
        level.value if level else "",
        colour.value,
        last_colour.value if last_colour else "",
        unreported,
        awaiting,
        answer_late,
        URGENCY[colour],
    )
