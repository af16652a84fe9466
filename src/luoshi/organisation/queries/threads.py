"""The journal's side of units and posts: their entries, states and last numbers."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.models import JournalEntry, Thread
from luoshi.base.threads import ThreadKind, entries_of
from luoshi.organisation.projection import POSTS, UNITS
from luoshi.organisation.queries.districts import Visitor
from luoshi.rules import nodes
from luoshi.rules.journal import Entry, standing, state_on
from luoshi.rules.nodes import NodeState


def last_entries(threads: Collection[UUID]) -> dict[UUID, int]:
    """Return the number of the last entry of some threads, 0 where there is none."""
    rows = Thread.objects.filter(pk__in=threads).values_list("pk", "last_number")
    return dict.fromkeys(threads, 0) | dict(rows)


def known_before(visitor: Visitor, command_id: UUID) -> int | None:
    """Return the number before a command's first entry; None where it was not recorded yet."""
    rows = JournalEntry.objects.filter(district=visitor.district, command_id=command_id)
    first = min(rows.values_list("number", flat=True), default=None)
    return None if first is None else first - 1


def unit_record(visitor: Visitor, unit: UUID) -> list[Entry[Any]]:
    """Return the standing entries of a unit in the order in which they speak."""
    return standing(_entries(visitor, unit, UNITS))


def post_record(visitor: Visitor, post: UUID) -> list[Entry[Any]]:
    """Return the standing entries of a post in the order in which they speak."""
    return standing(_entries(visitor, post, POSTS))


def post_state(
    visitor: Visitor, post: UUID, *, day: date, known_at: int | None = None
) -> NodeState:
    """Return a post's state on a day; the initial state where it did not exist."""
    return state_on(_entries(visitor, post, POSTS), day, law=nodes, known_at=known_at)


def _entries(visitor: Visitor, thread: UUID, kind: ThreadKind) -> list[Entry[Any]]:
    """Return the entries of a thread of the visitor's district and of this kind, else none."""
    here = Thread.objects.filter(pk=thread, district=visitor.district, kind=kind.name)
    return entries_of(thread, kind) if here.exists() else []


def unit_state(visitor: Visitor, unit: UUID, *, day: date) -> NodeState:
    """Return a unit's state on a day; the initial state where it did not exist."""
    return state_on(_entries(visitor, unit, UNITS), day, law=nodes)
