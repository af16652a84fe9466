"""What allauth asks of us: our rules, our words, our tables. It signs people in; we say whom."""

import base64
import logging
from typing import Any
from uuid import UUID

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from cryptography.fernet import Fernet, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, resolve_url
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.encoding import force_bytes
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _

from luoshi.accounts import commands, queries
from luoshi.accounts.queries import ADDRESSES, CODES, PASSWORDS, guarded_key
from luoshi.base.doors import verb_of
from luoshi.base.journal import Actor
from luoshi.base.wording import sentence_for
from luoshi.organisation import queries as organisation
from luoshi.organisation.middleware import POST_KEY
from luoshi.organisation.models import Account
from luoshi.rules.refusals import Refusal
from luoshi.rules.signing import TRIES_FROM_ADDRESS, Step

log = logging.getLogger("luoshi.accounts")
LIMITS = "signing_limits"
"""Where a session keeps when it began and how long it may last."""
STEPS = "signing_steps"
"""Where a session keeps what has to be done before acting; while there is any, nobody acts."""
NEXT = "signing_next"
"""Where a session keeps the page that was asked for."""


def stamp() -> float:
    """Return the moment as sessions keep it, in seconds."""
    return timezone.now().timestamp()


def guard(what: str, login: str, address: str, most: int) -> list[commands.Guarded]:
    """Return what a try at an account from an address is counted at."""
    return [
        commands.Guarded(guarded_key(what, login), most),
        commands.Guarded(guarded_key(ADDRESSES, address), TRIES_FROM_ADDRESS, is_shared=True),
    ]


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Passwords, sessions and messages as the house has them."""

    error_messages = {  # noqa: RUF012 - allauth's own way
        **DefaultAccountAdapter.error_messages,
        "account_inactive": _("This account is not in use. Ask your system administrator."),
        "enter_current_password": _("The present password is not right."),
        "incorrect_password": _("The password is not right."),
        "incorrect_code": _("The code is not right, or was used. Wait for the next one."),
        "username_password_mismatch": _(
            "Account and password do not match. Check both, or ask your administrator."
        ),
    }

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try before it is judged. Raises ValidationError where none is taken."""
        self._try(request, PASSWORDS, credentials["username"])

    def _try(self, request: HttpRequest, what: str, login: str) -> None:
        standard = queries.standard_for(login)
        guarded = guard(what, login, self.get_client_ip(request), standard.tries)
        try:
            commands.take_try(guarded, standard=standard, at=timezone.now())
        except Refusal as refusal:
            raise ValidationError(sentence_for(refusal), code=refusal.code) from refusal

    def authenticate(self, request: HttpRequest, **credentials: Any) -> AbstractBaseUser | None:
        """Return whose name and password these are; the tries are forgotten with the right one."""
        user: AbstractBaseUser | None = super().authenticate(request, **credentials)
        if user is not None:
            self._forgive(request, PASSWORDS, credentials["username"])
        return user

    def _forgive(self, request: HttpRequest, what: str, login: str) -> None:
        guarded = guard(what, login, self.get_client_ip(request), most=0)
        commands.forgive(guarded, at=timezone.now())

    def try_code(self, request: HttpRequest, account: Account) -> None:
        """Count a try at an account's codes. Raises ValidationError where none is taken."""
        self._try(request, CODES, account.login)

    def forgive_codes(self, request: HttpRequest, account: Account) -> None:
        """Forget the tries at an account's codes: the last one was right."""
        self._forgive(request, CODES, account.login)

    def set_password(self, user: AbstractBaseUser, password: str) -> None:
        """Set the password that the account's owner typed."""
        assert isinstance(user, Account)  # noqa: S101 - there is no other kind
        commands.set_password(user, password, at=timezone.now())

    def get_login_stages(self) -> list[str]:
        """Return what comes after the password: the one-time code."""
        return ["allauth.mfa.stages.AuthenticateStage"]

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's call
        """Nobody makes an account for himself."""
        return False

    def respond_user_inactive(
        self,
        request: HttpRequest,
        user: AbstractBaseUser,  # noqa: ARG002 - allauth's call
    ) -> HttpResponse:
        """Tell that the account is not in use."""
        messages.error(request, str(self.error_messages["account_inactive"]))
        return redirect("sign_in")

    def post_login(
        self, request: HttpRequest, user: AbstractBaseUser, **given: Any
    ) -> HttpResponse:
        """Begin the session: its limits, what has to be done first, and where to go."""
        assert isinstance(user, Account)  # noqa: S101 - there is no other kind
        response = super().post_login(request, user, **given)
        commands.note_password(user, at=timezone.now())
        standard = queries.standard_of(user.district)
        if not user.made_by_demo:
            commands.keep_newest(user, most=standard.sessions)
        now = stamp()
        request.session[LIMITS] = {
            "entered": now,
            "seen": now,
            "idle": standard.idle_minutes * 60,
            "most": standard.session_hours * 3600,
        }
        request.session[NEXT] = given.get("redirect_url") or ""
        keep_steps(request, user)
        return onward(request, user) if isinstance(response, HttpResponseRedirect) else response

    def get_login_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002 - allauth's call
        """Return where whoever signed in is led by way of what is still to be done."""
        return resolve_url("go_on")

    def is_ajax(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's call
        """Answer with pages always."""
        return False

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,  # noqa: ARG002 - allauth's call
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what is worth saying, in our words; allauth's own templates are not used."""
        said = message or SAID.get(message_template or "")
        if said:
            messages.add_message(request, level, str(said), extra_tags=extra_tags)

    def is_reauthentication_required(self, *, app: str, **given: Any) -> bool:
        """Ask for the password again unless the person signed in just now."""
        request = context.request
        records = get_authentication_records(request, request.user)
        is_fresh = any(
            stamp() - one["at"] < app_settings.REAUTHENTICATION_TIMEOUT for one in records
        )
        return not is_fresh and super().is_reauthentication_required(app=app, **given)


SAID = {
    "account/messages/password_changed.txt": _(
        "The password is changed. Other sessions were ended."
    ),
    "socialaccount/messages/account_connected.txt": _("The identity is linked."),
    "socialaccount/messages/account_connected_updated.txt": _("The identity is linked."),
    "socialaccount/messages/account_connected_other.txt": _(
        "This identity is linked to another account."
    ),
    "mfa/messages/totp_activated.txt": _("From now on you sign in with a one-time code."),
    "mfa/messages/totp_deactivated.txt": _("You sign in without a one-time code again."),
}


def keep_steps(request: HttpRequest, account: Account) -> list[str]:
    """Keep in the session what the account has to do before acting; returns it."""
    records = get_authentication_records(request, account)
    by_password = not records or any(one["method"] == "password" for one in records)
    steps = queries.steps_of(
        account, at=timezone.now(), day=timezone.localdate(), by_password=by_password
    )
    request.session[STEPS] = [step.value for step in steps]
    return list(request.session[STEPS])


STEP_PAGES = {Step.PASSWORD: "change_password", Step.SECOND_FACTOR: "mfa_activate_totp"}


def onward(request: HttpRequest, account: Account) -> HttpResponse:
    """Lead on whoever signed in: to the next step, the choice of a post, the page asked for."""
    if steps := request.session.get(STEPS):
        return redirect(STEP_PAGES[Step(steps[0])])
    day, chosen = timezone.localdate(), request.session.get(POST_KEY)
    held = organisation.posts_of(account, day=day)
    if len(held) > 1 and chosen is None:
        return redirect("choose_post")
    actor = organisation.actor_for(account, chosen and UUID(chosen), day=day)
    if actor is None:
        return redirect("no_post")
    asked = request.session.pop(NEXT, "")
    hosts = {request.get_host()}
    if asked and url_has_allowed_host_and_scheme(asked, hosts, request.is_secure()):
        return redirect(asked)
    return redirect(landing(actor))


def landing(actor: Actor | None) -> str:
    """Return the first page that opens to an actor; None is a visitor of a demo."""
    for name in settings.LANDING_PAGES:
        verb = verb_of(resolve(reverse(name)).func)
        if verb is not None and verb.opens_to(actor):
            return reverse(name)
    return reverse("own_account")


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth ships no types
    """One-time codes: their secrets are encrypted, and some may not go without."""

    error_messages = {  # noqa: RUF012 - allauth's own way
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": _("The code is not right, or was used. Wait for the next one."),
        "cannot_delete_authenticator": _("Your post signs in with a one-time code always."),
    }

    def encrypt(self, text: str) -> str:
        """Encrypt a secret with a key drawn from the ledger's own."""
        return _ciphers().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Return a secret; one under a former key (SECRET_KEY_FALLBACKS) is read too."""
        return _ciphers().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether the owner may sign in without a code."""
        return not queries.must_have_second_factor(authenticator.user, day=timezone.localdate())


def _ciphers() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(_drawn(key))) for key in keys])


def _drawn(key: str | bytes) -> bytes:
    return HKDF(SHA256(), 32, salt=None, info=b"luoshi second factor").derive(force_bytes(key))


class Identities(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth ships no types
    """Signing in by another house: only accounts that exist and were linked by their owner."""

    error_messages = {  # noqa: RUF012 - allauth's own way
        **DefaultSocialAccountAdapter.error_messages,
        "connected_other": _("This identity is linked to another account."),
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:  # noqa: ARG002
        """Nobody makes an account for himself."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Send whoever is not linked yet to sign in by password first."""
        is_linking = sociallogin.state.get("process") == "connect"
        if not is_linking and not sociallogin.is_existing:
            messages.error(
                request,
                _("No account is linked to this identity. Sign in with your password and link it."),
            )
            raise ImmediateHttpResponse(redirect("sign_in"))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: Any) -> str:  # noqa: ARG002
        """Return to the page of the own account."""
        return reverse("own_account")

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: Any = None,
        exception: Any = None,
        extra_context: Any = None,  # noqa: ARG002 - allauth's call
    ) -> None:
        """Tell that the other house let nobody in, and what to do."""
        log.warning("sign-in by %s failed: %s %s", provider.id, error, exception)
        messages.error(
            request, _("The other sign-in did not succeed. Try again, or use your password.")
        )
        raise ImmediateHttpResponse(redirect("sign_in"))
