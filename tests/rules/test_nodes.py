"""Named nodes by date: founded once, then changed, then ended, and nothing after the end."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from luoshi.rules import nodes
from luoshi.rules.journal import Entry, Signature
from luoshi.rules.nodes import (
    AlreadyEnded,
    AlreadyFounded,
    Bounded,
    Classed,
    DistrictFounded,
    Ended,
    Founded,
    Moved,
    NameMissing,
    NotFounded,
    Ordered,
    Renamed,
    TerritoryTooLong,
)
from luoshi.rules.posts import Charged, Delegated, Held, Lent
from luoshi.rules.release import ReleaseSet

DAY, LATER = date(2017, 3, 1), date(2020, 4, 1)
ABOVE, PERSON = UUID(int=1), UUID(int=2)
PARK = Founded(name="樱桃沟管委会", kind="committee", parent=ABOVE, order=3, roles=("lead",))
CHANGES = (
    Renamed(name="侯寨管委会"),
    Moved(parent=None),
    Ordered(order=9),
    Held(person=PERSON),
    Classed(kind="park_committee"),
    Bounded(territory="樱桃沟片区"),
    Charged(duty="head", roles=("office",)),
    Lent(key=ABOVE, unit=PERSON, first=DAY, last=LATER),
    ReleaseSet(head=ABOVE),
)


def told(*facts, on=DAY):
    state = nodes.initial()
    for number, fact in enumerate(facts, start=1):
        nodes.check(state, fact, on)
        by = Signature(person=PERSON)
        at = datetime(2021, 1, 15, tzinfo=UTC)
        entry = Entry(number, number, on, at, by, type(fact).__name__, fact)
        state = nodes.applied(state, entry)
    return state


def test_a_node_begins_with_all_that_was_said_of_it():
    state = told(PARK)
    assert (state.name, state.kind, state.parent, state.order) == (
        "樱桃沟管委会",
        "committee",
        ABOVE,
        3,
    )
    assert (state.roles, state.founded_on, state.ended_on) == (("lead",), DAY, None)


def test_a_district_is_a_node_with_a_code():
    state = told(DistrictFounded(code="410103", name="二七区"))
    assert (state.name, state.kind, state.code) == ("二七区", "district", "410103")


def test_each_change_leaves_the_rest_as_it_was():
    state = told(PARK, *CHANGES, Held(person=PERSON, acting=True))
    assert (state.name, state.parent, state.order) == ("侯寨管委会", None, 9)
    assert (state.holder, state.acting, state.kind) == (PERSON, True, "park_committee")
    assert (state.territory, state.duty, state.roles) == ("樱桃沟片区", "head", ("office",))
    assert state.way == ReleaseSet(head=ABOVE)
    assert told(PARK, *CHANGES, Held(person=None)).holder is None


@pytest.mark.parametrize("fact", [*CHANGES, Ended()])
def test_nothing_happens_before_the_foundation_nor_after_the_end(fact):
    with pytest.raises(NotFounded):
        told(fact)
    with pytest.raises(AlreadyEnded) as refused:
        told(PARK, Ended(), fact)
    assert refused.value.facts == {"name": PARK.name, "ended_on": DAY}


@pytest.mark.parametrize("again", [PARK, DistrictFounded(code="1", name="二七区")])
def test_a_node_is_founded_once(again):
    with pytest.raises(AlreadyFounded):
        told(PARK, again)
    with pytest.raises(AlreadyFounded):
        told(PARK, Ended(), again)


@pytest.mark.parametrize("name", ["", "  ", "名" * 101])
def test_a_name_has_one_to_a_hundred_characters(name):
    for facts in (
        [Founded(name=name, kind="bureau")],
        [DistrictFounded(code="1", name=name)],
        [PARK, Renamed(name=name)],
    ):
        with pytest.raises(NameMissing) as refused:
            told(*facts)
        assert refused.value.facts == {"length": len(name)}
    assert told(Founded(name="名" * 100, kind="bureau")).name == "名" * 100


def test_a_territory_is_told_in_a_hundred_characters():
    for fact in (
        Founded(name="园", kind="park", territory="地" * 101),
        Bounded(territory="地" * 101),
    ):
        with pytest.raises(TerritoryTooLong):
            told(*([] if isinstance(fact, Founded) else [PARK]), fact)
    assert told(PARK, Bounded(territory="地" * 100)).territory == "地" * 100


def test_who_delegates_a_post_must_still_hold_it():
    delegated = Delegated(key=ABOVE, person=ABOVE, first=DAY, last=LATER)
    assert nodes.touched(delegated) & nodes.touched(Held(person=None))


def test_two_changes_meet_only_where_they_speak_of_the_same():
    parts = [nodes.touched(fact) for fact in (*CHANGES, Ended())]
    assert all(len(each) == 1 for each in parts)
    assert len(frozenset().union(*parts)) == len(parts)
    assert nodes.touched(PARK) == frozenset().union(*parts) | {"delegation"}
    assert nodes.touched(DistrictFounded(code="1", name="区")) == nodes.touched(PARK)
