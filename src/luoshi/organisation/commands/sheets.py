"""What a sheet of units and posts changes, written through the same commands as single acts."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base.journal import Actor
from luoshi.organisation import queries
from luoshi.organisation.commands.posts import change_post, found_post
from luoshi.organisation.commands.units import change_unit, found_unit
from luoshi.organisation.judging import Difference
from luoshi.organisation.sheets import Part
from luoshi.rules.nodes import Bounded, Classed, Moved, NodeFact, Ordered, Renamed
from luoshi.rules.posts import Charged


class _Hand(TypedDict):
    on: date
    command_id: UUID
    by: Actor
    at: datetime


@transaction.atomic
def write_differences(
    *, differences: Sequence[Difference], on: date, command_id: UUID, by: Actor, at: datetime
) -> int:
    """Write what a sheet changes, all of it or nothing; returns how many facts.

    Each fact is a command of its own, its id drawn from this one. Raises what the commands raise.
    """
    made = {one.key: uuid5(command_id, one.key) for one in differences if one.node is None}
    for place, one in enumerate(differences):
        hand = _Hand(on=on, command_id=uuid5(command_id, f"difference/{place}"), by=by, at=at)
        _write(one, made, hand)
    return len(differences)


def _write(one: Difference, made: dict[str, UUID], hand: _Hand) -> None:
    if one.node is None:
        _found(one, made, hand)
        return
    expected = queries.last_entries([one.node])[one.node]
    fact = _fact(one, made)
    if one.part is Part.UNITS:
        change_unit(unit_id=one.node, fact=fact, expected=expected, **hand)
    else:
        change_post(post_id=one.node, fact=fact, expected=expected, **hand)


def _found(one: Difference, made: dict[str, UUID], hand: _Hand) -> None:
    said = one.value
    if one.part is Part.UNITS:
        found_unit(
            unit_id=made[one.key], name=said["name"], kind=said["kind"],
            parent=_above(said["parent"], made), order=said["order"],
            territory=said["territory"], **hand,
        )  # fmt: skip
        return
    found_post(
        post_id=made[one.key], name=said["name"], unit=_unit(said["parent"], made),
        order=said["order"], roles=said["roles"], duty=said["duty"], **hand,
    )  # fmt: skip


def _fact(one: Difference, made: dict[str, UUID]) -> NodeFact:
    match one.verb:
        case "rename":
            return Renamed(name=one.value)
        case "move":
            return Moved(parent=_above(one.value, made))
        case "order":
            return Ordered(order=one.value)
        case "classify":
            return Classed(kind=one.value)
        case "bound":
            return Bounded(territory=one.value)
        case _:
            duty, roles = one.value
            return Charged(duty=duty, roles=roles)


def _above(key: str, made: dict[str, UUID]) -> UUID | None:
    """Return the unit above that a key stands for; none at the top."""
    return _unit(key, made) if key else None


def _unit(key: str, made: dict[str, UUID]) -> UUID:
    """Return the unit that a key stands for: one made by this sheet, or a known one."""
    return made.get(key) or UUID(key)
