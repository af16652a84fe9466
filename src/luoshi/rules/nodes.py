"""The law of named nodes (districts, units, posts, goals).

Ids stay; names, parents and official order are by date.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.rules.journal import Entry
from luoshi.rules.refusals import Refusal


class AlreadyFounded(Refusal):
    """It exists already; facts: ``name``."""

    code = "already_founded"


class NotFounded(Refusal):
    """It does not exist yet on that day."""

    code = "not_founded"


class AlreadyEnded(Refusal):
    """It has ended; facts: ``name``, ``ended_on``."""

    code = "already_ended"


class NameMissing(Refusal):
    """A name of one to 100 characters is needed; facts: ``length``."""

    code = "name_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictFounded:
    """A district keeps a ledger; ``code`` is its division code (GB/T 2260) where known.

    ``seed`` makes it a simulated one: all that its ledger says is drawn from that number, nothing
    of it happened. None for a real district.
    """

    code: str
    name: str
    seed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Founded:
    """A unit, post or goal begins: its name, kind, what it stands under, its place in the order."""

    name: str
    kind: str
    parent: UUID | None = None
    order: int = 0
    note: str = ""
    roles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """Another name from that day on."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """It stands under another one from that day on."""

    parent: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Another place in the official order (单位排序)."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A person (random id) holds the post from that day on; None leaves it vacant."""

    person: UUID | None
    acting: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """It is no more from that day on; ``successors`` take over."""

    successors: tuple[UUID, ...] = ()


NodeFact = DistrictFounded | Founded | Renamed | Moved | Ordered | Held | Ended


@dataclass(frozen=True, slots=True)
class NodeState:
    """A district, unit, post or goal node on a day."""

    name: str = ""
    kind: str = ""
    parent: UUID | None = None
    order: int = 0
    note: str = ""
    code: str = ""
    seed: int | None = None
    roles: tuple[str, ...] = ()
    holder: UUID | None = None
    acting: bool = False
    founded_on: date | None = None
    ended_on: date | None = None


def initial() -> NodeState:
    """Return the state before the foundation."""
    return NodeState()


def applied(state: NodeState, entry: Entry[Any]) -> NodeState:
    """Return the state after an entry."""
    match entry.fact:
        case DistrictFounded(code=code, name=name, seed=seed):
            return NodeState(name=name, kind="district", code=code, seed=seed, founded_on=entry.on)
        case Founded() as begun:
            return _begun(begun, entry.on)
        case Renamed(name=name):
            return replace(state, name=name)
        case Moved(parent=parent):
            return replace(state, parent=parent)
        case Ordered(order=order):
            return replace(state, order=order)
        case Held(person=person, acting=acting):
            return replace(state, holder=person, acting=acting)
        case _:
            return replace(state, ended_on=entry.on)


def _begun(fact: Founded, on: date) -> NodeState:
    return NodeState(
        name=fact.name,
        kind=fact.kind,
        parent=fact.parent,
        order=fact.order,
        note=fact.note,
        roles=fact.roles,
        founded_on=on,
    )


def check(state: NodeState, fact: NodeFact, _on: date) -> None:
    """Raise AlreadyFounded, NotFounded, AlreadyEnded or NameMissing where the fact cannot stand."""
    if isinstance(fact, DistrictFounded | Founded):
        if state.founded_on is not None:
            raise AlreadyFounded(name=state.name)
    elif state.founded_on is None:
        raise NotFounded
    elif state.ended_on is not None:
        raise AlreadyEnded(name=state.name, ended_on=state.ended_on)
    if (
        isinstance(fact, DistrictFounded | Founded | Renamed)
        and not 0 < len(fact.name.strip()) <= 100
    ):
        raise NameMissing(length=len(fact.name))


def touched(fact: NodeFact) -> frozenset[str]:
    """Return the part of the node that a fact speaks of."""
    if isinstance(fact, DistrictFounded | Founded):
        return frozenset({"name", "parent", "order", "holder", "end"})
    names: dict[type, str] = {
        Renamed: "name",
        Moved: "parent",
        Ordered: "order",
        Held: "holder",
        Ended: "end",
    }
    return frozenset({names[type(fact)]})
