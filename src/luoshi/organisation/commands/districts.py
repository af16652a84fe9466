"""The foundation of a district."""

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base.journal import Actor, Command, record
from luoshi.base.models import Line
from luoshi.organisation import verbs
from luoshi.organisation.commands.recording import node_change
from luoshi.organisation.projection import DISTRICTS
from luoshi.rules import nodes
from luoshi.rules.journal import Entry


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


def join_city(
    *, city: UUID | None, on: date, expected: int, command_id: UUID, by: Actor, at: datetime
) -> Entry[Any]:
    """Place a district under the city that sees what it gives out; None takes it out again.

    Raises NotAllowed outside the office.
    """
    verbs.order_organisation.check(by)
    fact = nodes.Moved(parent=city)
    change = node_change(DISTRICTS, by.district, fact, on=on, expected=expected)
    return record(change, command=Command(id=command_id, by=by, at=at))[0]
