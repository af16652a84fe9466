"""Units that end and hand over: merges, splits, and plain ends, each one command."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.base.threads import ThreadKind
from luoshi.organisation import queries, verbs
from luoshi.organisation.commands.recording import Written, in_turn, record_all
from luoshi.organisation.commands.units import check_end, check_known
from luoshi.organisation.projection import POSTS, UNITS
from luoshi.organisation.queries import UnitOn
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import Ended, Founded, Moved, NodeFact, NodeState
from luoshi.rules.organisation import SuccessorNotInForce, TooFewUnits
from luoshi.rules.posts import Recalled
from luoshi.rules.tree import BelowItself


@dataclass(frozen=True, slots=True, kw_only=True)
class NewUnit:
    """A unit that begins on the day on which others end."""

    name: str
    kind: str
    parent: UUID | None
    order: int
    territory: str = ""


def end_unit(
    *,
    unit_id: UUID,
    successors: Sequence[UUID] = (),
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> list[Entry[Any]]:
    """End a unit; its posts and the units below go over to the first of its successors.

    Without successors its posts end with it. Raises NotAllowed, SuccessorNeeded, SuccessorItself,
    SuccessorNotInForce, AlreadyEnded.
    """
    ended = Written(
        kind=UNITS,
        thread=unit_id,
        fact=Ended(successors=tuple(successors)),
        expected=expected,
        permit=partial(check_end, by, unit_id, successors, on),
    )
    heir = successors[0] if successors else None
    return _hand_over([], [ended], heir, on=on, command_id=command_id, by=by, at=at)


def merge_units(
    *,
    unit_ids: Sequence[UUID],
    into: NewUnit | UUID,
    on: date,
    expected: dict[UUID, int],
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> list[Entry[Any]]:
    """Join units into a new one or one of the known ones; posts and units below follow.

    ``expected`` is the last entry of each unit that ends. Raises TooFewUnits,
    SuccessorNotInForce, BelowItself, and what stands against a foundation.
    """
    ending = [unit for unit in dict.fromkeys(unit_ids) if unit != into]
    if len(ending) < (2 if isinstance(into, NewUnit) else 1):
        raise TooFewUnits(least=2)
    made = unit_made(command_id, 0)
    begun = [] if isinstance(into, UUID) else [_begun(by, into, made, ending, on=on)]
    heir = into if isinstance(into, UUID) else made
    ended = [
        Written(
            kind=UNITS,
            thread=unit,
            fact=Ended(successors=(heir,)),
            expected=expected.get(unit, 0),
            permit=None if begun else partial(_check_heir, by, heir, on),
        )
        for unit in ending
    ]
    return _hand_over(begun, ended, heir, on=on, command_id=command_id, by=by, at=at)


def split_unit(
    *,
    unit_id: UUID,
    into: Sequence[NewUnit],
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> list[Entry[Any]]:
    """End a unit and begin several in its place; posts and units below follow to the first.

    Raises TooFewUnits, AlreadyEnded, and what stands against a foundation.
    """
    if len(into) < 2:
        raise TooFewUnits(least=2)
    made = [unit_made(command_id, place) for place in range(len(into))]
    begun = [_begun(by, unit, made[place], [unit_id], on=on) for place, unit in enumerate(into)]
    ended = Written(
        kind=UNITS, thread=unit_id, fact=Ended(successors=tuple(made)), expected=expected
    )
    return _hand_over(begun, [ended], made[0], on=on, command_id=command_id, by=by, at=at)


def _hand_over(
    begun: Sequence[Written],
    ended: Sequence[Written],
    heir: UUID | None,
    *,
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> list[Entry[Any]]:
    """Record who begins, who ends, and what goes over from these to the heir."""
    ending = [one.thread for one in ended]
    with in_turn(by):
        followers = _followers(by, ending, heir, on=on, command_id=command_id)
        return record_all(
            *begun, *ended, *followers,
            verb=verbs.order_organisation, on=on, command_id=command_id, by=by, at=at,
        )  # fmt: skip


def unit_made(command_id: UUID, place: int) -> UUID:
    """Return the id of a unit that a merge or split begins, ``place`` counting from 0."""
    return uuid5(command_id, f"unit/{place}")


def _begun(
    by: Actor, unit: NewUnit, unit_id: UUID, ending: Collection[UUID], *, on: date
) -> Written:
    """Return the foundation of a unit. Raises BelowItself under one that ends."""
    if unit.parent in ending:
        raise BelowItself(on=on)
    fact = Founded(
        name=unit.name, kind=unit.kind, parent=unit.parent, order=unit.order,
        territory=unit.territory,
    )  # fmt: skip
    permit = partial(check_known, by, unit.parent)
    return Written(kind=UNITS, thread=unit_id, fact=fact, expected=0, permit=permit)


def _check_heir(by: Actor, heir: UUID, on: date, _state: NodeState) -> None:
    """Raise SuccessorNotInForce where the unit that takes over does not exist on the day."""
    if all(unit.id != heir for unit in queries.units_visible_to(by, day=on)):
        raise SuccessorNotInForce(on=on)


def _followers(
    by: Actor, ending: Iterable[UUID], heir: UUID | None, *, on: date, command_id: UUID
) -> list[Written]:
    """Return what happens to the posts and the units below: they go over to the heir.

    Without an heir the posts end; posts lent to who ends come home. A command that comes again
    finds what it found the first time.
    """
    gone = frozenset(ending)
    known_at = queries.known_before(by, command_id)
    posts = queries.posts_visible_to(by, day=on, known_at=known_at)
    units = queries.units_visible_to(by, day=on, known_at=known_at)
    own = [post for post in posts if post.home in gone]
    lent = [post for post in posts if post.unit in gone and post.home not in gone]
    below = [unit for unit in units if unit.parent in gone and unit.id not in gone]
    last = queries.last_entries([*(one.id for one in (*own, *lent)), *(one.id for one in below)])
    over = Ended() if heir is None else Moved(parent=heir)
    told: list[tuple[ThreadKind, UUID, NodeFact]] = [(POSTS, post.id, over) for post in own]
    told += [(POSTS, post.id, _home_again(by, post.id, on, known_at)) for post in lent]
    told += [
        (UNITS, unit.id, Moved(parent=_place(unit.id, heir, gone, units)))
        for unit in below
        if heir is not None
    ]
    return [
        Written(kind=kind, thread=thread, fact=fact, expected=last[thread])
        for kind, thread, fact in told
    ]


def _home_again(by: Actor, post: UUID, on: date, known_at: int | None) -> Recalled:
    """Return the end of the loan that runs on the day."""
    state = queries.post_state(by, post, day=on, known_at=known_at)
    return Recalled(key=next(span.key for span in state.loans if span.first <= on <= span.last))


def _place(unit: UUID, heir: UUID, gone: Collection[UUID], units: Sequence[UnitOn]) -> UUID | None:
    """Return under whom a unit goes whose own ends: the heir, unless that stands below it.

    Then it is the nearest one above that goes on.
    """
    if heir not in queries.units_below(units, [unit]):
        return heir
    parents = {one.id: one.parent for one in units}
    above = parents.get(unit)
    while above is not None and above in gone:
        above = parents.get(above)
    return above
