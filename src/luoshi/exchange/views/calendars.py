"""Calendar addresses of one's own, and what a calendar program gets by one."""

from hashlib import sha256
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_POST, require_safe

from luoshi.base.doors import door
from luoshi.base.kept import kept
from luoshi.base.threads import Actor
from luoshi.base.wording import sentence_for
from luoshi.exchange import commands, queries, verbs
from luoshi.exchange.agenda import agenda_visible_to
from luoshi.exchange.forms import CalendarAddress
from luoshi.exchange.icalendar import CONTENT_TYPE, written
from luoshi.organisation.queries import names_of, post_named, posts_of, unit_name, units_visible_to
from luoshi.rules.refusals import NotFound, Refusal

FRESH = 5 * 60  # seconds for which a calendar program need not ask again


def _actor(request: HttpRequest) -> Actor:
    return cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door let only a post in


@door(verbs.keep_calendars)
@never_cache
def calendars(request: HttpRequest) -> HttpResponse:
    """Show one's own addresses; make one, which is shown once."""
    actor, day = _actor(request), timezone.localdate()
    units = units_visible_to(actor, day=day)
    data = request.POST if request.method == "POST" else None
    form = CalendarAddress(data, units=units, chosen=request.GET.get("unit", ""))
    address = ""
    if data is not None and form.is_valid():
        try:
            made = commands.make_link(**form.given(), by=actor, day=day, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            path = reverse("calendar", args=[made.secret])
            address = request.build_absolute_uri(path)
            form = CalendarAddress(units=units)
    names, posts = names_of(units), names_of(posts_of(request.user, day=day))  # type: ignore[arg-type]
    rows = [
        {
            "id": link.pk,
            "name": names.get(link.unit, "–") if link.unit else posts.get(link.post, "–"),
            "is_of_unit": link.unit is not None,
            "post": posts.get(link.post, ""),
            "alarm_days": link.alarm_days,
            "made_at": link.made_at,
        }
        for link in queries.calendar_links_of(actor)
    ]
    context = {"form": form, "address": address, "rows": rows}
    status = 422 if form.errors else 200
    return render(request, "exchange/calendars.html", context, status=status)


@door(verbs.keep_calendars)
@require_POST
def revoke(request: HttpRequest, link_id: UUID) -> HttpResponse:
    """Close an address."""
    try:
        commands.revoke_link(link=link_id, by=_actor(request), at=timezone.now())
    except NotFound as cause:
        raise Http404 from cause
    messages.success(request, _("The address is revoked: calendars find nothing there any more."))
    return redirect("calendars")


@csrf_exempt  # nothing is written here: calendar programs that try more are told that it is read
@door(verbs.open_calendar)
@require_safe
def opened(request: HttpRequest, secret: str) -> HttpResponse:
    """Give the calendar of a secret address; whoever has it needs no account.

    It is what the maker of the address may read today as the post it was made for.
    """
    file = _file(request, secret)
    etag = f'"{sha256(file).hexdigest()}"'

    def given(_request: HttpRequest) -> HttpResponse:
        response = HttpResponse(file, content_type=CONTENT_TYPE)
        response.headers["Content-Disposition"] = 'inline; filename="luoshi.ics"'
        return response

    response: HttpResponse = condition(etag_func=lambda _request: etag)(given)(request)
    response.headers["Cache-Control"] = f"private, max-age={FRESH}"
    return response


def _file(request: HttpRequest, secret: str) -> bytes:
    """Return the file, built once for each entry of the district and each day."""
    link, day = queries.calendar_link_at(secret), timezone.localdate()
    if link is None:
        raise Http404
    actor = queries.hand_of(link.district, link.person, link.post, day=day)
    if actor is None or not verbs.keep_calendars.who(actor, link.person):
        raise Http404  # it died with the post; nobody is told that there was one
    site = request.build_absolute_uri("/").rstrip("/")
    shown = settings.OPENING_DAY or day
    asked = (str(link.pk), day.isoformat(), site, sorted(actor.roles))

    def make() -> bytes:
        agenda = agenda_visible_to(actor, link, day=shown)
        return written(agenda, name=_name(actor, link), site=site, alarm_days=link.alarm_days)

    return kept(link.district, "calendar", asked, make)


def _name(actor: Actor, link: Any) -> str:
    day = timezone.localdate()
    if link.unit is not None:
        name = unit_name(link.unit, day=day)
    else:
        post = post_named(actor, link.post, day=day)
        name = post.name if post else ""
    return _("Luoshi: %(name)s") % {"name": name}
