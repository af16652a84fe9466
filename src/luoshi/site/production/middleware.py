"""What stands around Django's own: probes go first, statements are timed."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import resolve

from luoshi.site.production import trace
from luoshi.site.production.slow import Timed

Answer = Callable[[HttpRequest], HttpResponse]
PROBES = frozenset({"/healthz", "/readyz", "/metrics"})


def probes_first(get_response: Answer) -> Answer:
    """Answer probes before anything asks for a host name, a session or a post.

    A balancer calls by an address of its own, and whether a server is alive must hang on nothing.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if request.path_info not in PROBES:
            return get_response(request)
        return _named(request, resolve(request.path_info).func)

    return answer


def _named(request: HttpRequest, view: Callable[[HttpRequest], HttpResponse]) -> HttpResponse:
    _keep_name(view.__name__)
    return view(request)


class TimedStatements:
    """Time the statements of each request, and keep the name of its page for the log."""

    def __init__(self, get_response: Answer) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with the clock running."""
        traced = trace.current()
        if traced is None:
            return self._get_response(request)
        timed = Timed(traced, file=settings.SLOW_FILE, threshold=settings.SLOW_SECONDS)
        before = getattr(connection, "waited_for_turn", 0.0)
        try:
            with connection.execute_wrapper(timed):
                return self._get_response(request)
        finally:
            traced.lock_waited += getattr(connection, "waited_for_turn", 0.0) - before

    def process_view(self, request: HttpRequest, *_view: Any) -> None:
        """Keep the name of the page that was found."""
        _keep_name(request.resolver_match.view_name if request.resolver_match else "")


def _keep_name(name: str) -> None:
    traced = trace.current()
    if traced is not None:
        traced.view = name
