"""Persons and contacts: entered, changed, ended and erased; numbers are shown masked."""

from typing import Any
from uuid import UUID, uuid4, uuid5

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import commands, queries, verbs
from luoshi.organisation.forms import ContactForm, PersonForm
from luoshi.organisation.queries import PersonShown
from luoshi.organisation.views.frame import page_of_unit, refuse, writer
from luoshi.rules.refusals import NotAllowed, Refusal

PEOPLE_A_PAGE = 50


@door(verbs.keep_people)
def people(request: HttpRequest) -> HttpResponse:
    """List the persons whom the post may keep, with what they act for today."""
    actor = writer(request)
    today = timezone.localdate()
    text = request.GET.get("q", "").strip()[:60]
    held: dict[UUID, list[queries.PostOn]] = {}
    for post in queries.posts_visible_to(actor, day=today):
        for person in {post.holder, post.delegate} - {None}:
            held.setdefault(person, []).append(post)  # type: ignore[arg-type]
    listed = [
        one
        for one in queries.people_visible_to(actor, text=text)
        if _may_keep(actor, held.get(one.id, []))
    ]
    page = Paginator(listed, PEOPLE_A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of(queries.units_visible_to(actor, day=today))
    context = {
        "rows": [_row(one, held.get(one.id, []), names) for one in page.object_list],
        "total": len(listed),
        "page": page,
        "text": text,
    }
    return render(request, "organisation/people.html", context)


def _may_keep(actor: Actor, posts: list[queries.PostOn]) -> bool:
    units = frozenset(post.home for post in posts if post.home is not None)
    return verbs.keep_people.who(actor, units)


def _row(one: PersonShown, posts: list[queries.PostOn], names: Any) -> dict[str, Any]:
    told = [f"{names.get(post.unit, '')} {post.name}".strip() for post in posts]
    return {"person": one, "posts": told}


@door(verbs.keep_people)
def new_person(request: HttpRequest) -> HttpResponse:
    """Enter a person; the random id is drawn from the command."""
    return _person(request, None)


@door(verbs.keep_people)
def person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Change what is kept of a person."""
    actor = writer(request)
    known = queries.people_named(actor, [person_id]).get(person_id)
    units = queries.units_of_person(actor, person_id, day=timezone.localdate())
    if known is None and not units:
        raise Http404
    if not verbs.keep_people.who(actor, units):
        messages.error(request, sentence_for(NotAllowed(verb=verbs.keep_people.name)))
        return redirect("people")
    return _person(request, known or PersonShown(person_id, "", "", "", 0, is_erased=False))


def _person(request: HttpRequest, known: PersonShown | None) -> HttpResponse:
    actor = writer(request)
    initial = {
        "name": known.name if known else "",
        "expected": known.version if known else 0,
        "command_id": uuid4(),
    }
    form = PersonForm(request.POST if request.method == "POST" else None, initial=initial)
    if known is None or not (known.phone or known.mail):
        del form.fields["without"]
    if request.method == "POST" and form.is_valid():
        try:
            _keep(form.cleaned_data, known, actor)
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect("people")
    context = {"form": form, "person": known, "back": reverse("people")}
    status = 422 if form.errors else 200
    return render(request, "organisation/person.html", context, status=status)


def _keep(said: dict[str, Any], known: PersonShown | None, actor: Actor) -> None:
    """Keep a person; what was left empty stays as it is, unless it is to be taken out."""
    without = said.get("without", ())
    kept = {name: "" if name in without else (said[name] or None) for name in ("phone", "mail")}
    commands.keep_person(
        person_id=known.id if known else uuid5(said["command_id"], "person"),
        name=said["name"],
        **kept,
        expected=said["expected"],
        by=actor,
        day=timezone.localdate(),
    )


@door(verbs.keep_people)
@require_POST
def erase_person(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Erase what is kept of a person who holds no post."""
    try:
        commands.erase_person(person_id=person_id, by=writer(request), day=timezone.localdate())
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("Erased. The ledger keeps the random id alone."))
    return redirect("people")


@door(verbs.keep_people)
def new_contact(request: HttpRequest, unit_id: UUID) -> HttpResponse:
    """Enter how a unit is reached from a day on."""
    actor = writer(request)
    if queries.founded_and_ended(actor, unit_id) is None:
        raise Http404
    initial = {"on": timezone.localdate(), "command_id": uuid4()}
    form = ContactForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            commands.keep_contact(
                contact_id=uuid5(said["command_id"], "contact"), unit=unit_id, by=actor,
                label=said["label"], phone=said["phone"], mail=said["mail"], on=said["on"],
            )  # fmt: skip
        except Refusal as refusal:
            refuse(form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return redirect(page_of_unit(unit_id))
    context = {"form": form, "back": page_of_unit(unit_id)}
    status = 422 if form.errors else 200
    return render(request, "organisation/contact.html", context, status=status)


@door(verbs.keep_people)
@require_POST
def end_contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """End a contact today, or erase its numbers on all days."""
    actor = writer(request)
    try:
        if request.POST.get("erase"):
            commands.erase_contact(contact_id=contact_id, by=actor)
        else:
            commands.end_contact(contact_id=contact_id, on=timezone.localdate(), by=actor)
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("Recorded."))
    unit = queries.unit_of_contact(actor, contact_id)
    return redirect(page_of_unit(unit)) if unit else redirect("organisation")
