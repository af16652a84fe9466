"""Posts by date: what was given to a day ends on that day, with nobody doing anything."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules import nodes, posts
from luoshi.rules.journal import Entry, Signature
from luoshi.rules.nodes import Founded, Moved
from luoshi.rules.posts import (
    BeginsBeforeItsEntry,
    DaysTurned,
    Delegated,
    GivenAlready,
    Held,
    Lent,
    LentToItself,
    NobodyHolds,
    NothingToRecall,
    OwnDelegate,
    Recalled,
)

DAY = date(2020, 3, 2)
HOME, FORCE, MORE = UUID(int=1), UUID(int=2), UUID(int=3)
HEAD, DEPUTY, OTHER = UUID(int=11), UUID(int=12), UUID(int=13)
KEY, KEY2 = UUID(int=21), UUID(int=22)
POST = Founded(name="局长", kind="post", parent=HOME)


def on(days):
    return DAY + timedelta(days=days)


def told(*dated):
    """The state after facts, each with its day counted from DAY."""
    state = nodes.initial()
    for number, (day, fact) in enumerate([(0, POST), *dated], start=1):
        nodes.check(state, fact, on(day))
        by, at = Signature(person=HEAD), datetime(2021, 1, 15, tzinfo=UTC)
        state = nodes.applied(state, Entry(number, number, on(day), at, by, "", fact))
    return state


def delegated(first, last, to=DEPUTY, key=KEY):
    return Delegated(key=key, person=to, first=on(first), last=on(last))


def lent(first, last, unit=FORCE, key=KEY):
    return Lent(key=key, unit=unit, first=on(first), last=on(last))


HELD = (0, Held(person=HEAD))


def test_who_holds_for_good_holds_on_every_day():
    state = told(HELD)
    assert posts.holder_on(state, on(5000)) == HEAD
    assert posts.turns_of(state) == []


def test_who_holds_until_a_day_holds_it_that_day_and_not_the_next():
    state = told((0, Held(person=HEAD, acting=True, until=on(9))))
    assert posts.holder_on(state, on(9)) == HEAD
    assert posts.holder_on(state, on(10)) is None
    assert posts.turns_of(state) == [on(10)]


def test_a_last_day_before_the_first_is_refused():
    with pytest.raises(DaysTurned):
        told((3, Held(person=HEAD, until=on(2))))
    with pytest.raises(DaysTurned):
        told(HELD, (0, delegated(3, 2)))


def test_a_delegate_acts_from_the_first_to_the_last_day():
    state = told(HELD, (0, delegated(3, 5)))
    acting = [posts.delegate_on(state, on(day)) for day in range(2, 7)]
    assert acting == [None, DEPUTY, DEPUTY, DEPUTY, None]
    assert posts.turns_of(state) == [on(3), on(6)]
    assert posts.holder_on(state, on(4)) == HEAD  # who delegates may still act


@pytest.mark.parametrize(
    ("refusal", "dated"),
    [
        (NobodyHolds, [(0, delegated(1, 2))]),
        (NobodyHolds, [(0, Held(person=HEAD, until=on(4))), (0, delegated(5, 6))]),
        (OwnDelegate, [HELD, (0, delegated(1, 2, to=HEAD))]),
        (GivenAlready, [HELD, (0, delegated(1, 5)), (0, delegated(5, 9, to=OTHER, key=KEY2))]),
        (BeginsBeforeItsEntry, [HELD, (4, delegated(3, 9))]),
        (LentToItself, [(0, lent(0, 9, unit=HOME))]),
        (GivenAlready, [(0, lent(1, 5)), (0, lent(0, 1, unit=MORE, key=KEY2))]),
        (BeginsBeforeItsEntry, [(4, lent(3, 9))]),
        (NothingToRecall, [HELD, (0, delegated(1, 5)), (0, Recalled(key=KEY2))]),
        (NothingToRecall, [HELD, (0, delegated(1, 5)), (6, Recalled(key=KEY))]),
    ],
)
def test_what_cannot_be_is_refused(refusal, dated):
    with pytest.raises(refusal):
        told(*dated)


def test_one_after_another_is_no_overlap():
    state = told(HELD, (0, delegated(1, 5)), (0, delegated(6, 9, to=OTHER, key=KEY2)))
    assert posts.delegate_on(state, on(5)) == DEPUTY
    assert posts.delegate_on(state, on(6)) == OTHER


def test_a_successor_has_no_part_in_what_the_one_before_delegated():
    state = told(HELD, (0, delegated(1, 9)), (4, Held(person=OTHER)))
    assert posts.delegate_on(state, on(3)) == DEPUTY
    assert posts.delegate_on(state, on(4)) is None
    gone = told(HELD, (0, delegated(6, 9)), (4, Held(person=None)))
    assert gone.delegations == ()


def test_who_is_appointed_after_acting_keeps_what_he_delegated():
    acting = (0, Held(person=HEAD, acting=True))
    state = told(acting, (0, delegated(1, 9)), (4, Held(person=HEAD)))
    assert posts.delegate_on(state, on(8)) == DEPUTY


def test_a_delegate_acts_for_nobody_once_the_holder_is_gone():
    state = told((0, Held(person=HEAD, until=on(4))), (0, delegated(1, 9)))
    assert posts.delegate_on(state, on(4)) == DEPUTY
    assert posts.delegate_on(state, on(5)) is None


def test_a_post_acts_where_it_is_lent_and_comes_home_by_itself():
    state = told((0, lent(2, 4)))
    assert [posts.lent_on(state, on(day)) for day in (1, 2, 4, 5)] == [None, FORCE, FORCE, None]


def test_what_is_recalled_is_over_from_that_day():
    state = told(HELD, (0, delegated(1, 9)), (0, lent(1, 9, key=KEY2)), (4, Recalled(key=KEY)))
    assert posts.delegate_on(state, on(3)) == DEPUTY
    assert posts.delegate_on(state, on(4)) is None
    assert posts.lent_on(state, on(4)) == FORCE
    never = told(HELD, (0, delegated(5, 9)), (4, Recalled(key=KEY)))
    assert never.delegations == ()


def test_a_post_moves_for_good_though_it_is_lent():
    assert told((0, lent(2, 4)), (1, Moved(parent=MORE))).parent == MORE


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(0, 10)), max_size=6))
def test_between_its_turns_a_post_is_the_same_on_every_day(spans):
    state = told((0, Held(person=HEAD, until=on(30))))
    for place, (first, length) in enumerate(spans):
        fact = delegated(first, first + length, to=UUID(int=100 + place), key=UUID(int=place))
        try:
            nodes.check(state, fact, on(0))
        except (GivenAlready, NobodyHolds):
            continue
        by, at = Signature(person=HEAD), datetime(2021, 1, 15, tzinfo=UTC)
        state = nodes.applied(state, Entry(9, 9, on(0), at, by, "", fact))
    turns = set(posts.turns_of(state))
    for day in map(on, range(1, 60)):
        seen = [
            (posts.holder_on(state, each), posts.delegate_on(state, each))
            for each in (day - timedelta(days=1), day)
        ]
        assert seen[0] == seen[1] or day in turns
