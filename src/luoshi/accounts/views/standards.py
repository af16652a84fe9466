"""The rules of signing in of a district."""

from dataclasses import asdict

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from luoshi.accounts import commands, forms, queries, verbs
from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal


@door(verbs.set_standard)
def standard(request: HttpRequest) -> HttpResponse:
    """Show and set how the district lets people in."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    form = forms.Rules(forms.sent(request), initial=asdict(queries.standard_of(actor.district)))
    if form.is_valid():
        try:
            commands.set_standard(form.standard, by=actor, at=timezone.now())
        except Refusal as refusal:
            form.add_error(str(refusal.facts["name"]), sentence_for(refusal))
        else:
            messages.success(request, _("The rules hold from the next sign-in on."))
            return redirect("signing_rules")
    return render(request, "accounts/standard.html", {"form": form})
