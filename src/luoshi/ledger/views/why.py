"""The card behind a colour, with an address of its own: rule, tests, facts, the way back."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from luoshi.base.doors import door
from luoshi.ledger import dossier, verbs
from luoshi.ledger.views.board.address import asked_in
from luoshi.ledger.views.sheet import sheet
from luoshi.ledger.views.shown import Shown, for_readers
from luoshi.rules.refusals import NotFound


@door(verbs.read_ledger)
@for_readers
def why(request: HttpRequest, shown: Shown, matter_id: UUID) -> HttpResponse:
    """Show why a matter has its colour on a day; ``card=1`` gives the card alone."""
    try:
        found = dossier.dossier(
            shown.visitor, matter_id, day=shown.day, known_at=shown.known_at, around=shown.around
        )
    except NotFound:
        return render(request, "404.html", status=404)
    kept = asked_in(request.GET).kept_query
    matter_url = reverse("matter", args=[matter_id]) + kept
    page = sheet(found, shown)
    context = {
        "page": page,
        "matter_url": matter_url,
        "crumbs": [(_("Board"), reverse("board") + kept), (page["title"], matter_url)],
        "shown": shown,
    }
    template = "ledger/parts/card.html" if request.GET.get("card") == "1" else "ledger/why.html"
    return render(request, template, context)
