"""Units and goals by date: ids stay, names, places and the official order change."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest

from luoshi.ledger.queries import last_entry_of, last_number
from luoshi.organisation import commands, queries
from luoshi.organisation.models import Unit
from luoshi.rules.nodes import (
    AlreadyEnded,
    AlreadyFounded,
    Ended,
    Moved,
    NameMissing,
    NotFounded,
    Ordered,
    Renamed,
)
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import (
    BELOW,
    DAY,
    FOUNDED,
    LEAD,
    OFFICE,
    STRANGER,
    SUPERVISION,
    SUPPORT,
    UNITS,
)

BEFORE, AFTER = DAY - timedelta(days=1), date(2021, 1, 15)
TOP = UNITS[0][0]


@pytest.fixture
def change(town):
    """Change a unit from a day on."""

    def changed(name, fact, on=DAY, by=None):
        thread = town.unit(name)
        hand = town.hand() | ({"by": by} if by else {})
        expected = last_entry_of(thread)
        return commands.change_unit(unit_id=thread, fact=fact, on=on, expected=expected, **hand)

    return changed


@pytest.fixture
def units_on(town):
    """The units of a day as (name, depth)."""

    def units(day, known_at=None):
        shown = queries.units_visible_to(town.office, day=day, known_at=known_at)
        return [(unit.name, unit.depth) for unit in shown]

    return units


def test_units_stand_in_their_official_order_each_below_its_own(units_on):
    assert units_on(DAY) == [
        (TOP, 0),
        (OFFICE, 1),
        (SUPERVISION, 1),
        (LEAD, 1),
        (BELOW, 2),
        (SUPPORT, 1),
        (STRANGER, 1),
    ]
    assert units_on(FOUNDED - timedelta(days=1)) == []


def test_a_unit_keeps_its_id_under_a_new_name(town, change, units_on):
    change(LEAD, Renamed(name="城市管理局"))
    assert queries.unit_name(town.unit(LEAD), day=BEFORE) == LEAD
    assert queries.unit_name(town.unit(LEAD), day=DAY) == "城市管理局"
    assert queries.unit_name(None, day=DAY) == ""
    assert Unit.objects.get(pk=town.unit(LEAD)).name == "城市管理局"
    assert (LEAD, 1) in units_on(BEFORE)
    assert ("城市管理局", 1) in units_on(DAY)


def test_a_unit_moves_from_its_day_on_and_its_subtree_with_it(town, change):
    change(LEAD, Moved(parent=town.unit(SUPPORT)))

    def below(name, day):
        units = queries.units_visible_to(town.office, day=day)
        return queries.units_below(units, [town.unit(name)])

    doers = {town.unit(name) for name in (SUPPORT, LEAD, BELOW)}
    assert below(SUPPORT, BEFORE) == {town.unit(SUPPORT)}
    assert below(SUPPORT, DAY) == doers


def test_the_official_order_is_by_date_too(change, units_on):
    change(STRANGER, Ordered(order=0))
    assert units_on(BEFORE)[-1] == (STRANGER, 1)
    assert units_on(DAY)[1] == (STRANGER, 1)


def test_a_unit_that_ends_is_gone_from_that_day_on_and_what_was_below_is_not_lost(
    town, change, units_on
):
    change(LEAD, Ended(successors=(town.unit(SUPPORT),)))
    assert (LEAD, 1) in units_on(BEFORE)
    assert (LEAD, 1) not in units_on(DAY)
    assert (BELOW, 0) in units_on(DAY)
    assert Unit.objects.get(pk=town.unit(LEAD)).ended_on == DAY


def test_what_was_known_before_a_late_entry_stays_as_it_was_known(town, change, units_on):
    known = last_number(town.office)
    change(LEAD, Renamed(name="城市管理局"))
    assert (LEAD, 1) in units_on(AFTER, known_at=known)
    assert ("城市管理局", 1) in units_on(AFTER)


@pytest.mark.parametrize(
    "fact", [Renamed(name="甲"), Moved(parent=None), Ordered(order=3), Ended()]
)
def test_only_the_office_orders_the_organisation(town, change, snapshot, fact):
    before = snapshot()
    with pytest.raises(NotAllowed):
        change(LEAD, fact, by=town.actors[LEAD])
    assert snapshot() == before


def test_what_cannot_be_is_refused(town, change, snapshot):
    change(STRANGER, Ended())
    before = snapshot()
    for refusal, name, fact, on in [
        (AlreadyEnded, STRANGER, Renamed(name="教育局"), DAY),
        (NotFounded, LEAD, Renamed(name="城管"), FOUNDED - timedelta(days=1)),
        (NotFounded, "无此局", Ended(), DAY),
        (NameMissing, LEAD, Renamed(name=" "), DAY),
        (NameMissing, LEAD, Renamed(name="长" * 101), DAY),
    ]:
        with pytest.raises(refusal):
            change(name, fact, on=on)
    with pytest.raises(AlreadyFounded):
        commands.found_unit(
            unit_id=town.unit(LEAD),
            name="又一个",
            kind="department",
            parent=None,
            order=1,
            on=DAY,
            **town.hand(),
        )
    assert snapshot() == before


# ---- posts, holders and accounts


@pytest.fixture
def hold(town):
    """Give a post to a person from a day on."""

    def held(name, person, on=DAY, by=None):
        thread = town.post(name)
        hand = town.hand() | ({"by": by} if by else {})
        return commands.hold_post(
            post_id=thread, person=person, on=on, expected=last_entry_of(thread), **hand
        )

    return held


@pytest.fixture
def clerk(town):
    """The account of somebody without a post."""
    return commands.make_account(
        login="clerk", password="一二三四五六七八九十", person=uuid4(), district=town.district
    )


def test_a_post_is_held_from_day_to_day(town, hold, clerk):
    hold(LEAD, clerk.person)
    hold(LEAD, None, on=AFTER)
    assert [post.name for post in queries.posts_of(clerk, day=BEFORE)] == []
    assert [post.name for post in queries.posts_of(clerk, day=DAY)] == [f"{LEAD}负责人"]
    assert [post.name for post in queries.posts_of(clerk, day=AFTER)] == []
    holders = {post.name: post.holder for post in queries.posts_visible_to(town.office, day=DAY)}
    assert holders[f"{LEAD}负责人"] == clerk.person
    assert holders[f"{OFFICE}负责人"] is None


def test_posts_stand_in_their_order(town):
    posts = queries.posts_visible_to(town.office, day=DAY)
    assert [post.name for post in posts] == [f"{name}负责人" for name, _ in UNITS]
    assert queries.names_of(posts)[town.post(LEAD)] == f"{LEAD}负责人"


def test_who_holds_two_posts_acts_as_the_chosen_one(town, hold, clerk):
    commands.found_post(
        post_id=town.post("兼任"),
        name="兼任",
        unit=town.unit(OFFICE),
        order=99,
        roles=("office",),
        on=FOUNDED,
        **town.hand(),
    )
    hold(LEAD, clerk.person)
    hold("兼任", clerk.person)
    first = queries.actor_for(clerk, None, day=DAY)
    assert (first.post, first.unit, first.roles) == (
        town.post(LEAD),
        town.unit(LEAD),
        frozenset(),
    )
    chosen = queries.actor_for(clerk, town.post("兼任"), day=DAY)
    assert (chosen.post, chosen.unit, chosen.roles) == (
        town.post("兼任"),
        town.unit(OFFICE),
        {"office"},
    )
    assert (chosen.person, chosen.district) == (clerk.person, town.district)


def test_a_post_of_somebody_else_cannot_be_chosen(town, hold, clerk):
    hold(LEAD, clerk.person)
    hold(OFFICE, uuid4())
    assert queries.actor_for(clerk, town.post(OFFICE), day=DAY).post == town.post(LEAD)


def test_who_holds_no_post_that_day_acts_as_nobody(town, hold, clerk):
    hold(LEAD, clerk.person)
    assert queries.actor_for(clerk, town.post(LEAD), day=BEFORE) is None
    stateless = commands.make_account(login="x", password=None, person=uuid4(), district=None)
    assert queries.posts_of(stateless, day=DAY) == []
    assert queries.actor_for(stateless, None, day=DAY) is None


def test_only_the_office_fills_posts(town, hold, snapshot):
    before = snapshot()
    with pytest.raises(NotAllowed):
        hold(LEAD, uuid4(), by=town.actors[LEAD])
    assert snapshot() == before


def test_an_account_without_a_password_is_entered_by_nobody_and_is_no_real_one(town):
    demo = commands.make_account(
        login="demo", password=None, person=uuid4(), district=town.district, made_by_demo=True
    )
    assert not demo.has_usable_password()
    assert queries.demo_accounts() == [demo]
    assert not queries.has_real_account()
    assert queries.login_is_taken("demo")
    assert not queries.login_is_taken("clerk")


def test_a_real_account_opens_with_its_password_alone(clerk):
    assert clerk.check_password("一二三四五六七八九十")
    assert not clerk.check_password("")
    assert queries.has_real_account()
    assert queries.demo_accounts() == []


# ---- districts


def test_a_district_is_found_by_its_code(town):
    assert queries.the_district("410100").pk == queries.the_district().pk == town.district
    assert queries.the_district("000000") is None
    assert queries.visitor_of("410100").district == town.district
    assert queries.district_named(town.district).name == "小城区"
    with pytest.raises(NotFound):
        queries.visitor_of("000000")


def test_units_of_another_district_are_not_seen(town):
    abroad = replace(town.office, district=uuid4())
    assert queries.units_visible_to(abroad, day=DAY) == []
    assert queries.posts_visible_to(abroad, day=DAY) == []
