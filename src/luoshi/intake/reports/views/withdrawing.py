"""A report that is in the ledger is withdrawn: first what is taken back and what stands."""

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.intake import verbs
from luoshi.intake.reports import commands
from luoshi.intake.reports.forms import ReportReason
from luoshi.intake.reports.standing import Brought, brought_by
from luoshi.intake.reports.views.showing import value_in_text
from luoshi.intake.reports.views.window import desk_of, document_or_404, seen_in
from luoshi.intake.reports.words import KINDS
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.intake.models import ReportDocument


@door(verbs.review_report)
def withdraw(request: HttpRequest, document_id: UUID) -> HttpResponseBase:
    """Show what of a report's statements is taken back and what stands; do it with a reason."""
    actor: Actor = request.actor  # type: ignore[attr-defined]  # the door let it in
    document = document_or_404(actor, document_id)
    back = reverse("report", args=[document_id])
    if document.state != "written":
        return redirect(back)
    form = ReportReason(request.POST if request.method == "POST" else None)
    if form.is_valid() and _withdrawn(request, actor, document, form):
        return redirect(f"{back}?show=withdrawn&page=1")
    brought = brought_by(document)
    context = {
        "document": document,
        "desk": desk_of(request),
        "form": form,
        "taken": [_line(one) for one in brought if not one.stands],
        "kept": [_line(one) for one in brought if one.stands],
        "back": back,
        "crumbs": [(_("Reports"), reverse("reports")), (document.title, back)],
    }
    status = 422 if form.errors else 200
    return render(request, "intake/reports/withdraw.html", context, status=status)


def _withdrawn(
    request: HttpRequest, actor: Actor, document: "ReportDocument", form: ReportReason
) -> bool:
    """Withdraw the report; a refusal goes to the form, and the page shows how it stands now."""
    try:
        done = commands.withdraw_written(
            document.pk,
            reason=form.cleaned_data["reason"],
            by=actor,
            at=timezone.now(),
            seen=seen_in(request, whole=True),
        )
    except Refusal as refusal:
        form.add_error(None, sentence_for(refusal))
        document.refresh_from_db()
        return False
    told = ngettext(
        "The report is withdrawn: %(count)s statement was taken back in the ledger.",
        "The report is withdrawn: %(count)s statements were taken back in the ledger.",
        done.taken,
    )
    messages.success(request, told % {"count": done.taken})
    return True


def _line(one: Brought) -> dict[str, Any]:
    """Return a statement as the page lists it, with the entry that keeps it."""
    said = one.row.row
    matter = reverse("matter", args=[one.matter])
    return {
        "number": one.row.number,
        "what": said["subject"] or said["quote"],
        "value": value_in_text(said),
        "kind": KINDS[one.row.kind],
        "is_result": one.row.kind == "result",
        "code": one.code,
        "title": one.title,
        "url": matter,
        "entries": len(one.entries),
        "blocker": one.blocker,
        "blocker_url": f"{matter}#entry-{one.blocker}" if one.blocker else "",
    }
