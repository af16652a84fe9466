"""What the board shows of a matter on every day: states and colours told as spells."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from luoshi.clocks.surroundings import Surroundings
from luoshi.rules.colour import Colour, ColourFacts, ColourSpell, Measurement, Sweep
from luoshi.rules.colour.facts import in_order_of_measuring
from luoshi.rules.journal import Days
from luoshi.rules.ledger.clock import (
    Figure,
    colour_facts,
    figures,
    late_day,
    latest_figure,
    waiting_reports,
)
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
        self._judged: ColourFacts | None = None  # the facts that the sweep was told last
        self._colours_told: list[ColourSpell] = []
        self._pieces: list[Piece] = []

    def spells(self, segments: list[Segment], end: date) -> list[Piece]:
        """Return (from, to, …) for the days up to ``end``, cut where a column changes."""
        told = len(self._told)
        if self._told != segments[:told]:
            self._anew()
            told = 0
        for segment in segments[told:]:
            self._tell(segments[0][0], segment, end)
        self._told = segments
        return self._pieces.copy()

    def _tell(self, registered_on: date, segment: Segment, end: date) -> None:
        """Tell what is shown from a segment on, in place of what was told of those days."""
        start, state, parts_complete = segment
        answer_due = self._around.answer_due
        mine = figures(state, answer_due)
        facts = colour_facts(
            state, mine, registered_on=registered_on, parts_complete=parts_complete
        )
        colours = self._colours(registered_on, start, state, facts)
        waiting = waiting_reports(state)
        late_days = [late_day(report, answer_due) for report in waiting]
        cuts = {start, *late_days, *(max(n.counts_from, n.measured_on) for n in mine)}
        cuts |= {spell.from_day for spell in colours}
        starts = sorted(day for day in cuts if start <= day < end)
        columns = _Columns(state, facts, waiting)
        self._cut(start)
        for day, until in zip(starts, [*starts[1:], end], strict=True):
            answer_late = any(late <= day for late in late_days)
            figure = latest_figure(mine, day)
            shown = columns.on(figure, _colour_at(colours, day), answer_late=answer_late)
            self._add(day, until, shown)

    def _colours(
        self, registered_on: date, start: date, state: MatterState, facts: ColourFacts
    ) -> list[ColourSpell]:
        """Return the colours from ``start`` on, told and to come; a draft has none.

        Most entries, such as an acceptance, say nothing that a colour is judged by.
        """
        if state.standing in {Standing.UNKNOWN, Standing.DRAFT}:
            return []
        if self._sweep is None:
            rule = self._around.rule_on(registered_on)
            self._sweep = Sweep(rule=rule, horizon=self._around.horizon)
        if facts != self._judged:
            self._sweep.begin(start, facts)
            self._judged, self._colours_told = facts, self._sweep.last_spells()
        return self._colours_told

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


def _colour_at(spells: Sequence[ColourSpell], day: date) -> ColourSpell | None:
    index = bisect_right(spells, day, key=lambda spell: spell.from_day) - 1
    return spells[index] if index >= 0 else None


class _Columns:
    """The columns of MatterSpell after the days, in the model's order, for one state."""

    def __init__(self, state: MatterState, facts: ColourFacts, waiting: tuple[Report, ...]) -> None:
        self._facts = {
            name: value
            for name, default in _DEFAULT_FACTS.items()
            if (value := getattr(facts, name)) != default
        }
        self._bases: dict[tuple[Measurement | None, Figure | None], str] = {}
        registered, fixed, target = state.registered, state.responsibility, state.leading_target
        submitted = [report.fact for report in waiting if report.fact.achieved is not None]
        self._fixes = (
            registered.code if registered else "",
            state.title,
            registered.kind.value if registered else "",
            state.standing.value,
            " ".join(missing_fixes(state)),
            state.area,
            " ".join(sorted({source.kind.value for source in registered.sources}))
            if registered
            else "",
            state.stage.value if state.stage else "",
            fixed.lead_unit if fixed else None,
            fixed.responsible_post if fixed else None,
            fixed.sponsoring_post if fixed else None,
            target.quantity if target else None,
            target.unit if target else "",
            target.comparator.value if target else "",
        )
        self._plan = (
            submitted[-1].achieved if submitted else None,
            state.plan.start if state.plan else None,
            state.plan.due if state.plan else None,
        )

    def on(
        self, figure: Figure | None, spell: ColourSpell | None, *, answer_late: bool
    ) -> tuple[Any, ...]:
        """Return the columns of days with a figure and a colour."""
        achieved = (figure.amount, figure.measured_on) if figure else (None, None)
        return (*self._fixes, *achieved, *self._plan, *self._seen(spell, figure, late=answer_late))

    def _seen(
        self, spell: ColourSpell | None, figure: Figure | None, *, late: bool
    ) -> tuple[Any, ...]:
        if spell is None:
            ungraded = Colour.UNGRADED
            return ("", ungraded.value, "", False, False, late, URGENCY[ungraded], "")
        return (
            spell.level.value if spell.level else "",
            spell.colour.value,
            spell.last_colour.value if spell.last_colour else "",
            spell.unreported,
            spell.awaiting,
            late,
            URGENCY[spell.colour],
            self._basis(spell.counted, figure),
        )

    def _basis(self, counted: Measurement | None, figure: Figure | None) -> str:
        """Return the facts of the judgement, without the figures that no longer speak."""
        key = (counted, figure)
        if key not in self._bases:
            kept = {counted} if counted else set()
            if figure:
                kept.add(Measurement(figure.measured_on, figure.amount, figure.counts_from))
            judged_by = self._facts | {"measured": sorted(kept, key=in_order_of_measuring)}
            self._bases[key] = _encoder.encode(judged_by).decode()
        return self._bases[key]


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(ColourFacts)
_DEFAULT_FACTS = {field.name: field.default for field in fields(ColourFacts)}


def facts_of(basis: str) -> ColourFacts | None:
    """Return the facts that a spell's colour was judged by."""
    return _decoder.decode(basis) if basis else None
