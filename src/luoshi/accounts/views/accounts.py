"""The accounts of a district, for the system and the security administrator."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.views.invitations import link_address
from luoshi.accounts.words import EFFECTS, STATES
from luoshi.base.doors import View, door
from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.rules.refusals import Refusal

if TYPE_CHECKING:
    from luoshi.organisation.models import Account

PAGE_SIZE = 50


@door(verbs.read_accounts)
def accounts(request: HttpRequest) -> HttpResponse:
    """Show the accounts of the district, found by name, post or state."""
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day, at = timezone.localdate(), timezone.now()
    text, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    found = listing.sought(actor, text=text, state=state, day=day, at=at)
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {
        "rows": listing.listed(page.object_list, actor, day=day, at=at),
        "states": STATES,
        "state": state,
        "text": text,
        "pager": pager(page, q=text, state=state),
    }
    return render(request, "accounts/accounts.html", context)


def pager(page: Any, **kept: str) -> dict[str, Any]:
    """Return what the pager part shows."""

    def address(number: int) -> str:
        return "?" + urlencode({**{k: v for k, v in kept.items() if v}, "page": number})

    return {
        "first": page.start_index(),
        "last": page.end_index(),
        "total": page.paginator.count,
        "previous_url": address(page.previous_page_number()) if page.has_previous() else None,
        "next_url": address(page.next_page_number()) if page.has_next() else None,
    }


def _found(request: HttpRequest, account_id: UUID) -> "Account":
    account = queries.account_visible_to(request.actor, account_id)  # type: ignore[attr-defined]
    if account is None:
        raise Http404
    return account


@door(verbs.read_accounts)
@never_cache
def account(request: HttpRequest, account_id: UUID) -> HttpResponse:
    """Show one account: whose, how it stands, where it is signed in."""
    return _shown(request, _found(request, account_id))


def _shown(request: HttpRequest, account: "Account", **told: Any) -> HttpResponse:
    actor: Actor = request.actor  # type: ignore[attr-defined]
    day, at = timezone.localdate(), timezone.now()
    row = listing.listed([account], actor, day=day, at=at)[0]
    kept = queries.password_in_force(account)
    offered = [verb for verb in _offered(account, row.state) if verb.is_offered(actor, account)]
    context = {
        "row": row,
        "state": STATES[row.state],
        "set_at": kept.set_at if kept else None,
        "posts": [(organisation.unit_name(post.unit, day=day), post) for post in row.posts],
        "sessions": queries.sessions_of(account)
        if verbs.end_sessions.who(actor, account)
        else None,
        "verbs_offered": offered,
        "crumbs": _crumbs(account.login),
        **told,
    }
    return render(request, "accounts/account.html", context)


def _crumbs(login: str) -> list[tuple[str, str | None]]:
    return [(_("Accounts"), reverse("accounts")), (login, None)]


def _offered(account: "Account", state: listing.State) -> list[Verb]:
    """Return what can be done to an account as it stands."""
    fits = {
        "disable_account": account.is_active,
        "enable_account": state == listing.State.DISABLED,
        "reset_account": account.is_active,
        "end_sessions": account.is_active,
        "release_account": state == listing.State.LOCKED,
        "drop_second_factor": queries.has_second_factor(account),
    }
    return [verb for name, verb in verbs.ON_ACCOUNTS.items() if fits[name]]


def _disable(account: "Account", by: Actor) -> str:
    commands.disable_account(account, by=by, at=timezone.now())
    return _("The account is disabled and signed out everywhere.")


def _enable(account: "Account", by: Actor) -> str:
    commands.enable_account(account, by=by)
    return _("The account is in use again.")


def _end(account: "Account", by: Actor) -> str:
    return _("Sessions ended: %(count)s.") % {"count": commands.end_sessions(account, by=by)}


def _release(account: "Account", by: Actor) -> str:
    commands.release_account(account, by=by)
    return _("The account can try again.")


def _drop(account: "Account", by: Actor) -> str:
    commands.drop_second_factor(account, by=by)
    return _("The second factor is removed.")


DOING: dict[str, Callable[["Account", Actor], str]] = {
    "disable_account": _disable,
    "enable_account": _enable,
    "end_sessions": _end,
    "release_account": _release,
    "drop_second_factor": _drop,
}


def act(verb: Verb) -> View:
    """Return the page that asks once more, then does one thing to an account."""

    @never_cache
    def asked(request: HttpRequest, account_id: UUID) -> HttpResponse:
        return _done(request, account_id, verb)

    return door(verb)(asked)


def _done(request: HttpRequest, account_id: UUID, verb: Verb) -> HttpResponse:
    found = _found(request, account_id)
    if request.method != "POST":
        context = {
            "account": found,
            "verb": verb,
            "effect": EFFECTS[verb.name],
            "crumbs": _crumbs(found.login),
        }
        return render(request, "accounts/confirm.html", context)
    actor: Actor = request.actor  # type: ignore[attr-defined]
    try:
        if verb is verbs.reset_account:
            secret = commands.reset_account(found, by=actor, at=timezone.now())
            return _shown(request, found, address=link_address(request, secret))
        messages.success(request, DOING[verb.name](found, actor))
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    return redirect("account", account_id=account_id)


ACTS = {name: act(verb) for name, verb in verbs.ON_ACCOUNTS.items()}
"""The page of each thing that is done to an account, by its name."""
