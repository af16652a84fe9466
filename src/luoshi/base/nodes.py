"""Named nodes by date (districts, units, posts, goals): one row, one spell, one projection."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from itertools import pairwise
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from luoshi.base.codec import Codec, FactKind
from luoshi.base.models import Spell
from luoshi.base.rows import Row
from luoshi.base.threads import Projected, ThreadKind
from luoshi.rules import nodes as law
from luoshi.rules import posts
from luoshi.rules.journal import Days
from luoshi.rules.nodes import NodeState

FAR = date.max
"""The end of what has no end."""


class Node(models.Model):
    """A node as known now; its key is its thread's id."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField(db_index=True)
    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=32)
    founded_on = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["name"]


class NodeSpell(Spell):
    """A node's name, parent and official order from one day to another."""

    name = models.CharField(max_length=100)
    kind = models.CharField(max_length=32)
    parent = models.UUIDField(null=True)
    order = models.IntegerField()
    holder = models.UUIDField(null=True)
    roles = models.CharField(max_length=200)

    class Meta:
        abstract = True


Further = Callable[[NodeState, date], Row]
"""What a spell of one kind of node shows besides, on a day."""


def nothing_further(_state: NodeState, _day: date) -> Row:
    """A kind of node of which nothing but what all share is shown."""
    return ()


def node_kind(
    name: str,
    row: type[Node],
    spell: type[NodeSpell],
    *,
    facts: Mapping[str, type] | None = None,
    further: Further = nothing_further,
) -> ThreadKind:
    """Declare a kind of node: its facts are ``<name>.founded``, ``<name>.renamed`` and so on.

    ``facts`` are those that only this kind knows; ``further`` gives the columns that the spell has
    after those of all nodes.
    """

    return ThreadKind(
        name=name,
        law=law,
        codec=Codec(_facts_of(name, facts or {})),
        row=row,
        row_of=partial(_row, row),
        project=partial(_project, spell, further),
        spells=(spell,),
    )


def _facts_of(name: str, more: Mapping[str, type]) -> tuple[FactKind, ...]:
    """Return what can be recorded of a kind of node; ``more`` is what only this kind knows."""
    return (
        FactKind(f"{name}.district_founded", law.DistrictFounded, 2, {1: _never_simulated}),
        FactKind(f"{name}.founded", law.Founded, 2, {1: _without_duty}),
        FactKind(f"{name}.renamed", law.Renamed),
        FactKind(f"{name}.moved", law.Moved),
        FactKind(f"{name}.ordered", law.Ordered),
        FactKind(f"{name}.held", posts.Held, 2, {1: _for_good}),
        FactKind(f"{name}.ended", law.Ended),
        *(FactKind(f"{name}.{told}", fact) for told, fact in more.items()),
    )


def _project(
    spell: type[NodeSpell],
    further: Further,
    days: Days[NodeState],
    *,
    district: UUID,
    thread: UUID,
    surroundings: object,
    others: Mapping[UUID, Days[NodeState]],
    memory: object = None,
) -> Projected:
    """Return the spells of a node's days, as long as it is there."""
    ends = [*(day for day, _ in days[1:]), FAR]
    spells = [
        (*_spell_row(start, end, state), *further(state, start))
        for (since, state), until in zip(days, ends, strict=False)
        if state.ended_on is None
        for start, end in _cut(state, since, until)
    ]
    return Projected({spell: spells})


def _cut(state: NodeState, since: date, until: date) -> Iterable[tuple[date, date]]:
    """Cut the days of a state where something in it begins or ends by itself."""
    turns = [day for day in posts.turns_of(state) if since < day < until]
    return pairwise((since, *turns, until))


def _never_simulated(fact: dict[str, Any]) -> dict[str, Any]:
    """Read a foundation of the first version: there were real districts only."""
    return {**fact, "seed": None}


def _without_duty(fact: dict[str, Any]) -> dict[str, Any]:
    """Read a foundation of the first version: it said nothing of duty and territory."""
    return {**fact, "duty": "", "territory": ""}


def _for_good(fact: dict[str, Any]) -> dict[str, Any]:
    """Read a holder of the first version: nobody held a post for a time."""
    return {**fact, "until": None}


def _row(model: type[Node], state: NodeState, district: UUID, thread: UUID) -> Node:
    extra: dict[str, Any] = {}
    if hasattr(model, "code"):  # a district
        extra = {"code": state.code, "seed": state.seed}
    extra["founded_on"] = state.founded_on  # there is a day: what stands begins with a foundation
    return model(
        id=thread,
        district=district,
        name=state.name,
        kind=state.kind,
        ended_on=state.ended_on,
        **extra,
    )


def _spell_row(start: date, end: date, state: NodeState) -> Row:
    """Return the columns of a spell in the model's order: days, then what the node was."""
    roles = " ".join(state.roles)
    holder = posts.holder_on(state, start)
    return (start, end, state.name, state.kind, state.parent, state.order, holder, roles)
