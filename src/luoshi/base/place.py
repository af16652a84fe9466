"""A request's place in the server: few work at a time, and who only waits lets another work."""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from typing import Protocol

from django.db import connections


class Place(Protocol):
    """A place that can be given to another meanwhile."""

    def lent(self) -> AbstractContextManager[bool]:
        """Give it away inside; False where too many wait already: then nobody must wait."""


_place: ContextVar[Place | None] = ContextVar("place", default=None)


@contextmanager
def held(place: Place) -> Iterator[None]:
    """Work at a place."""
    token = _place.set(place)
    try:
        yield
    finally:
        _place.reset(token)


@contextmanager
def waiting() -> Iterator[bool]:
    """Wait inside (a long poll): database and place go to others until then.

    Gives False where so many wait already that one had better answer at once; True elsewhere, and
    always where the server counts no places.
    """
    place = _place.get()
    connections.close_all()
    with nullcontext(enter_result=True) if place is None else place.lent() as may_wait:
        yield may_wait


def is_counted() -> bool:
    """Tell whether the server counts places; elsewhere whoever waits may hold up all others."""
    return _place.get() is not None
