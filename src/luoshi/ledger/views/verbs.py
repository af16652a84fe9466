"""The verbs' pages: a form in, one command out; a refusal comes back with all that was typed."""

from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base import files
from luoshi.base.doors import door
from luoshi.base.wording import sentence_for
from luoshi.ledger import commands, dossier, timeline, verbs, words
from luoshi.ledger.board import goals_visible_to
from luoshi.ledger.commands import Sent
from luoshi.ledger.forms import FORMS, Options, VerbForm
from luoshi.ledger.free_codes import free_codes
from luoshi.ledger.views.about import about
from luoshi.ledger.views.correcting import corrected, files_of_draft, known_of, known_of_draft
from luoshi.ledger.views.parts import parts_of
from luoshi.ledger.views.shown import SENT_FORM, Shown, for_posts
from luoshi.organisation.queries import posts_visible_to, units_visible_to
from luoshi.rules.burden import AskAboveCap
from luoshi.rules.journal import ChangedMeanwhile
from luoshi.rules.ledger.facts import Released, Stage, Submitted
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.refusals import NotFound, Refusal

CONSEQUENTIAL = frozenset({"verify", "close_out", "abolish", "suspend", "redact"})
"""Verbs whose page says whom it affects before it is done."""


@door(verbs.register)
@for_posts
def register(request: HttpRequest, shown: Shown) -> HttpResponse:
    """Enter a matter."""
    form = _form("register", request, shown, MatterState(), expected=0)
    if request.method == "POST" and form.is_valid():
        sent = _sent(form, shown)
        try:
            commands.register(**form.given(), sent=sent)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("The matter is registered."))
            return _done(request, "register:", commands.matter_of(sent.command_id), sent.on)
    context = {"form": form, "verb": verbs.register, "shown": shown, "back": reverse("board")}
    return render(request, "ledger/verb.html", context, status=422 if form.errors else 200)


@door(lambda verb, **_: verbs.ON_PAGES.get(verb))
@for_posts
def act(request: HttpRequest, shown: Shown, matter_id: UUID, verb: str) -> HttpResponse:
    """Show the form of one verb, or carry it out."""
    if verb not in FORMS or verb == "register":
        raise Http404
    try:
        found = dossier.dossier(
            shown.visitor, matter_id, day=shown.today, known_at=None, around=shown.around
        )
    except NotFound as cause:
        raise Http404 from cause
    asked = verbs.ON_PAGES[verb]
    if shown.actor is None or not asked.who(shown.actor, found.now):
        raise PermissionDenied(verb)
    form = _form(verb, request, shown, found.now, expected=found.last_entry, found=found)
    if request.method == "POST" and form.is_valid():
        try:
            _carry_out(verb, matter_id, form, shown)
        except Refusal as refusal:
            _refused(form, refusal)
        else:
            messages.success(request, _("Recorded."))
            return _done(request, f"{verb}:{matter_id}", matter_id, form.cleaned_data["on"])
    context = {
        "form": form,
        "verb": asked,
        "name": verb,
        "matter": found,
        "shown": shown,
        "back": reverse("matter", args=[matter_id]),
        "is_consequential": verb in CONSEQUENTIAL,
        "affected": len(found.now.doing_units),
        "about": about(form, found),
    }
    return render(request, "ledger/verb.html", context, status=422 if form.errors else 200)


def _done(request: HttpRequest, draft: str, matter_id: UUID, on: date) -> HttpResponse:
    """Lead to the matter on the day that was recorded; the browser may forget the draft."""
    request.session[SENT_FORM] = draft
    return redirect(reverse("matter", args=[matter_id]) + f"?on={on.isoformat()}")


def _form(
    verb: str,
    request: HttpRequest,
    shown: Shown,
    state: MatterState,
    *,
    expected: int,
    found: "dossier.Dossier | None" = None,
) -> VerbForm:
    options = _options(shown, shown.today, found, request.GET.get("draft", ""))
    names = ("report", "request", "entry", "submission")
    initial: dict[str, Any] = {name: request.GET[name] for name in names if name in request.GET}
    if verb == "correct" and found is not None:
        initial |= known_of(found, request.POST.get("entry", initial.get("entry", "")))
    if "draft" in request.GET and found is not None:
        initial |= known_of_draft(found, request.GET["draft"])
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    return FORMS[verb](
        *sent, state=state, options=options, on=shown.today, expected=expected, initial=initial
    )


def _options(shown: Shown, day: date, found: "dossier.Dossier | None", draft: str = "") -> Options:
    """Return what may be chosen on a day, each in its official order and set in by its depth."""
    units = units_visible_to(shown.visitor, day=day)
    return Options(
        units=[(str(unit.id), "　" * unit.depth + unit.name) for unit in units],
        posts=[(str(post.id), post.name) for post in posts_visible_to(shown.visitor, day=day)],
        goals=[
            (str(g.id), "　" * g.depth + g.name) for g in goals_visible_to(shown.visitor, day=day)
        ],
        texts=dossier.removable(found) if found else (),
        files=files_of_draft(found, draft) if found and draft else (),
        codes=() if found else free_codes(shown.visitor),
    )


def _sent(form: VerbForm, shown: Shown) -> Sent:
    said = form.cleaned_data
    assert shown.actor is not None  # noqa: S101 - for_posts let only a post in
    return Sent(
        on=said["on"],
        expected=said["expected"],
        command_id=said["command_id"],
        by=shown.actor,
        at=timezone.now(),
        consent=said.get("consent", ""),
    )


def _carry_out(verb: str, matter_id: UUID, form: VerbForm, shown: Shown) -> None:
    """Call the verb's command with what the form gives."""
    sent, given = _sent(form, shown), form.given()
    if verb == "correct":
        commands.correct(matter_id=matter_id, **corrected(given), sent=sent)
        return
    for name in {"evidence", "sheet"} & given.keys():
        given[name] = tuple(files.take(upload) for upload in given[name])
    if verb == "divide":
        given["parts"] = parts_of(shown.visitor, given["parts"])
    getattr(commands, verb)(matter_id=matter_id, **given, sent=sent)


def _refused(form: VerbForm, refusal: Refusal) -> None:
    """Put the refusal where it belongs: at its field where it has one, above the form otherwise."""
    if isinstance(refusal, AskAboveCap):
        form.ask_consent()
    field = FIELD_OF.get(refusal.code)
    form.add_error(field if field in form.fields else None, sentence_for(refusal))
    if isinstance(refusal, ChangedMeanwhile):
        form.conflict = _conflict(form, refusal)
        again = cast("QueryDict", form.data).copy()
        again["expected"] = str(refusal.facts["entry"])  # who has seen both may send again
        form.data = again


FIELD_OF = {
    "negative_quantity": "achieved",
    "measured_in_future": "measured_on",
    "year_implausible": "measured_on",
    "due_before_start": "due",
    "milestone_outside": "milestones",
    "plan_unclear": "plan",
    "code_taken": "code",
    "title_missing": "title",
    "day_in_future": "on",
    "day_too_early": "on",
    "too_far_back": "on",
    "reason_missing": "reason",
    "unit_not_in_force": "lead_unit",
    "file_too_large": "evidence",
    "file_type_refused": "evidence",
    "file_damaged": "evidence",
    "same_unit_twice": "supporting_units",
    "personal_data": "title",
    "ask_above_cap": "consent",
    "sheet_needed": "sheet",
    "sheet_no_scan": "sheet",
}


def _conflict(form: VerbForm, refusal: ChangedMeanwhile) -> list[tuple[str, str, str]]:
    """Return what differs between the other's fact and one's own: label, theirs, yours."""
    theirs, yours = (_content(refusal.facts[whose]) for whose in ("theirs", "yours"))
    names = {field.name for fact in (theirs, yours) if is_dataclass(fact) for field in fields(fact)}
    rows = [] if type(theirs) is type(yours) else [(_("Step"), _step(theirs), _step(yours))]
    for name in sorted(names - NOT_COMPARED):
        one, other = (_said(getattr(fact, name, "—")) for fact in (theirs, yours))
        if one != other:
            label = form.fields[name].label if name in form.fields else None
            rows.append((str(label or name), one, other))
    return rows


NOT_COMPARED = frozenset(
    {"report", "request", "submission", "visible_progress", "problems", "evidence", "reason",
     "released", "sheet"}
)  # fmt: skip
"""Fields that mean nothing beside each other: ids, digests, files."""


def _content(fact: object) -> object:
    """Return what a fact says; of what waits inside a unit what it will become."""
    return fact.what if isinstance(fact, Submitted) else fact


def _step(fact: object) -> str:
    """Return what a fact did, as the timeline tells it."""
    is_out = isinstance(fact, Released)
    return str(verbs.release_submission.told) if is_out else timeline.what(fact)


def _said(value: object) -> str:
    """Return a value of a fact as a person reads it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(words.STAGES[value] if isinstance(value, Stage) else value)
