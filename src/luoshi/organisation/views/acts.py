"""Pages of what is done to units and posts: a form in, the effect told, one command out."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID, uuid4

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import commands, queries, verbs
from luoshi.organisation.forms import (
    POST_FORMS,
    UNIT_FORMS,
    ActForm,
    FoundPost,
    FoundUnit,
    Options,
    SetRelease,
)
from luoshi.organisation.views.doing import POST_DOES, UNIT_DOES, Do, Doing
from luoshi.organisation.views.effects import effects_on_post, effects_on_unit
from luoshi.organisation.views.frame import (
    options,
    page_of_post,
    page_of_unit,
    refuse,
    writer,
)
from luoshi.organisation.views.spans import span_choices
from luoshi.organisation.words import POST_ACTS, UNIT_ACTS
from luoshi.rules.journal import ChangedMeanwhile
from luoshi.rules.nodes import NodeState
from luoshi.rules.refusals import NotAllowed, Refusal

CONFIRMED = frozenset({"end", "merge", "split", "vacate"})
"""Acts whose effect is told and counted before they are done."""


@dataclass(frozen=True, slots=True)
class Act:
    """One act's page: what it is called, of what, where it leads."""

    name: str
    label: str
    subject: str
    back: str
    do: Do
    effects: Callable[[ActForm], list[str]]


@door(verbs.order_organisation)
def unit_act(request: HttpRequest, unit_id: UUID, act: str) -> HttpResponse:
    """Show the form of what is done to a unit, or do it."""
    actor = writer(request)
    state = queries.unit_state(actor, unit_id, day=timezone.localdate())
    if state.founded_on is None:
        raise Http404
    form = _form(UNIT_FORMS[act], request, actor, unit_id, state)
    page = Act(
        act, str(UNIT_ACTS[act]), state.name, page_of_unit(unit_id), UNIT_DOES[act],
        lambda form: effects_on_unit(actor, unit_id, act, form.cleaned_data),
    )  # fmt: skip
    return _answered(request, form, page, unit_id, actor)


@door(verbs.set_release)
def set_release(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show how submissions leave a unit, or set it: the unit for itself, the office for any."""
    actor, today = writer(request), timezone.localdate()
    state = queries.unit_state(actor, unit_id, day=today)
    if state.founded_on is None:
        raise Http404
    if not verbs.set_release.who(actor, frozenset({unit_id})):
        raise PermissionDenied(verbs.set_release.name)
    posts = queries.reporting_posts(actor, unit_id, day=today)
    form = SetRelease(
        request.POST if request.method == "POST" else None,
        state=state,
        options=Options(posts=[(str(post.id), post.name) for post in posts]),
        on=today,
        expected=queries.last_entries([unit_id])[unit_id],
    )
    page = Act(
        "release", str(verbs.set_release.label), state.name, page_of_unit(unit_id), _set_release,
        lambda _form: [],
    )  # fmt: skip
    return _answered(request, form, page, unit_id, actor)


def _set_release(doing: Doing) -> object:
    said = doing.said
    return commands.set_release(
        unit_id=doing.node,
        **{name: said[name] for name in ("reviewers", "head", "on_paper")},
        expected=doing.expected,
        **doing.sent,
    )


@door(verbs.order_organisation)
def post_act(request: HttpRequest, post_id: UUID, act: str) -> HttpResponse:
    """Show the form of what is done to a post, or do it."""
    return _post_page(request, post_id, act)


@door(verbs.delegate_post)
def hand_on(request: HttpRequest, post_id: UUID, act: str) -> HttpResponse:
    """Let somebody act for a post, or end it: the office does, and who holds it."""
    actor = writer(request)
    post = queries.post_named(actor, post_id, day=timezone.localdate())
    if post is not None and not verbs.delegate_post.who(actor, post):
        messages.error(request, sentence_for(NotAllowed(verb=verbs.delegate_post.name)))
        return redirect(page_of_post(post_id))
    return _post_page(request, post_id, act)


def _post_page(request: HttpRequest, post_id: UUID, act: str) -> HttpResponse:
    actor = writer(request)
    state = queries.post_state(actor, post_id, day=timezone.localdate())
    if state.founded_on is None:
        raise Http404
    form = _form(POST_FORMS[act], request, actor, post_id, state)
    page = Act(
        act, str(POST_ACTS[act]), state.name, page_of_post(post_id), POST_DOES[act],
        lambda form: effects_on_post(actor, post_id, act, form.cleaned_data),
    )  # fmt: skip
    return _answered(request, form, page, post_id, actor)


@door(verbs.order_organisation)
def found_unit(request: HttpRequest) -> HttpResponse:
    """Show the form of a new unit, or found it."""
    actor = writer(request)
    made = uuid4()
    form = _form(FoundUnit, request, actor, made, NodeState())
    if request.method == "GET" and request.GET.get("parent"):
        form.initial["parent"] = request.GET["parent"]
    page = Act("found", _("Set up a unit"), "", "", _found_unit, lambda _form: [])
    return _answered(request, form, page, made, actor)


def _found_unit(doing: Doing) -> object:
    said = doing.said
    return commands.found_unit(
        unit_id=commands.unit_made(said["command_id"], 0),
        **{name: said[name] for name in ("name", "kind", "parent", "order", "territory", "note")},
        **doing.sent,
    )


@door(verbs.order_organisation)
def found_post(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Show the form of a new post of a unit, or found it."""
    actor = writer(request)
    state = queries.unit_state(actor, unit_id, day=timezone.localdate())
    if state.founded_on is None:
        raise Http404
    form = _form(FoundPost, request, actor, unit_id, NodeState())
    page = Act(
        "found", _("Set up a post"), state.name, page_of_unit(unit_id), _found_post,
        lambda _form: [],
    )  # fmt: skip
    return _answered(request, form, page, unit_id, actor)


def _found_post(doing: Doing) -> object:
    said = doing.said
    return commands.found_post(
        post_id=commands.unit_made(said["command_id"], 0),
        unit=doing.node,
        name=said["name"],
        duty=said["duty"],
        order=said["order"],
        roles=tuple(said["roles"]),
        **doing.sent,
    )


def _form(
    kind: type[ActForm], request: HttpRequest, actor: Actor, node: UUID, state: NodeState
) -> ActForm:
    today = timezone.localdate()
    offered = options(actor, day=today, besides=node)
    return kind(
        request.POST if request.method == "POST" else None,
        state=state,
        options=span_choices(offered, actor, state),
        on=today,
        expected=queries.last_entries([node])[node],
    )


def _answered(
    request: HttpRequest, form: ActForm, page: Act, node: UUID, actor: Actor
) -> HttpResponse:
    """Do what was sent and lead back, or show the form: with refusals, or with the effect told."""
    effects: list[str] = []
    if request.method == "POST" and form.is_valid():
        if page.name in CONFIRMED and not form.cleaned_data["confirmed"]:
            effects = page.effects(form)
            form.data = _with(form, confirmed="on")
        elif _done(form, page, node, actor):
            messages.success(request, _("Recorded."))
            return redirect(_led_to(form, page))
    context = {"form": form, "page": page, "effects": effects}
    status = 422 if form.errors else 200
    return render(request, "organisation/act.html", context, status=status)


def _led_to(form: ActForm, page: Act) -> str:
    """Return the page of what was written, on the day that was recorded."""
    said = form.cleaned_data
    address = page.back or page_of_unit(commands.unit_made(said["command_id"], 0))
    return f"{address}?on={_day(said).isoformat()}"


def _done(form: ActForm, page: Act, node: UUID, actor: Actor) -> bool:
    """Do it; a refusal goes to its field, and who was not up to date may look and send again."""
    said = form.cleaned_data
    try:
        page.do(Doing(node, said, actor, timezone.now(), _day(said)))
    except Refusal as refusal:
        refuse(form, refusal)
        if isinstance(refusal, ChangedMeanwhile):
            form.data = _with(form, expected=str(refusal.facts["entry"]))
        return False
    return True


def _day(said: dict[str, Any]) -> date:
    """Return the day it is recorded for: what begins later is recorded today."""
    on: date = said["on"] if "on" in said else min(said["first"], timezone.localdate())
    return on


def _with(form: ActForm, **values: str) -> QueryDict:
    data = cast("QueryDict", form.data).copy()
    for name, value in values.items():
        data[name] = value
    return data
