"""Every write of the goal tree: its nodes are data, valid by date."""

from typing import Any
from uuid import UUID

from luoshi.base.journal import record
from luoshi.ledger.commands.recording import Sent
from luoshi.ledger.projection import GOALS
from luoshi.organisation import verbs
from luoshi.organisation.commands import node_change
from luoshi.rules import nodes
from luoshi.rules.journal import Entry


def found_goal(
    *,
    goal_id: UUID,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str = "",
    sent: Sent,
) -> Entry[Any]:
    """Begin a goal, pillar, campaign, line of effort or board.

    Raises NotAllowed outside the office.
    """
    fact = nodes.Founded(name=name, kind=kind, parent=parent, order=order, note=note)
    return _record(goal_id, fact, sent)


def change_goal(*, goal_id: UUID, fact: nodes.NodeFact, sent: Sent) -> Entry[Any]:
    """Rename, move, order or end a goal from a day on.

    Raises NotAllowed, NotFounded, AlreadyEnded.
    """
    return _record(goal_id, fact, sent)


def end_goal(*, goal_id: UUID, sent: Sent) -> Entry[Any]:
    """End a goal: from that day on it is no node of the tree."""
    return _record(goal_id, nodes.Ended(), sent)


def _record(goal_id: UUID, fact: nodes.NodeFact, sent: Sent) -> Entry[Any]:
    verbs.order_organisation.check(sent.by)
    change = node_change(GOALS, goal_id, fact, on=sent.on, expected=sent.expected)
    return record(change, command=sent.command)[0]
