"""Tokens of other systems: made and taken back by their owner, seen by who keeps accounts."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from luoshi.accounts import commands, forms, listing, queries, verbs
from luoshi.accounts.commands import TokenMade
from luoshi.accounts.views.own import again_first
from luoshi.base.doors import View, door
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.rules.refusals import Refusal
from luoshi.rules.tokens import TokenReach


def own(view: View) -> View:
    """Open a page of one's own tokens."""
    return door(verbs.keep_tokens)(never_cache(login_required(view)))


@own
def own_tokens(request: HttpRequest) -> HttpResponse:
    """Show one's own tokens; their secrets are shown nowhere."""
    return _shown(request)


def _shown(request: HttpRequest, made: TokenMade | None = None) -> HttpResponse:
    account: Any = request.user
    context = {
        "rows": listing.tokens_told(queries.tokens_of(account), at=timezone.now()),
        "made": made,
        "address": request.build_absolute_uri("/api/v1/"),
    }
    return render(request, "accounts/tokens.html", context)


@own
@again_first
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token, after showing once more who one is; its secret is shown on the answer only."""
    account: Any = request.user
    day, at = timezone.localdate(), timezone.now()
    held = organisation.posts_of(account, day=day)
    form = forms.NewToken(forms.sent(request), posts=[(str(one.id), one.name) for one in held])
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = commands.make_token(
                account,
                post=UUID(said["post"]),
                label=said["label"],
                reach=TokenReach(said["reach"]),
                days=int(said["days"]),
                verbs_named=said["verbs"],
                day=day,
                at=at,
            )
        except Refusal as refusal:
            form.add_error(None, sentence_for(refusal))
        else:
            return _shown(request, made)
    return render(request, "accounts/new_token.html", {"form": form})


@own
@require_POST
def revoke_own(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Take one of one's own tokens back."""
    _revoke(request, token_id)
    return redirect("own_tokens")


@door(verbs.revoke_token)
@never_cache
def tokens(request: HttpRequest) -> HttpResponse:
    """Show the tokens of others that the reader may take back."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    tokens = listing.tokens_visible_to(actor, day=timezone.localdate())
    found = listing.tokens_told(tokens, at=timezone.now())
    return render(request, "accounts/tokens_of_others.html", {"rows": found})


@door(verbs.revoke_token)
@require_POST
def revoke(request: HttpRequest, token_id: UUID) -> HttpResponse:
    """Take a token of somebody else back."""
    _revoke(request, token_id)
    return redirect("tokens")


def _revoke(request: HttpRequest, token_id: UUID) -> None:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        commands.revoke_token(token_id, by=actor, day=timezone.localdate(), at=timezone.now())
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("The token is taken back; it lets nobody in any more."))
