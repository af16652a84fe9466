"""Posts by date: founded, charged, held, delegated, lent, ended."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb
from luoshi.organisation import queries, verbs
from luoshi.organisation.commands.recording import Permit, Written, record_all
from luoshi.organisation.commands.units import check_known, work_left
from luoshi.organisation.projection import POSTS
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import Ended, Founded, Moved, NodeFact, NodeState
from luoshi.rules.organisation import SuccessorItself, SuccessorNeeded, SuccessorNotInForce
from luoshi.rules.posts import Charged, Delegated, Held, Lent, Recalled
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.rights import ADMINISTRATORS
from luoshi.rules.separation import check_apart


def found_post(
    *,
    post_id: UUID,
    name: str,
    unit: UUID,
    order: int,
    roles: tuple[str, ...] = (),
    duty: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Found a post of a unit with the roles it carries.

    Raises NotAllowed outside the office, AdministratorsMixed, AdministratorInTheLedger.
    """
    fact = Founded(name=name, kind="post", parent=unit, order=order, roles=roles, duty=duty)
    return _record(post_id, fact, on=on, expected=0, command_id=command_id, by=by, at=at)


def change_post(
    *,
    post_id: UUID,
    fact: NodeFact,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Rename, move, order, charge, lend or end a post from a day on.

    Raises NotAllowed outside the office, and what stands against the fact.
    """
    return _record(post_id, fact, on=on, expected=expected, command_id=command_id, by=by, at=at)


def hold_post(
    *,
    post_id: UUID,
    person: UUID | None,
    acting: bool = False,
    until: date | None = None,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Give a post to a person from a day on, for good or until a last day, or leave it vacant.

    Raises NotAllowed, NotFounded, AlreadyEnded, DaysTurned, AdministratorsMixed,
    AdministratorInTheLedger.
    """
    fact = Held(person=person, acting=acting, until=until)
    return _record(post_id, fact, on=on, expected=expected, command_id=command_id, by=by, at=at)


def delegate_post(
    *,
    post_id: UUID,
    person: UUID,
    first: date,
    last: date,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Let a person act for the holder from a day to a day; on the day after it is over by itself.

    The office does it, or the holder. Raises NotAllowed, NobodyHolds, OwnDelegate, GivenAlready,
    DaysTurned, BeginsBeforeItsEntry, AdministratorsMixed, AdministratorInTheLedger.
    """
    fact = Delegated(key=command_id, person=person, first=first, last=last)
    return _record(
        post_id, fact, verb=verbs.delegate_post,
        on=on, expected=expected, command_id=command_id, by=by, at=at,
    )  # fmt: skip


def recall(
    *,
    post_id: UUID,
    key: UUID,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """End a delegation or loan from a day on. Raises NotAllowed, NothingToRecall."""
    fact = Recalled(key=key)
    return _record(
        post_id, fact, verb=verbs.delegate_post,
        on=on, expected=expected, command_id=command_id, by=by, at=at,
    )  # fmt: skip


def _record(
    post: UUID,
    fact: NodeFact,
    *,
    verb: Verb = verbs.order_organisation,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Record a fact about a post; ``verb`` is judged on who holds it on the day of recording."""
    written = Written(
        kind=POSTS,
        thread=post,
        fact=fact,
        expected=expected,
        permit=what_stands_against(by, post, fact, on=on),
    )
    held = queries.post_named(by, post, day=on) if verb is verbs.delegate_post else None
    return record_all(written, verb=verb, of=held, on=on, command_id=command_id, by=by, at=at)[0]


def what_stands_against(by: Visitor, post: UUID, fact: NodeFact, *, on: date) -> Permit | None:
    """Return what other posts, units and matters say against a fact about a post.

    Who is one of the three administrators is named by an administrator and agreed to by the others
    (room accounts): here such a post is neither filled nor charged, lent or ended.
    """
    said = _said_by_others(by, post, fact, on)
    if isinstance(fact, Held | Delegated | Charged | Lent | Ended) and _is_of_the_three(
        by, post, on
    ):
        return partial(_leave_to_administrators, said)
    return said


def _said_by_others(by: Visitor, post: UUID, fact: NodeFact, on: date) -> Permit | None:
    match fact:
        case Founded(parent=unit, roles=roles):
            return partial(_check_founded, by, unit, roles)
        case Moved(parent=unit) | Lent(unit=unit):
            return partial(check_known, by, unit)
        case Held(person=person) | Delegated(person=person) if person is not None:
            return partial(_check_person, by, post, person, on)
        case Charged(roles=roles):
            return partial(_check_charge, by, post, roles, on)
        case Ended(successors=successors):
            return partial(check_end, by, post, successors, on)
        case _:
            return None


def _check_founded(by: Visitor, unit: UUID | None, roles: Sequence[str], state: NodeState) -> None:
    check_known(by, unit, state)
    check_apart([roles])
    _check_of_the_ledger(roles)


def _is_of_the_three(by: Visitor, post: UUID, on: date) -> bool:
    ahead = queries.post_ahead(by, post, since=on)
    return any(ADMINISTRATORS & set(one.roles) for one in ahead)


def _leave_to_administrators(said: Permit | None, state: NodeState) -> None:
    if said is not None:
        said(state)
    raise NotAllowed(verb="appoint_administrator")


def _check_of_the_ledger(roles: Sequence[str]) -> None:
    """Raise NotAllowed where a post would carry a role of the three administrators."""
    if ADMINISTRATORS & set(roles):
        raise NotAllowed(verb="appoint_administrator")


def _check_person(by: Visitor, post: UUID, person: UUID, on: date, _state: NodeState) -> None:
    """Hold the post's roles from the day on against all the person acts for from then on."""
    mine = [one.roles for one in queries.post_ahead(by, post, since=on)]
    others = queries.roles_held(by, [person], since=on, besides=post)
    check_apart([*mine, *others[person]])


def _check_charge(
    by: Visitor, post: UUID, roles: Sequence[str], on: date, _state: NodeState
) -> None:
    """Hold new roles against all that holders and delegates act for from the day on."""
    check_apart([roles])
    ahead = queries.post_ahead(by, post, since=on)
    persons = frozenset[UUID]().union(*(one.persons for one in ahead))
    others = queries.roles_held(by, persons, since=on, besides=post)
    for held in others.values():
        check_apart([roles, *held])
    _check_of_the_ledger(roles)


def check_end(
    by: Visitor, post: UUID, successors: Sequence[UUID], on: date, state: NodeState
) -> None:
    """Raise SuccessorNeeded where matters are left, SuccessorItself, SuccessorNotInForce."""
    if post in successors:
        raise SuccessorItself
    if set(successors) - {one.id for one in queries.posts_visible_to(by, day=on)}:
        raise SuccessorNotInForce(on=on)
    matters = 0 if successors else work_left(by, [post], on=on)
    if matters:
        raise SuccessorNeeded(name=state.name, matters=matters, holders=0, below=0)
