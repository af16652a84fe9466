"""A seal's root and the path that proves one entry."""

from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from luoshi.rules.merkle import path_of, root_from, root_of

LEAVES = [sha256(str(n).encode()).hexdigest() for n in range(40)]
digests = st.binary(min_size=32, max_size=32).map(bytes.hex)


def split_root(leaves):
    """RFC 6962 §2.1 to the letter: a range splits at the largest power of two below its length."""
    if len(leaves) == 1:
        return sha256(b"\x00" + bytes.fromhex(leaves[0])).digest()
    half = 1 << (len(leaves) - 1).bit_length() - 1
    return sha256(b"\x01" + split_root(leaves[:half]) + split_root(leaves[half:])).digest()


@pytest.mark.parametrize("count", range(1, 41))
def test_every_entry_of_a_range_proves_itself(count):
    leaves = LEAVES[:count]
    root = root_of(leaves)
    assert root == split_root(leaves).hex()
    for index, leaf in enumerate(leaves):
        path = path_of(leaves, index)
        assert root_from(leaf, path) == root
        assert len(path) <= (count - 1).bit_length()


@given(st.lists(digests, min_size=1, max_size=40), st.data())
def test_no_other_entry_has_the_same_path(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(digests.filter(lambda leaf: leaf != leaves[index]))
    assert root_from(other, path_of(leaves, index)) != root_of(leaves)


@given(st.lists(digests, min_size=1, max_size=40), st.data())
def test_another_entry_another_order_or_a_missing_entry_gives_another_root(leaves, data):
    index = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(digests.filter(lambda leaf: leaf not in leaves))
    changed = [*leaves[:index], other, *leaves[index + 1 :]]
    assert root_of(changed) != root_of(leaves)
    assert root_of([*leaves, other]) != root_of(leaves)
    assert root_of([other, *leaves]) != root_of(leaves)


def test_a_node_is_never_taken_for_a_leaf():
    left, right = LEAVES[:2]
    inner = (b"\x00" + bytes.fromhex(left), b"\x00" + bytes.fromhex(right))
    pair = "".join(sha256(each).hexdigest() for each in inner)
    assert root_of([sha256(bytes.fromhex(pair)).hexdigest()]) != root_of([left, right])


def test_nothing_cannot_be_sealed():
    with pytest.raises(ValueError, match="at least one"):
        root_of([])
