"""A session has its end; nobody acts before what signing in asks for is done; tokens let in."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.accounts import queries
from luoshi.accounts.adapters import LIMITS, STEPS, stamp
from luoshi.accounts.commands import note_use
from luoshi.base.api.problems import is_api
from luoshi.base.doors import led_to_sign_in
from luoshi.organisation.queries import actor_for
from luoshi.rules.signing import Ended, Standard, why_ended
from luoshi.rules.tokens import (
    TokenMissing,
    TokenPostGone,
    TokenRefused,
    TokenUnknown,
    check_lets_in,
)

Answer = Callable[[HttpRequest], HttpResponse]
NOTED_EVERY = 60
"""Seconds between two notes of a session's last use: not every page costs a write."""
OPEN_TO_SESSIONS = frozenset({"/api/v1/openapi.json"})
"""What a browser may open too: the schema of the interface changes nothing."""


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
    return led_to_sign_in(request)


def _said(ended: Ended) -> str:
    if ended is Ended.IDLE:
        return _("You were signed out because nothing happened for a while. Sign in again.")
    return _("You were signed out because this session is old. Sign in again.")


def by_token(get_response: Answer) -> Answer:
    """Let another system act by its token: below ``/api/v1/`` nothing else lets anybody in.

    The request gets ``actor`` (the token's post as of today), ``token_id`` and ``token``; where
    nobody is let in, ``token_refused`` says why, and the operation's door answers it. ``let_in``
    does it once more, for who waited. A session counts for nothing there, so no other site can
    make a browser act.
    """

    def answer(request: HttpRequest) -> HttpResponse:
        if is_api(request) and not (request.path in OPEN_TO_SESSIONS and not _sent(request)):
            request.user = AnonymousUser()
            request.actor = None  # type: ignore[attr-defined]  # ours
            request.let_in = partial(_let_in, request, _sent(request))  # type: ignore[attr-defined]  # ours
            try:
                request.let_in()  # type: ignore[attr-defined]  # ours
            except TokenRefused as refusal:
                request.token_refused = refusal  # type: ignore[attr-defined]  # ours
        return get_response(request)

    return answer


def _sent(request: HttpRequest) -> str:
    """Return the secret that a request carries (RFC 6750 §2.1), "" where there is none."""
    scheme, _blank, secret = request.headers.get("Authorization", "").partition(" ")
    return secret.strip() if scheme.lower() == "bearer" else ""


def _let_in(request: HttpRequest, secret: str) -> None:
    """Put the token and whom it stands for on the request. Raises what lets nobody in."""
    if not secret:
        raise TokenMissing
    token = queries.token_with(secret)
    if token is None:
        raise TokenUnknown
    request.token_id = token.pk  # type: ignore[attr-defined]  # ours: audit lines name it
    check_lets_in(token.state, at=timezone.now())
    day = timezone.localdate()
    actor = actor_for(token.account, token.post, day=day)
    if actor is None or actor.post != token.post:
        raise TokenPostGone
    note_use(token, day=day)
    request.actor, request.token = actor, token.state  # type: ignore[attr-defined]  # ours
