"""Who is reached on a day, and when a message may ring."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from luoshi.rules.notices import Audience, Hours, next_open, reached
from luoshi.rules.rights import Role

HERE, ELSEWHERE = uuid4(), uuid4()


@dataclass(frozen=True)
class Desk:
    name: str
    roles: frozenset = frozenset()
    holder: UUID | None = field(default_factory=uuid4)
    unit: UUID = HERE
    id: UUID = field(default_factory=uuid4)


def desk(name, *roles, **given):
    return Desk(name, frozenset(roles), **given)


def names(audience, *desks):
    return [one.name for one in reached(audience, desks)]


def test_a_post_is_reached_vacant_or_not():
    vacant = desk("负责人", holder=None)
    assert names(Audience.post(vacant.id), vacant, desk("别的")) == ["负责人"]


def test_a_role_reaches_every_post_that_has_it_and_no_role_is_an_officers():
    desks = (desk("甲", "office"), desk("乙", "office", "leader"), desk("丙"))
    assert names(Audience.role(Role.OFFICE), *desks) == ["甲", "乙"]
    assert names(Audience.role(Role.OFFICER), *desks) == ["丙"]


@pytest.mark.parametrize(
    ("desks", "expected"),
    [
        ([desk("head", "unit_head"), desk("officer")], ["officer"]),  # who does the work
        ([desk("head", "unit_head"), desk("officer", holder=None)], ["head"]),  # the nearest held
        ([desk("reviewer", "reviewer"), desk("head", "unit_head")], ["reviewer"]),
        ([desk("office", "office")], ["office"]),
        ([desk("leader", "leader")], []),  # leaders are not asked in a unit's stead
        ([desk("officer", holder=None)], ["officer"]),  # vacant: the receipt says so
        ([desk("elsewhere", unit=ELSEWHERE)], []),
        ([], []),
    ],
)
def test_in_a_unit_the_nearest_hands_are_reached(desks, expected):
    assert names(Audience.unit(HERE), *desks) == expected


# ---- when a message may ring

SATURDAY = date(2021, 1, 16)


def is_weekday(day):
    return day.weekday() < 5


def opened(moment, hours, is_working_day=is_weekday):
    return next_open(moment, hours, is_working_day=is_working_day)


def at(day, hour, minute=0):
    return datetime.combine(day, time(hour, minute), tzinfo=UTC)


FRIDAY, MONDAY = SATURDAY - timedelta(days=1), SATURDAY + timedelta(days=2)
NIGHT = Hours(time(20), time(8))


@pytest.mark.parametrize(
    ("moment", "hours", "expected"),
    [
        (at(FRIDAY, 10), NIGHT, at(FRIDAY, 10)),
        (at(FRIDAY, 7, 59), NIGHT, at(FRIDAY, 8)),
        (at(FRIDAY, 20), NIGHT, at(MONDAY, 8)),  # the night, then the weekend, then a night's end
        (at(FRIDAY, 20), Hours(time(20), time(8), working_days_only=False), at(SATURDAY, 8)),
        (at(SATURDAY, 10), Hours(), at(MONDAY, 0)),
        (at(FRIDAY, 12, 30), Hours(time(12), time(14)), at(FRIDAY, 14)),
        (at(FRIDAY, 14), Hours(time(12), time(14)), at(FRIDAY, 14)),
    ],
)
def test_what_is_held_back_goes_at_the_next_open_moment(moment, hours, expected):
    assert opened(moment, hours) == expected


def test_where_no_year_is_announced_nothing_is_held_back():
    assert opened(at(SATURDAY, 10), Hours(), lambda _day: None) == at(SATURDAY, 10)


TIMES = st.times().map(lambda one: one.replace(second=0, microsecond=0))


@given(st.integers(0, 20 * 24 * 60), TIMES, TIMES, st.booleans())
def test_the_next_open_moment_is_open_and_none_before_it(minutes, start, end, working):
    hours = Hours(start, end, working)
    moment = at(FRIDAY, 0) + timedelta(minutes=minutes)
    found = opened(moment, hours)

    def is_open(one):
        return not hours.is_quiet(one.time()) and (not working or is_weekday(one.date()))

    assert found >= moment
    assert is_open(found)
    assume(found > moment)
    assert not is_open(moment)
    assert not is_open(found - timedelta(minutes=1))
