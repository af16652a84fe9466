"""One report in review: the text with its marks, the statements beside it, the acts on them."""

from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib import messages
from django.forms.models import model_to_dict
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.intake import verbs
from luoshi.intake.reports import commands, queries
from luoshi.intake.reports.forms import MendStatement, ReportAbout
from luoshi.intake.reports.refusals import StatementChanged, StatementSettled, ValueUnclear
from luoshi.intake.reports.views.page import (
    ABOUT,
    DROPPED_AT_ONCE,
    SURE,
    card_answer,
    named,
    number_in,
    page_answer,
    query_of,
)
from luoshi.intake.reports.views.showing import OPEN
from luoshi.intake.reports.views.window import document_or_404, seen_in, tell_lost
from luoshi.intake.views.sheet import SENT_FORM
from luoshi.rules.refusals import NotFound, Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import ReportDocument


@door(verbs.read_review)
def review(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Show a report in review; take one act on its statements."""
    if request.method == "POST":
        return _reviewed(request, document_id)
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    document = document_or_404(actor, document_id)
    number = number_in(request.GET, "card")
    if request.headers.get("HX-Request") and (number or "look" in request.GET):
        return card_answer(request, actor, document, number)
    return page_answer(request, actor, document, editing=number_in(request.GET, "edit"))


@door(verbs.review_report)
def _reviewed(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    document = document_or_404(actor, document_id)
    try:
        return _done(request, actor, document)
    except NotFound as cause:
        raise Http404 from cause
    except Refusal as refusal:
        is_part = isinstance(refusal, StatementChanged) and request.headers.get("HX-Request")
        if is_part and request.POST.get("do") not in WHOLE:
            return _overtaken(request, actor, document, refusal)
        messages.error(request, sentence_for(refusal))
        return _back(request, number_in(request.POST, "number"))


def _overtaken(
    request: HttpRequest,
    actor: Actor,
    document: "ReportDocument",
    refusal: Refusal,
    form: MendStatement | None = None,
) -> HttpResponse:
    """Send the card as it stands, with who decided it meanwhile and what had been typed."""
    number, told = number_in(request.POST, "number"), sentence_for(refusal)
    is_there = queries.statements_of(document).filter(number=number).exists()
    typed = " · ".join(filter(None, form.fields_said().values())) if form else ""
    answer = card_answer(
        request, actor, document, number if is_there else 0, told=told, typed=typed
    )
    answer.headers["X-Overtaken"] = "yes"  # what was pressed after it in the same card is not sent
    return answer


def _done(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    """Do what the button says: ``do`` is an act, or ``field:value`` for a choice."""
    act, _colon, value = request.POST.get("do", "").partition(":")
    number = number_in(request.POST, "number")
    if act in _ON_DOCUMENT:
        return _ON_DOCUMENT[act](request, actor, document)
    if act == "mend":
        return _mended(request, actor, document, number)
    _act(request, actor, document.pk, number, act, value)
    return _answer(request, actor, document, number, is_part=act not in {"split", "join"})


def _act(
    request: HttpRequest, actor: Actor, document_id: UUID, number: int, act: str, value: str
) -> None:
    """Do one act on one statement. Raises NotFound for an act that is none, and refusals."""
    seen = seen_in(request)
    if act == "deadline":
        commands.mend(document_id, number, fields={"deadline": value}, by=actor, seen=seen)
    elif act in {"lead", "sponsor", "matter"}:
        commands.take(document_id, number, choice={act: value}, by=actor, seen=seen)
    elif act in {"accept", "drop"}:
        getattr(commands, act)(document_id, [number], by=actor, seen=seen)
    elif act == "split":
        at = queries.place_shown(document_id, number, number_in(request.POST, "at"))
        commands.split(document_id, number, at=at, by=actor, seen=seen)
    elif act == "join":
        commands.join(document_id, number, by=actor, seen=seen)
    else:
        raise NotFound(what="act")


def _answer(
    request: HttpRequest, actor: Actor, document: "ReportDocument", number: int, *, is_part: bool
) -> HttpResponseBase:
    """Send the statement's card to htmx, else lead back to it."""
    if is_part and request.headers.get("HX-Request"):
        return card_answer(request, actor, document, number)
    return _back(request, number)


def _mended(
    request: HttpRequest, actor: Actor, document: "ReportDocument", number: int
) -> HttpResponseBase:
    matters = queries.matters_by_code(queries.promises_now(actor))
    form = MendStatement(request.POST, **named(actor, document), matters=matters)
    if not form.is_valid():
        return page_answer(request, actor, document, editing=number, form=form, status=422)
    try:
        commands.mend(
            document.pk,
            number,
            fields=form.fields_said(),
            choice=form.chosen(),
            by=actor,
            seen=seen_in(request),
        )
    except ValueUnclear as refusal:
        form.add_error(str(refusal.facts["field"]), sentence_for(refusal))
        return page_answer(request, actor, document, editing=number, form=form, status=422)
    except (StatementChanged, StatementSettled) as refusal:
        if refusal.facts.get("state") in OPEN:  # what was typed stays, beside what is said now
            form.add_error(None, sentence_for(refusal))
            form.add_error(None, _("Send again to put yours in its place."))
            fresh = queries.document_visible_to(actor, document.pk)
            return page_answer(request, actor, fresh, editing=number, form=form, status=422)
        if not request.headers.get("HX-Request"):
            raise
        return _overtaken(request, actor, document, refusal, form)
    return _answer(request, actor, document, number, is_part=True)


def _undo(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    numbers = commands.undo(document.pk, by=actor, seen=seen_in(request, whole=True))
    return _back(request, numbers[0] if numbers else 0)


def _add(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    quote = request.POST.get("quote", "")
    number = commands.add(document.pk, quote=quote, by=actor, seen=seen_in(request))
    request.session[SENT_FORM] = f"report-add:{document.pk}"
    return redirect(f"{request.path}?edit={number}#s{number}")


def _accept_all(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    least = float(next((sure for sure, _percent in SURE if sure == request.POST.get("least")), "1"))
    done = commands.accept_all(
        document.pk,
        asked=request.GET.get("show", ""),
        least=least,
        by=actor,
        seen=seen_in(request),
    )
    told = ngettext("%(count)s statement accepted", "%(count)s statements accepted", done.count)
    return _decided_at_once(request, done, told)


def _drop_all(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    asked = request.GET.get("show", "")
    if asked not in DROPPED_AT_ONCE:
        raise NotFound(what="act")
    done = commands.drop_all(document.pk, asked=asked, by=actor, seen=seen_in(request))
    told = ngettext("%(count)s statement left out", "%(count)s statements left out", done.count)
    return _decided_at_once(request, done, told)


def _take_as_new(
    request: HttpRequest, actor: Actor, document: "ReportDocument"
) -> HttpResponseBase:
    done = commands.take_as_new(document.pk, by=actor, seen=seen_in(request))
    told = ngettext(
        "%(count)s statement is a new matter", "%(count)s statements are new matters", done.count
    )
    return _decided_at_once(request, done, told)


def _decided_at_once(request: HttpRequest, done: commands.AtOnce, told: str) -> HttpResponseBase:
    """Tell how many were decided, and how many stay because another changed them meanwhile."""
    messages.success(request, told % {"count": done.count})
    if done.left:
        left = ngettext(
            "%(count)s statement was changed meanwhile and stays: look at it.",
            "%(count)s statements were changed meanwhile and stay: look at them.",
            done.left,
        )
        messages.warning(request, left % {"count": done.left})
    return _back(request, 0)


def _write(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    seen = seen_in(request, whole=True)
    outcome = commands.write(document.pk, by=actor, at=timezone.now(), seen=seen)
    told = ngettext(
        "%(count)s statement is in the ledger.",
        "%(count)s statements are in the ledger.",
        outcome.written,
    )
    messages.success(request, told % {"count": outcome.written})
    if outcome.kept:
        kept = ngettext(
            "%(count)s accepted statement waits: its card says why.",
            "%(count)s accepted statements wait: their cards say why.",
            len(outcome.kept),
        )
        messages.warning(request, kept % {"count": len(outcome.kept)})
    return redirect(f"{request.path}?show={'accepted' if outcome.kept else 'written'}")


def _withdraw(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    commands.withdraw(document.pk, by=actor, seen=seen_in(request, whole=True))
    messages.success(request, _("The report is withdrawn; nothing of it was in the ledger."))
    return redirect(reverse("reports"))


def _describe(request: HttpRequest, actor: Actor, document: "ReportDocument") -> HttpResponseBase:
    """Put title, place, day or year right; what is refused is said at the form."""
    form = ReportAbout(request.POST)
    try:
        if form.is_valid():
            done = commands.describe(
                document.pk,
                **form.said(model_to_dict(document, ABOUT)),
                by=actor,
                at=timezone.now(),
                seen=seen_in(request),
            )
            told = _("Put right. The text was read again; what says the same stays decided.")
            messages.success(request, told if done.is_read else _("Put right."))
            tell_lost(request, done.lost)
            request.session[SENT_FORM] = f"report-about:{document.pk}"
            return redirect(request.path)
    except Refusal as refusal:
        form.add_error("day" if refusal.code in OF_DAY else None, sentence_for(refusal))
    fresh = queries.document_visible_to(actor, document.pk)
    return page_answer(request, actor, fresh, editing=0, about=form, status=422)


OF_DAY = frozenset({"day_in_future", "day_too_early"})
_ON_DOCUMENT = {
    "describe": _describe,
    "undo": _undo,
    "add": _add,
    "accept_all": _accept_all,
    "drop_all": _drop_all,
    "take_as_new": _take_as_new,
    "write": _write,
    "withdraw": _withdraw,
}
WHOLE = frozenset(_ON_DOCUMENT)


def _back(request: HttpRequest, number: int) -> HttpResponse:
    """Lead back to where the reader was; the page scrolls to the statement."""
    place = f"#s{number}" if number else ""
    address = f"{request.path}?{query_of(request)}"
    if not request.headers.get("HX-Request"):
        return redirect(f"{address}{place}")
    shown = request.headers.get("HX-Current-URL", "").partition("#")[0]
    if shown.endswith(address):  # going there would only scroll: the page is to come anew
        return HttpResponse(headers={"HX-Refresh": "true"})
    return HttpResponse(headers={"HX-Redirect": f"{address}{place}"})
