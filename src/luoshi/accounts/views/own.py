"""The own account: password, second factor, sessions, linked identities."""

from functools import wraps
from typing import Any, cast

from allauth.account.adapter import get_adapter
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.password_change import finalize_password_change
from allauth.account.views import ReauthenticateView
from allauth.mfa.base.views import ReauthenticateView as CodeAgainView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.socialaccount.adapter import get_adapter as get_identities
from allauth.socialaccount.providers.openid_connect import views as openid_connect
from allauth.usersessions.internal.flows.sessions import end_other_sessions
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.accounts import commands, forms, queries, verbs
from luoshi.accounts.adapters import STEPS
from luoshi.accounts.views.signing import FRONT
from luoshi.base.doors import View, door
from luoshi.base.wording import sentence_for
from luoshi.organisation.verbs import enter
from luoshi.rules.refusals import Refusal
from luoshi.rules.signing import Step

SECRETS = sensitive_post_parameters("password", "again", "present", "code")


def step(view: Any) -> View:
    """Open a page of signing in, which is passed before anybody acts: it needs no post."""

    @wraps(view)
    def for_accounts(request: HttpRequest, *given: Any, **named: Any) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect(FRONT)
        return cast("HttpResponseBase", view(request, *given, **named))

    return door(enter)(never_cache(SECRETS(for_accounts)))


def own(view: Any) -> View:
    """Open a page of the own account."""
    return door(verbs.keep_own_account)(never_cache(SECRETS(login_required(view))))


def again_first(view: Any) -> View:
    """Ask for the password again before something that matters, unless it was given just now."""
    return cast("View", reauthentication_required(app="allauth.mfa")(view))


@own
def own_account(request: HttpRequest) -> HttpResponse:
    """Show how the account is signed in to, and where it is."""
    account: Any = request.user
    kept = queries.password_in_force(account)
    day = timezone.localdate()
    context = {
        "login": account.login,
        "set_at": kept.set_at if kept else None,
        "standard": queries.standard_of(account.district),
        "has_second_factor": queries.has_second_factor(account),
        "must_have": queries.must_have_second_factor(account, day=day),
        "sessions": queries.sessions_of(account),
        "current": request.session.session_key,
        "identities": queries.identities_of(account),
        "is_demo_account": account.made_by_demo,
        "providers": _to_link(),
    }
    return render(request, "accounts/own.html", context)


def _to_link() -> list[tuple[str, str]]:
    """Return the other houses that can be linked: key and name."""
    found = get_identities().list_apps(None, provider="openid_connect")
    return [(app.provider_id, app.name) for app in found]


@step
def change_password(request: HttpRequest) -> HttpResponse:
    """Change the password; at signing in where it is old, or where somebody else knows it."""
    account: Any = request.user
    if not account.has_usable_password():
        raise Http404
    form = forms.ChangePassword(forms.sent(request), account=account)
    if form.is_valid():
        get_adapter(request).set_password(account, form.cleaned_data["password"])
        finalize_password_change(request, account)  # this session stays …
        end_other_sessions(request, account)  # … and is the only one
        return redirect("go_on" if request.session.get(STEPS) else "own_account")
    context = {"form": form, "is_asked": Step.PASSWORD in request.session.get(STEPS, [])}
    return render(request, "accounts/password.html", context)


class _Activate(ActivateTOTPView):  # type: ignore[misc]  # allauth ships no types for these
    template_name = "accounts/second_factor.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Add the secret in groups of four, for whoever types it."""
        context: dict[str, Any] = super().get_context_data(**given)
        secret = context["form"].secret
        groups = [secret[at : at + 4] for at in range(0, len(secret), 4)]
        asked = Step.SECOND_FACTOR in self.request.session.get(STEPS, [])
        return {**context, "secret": " ".join(groups), "is_asked": asked}


class _Deactivate(DeactivateTOTPView):  # type: ignore[misc]
    template_name = "accounts/drop_second_factor.html"


class _Codes(ViewRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/recovery_codes.html"

    def get_context_data(self, **given: Any) -> dict[str, Any]:
        """Say whether signing in goes on from here."""
        context: dict[str, Any] = super().get_context_data(**given)
        return {**context, "is_asked": bool(self.request.session.get(STEPS))}


class _NewCodes(GenerateRecoveryCodesView):  # type: ignore[misc]
    template_name = "accounts/new_recovery_codes.html"
    success_url = reverse_lazy("mfa_view_recovery_codes")


class _OnlyWithOne:
    """A page for accounts that can show once more who they are; others have nothing to show."""

    def dispatch(self, request: HttpRequest, *given: Any, **named: Any) -> HttpResponse:
        """Lead on whoever has neither a password nor a second factor."""
        if not get_adapter().get_reauthentication_methods(request.user):
            return redirect("go_on")
        answer: HttpResponse = super().dispatch(request, *given, **named)  # type: ignore[misc]
        return answer


class _Again(_OnlyWithOne, ReauthenticateView):  # type: ignore[misc]
    template_name = "accounts/again.html"
    form_class = forms.Password


class _CodeAgain(_OnlyWithOne, CodeAgainView):  # type: ignore[misc]
    template_name = "accounts/again.html"


activate_second_factor = step(_Activate.as_view())
recovery_codes = step(_Codes.as_view())
again = step(_Again.as_view())
code_again = step(_CodeAgain.as_view())
drop_second_factor = own(_Deactivate.as_view())
new_recovery_codes = own(_NewCodes.as_view())


@own
@require_POST
def end_session(request: HttpRequest, session_id: int) -> HttpResponse:
    """End one of the own sessions."""
    try:
        commands.end_own_session(request.user, session_id)  # type: ignore[arg-type]
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
    else:
        messages.success(request, _("The session is ended."))
    return redirect("own_account")


@own
@require_POST
@again_first
def link_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Begin to link an identity: a page leads on, because no form of ours may lead elsewhere."""
    if provider_id not in dict(_to_link()):
        raise Http404
    provider = get_identities().get_provider(request, provider_id)
    onward = provider.redirect(request, process="connect", next_url=reverse("own_account"))
    context = {"name": provider.name, "address": onward["Location"]}
    return render(request, "accounts/link_identity.html", context)


@own
@require_POST
@again_first
def unlink_identity(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in by an identity no more."""
    commands.unlink_identity(request.user, provider_id)  # type: ignore[arg-type]
    messages.success(request, _("The identity is linked no more."))
    return redirect("own_account")


@door(enter)
@never_cache
def identity_sign_in(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Lead to another house to sign in there; linking begins at the own account only."""
    if request.GET.get("process", "login") != "login":
        raise Http404
    answer: HttpResponseBase = openid_connect.login(request, provider_id=provider_id)
    return answer


@door(enter)
@never_cache
def identity_back(request: HttpRequest, provider_id: str) -> HttpResponseBase:
    """Take whoever comes back from there."""
    answer: HttpResponseBase = openid_connect.callback(request, provider_id=provider_id)
    return answer
