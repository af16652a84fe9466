"""What the ledger lists besides the board: goals, gaps, silence, published counts, views."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ninja import Query, Schema
from pydantic import ConfigDict, Field

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.turning import Page, Turn
from luoshi.ledger import saved, silence, verbs
from luoshi.ledger.api.board import BoardFilters
from luoshi.ledger.api.room import around, router
from luoshi.ledger.board import names_visible_to, tally_by_goal
from luoshi.ledger.gaps import Lack, gaps_after, lacks_of
from luoshi.ledger.goals import goals_visible_to
from luoshi.ledger.rollups import given, latest_below, own_rollups
from luoshi.ledger.silence import Silent, silent_after


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalLine:
    """A node of the goal tree; ``colours`` are open matters on it or below it; unit: matters."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    depth: int
    colours: dict[str, int]


@lists(router, "/goals", verbs.read_ledger, of=GoalLine, exports=verbs.export_ledger)
def goals(asked: Asked) -> list[GoalLine]:
    """List the goal tree of a day in its order, with the colours of what stands on it."""
    around(asked)
    found = goals_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    tally = tally_by_goal(asked.actor, day=asked.day, goals=found, known_at=asked.known_at)
    return [
        GoalLine(
            id=goal.id,
            name=goal.name,
            kind=goal.kind,
            parent=goal.parent,
            depth=goal.depth,
            colours=tally.get(goal.id, {}),
        )
        for goal in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """A matter whose three fixes do not stand, and what it lacks."""

    id: UUID
    code: str
    title: str
    lead_unit: UUID | None
    responsible_post: UUID | None
    lacks: list[str]


class Lacking(Schema):
    """What the matters of the gap list lack, all of it."""

    model_config = ConfigDict(frozen=True)

    lack: list[Lack] = Field([], max_length=len(Lack), description="All of these are lacking.")


@lists(router, "/gaps", verbs.read_ledger, of=GapLine, turns=True, exports=verbs.export_ledger)
def gap_list(
    asked: Asked, turn: Turn, filters: Query[BoardFilters], lacking: Query[Lacking]
) -> Page:
    """List the matters that lack a unit, an owner, a measure or nodes, by code."""
    around(asked)
    names = names_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    rows, onward, total = gaps_after(
        asked.actor,
        day=asked.day,
        known_at=asked.known_at,
        filters=filters.filters,
        goals=names.goals,
        units=names.units,
        lacks=lacking.lack,
        after=turn.after,
        size=turn.limit,
    )
    told = [
        GapLine(
            id=row.thread,
            code=row.code,
            title=row.title,
            lead_unit=row.lead_unit,
            responsible_post=row.responsible_post,
            lacks=[one.value for one in lacks_of(row.lead_unit, row.responsible_post, row.missing)],
        )
        for row in rows
    ]
    return Page(told, onward, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class SilentLine:
    """A matter that nobody moves, why, and since when."""

    id: UUID
    code: str
    title: str
    lead_unit: UUID | None
    responsible_post: UUID | None
    due: date | None
    why: list[str]
    since: date


@lists(router, "/silence", verbs.read_silence, of=SilentLine, turns=True)
def silent_matters(asked: Asked, turn: Turn, why: Silent | None = None) -> Page:
    """List the matters that nobody moves, by their last day."""
    around(asked)
    rows, onward, total = silent_after(
        asked.actor,
        day=asked.day,
        known_at=asked.known_at,
        why=why,
        after=turn.after,
        size=turn.limit,
    )
    told = [
        SilentLine(
            id=row.spell.thread,
            code=row.spell.code,
            title=row.spell.title,
            lead_unit=row.spell.lead_unit,
            responsible_post=row.spell.responsible_post,
            due=row.spell.due,
            why=[one.value for one in row.why],
            since=row.since,
        )
        for row in rows
    ]
    return Page(told, onward, total)


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietPostLine:
    """A post that nobody holds, since when, and how many open matters it answers for."""

    id: UUID
    name: str
    unit: UUID | None
    since: date
    matters: int


@lists(router, "/vacancies", verbs.read_silence, of=QuietPostLine)
def vacancies(asked: Asked) -> list[QuietPostLine]:
    """List the posts that nobody holds, the longest first."""
    around(asked)
    found = silence.vacancies(asked.actor, day=asked.day, known_at=asked.known_at)
    return [
        QuietPostLine(
            id=quiet.post.id,
            name=quiet.post.name,
            unit=quiet.post.unit,
            since=quiet.since,
            matters=quiet.matters,
        )
        for quiet in found
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RollupLine:
    """What a district gave out of one day; unit: matters."""

    id: str
    district: str
    day: date
    matters: int
    colours: dict[str, int]
    closed: int
    abolished: int
    late: int


@lists(router, "/rollups", verbs.read_rollups, of=RollupLine, of_knowledge=False, tagged=False)
def rollups(asked: Asked) -> list[RollupLine]:
    """List what the district published up to a day, and for a city the last of its districts."""
    own = [given(row) for row in own_rollups(asked.actor, most=None) if row.day <= asked.day]
    below = [one for _name, one in latest_below(asked.actor, day=asked.day) if one is not None]
    return [
        shown_as(RollupLine, one, id=f"{one.district}/{one.day}", colours=dict(one.colours))
        for one in (*own, *below)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewLine:
    """A saved view: a name and the query of the board that it keeps."""

    id: UUID
    name: str
    query: str
    is_shared: bool
    is_own: bool


@lists(router, "/views", verbs.read_ledger, of=ViewLine, of_a_day=False, tagged=False)
def views(asked: Asked) -> list[ViewLine]:
    """List the saved views that are open to who asks, by name."""
    return [
        shown_as(ViewLine, view, is_own=view.owner == asked.actor.person)
        for view in saved.views_listed(asked.actor)
    ]
