"""What a district gives out, and that a city sees that and nothing else of it."""

from uuid import uuid4

import pytest
from django.test import Client

from luoshi.base.rebuild import rebuilt
from luoshi.ledger import commands, queries, rollups
from luoshi.organisation import commands as organisation
from luoshi.organisation.queries import DistrictVisitor
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.rights import Role
from luoshi.rules.rollup import ColourCount, RollupLaw, RollupPublished, RollupState, RollupUneven
from tests.doors.streets import OWN
from tests.ledger.town import AT, DAY, FOUNDED, Town

LATER = DAY.replace(month=6)


@pytest.fixture
def city(streets):
    """A city over the first town of the streets."""
    above = Town("410100")
    town = streets.here
    organisation.join_city(
        city=above.district,
        on=DAY,
        expected=queries.last_entry_of(town.district),
        **town.hand(),
    )
    return above


def published(town, on=LATER):
    return commands.publish_rollup(sent=town.sent(on=on))


def test_the_counts_of_a_day_are_given_out_as_they_were_known(streets):
    town = streets.here
    fact = published(town).fact
    assert (fact.day, fact.matters) == (LATER, len(streets.matters))
    assert sum(one.count for one in fact.colours) == len(streets.matters)
    town.tell("abolish", streets.matters[OWN], reason="并入", on=LATER)
    (kept,) = rollups.own_rollups(DistrictVisitor(town.district))
    assert (kept.day, kept.abolished) == (LATER, 0)
    published(town)
    (again,) = rollups.own_rollups(DistrictVisitor(town.district))
    assert again.abolished == 1
    assert not [found for found in rebuilt(district=town.district, write=False) if found]


def test_a_city_sees_what_was_given_out_and_nothing_before_it_was_one(streets, city):
    visitor = DistrictVisitor(city.district)
    assert rollups.latest_below(visitor, day=LATER) == [("小城区", None)]
    published(streets.here)
    ((name, found),) = rollups.latest_below(visitor, day=LATER)
    assert (name, found.day, found.matters) == ("小城区", LATER, len(streets.matters))
    assert rollups.latest_below(visitor, day=DAY) == [("小城区", None)]
    assert rollups.latest_below(visitor, day=FOUNDED) == []
    assert rollups.latest_below(DistrictVisitor(streets.there.district), day=LATER) == []


def test_only_the_office_gives_out(streets):
    town = streets.here
    officer = town.actors["城管局"]
    with pytest.raises(NotAllowed):
        commands.publish_rollup(sent=town.sent(by=officer, on=LATER, at=AT))


def test_counts_that_do_not_add_up_are_refused():
    fact = RollupPublished(
        day=DAY, known_at=1, matters=3, colours=(ColourCount(colour="red", count=1),),
        closed=1, abolished=0, late=0,
    )  # fmt: skip
    with pytest.raises(RollupUneven):
        RollupLaw.check(RollupState(), fact, DAY)
    assert RollupLaw.touched(fact)


def test_the_office_presses_the_button_and_the_city_reads(streets, city):
    office = streets.client(Role.OFFICE)
    page = office.get("/rollups/?on=2020-06-02").content.decode()
    assert "/rollups/publish/" in page
    assert office.post("/rollups/publish/", {"on": "2020-06-02"}).status_code == 302
    assert "2020-06-02" in office.get("/rollups/").content.decode()
    wrong = office.post("/rollups/publish/", {"on": "2020-13-02"}, follow=True)
    assert wrong.context["messages"]
    reader = Client()
    hand = city.hand()
    post, person = uuid4(), uuid4()
    held = organisation.found_post(
        post_id=post, name="市办", unit=city.unit("办公室"), order=50, roles=("leader",),
        on=FOUNDED, **hand,
    )  # fmt: skip
    hand = city.hand()
    organisation.hold_post(post_id=post, person=person, on=FOUNDED, expected=held.number, **hand)
    account = organisation.make_account(
        login="city", password=None, person=person, district=city.district
    )
    reader.force_login(account)
    page = reader.get("/rollups/?on=2020-06-30").content.decode()
    assert "2020-06-02" in page
    assert reader.get(f"/matters/{streets.matters[OWN]}/").status_code == 404
