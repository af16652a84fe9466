"""Dated standards: years of the calendar and rule sets, each as announced."""

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import UUID

import pytest

from luoshi.rules.colour import ERQI_2017_D1
from luoshi.rules.journal import Entry, Signature, state_on
from luoshi.rules.refusals import Refusal
from luoshi.rules.standards import (
    CalendarLaw,
    RuleLaw,
    YearAnnounced,
    YearNotMeant,
    YearOutsideItself,
)

FIRST, SECOND = date(2019, 11, 21), date(2020, 1, 26)
HAND = Signature(person=UUID(int=1))
AT = datetime(2021, 1, 15, tzinfo=UTC)


def announced(year=2020, off=(), make_up=()):
    return YearAnnounced(year=year, off=off, make_up=make_up, document="国办发明电〔2019〕16号")


def entry(number, on, fact):
    return Entry(number, number, on, AT, HAND, "fact", fact)


def test_a_later_announcement_of_a_year_replaces_the_earlier_from_its_day_on():
    short = announced(off=(date(2020, 1, 30),))
    long = announced(off=(date(2020, 1, 30), date(2020, 1, 31)))
    other = announced(year=2021)
    entries = [entry(1, FIRST, short), entry(2, SECOND, long), entry(3, SECOND, other)]
    assert state_on(entries, date(2019, 1, 1), law=CalendarLaw).years == {}
    assert state_on(entries, FIRST, law=CalendarLaw).years == {2020: short}
    assert state_on(entries, SECOND, law=CalendarLaw).years == {2020: long, 2021: other}


@pytest.mark.parametrize("days", ["off", "make_up"])
def test_a_year_arranges_only_its_own_days(days):
    CalendarLaw.check(CalendarLaw.initial(), announced(**{days: (date(2020, 12, 31),)}), FIRST)
    stray = announced(**{days: (date(2020, 5, 1), date(2021, 1, 1))})
    with pytest.raises(YearOutsideItself) as refused:
        CalendarLaw.check(CalendarLaw.initial(), stray, FIRST)
    assert refused.value.facts == {"year": 2020, "day": date(2021, 1, 1)}


@pytest.mark.parametrize(
    ("year", "is_meant"), [(0, False), (1948, False), (1949, True), (2029, True), (2030, False)]
)
def test_no_year_is_announced_that_cannot_be_meant(year, is_meant):
    def check():
        CalendarLaw.check(CalendarLaw.initial(), announced(year=year), FIRST)

    if is_meant:
        check()
        return
    with pytest.raises(YearNotMeant) as refused:
        check()
    assert refused.value.facts == {"year": year}


def test_two_announcements_meet_only_over_the_same_year():
    assert CalendarLaw.touched(announced()) == {"2020"}
    assert not CalendarLaw.touched(announced()) & CalendarLaw.touched(announced(year=2021))


def test_rule_sets_are_kept_oldest_first():
    newer = replace(ERQI_2017_D1, version=2)
    entries = [entry(1, FIRST, ERQI_2017_D1), entry(2, SECOND, newer)]
    assert RuleLaw.initial().issued == ()
    assert state_on(entries, FIRST, law=RuleLaw).issued == (ERQI_2017_D1,)
    assert state_on(entries, SECOND, law=RuleLaw).issued == (ERQI_2017_D1, newer)
    assert RuleLaw.touched(newer) == {ERQI_2017_D1.code}


def test_a_rule_that_no_code_here_reads_is_refused():
    RuleLaw.check(RuleLaw.initial(), ERQI_2017_D1, FIRST)
    with pytest.raises(Refusal) as refused:
        RuleLaw.check(RuleLaw.initial(), replace(ERQI_2017_D1, reader="none-1"), FIRST)
    assert refused.value.code == "rule_needs_another_reader"
