"""The law of named nodes (districts, units, posts, goals).

Ids stay; names, parents and official order are by date. What is a post's alone stands in
``posts``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.rules import posts
from luoshi.rules.journal import Entry
from luoshi.rules.posts import Charged, Delegated, Held, Lent, PostFact, Recalled, Span
from luoshi.rules.refusals import Refusal
from luoshi.rules.release import ReleaseSet, check_way

LONGEST_NAME = 100
"""Of a unit, a post, a territory; unit: characters."""


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


class TerritoryTooLong(Refusal):
    """A territory is told in at most 100 characters; facts: ``length``."""

    code = "territory_too_long"


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
    """A unit, post or goal begins: its name, kind, what it stands under, its place in the order.

    ``roles`` and ``duty`` are a post's, ``territory`` (辖区, in words) is a unit's.
    """

    name: str
    kind: str
    parent: UUID | None = None
    order: int = 0
    note: str = ""
    roles: tuple[str, ...] = ()
    duty: str = ""
    territory: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """Another name from that day on."""

    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Classed:
    """Another kind of unit from that day on."""

    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounded:
    """Another territory of a unit from that day on, in words; empty where it has none."""

    territory: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """It stands under another one from that day on."""

    parent: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordered:
    """Another place in the official order (单位排序)."""

    order: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """It is no more from that day on; ``successors`` take over."""

    successors: tuple[UUID, ...] = ()


NodeFact = (
    DistrictFounded
    | Founded
    | Renamed
    | Classed
    | Bounded
    | Moved
    | Ordered
    | Ended
    | PostFact
    | ReleaseSet
)


@dataclass(frozen=True, slots=True)
class NodeState:
    """A district, unit, post or goal node on a day; ``way`` is how a unit lets submissions out."""

    name: str = ""
    kind: str = ""
    parent: UUID | None = None
    order: int = 0
    note: str = ""
    code: str = ""
    seed: int | None = None
    territory: str = ""
    way: ReleaseSet | None = None
    duty: str = ""
    roles: tuple[str, ...] = ()
    holder: UUID | None = None
    acting: bool = False
    until: date | None = None
    delegations: tuple[Span, ...] = ()
    loans: tuple[Span, ...] = ()
    founded_on: date | None = None
    ended_on: date | None = None


def initial() -> NodeState:
    """Return the state before the foundation."""
    return NodeState()


def applied(state: NodeState, entry: Entry[Any]) -> NodeState:
    """Return the state after an entry."""
    step: _Step = STEPS[type(entry.fact)]
    return step(state, entry.fact, entry.on)


_Step = Callable[[NodeState, Any, date], NodeState]


def _district(_state: NodeState, fact: DistrictFounded, on: date) -> NodeState:
    return NodeState(name=fact.name, kind="district", code=fact.code, seed=fact.seed, founded_on=on)


def _begun(_state: NodeState, fact: Founded, on: date) -> NodeState:
    return NodeState(
        name=fact.name,
        kind=fact.kind,
        parent=fact.parent,
        order=fact.order,
        note=fact.note,
        roles=fact.roles,
        duty=fact.duty,
        territory=fact.territory,
        founded_on=on,
    )


def _held(state: NodeState, fact: Held, on: date) -> NodeState:
    """Another holder; what the one before delegated is over with him."""
    stays = fact.person is not None and fact.person == posts.holder_on(state, on)
    return replace(
        state,
        holder=fact.person,
        acting=fact.acting,
        until=fact.until,
        delegations=state.delegations if stays else posts.ended(state.delegations, on),
    )


def _delegated(state: NodeState, fact: Delegated, _on: date) -> NodeState:
    return replace(state, delegations=(*state.delegations, posts.span_of(fact)))


def _lent(state: NodeState, fact: Lent, _on: date) -> NodeState:
    return replace(state, loans=(*state.loans, posts.span_of(fact)))


def _recalled(state: NodeState, fact: Recalled, on: date) -> NodeState:
    return replace(
        state,
        delegations=posts.ended(state.delegations, on, key=fact.key),
        loans=posts.ended(state.loans, on, key=fact.key),
    )


STEPS: Mapping[type, _Step] = {
    DistrictFounded: _district,
    Founded: _begun,
    Renamed: lambda state, fact, _on: replace(state, name=fact.name),
    Classed: lambda state, fact, _on: replace(state, kind=fact.kind),
    Bounded: lambda state, fact, _on: replace(state, territory=fact.territory),
    Moved: lambda state, fact, _on: replace(state, parent=fact.parent),
    Ordered: lambda state, fact, _on: replace(state, order=fact.order),
    Charged: lambda state, fact, _on: replace(state, duty=fact.duty, roles=fact.roles),
    Held: _held,
    Delegated: _delegated,
    Lent: _lent,
    Recalled: _recalled,
    ReleaseSet: lambda state, fact, _on: replace(state, way=fact),
    Ended: lambda state, _fact, on: replace(state, ended_on=on),
}


def check(state: NodeState, fact: NodeFact, on: date) -> None:
    """Raise AlreadyFounded, NotFounded, AlreadyEnded or what stands against the fact itself."""
    if isinstance(fact, DistrictFounded | Founded):
        if state.founded_on is not None:
            raise AlreadyFounded(name=state.name)
    elif state.founded_on is None:
        raise NotFounded
    elif state.ended_on is not None:
        raise AlreadyEnded(name=state.name, ended_on=state.ended_on)
    for judge in CHECKS.get(type(fact), ()):
        judge(state, fact, on)


def _check_name(_state: NodeState, fact: DistrictFounded | Founded | Renamed, _on: date) -> None:
    if not 0 < len(fact.name.strip()) <= LONGEST_NAME:
        raise NameMissing(length=len(fact.name))


def _check_territory(_state: NodeState, fact: Founded | Bounded, _on: date) -> None:
    if len(fact.territory) > LONGEST_NAME:
        raise TerritoryTooLong(length=len(fact.territory))


def _check_way(_state: NodeState, fact: ReleaseSet, _on: date) -> None:
    check_way(fact)


CHECKS: Mapping[type, tuple[Callable[[NodeState, Any, date], None], ...]] = {
    DistrictFounded: (_check_name,),
    Founded: (_check_name, _check_territory),
    Renamed: (_check_name,),
    Bounded: (_check_territory,),
    Held: (posts.check_held,),
    Delegated: (posts.check_delegated,),
    Lent: (posts.check_lent,),
    Recalled: (posts.check_recalled,),
    ReleaseSet: (_check_way,),
}
"""What stands against a fact besides its time."""

PARTS: Mapping[type, frozenset[str]] = {
    Renamed: frozenset({"name"}),
    Classed: frozenset({"kind"}),
    Bounded: frozenset({"territory"}),
    Moved: frozenset({"parent"}),
    Ordered: frozenset({"order"}),
    Charged: frozenset({"charge"}),
    Held: frozenset({"holder"}),
    Delegated: frozenset({"holder", "delegation"}),  # who holds it gives it
    Lent: frozenset({"loan"}),
    Recalled: frozenset({"delegation", "loan"}),
    ReleaseSet: frozenset({"release"}),
    Ended: frozenset({"end"}),
}
EVERYTHING = frozenset().union(*PARTS.values())


def touched(fact: NodeFact) -> frozenset[str]:
    """Return the parts of the node that a fact speaks of."""
    return PARTS.get(type(fact), EVERYTHING)
