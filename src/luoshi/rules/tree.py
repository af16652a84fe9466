"""Trees of named nodes in their official order."""

from collections.abc import Iterable, Mapping
from typing import Protocol, TypeVar
from uuid import UUID


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
