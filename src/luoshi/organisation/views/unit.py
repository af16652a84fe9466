"""The page of one unit: what it is, its posts, how it is reached, and its record."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import day_in_text
from luoshi.organisation import queries, verbs
from luoshi.organisation.forms.units import UNIT_FORMS
from luoshi.organisation.queries import UnitOn, Visitor
from luoshi.organisation.records import record_lines
from luoshi.organisation.views.frame import day_of, kept_day, page_of_unit, reader
from luoshi.organisation.views.posts_shown import post_lines
from luoshi.organisation.words import UNIT_ACTS, kind_in_text
from luoshi.rules.release import left_of

Fact = dict[str, Any]


@door(verbs.read_organisation)
def unit(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show a unit on a day; where it is not there, what it was last."""
    visitor, day = reader(request), day_of(request)
    span = queries.founded_and_ended(visitor, unit_id)
    if span is None:
        raise Http404
    units = queries.units_visible_to(visitor, day=day)
    by_id = {one.id: one for one in units}
    here = by_id.get(unit_id)
    shown = here or queries.last_of(visitor, [unit_id])[unit_id]
    posts = [
        post
        for post in queries.posts_visible_to(visitor, day=day)
        if unit_id in {post.unit, post.home}
    ]
    people = queries.people_named(visitor, [who for p in posts for who in (p.holder, p.delegate)])
    record = queries.unit_record(visitor, unit_id)
    running = queries.running_work(visitor, [unit_id], day=day)
    context = {
        "unit": shown,
        "kind": kind_in_text(shown.kind),
        "is_there": here is not None,
        "crumbs": _crumbs(by_id, shown, kept_day(request, day)),
        "facts": _facts(shown, by_id, span, running.total),
        "posts": post_lines(posts, people, queries.names_of(units), seen_from=unit_id),
        "below": [one for one in units if one.parent == unit_id],
        "release": _release(visitor, unit_id, day),
        "may_release": _may(request, verbs.set_release, frozenset({unit_id})) and here is not None,
        "contacts": queries.contacts_of(visitor, unit_id, day=day),
        "record": record_lines(visitor, record),
        "kept_day": kept_day(request, day),
        "verbs": _verbs(request, unit_id) if here else [],
        "may_order": _may(request, verbs.order_organisation, None),
        "may_keep": _may(request, verbs.keep_people, frozenset({unit_id})),
        "may_see": _may(request, verbs.see_contact, frozenset({unit_id})),
    }
    return render(request, "organisation/unit.html", context)


def _may(request: HttpRequest, verb: Any, of: Any) -> bool:
    actor: Actor | None = getattr(request, "actor", None)
    return actor is not None and bool(verb.who(actor, of))


def _release(visitor: Visitor, unit: UUID, day: date) -> list[dict[str, Any]]:
    """Return how what the unit submits leaves it, step by step, and who left of its posts."""
    way, posts = queries.way_with_posts(visitor, unit, day=day)
    names = queries.names_by_day(visitor, way.posts)
    reviewers = _(", ").join(names(post, day) for post in way.reviewers)
    last = _("by the signed and sealed sheet") if way.on_paper else _("by click")
    steps = [(_("Reviews"), reviewers)] if way.is_reviewed else []
    if way.posts:
        end = names(way.head, day) if way.head else reviewers
        steps.append((_("Lets out"), f"{end} · {last}"))
    if left := left_of(way, posts):
        left_names = _(", ").join(names(post, day) for post in left)
        told = _("%(posts)s: no longer reporting for this unit") % {"posts": left_names}
        steps.append((_("To be set anew"), told))
    return [{"label": label, "value": value} for label, value in steps]


def _crumbs(by_id: Mapping[UUID, UnitOn], unit: UnitOn, kept: str) -> list[tuple[str, str]]:
    """Return the way from the tree's top; who stands in a circle is told once."""
    above: list[UnitOn] = []
    here = by_id.get(unit.parent) if unit.parent else None
    while here is not None and here not in above:
        above.append(here)
        here = by_id.get(here.parent) if here.parent else None
    links = [(one.name, page_of_unit(one.id) + kept) for one in reversed(above)]
    return [(_("Organisation"), reverse("organisation") + kept), *links, (unit.name, "")]


def _facts(
    unit: UnitOn, by_id: Mapping[UUID, UnitOn], span: tuple[date, date | None], matters: int
) -> list[Fact]:
    parent = by_id.get(unit.parent) if unit.parent else None
    founded, ended = span
    facts: Sequence[tuple[str, str]] = (
        (_("Kind"), kind_in_text(unit.kind)),
        (_("Unit above"), parent.name if parent else "—"),
        (_("Territory"), unit.territory or "—"),
        (_("Place in the official order"), str(unit.order)),
        (_("In force from"), day_in_text(founded)),
        *([(_("Ended on"), day_in_text(ended))] if ended else []),
        (_("Open matters it leads"), str(matters)),
    )
    return [{"label": label, "value": value} for label, value in facts]


def _verbs(request: HttpRequest, unit_id: UUID) -> list[dict[str, str]]:
    """Return what the reader may do to the unit."""
    if not _may(request, verbs.order_organisation, None):
        return []
    found = [{"label": _("Set up a post"), "url": reverse("found_post", args=[unit_id])}]
    return found + [
        {"label": str(UNIT_ACTS[name]), "url": reverse(f"unit_{name}", args=[unit_id])}
        for name in UNIT_FORMS
    ]
