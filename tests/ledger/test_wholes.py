"""A whole is 待核 by its own figure once all its mandatory parts are closed out, not before."""

from datetime import date, timedelta

import pytest

from luoshi.base import bulk
from luoshi.base.models import Line
from luoshi.base.rebuild import rebuilt
from luoshi.base.spells import on_day
from luoshi.clocks import commands as clocks
from luoshi.ledger import queries
from luoshi.ledger.models import MatterSpell
from luoshi.rules.ledger import decide
from luoshi.rules.ledger import facts as f
from tests.ledger.town import AT, DAY, SUPERVISION

FIRST, SECOND, LATER = (DAY + timedelta(days=n) for n in (10, 20, 40))


def is_awaiting(matter, day, known_at=None):
    return MatterSpell.objects.filter(on_day(day, known_at=known_at)).get(thread=matter).is_awaiting


def last_number(town):
    return Line.objects.get(pk=town.district).last_number


def differences(town):
    return [each for some in rebuilt(district=town.district) for each in some]


@pytest.fixture
def whole(town):
    """A whole that reached its target, two verified parts of it, and one that may stay open."""
    whole = town.assigned("W")
    parts = [town.verified("P1"), town.verified("P2")]
    open_part = town.draft("P3")
    named = [f.Part(matter=part) for part in parts]
    named.append(f.Part(matter=open_part, mandatory=False))
    town.tell("divide", whole, parts=tuple(named))
    town.confirmed(whole, 100)
    return whole, *parts


def close(town, part, on):
    return town.tell("close_out", part, town.actors[SUPERVISION], on=on)


def test_a_whole_awaits_verification_from_the_day_on_which_the_last_part_closed(town, whole):
    whole, first, second = whole
    assert not is_awaiting(whole, LATER)
    close(town, second, SECOND)
    assert not is_awaiting(whole, LATER)
    before = last_number(town)
    close(town, first, FIRST)
    days = (FIRST, SECOND - timedelta(days=1), SECOND, LATER)
    assert [is_awaiting(whole, day) for day in days] == [False, False, True, True]
    assert not is_awaiting(whole, LATER, known_at=before)
    assert differences(town) == []


def test_a_part_that_opens_again_leaves_the_whole_unfinished(town, whole):
    whole, first, second = whole
    entries = [close(town, part, FIRST) for part in (first, second)]
    closed = last_number(town)
    town.tell("correct", second, entry=entries[1].number, change=None, reason="误销号")
    assert not is_awaiting(whole, LATER)
    assert is_awaiting(whole, LATER, known_at=closed)
    assert differences(town) == []


def test_another_division_asks_for_other_parts(town, whole):
    whole, first, _ = whole
    close(town, first, FIRST)
    town.tell("divide", whole, on=SECOND, parts=(f.Part(matter=first),))
    assert not is_awaiting(whole, SECOND - timedelta(days=1))
    assert is_awaiting(whole, SECOND)
    assert differences(town) == []


def test_the_bulk_road_and_new_standards_keep_wholes_and_parts_in_step(town, whole):
    whole, first, second = whole
    sent = town.sent(town.actors[SUPERVISION], FIRST)
    changes = []
    for part in (first, second):
        given = {
            "done_by_units": queries.doing_subtree(sent.by, part, on=FIRST),
            "verified_by_unit": sent.by.unit,
            "verified_by_person": sent.by.person,
        }
        changes.append(town.change(part, decide.close_out, FIRST, **given))
    changes.append(
        town.change(whole, decide.divide, FIRST, parts=(f.Part(matter=first, mandatory=True),))
    )
    for _ in bulk.append_many(changes, by=sent.by, at=AT):
        pass
    assert is_awaiting(whole, FIRST)
    clocks.announce_year(
        year=2021, off=(date(2021, 1, 1),), make_up=(), document="更正", on=date(2021, 1, 4),
        expected=clocks.last_of_calendar(town.district), **town.hand(),
    )  # fmt: skip
    assert is_awaiting(whole, LATER)
    assert differences(town) == []
