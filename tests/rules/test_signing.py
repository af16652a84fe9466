"""Signing in: what a password must be, how many tries, how long, and who agrees to whom."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.rights import ADMINISTRATORS, Role
from luoshi.rules.signing import (
    BOUNDS,
    Ended,
    Locked,
    OutOfBounds,
    Standard,
    Tries,
    browser_named,
    check_standard,
    classes_of,
    confirmers_of,
    is_old,
    needs_second_factor,
    one_more,
    too_many,
    why_ended,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("password", "count"),
    [("", 0), ("abc", 1), ("aB", 2), ("aB3", 3), ("aB3-", 4), ("密码", 1), ("a密", 2)],
)
def test_classes_of_characters(password, count):
    assert classes_of(password) == count


@pytest.mark.parametrize(
    ("set_at", "old"),
    [(None, False), (AT - timedelta(days=89), False), (AT - timedelta(days=90), True)],
)
def test_a_password_is_old_after_ninety_days(set_at, old):
    assert is_old(set_at, AT, Standard()) is old


def after(*moments, most=5):
    tries = Tries()
    for at in moments:
        tries = one_more(tries, at=at, most=most, lock_minutes=15)
    return tries


def test_the_fifth_try_locks_for_fifteen_minutes():
    tries = after(*(AT + n * MINUTE for n in range(5)))
    assert (tries.count, tries.locked_until) == (5, AT + 19 * MINUTE)
    with pytest.raises(Locked) as locked:
        one_more(tries, at=AT + 18 * MINUTE + timedelta(seconds=1), most=5, lock_minutes=15)
    assert locked.value.facts == {"minutes": 1}
    assert one_more(tries, at=AT + 19 * MINUTE, most=5, lock_minutes=15).count == 1


def test_after_a_rest_the_count_begins_anew():
    assert after(AT, AT + 14 * MINUTE).count == 2
    assert after(AT, AT + 15 * MINUTE).count == 1


def test_what_many_share_is_counted_from_the_first_try():
    tries = Tries()
    for minute in (0, 10, 14):
        tries = one_more(tries, at=AT + minute * MINUTE, most=5, lock_minutes=15, is_shared=True)
    assert (tries.count, tries.noted_at) == (3, AT)
    later = one_more(tries, at=AT + 15 * MINUTE, most=5, lock_minutes=15, is_shared=True)
    assert later.count == 1


@given(st.lists(st.integers(0, 60 * 60), max_size=60))
def test_however_they_come_no_fifteen_minutes_see_a_sixth_try(gaps):
    tries, at, passed = Tries(), AT, []
    for gap in gaps:
        at += timedelta(seconds=gap)
        try:
            tries = one_more(tries, at=at, most=5, lock_minutes=15)
        except Locked:
            assert tries.locked_until > at
        else:
            passed.append(at)
    for first, sixth in zip(passed, passed[5:], strict=False):
        assert sixth - first >= 15 * MINUTE


@pytest.mark.parametrize(
    ("entered", "seen", "why"),
    [
        (0, 0, None),
        (0, 899, None),
        (0, 900, Ended.IDLE),
        (28800, 0, Ended.OVER),
        (28799, 10, None),
        (30000, 1000, Ended.OVER),
    ],
)
def test_a_session_ends_when_idle_or_old(entered, seen, why):
    now = 1_000_000.0
    told = why_ended(entered=now - entered, seen=now - seen, now=now, idle=900, most=28800)
    assert told == why


@pytest.mark.parametrize(
    ("told", "named"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit Chrome/120 Safari/537 Edg/120",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (X11; Linux x86_64) AppleWebKit Chrome/90 Safari/537", "Chrome · Linux"),
        ("Mozilla/5.0 (iPhone; like Mac OS X) MicroMessenger/8", "WeChat · iPhone"),
        ("curl/8", "curl/8"),
        ("", ""),
    ],
)
def test_browsers_are_called_as_people_call_them(told, named):
    assert browser_named(told) == named


def test_the_oldest_sessions_are_too_many():
    assert list(too_many(["c", "b", "a"], 2)) == ["a"]
    assert list(too_many(["a"], 2)) == []


@pytest.mark.parametrize("name", BOUNDS)
def test_a_district_is_never_looser_than_the_law(name):
    least, most = BOUNDS[name]
    check_standard(Standard(**{name: least}))
    check_standard(Standard(**{name: most}))
    for wrong in (least - 1, most + 1):
        with pytest.raises(OutOfBounds) as refused:
            check_standard(Standard(**{name: wrong}))
        assert refused.value.facts["name"] == name


def test_who_needs_a_second_factor():
    assert needs_second_factor({"officer", "auditor"}, Standard())
    assert not needs_second_factor({"officer"}, Standard())
    assert needs_second_factor((), Standard(second_factor_for_all=True))


@given(
    st.sampled_from(sorted(ADMINISTRATORS)),
    st.sampled_from(sorted(ADMINISTRATORS)),
    st.frozensets(st.sampled_from(sorted(ADMINISTRATORS))),
)
def test_nobody_is_asked_who_named_who_is_named_or_who_is_not_there(role, named_by, existing):
    asked = confirmers_of(role, {named_by}, existing)
    assert asked <= existing - {role, named_by}
    if existing == ADMINISTRATORS:
        assert len(asked) == (2 if role == named_by else 1)


def test_the_system_administrator_is_named_by_one_and_agreed_to_by_both_others():
    assert confirmers_of(Role.SYSTEM, {"system"}, ADMINISTRATORS) == {
        Role.SECURITY,
        Role.AUDITOR,
    }
