"""Where a list goes on: signed, so that nobody can make one, and good for its own list only."""

from collections.abc import Hashable
from hashlib import sha256
from typing import Any

from django.core import signing

from luoshi.base.api.problems import CursorUnknown

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
