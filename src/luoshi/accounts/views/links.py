"""The one-time link: whoever was invited, or had a password reset, sets one."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables

from luoshi.accounts import commands, forms, queries
from luoshi.base.doors import door, note
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.organisation.verbs import enter
from luoshi.rules.refusals import Refusal
from luoshi.rules.signing import LinkVoid

SECRET = "signing_link"  # noqa: S105 - the name under which a session keeps it


@door(enter)
@never_cache
@sensitive_variables("secret")
def open_link(request: HttpRequest, secret: str) -> HttpResponse:
    """Take the secret out of the address, so that no list of addresses keeps it."""
    request.session[SECRET] = secret
    return redirect("use_link")


@door(enter)
@never_cache
@sensitive_variables("secret")
@sensitive_post_parameters("password", "again")
def use_link(request: HttpRequest) -> HttpResponse:
    """Show whose link it is and take the password that its owner chooses."""
    secret = request.session.get(SECRET, "")
    link = queries.link_of(secret, at=timezone.now())
    if link is None:
        return _void(request, LinkVoid())
    form = forms.NewPassword(forms.sent(request), account=link.account)
    if form.is_valid():
        try:
            commands.use_link(secret, form.cleaned_data["password"], at=timezone.now())
        except Refusal as refusal:  # used in the same moment elsewhere
            return _void(request, refusal)
        note(request, thing=link.account.pk)
        messages.success(request, _("The password is set. Sign in with it."))
        return redirect("sign_in")
    posts = organisation.posts_of(link.account, day=timezone.localdate())
    context = {
        "form": form,
        "login": link.account.login,
        "posts": [post.name for post in posts],
        "is_invitation": link.is_invitation,
    }
    return render(request, "accounts/link.html", context)


def _void(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    return render(request, "accounts/link_void.html", {"why": sentence_for(refusal)}, status=410)
