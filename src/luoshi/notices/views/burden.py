"""How much was asked of whom in a week; the office's cap on it."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.threads import Actor
from luoshi.base.wording import sentence_for
from luoshi.notices import commands, verbs
from luoshi.notices.asking import cap_of, last_of_burden
from luoshi.notices.forms import Cap
from luoshi.notices.statistics import Asked, Week, burden_visible_to
from luoshi.notices.views.receipts import Looked, looked
from luoshi.organisation.queries import names_of, units_visible_to
from luoshi.rules.refusals import Refusal

WEEK = timedelta(days=7)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@door(verbs.read_burden)
def burden(request: HttpRequest) -> HttpResponse:
    """Show what was asked of each post and unit in a week, and the cap to whoever may set it."""
    found = looked(request, verbs.read_burden)
    week = burden_visible_to(found.visitor, day=found.day, unit=found.unit)
    actor = found.visitor if isinstance(found.visitor, Actor) else None
    return render(request, "notices/burden.html", _context(found, week, actor, _form(actor)))


@door(verbs.set_cap)
@require_POST
def cap(request: HttpRequest) -> HttpResponse:
    """Set the cap, or take it away."""
    actor = cast("Actor", request.actor)  # type: ignore[attr-defined]  # the door let only a post in
    form = Cap(request.POST)
    if form.is_valid():
        try:
            commands.set_cap(
                **form.cleaned_data, on=timezone.localdate(), by=actor, at=timezone.now()
            )
        except Refusal as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            messages.success(request, _("Recorded."))
            return redirect("burden")
    found = looked(request, verbs.read_burden)
    week = burden_visible_to(found.visitor, day=found.day, unit=found.unit)
    context = _context(found, week, actor, form)
    return render(request, "notices/burden.html", context, status=422)


def _form(actor: Actor | None) -> Cap | None:
    if actor is None or not verbs.set_cap.who(actor, None):
        return None
    return Cap(cap=cap_of(actor), expected=last_of_burden(actor))


def _context(found: Looked, week: Week, actor: Actor | None, form: Cap | None) -> dict[str, Any]:
    units = names_of(units_visible_to(found.visitor, day=found.day))
    query = f"&unit={found.unit}" if found.unit else ""

    def turned(days: timedelta) -> str:
        return reverse("burden") + f"?on={(week.monday + days).isoformat()}{query}"

    order: dict[UUID | None, int] = {unit: place for place, unit in enumerate(units)}
    return {
        "form": form,
        "week": week,
        "last": week.monday + WEEK - DAY,
        "posts": [
            {
                "name": row.post.name,
                "unit": units.get(row.post.unit, "") if row.post.unit else "",
                "is_above": row.is_above,
                "is_allowed": row.is_allowed,
                **_told(row.asked, units),
            }
            for row in week.posts
        ],
        "units": [
            {"name": units.get(unit, "") if unit else "", **_told(one, units)}
            for unit, one in sorted(week.units.items(), key=lambda one: order.get(one[0], 0))
        ],
        "before_url": turned(-WEEK),
        "after_url": turned(WEEK) if week.monday + WEEK <= timezone.localdate() else "",
        "actor_reads_all": actor is None or found.unit is None,
    }


def _told(asked: Asked, units: Mapping[UUID, str]) -> dict[str, Any]:
    """Return what was asked in words."""
    sources = [
        f"{units.get(unit, '') if unit else _('the district')} {count}"
        for unit, count in asked.sources.most_common()
    ]
    return {
        "asks": asked.asks,
        "decisions": asked.decisions,
        "sources": sources,
        "answered": len(asked.waited),
        "unanswered": asked.unanswered,
        "wait": length_in_text(asked.typical_wait),
    }


def length_in_text(length: timedelta | None) -> str:
    """Return a length of time as people say it: hours below two days, whole days above."""
    if length is None:
        return "–"
    if length < HOUR:
        return _("under an hour")
    if length < 2 * DAY:
        hours = round(length / HOUR)
        return ngettext("%(n)s hour", "%(n)s hours", hours) % {"n": hours}
    days = round(length / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
