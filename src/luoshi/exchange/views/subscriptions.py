"""Systems to which entries are posted, and what became of each entry."""

from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.pages import pager_of
from luoshi.base.threads import Actor
from luoshi.base.verbs import Verb
from luoshi.base.wording import sentence_for
from luoshi.exchange import commands, queries, verbs
from luoshi.exchange.forms import Subscription
from luoshi.exchange.words import DISPATCHES, PROBLEMS, REASONS, STATES, THREADS
from luoshi.organisation.queries import names_of, posts_visible_to, units_visible_to
from luoshi.rules.refusals import NotFound, Refusal

PAGE_SIZE = 50
NONE_YET = queries.Standing()


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door let only a post in


@door(verbs.read_subscriptions)
def subscriptions(request: HttpRequest) -> HttpResponse:
    """Show the subscriptions of the district and how each stands."""
    actor = _actor(request)
    standings = queries.standings_visible_to(actor)
    rows = queries.subscriptions_visible_to(actor)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    shown = [{**_told(one), "standing": standings.get(one.pk, NONE_YET)} for one in page]
    context = {
        "rows": shown,
        "pager": pager_of(page, request.GET),
        "may_subscribe": verbs.subscribe.who(actor, None),
    }
    return render(request, "exchange/subscriptions.html", context)


@door(verbs.subscribe)
@never_cache
def subscribe(request: HttpRequest) -> HttpResponse:
    """Ask where entries are to be posted; make the subscription and show its secret once."""
    actor = _actor(request)
    data = request.POST if request.method == "POST" else None
    form = Subscription(data, units=units_visible_to(actor, day=timezone.localdate()))
    if data is not None and form.is_valid():
        try:
            made = commands.subscribe(**form.given(), by=actor, at=timezone.now())
        except Refusal as refusal:
            field = "url" if refusal.code == "address_not_allowed" else None
            form.add_error(field, sentence_for(refusal))
        else:
            return _shown(request, made.subscription.pk, secret=made.secret)
    context = {"form": form, "crumbs": [(_("Subscriptions"), reverse("subscriptions"))]}
    status = 422 if form.errors else 200
    return render(request, "exchange/subscribe.html", context, status=status)


@door(verbs.read_subscriptions)
def subscription(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Show one subscription and what was posted to it."""
    return _shown(request, subscription_id)


def _shown(request: HttpRequest, subscription_id: UUID, *, secret: str = "") -> HttpResponse:
    actor, day = _actor(request), timezone.localdate()
    try:
        found = queries.subscription_visible_to(actor, subscription_id)
    except NotFound as cause:
        raise Http404 from cause
    asked = request.GET.get("state", "")
    state = asked if asked in DISPATCHES else ""
    rows = queries.dispatches_visible_to(actor, subscription_id, state=state)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))
    here = reverse("subscription", args=[found.pk])
    may_send = verbs.send_again.who(actor, None) and found.state != "ended"
    context = {
        "it": _told(found),
        "secret": secret,
        "units": names_of(units_visible_to(actor, day=day)).get(found.unit, ""),  # type: ignore[arg-type]
        "post": names_of(posts_visible_to(actor, day=day)).get(found.post, ""),
        "rows": [_line(one, may_send=may_send) for one in page],
        "pager": pager_of(page, request.GET),
        "filters": [
            (label, f"{here}?state={key}" if key else here, key == state)
            for key, label in (("", _("All")), *DISPATCHES.items())
        ],
        "state": state,
        "offers": _offers(actor, found),
        "crumbs": [(_("Subscriptions"), reverse("subscriptions"))],
    }
    return render(request, "exchange/subscription.html", context)


def _told(found: Any) -> dict[str, Any]:
    """Return a subscription in words."""
    kinds = [str(THREADS.get(kind, kind)) for kind in found.kinds.split()]
    return {
        "id": found.pk,
        "label": found.label,
        "url": found.url,
        "kinds": kinds,
        "facts": found.facts.split(),
        "state": STATES[found.state],
        "is_active": found.state == "active",
        "reason": REASONS.get(found.reason, found.reason),
        "cursor": found.cursor,
        "made_at": found.made_at,
        "changed_at": found.changed_at,
        "not_before": found.not_before,
        "is_resting": found.state == "active" and found.not_before > timezone.now(),
    }


def _line(one: Any, *, may_send: bool) -> dict[str, Any]:
    """Return one entry on its way, in words."""
    is_unsettled = one.state in {"waiting", "given_up"}
    return {
        "id": one.pk,
        "number": one.number,
        "thread": one.thread,
        "state": DISPATCHES[one.state],
        "is_mark": one.state not in {"taken", "waiting"},
        "attempts": one.attempts,
        "answer": one.status or PROBLEMS.get(one.problem, one.problem),
        "tried_at": one.tried_at,
        "next_at": one.not_before if one.state == "waiting" and one.attempts else None,
        "may_send": may_send and one.state != "taken" and one.attempts > 0,
        "may_leave_out": may_send and is_unsettled and one.attempts > 0,
    }


OFFERED: tuple[tuple[Verb, frozenset[str]], ...] = (
    (verbs.resume_subscription, frozenset({"paused"})),
    (verbs.pause_subscription, frozenset({"active"})),
    (verbs.renew_secret, frozenset({"active", "paused"})),
    (verbs.end_subscription, frozenset({"active", "paused"})),
)


def _offers(actor: Actor, found: Any) -> list[tuple[Any, str, str]]:
    """Return what the actor may do to a subscription now: words, address, name."""
    return [
        (verb.label, reverse(verb.name, args=[found.pk]), verb.name)
        for verb, states in OFFERED
        if found.state in states and verb.who(actor, None)
    ]


def _turned(
    request: HttpRequest, subscription_id: UUID, command: Callable[..., Any], said: str
) -> HttpResponse:
    try:
        command(subscription=subscription_id, by=_actor(request), at=timezone.now())
    except NotFound as cause:
        raise Http404 from cause
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, said)
    return redirect("subscription", subscription_id)


@door(verbs.pause_subscription)
@require_POST
def pause(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Post nothing more for now."""
    said = _("Nothing more is posted for now. Nothing is lost meanwhile.")
    return _turned(request, subscription_id, commands.pause_subscription, said)


@door(verbs.resume_subscription)
@require_POST
def resume(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Post again."""
    said = _("Entries are posted again, in their order.")
    return _turned(request, subscription_id, commands.resume_subscription, said)


@door(verbs.end_subscription)
@require_POST
def end(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Post nothing more for good."""
    return _turned(request, subscription_id, commands.end_subscription, _("It is ended for good."))


@door(verbs.renew_secret)
@never_cache
@require_POST
def secret(request: HttpRequest, subscription_id: UUID) -> HttpResponse:
    """Sign by another secret, which is shown once."""
    try:
        made = commands.renew_secret(
            subscription=subscription_id, by=_actor(request), at=timezone.now()
        )
    except NotFound as cause:
        raise Http404 from cause
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return redirect("subscription", subscription_id)
    return _shown(request, made.subscription.pk, secret=made.secret)


@door(verbs.send_again)
@require_POST
def send_again(request: HttpRequest, dispatch_id: UUID) -> HttpResponse:
    """Send an entry once more, or let later ones pass without it."""
    is_left_out = "leave_out" in request.POST
    command = commands.leave_out if is_left_out else commands.send_again
    try:
        found = command(dispatch=dispatch_id, by=_actor(request), at=timezone.now())
    except NotFound as cause:
        raise Http404 from cause
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return redirect("subscriptions")
    messages.success(request, _("It is left out.") if is_left_out else _("It goes out again."))
    return redirect("subscription", found.subscription_id)
