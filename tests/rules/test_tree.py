"""Trees in their official order: each after its parent, nobody lost, circles or not."""

from dataclasses import dataclass
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.tree import in_order


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
