"""Persons and contacts outside the journal: kept, masked, changed, erased, and the chain holds."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luoshi.base.models import JournalEntry
from luoshi.base.verify import verified_entries
from luoshi.ledger.queries import last_entry_of
from luoshi.organisation import commands, queries
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
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import DAY, LEAD, SUPPORT, Town

NEXT = DAY + timedelta(days=1)
PHONE, MAIL = "13812345678", "office@example.com"


@pytest.fixture
def keep(town):
    def kept(person=None, name="登记人一", phone=PHONE, mail=MAIL, expected=0, by=None):
        return commands.keep_person(
            person_id=person or uuid4(), name=name, phone=phone, mail=mail,
            expected=expected, by=by or town.office, day=DAY,
        )  # fmt: skip

    return kept


@pytest.fixture
def hold(town):
    def held(person, name=LEAD, on=DAY):
        post = town.post(name)
        return commands.hold_post(
            post_id=post, person=person, on=on, expected=last_entry_of(post), **town.hand()
        )

    return held


def administrator(town, name=LEAD):
    """The administrator of a unit."""
    actor = town.actors[name]
    return type(actor)(
        district=actor.district, person=actor.person, post=actor.post, unit=actor.unit,
        roles=frozenset({"unit_admin"}),
    )  # fmt: skip


def shown(town, person):
    return queries.people_named(town.office, [person])[person]


def test_a_person_is_kept_and_shown_masked(town, keep):
    person = keep().pk
    assert (shown(town, person).name, shown(town, person).phone) == ("登记人一", "138****5678")
    assert shown(town, person).mail == "o***@example.com"
    assert queries.reach_of_person(town.office, person) == queries.Reach(PHONE, MAIL)
    assert queries.person_named(town.district, person).phone == PHONE


def test_nothing_of_a_person_is_in_the_journal(town, keep, hold):
    person = keep().pk
    hold(person)
    bodies = " ".join(JournalEntry.objects.values_list("body", flat=True))
    assert str(person) in bodies
    assert all(word not in bodies for word in ("登记人一", PHONE, MAIL))


def test_the_same_again_changes_nothing_and_two_writers_do_not_undo_each_other(town, keep):
    person = keep().pk
    assert keep(person).version == 1
    assert keep(person, name="登记人二", phone=None, mail=None, expected=1).version == 2
    assert queries.reach_of_person(town.office, person).phone == PHONE  # None leaves it
    with pytest.raises(PersonChangedMeanwhile):
        keep(person, name="登记人三", expected=1)
    assert keep(person, name="登记人二", phone="", mail="", expected=2).phone == ""


@pytest.mark.parametrize(
    ("refusal", "given"),
    [
        (PersonUnnamed, {"name": " "}),
        (PersonUnnamed, {"name": "名" * 61}),
        (PhoneUnclear, {"phone": "138"}),
        (PhoneUnclear, {"phone": "一三八一二三"}),
        (PhoneUnclear, {"phone": "1" * 21}),
        (MailUnclear, {"mail": "office"}),
        (MailUnclear, {"mail": f"{'a' * 120}@example.com"}),
    ],
)
def test_what_is_unclear_is_refused(keep, snapshot, refusal, given):
    before = snapshot()
    with pytest.raises(refusal):
        keep(**given)
    assert snapshot() == before


def test_who_holds_no_post_is_erased_and_the_journal_still_verifies(town, keep, hold):
    person = keep().pk
    hold(person)
    with pytest.raises(PersonHoldsPosts) as refused:
        commands.erase_person(person_id=person, by=town.office, day=DAY)
    assert refused.value.facts["posts"] == [f"{LEAD}负责人"]
    hold(None, on=NEXT)
    commands.erase_person(person_id=person, by=town.office, day=NEXT)
    gone = Person.objects.get(pk=person)
    assert (gone.name, gone.phone, gone.mail, gone.is_erased) == ("", "", "", True)
    assert queries.people_visible_to(town.office) == []
    with pytest.raises(PersonErased):
        keep(person, expected=1)
    assert len(list(verified_entries(district=town.district))) > 0
    assert queries.post_named(town.office, town.post(LEAD), day=DAY).holder == person


def test_people_are_found_by_name(town, keep):
    keep(name="登记人一")
    keep(name="登记人二")
    assert [one.name for one in queries.people_visible_to(town.office, text="二")] == ["登记人二"]
    assert len(queries.people_visible_to(town.office)) == 2


def test_a_unit_keeps_its_own_people_and_nobody_elses(town, keep, hold, snapshot):
    mine, theirs = keep().pk, keep().pk
    hold(mine)
    hold(theirs, SUPPORT)
    by = administrator(town)
    assert keep(mine, name="登记人二", expected=1, by=by).name == "登记人二"
    assert keep(by=by).name == "登记人一"  # a new one is anybody's
    before = snapshot()
    for person, actor in ((theirs, by), (mine, town.actors[LEAD])):
        with pytest.raises(NotAllowed):
            keep(person, name="登记人三", expected=1, by=actor)
        with pytest.raises(NotAllowed):
            commands.erase_person(person_id=person, by=actor, day=DAY)
    assert snapshot() == before


def test_a_person_of_another_district_is_not_found(town, keep):
    person = keep().pk
    other = Town("410199")
    with pytest.raises(NotFound):
        keep(person, name="别处", by=other.office)
    assert queries.people_named(other.office, [person]) == {}
    assert queries.reach_of_person(other.office, person) is None


def test_who_signed_in_is_known(town, keep):
    person = keep().pk
    account = commands.make_account(login="k", password=None, person=person, district=town.district)
    assert queries.signed_in_ever(town.office, [person]) == set()
    account.last_login = town.hand()["at"]
    account.save()
    assert queries.signed_in_ever(town.office, [person, uuid4()]) == {person}


# ---- contacts


@pytest.fixture
def contact(town):
    def kept(label="值班室", phone="0371-68630000", on=DAY, by=None, contact_id=None):
        return commands.keep_contact(
            contact_id=contact_id or uuid4(), unit=town.unit(LEAD), label=label, phone=phone,
            mail="", on=on, by=by or town.office,
        )  # fmt: skip

    return kept


def reached(town, day):
    return [(one.label, one.phone) for one in queries.contacts_of(
        town.office, town.unit(LEAD), day=day)]  # fmt: skip


def test_a_contact_is_by_date_and_the_next_of_its_name_takes_its_place(town, contact):
    first = contact()
    assert contact(contact_id=first.pk).pk == first.pk
    contact(phone="0371-68631111", on=NEXT)
    contact(label="传真", phone="0371-68632222", on=NEXT)
    assert reached(town, DAY - timedelta(days=1)) == []
    assert reached(town, DAY) == [("值班室", "037******0000")]
    assert reached(town, NEXT) == [("传真", "037******2222"), ("值班室", "037******1111")]
    assert queries.unit_of_contact(town.office, first.pk) == town.unit(LEAD)


def test_a_contact_ends_and_its_numbers_are_erased_on_all_days(town, contact, snapshot):
    one = contact()
    commands.end_contact(contact_id=one.pk, on=NEXT, by=town.office)
    assert reached(town, DAY) == [("值班室", "037******0000")]
    assert reached(town, NEXT) == []
    with pytest.raises(ContactOver):
        commands.end_contact(contact_id=one.pk, on=NEXT, by=town.office)
    commands.erase_contact(contact_id=one.pk, by=town.office)
    assert queries.reach_of_contact(town.office, one.pk) == queries.Reach("", "")
    before = snapshot()
    with pytest.raises(ContactOver):
        commands.erase_contact(contact_id=uuid4(), by=town.office)
    with pytest.raises(NotAllowed):
        commands.erase_contact(contact_id=one.pk, by=administrator(town, SUPPORT))
    with pytest.raises(NotAllowed):
        contact(by=town.actors[LEAD])
    assert snapshot() == before
    assert Contact.objects.count() == 1
    assert queries.reach_of_contact(town.office, uuid4()) is None
