"""What is known of a request while it is answered: its id, its page, where its time went."""

import re
from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from luoshi.site.production.gate import Kind

READING = frozenset({"GET", "HEAD", "OPTIONS"})
KNOWN = READING | {"POST", "PUT", "PATCH", "DELETE"}
OTHER = "OTHER"  # a word that somebody made up: each would be a figure of its own for ever
ENTERING = ("/sign-in/", "/link/")  # where passwords are judged and set
GIVEN_ID = re.compile(r"[A-Za-z0-9._-]{8,64}", re.ASCII)
STARTED = re.compile(r"t=(\d{1,12}(?:\.\d{1,6})?)", re.ASCII)
LONGEST_WAIT = 600.0  # seconds: a proxy's clock that says more is wrong


@dataclass(slots=True)
class Trace:
    """One request; ``view`` is the name of its page, times are seconds."""

    id: str
    method: str
    path: str = ""
    view: str = ""
    waited: float = 0.0
    in_database: float = 0.0
    statements: int = 0
    lock_waited: float = 0.0

    @property
    def kind(self) -> Kind:
        """Return whether it may change anything, or lets somebody in."""
        if self.method in READING:
            return Kind.READ
        return Kind.ENTER if self.path.startswith(ENTERING) else Kind.WRITE


_current: ContextVar[Trace | None] = ContextVar("trace", default=None)


def current() -> Trace | None:
    """Return the request that is answered here, None elsewhere."""
    return _current.get()


def begun(environ: Mapping[str, Any], *, is_proxied: bool, now: float) -> Trace:
    """Return the trace of a request that arrived, and keep it as the one at hand.

    Behind a trusted proxy its id (``X-Request-ID``) and the moment it arrived there
    (``X-Request-Start: t=seconds``) are taken over; ``now`` are seconds since 1970.
    """
    given = str(environ.get("HTTP_X_REQUEST_ID", "")) if is_proxied else ""
    method = str(environ.get("REQUEST_METHOD", "GET"))
    trace = Trace(
        id=given if GIVEN_ID.fullmatch(given) else token_hex(8),
        method=method if method in KNOWN else OTHER,
        path=str(environ.get("PATH_INFO", "")),
        waited=_waited(environ, now) if is_proxied else 0.0,
    )
    _current.set(trace)
    return trace


def ended() -> None:
    """Forget the request."""
    _current.set(None)


def _waited(environ: Mapping[str, Any], now: float) -> float:
    found = STARTED.fullmatch(str(environ.get("HTTP_X_REQUEST_START", "")))
    waited = now - float(found[1]) if found else 0.0
    return waited if 0.0 < waited < LONGEST_WAIT else 0.0
