"""What became of a matter between two looks: a table that a director can check."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.ledger.comparison import (
    COLUMNS,
    GRAVITY,
    Became,
    Difference,
    Seen,
    balance,
    became,
    differences,
)

UNIT, OTHER = UUID(int=1), UUID(int=2)
GREEN = Seen(
    title="停车位新建",
    kind="programme",
    standing="assigned",
    colour="green",
    last_colour="",
    is_unreported=False,
    is_awaiting=False,
    is_answer_late=False,
    missing="",
    lead_unit=UNIT,
    responsible_post=None,
    sponsoring_post=None,
    comparator="=",
    quantity=Decimal(100),
    unit="个",
    achieved=Decimal(40),
    submitted=None,
    start=date(2020, 3, 2),
    due=date(2020, 12, 31),
    area="老城",
    stage="",
    goals=(UUID(int=3),),
)


def coloured(colour, last="", **given):
    return replace(GREEN, colour=colour, last_colour=last, **given)


DRAFT = coloured("ungraded", standing="draft")
CLOSED = coloured("closed", standing="closed")
ABOLISHED = coloured("closed", standing="abolished")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (GREEN, coloured("red"), Became.WORSE),
        (coloured("blue"), coloured("unreported"), Became.WORSE),  # silence is no advantage
        (coloured("unreported"), coloured("yellow"), Became.WORSE),
        (coloured("ungraded"), coloured("blue"), Became.WORSE),  # its first colour is not green
        (coloured("ungraded"), GREEN, Became.CHANGED),  # its first colour is
        (coloured("red"), coloured("yellow"), Became.BETTER),
        (coloured("red"), coloured("unreported"), Became.BETTER),
        (coloured("unreported"), GREEN, Became.BETTER),
        (coloured("red"), coloured("ungraded"), Became.CHANGED),  # judged no longer
        (coloured("red"), coloured("suspended", "red"), Became.CHANGED),  # resting is no way out
        (coloured("red"), coloured("suspended", "green"), Became.CHANGED),
        (GREEN, coloured("suspended", "red"), Became.WORSE),  # red first, then put to rest
        (coloured("suspended", "red"), coloured("red"), Became.CHANGED),
        (coloured("suspended", "green"), coloured("red"), Became.WORSE),
        (coloured("suspended", "red"), GREEN, Became.BETTER),
        (coloured("suspended"), coloured("suspended"), Became.SAME),  # before any colour
        (GREEN, replace(GREEN, achieved=Decimal(60)), Became.CHANGED),
        (GREEN, GREEN, Became.SAME),
        (GREEN, CLOSED, Became.CLOSED),
        (coloured("red"), ABOLISHED, Became.CLOSED),
        (CLOSED, GREEN, Became.REOPENED),
        (CLOSED, replace(CLOSED, area="新城"), Became.CHANGED),
        (None, GREEN, Became.NEW),
        (None, DRAFT, Became.NEW),
        (None, CLOSED, Became.PASSED),
        (GREEN, None, Became.GONE),
        (None, None, Became.SAME),
    ],
)
def test_what_became_of_a_matter(old, new, told):
    assert became(old, new, differs=old != new) == told


def test_differences_name_column_old_and_new_in_the_order_of_a_list():
    new = replace(GREEN, due=date(2021, 6, 30), achieved=Decimal(60), last_colour="red")
    assert differences(GREEN, new) == (
        Difference("achieved", Decimal(40), Decimal(60)),
        Difference("due", date(2020, 12, 31), date(2021, 6, 30)),
    )
    assert "last_colour" not in COLUMNS


def test_the_balance_of_a_week():
    pairs = [
        (GREEN, coloured("red")),
        (None, GREEN),
        (None, CLOSED),  # new and closed: it was never open at a look
        (GREEN, CLOSED),
        (CLOSED, GREEN),
        (GREEN, None),
    ]
    found = balance(iter(pairs), 10)
    assert (found.then, found.new, found.reopened) == (13, 1, 1)
    assert (found.closed, found.gone, found.now) == (1, 1, 13)


LOOKS = st.one_of(
    st.none(),
    st.builds(
        lambda colour, standing: coloured(colour, standing=standing),
        st.sampled_from([*GRAVITY, "ungraded", "suspended", "closed"]),
        st.sampled_from(["draft", "assigned", "closed", "abolished"]),
    ),
)


@given(st.lists(st.tuples(LOOKS, LOOKS)), st.integers(0, 1000))
def test_the_balance_always_adds_up(pairs, unchanged):
    found = balance(pairs, unchanged)
    assert found.then + found.new + found.reopened - found.closed - found.gone == found.now


@given(st.lists(st.tuples(LOOKS, LOOKS)), st.lists(st.tuples(LOOKS, LOOKS)))
def test_a_balance_moves_on_by_what_came_and_by_what_left(some, others):
    both = balance([*some, *others], 0)
    assert balance(some, 0).plus(balance(others, 0)) == both
    assert both.plus(balance(others, 0), times=-1) == balance(some, 0)


@given(LOOKS, LOOKS)
def test_better_one_way_is_never_better_the_other_way(one, other):
    there = became(one, other, differs=one != other)
    back = became(other, one, differs=one != other)
    assert (there, back) != (Became.BETTER, Became.BETTER)
    assert (there is Became.SAME) == (back is Became.SAME)
