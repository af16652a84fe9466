"""What the board shows of a matter on every day: states and colours told as spells."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec

from luoshi.clocks.surroundings import Surroundings
from luoshi.rules.colour import Colour, ColourFacts, ColourSpell, Measurement, Sweep
from luoshi.rules.journal import Days
from luoshi.rules.ledger.clock import (
    Figure,
    colour_facts,
    figures,
    late_day,
    latest_figure,
    waiting_reports,
)
from luoshi.rules.ledger.state import MatterState, Standing, missing_fixes

Columns = tuple[Any, ...]
"""The columns of MatterSpell after its days, in the model's order."""

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


class Telling:
    """The spells of one matter; a state that speaks last goes on from what was told before it.

    What was seen before a day cannot be changed by what holds from that day on: only the pieces
    from there are told again.
    """

    def __init__(self, around: Surroundings) -> None:
        """Begin with nothing told."""
        self._around = around
        self._anew()

    def _anew(self) -> None:
        self._days: Days[MatterState] = []
        self._sweep: Sweep | None = None
        self._pieces: list[tuple[date, date, Columns]] = []

    def spells(self, days: Days[MatterState], end: date) -> list[tuple[Any, ...]]:
        """Return (from, to, …) for the days up to ``end``, cut where a column changes."""
        told = len(self._days)
        if told > len(days) or any(mine is not theirs for mine, theirs in self._last_two(days)):
            self._anew()
            told = 0
        for index in range(told, len(days)):
            self._tell(days[0][0], *days[index], end)
        self._days = days.copy()
        return [(start, until, *columns) for start, until, columns in self._pieces]

    def _last_two(self, days: Days[MatterState]) -> Sequence[tuple[object, object]]:
        """Pair the last states told with those given: the same objects, if nothing came between."""
        return list(zip(self._days, days, strict=False))[-2:]

    def _tell(self, registered_on: date, start: date, state: MatterState, end: date) -> None:
        """Tell what is shown from ``start`` on, in place of what was told of those days."""
        around = self._around
        mine = figures(state, around.answer_due)
        parts_complete = not any(part.mandatory for part in state.parts)
        facts = colour_facts(
            state, mine, registered_on=registered_on, parts_complete=parts_complete
        )
        colours = self._colours(registered_on, start, state, facts)
        late_days = [late_day(report, around.answer_due) for report in waiting_reports(state)]
        cuts = {start, *late_days, *(max(n.counts_from, n.measured_on) for n in mine)}
        cuts |= {spell.from_day for spell in colours}
        starts = sorted(day for day in cuts if start <= day < end)
        self._cut(start)
        for day, until in zip(starts, [*starts[1:], end], strict=True):
            answer_late = any(late <= day for late in late_days)
            figure = latest_figure(mine, day)
            columns = _columns(
                state, facts, figure, _colour_at(colours, day), answer_late=answer_late
            )
            self._add(day, until, columns)

    def _colours(
        self, registered_on: date, start: date, state: MatterState, facts: ColourFacts
    ) -> list[ColourSpell]:
        """Return the colours told so far and to come; a draft has none."""
        if state.standing in {Standing.UNKNOWN, Standing.DRAFT}:
            return []
        if self._sweep is None:
            rule = self._around.rule_on(registered_on)
            self._sweep = Sweep(rule=rule, horizon=self._around.horizon)
        self._sweep.begin(start, facts)
        return self._sweep.spells()

    def _cut(self, day: date) -> None:
        """Take back what was told of a day and later ones."""
        pieces = self._pieces
        while pieces and pieces[-1][0] >= day:
            pieces.pop()
        if pieces and pieces[-1][1] > day:
            start, _, columns = pieces.pop()
            pieces.append((start, day, columns))

    def _add(self, start: date, until: date, columns: Columns) -> None:
        """Add a piece, or lengthen the last one where nothing that is shown changed."""
        if self._pieces and self._pieces[-1][2] == columns:
            start = self._pieces.pop()[0]
        self._pieces.append((start, until, columns))


def _colour_at(spells: Sequence[ColourSpell], day: date) -> ColourSpell | None:
    index = bisect_right(spells, day, key=lambda spell: spell.from_day) - 1
    return spells[index] if index >= 0 else None


def _columns(
    state: MatterState,
    facts: ColourFacts,
    figure: Figure | None,
    spell: ColourSpell | None,
    *,
    answer_late: bool,
) -> tuple[Any, ...]:
    """Return the columns of MatterSpell after the days, in the model's order."""
    fixed, target, plan = state.responsibility, state.leading_target, state.plan
    waiting = [report.fact for report in waiting_reports(state) if report.fact.achieved is not None]
    colour = spell.colour if spell else Colour.UNGRADED
    return (
        state.registered.code if state.registered else "",
        state.title,
        state.registered.kind.value if state.registered else "",
        state.standing.value,
        " ".join(missing_fixes(state)),
        state.area,
        fixed.lead_unit if fixed else None,
        fixed.responsible_post if fixed else None,
        fixed.sponsoring_post if fixed else None,
        target.quantity if target else None,
        target.unit if target else "",
        target.comparator.value if target else "",
        figure.amount if figure else None,
        figure.measured_on if figure else None,
        waiting[-1].achieved if waiting else None,
        plan.start if plan else None,
        plan.due if plan else None,
        spell.level.value if spell and spell.level else "",
        colour.value,
        spell.last_colour.value if spell and spell.last_colour else "",
        bool(spell and spell.unreported),
        bool(spell and spell.awaiting),
        answer_late,
        URGENCY[colour],
        basis_of(facts, spell, figure) if spell else "",
    )


_encoder = msgspec.json.Encoder(order="sorted")
_decoder = msgspec.json.Decoder(ColourFacts)


def basis_of(facts: ColourFacts, spell: ColourSpell, figure: Figure | None) -> str:
    """Return the facts a colour was judged by, without the figures that no longer speak."""
    newest = Measurement(figure.measured_on, figure.amount, figure.counts_from) if figure else None
    speaking = {measured for measured in (spell.counted, newest) if measured is not None}
    kept = tuple(
        sorted(speaking, key=lambda measured: (measured.measured_on, measured.counts_from))
    )
    return _encoder.encode(replace(facts, measured=kept)).decode()


def facts_of(basis: str) -> ColourFacts | None:
    """Return the facts that a spell's colour was judged by."""
    return _decoder.decode(basis) if basis else None
