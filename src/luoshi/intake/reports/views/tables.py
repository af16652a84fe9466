"""The table of tasks as a file, and the page of promises across reports."""

from collections import Counter
from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.base.downloads import attached
from luoshi.base.journal import Actor
from luoshi.base.pages import pager_of
from luoshi.intake import verbs
from luoshi.intake.reports import exporting, following, queries, words
from luoshi.intake.reports.following import Followed
from luoshi.intake.reports.official import official_table
from luoshi.intake.reports.views.showing import reason_in_text, value_in_text
from luoshi.rules.refusals import NotFound
from luoshi.rules.reports.linking import Promise, Scope
from luoshi.rules.reports.statements import Statement, as_row

PROMISES_A_PAGE = 50
WRITERS = {"xlsx": exporting.workbook, "docx": official_table}


@door(verbs.read_review)
def tasks(request: HttpRequest, document_id: UUID, ending: str) -> HttpResponse:
    """Send the table of tasks as a workbook or an official document."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    try:
        document = queries.document_visible_to(actor, document_id)
    except NotFound as cause:
        raise Http404 from cause
    if ending not in WRITERS:
        raise Http404
    content = WRITERS[ending](document, exporting.tasks_of(actor, document))
    return attached(content, f"{exporting.title_in_text(document)}.{ending}")


@door(verbs.read_review)
def promises(request: HttpRequest) -> HttpResponse:
    """Show promise, report, report: kept, behind, silent, with the statements behind it."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    places = following.places(actor)
    place = request.GET.get("place", places[0] if places else "")
    found = following.followed(actor, place=place)
    outcome = request.GET.get("outcome", "")
    shown = [one for one in found.promises if outcome in {"", one.outcome.value}]
    shown.sort(key=lambda one: (not one.answers, one.statement.value is None))
    page = Paginator(shown, PROMISES_A_PAGE).get_page(request.GET.get("page"))
    counts = Counter(one.outcome.value for one in found.promises)
    context = {
        "promises": [_promise(one, found) for one in page.object_list],
        "places": [{"name": one, "is_on": one == place} for one in places],
        "place": place,
        "outcomes": [
            {"name": name, "label": label, "count": counts[name], "is_on": name == outcome}
            for name, label in words.OUTCOMES.items()
        ],
        "outcome": outcome,
        "total": len(found.promises),
        "pager": pager_of(page, request.GET),
        "crumbs": [(_("Reports"), reverse("reports"))],
    }
    return render(request, "intake/reports/promises.html", context)


def _promise(one: Promise, found: Followed) -> dict[str, Any]:
    return {
        "promised": _told(one.statement, found),
        "repeated": [_told(other, found) for other in one.repeated],
        "answers": [
            {
                **_told(answer.statement, found),
                "share": "" if answer.share is None else f"{answer.share * 100:.1f}%",
                "is_other": answer.scope is Scope.OTHER,
                "reasons": [reason_in_text(reason) for reason in answer.reasons],
            }
            for answer in one.answers
        ],
        "outcome": one.outcome.value,
        "label": words.OUTCOMES[one.outcome.value],
        "why": words.OUTCOME_REASONS[one.outcome.value],
    }


def _told(one: Statement, found: Followed) -> dict[str, Any]:
    document, number = found.place_of(one)
    return {
        "subject": one.subject or one.quote,
        "value": value_in_text(as_row(one)),
        "is_rate": one.growth,
        "kind": words.KINDS[one.kind.value],
        "period": one.period or "",
        "title": document.title,
        "day": document.day,
        "url": f"{reverse('report', args=[document.pk])}?at={number}#s{number}",
    }
