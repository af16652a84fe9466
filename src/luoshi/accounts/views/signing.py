"""Signing in and out: name and password, the one-time code, choosing a post."""

from http import HTTPStatus
from ipaddress import ip_address
from typing import Any, cast

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from allauth.account.utils import get_next_redirect_url
from allauth.account.views import LoginView
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.stages import AuthenticateStage
from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.accounts import forms
from luoshi.accounts.adapters import STEPS, keep_steps, onward
from luoshi.accounts.queries import account_with
from luoshi.base.doors import door, note
from luoshi.organisation import queries, verbs
from luoshi.organisation.middleware import DISTRICT_KEY, POST_KEY, district_of


def _is_on_this_machine(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _opens_by_post(request: HttpRequest) -> bool:
    """Sign-in by post: only in a home made by ``luoshi demo``, and only from this machine."""
    return bool(settings.IS_DEMO) and _is_on_this_machine(request)


@door(verbs.enter)
@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponseBase:
    """Sign in by account, or in a demo on this machine by post."""
    demo = queries.demo_accounts() if _opens_by_post(request) else []
    chosen = next((one for one in demo if str(one.pk) == request.POST.get("post")), None)
    if chosen is not None:
        if request.user.is_authenticated:
            logout(request)
        login = Login(user=chosen, redirect_url=get_next_redirect_url(request))
        return cast("HttpResponse", perform_login(request, login))
    if request.user.is_authenticated and (request.session.get(STEPS) or not demo):
        return redirect("go_on")
    context = {
        "posts": _by_district(demo),
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "providers": providers(),
    }
    view = LoginView.as_view(
        template_name="accounts/sign_in.html", form_class=forms.SignIn, extra_context=context
    )
    answer = cast("HttpResponseBase", view(request))
    typed = request.POST.get("login", "").strip()
    return _noted(request, answer, account_with(typed) if typed else None)


FRONT = "/"
"""Where somebody is led for whom nothing is waiting here."""


def providers() -> list[tuple[str, str]]:
    """Return the other houses by which linked accounts sign in: name and address."""
    found = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return [
        (one["name"], reverse("openid_connect_login", kwargs={"provider_id": one["provider_id"]}))
        for one in found
    ]


def _by_district(accounts: list[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the demo's posts as the page lists them: by district, where there are several."""
    names = {one.pk: one.name for one in queries.districts()}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names.values()}
    for account in accounts:
        found[names[account.district]].append((str(account.pk), account.login))
    groups = [(name, posts) for name, posts in found.items() if posts]
    return groups if len(groups) > 1 else [(_("Demo posts"), posts) for _name, posts in groups]


class _Code(AuthenticateView):  # type: ignore[misc]  # allauth ships no types for it
    """The one-time code after the password; whatever is sent is judged as a code."""

    template_name = "accounts/code.html"

    def _build_forms(self) -> Any:
        self.webauthn_form = None
        sent = self.request.POST if self.request.method == "POST" else None
        self.auth_form = self.get_form_class()(user=self.stage.login.user, data=sent)
        return self.auth_form


@door(verbs.enter)
@sensitive_post_parameters("code")
def code(request: HttpRequest) -> HttpResponseBase:
    """Take the one-time code of somebody whose password was right."""
    stage = LoginStageController.enter(request, AuthenticateStage.key)
    if stage is None:
        return redirect(FRONT)
    return _noted(request, _Code.as_view()(request), stage.login.user)


def _noted(request: HttpRequest, answer: HttpResponseBase, account: Any) -> HttpResponseBase:
    """Tell the audit list of a try that failed, and at which account."""
    failed = request.method == "POST" and answer.status_code == HTTPStatus.OK
    note(request, outcome="refused" if failed else "", thing=account.pk if account else None)
    return answer


@door(verbs.enter)
@never_cache
def go_on(request: HttpRequest) -> HttpResponse:
    """Lead on whoever signed in, step by step."""
    if not request.user.is_authenticated:
        return redirect(FRONT)
    if request.session.get(STEPS):
        keep_steps(request, request.user)
    return onward(request, request.user)


@door(verbs.enter)
@never_cache
def no_post(request: HttpRequest) -> HttpResponse:
    """Tell somebody without a post what to do."""
    if not request.user.is_authenticated:
        return redirect(FRONT)
    return render(request, "accounts/no_post.html", {"login": request.user.login})


@door(verbs.enter)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; in a demo, the district that was looked at stays."""
    district = district_of(request)
    logout(request)
    if not settings.IS_DEMO:
        return redirect("sign_in")
    if district is not None:
        request.session[DISTRICT_KEY] = str(district.pk)
    return redirect("board")


@door(verbs.act_as)
@require_POST
def choose_district(request: HttpRequest) -> HttpResponse:
    """Look at another district of a demo; whoever acted in the first one no longer does."""
    listed = {str(one.pk): one for one in queries.districts()} if settings.IS_DEMO else {}
    chosen = listed.get(request.POST.get("district", ""))
    if chosen is not None:
        logout(request)
        request.session[DISTRICT_KEY] = str(chosen.pk)
    return redirect("board")


@door(verbs.act_as)
@never_cache
def choose_post(request: HttpRequest) -> HttpResponse:
    """Act in one of the posts that the person holds."""
    if not request.user.is_authenticated or request.session.get(STEPS):
        return redirect(FRONT)
    day = timezone.localdate()
    held = queries.posts_of(request.user, day=day)
    chosen = next((post for post in held if str(post.id) == request.POST.get("post")), None)
    if chosen is None and request.method == "POST":
        return redirect("choose_post")
    if chosen is None:
        units = [(queries.unit_name(post.unit, day=day), post) for post in held]
        return render(request, "accounts/choose_post.html", {"posts": units})
    request.session[POST_KEY] = str(chosen.id)
    asked = get_next_redirect_url(request)
    return redirect(asked) if asked else onward(request, cast("Any", request.user))
