"""The beginning of a real ledger: a district with its standards, its office, the first account."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.accounts import commands as accounts
from luoshi.base.days import local_day
from luoshi.base.journal import Actor
from luoshi.clocks import standards
from luoshi.organisation import commands, queries, verbs
from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import Role
from luoshi.rules.signing import LoginTaken


class DistrictUnnamed(Refusal):
    """The first account founds a district, which needs code and name."""

    code = "district_unnamed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who keeps the ledger: account, district, unit and post."""

    login: str
    password: str
    code: str
    district: str
    unit: str
    post: str


class _Hand(TypedDict):
    """What the three founding commands share."""

    on: date
    by: Actor
    at: datetime


@transaction.atomic
def found_office(office: Office, *, at: datetime, seed: UUID) -> None:
    """Found what is missing and make the account. Raises DistrictUnnamed, LoginTaken."""
    if queries.login_is_taken(office.login):
        raise LoginTaken(login=office.login)
    founder = _founder(office, at=at, seed=seed)
    _found_post(office, founder, at=at, seed=seed)
    account = commands.make_account(
        login=office.login,
        password=office.password,
        person=founder.person,
        district=founder.district,
    )
    accounts.note_password(account, at=at)


@transaction.atomic
def found_administrator(office: Office, role: Role, *, at: datetime, seed: UUID) -> None:
    """Make one of the first three administrators, who changes the password at the first sign-in.

    Raises DistrictUnnamed, LoginTaken; AdministratorThere where the district has one of this role:
    the next ones are named and agreed to by the administrators themselves.
    """
    founder = _founder(office, at=at, seed=seed)
    on = local_day(at)
    named = accounts.Administrator(
        role=role,
        login=office.login,
        post=office.post,
        unit=_unit(office, founder, at=at, seed=seed),
    )
    account = accounts.found_administrator(
        named, verb=verbs.order_organisation, on=on, id_=uuid5(seed, "c2"), by=founder, at=at
    )
    accounts.set_password(account, office.password, at=at, by_another=True)


def _founder(office: Office, *, at: datetime, seed: UUID) -> Actor:
    """Return who founds, in the district named; one that is missing is founded first."""
    district = queries.the_district(office.code or None)
    founder = Actor(
        district=district.pk if district else uuid5(uuid5(seed, "district"), "district"),
        person=uuid5(seed, "person"),
        roles=frozenset({"office"}),
    )
    if district is None:
        _found_district(office, founder, at=at, seed=seed)
    return founder


def _unit(office: Office, founder: Actor, *, at: datetime, seed: UUID) -> UUID:
    """Return the unit of that name, which is founded where there is none."""
    on = local_day(at)
    there = [u.id for u in queries.units_visible_to(founder, day=on) if u.name == office.unit]
    if there:
        return there[0]
    unit = uuid5(seed, "unit")
    commands.found_unit(
        unit_id=unit,
        name=office.unit,
        kind="office",
        parent=None,
        order=1,
        command_id=uuid5(seed, "c1"),
        on=on,
        by=founder,
        at=at,
    )
    return unit


def _found_post(office: Office, founder: Actor, *, at: datetime, seed: UUID) -> None:
    """Found the office and its post, held by the founder's person from that day on."""
    unit, post = uuid5(seed, "unit"), uuid5(seed, "post")
    hand: _Hand = {"on": local_day(at), "by": founder, "at": at}
    commands.found_unit(
        unit_id=unit,
        name=office.unit,
        kind="office",
        parent=None,
        order=1,
        command_id=uuid5(seed, "c1"),
        **hand,
    )
    founded = commands.found_post(
        post_id=post,
        name=office.post,
        unit=unit,
        order=1,
        roles=("office",),
        command_id=uuid5(seed, "c2"),
        **hand,
    )
    commands.hold_post(
        post_id=post,
        person=founder.person,
        expected=founded.number,
        command_id=uuid5(seed, "c3"),
        **hand,
    )


def _found_district(office: Office, founder: Actor, *, at: datetime, seed: UUID) -> None:
    if not office.code or not office.district:
        raise DistrictUnnamed
    commands.found_district(
        code=office.code,
        name=office.district,
        on=local_day(at),
        command_id=uuid5(seed, "district"),
        person=founder.person,
        at=at,
    )
    for step in standards.steps(by=founder, at=at, seed=seed):
        step()
