"""The three administrators: named by one, agreed to by the others, each kept to his own."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.accounts import queries, verbs
from luoshi.accounts.commands.links import make_link
from luoshi.accounts.models import Agreement, Appointment
from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb, roles_of
from luoshi.organisation import commands as organisation
from luoshi.organisation.commands.recording import Written, record_all
from luoshi.organisation.models import Account
from luoshi.organisation.projection import POSTS
from luoshi.rules.nodes import Founded
from luoshi.rules.posts import Held
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.rights import ADMINISTRATORS, Role
from luoshi.rules.signing import AdministratorThere, AlreadyConfirmed, LoginTaken, confirmers_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Administrator:
    """A new administrator: role, sign-in name, and the post that is founded for the role."""

    role: Role
    login: str
    post: str
    unit: UUID


@transaction.atomic
def appoint_administrator(
    named: Administrator, *, on: date, command_id: UUID, by: Actor, at: datetime
) -> str:
    """Name an administrator, who signs in once the two others agreed; returns the link's secret.

    Raises NotAllowed, LoginTaken, and what stands against the post.
    """
    account = _found(named, verb=verbs.appoint_administrator, on=on, id_=command_id, by=by, at=at)
    existing = queries.administrators_there(by.district, day=on, but=account)
    waits_for = confirmers_of(named.role, roles_of(by), existing)
    Appointment.objects.create(
        account=account,
        role=named.role,
        waits_for=" ".join(sorted(waits_for)),
        made_by=by.person,
        made_at=at,
    )
    account.is_active = not waits_for
    account.save(update_fields=["is_active"])
    return make_link(account, made_by=by.person, is_invitation=True, at=at)


@transaction.atomic
def agree_to_administrator(account: Account, *, by: Actor, at: datetime) -> None:
    """Say yes as one of the other two administrators; the last yes opens the account.

    Raises NotAllowed for whoever named him, NotFound, AlreadyConfirmed.
    """
    found = Appointment.objects.select_for_update().filter(account=account)
    appointment = found.first() if account.district == by.district else None
    if appointment is None:
        raise NotFound(what="appointment")
    verbs.agree_to_administrator.check(by)
    if by.person in {appointment.made_by, account.person}:
        raise NotAllowed(verb=verbs.agree_to_administrator.name)
    waiting = set(appointment.waits_for.split())
    mine = waiting & roles_of(by)
    if not mine:
        raise AlreadyConfirmed
    role = min(mine)
    Agreement.objects.create(appointment=appointment, role=role, by_person=by.person, at=at)
    appointment.waits_for = " ".join(sorted(waiting - {role}))
    appointment.save(update_fields=["waits_for"])
    if not appointment.waits_for:
        account.is_active = True
        account.save(update_fields=["is_active"])


@transaction.atomic
def found_administrator(
    named: Administrator, *, verb: Verb, on: date, id_: UUID, by: Actor, at: datetime
) -> Account:
    """Make one of the first three, on the command line of the ledger's own server.

    Raises LoginTaken, AdministratorThere.
    """
    if named.role in queries.administrators_there(by.district, day=on):
        raise AdministratorThere
    return _found(named, verb=verb, on=on, id_=id_, by=by, at=at)


def _found(
    named: Administrator, *, verb: Verb, on: date, id_: UUID, by: Actor, at: datetime
) -> Account:
    """Found the post, give it to a new person, and make the account, without a password."""
    if named.role not in ADMINISTRATORS:
        raise NotAllowed(verb=verb.name)
    if queries.login_is_taken(named.login):
        raise LoginTaken(login=named.login)
    post, person = uuid5(id_, "post"), uuid5(id_, "person")
    founded = Founded(
        name=named.post, kind="post", parent=named.unit, order=1, roles=(named.role.value,)
    )
    tell = partial(record_all, verb=verb, on=on, by=by, at=at)
    entries = tell(Written(kind=POSTS, thread=post, fact=founded, expected=0), command_id=id_)
    held = Written(kind=POSTS, thread=post, fact=Held(person=person), expected=entries[-1].number)
    tell(held, command_id=uuid5(id_, "holder"))
    return organisation.make_account(
        login=named.login, password=None, person=person, district=by.district
    )
