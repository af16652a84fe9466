"""The WSGI door of a production server: request ids, the gate, metrics, a log line; then Django.

Files that never change are served before the gate, probes pass beside it.
"""

import logging
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from random import uniform
from time import perf_counter, time
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.urls import resolve
from whitenoise import WhiteNoise

from luoshi.site.production import metrics, trace
from luoshi.site.production.gate import Bound, Gate, Kind, Overloaded
from luoshi.site.production.sending import taken_in
from luoshi.site.production.shedding import refusal
from luoshi.site.production.trace import Trace

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "luoshi.site.settings")

Start = Callable[..., Any]
Headers = list[tuple[str, str]]
Environ = dict[str, Any]
HASHED = r"^.+\.[0-9a-f]{12}\..+$"
PROBES = re.compile(r"/(healthz|readyz|metrics)")
log = logging.getLogger("luoshi.requests")


@dataclass(slots=True)
class Said:
    """Status line and headers of an answer, as Django says them."""

    status: str = "500 Internal Server Error"
    headers: Headers | None = None

    def __call__(self, status: str, headers: Headers, _fault: Any = None) -> None:
        """Keep them: they go out with the body."""
        self.status, self.headers = status, headers


class Door:
    """Answers requests; each kind of them passes one of the gates."""

    def __init__(self, answer: Callable[..., Iterable[bytes]], *gates: Gate) -> None:
        self._answer = answer
        self._gates = {kind: gate for gate in gates for kind in gate.kinds}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Answer one request; its line is written when the answer is whole."""
        request = trace.begun(environ, is_proxied=bool(settings.PROXIES), now=time())
        began, said = perf_counter(), Said()
        try:
            body = self._answered(environ, said, request)
        except Overloaded:
            body = self._shed(environ, said, request)
        finally:
            self._tell(request, said.status, perf_counter() - began)
            trace.ended()
        start(said.status, [*(said.headers or []), ("X-Request-ID", request.id)])
        return body

    def _answered(self, environ: Environ, said: Said, request: Trace) -> Iterable[bytes]:
        if PROBES.fullmatch(environ.get("PATH_INFO", "")):
            return _whole(self._answer(environ, said))
        gate = self._gates[request.kind]
        with (
            taken_in(environ),
            gate.passing(request.kind, waited=request.waited) as seconds,
        ):
            request.waited += seconds
            return _whole(self._answer(environ, said))

    def _shed(self, environ: Environ, said: Said, request: Trace) -> Iterable[bytes]:
        metrics.SHED.labels(request.kind).inc()
        request.view = "shed"
        seconds = round(uniform(*settings.COME_BACK_AFTER))  # noqa: S311 - so that not all come at once
        status, headers, body = refusal(environ, request.kind, seconds)
        said(status, headers)
        return [body]

    def _tell(self, request: Trace, status: str, seconds: float) -> None:
        """Write the figures and the line of an answer."""
        code = status[:3]
        view = request.view or "none"
        metrics.REQUESTS.labels(view, request.method, code).observe(seconds)
        metrics.WAITED.labels(request.kind).observe(request.waited)
        metrics.IN_DATABASE.labels(request.kind).observe(request.in_database)
        if request.lock_waited:
            metrics.LOCK_WAITED.observe(request.lock_waited)
        told = {
            "view": view,
            "method": request.method,
            "status": int(code),
            "ms": round(seconds * 1000, 1),
            "waited_ms": round(request.waited * 1000, 1),
            "database_ms": round(request.in_database * 1000, 1),
            "statements": request.statements,
        }
        log.info("answered", extra={"told": told})
        for kind, gate in self._gates.items():
            metrics.WAITING.labels(kind).set(gate.waiting(kind))


def _whole(body: Iterable[bytes]) -> Iterable[bytes]:
    """Return an answer that holds nothing any more; a file is read when it goes out, outside."""
    if getattr(body, "streaming", False):
        close_old_connections()
        return body
    try:
        return [b"".join(body)]
    finally:
        close = getattr(body, "close", None)
        if close:
            close()


def _gates() -> Iterator[Gate]:
    """Yield the gates of this process, by the settings.

    Passwords are judged at a gate of their own, beside the pages: half past eight, or somebody who
    tries passwords, takes no place of those who read and write. The digest lets Python go on
    meanwhile, so the two places do not wait for each other.
    """
    bounds = {
        Kind(kind): Bound(int(most), *patience) for kind, (most, *patience) in settings.GATE.items()
    }
    yield Gate({kind: bound for kind, bound in bounds.items() if kind is not Kind.ENTER})
    yield Gate({Kind.ENTER: bounds[Kind.ENTER]}, most_slow=0)


def _as_named(headers: Any, _path: str, _url: str) -> None:
    """Let no browser take a file for another kind than it is."""
    headers["X-Content-Type-Options"] = "nosniff"


def _files(application: Callable[..., Iterable[bytes]]) -> WhiteNoise:
    """Serve files: those of hashed names for ever, others for a minute, compressed if asked."""
    return WhiteNoise(
        application,
        root=settings.STATIC_ROOT,
        prefix=settings.STATIC_URL,
        immutable_file_test=HASHED,
        allow_all_origins=False,
        add_headers_function=_as_named,
    )


_django = get_wsgi_application()
resolve("/healthz")  # every room's pages are loaded before the first is asked for
application = _files(Door(_django, *_gates()))
