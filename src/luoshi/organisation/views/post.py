"""The page of one post: who answers for it, who acts meanwhile, and its record."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import day_in_text
from luoshi.organisation import queries, verbs
from luoshi.organisation.queries import PostOn, Visitor
from luoshi.organisation.records import record_lines
from luoshi.organisation.views.frame import day_of, kept_day, page_of_unit, reader
from luoshi.organisation.views.spans import span_lines
from luoshi.organisation.words import POST_ACTS, duty_in_text, roles_in_text
from luoshi.rules.nodes import NodeState

HANDED_ON = ("delegate", "recall")
"""What the holder of a post may do beside the office."""


@door(verbs.read_organisation)
def post(request: HttpRequest, post_id: UUID) -> HttpResponse:
    """Show a post on a day."""
    visitor, day = reader(request), day_of(request)
    record = queries.post_record(visitor, post_id)
    if not record:
        raise Http404
    shown = queries.post_named(visitor, post_id, day=day)
    state = queries.post_state(visitor, post_id, day=day)
    names = queries.names_of(queries.units_visible_to(visitor, day=day))
    unit = shown.unit if shown else None
    crumbs = [(_("Organisation"), reverse("organisation") + kept_day(request, day))]
    if unit is not None:
        crumbs.append((names.get(unit, "—"), page_of_unit(unit) + kept_day(request, day)))
    name = shown.name if shown else queries.names_by_day(visitor, [post_id])(post_id, day)
    context = {
        "name": name,
        "post": shown,
        "crumbs": [*crumbs, (name, "")],
        "facts": _facts(visitor, shown, state, names) if shown else [],
        "spans": span_lines(visitor, state, day=day),
        "running": queries.running_work(visitor, [post_id], day=day).total,
        "record": record_lines(visitor, record),
        "verbs": _verbs(request, shown),
    }
    return render(request, "organisation/post.html", context)


def _facts(visitor: Visitor, shown: PostOn, state: NodeState, names: Any) -> list[dict[str, Any]]:
    people = queries.people_named(visitor, [shown.holder, shown.delegate])
    delegate = people.get(shown.delegate) if shown.delegate else None
    facts = [
        (_("Duty"), duty_in_text(shown.duty) or "—", ""),
        (_("Roles in the ledger"), _(", ").join(roles_in_text(shown.roles)) or "—", ""),
        (_("Holder"), *_holder(shown, state, people)),
    ]
    if delegate is not None:
        facts.append((_("Acts for the holder"), delegate.name, delegate.phone))
    if shown.is_lent:
        facts.append((_("Acts in"), names.get(shown.unit, "—"), _("lent")))
    return [{"label": label, "value": value, "note": note} for label, value, note in facts]


def _holder(shown: PostOn, state: NodeState, people: Any) -> tuple[str, str]:
    """Return the holder in words, and what is to be said of him."""
    if shown.holder is None:
        return _("Vacant"), ""
    known = people.get(shown.holder)
    notes = [known.phone] if known and known.phone else []
    if shown.acting:
        notes.append(pgettext("post", "Acting"))
    if state.until is not None:
        notes.append(_("until %(day)s") % {"day": day_in_text(state.until)})
    return known.name if known else _("Held, name not entered"), " · ".join(notes)


def _verbs(request: HttpRequest, shown: PostOn | None) -> list[dict[str, str]]:
    """Return what the reader may do to the post as it is today."""
    actor: Actor | None = getattr(request, "actor", None)
    if actor is None or shown is None:
        return []
    may_order = verbs.order_organisation.who(actor, None)
    may_hand_on = verbs.delegate_post.who(actor, shown)
    return [
        {"label": str(label), "url": reverse(f"post_{name}", args=[shown.id])}
        for name, label in POST_ACTS.items()
        if may_order or (may_hand_on and name in HANDED_ON)
    ]
