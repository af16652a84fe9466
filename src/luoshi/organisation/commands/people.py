"""Persons and contacts: kept, changed and erased outside the journal, which knows random ids."""

import re
from datetime import date
from uuid import UUID

from django.db import transaction

from luoshi.base.journal import Actor
from luoshi.organisation import queries, verbs
from luoshi.organisation.models import Contact, Person
from luoshi.rules.organisation import (
    ContactOver,
    MailUnclear,
    PersonChangedMeanwhile,
    PersonErased,
    PersonHoldsPosts,
    PersonUnnamed,
    PhoneUnclear,
)
from luoshi.rules.refusals import NotFound

LONGEST = 60
_PHONE = re.compile(r"[+]?[0-9 ()\-]*", re.ASCII)
_MAIL = re.compile(r"[^@\s]+@[^@\s]+")


@transaction.atomic
def keep_person(
    *,
    person_id: UUID,
    name: str,
    phone: str | None,
    mail: str | None,
    expected: int,
    by: Actor,
    day: date,
) -> Person:
    """Keep who a person is; ``expected`` is the version the writer saw, 0 for one not kept yet.

    ``phone`` and ``mail`` stay as they are known where None: who writes sees them masked. The same
    again changes nothing. Raises NotAllowed, PersonUnnamed, PhoneUnclear, MailUnclear,
    PersonErased, PersonChangedMeanwhile, NotFound for a person of another district.
    """
    verbs.keep_people.check(by, queries.units_of_person(by, person_id, day=day))
    said = {"name": _named(name)}
    said |= {} if phone is None else {"phone": _phone(phone)}
    said |= {} if mail is None else {"mail": _mail(mail)}
    rows = Person.objects.select_for_update().filter(pk=person_id)
    known, is_new = rows.get_or_create(pk=person_id, defaults=said | {"district": by.district})
    if is_new:
        return known
    if known.district != by.district:
        raise NotFound(what="person")
    if known.is_erased:
        raise PersonErased
    if all(getattr(known, key) == value for key, value in said.items()):
        return known
    if known.version != expected:
        raise PersonChangedMeanwhile(version=known.version)
    rows.update(**said, version=known.version + 1)
    return rows.get()


@transaction.atomic
def erase_person(*, person_id: UUID, by: Actor, day: date) -> None:
    """Erase name, telephone and mail of a person who holds no post; the random id stays.

    The journal is not touched: it never knew more. Raises NotAllowed, PersonHoldsPosts, and
    NotFound for somebody of whom nothing is kept: a slip in the id must not look like an erasure.
    """
    verbs.keep_people.check(by, queries.units_of_person(by, person_id, day=day))
    held = queries.posts_ahead_of(by, person_id, since=day)
    if held:
        raise PersonHoldsPosts(posts=held)
    erased = Person.objects.filter(pk=person_id, district=by.district).update(
        name="", phone="", mail="", is_erased=True
    )
    if not erased:
        raise NotFound(what="person")


@transaction.atomic
def keep_contact(
    *, contact_id: UUID, unit: UUID, label: str, phone: str, mail: str, on: date, by: Actor
) -> Contact:
    """Keep how a unit is reached from a day on; what it had under the same label ends that day.

    The same id again is the same contact. Raises NotAllowed, PersonUnnamed, PhoneUnclear,
    MailUnclear.
    """
    verbs.keep_people.check(by, frozenset({unit}))
    known = Contact.objects.filter(pk=contact_id, district=by.district).first()
    if known is not None:
        return known
    label = _named(label)
    of_unit = Contact.objects.filter(district=by.district, unit=unit, label=label, until=None)
    of_unit.filter(from_day__lte=on).update(until=on)
    return Contact.objects.create(
        pk=contact_id, district=by.district, unit=unit, label=label,
        phone=_phone(phone), mail=_mail(mail), from_day=on,
    )  # fmt: skip


@transaction.atomic
def end_contact(*, contact_id: UUID, on: date, by: Actor) -> None:
    """End a contact from a day on; past days still show it. Raises NotAllowed, ContactOver."""
    known = _contact(contact_id, by)
    if known.until is not None:
        raise ContactOver
    Contact.objects.filter(pk=contact_id).update(until=max(on, known.from_day))


@transaction.atomic
def erase_contact(*, contact_id: UUID, by: Actor) -> None:
    """Erase the numbers of a contact on all days. Raises NotAllowed, ContactOver."""
    _contact(contact_id, by)
    Contact.objects.filter(pk=contact_id).update(phone="", mail="")


def _contact(contact_id: UUID, by: Actor) -> Contact:
    """Return a contact of the district, locked, that the actor may change."""
    rows = Contact.objects.select_for_update().filter(pk=contact_id, district=by.district)
    known = rows.first()
    if known is None:
        raise ContactOver
    verbs.keep_people.check(by, frozenset({known.unit}))
    return known


def _named(name: str) -> str:
    name = name.strip()
    if not 0 < len(name) <= LONGEST:
        raise PersonUnnamed(length=len(name))
    return name


def _phone(phone: str) -> str:
    """Return a telephone number as it is kept, empty for none. Raises PhoneUnclear."""
    phone = phone.strip()
    figures = sum(char.isdecimal() for char in phone)
    if phone and not (_PHONE.fullmatch(phone) and 5 <= figures <= 20 and len(phone) <= 30):
        raise PhoneUnclear(length=figures)
    return phone


def _mail(mail: str) -> str:
    """Return an address for mail as it is kept, empty for none. Raises MailUnclear."""
    mail = mail.strip()
    if mail and not (_MAIL.fullmatch(mail) and len(mail) <= 120):
        raise MailUnclear
    return mail
