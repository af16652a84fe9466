"""Signing in and out, choosing a post."""

from ipaddress import ip_address
from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from luoshi.base.doors import door
from luoshi.organisation import queries, verbs
from luoshi.organisation.middleware import DISTRICT_KEY, POST_KEY, district_of


class SignIn(forms.Form):
    """Name and password."""

    login = forms.CharField(label=gettext_lazy("Account"), max_length=80)
    password = forms.CharField(
        label=gettext_lazy("Password"), max_length=200, widget=forms.PasswordInput
    )


def _is_on_this_machine(request: HttpRequest) -> bool:
    try:
        return ip_address(request.META.get("REMOTE_ADDR", "")).is_loopback
    except ValueError:
        return False


def _opens_by_post(request: HttpRequest) -> bool:
    """Sign-in by post: only in a home made by ``luoshi demo``, and only from this machine."""
    return bool(settings.IS_DEMO) and _is_on_this_machine(request)


@door(verbs.enter)
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in by account, or in a demo on this machine by post."""
    form = SignIn(request.POST or None) if "post" not in request.POST else SignIn()
    demo = queries.demo_accounts() if _opens_by_post(request) else []
    if request.method == "POST":
        chosen = next((one for one in demo if str(one.pk) == request.POST.get("post")), None)
        account: Any = chosen
        if account is None and form.is_valid():
            account = authenticate(
                request, username=form.cleaned_data["login"], password=form.cleaned_data["password"]
            )
            if account is None:
                form.add_error(
                    None,
                    _("Account and password do not match. Check both, or ask your administrator."),
                )
        if account is not None:
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
            return redirect(_back(request))
    context = {
        "form": None if demo else form,
        "posts": _by_district(demo),
        "next": request.POST.get("next") or request.GET.get("next", ""),
    }
    return render(request, "site/sign_in.html", context)


def _by_district(accounts: list[Any]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Return the demo's posts as the page lists them: by district, where there are several."""
    names = {one.pk: one.name for one in queries.districts()}
    found: dict[str, list[tuple[str, str]]] = {name: [] for name in names.values()}
    for account in accounts:
        found[names[account.district]].append((str(account.pk), account.login))
    groups = [(name, posts) for name, posts in found.items() if posts]
    return groups if len(groups) > 1 else [(_("Demo posts"), posts) for _name, posts in groups]


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next") or request.GET.get("next") or ""
    hosts = {request.get_host()}
    return asked if url_has_allowed_host_and_scheme(asked, hosts, request.is_secure()) else "board"


@door(verbs.enter)
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; in a demo, the district that was looked at stays."""
    district = district_of(request)
    logout(request)
    if settings.IS_DEMO and district is not None:
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
@require_POST
def choose_post(request: HttpRequest) -> HttpResponse:
    """Act in another of the posts that the person holds."""
    held = (
        queries.posts_of(request.user, day=timezone.localdate())
        if request.user.is_authenticated
        else []
    )
    chosen = next((post for post in held if str(post.id) == request.POST.get("post")), None)
    if chosen is not None:
        request.session[POST_KEY] = str(chosen.id)
    return redirect(_back(request))
