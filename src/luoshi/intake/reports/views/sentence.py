"""The sentence that a matter rests on, in its document."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.intake import verbs
from luoshi.intake.reports import queries
from luoshi.intake.reports.marking import quoted
from luoshi.organisation.middleware import visitor_in


@door(verbs.read_report)
def sentence(request: HttpRequest, digest: str, start: int, end: int) -> HttpResponse:
    """Show the characters of a document that a matter rests on, or that its text is not there."""
    visitor = visitor_in(request)
    if visitor is None:
        raise Http404
    text = queries.text_of(visitor.district, digest)
    is_there = text is not None and 0 <= start < end <= len(text)
    context = {
        "digest": digest,
        "start": start,
        "end": end,
        "document": queries.titles_of(visitor, digest),
        "parts": quoted(text, start, end) if text is not None and is_there else None,
        "crumbs": [(_("Board"), reverse("board"))],
    }
    return render(request, "intake/reports/sentence.html", context)
