"""A sheet is withdrawn: first its effect, counted; then what was taken back and what stays."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.intake import commands, queries
from luoshi.intake.forms import WithdrawReason
from luoshi.intake.views.office import for_the_office, sheet_or_404
from luoshi.rules.refusals import Refusal


@for_the_office
def withdraw(request: HttpRequest, actor: Actor, import_id: UUID) -> HttpResponseBase:
    """Ask for the reason, say how many rows it concerns, and take them back."""
    sheet = sheet_or_404(actor, import_id)
    back = reverse("import", args=[import_id])
    form = WithdrawReason(request.POST if request.method == "POST" else None)
    context = {
        "sheet": sheet,
        "form": form,
        "written": queries.counts_of(sheet).get("written", 0),
        "back": back,
        "crumbs": [(_("Import"), reverse("imports")), (sheet.name, back)],
    }
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data["reason"]
        try:
            done = commands.withdraw(import_id, reason=reason, by=actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            if done.kept:
                kept = [{"number": one.row + 1, "one": one} for one in done.kept]
                shown = {**context, "done": done, "kept": kept}
                return render(request, "intake/import_kept.html", shown)
            messages.success(request, _("The sheet is withdrawn; its rows are taken back."))
            return redirect(back)
    return render(
        request, "intake/import_withdraw.html", context, status=422 if form.errors else 200
    )
