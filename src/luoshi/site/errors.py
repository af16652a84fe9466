"""Error pages: what happened, that nothing is lost, and the number to quote."""

import logging
import secrets
import sys
from collections.abc import Callable, Mapping

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from luoshi.base.api.problems import (
    NotReached,
    RequestUnreadable,
    ServerFault,
    is_api,
    problem,
)
from luoshi.base.verbs import all_verbs
from luoshi.organisation.words import ROLES
from luoshi.rules.refusals import NotAllowed, NotFound, Refusal
from luoshi.rules.rights import Role, scopes_of
from luoshi.site.production import trace

UNSHOWN = frozenset(
    {"password", "again", "present", "code", "csrfmiddlewaretoken", "command_id", "expected"}
)
OF_MACHINES: Mapping[int, Callable[[str], Refusal]] = {
    400: lambda _quote: RequestUnreadable(why="request"),
    403: lambda _quote: NotAllowed(verb=""),
    404: lambda _quote: NotFound(what="address"),
    500: lambda quote: ServerFault(quote=quote),
}
log = logging.getLogger("luoshi.errors")


def _page(request: HttpRequest, template: str, status: int, **told: object) -> HttpResponse:
    traced = trace.current()
    quote = traced.id if traced else secrets.token_hex(4)
    route = request.resolver_match.route if request.resolver_match else "no page"
    log.warning("error %s at %s, number %s", status, route, quote)
    if is_api(request):
        if isinstance(sys.exception(), (OperationalError, InterfaceError)):
            return problem(NotReached())  # not ours alone, and it passes: they send it again
        return problem(OF_MACHINES[status](quote), status=status)
    return render(request, template, {"error_number": quote, **told}, status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The request could not be understood."""
    return _page(request, "400.html", 400)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The post may not do this: say whose it is, where the door told what was asked."""
    verb = all_verbs().get(str(exception))
    roles = [ROLES[role] for role in Role if verb and scopes_of(verb.grants, role)]
    return _page(request, "403.html", 403, verb=verb, roles=roles)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """There is nothing at this address for this reader."""
    return _page(request, "404.html", 404)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours."""
    return _page(request, "500.html", 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form expired; what was typed is kept as a draft by the browser and shown again.

    A part of a page is told so by a header: its page takes a new token and keeps what was typed.
    """
    answer = render(
        request,
        "403_csrf.html",
        {"typed": [(k, v) for k, v in request.POST.items() if v and k not in UNSHOWN]},
        status=403,
    )
    answer.headers["X-Form-Expired"] = "yes"
    return answer
