"""Persons and contacts: names for who reads, numbers masked for all."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.organisation.models import Account, Contact, Person
from luoshi.organisation.queries.districts import Visitor
from luoshi.rules.personal_data import masked_mail, masked_phone


@dataclass(frozen=True, slots=True)
class PersonShown:
    """A person as pages show one: the name, telephone and mail masked (138****5678)."""

    id: UUID
    name: str
    phone: str
    mail: str
    version: int
    is_erased: bool

    @classmethod
    def of(cls, person: Person) -> Self:
        """Return a person with masked numbers."""
        return cls(
            person.pk, person.name, masked_phone(person.phone), masked_mail(person.mail),
            person.version, person.is_erased,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ContactShown:
    """How a unit is reached, masked; ``until`` is the first day on which it no longer holds."""

    id: UUID
    label: str
    phone: str
    mail: str
    from_day: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Telephone and mail as they are: whoever asks for them is listed by the audit."""

    phone: str
    mail: str


def person_named(district: UUID, person: UUID) -> Person | None:
    """Return a person of a district, None where nothing is kept of them."""
    return Person.objects.filter(district=district, pk=person).first()


def people_visible_to(visitor: Visitor, *, text: str = "") -> list[PersonShown]:
    """Return the persons of a district by name, erased ones left out; ``text`` is in the name."""
    return [PersonShown.of(person) for person in persons_visible_to(visitor, text=text)]


def persons_visible_to(visitor: Visitor, *, text: str = "") -> QuerySet[Person]:
    """Return the same as rows, for lists in pages; show each by ``PersonShown.of``."""
    rows = Person.objects.filter(district=visitor.district, is_erased=False)
    if text:
        rows = rows.filter(name__contains=text)
    return rows.order_by("name", "pk")


def people_named(visitor: Visitor, ids: Iterable[UUID | None]) -> dict[UUID, PersonShown]:
    """Return some persons by id; one of whom nothing is kept is not among them."""
    asked = {one for one in ids if one is not None}
    rows = Person.objects.filter(district=visitor.district, pk__in=asked)
    return {person.pk: PersonShown.of(person) for person in rows}


def contacts_of(visitor: Visitor, unit: UUID, *, day: date) -> list[ContactShown]:
    """Return how a unit is reached on a day."""
    rows = Contact.objects.filter(
        Q(until=None) | Q(until__gt=day), district=visitor.district, unit=unit, from_day__lte=day
    ).order_by("label", "from_day", "pk")
    return [
        ContactShown(
            one.pk, one.label, masked_phone(one.phone), masked_mail(one.mail), one.from_day,
            one.until,
        )
        for one in rows
    ]  # fmt: skip


def reach_of_person(visitor: Visitor, person: UUID) -> Reach | None:
    """Return a person's telephone and mail unmasked: for the verb that shows them on purpose."""
    rows = Person.objects.filter(district=visitor.district, pk=person)
    found = rows.values_list("phone", "mail").first()
    return Reach(*found) if found else None


def reach_of_contact(visitor: Visitor, contact: UUID) -> Reach | None:
    """Return a unit's telephone and mail unmasked: for the verb that shows them on purpose."""
    rows = Contact.objects.filter(district=visitor.district, pk=contact)
    found = rows.values_list("phone", "mail").first()
    return Reach(*found) if found else None


def signed_in_ever(visitor: Visitor, persons: Iterable[UUID]) -> set[UUID]:
    """Return those of some persons whose account was used at least once."""
    rows = Account.objects.filter(
        district=visitor.district, person__in=set(persons), last_login__isnull=False
    )
    return set(rows.values_list("person", flat=True))


def unit_of_contact(visitor: Visitor, contact: UUID) -> UUID | None:
    """Return whose contact it is."""
    rows = Contact.objects.filter(district=visitor.district, pk=contact)
    return rows.values_list("unit", flat=True).first()
