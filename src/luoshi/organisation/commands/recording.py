"""How every write of the organisation is recorded: one order of writing for a whole district."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.base.journal import Actor, Change, Command, record
from luoshi.base.models import Thread
from luoshi.base.threads import ThreadKind
from luoshi.base.verbs import Verb
from luoshi.rules import nodes
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import NodeFact, NodeState

Permit = Callable[[NodeState], None]


def node_change(
    kind: ThreadKind,
    thread: UUID,
    fact: NodeFact,
    *,
    on: date,
    expected: int,
    permit: Permit | None = None,
) -> Change:
    """Return the change that a fact about a node asks for.

    ``permit`` holds what other threads say against it: it is asked once, not of the same command
    that comes again.
    """

    def decide(state: NodeState) -> NodeFact:
        nodes.check(state, fact, on)
        return fact

    return Change(kind=kind, thread=thread, decide=decide, on=on, expected=expected, permit=permit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One fact about one unit or post; ``expected`` is the thread's last entry as seen."""

    kind: ThreadKind
    thread: UUID
    fact: NodeFact
    expected: int
    permit: Permit | None = None


def record_all(
    *facts: Written, verb: Verb, of: Any = None, on: date, command_id: UUID, by: Actor, at: datetime
) -> list[Entry[Any]]:
    """Record facts about units and posts under one command, all of them or none."""
    verb.check(by, of)
    changes = [
        node_change(one.kind, one.thread, one.fact, on=on, expected=one.expected, permit=one.permit)
        for one in facts
    ]
    with in_turn(by):
        return record(*changes, command=Command(id=command_id, by=by, at=at))


@contextmanager
def in_turn(by: Actor) -> Iterator[None]:
    """A stretch through which the writers of one district's organisation go one after another.

    What other units and posts say against a fact is read here, and must stay so until it is
    written. Each locks the district's own thread before any other.
    """
    with transaction.atomic():
        list(Thread.objects.select_for_update().filter(pk=by.district))
        yield
