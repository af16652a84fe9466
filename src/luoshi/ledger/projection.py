"""Goals and matters as the journal keeps them: entries to rows and spells."""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import msgspec

from luoshi.base.codec import Codec, FactKind
from luoshi.base.journal import Projected, ThreadKind
from luoshi.base.nodes import node_kind
from luoshi.clocks.surroundings import KINDS as STANDARDS
from luoshi.clocks.surroundings import Surroundings, surroundings
from luoshi.ledger.models import Goal, GoalSpell, Matter, MatterSpell, PartSpell, PlaceSpell
from luoshi.rules.colour import Colour, ColourFacts, ColourSpell, Measurement, sweep
from luoshi.rules.journal import Days
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.clock import (
    Figure,
    colour_facts,
    figures,
    late_day,
    latest_figure,
    waiting_reports,
)
from luoshi.rules.ledger.state import MatterState, Standing, missing_fixes

URGENCY = {
    Colour.RED: 0,
    Colour.YELLOW: 1,
    Colour.BLUE: 3,
    Colour.UNREPORTED: 2,
    Colour.UNGRADED: 4,
    Colour.GREEN: 5,
    Colour.SUSPENDED: 6,
    Colour.CLOSED: 7,
}


SPELLS = (MatterSpell, PlaceSpell, PartSpell)


@dataclass(frozen=True, slots=True)
class Stretch:
    """From one day to another (half open) nothing is recorded of the matter."""

    start: date
    end: date
    state: MatterState


def stretches_of(days: Days[MatterState], end: date) -> list[Stretch]:
    """Return what a matter was up to ``end``, stretch by stretch; the last has a day at least."""
    starts = [day for day, _ in days]
    ends = [*starts[1:], max(end, starts[-1] + timedelta(days=1))] if starts else []
    return [Stretch(day, until, state) for (day, state), until in zip(days, ends, strict=True)]


def _project(
    days: Days[MatterState], *, district: UUID, thread: UUID, surroundings: Surroundings
) -> Projected:
    stretches = stretches_of(days, surroundings.horizon + timedelta(days=1))
    if not stretches:
        return Projected(None, {model: [] for model in SPELLS})
    last = stretches[-1].state
    return Projected(
        _row(last, district, thread),
        {
            MatterSpell: list(_matter_spells(stretches, surroundings)),
            PlaceSpell: list(_stands(stretches, lambda state: state.goals)),
            PartSpell: list(_stands(stretches, lambda state: (p.matter for p in state.parts))),
        },
    )


def _row(state: MatterState, district: UUID, thread: UUID) -> Matter:
    verification = state.verification
    doing = verification.done_by_units if verification else state.doing_units
    return Matter(
        id=thread,
        district=district,
        code=state.registered.code if state.registered else "",
        title=state.title,
        lead_unit=state.responsibility.lead_unit if state.responsibility else None,
        done_by_units=_listed(doing),
        reported_by_persons=_listed(state.reporters),
        verified_by_unit=str(verification.verified_by_unit) if verification else None,
        verified_by_person=str(verification.verified_by_person) if verification else None,
    )


def _listed(ids: Iterable[UUID]) -> str:
    return " ".join(sorted(map(str, ids)))


def _stands(
    stretches: Sequence[Stretch], ids_of: Callable[[MatterState], Iterable[UUID]]
) -> Iterator[tuple[date, date, UUID]]:
    """Yield (from, to, id): one spell for each unbroken stand on a goal, or of a part."""
    since: dict[UUID, date] = {}
    for stretch in stretches:
        ids = set(ids_of(stretch.state))
        for each in [each for each in since if each not in ids]:
            yield (since.pop(each), stretch.start, each)
        for each in ids:
            since.setdefault(each, stretch.start)
    for each, start in since.items():
        yield (start, stretches[-1].end, each)


def _matter_spells(stretches: Sequence[Stretch], around: Surroundings) -> Iterator[tuple[Any, ...]]:
    """Yield the columns of MatterSpell, cut wherever one of them changes."""
    known = [figures(stretch.state, around.answer_due) for stretch in stretches]
    registered_on = stretches[0].start
    judged = [
        (
            stretch.start,
            colour_facts(
                stretch.state,
                mine,
                registered_on=registered_on,
                parts_complete=not any(p.mandatory for p in stretch.state.parts),
            ),
        )
        for stretch, mine in zip(stretches, known, strict=True)
    ]
    in_force = [
        pair for pair, stretch in zip(judged, stretches, strict=True) if _has_colour(stretch.state)
    ]
    colours = (
        sweep(in_force, rule=around.rule_on(registered_on), horizon=around.horizon)
        if in_force
        else []
    )
    pieces: list[tuple[date, date, tuple[Any, ...]]] = []
    for stretch, (_, facts), mine in zip(stretches, judged, known, strict=True):
        late_days = [
            late_day(report, around.answer_due) for report in waiting_reports(stretch.state)
        ]
        cuts = {stretch.start, *late_days, *(max(n.counts_from, n.measured_on) for n in mine)}
        cuts |= {spell.from_day for spell in colours}
        starts = sorted(day for day in cuts if stretch.start <= day < stretch.end)
        for start, end in zip(starts, [*starts[1:], stretch.end], strict=True):
            spell = _colour_at(colours, start)
            answer_late = any(day <= start for day in late_days)
            columns = _columns(
                stretch.state, facts, latest_figure(mine, start), spell, answer_late=answer_late
            )
            _add(pieces, start, end, columns)
    return ((start, end, *columns) for start, end, columns in pieces)


def _has_colour(state: MatterState) -> bool:
    return state.standing not in {Standing.UNKNOWN, Standing.DRAFT}


def _colour_at(spells: Sequence[ColourSpell], day: date) -> ColourSpell | None:
    index = bisect_right(spells, day, key=lambda spell: spell.from_day) - 1
    return spells[index] if index >= 0 else None


def _add(
    pieces: list[tuple[date, date, tuple[Any, ...]]],
    start: date,
    end: date,
    columns: tuple[Any, ...],
) -> None:
    """Add a piece, or lengthen the last one where nothing that is shown changed."""
    if pieces and pieces[-1][2] == columns:
        start = pieces.pop()[0]
    pieces.append((start, end, columns))


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


_FACTS = (
    FactKind("matter.registered", f.MatterRegistered),
    FactKind("matter.placed", f.MatterPlaced),
    FactKind("matter.responsibility_fixed", f.ResponsibilityFixed),
    FactKind("matter.target_fixed", f.TargetFixed),
    FactKind("matter.milestones_fixed", f.MilestonesFixed),
    FactKind("matter.assigned", f.MatterAssigned),
    FactKind("matter.accepted", f.MatterAccepted),
    FactKind("matter.progress_reported", f.ProgressReported),
    FactKind("matter.report_confirmed", f.ReportConfirmed),
    FactKind("matter.report_returned", f.ReportReturned),
    FactKind("matter.change_requested", f.ChangeRequested),
    FactKind("matter.change_decided", f.ChangeDecided),
    FactKind("matter.verified", f.MatterVerified),
    FactKind("matter.closed_out", f.MatterClosedOut),
    FactKind("matter.suspended", f.MatterSuspended),
    FactKind("matter.resumed", f.MatterResumed),
    FactKind("matter.divided", f.MatterDivided),
    FactKind("matter.abolished", f.MatterAbolished),
)

GOALS = node_kind("goal", Goal, GoalSpell)
MATTERS = ThreadKind(
    name="matter",
    law=law,
    codec=Codec(_FACTS),
    project=_project,
    row=Matter,
    spells=SPELLS,
    surroundings=surroundings,
    surrounding_kinds=STANDARDS,
)
