"""Units that end, join and split: nothing is lost, and every past day shows what was then."""

from datetime import timedelta
from uuid import uuid4

import pytest

from luoshi.base.rebuild import rebuilt
from luoshi.ledger.queries import last_entry_of
from luoshi.organisation import commands, queries
from luoshi.organisation.commands import NewUnit
from luoshi.rules.journal import ChangedMeanwhile, CommandIdReused
from luoshi.rules.nodes import AlreadyEnded, Bounded, Classed, Ended, Moved, Renamed
from luoshi.rules.organisation import (
    SuccessorItself,
    SuccessorNeeded,
    SuccessorNotInForce,
    TooFewUnits,
    UnitUnknown,
)
from luoshi.rules.posts import Lent
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.tree import BelowItself
from tests.ledger.town import BELOW, DAY, LEAD, OFFICE, STRANGER, SUPERVISION, SUPPORT, UNITS

BEFORE, NEXT = DAY - timedelta(days=1), DAY + timedelta(days=1)
TOP = UNITS[0][0]


@pytest.fixture
def tree(town):
    """The units of a day as name to the name above."""

    def on(day, known_at=None):
        units = queries.units_visible_to(town.office, day=day, known_at=known_at)
        names = queries.names_of(units)
        return {unit.name: names.get(unit.parent) for unit in units}

    return on


@pytest.fixture
def homes(town):
    """The posts of a day as name to the unit they belong to."""

    def on(day):
        names = queries.names_of(queries.units_visible_to(town.office, day=day))
        posts = queries.posts_visible_to(town.office, day=day)
        return {post.name.removesuffix("负责人"): names.get(post.home) for post in posts}

    return on


@pytest.fixture
def end(town):
    def ended(name, *successors, on=DAY, **hand):
        unit = town.unit(name)
        hand = town.hand() | {"expected": last_entry_of(unit)} | hand
        heirs = [town.unit(one) for one in successors]
        return commands.end_unit(unit_id=unit, successors=heirs, on=on, **hand)

    return ended


@pytest.fixture
def change(town):
    def changed(name, fact, on=DAY):
        unit = town.unit(name)
        return commands.change_unit(
            unit_id=unit, fact=fact, on=on, expected=last_entry_of(unit), **town.hand()
        )

    return changed


@pytest.fixture
def merge(town):
    def merged(*names, into, on=DAY, **hand):
        units = [town.unit(name) for name in names]
        known = {unit: last_entry_of(unit) for unit in units}
        goes = into if isinstance(into, NewUnit) else town.unit(into)
        hand = town.hand() | {"expected": known} | hand
        return commands.merge_units(unit_ids=units, into=goes, on=on, **hand)

    return merged


@pytest.fixture
def split(town):
    def parted(name, *parts, on=DAY, **hand):
        unit = town.unit(name)
        hand = town.hand() | {"expected": last_entry_of(unit)} | hand
        return commands.split_unit(unit_id=unit, into=parts, on=on, **hand)

    return parted


def new(town, name, above=TOP):
    return NewUnit(name=name, kind="bureau", parent=town.unit(above), order=3)


def has_same_rows(town):
    return not [each for some in rebuilt(district=town.district) for each in some]


# ---- an end


def test_an_idle_unit_ends_and_its_vacant_posts_with_it(tree, homes, end):
    end(STRANGER)
    assert STRANGER in tree(BEFORE)
    assert STRANGER not in tree(DAY)
    assert STRANGER not in homes(DAY)
    assert STRANGER in homes(BEFORE)


def test_who_has_matters_holders_or_units_below_ends_only_naming_who_takes_over(
    town, end, snapshot
):
    town.assigned("S1", lead=SUPERVISION)
    post = town.post(STRANGER)
    commands.hold_post(
        post_id=post, person=uuid4(), on=DAY, expected=last_entry_of(post), **town.hand()
    )
    before = snapshot()
    for name, counts in (
        (SUPERVISION, {"matters": 1, "holders": 0, "below": 0}),  # led and answered for, once
        (STRANGER, {"matters": 0, "holders": 1, "below": 0}),
        (LEAD, {"matters": 0, "holders": 0, "below": 1}),
    ):
        with pytest.raises(SuccessorNeeded) as refused:
            end(name)
        assert refused.value.facts == {"name": name} | counts
    for successor, refusal in ((STRANGER, SuccessorItself), ("无", SuccessorNotInForce)):
        with pytest.raises(refusal):
            end(STRANGER, successor)
    assert snapshot() == before


def test_posts_and_units_below_go_over_to_the_first_successor(town, tree, homes, end):
    end(LEAD, SUPPORT, STRANGER)
    assert tree(BEFORE)[BELOW] == LEAD
    assert tree(DAY)[BELOW] == SUPPORT
    assert (homes(BEFORE)[LEAD], homes(DAY)[LEAD]) == (LEAD, SUPPORT)
    assert has_same_rows(town)


def test_a_successor_from_below_takes_the_place_of_the_one_that_ends(tree, homes, end):
    end(LEAD, BELOW)
    assert tree(DAY)[BELOW] == TOP
    assert homes(DAY)[LEAD] == BELOW


def test_what_was_lent_to_who_ends_comes_home(town, end):
    post = town.post(SUPPORT)
    fact = Lent(key=uuid4(), unit=town.unit(STRANGER), first=BEFORE, last=NEXT)
    commands.change_post(
        post_id=post, fact=fact, on=BEFORE, expected=last_entry_of(post), **town.hand()
    )
    end(STRANGER)
    assert queries.post_named(town.office, post, day=BEFORE).unit == town.unit(STRANGER)
    assert queries.post_named(town.office, post, day=DAY).unit == town.unit(SUPPORT)


# ---- the same command again, and two at once


def test_the_same_end_again_is_the_same_end(town, end, snapshot):
    sent = {"command_id": uuid4(), "expected": last_entry_of(town.unit(LEAD))}
    first = end(LEAD, SUPPORT, **sent)
    after = snapshot()
    assert [entry.number for entry in end(LEAD, SUPPORT, **sent)] == [e.number for e in first]
    assert snapshot() == after
    with pytest.raises(CommandIdReused):
        end(LEAD, STRANGER, **sent)


def test_who_did_not_see_the_last_end_is_told(town, end):
    seen = last_entry_of(town.unit(STRANGER))
    end(STRANGER)
    with pytest.raises(AlreadyEnded):
        end(STRANGER, SUPPORT, expected=seen)


def test_a_rename_and_an_end_do_not_meet(town, end, change):
    seen = last_entry_of(town.unit(STRANGER))
    change(STRANGER, Renamed(name="教育局"))
    end(STRANGER, expected=seen)
    with pytest.raises((ChangedMeanwhile, AlreadyEnded)):
        change(STRANGER, Renamed(name="教体局"))


# ---- merges


def test_units_join_in_a_new_one_and_the_past_shows_them_apart(town, tree, homes, merge):
    merge(LEAD, SUPPORT, into=new(town, "城市运行局"))
    assert {LEAD, SUPPORT} <= set(tree(BEFORE))
    assert "城市运行局" not in tree(BEFORE)
    assert not {LEAD, SUPPORT} & set(tree(DAY))
    assert tree(DAY)["城市运行局"] == TOP
    assert tree(DAY)[BELOW] == "城市运行局"
    assert (homes(DAY)[LEAD], homes(DAY)[SUPPORT]) == ("城市运行局", "城市运行局")
    assert has_same_rows(town)


def test_a_unit_joins_another_that_goes_on(tree, merge):
    merge(STRANGER, SUPPORT, into=SUPPORT)
    assert STRANGER not in tree(DAY)
    assert SUPPORT in tree(DAY)


def test_the_same_merge_again_is_the_same_merge(town, merge, snapshot):
    sent = {"command_id": uuid4()}
    first = merge(LEAD, SUPPORT, into=new(town, "城市运行局"), **sent)
    after = snapshot()
    again = merge(LEAD, SUPPORT, into=new(town, "城市运行局"), **sent)
    assert [entry.number for entry in again] == [entry.number for entry in first]
    assert snapshot() == after


def test_what_cannot_join_is_refused(town, merge, snapshot):
    before = snapshot()
    for names, into, refusal in [
        ([LEAD], new(town, "独"), TooFewUnits),
        ([SUPPORT, SUPPORT], SUPPORT, TooFewUnits),
        ([LEAD, SUPPORT], new(town, "下", above=LEAD), BelowItself),
        ([LEAD, SUPPORT], "无", SuccessorNotInForce),
        ([LEAD, SUPPORT], NewUnit(name="外", kind="bureau", parent=uuid4(), order=1), UnitUnknown),
    ]:
        with pytest.raises(refusal):
            merge(*names, into=into)
    with pytest.raises(NotAllowed):
        merge(LEAD, SUPPORT, into=new(town, "甲"), by=town.actors[LEAD])
    assert snapshot() == before


# ---- splits


def test_a_unit_is_split_and_the_first_part_takes_over(town, tree, homes, split):
    split(LEAD, new(town, "城管一局"), new(town, "城管二局"))
    assert LEAD not in tree(DAY)
    assert tree(DAY)["城管一局"] == tree(DAY)["城管二局"] == TOP
    assert tree(DAY)[BELOW] == "城管一局"
    assert homes(DAY)[LEAD] == "城管一局"
    assert has_same_rows(town)


def test_one_part_is_no_split(town, split):
    with pytest.raises(TooFewUnits):
        split(LEAD, new(town, "城管一局"))


def test_a_part_does_not_stand_below_who_ends(town, split):
    with pytest.raises(BelowItself):
        split(LEAD, new(town, "甲", above=LEAD), new(town, "乙"))


def test_the_record_names_who_took_over(town, end):
    end(LEAD, SUPPORT)
    record = queries.unit_record(town.office, town.unit(LEAD))
    assert record[-1].fact == Ended(successors=(town.unit(SUPPORT),))
    gone = queries.units_gone_by(town.office, day=DAY)
    assert gone == {town.unit(LEAD): DAY}
    assert queries.last_of(town.office, gone)[town.unit(LEAD)].name == LEAD
    calls = queries.names_by_day(town.office, [town.unit(LEAD)])
    assert calls(town.unit(LEAD), NEXT) == LEAD


# ---- places, kinds, territories


def test_a_unit_never_comes_to_stand_below_itself(town, change, snapshot):
    before = snapshot()
    for above in (BELOW, LEAD):
        with pytest.raises(BelowItself):
            change(LEAD, Moved(parent=town.unit(above)))
    with pytest.raises(UnitUnknown):
        change(LEAD, Moved(parent=uuid4()))
    assert snapshot() == before
    change(BELOW, Moved(parent=town.unit(TOP)), on=NEXT)
    change(LEAD, Moved(parent=town.unit(BELOW)), on=NEXT)
    with pytest.raises(BelowItself):  # the same day before is later than nothing: it must hold too
        change(BELOW, Moved(parent=town.unit(LEAD)), on=NEXT)


def test_kind_and_territory_are_by_date(town, change):
    change(LEAD, Classed(kind="bureau"))
    change(LEAD, Bounded(territory="老城片区"), on=NEXT)

    def on(day):
        units = {unit.id: unit for unit in queries.units_visible_to(town.office, day=day)}
        return (units[town.unit(LEAD)].kind, units[town.unit(LEAD)].territory)

    assert [on(day) for day in (BEFORE, DAY, NEXT)] == [
        ("department", ""),
        ("bureau", ""),
        ("bureau", "老城片区"),
    ]


def test_a_unit_is_founded_under_a_known_one(town):
    given = {"kind": "bureau", "order": 1, "on": DAY, "territory": "老城"}
    with pytest.raises(UnitUnknown):
        commands.found_unit(unit_id=uuid4(), name="新局", parent=uuid4(), **given, **town.hand())
    unit = uuid4()
    commands.found_unit(unit_id=unit, name="新局", parent=town.unit(OFFICE), **given, **town.hand())
    assert queries.last_of(town.office, [unit])[unit].territory == "老城"
    assert queries.founded_and_ended(town.office, unit) == (DAY, None)
    assert queries.unit_record(town.office, uuid4()) == []
    assert queries.units_of_person(town.office, uuid4(), day=DAY) == frozenset()
    assert SUPERVISION in queries.unit_names_ever(town.office)
