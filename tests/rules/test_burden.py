"""The cap on asks: none until one is set, and what the office allows above it."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules import burden as law
from luoshi.rules.burden import AsksAllowed, CapSet, CapTooSmall, NoPostNamed, week_of
from luoshi.rules.journal import Entry, Signature, TextDigest

A, B = UUID(int=1), UUID(int=2)
MONDAY = date(2021, 1, 11)
WHY = TextDigest("ab" * 32)


def told(*facts):
    state = law.initial()
    by = Signature(person=A, post=None, unit=None)
    for number, fact in enumerate(facts, start=1):
        at = datetime(2021, 1, 12, tzinfo=UTC)
        state = law.applied(state, Entry(number, number, MONDAY, at, by, "x", fact, None))
    return state


def allowed(*posts, week=MONDAY):
    return AsksAllowed(posts=posts, week=week, reason=WHY)


def test_without_a_cap_nothing_is_too_much():
    assert told().above({A: 99}, week=MONDAY) == []
    assert (
        told(CapSet(asks_per_week=1), CapSet(asks_per_week=None)).above({A: 9}, week=MONDAY) == []
    )


def test_above_the_cap_is_more_than_it_says_unless_allowed_for_that_week():
    asks = {A: 3, B: 2}
    capped = CapSet(asks_per_week=2)
    assert told(capped).above(asks, week=MONDAY) == [A]
    assert told(capped, allowed(A)).above(asks, week=MONDAY) == []
    assert told(capped, allowed(B)).above(asks, week=MONDAY) == [A]
    assert told(capped, allowed(A, week=date(2021, 1, 4))).above(asks, week=MONDAY) == [A]


def test_a_cap_below_one_and_a_consent_for_nobody_are_refused():
    law.check(told(), CapSet(asks_per_week=None), MONDAY)
    law.check(told(), CapSet(asks_per_week=1), MONDAY)
    law.check(told(), allowed(A), MONDAY)
    with pytest.raises(CapTooSmall):
        law.check(told(), CapSet(asks_per_week=0), MONDAY)
    with pytest.raises(NoPostNamed):
        law.check(told(), allowed(), MONDAY)


def test_two_consents_touch_the_same_part_for_the_same_post_and_week_only():
    assert law.touched(CapSet(asks_per_week=3)) == {"cap"}
    assert not law.touched(allowed(A)) & law.touched(allowed(B))
    assert law.touched(allowed(A, B)) & law.touched(allowed(B))


@given(st.dates(date(2015, 1, 1), date(2035, 1, 1)))
def test_a_week_begins_on_its_monday(day):
    monday = week_of(day)
    assert monday.weekday() == 0
    assert 0 <= (day - monday).days < 7
