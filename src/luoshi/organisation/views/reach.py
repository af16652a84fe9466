"""Telephone and mail shown on purpose: each reading stands in the audit list."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.organisation import queries, verbs
from luoshi.organisation.queries import Reach
from luoshi.organisation.views.frame import page_of_unit, writer


@door(verbs.see_contact)
@require_POST
def person_reach(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show how a person is reached."""
    actor = writer(request)
    known = queries.people_named(actor, [person_id]).get(person_id)
    reach = queries.reach_of_person(actor, person_id)
    if known is None or reach is None:
        raise Http404
    units = queries.units_of_person(actor, person_id, day=timezone.localdate())
    verbs.see_contact.check(actor, units)
    back = reverse("person", args=[person_id]) if verbs.keep_people.opens_to(actor) else "/"
    return _shown(request, known.name, reach, back)


@door(verbs.see_contact)
@require_POST
def contact_reach(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Show how a unit is reached."""
    actor = writer(request)
    unit = queries.unit_of_contact(actor, contact_id)
    reach = queries.reach_of_contact(actor, contact_id)
    if unit is None or reach is None:
        raise Http404
    verbs.see_contact.check(actor, frozenset({unit}))
    name = queries.unit_name(unit, day=timezone.localdate()) or _("Unit")
    return _shown(request, name, reach, page_of_unit(unit))


def _shown(request: HttpRequest, name: str, reach: Reach, back: str) -> HttpResponse:
    context: dict[str, Any] = {"name": name, "reach": reach, "back": back}
    response = render(request, "organisation/reach.html", context)
    response.headers["Cache-Control"] = "no-store"
    return response
