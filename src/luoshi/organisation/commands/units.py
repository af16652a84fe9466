"""Units by date: founded, renamed, moved, ordered, classed, ended."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.organisation import queries, verbs
from luoshi.organisation.commands.recording import Permit, Written, record_all
from luoshi.organisation.projection import UNITS
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import Ended, Founded, Moved, NodeFact, NodeState
from luoshi.rules.organisation import (
    SuccessorItself,
    SuccessorNeeded,
    SuccessorNotInForce,
    UnitUnknown,
)
from luoshi.rules.release import ReleaseSet, check_posts
from luoshi.rules.tree import check_no_circle


def found_unit(
    *,
    unit_id: UUID,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str = "",
    territory: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Found a unit under another.

    Raises NotAllowed outside the office, AlreadyFounded, NameMissing, UnitUnknown.
    """
    fact = Founded(name=name, kind=kind, parent=parent, order=order, note=note, territory=territory)
    permit = partial(check_known, by, parent)
    written = Written(kind=UNITS, thread=unit_id, fact=fact, expected=0, permit=permit)
    return record_all(
        written, verb=verbs.order_organisation, on=on, command_id=command_id, by=by, at=at
    )[0]


def change_unit(
    *,
    unit_id: UUID,
    fact: NodeFact,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Rename, move, order, class, bound or end a unit, or set its way out, from a day on.

    Raises NotAllowed, NotFounded, AlreadyEnded, BelowItself, UnitUnknown, SuccessorNeeded,
    PostNotOfUnit.
    """
    written = Written(
        kind=UNITS,
        thread=unit_id,
        fact=fact,
        expected=expected,
        permit=what_stands_against(by, unit_id, fact, on=on),
    )
    return record_all(
        written, verb=verbs.order_organisation, on=on, command_id=command_id, by=by, at=at
    )[0]


def what_stands_against(by: Visitor, unit: UUID, fact: NodeFact, *, on: date) -> Permit | None:
    """Return what other units, posts and matters say against a fact about a unit."""
    match fact:
        case Moved(parent=parent):
            return partial(check_place, by, unit, parent, on)
        case Ended(successors=successors):
            return partial(check_end, by, unit, successors, on)
        case ReleaseSet():
            return partial(check_way, by, unit, fact, on)
        case _:
            return None


def check_known(by: Visitor, parent: UUID | None, _state: NodeState) -> None:
    """Raise UnitUnknown where the unit above is none of the district."""
    if parent is not None and queries.founded_and_ended(by, parent) is None:
        raise UnitUnknown


def check_place(by: Visitor, unit: UUID, parent: UUID | None, on: date, state: NodeState) -> None:
    """Raise UnitUnknown, and BelowItself on the day or on any day that follows."""
    check_known(by, parent, state)
    places = queries.places_of_units(by, since=on)
    check_no_circle(unit, parent, on=on, places=places)


def check_way(by: Visitor, unit: UUID, way: ReleaseSet, on: date, _state: NodeState) -> None:
    """Raise PostNotOfUnit where a post of a unit's way does not report for it on the day."""
    posts = queries.reporting_posts(by, unit, day=on)
    check_posts(way, [post.id for post in posts], on=on)


def check_end(
    by: Visitor, unit: UUID, successors: Sequence[UUID], on: date, state: NodeState
) -> None:
    """Judge an end with what the unit has on the day.

    Raises SuccessorNeeded where there are matters, holders or units below and nobody takes over;
    SuccessorItself, SuccessorNotInForce.
    """
    if unit in successors:
        raise SuccessorItself
    units = queries.units_visible_to(by, day=on)
    if set(successors) - {one.id for one in units}:
        raise SuccessorNotInForce(on=on)
    if not successors:
        below = sum(one.parent == unit for one in units)
        _check_nothing_left(by, state, unit, below=below, on=on)


def _check_nothing_left(by: Visitor, state: NodeState, unit: UUID, *, below: int, on: date) -> None:
    posts = [post for post in queries.posts_visible_to(by, day=on) if post.home == unit]
    holders = sum(post.holder is not None for post in posts)
    matters = work_left(by, [unit, *(post.id for post in posts)], on=on)
    if matters or holders or below:
        raise SuccessorNeeded(name=state.name, matters=matters, holders=holders, below=below)


def work_left(by: Visitor, of: Collection[UUID], *, on: date) -> int:
    """Return how many open matters some units and posts answer for from a day on."""
    return queries.running_work(by, of, day=on, or_later=True).total
