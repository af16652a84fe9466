"""Where a list goes on: signed, so that nobody can make one, and good for its own list only."""

from collections.abc import Callable, Hashable, Sequence
from hashlib import sha256
from typing import Any, TypeVar

from django.core import signing

from luoshi.base.api.problems import CursorUnknown

T = TypeVar("T")
SALT = "luoshi.cursor"


def cursor_of(key: Any, asked: Hashable) -> str:
    """Return the cursor that goes on after a key, in the list that ``asked`` names."""
    return signing.dumps([key, _named(asked)], salt=SALT)


def key_in(cursor: str, asked: Hashable) -> Any:
    """Return the key that a cursor goes on after, None without one. Raises CursorUnknown."""
    if not cursor:
        return None
    try:
        key, named = signing.loads(cursor, salt=SALT)
    except (signing.BadSignature, ValueError) as cause:
        raise CursorUnknown from cause
    if named != _named(asked):
        raise CursorUnknown
    return key


def _named(asked: Hashable) -> str:
    return sha256(repr(asked).encode()).hexdigest()[:16]


def cut(
    rows: Sequence[T], after: Any, limit: int, key_of: Callable[[T], str]
) -> tuple[Sequence[T], Any]:
    """Return the rows after a key, and the key to go on after, None at the end.

    The key is that of the last row given and its place: where the row is gone meanwhile, the list
    goes on at its place.
    """
    start = 0
    if after is not None:
        last, place = after
        known = {key_of(row): at for at, row in enumerate(rows)}
        start = known[last] + 1 if last in known else min(place, len(rows))
    page = rows[start : start + limit]
    if not page or start + limit >= len(rows):
        return page, None
    return page, [key_of(page[-1]), start + limit - 1]
