"""What of a matter stands in a calendar: the day it is due, and each of its nodes."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from luoshi.rules.ledger.state import Answer, MatterState, Standing


class Certainty(StrEnum):
    """How sure a day is; the words of RFC 5545 §3.8.1.11 for an event."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Happening(NamedTuple):
    """One day of a matter; ``key`` names it for ever within the matter, whatever day it moves to.

    ``title`` is that of the node, empty for the day on which the matter is due.
    """

    key: str
    title: str
    day: date
    certainty: Certainty
    is_done: bool


DUE = "due"


def happenings(state: MatterState) -> Iterator[Happening]:
    """Yield the days of a matter as its plan has them; a draft binds nobody and has none.

    What a report says is done counts unless the report was returned. A day that was inferred, and
    any day of a matter that rests, is tentative; those of an abolished one are cancelled.
    """
    plan = state.plan
    if plan is None or state.standing in {Standing.UNKNOWN, Standing.DRAFT}:
        return
    done = _done(state)
    is_closed = state.standing == Standing.CLOSED
    for step in plan.milestones:
        is_done = is_closed or step.key in done
        certainty = _certainty(state, is_inferred=False)
        yield Happening(f"node/{step.key}", step.title, step.due, certainty, is_done)
    if plan.due is not None:
        certainty = _certainty(state, is_inferred=plan.due_inferred)
        yield Happening(DUE, "", plan.due, certainty, is_closed)


def _certainty(state: MatterState, *, is_inferred: bool) -> Certainty:
    if state.standing == Standing.ABOLISHED:
        return Certainty.CANCELLED
    if is_inferred or state.suspended_on is not None:
        return Certainty.TENTATIVE
    return Certainty.CONFIRMED


def _done(state: MatterState) -> frozenset[str]:
    """Return the keys of the nodes that reports say are reached."""
    reports = (one for one in state.reports.values() if one.answer != Answer.REFUSED)
    return frozenset(step.key for one in reports for step in one.fact.milestones_done)
