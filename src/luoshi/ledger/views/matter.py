"""The page of one matter: fixes, milestones, progress, colour with reasons, thread, verbs."""

from typing import Any
from uuid import UUID

from django.http import FileResponse, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base import files
from luoshi.base.doors import door
from luoshi.ledger import charts, dossier, verbs
from luoshi.ledger.views.inside import lines_of
from luoshi.ledger.views.quotes import quotes_of
from luoshi.ledger.views.sheet import offered, sheet
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.rules.refusals import NotFound

PAGE = "ledger/matter.html"


@door(verbs.read_ledger)
@for_readers
def matter(request: HttpRequest, shown: Shown, matter_id: UUID) -> HttpResponse:
    """Show one matter on a day."""
    try:
        found = dossier.dossier(
            shown.visitor, matter_id, day=shown.day, known_at=shown.known_at, around=shown.around
        )
    except NotFound:
        return render(request, "404.html", status=404)
    chart = (
        charts.progress_against_plan(found.curve, unit=found.target_unit) if found.curve else None
    )
    context = {
        "page": sheet(found, shown),
        "verbs": offered(found, shown),
        "chart": chart,
        "figures": charts.figures_of(found.curve),
        "quotes": quotes_of(found),
        "inside": lines_of(found, shown),
        **_time_line(found, shown),
        "first_day": _first_day(found),
        "shown": shown,
        "crumbs": [(_("Board"), reverse("board"))],
    }
    return render(request, PAGE, context)


def _first_day(found: dossier.Dossier) -> str:
    """Return the address of the page on the day since which the matter is there."""
    day = found.now.registered_on
    return f"?on={day.isoformat()}" if day else ""


def _time_line(found: dossier.Dossier, shown: Shown) -> dict[str, Any]:
    """Return the time line of the nodes: planned, revised, reached."""
    nodes = [
        charts.NodeLine(step.title, step.first_due, step.due, step.done_on) for step in found.steps
    ]
    return {
        "time_line": charts.nodes_over_time(nodes, day=shown.day) if nodes else None,
        "time_line_figures": charts.nodes_in_figures(nodes),
        "time_line_height": charts.height_of(len(nodes)),
    }


@door(verbs.read_evidence)
@for_readers
def evidence(request: HttpRequest, shown: Shown, matter_id: UUID, digest: str) -> HttpResponseBase:
    """Send one evidence file as a download, never to be shown or run by the browser."""
    stored = dossier.evidence_file(shown.visitor, matter_id, digest)
    if stored is None or stored.content is None:
        return render(request, "404.html", status=404)
    name, media_type = dossier.evidence_name(shown.visitor, matter_id, digest)
    response = FileResponse(
        files.opened(stored), as_attachment=True, filename=name, content_type=media_type
    )
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
