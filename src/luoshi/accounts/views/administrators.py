"""The three administrators: who they are, naming one, agreeing to one."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.accounts import commands, forms, listing, queries, verbs
from luoshi.accounts.views.invitations import link_address
from luoshi.accounts.words import ADMINISTRATORS
from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.verbs import roles_of
from luoshi.base.wording import sentence_for
from luoshi.rules.refusals import Refusal
from luoshi.rules.rights import Role


@door(verbs.read_administrators)
@never_cache
def administrators(request: HttpRequest) -> HttpResponse:
    """Show the administrators and whose agreement is waited for."""
    return _page(request)


def _page(request: HttpRequest, form: Any = None, **told: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    mine = roles_of(actor)
    named = listing.administrators_visible_to(actor, day=timezone.localdate())
    rows = [
        {
            "login": one.account.login,
            "key": one.account.pk,
            "roles": [ADMINISTRATORS[role] for role in sorted(one.roles)],
            "waits_for": [ADMINISTRATORS[role] for role in one.waits_for],
            "is_active": one.account.is_active,
            "may_agree": not mine.isdisjoint(one.waits_for) and one.made_by != actor.person,
        }
        for one in named
    ]
    may_name = verbs.appoint_administrator.who(actor, None)
    blank = forms.Appointment(initial={"command_id": uuid4()}) if may_name else None
    context = {"rows": rows, "form": form or blank, **told}
    return render(request, "accounts/administrators.html", context)


@door(verbs.appoint_administrator)
@never_cache
@require_POST
def appoint(request: HttpRequest) -> HttpResponse:
    """Name an administrator; the link is shown once."""
    form = forms.Appointment(request.POST)
    if not form.is_valid():
        return _page(request, form)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    given = form.cleaned_data
    assert actor.unit is not None  # noqa: S101 - an administrator's post stands in a unit
    named = commands.Administrator(
        role=Role(given["role"]), login=given["login"], post=given["post"], unit=actor.unit
    )
    try:
        secret = commands.appoint_administrator(
            named,
            on=timezone.localdate(),
            command_id=given["command_id"],
            by=actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error("login" if refusal.code == "login_taken" else None, sentence_for(refusal))
        return _page(request, form)
    return _page(request, address=link_address(request, secret), login=given["login"])


@door(verbs.agree_to_administrator)
@require_POST
def agree(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Agree to an administrator as one of the other two."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account = queries.account_visible_to(actor, account_id)
    if account is None:
        raise Http404
    try:
        commands.agree_to_administrator(account, by=actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("You have agreed."))
    return redirect("administrators")
