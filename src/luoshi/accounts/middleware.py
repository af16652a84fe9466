"""A session has its end, and nobody acts before what signing in asks for is done."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.accounts.adapters import LIMITS, STEPS, stamp
from luoshi.rules.signing import Ended, Standard, why_ended

Answer = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = 60
"""Seconds between two notes of a session's last use: not every page costs a write."""


def within_limits(get_response: Answer) -> Answer:
    """End sessions that are idle or old; let nobody act while a step of signing in is open."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and not request.user.made_by_demo:
            ended = _why_ended(request)
            if ended is not None:
                return _signed_out(request, ended)
            if request.session.get(STEPS):
                request.actor = None  # type: ignore[attr-defined]  # ours
        return get_response(request)

    return answer


def _why_ended(request: HttpRequest) -> Ended | None:
    """Tell why the session ends now; if it does not, note that it is in use."""
    now = stamp()
    limits = request.session.get(LIMITS) or _default(now)
    ended = why_ended(now=now, **limits)
    if ended is None and (now - limits["seen"] >= NOTED_EVERY or LIMITS not in request.session):
        request.session[LIMITS] = {**limits, "seen": now}
    return ended


def _default(now: float) -> dict[str, Any]:
    """Return the limits of a session that began without any: those of the law."""
    law = Standard()
    idle, most = law.idle_minutes * 60, law.session_hours * 3600
    return {"entered": now, "seen": now, "idle": idle, "most": most}


def _signed_out(request: HttpRequest, ended: Ended) -> HttpResponse:
    """Sign out, say why, and lead to the sign-in page and from there back."""
    logout(request)
    messages.warning(request, _said(ended))
    if getattr(request, "htmx", False):
        return HttpResponse(headers={"HX-Redirect": reverse("sign_in")})
    if request.method == "GET":
        return redirect_to_login(request.get_full_path())
    return redirect("sign_in")


def _said(ended: Ended) -> str:
    if ended is Ended.IDLE:
        return _("You were signed out because nothing happened for a while. Sign in again.")
    return _("You were signed out because this session is old. Sign in again.")
