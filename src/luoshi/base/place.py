"""A request's place in the server: few work at a time, and who only waits lets another work."""

import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from django.db import connections


class Place(Protocol):
    """A place that can be given to another meanwhile."""

    def lent(self) -> AbstractContextManager[bool]:
        """Give it away inside; False where too many wait already: then nobody must wait."""


ENDING = "LUOSHI_ENDING"
"""The environment's name for a file that stands as soon as the server ends, for all processes."""

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

    Gives False where so many wait already that one had better answer at once, and where the
    server ends; True elsewhere, and always where the server counts no places.
    """
    place = _place.get()
    if _is_ending():
        yield False
        return
    connections.close_all()
    with nullcontext(enter_result=True) if place is None else place.lent() as may_wait:
        yield may_wait


def end() -> None:
    """Say to all processes that the server ends: nobody waits any more."""
    Path(os.environ[ENDING]).touch()


def _is_ending() -> bool:
    named = os.environ.get(ENDING)
    return named is not None and Path(named).exists()


def is_counted() -> bool:
    """Tell whether the server counts places; elsewhere whoever waits may hold up all others."""
    return _place.get() is not None
