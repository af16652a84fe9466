"""The tree of units on any day."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from luoshi.base.doors import door
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries, verbs
from luoshi.organisation.middleware import visitor_in
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal


@door(verbs.read_organisation)
def organisation(request: HttpRequest) -> HttpResponse:
    """Show the units and posts of a day, in their official order."""
    visitor = visitor_in(request)
    assert visitor is not None  # noqa: S101 - the door let a reader in
    today = timezone.localdate()
    day = settings.OPENING_DAY or today
    try:
        typed = request.GET.get("on", "").strip()
        day = parse_day(typed, year=today.year) if typed else day
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    request.shown_day = day  # type: ignore[attr-defined]
    units = queries.units_visible_to(visitor, day=day)
    posts = queries.posts_visible_to(visitor, day=day)
    by_unit: dict[Any, list[str]] = {}
    for post in posts:
        by_unit.setdefault(post.unit, []).append(post.name)
    rows = [{"unit": unit, "posts": by_unit.get(unit.id, [])} for unit in units]
    return render(request, "organisation/units.html", {"rows": rows, "day": day})
