"""Named nodes by date (districts, units, posts, goals): one row, one spell, one projection."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any, ClassVar
from uuid import UUID

from django.db import models

from luoshi.base.codec import Codec, FactKind
from luoshi.base.models import Spell
from luoshi.base.threads import Projected, ThreadKind
from luoshi.rules import nodes as law
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


def node_kind(name: str, row: type[Node], spell: type[NodeSpell]) -> ThreadKind:
    """Declare a kind of node: its facts are ``<name>.founded``, ``<name>.renamed`` and so on."""
    facts = (
        FactKind(f"{name}.district_founded", law.DistrictFounded, 2, {1: _never_simulated}),
        FactKind(f"{name}.founded", law.Founded),
        FactKind(f"{name}.renamed", law.Renamed),
        FactKind(f"{name}.moved", law.Moved),
        FactKind(f"{name}.ordered", law.Ordered),
        FactKind(f"{name}.held", law.Held),
        FactKind(f"{name}.ended", law.Ended),
    )

    def project(
        days: Days[NodeState],
        *,
        district: UUID,
        thread: UUID,
        surroundings: object,
        others: Mapping[UUID, Days[NodeState]],
        memory: object = None,
    ) -> Projected:
        ends = [*(day for day, _ in days[1:]), FAR]
        spells = [
            _spell_row(start, end, state)
            for (start, state), end in zip(days, ends, strict=False)
            if state.ended_on is None
        ]
        return Projected({spell: spells})

    return ThreadKind(
        name=name,
        law=law,
        codec=Codec(facts),
        row=row,
        row_of=partial(_row, row),
        project=project,
        spells=(spell,),
    )


def _never_simulated(fact: dict[str, Any]) -> dict[str, Any]:
    """Read a foundation of the first version: there were real districts only."""
    return {**fact, "seed": None}


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


def _spell_row(start: date, end: date, state: NodeState) -> tuple[Any, ...]:
    """Return the columns of a spell in the model's order: days, then what the node was."""
    roles = " ".join(state.roles)
    return (start, end, state.name, state.kind, state.parent, state.order, state.holder, roles)
