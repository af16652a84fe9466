"""A seal's root over many digests, and the path that proves one of them without showing the others.

The tree is that of RFC 6962 §2.1: leaves and nodes are hashed with different first bytes, so a node
can never be passed off as a leaf; a range of n leaves splits at the largest power of two below n.
"""

from collections.abc import Sequence
from hashlib import sha256
from typing import Literal

Step = tuple[Literal["left", "right"], str]


def _leaf(digest: str) -> bytes:
    return sha256(b"\x00" + bytes.fromhex(digest)).digest()


def _node(left: bytes, right: bytes) -> bytes:
    return sha256(b"\x01" + left + right).digest()


def root_of(digests: Sequence[str]) -> str:
    """Return the root (hex) over hex digests in their order; refuses an empty range."""
    if not digests:
        msg = "a seal covers at least one entry"
        raise ValueError(msg)
    level = [_leaf(digest) for digest in digests]
    # Pairing neighbours upwards gives the same tree as splitting at powers of two.
    while len(level) > 1:
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
    return level[0].hex()


def path_of(digests: Sequence[str], index: int) -> list[Step]:
    """Return the steps from leaf ``index`` to the root: the other hash's side, and the hash."""
    level = [_leaf(digest) for digest in digests]
    steps: list[Step] = []
    while len(level) > 1:
        other = index ^ 1
        if other < len(level):
            steps.append(("left" if other < index else "right", level[other].hex()))
        paired = [_node(level[i], level[i + 1]) for i in range(0, len(level) - 1, 2)]
        level = paired + level[len(paired) * 2 :]
        index //= 2
    return steps


def root_from(digest: str, steps: Sequence[Step]) -> str:
    """Return the root that a digest and its path lead to."""
    reached = _leaf(digest)
    for side, other in steps:
        pair = (
            (bytes.fromhex(other), reached) if side == "left" else (reached, bytes.fromhex(other))
        )
        reached = _node(*pair)
    return reached.hex()
