"""Persons and contacts: masked in every list, in full only where it is asked for on purpose."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import StringConstraints

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import Again, writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.base.journal import Actor
from luoshi.organisation import commands, queries, verbs
from luoshi.organisation.api.room import router
from luoshi.rules.refusals import NotFound

Words = Annotated[str, StringConstraints(max_length=60)]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """A person; telephone and mail are masked. ``version`` is what ``seen`` of a write says."""

    id: UUID
    name: str
    phone: str
    mail: str
    version: int


@lists(
    router, "/people", verbs.keep_people, of=PersonLine, of_a_day=False, tagged=False, turns=True
)
def people(asked: Asked, turn: Turn, q: Words = "") -> Page:
    """List the persons of the district by name."""
    return page_of(queries.persons_visible_to(asked.actor, text=q), turn).each(
        lambda one: shown_as(PersonLine, queries.PersonShown.of(one))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReachTold:
    """Telephone and mail as they are; that they were read stands in the audit list."""

    phone: str
    mail: str


@reads(
    router,
    "/people/{uuid:person_id}/reach",
    verbs.see_contact,
    gives=ReachTold,
    tagged=False,
)
def reach_of_person(asked: Asked, person_id: UUID) -> ReachTold:
    """Tell how a person is reached."""
    reach = queries.reach_of_person(asked.actor, person_id)
    if reach is None:
        raise NotFound(what="person")
    units = queries.units_of_person(asked.actor, person_id, day=asked.today)
    verbs.see_contact.check(asked.actor, units)
    return ReachTold(phone=reach.phone, mail=reach.mail)


@reads(
    router,
    "/contacts/{uuid:contact_id}/reach",
    verbs.see_contact,
    gives=ReachTold,
    tagged=False,
)
def reach_of_contact(asked: Asked, contact_id: UUID) -> ReachTold:
    """Tell how a unit is reached."""
    unit = queries.unit_of_contact(asked.actor, contact_id)
    reach = queries.reach_of_contact(asked.actor, contact_id)
    if unit is None or reach is None:
        raise NotFound(what="contact")
    verbs.see_contact.check(asked.actor, frozenset({unit}))
    return ReachTold(phone=reach.phone, mail=reach.mail)


def keep_person(
    *,
    person_id: UUID,
    name: str,
    phone: str | None = None,
    mail: str | None = None,
    seen: int = 0,
    by: Actor,
    day: date,
) -> Any:
    """Keep who a person is; ``seen`` is the version that the writer saw, 0 for a new one.

    Telephone and mail stay as they are known where they are left out.
    """
    return commands.keep_person(
        person_id=person_id, name=name, phone=phone, mail=mail, expected=seen, by=by, day=day
    )


def keep_contact(
    *,
    unit_id: UUID,
    label: str,
    phone: str,
    mail: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
) -> UUID:
    """Keep how a unit is reached from a day on; what it had under the same label ends that day."""
    contact = uuid5(command_id, "contact")
    commands.keep_contact(
        contact_id=contact, unit=unit_id, label=label, phone=phone, mail=mail, on=on, by=by
    )
    return contact


writes(router, "/people/{uuid:person_id}/keep", verbs.keep_people, keep_person, name="keep_person")
writes(
    router,
    "/people/{uuid:person_id}/erase",
    verbs.keep_people,
    commands.erase_person,
    name="erase_person",
)
writes(
    router,
    "/units/{uuid:unit_id}/contacts",
    verbs.keep_people,
    keep_contact,
    name="keep_contact",
    again=Again.AT_ONCE,
    tells=lambda _asked, contact: {"id": contact},
)
writes(
    router,
    "/contacts/{uuid:contact_id}/end",
    verbs.keep_people,
    commands.end_contact,
    name="end_contact",
)
writes(
    router,
    "/contacts/{uuid:contact_id}/erase",
    verbs.keep_people,
    commands.erase_contact,
    name="erase_contact",
)
