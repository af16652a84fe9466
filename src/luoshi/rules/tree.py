"""Trees of named nodes in their official order."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar
from uuid import UUID

from luoshi.rules.refusals import Refusal


class Placed(Protocol):
    """A node with a parent and a place among its neighbours."""

    @property
    def id(self) -> UUID:
        """Return the node's id."""
        ...

    @property
    def name(self) -> str:
        """Return the node's name."""
        ...

    @property
    def parent(self) -> UUID | None:
        """Return the node above."""
        ...

    @property
    def order(self) -> int:
        """Return the place in the official order."""
        ...


T = TypeVar("T", bound=Placed)


def in_order(nodes: Iterable[T]) -> list[tuple[T, int]]:
    """Return nodes with their depth, each after its parent, neighbours in the official order.

    A node whose parent is not among them stands at the top, so nothing is lost on days when a
    parent was missing.
    """
    listed = sorted(nodes, key=lambda node: (node.order, node.name))
    known = {node.id for node in listed}
    below: dict[UUID | None, list[T]] = {}
    for node in listed:
        below.setdefault(node.parent if node.parent in known else None, []).append(node)
    found: list[tuple[T, int]] = []
    seen: set[UUID] = set()
    for top in (*below.get(None, []), *listed):  # who stands in a circle is reached from the list
        _go_down(top, below, found, seen)
    return found


def _go_down(
    top: T, below: Mapping[UUID | None, list[T]], found: list[tuple[T, int]], seen: set[UUID]
) -> None:
    """Add a node and all below it that were not seen yet."""
    waiting = [(top, 0)]
    while waiting:
        node, depth = waiting.pop()
        if node.id not in seen:
            seen.add(node.id)
            found.append((node, depth))
            waiting += [(child, depth + 1) for child in reversed(below.get(node.id, []))]


@dataclass(frozen=True, slots=True)
class Under:
    """A node stands under another one (None: at the top) from a day to the day before another."""

    id: UUID
    parent: UUID | None
    since: date
    until: date


class BelowItself(Refusal):
    """It would stand below itself; facts: ``on``, the first day on which it would."""

    code = "below_itself"


def check_no_circle(node: UUID, parent: UUID | None, *, on: date, places: Iterable[Under]) -> None:
    """Judge that a node moves under another one on a day, and all the days that follow.

    ``places`` are those of all nodes as known now. Raises BelowItself.
    """
    known = [place for place in places if place.until > on]
    moves_on = _next_move(node, on, known)
    for day in sorted({on, *(place.since for place in known if on < place.since < moves_on)}):
        above = {place.id: place.parent for place in known if place.since <= day < place.until}
        here, seen = parent, {node}
        while here is not None:
            if here in seen:
                raise BelowItself(on=day)
            seen.add(here)
            here = above.get(here)


def _next_move(node: UUID, on: date, known: Iterable[Under]) -> date:
    """Return the day on which the node moves on to another place, the last day where it stays."""
    mine = sorted((place for place in known if place.id == node), key=lambda place: place.since)
    now = next((place.parent for place in mine if place.since <= on), None)
    return next((p.since for p in mine if p.since > on and p.parent != now), date.max)
