"""Inviting officers: the office for the district, a unit's own administrator for its own."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.accounts import commands, forms, listing, queries
from luoshi.accounts.verbs import invite_officer
from luoshi.base.doors import door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.rules.refusals import Refusal

PAGE = "accounts/invitations.html"


@door(invite_officer)
@never_cache
def invitations(request: HttpRequest) -> HttpResponse:
    """Show who was invited and has not come yet; invite somebody to a vacant post."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day = timezone.localdate()
    form = forms.Invitation(
        forms.sent(request), posts=_posts(actor), initial={"command_id": uuid4()}
    )
    made = _invited(request, form, actor) if form.is_valid() else {}
    context = {
        "form": forms.Invitation(posts=_posts(actor), initial={"command_id": uuid4()})
        if made
        else form,
        "waiting": listing.invitations_visible_to(actor, day=day),
        **made,
    }
    return render(request, PAGE, context)


def _posts(actor: Actor) -> list[tuple[str, Any]]:
    """Return the vacant posts as choices, by unit in the official order."""
    day = timezone.localdate()
    posts = listing.posts_to_give(actor, day=day)
    units = organisation.units_visible_to(actor, day=day)
    groups = [
        (unit.name, [(str(post.id), post.name) for post in posts if post.unit == unit.id])
        for unit in units
    ]
    return [("", "—"), *((name, found) for name, found in groups if found)]


def _invited(request: HttpRequest, form: forms.Invitation, actor: Actor) -> dict[str, Any]:
    """Invite; returns what the page shows once, nothing where it was refused."""
    try:
        made = commands.invite_officer(
            login=form.cleaned_data["login"],
            post_id=UUID(form.cleaned_data["post"]),
            on=timezone.localdate(),
            command_id=form.cleaned_data["command_id"],
            by=actor,
            at=timezone.now(),
        )
    except Refusal as refusal:
        form.add_error("login" if refusal.code == "login_taken" else None, sentence_for(refusal))
        return {}
    return {"login": made.account.login, "address": link_address(request, made.secret)}


def link_address(request: HttpRequest, secret: str) -> str:
    """Return the address of a one-time link as it is handed over."""
    return request.build_absolute_uri(reverse("open_link", kwargs={"secret": secret}))


@door(invite_officer)
@never_cache
@require_POST
def renew(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Make a new link for somebody invited, or withdraw the invitation."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    account = queries.account_visible_to(actor, account_id)
    if account is None:
        raise Http404
    context: dict[str, Any] = {}
    try:
        if "withdraw" in request.POST:
            commands.withdraw_invitation(account, by=actor, at=timezone.now())
            messages.success(request, _("The invitation is withdrawn."))
            return redirect("invitations")
        secret = commands.renew_invitation(account, by=actor, at=timezone.now())
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        return redirect("invitations")
    context = {
        "form": forms.Invitation(posts=_posts(actor), initial={"command_id": uuid4()}),
        "waiting": listing.invitations_visible_to(actor, day=timezone.localdate()),
        "login": account.login,
        "address": link_address(request, secret),
    }
    return render(request, PAGE, context)
