"""Goals and matters as the journal keeps them: entries to rows and spells."""

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from operator import attrgetter
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.codec import Codec, FactKind
from luoshi.base.initials import initials_of
from luoshi.base.models import OPEN
from luoshi.base.nodes import node_kind
from luoshi.base.rows import Row
from luoshi.base.threads import Projected, ThreadKind
from luoshi.clocks.surroundings import KINDS as STANDARDS
from luoshi.clocks.surroundings import Surroundings, surroundings
from luoshi.ledger.models import (
    Goal,
    GoalSpell,
    Matter,
    MatterSpell,
    PartSpell,
    PlaceSpell,
    Rollup,
)
from luoshi.ledger.notices import notices_of
from luoshi.ledger.telling import Telling, with_parts
from luoshi.rules.journal import Days
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.rollup import RollupLaw, RollupPublished, RollupState

ONE_DAY = timedelta(days=1)
SPELLS = (MatterSpell, PlaceSpell, PartSpell)


def _project(
    days: Days[MatterState],
    *,
    district: UUID,
    thread: UUID,
    surroundings: Surroundings,
    others: Mapping[UUID, Days[MatterState]],
    memory: object = None,
) -> Projected:
    if not days:
        return Projected({model: [] for model in SPELLS})
    telling = memory if isinstance(memory, Telling) else Telling(surroundings)
    end = max(surroundings.horizon, days[-1][0]) + ONE_DAY
    spells = {
        MatterSpell: telling.spells(with_parts(days, others), end),
        PlaceSpell: _stands(days, end, _goals),
        PartSpell: _stands(days, end, _parts),
    }
    return Projected(spells, telling)


def _row(state: MatterState, district: UUID, thread: UUID) -> Matter:
    verification = state.verification
    doing = verification.done_by_units if verification else state.doing_units
    inside = state.waiting_inside
    return Matter(
        id=thread,
        district=district,
        code=state.registered.code if state.registered else "",
        title=state.title,
        initials=initials_of(state.title),
        lead_unit=state.responsibility.lead_unit if state.responsibility else None,
        done_by_units=_listed(doing),
        reported_by_persons=_listed(state.reporters),
        verified_by_unit=str(verification.verified_by_unit) if verification else None,
        verified_by_person=str(verification.verified_by_person) if verification else None,
        inside_unit=inside[0].unit if inside else None,
        inside_since=inside[0].on if inside else None,
        inside_posts=_listed({post for one in inside for post in one.next_posts}),
    )


def _listed(ids: Iterable[UUID]) -> str:
    return " ".join(sorted(map(str, ids)))


_goals: Callable[[MatterState], tuple[UUID, ...]] = attrgetter("goals")


def _parts(state: MatterState) -> tuple[UUID, ...]:
    return tuple(part.matter for part in state.parts) if state.parts else ()


def _stands(
    days: Days[MatterState], end: date, ids_of: Callable[[MatterState], tuple[UUID, ...]]
) -> list[Row]:
    """Return (from, to, id): one spell for each unbroken stand on a goal, or of a part."""
    stands: list[Row] = []
    since: dict[UUID, date] = {}
    before: tuple[UUID, ...] = ()
    for day, state in days:
        ids = ids_of(state)
        if ids == before:
            continue
        before = ids
        left = [each for each in since if each not in ids]
        stands += [(since.pop(each), day, each) for each in left]
        for each in ids:
            since.setdefault(each, day)
    return stands + [(start, end, each) for each, start in since.items()]


def _mandatory_parts(fact: object) -> Iterable[UUID]:
    """Return the parts on whose closing the colour of a whole depends."""
    if not isinstance(fact, f.MatterDivided):
        return ()
    return [part.matter for part in fact.parts if part.mandatory]


def _wholes(matters: Collection[UUID]) -> Iterable[tuple[UUID, UUID]]:
    """Return (part, whole) for the matters that are parts as known now."""
    spells = PartSpell.objects.filter(part__in=matters, known_to=OPEN)
    return spells.values_list("part", "thread").distinct()


def _out_at_once(fact: dict[str, Any]) -> dict[str, Any]:
    """Read a report or request of the first version: nothing waited inside a unit."""
    return {**fact, "released": None}


_FACTS = (
    FactKind("matter.registered", f.MatterRegistered),
    FactKind("matter.placed", f.MatterPlaced),
    FactKind("matter.stage_set", f.StageSet),
    FactKind("matter.responsibility_fixed", f.ResponsibilityFixed),
    FactKind("matter.target_fixed", f.TargetFixed),
    FactKind("matter.milestones_fixed", f.MilestonesFixed),
    FactKind("matter.assigned", f.MatterAssigned),
    FactKind("matter.accepted", f.MatterAccepted),
    FactKind("matter.progress_reported", f.ProgressReported, 2, {1: _out_at_once}),
    FactKind("matter.report_confirmed", f.ReportConfirmed),
    FactKind("matter.report_returned", f.ReportReturned),
    FactKind("matter.change_requested", f.ChangeRequested, 2, {1: _out_at_once}),
    FactKind("matter.change_decided", f.ChangeDecided),
    FactKind("matter.verified", f.MatterVerified),
    FactKind("matter.closed_out", f.MatterClosedOut),
    FactKind("matter.suspended", f.MatterSuspended),
    FactKind("matter.resumed", f.MatterResumed),
    FactKind("matter.divided", f.MatterDivided),
    FactKind("matter.abolished", f.MatterAbolished),
    FactKind("matter.note_written", f.NoteWritten),
    FactKind("matter.quote_linked", f.QuoteLinked),
    FactKind("matter.submitted", f.Submitted),
    FactKind("matter.submission_reviewed", f.SubmissionReviewed),
    FactKind("matter.submission_sent_back", f.SubmissionSentBack),
)


def rollup_of(district: UUID, day: date) -> UUID:
    """Return the thread of the roll-up of a day."""
    return uuid5(district, f"rollup/{day.isoformat()}")


def _rollup(state: RollupState, district: UUID, thread: UUID) -> Rollup:
    told = state.published
    assert told is not None  # noqa: S101 - a thread begins with a publication
    return Rollup(
        id=thread,
        district=district,
        day=told.day,
        known_at=told.known_at,
        matters=told.matters,
        colours=" ".join(f"{one.colour} {one.count}" for one in told.colours),
        closed=told.closed,
        abolished=told.abolished,
        late=told.late,
    )


ROLLUPS = ThreadKind(
    name="rollup",
    law=RollupLaw,
    codec=Codec((FactKind("rollup.published", RollupPublished),)),
    row=Rollup,
    row_of=_rollup,
)
GOALS = node_kind("goal", Goal, GoalSpell)
MATTERS = ThreadKind(
    name="matter",
    law=law,
    codec=Codec(_FACTS),
    row=Matter,
    row_of=_row,
    project=_project,
    spells=SPELLS,
    surroundings=surroundings,
    surrounding_kinds=STANDARDS,
    leans_on=_mandatory_parts,
    leaners=_wholes,
    notices=notices_of,
)
