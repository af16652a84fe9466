"""A door of the site: every page names the verb by which it is entered, and lets in who may."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any
from urllib.parse import urlsplit, urlunsplit
from uuid import UUID

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url

from luoshi.base.verbs import Verb

View = Callable[..., HttpResponseBase]
Named = Verb | Callable[..., Verb | None]
"""A verb, or how the address names one (None: there is no such page)."""
SIGN_IN_AT = "X-Sign-In"
"""The header that names the sign-in page to a part of a page that came too late."""
LONGEST_ADDRESS = 45  # characters of an IPv6 address


def address_of(request: HttpRequest) -> str:
    """Return the address that asks, as the outermost trusted proxy saw it."""
    seen = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")]
    place: int = settings.PROXIES
    if place and len(seen) >= place and seen[-place]:
        return str(seen[-place])[:LONGEST_ADDRESS]
    return str(request.META.get("REMOTE_ADDR", ""))[:LONGEST_ADDRESS]


@dataclass(slots=True)
class Noted:
    """What a view adds to its line of the audit list."""

    outcome: str = ""
    thing: UUID | None = None


def note(request: HttpRequest, *, outcome: str = "", thing: UUID | None = None) -> None:
    """Say what became of an act where the answer's status does not tell (a failed sign-in)."""
    request.noted = Noted(outcome, thing)  # type: ignore[attr-defined]  # ours


def verbs_of(view: Callable[..., Any]) -> Mapping[str, Named | None]:
    """Return the verbs by which a view is entered, by method; "" stands for any method.

    A page has one verb, an address of the interface one for each of its methods.
    """
    by_method: Mapping[str, Named | None] | None = getattr(view, "verbs", None)
    return {"": getattr(view, "verb", None)} if by_method is None else by_method


def verb_of(view: Callable[..., Any], *, method: str = "GET", **given: Any) -> Verb | None:
    """Return the verb by which a view is entered, with what its address gives."""
    named_by = verbs_of(view)
    named = named_by.get("") or named_by.get(method)
    return named if named is None or isinstance(named, Verb) else named(**given)


def led_to_sign_in(request: HttpRequest) -> HttpResponse:
    """Lead to the sign-in page and from there back to the page that asked.

    A part of a page leads nowhere: what is typed on the page would be lost. It is answered with
    401 and where to sign in (``SIGN_IN_AT``), which the page says beside what was typed.
    """
    if "HX-Request" in request.headers:
        return HttpResponse(status=401, headers={SIGN_IN_AT: resolve_url(settings.LOGIN_URL)})
    return redirect_to_login(_shown_at(request))


def _shown_at(request: HttpRequest) -> str:
    """Return the page that is shown: of a form sent, the one on which it stands."""
    referer = urlsplit(request.headers.get("Referer", ""))
    if request.method == "GET" or referer.netloc != request.get_host():
        return request.get_full_path()
    return urlunsplit(("", "", f"/{referer.path.lstrip('/')}", referer.query, ""))


def door(named: Named) -> Callable[[View], View]:
    """Open a view to posts that may do its verb to anything; the command judges the single case.

    Whoever did not sign in is led to the sign-in page, who may not is told so. The verb stands on
    the view as ``verb`` (the table of rights, the rail and the walk over all doors read it) and on
    the request (the audit list does).
    """

    def opened(view: View) -> View:
        @wraps(view)
        def let_in(request: HttpRequest, *arguments: Any, **given: Any) -> HttpResponseBase:
            verb = verb_of(let_in, **given)
            if verb is None:
                raise Http404
            request.verb = verb  # type: ignore[attr-defined]  # ours
            actor = getattr(request, "actor", None)
            if not verb.opens_to(actor):
                if actor is None:
                    return led_to_sign_in(request)
                raise PermissionDenied(verb.name)
            return view(request, *arguments, **given)

        let_in.verb = named  # type: ignore[attr-defined]
        return let_in

    return opened
