"""Good rows are written: a few at once, many in pieces with a bar, to be gone on with any time."""

from collections import deque
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.intake import commands, queries
from luoshi.intake.views.office import for_the_office, sheet_or_404
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import SheetImport

AT_ONCE = 200
"""Rows that are written while the browser waits; more are written in pieces."""

A_PIECE = 2_000
"""Rows that one request writes, in about ten seconds: for each the whole sheet is judged anew."""


def begun(request: HttpRequest, actor: Actor, sheet: "SheetImport") -> HttpResponseBase:
    """Write the good rows, or lead to the page that does it in pieces."""
    ready = queries.counts_of(sheet).get("ready", 0)
    if not ready:
        messages.info(request, _("No row is ready to be written."))
        return redirect("import", sheet.pk)
    if ready > AT_ONCE:
        return redirect("import_writing", sheet.pk)
    _write_piece(actor, sheet)
    return _done(request, sheet)


@for_the_office
def writing(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponseBase:
    """Show how far the writing is; write the next piece when asked to."""
    sheet = sheet_or_404(actor, import_id)
    if request.method == "POST":
        try:
            _write_piece(actor, sheet)
        except Refusal as refusal:
            messages.error(request, sentence_for(refusal))
            return _led_to(request, reverse("import", args=[import_id]))
    counts = queries.counts_of(sheet)
    if not counts.get("ready"):
        return _done(request, sheet)
    context = {"sheet": sheet, "crumbs": _crumbs(sheet), **_progress(counts)}
    part = "#progress" if _is_part(request) else ""
    return render(request, f"intake/import_writing.html{part}", context)


def _write_piece(actor: Actor, sheet: "SheetImport") -> None:
    """Write the next rows; what is written stays, whatever happens after."""
    deque(commands.write(sheet.pk, by=actor, at=timezone.now(), most=A_PIECE), maxlen=0)


def _progress(counts: dict[str, int]) -> dict[str, Any]:
    done, left = counts.get("written", 0), counts.get("ready", 0)
    return {"done": done, "total": done + left, "percent": done * 100 // (done + left)}


def _done(request: HttpRequest, sheet: "SheetImport") -> HttpResponse:
    """Say what became of the rows, on the sheet's page."""
    counts = queries.counts_of(sheet)
    written, refused = counts.get("written", 0), counts.get("refused", 0)
    told = ngettext(
        "%(count)s row of the sheet stands in the ledger.",
        "%(count)s rows of the sheet stand in the ledger.",
        written,
    ) % {"count": written}
    messages.success(request, told)
    if refused:
        messages.warning(
            request,
            ngettext(
                "%(count)s row could not be written. See there why.",
                "%(count)s rows could not be written. See there why.",
                refused,
            )
            % {"count": refused},
        )
    return _led_to(request, reverse("import", args=[sheet.pk]))


def _is_part(request: HttpRequest) -> bool:
    return bool(getattr(request, "htmx", False))


def _led_to(request: HttpRequest, address: str) -> HttpResponse:
    """Redirect the whole page, also where only a part of it asked."""
    if _is_part(request):
        return HttpResponse(headers={"HX-Redirect": address})
    return redirect(address)


def _crumbs(sheet: "SheetImport") -> list[tuple[str, str]]:
    return [
        (_("Import"), reverse("imports")),
        (sheet.name, reverse("import", args=[sheet.pk])),
    ]
