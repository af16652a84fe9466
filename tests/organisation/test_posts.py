"""Posts: a successor, an acting holder, a delegate, a loan, and three administrators kept apart."""

from datetime import date, timedelta
from uuid import uuid4

import pytest

from luoshi.base.rebuild import rebuilt
from luoshi.ledger.queries import last_entry_of
from luoshi.organisation import commands, queries
from luoshi.rules.nodes import AlreadyEnded, Ended, Moved, NotFounded, Ordered, Renamed
from luoshi.rules.organisation import (
    SuccessorItself,
    SuccessorNeeded,
    SuccessorNotInForce,
    UnitUnknown,
)
from luoshi.rules.posts import Charged, Lent, NobodyHolds, NothingToRecall
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.separation import AdministratorInTheLedger, AdministratorsMixed
from tests.holders import found_post_of, name_to
from tests.ledger.town import DAY, FOUNDED, LEAD, OFFICE, STRANGER, SUPPORT

BEFORE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
LAST = DAY + timedelta(days=6)
AFTER = LAST + timedelta(days=1)


@pytest.fixture
def act(town):
    """Do one command about a post."""

    def acted(command, name, on=DAY, by=None, expected=None, **given):
        post = town.post(name)
        hand = town.hand() | ({"by": by} if by else {})
        seen = last_entry_of(post) if expected is None else expected
        return command(post_id=post, on=on, expected=seen, **hand, **given)

    return acted


@pytest.fixture
def named(town):
    """Found a post of an administrator or fill it, as the room of accounts does."""

    def done(name, role=None, person=None):
        post = town.post(name)
        if role:
            unit = town.unit(OFFICE)
            found_post_of(town, post, name=name, unit=unit, role=role, on=FOUNDED)
        else:
            name_to(town, post, person, on=DAY)

    return done


@pytest.fixture
def hold(act):
    return lambda name, person, **given: act(commands.hold_post, name, person=person, **given)


@pytest.fixture
def delegate(act):
    """Delegate a post for seven days."""

    def delegated(name, person, first=DAY, last=LAST, **given):
        return act(commands.delegate_post, name, person=person, first=first, last=last, **given)

    return delegated


@pytest.fixture
def post(town):
    return lambda name, day: queries.post_named(town.office, town.post(name), day=day)


@pytest.fixture
def account(town):
    """The account of a person."""

    def made(person):
        return commands.make_account(
            login=str(person), password=None, person=person, district=town.district
        )

    return made


def found(town, name, *roles, unit=LEAD, duty=""):
    return commands.found_post(
        post_id=town.post(name),
        name=name,
        unit=town.unit(unit),
        order=50,
        roles=roles,
        duty=duty,
        on=FOUNDED,
        **town.hand(),
    )


def test_the_successor_answers_from_the_day_without_a_new_notice(town, hold, account):
    old, new = account(uuid4()), account(uuid4())
    hold(LEAD, old.person)
    hold(LEAD, new.person, on=NEXT)
    assert queries.actor_for(old, None, day=DAY).post == town.post(LEAD)
    assert queries.actor_for(old, None, day=NEXT) is None
    assert queries.actor_for(new, None, day=NEXT).post == town.post(LEAD)


def test_an_acting_holder_goes_by_himself_on_the_day(hold, post):
    person = uuid4()
    hold(LEAD, person, acting=True, until=LAST)
    assert (post(LEAD, LAST).holder, post(LEAD, LAST).acting) == (person, True)
    assert (post(LEAD, AFTER).holder, post(LEAD, AFTER).acting) == (None, False)


def test_a_delegate_acts_as_the_post_and_signs_as_himself(town, hold, delegate, account):
    head, deputy = uuid4(), account(uuid4())
    hold(LEAD, head)
    hold(SUPPORT, deputy.person)
    delegate(LEAD, deputy.person, first=NEXT)
    assert [one.name for one in queries.posts_of(deputy, day=DAY)] == [f"{SUPPORT}负责人"]
    acting = queries.posts_of(deputy, day=NEXT)
    assert [one.name for one in acting] == [f"{SUPPORT}负责人", f"{LEAD}负责人"]
    assert [one.is_delegated_to(deputy.person) for one in acting] == [False, True]
    actor = queries.actor_for(deputy, town.post(LEAD), day=NEXT)
    assert (actor.person, actor.post, actor.unit) == (
        deputy.person,
        town.post(LEAD),
        town.unit(LEAD),
    )
    assert (actor.signature.person, actor.signature.post) == (deputy.person, town.post(LEAD))
    assert queries.actor_for(deputy, town.post(LEAD), day=AFTER).post == town.post(SUPPORT)


def test_the_holder_hands_his_own_post_on_and_nobody_else_does(town, hold, delegate, account):
    head, deputy = account(uuid4()), account(uuid4())
    hold(LEAD, head.person)
    holder = queries.actor_for(head, None, day=DAY)
    delegate(LEAD, deputy.person, by=holder)
    deputised = queries.actor_for(deputy, None, day=DAY)
    for other in (deputised, town.actors[SUPPORT]):
        with pytest.raises(NotAllowed):
            delegate(LEAD, uuid4(), first=AFTER, last=AFTER, by=other)


def test_a_delegation_is_ended_early(town, hold, delegate, act, account):
    deputy = account(uuid4())
    hold(LEAD, uuid4())
    entry = delegate(LEAD, deputy.person)
    act(commands.recall, LEAD, on=NEXT, key=entry.fact.key)
    assert queries.actor_for(deputy, None, day=DAY) is not None
    assert queries.actor_for(deputy, None, day=NEXT) is None
    with pytest.raises(NothingToRecall):
        act(commands.recall, LEAD, on=NEXT, key=entry.fact.key)


def test_nobody_delegates_a_post_before_it_is_there(delegate):
    early = FOUNDED - timedelta(days=9)
    with pytest.raises(NotFounded):
        delegate(LEAD, uuid4(), first=early, last=early, on=early)


def test_nobody_delegates_a_vacant_post(delegate):
    with pytest.raises(NobodyHolds):
        delegate(LEAD, uuid4())


def test_a_lent_post_acts_for_the_other_unit_and_comes_home_by_itself(
    town, hold, act, account, post
):
    person = account(uuid4())
    hold(LEAD, person.person)
    fact = Lent(key=uuid4(), unit=town.unit(SUPPORT), first=DAY, last=LAST)
    act(commands.change_post, LEAD, fact=fact)
    assert queries.actor_for(person, None, day=LAST).unit == town.unit(SUPPORT)
    assert queries.actor_for(person, None, day=AFTER).unit == town.unit(LEAD)
    assert (post(LEAD, DAY).is_lent, post(LEAD, DAY).home) == (True, town.unit(LEAD))
    assert not post(LEAD, AFTER).is_lent


def test_what_ends_by_itself_is_rebuilt_as_it_was(town, hold, delegate, act):
    hold(LEAD, uuid4(), acting=True, until=LAST)
    delegate(LEAD, uuid4(), first=NEXT, last=LAST - timedelta(days=1))
    fact = Lent(key=uuid4(), unit=town.unit(SUPPORT), first=NEXT, last=AFTER)
    act(commands.change_post, LEAD, fact=fact)
    assert not [each for some in rebuilt(district=town.district) for each in some]


def test_several_posts_of_one_person_each_by_its_own_unit(town, hold, account):
    person = account(uuid4())
    found(town, "兼任", unit=SUPPORT, duty="liaison")
    hold(LEAD, person.person)
    hold("兼任", person.person)
    assert [one.duty for one in queries.posts_of(person, day=DAY)] == ["", "liaison"]
    assert queries.actor_for(person, town.post("兼任"), day=DAY).unit == town.unit(SUPPORT)


# ---- three administrators


def test_a_post_is_never_two_administrators_nor_one_beside_the_ledger(town, snapshot):
    before = snapshot()
    with pytest.raises(AdministratorsMixed):
        found(town, "两员", "system", "auditor")
    with pytest.raises(AdministratorInTheLedger):
        found(town, "兼职", "system", "office")
    assert snapshot() == before


def test_no_person_holds_two_of_them_nor_one_beside_a_post_of_the_ledger(
    town, hold, named, snapshot
):
    named("系统", "system")
    named("审计", "auditor")
    person = uuid4()
    named("系统", person=person)
    before = snapshot()
    for name, refusal in (("审计", AdministratorsMixed), (LEAD, AdministratorInTheLedger)):
        with pytest.raises(refusal):
            hold(name, person, on=NEXT)
    assert snapshot() == before


def test_the_office_names_no_administrator(town, hold, delegate, act, named, snapshot):
    named("系统", "system")
    named("系统", person=uuid4())
    before = snapshot()
    ended = {"fact": Ended()}
    for write in (
        lambda: found(town, "安全", "security"),
        lambda: hold("系统", uuid4(), on=NEXT),
        lambda: hold("系统", None, on=NEXT),
        lambda: delegate("系统", uuid4()),
        lambda: act(commands.change_post, "系统", on=NEXT, **ended),
        lambda: act(commands.change_post, LEAD, fact=Charged(duty="", roles=("auditor",))),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert snapshot() == before


def test_a_delegate_is_held_apart_too(town, hold, delegate, named):
    named("系统", "system")
    person = uuid4()
    hold(LEAD, person)
    named("系统", person=uuid4())
    with pytest.raises(AdministratorInTheLedger):
        delegate("系统", person)


def test_new_roles_are_held_against_whoever_has_the_post(town, named, act):
    named("系统", "system")
    named("空岗", "system")
    person = uuid4()
    named("系统", person=person)
    named("空岗", person=person)  # the same administrator twice is no mix
    charged = {"fact": Charged(duty="other", roles=("auditor",))}
    with pytest.raises(AdministratorsMixed):
        act(commands.change_post, "空岗", **charged)
    with pytest.raises(AdministratorsMixed):
        act(commands.change_post, "空岗", fact=Charged(duty="", roles=("auditor", "system")))


# ---- changes and ends


def test_a_post_is_renamed_ordered_and_moved(town, act, post):
    act(commands.change_post, LEAD, fact=Renamed(name="局长"))
    act(commands.change_post, LEAD, fact=Ordered(order=7), on=NEXT)
    act(commands.change_post, LEAD, fact=Moved(parent=town.unit(SUPPORT)), on=AFTER)
    assert (post(LEAD, DAY).name, post(LEAD, NEXT).order) == ("局长", 7)
    assert (post(LEAD, LAST).unit, post(LEAD, AFTER).unit) == (town.unit(LEAD), town.unit(SUPPORT))
    with pytest.raises(UnitUnknown):
        act(commands.change_post, LEAD, fact=Moved(parent=uuid4()), on=AFTER)


def test_a_post_with_open_matters_ends_only_naming_who_takes_over(town, act, post):
    town.assigned("S1")
    with pytest.raises(SuccessorNeeded) as refused:
        act(commands.change_post, LEAD, fact=Ended())
    assert refused.value.facts["matters"] == 1
    with pytest.raises(SuccessorItself):
        act(commands.change_post, LEAD, fact=Ended(successors=(town.post(LEAD),)))
    with pytest.raises(SuccessorNotInForce):
        act(commands.change_post, LEAD, fact=Ended(successors=(uuid4(),)))
    act(commands.change_post, LEAD, fact=Ended(successors=(town.post(SUPPORT),)))
    assert post(LEAD, DAY) is None
    with pytest.raises(AlreadyEnded):
        act(commands.change_post, LEAD, fact=Renamed(name="局长"), on=NEXT)
    act(commands.change_post, STRANGER, fact=Ended())


def test_only_the_office_changes_posts(town, act, snapshot):
    before = snapshot()
    with pytest.raises(NotAllowed):
        act(commands.change_post, LEAD, fact=Renamed(name="甲"), by=town.actors[LEAD])
    with pytest.raises(NotAllowed):
        act(commands.hold_post, OFFICE, person=uuid4(), by=town.actors[LEAD])
    assert snapshot() == before


def test_since_when_a_post_is_held_or_not(town, hold):
    assert queries.held_since(town.office, day=DAY)[town.post(LEAD)] == FOUNDED
    person = uuid4()
    hold(LEAD, person, until=LAST)
    hold(LEAD, person, on=NEXT)  # appointed anew: still the same since the first day
    assert queries.held_since(town.office, day=LAST)[town.post(LEAD)] == DAY
    assert queries.held_since(town.office, day=BEFORE)[town.post(LEAD)] == FOUNDED
    assert queries.held_since(town.office, day=date(2018, 1, 1)) == {}


def test_what_was_known_before_stays_as_it_was_known(town, hold, post):
    known = last_entry_of(town.post(STRANGER))
    person = uuid4()
    entry = hold(STRANGER, person)
    posts = queries.posts_visible_to(town.office, day=DAY, known_at=entry.number - 1)
    assert known < entry.number
    assert {one.id: one.holder for one in posts}[town.post(STRANGER)] is None
    since = queries.held_since(town.office, day=DAY, known_at=entry.number - 1)
    assert since[town.post(STRANGER)] == FOUNDED
