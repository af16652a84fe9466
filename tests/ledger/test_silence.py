"""Vacancy and silence: what became so today stands in the report of today, and asks nobody."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.ledger import silence
from luoshi.ledger.queries import last_entry_of
from luoshi.ledger.silence import Silent
from luoshi.organisation import commands as organisation
from luoshi.rules.nodes import Ended
from tests.ledger.town import DAY, DUE, FOUNDED, LEAD, OFFICE, STRANGER, UNITS

NEXT = DAY + timedelta(days=1)
WEEK = DAY + timedelta(days=7)


@pytest.fixture
def seen(town):
    """The report of a day."""

    def report(day=DAY, **given):
        return silence.silence(town.office, day=day, is_now=True, **given)

    return report


@pytest.fixture
def hold(town):
    def held(name, person, on=FOUNDED):
        post = town.post(name)
        organisation.hold_post(
            post_id=post, person=person, on=on, expected=last_entry_of(post), **town.hand()
        )
        return person

    return held


@pytest.fixture
def everybody(hold):
    """Every post held since the foundation."""
    return {name: hold(name, uuid4()) for name, _above in UNITS}


def names(quiet):
    return [(one.post.name.removesuffix("负责人"), one.since) for one in quiet]


def causes(found):
    return {one.spell.code: one.why for one in found.rows}


def test_a_post_nobody_holds_is_there_since_its_foundation(seen):
    assert dict(names(seen().vacant)) == {name: FOUNDED for name, _above in UNITS}
    assert seen(FOUNDED - timedelta(days=1)).vacant == ()


def test_a_vacancy_stands_there_on_its_first_day(hold, everybody, seen):
    assert seen(NEXT).vacant == ()
    hold(LEAD, None, on=NEXT)
    assert names(seen(NEXT).vacant) == [(LEAD, NEXT)]
    assert names(seen(WEEK).vacant) == [(LEAD, NEXT)]
    assert seen(DAY).vacant == ()


def test_a_holder_who_never_signed_in_is_named_until_he_does(town, everybody, seen):
    account = organisation.make_account(
        login="k", password=None, person=everybody[LEAD], district=town.district
    )
    assert (LEAD, FOUNDED) in names(seen().unseen)
    account.last_login = town.hand()["at"]
    account.save()
    assert LEAD not in dict(names(seen().unseen))
    past = silence.silence(town.office, day=DAY, is_now=False)
    assert past.unseen is None  # of another day nothing is known


def test_a_matter_whose_post_is_vacant_is_silent_since_the_later_of_both(town, hold, seen):
    town.assigned("S1", lead=STRANGER)
    found = seen(WEEK)
    assert causes(found) == {"S1": (Silent.VACANT,)}
    assert found.rows[0].since == DAY  # vacant long before, but it answers since then
    assert found.counts == {Silent.VACANT: 1, Silent.NEVER: 0, Silent.ENDED: 0}
    hold(STRANGER, uuid4(), on=NEXT)
    assert causes(seen(NEXT)) == {"S1": (Silent.NEVER,)}
    hold(STRANGER, None, on=WEEK)
    assert seen(WEEK).rows[0].since == WEEK
    assert {one.post.name: one.matters for one in seen(WEEK).vacant}[f"{STRANGER}负责人"] == 1


def test_a_matter_its_post_never_acted_on_is_silent_until_it_acts(town, everybody, seen):
    matter = town.assigned("S1")
    assert causes(seen(WEEK)) == {"S1": (Silent.NEVER,)}
    assert seen(WEEK).rows[0].since == DAY
    town.report(matter, on=WEEK)
    assert causes(seen(WEEK)) == {}
    assert causes(seen(NEXT)) == {"S1": (Silent.NEVER,)}  # on that day it had not acted


def test_what_is_not_assigned_or_has_ended_is_not_silent(town, everybody, seen):
    town.draft("S1")
    matter = town.assigned("S2")
    town.tell("abolish", matter, on=NEXT, reason="不再实施")
    assert set(causes(seen(DAY))) == {"S2"}
    assert causes(seen(NEXT)) == {}


def test_a_matter_of_a_unit_that_ended_is_silent_since_that_day(town, everybody, seen):
    matter = town.assigned("S1", lead=STRANGER)
    town.report(matter, by=STRANGER)
    unit = town.unit(STRANGER)
    organisation.change_unit(
        unit_id=unit, fact=Ended(successors=(town.unit(LEAD),)), on=NEXT,
        expected=last_entry_of(unit), **town.hand(),
    )  # fmt: skip
    assert causes(seen(DAY)) == {}
    assert causes(seen(WEEK)) == {"S1": (Silent.ENDED,)}
    assert seen(WEEK).rows[0].since == NEXT


def test_the_report_is_narrowed_to_a_cause_and_cut_into_pages(town, hold, seen):
    for number in range(3):
        town.assigned(f"S{number}", lead=STRANGER)
    assert seen(why=Silent.NEVER).rows == ()
    page = seen(why=Silent.VACANT, start=1, size=1)
    assert (page.total, [row.spell.code for row in page.rows]) == (3, ["S1"])


def test_as_known_before_a_late_entry(town, everybody, hold, seen):
    known = last_entry_of(town.post(UNITS[-1][0]))
    hold(LEAD, None, on=NEXT)
    town.assigned("S1")
    assert names(seen(WEEK).vacant) == [(LEAD, NEXT)]
    assert seen(WEEK, known_at=known).vacant == ()
    assert seen(WEEK, known_at=known).rows == ()


def test_the_number_of_queries_does_not_depend_on_the_number_of_matters(town, seen):
    counts = []
    seen(WEEK)  # posts and units of a day are kept until one of them changes
    for number in range(3):
        town.assigned(f"S{number}", lead=STRANGER)
        with CaptureQueriesContext(connection) as asked:
            seen(WEEK)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_work_in_hand_counts_each_matter_once(town):
    town.assigned("S1", lead=STRANGER)
    of = [town.unit(STRANGER), town.post(STRANGER), town.unit(OFFICE)]
    hand = silence.matters_in_hand(town.district, of, day=DAY, or_later=False)
    assert hand.by_node == {town.unit(STRANGER): 1, town.post(STRANGER): 1}
    assert hand.total == 1
    before = DAY - timedelta(days=1)
    assert silence.matters_in_hand(town.district, of, day=before, or_later=False).total == 0
    assert silence.matters_in_hand(town.district, of, day=before, or_later=True).total == 1
    nothing = silence.matters_in_hand(town.district, [], day=DUE, or_later=True)
    assert nothing.total == 0
