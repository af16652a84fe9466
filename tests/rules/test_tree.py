"""Trees in their official order: each after its parent, nobody lost, circles or not."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.tree import BelowItself, Under, check_no_circle, in_order


@dataclass(frozen=True)
class Unit:
    id: UUID
    name: str
    parent: UUID | None
    order: int


def unit(number, parent=None, order=0, name=""):
    return Unit(UUID(int=number), name or f"u{number}", parent and UUID(int=parent), order)


def numbers(units):
    return [(each.id.int, depth) for each, depth in in_order(units)]


def test_each_stands_after_its_parent_and_neighbours_in_their_order():
    units = [unit(4, 2), unit(3, 1, order=2), unit(2, 1, order=1), unit(1), unit(5, 2)]
    assert numbers(units) == [(1, 0), (2, 1), (4, 2), (5, 2), (3, 1)]


def test_of_equal_order_the_name_decides():
    assert numbers([unit(1, name="b"), unit(2, name="a")]) == [(2, 0), (1, 0)]


def test_whose_parent_is_missing_stands_at_the_top():
    assert numbers([unit(2, 9), unit(3, 2)]) == [(2, 0), (3, 1)]


def test_a_list_with_one_unit_twice_shows_it_once():
    assert numbers([unit(1), unit(1)]) == [(1, 0)]


@given(st.lists(st.integers(0, 5), max_size=12), st.randoms())
def test_everybody_is_shown_once_with_the_right_depth(parents, random):
    # A parent is somebody of a lower number, or nobody: a forest of any shape.
    units = [unit(n, min(parent, n - 1)) for n, parent in enumerate(parents, start=1)]
    told = numbers(units)
    shuffled = list(units)
    random.shuffle(shuffled)
    assert numbers(shuffled) == told
    depth = dict(told)
    assert sorted(depth) == [each.id.int for each in units]
    for each in units:
        above = each.parent.int if each.parent else None
        assert depth[each.id.int] == (depth[above] + 1 if above else 0)


def test_a_circle_loses_nobody():
    units = [unit(1), unit(2, 3), unit(3, 2), unit(4, 3)]
    assert sorted(number for number, _ in numbers(units)) == [1, 2, 3, 4]


# ---- who moves never comes to stand below itself

DAY = date(2020, 3, 2)
NEXT, LATER, FAR = DAY + timedelta(days=1), DAY + timedelta(days=100), date.max


def under(number, parent, since=DAY, until=FAR):
    return Under(UUID(int=number), parent and UUID(int=parent), since, until)


def moves(number, parent, places, on=DAY):
    check_no_circle(UUID(int=number), parent and UUID(int=parent), on=on, places=places)


TREE = [under(1, None), under(2, 1), under(3, 2), under(4, None)]


def test_a_unit_moves_beside_and_above_but_not_below_itself():
    moves(3, 4, TREE)
    moves(3, None, TREE)
    moves(2, 1, TREE)
    for below in (3, 2):
        with pytest.raises(BelowItself) as refused:
            moves(2, below, TREE)
        assert refused.value.facts == {"on": DAY}


def test_what_moves_later_counts_on_its_day():
    # 4 goes below 3 in 100 days: whoever puts 3 below 4 today would stand below itself then
    places = [*TREE[:3], under(4, None, DAY, LATER), under(4, 3, LATER)]
    with pytest.raises(BelowItself) as refused:
        moves(3, 4, places)
    assert refused.value.facts == {"on": LATER}
    # but not where 3 itself has moved on before
    places += [under(3, 1, NEXT)]
    places[2] = under(3, 2, DAY, NEXT)
    moves(3, 4, places)


def test_what_was_before_the_day_is_no_hindrance():
    places = [under(1, None), under(2, 1, DAY, NEXT), under(2, None, NEXT)]
    moves(1, 2, places, on=NEXT)
    with pytest.raises(BelowItself):
        moves(1, 2, places, on=DAY)
