"""Every write of the organisation."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base.journal import Actor, Change, Command, record
from luoshi.base.models import Line
from luoshi.base.threads import ThreadKind
from luoshi.organisation import verbs
from luoshi.organisation.models import Account
from luoshi.organisation.projection import DISTRICTS, POSTS, UNITS
from luoshi.rules import nodes
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import NodeFact, NodeState


def node_change(
    kind: ThreadKind, thread: UUID, fact: NodeFact, *, on: date, expected: int
) -> Change:
    """Return the change that a fact about a node asks for."""

    def decide(state: NodeState) -> NodeFact:
        nodes.check(state, fact, on)
        return fact

    return Change(kind=kind, thread=thread, decide=decide, on=on, expected=expected)


def found_district(
    *,
    code: str,
    name: str,
    seed: int | None = None,
    on: date,
    command_id: UUID,
    person: UUID,
    at: datetime,
) -> Entry[Any]:
    """Found a district and its number line; its id is drawn from the command.

    ``seed``: of a simulated district. Raises AlreadyFounded.
    """
    district = uuid5(command_id, "district")
    founder = Actor(district=district, person=person, roles=frozenset({"office"}))
    fact = nodes.DistrictFounded(code=code, name=name, seed=seed)
    change = node_change(DISTRICTS, district, fact, on=on, expected=0)
    with transaction.atomic():
        Line.objects.get_or_create(pk=district)
        return record(change, command=Command(id=command_id, by=founder, at=at))[0]


def found_unit(
    *,
    unit_id: UUID,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Found a unit under another.

    Raises NotAllowed outside the office, AlreadyFounded, NameMissing.
    """
    fact = nodes.Founded(name=name, kind=kind, parent=parent, order=order, note=note)
    return _record_node(
        UNITS, unit_id, fact, on=on, expected=0, command_id=command_id, by=by, at=at
    )


def found_post(
    *,
    post_id: UUID,
    name: str,
    unit: UUID,
    order: int,
    roles: tuple[str, ...] = (),
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Found a post of a unit with the roles it carries. Raises NotAllowed outside the office."""
    fact = nodes.Founded(name=name, kind="post", parent=unit, order=order, roles=roles)
    return _record_node(
        POSTS, post_id, fact, on=on, expected=0, command_id=command_id, by=by, at=at
    )


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
    """Rename, move, order or end a unit from a day on.

    Raises NotAllowed, NotFounded, AlreadyEnded.
    """
    return _record_node(
        UNITS, unit_id, fact, on=on, expected=expected, command_id=command_id, by=by, at=at
    )


def hold_post(
    *,
    post_id: UUID,
    person: UUID | None,
    acting: bool = False,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    """Give a post to a person from a day on, or leave it vacant.

    Raises NotAllowed, NotFounded, AlreadyEnded.
    """
    fact = nodes.Held(person=person, acting=acting)
    return _record_node(
        POSTS, post_id, fact, on=on, expected=expected, command_id=command_id, by=by, at=at
    )


def _record_node(
    kind: ThreadKind,
    thread: UUID,
    fact: NodeFact,
    *,
    on: date,
    expected: int,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> Entry[Any]:
    verbs.order_organisation.check(by)
    change = node_change(kind, thread, fact, on=on, expected=expected)
    return record(change, command=Command(id=command_id, by=by, at=at))[0]


def make_account(
    *,
    login: str,
    password: str | None,
    person: UUID,
    district: UUID | None,
    made_by_demo: bool = False,
) -> Account:
    """Make an account; without a password it can only be entered where sign-in by post is open."""
    account = Account(login=login, person=person, district=district, made_by_demo=made_by_demo)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save(force_insert=True)
    return account
