"""Forms of signing in and of accounts."""

from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from allauth.account.adapter import get_adapter
from allauth.account.forms import LoginForm
from allauth.core import context
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from allauth.mfa.utils import decrypt
from django import forms
from django.contrib.auth.password_validation import (
    password_validators_help_texts,
    validate_password,
)
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from luoshi.accounts import commands
from luoshi.accounts.words import ADMINISTRATORS, REACHES, SETTINGS, TOKEN_DAYS
from luoshi.base.verbs import all_verbs
from luoshi.organisation.models import Account
from luoshi.rules.signing import BOUNDS, Standard
from luoshi.rules.tokens import LONGEST_LABEL

LONGEST = 200  # characters of a password; more would only cost time


def sent(request: HttpRequest) -> Any:
    """Return what a form is bound to: what was sent, even nothing; None where a page is opened."""
    return request.POST if request.method == "POST" else None


def secret_field(label: Any, autocomplete: str) -> forms.CharField:
    """Return a field in which a password is typed."""
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, max_length=LONGEST, strip=False, widget=widget)


def code_field(label: Any) -> forms.CharField:
    """Return a field in which a one-time code is typed."""
    attrs = {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}
    return forms.CharField(label=label, max_length=20, widget=forms.TextInput(attrs=attrs))


class SignIn(LoginForm):  # type: ignore[misc]  # allauth ships no types for it
    """Name and password."""

    password = secret_field(gettext_lazy("Password"), "current-password")

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["login"].label = _("Account")
        self.fields["login"].widget.attrs = {"autocomplete": "username", "autofocus": True}


class OnceOnly:
    """A code that is counted, and taken once over all processes (RFC 6238 §5.2)."""

    user: Account
    authenticator: Authenticator

    def clean_code(self) -> str:
        """Return the code. Raises ValidationError where it is wrong, used, or too many were."""
        adapter = get_adapter()
        adapter.try_code(context.request, self.user)
        code: str = super().clean_code()  # type: ignore[misc]  # of the form beside this
        if self.authenticator.type == Authenticator.Type.TOTP:
            counter = _counter_of(decrypt(self.authenticator.data["secret"]), code)
            if not commands.take_code(self.user, counter):
                raise adapter.validation_error("incorrect_code")
        adapter.forgive_codes(context.request, self.user)
        return code


def _counter_of(secret: str, code: str) -> int:
    """Return the time step of a code that was found right; the newest where several fit."""
    steps = list(yield_hotp_counters_from_time())
    fitting = [one for one in steps if format_hotp_value(hotp_value(secret, one)) == code.strip()]
    return int(max(fitting, default=max(steps)))


class Code(OnceOnly, AuthenticateForm):  # type: ignore[misc]
    """The one-time code after the password."""

    code = code_field(gettext_lazy("One-time code or recovery code"))


class CodeAgain(OnceOnly, ReauthenticateForm):  # type: ignore[misc]
    """The one-time code before something that matters."""

    code = code_field(gettext_lazy("One-time code or recovery code"))


class FirstCode(ActivateTOTPForm):  # type: ignore[misc]
    """The first code of a new second factor: it proves that the secret arrived."""

    code = code_field(gettext_lazy("The six figures that the app shows"))


class NewPassword(forms.Form):
    """A new password, typed twice."""

    password = secret_field(gettext_lazy("New password"), "new-password")
    again = secret_field(gettext_lazy("New password again"), "new-password")

    def __init__(self, *arguments: Any, account: Account, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.account = account
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        """Return a password that the rules allow."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.account)
        return password

    def clean_again(self) -> str:
        """Return the password when it was typed twice alike."""
        again: str = self.cleaned_data["again"]
        if self.cleaned_data.get("password") not in {None, again}:
            raise ValidationError(_("The two passwords differ."))
        return again


class ChangePassword(NewPassword):
    """The present password, and a new one typed twice."""

    present = secret_field(gettext_lazy("Present password"), "current-password")
    field_order = ("present", "password", "again")

    def clean_present(self) -> str:
        """Return the present password; wrong ones are counted as at signing in."""
        present: str = self.cleaned_data["present"]
        if not get_adapter().reauthenticate(self.account, present):
            raise get_adapter().validation_error("enter_current_password")
        return present


class Password(forms.Form):
    """The password once more, before something that matters."""

    password = secret_field(gettext_lazy("Password"), "current-password")

    def __init__(self, *arguments: Any, user: Account, **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.user = user

    def clean_password(self) -> str:
        """Return the password where it is right."""
        password: str = self.cleaned_data["password"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


def login_field() -> forms.RegexField:
    """Return a field for a new sign-in name."""
    return forms.RegexField(
        r"^[\w.@-]+\Z",
        label=gettext_lazy("Sign-in name"),
        max_length=80,
        min_length=2,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=gettext_lazy("Letters, figures and . @ - _; without blanks."),
        error_messages={"invalid": gettext_lazy("Use letters, figures and . @ - _ only.")},
    )


class Invitation(forms.Form):
    """Whom to invite to which post."""

    post = forms.ChoiceField(label=gettext_lazy("Post"))
    login = login_field()
    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, posts: list[tuple[str, Any]], **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]


class NewToken(forms.Form):
    """What a token of another system is good for, and how long."""

    label = forms.CharField(
        label=gettext_lazy("What it is for"),
        max_length=LONGEST_LABEL,
        help_text=gettext_lazy("Such as the name of the system that uses it."),
    )
    post = forms.ChoiceField(label=gettext_lazy("For which post"))
    reach = forms.ChoiceField(label=gettext_lazy("What it may do"), choices=list(REACHES.items()))
    days = forms.ChoiceField(label=gettext_lazy("Good for"), choices=list(TOKEN_DAYS.items()))
    verbs = forms.MultipleChoiceField(
        label=gettext_lazy("Only these"),
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=gettext_lazy("Without a choice it may do all that the post may."),
    )

    def __init__(self, *arguments: Any, posts: list[tuple[str, str]], **given: Any) -> None:
        super().__init__(*arguments, **given)
        self.fields["post"].choices = posts  # type: ignore[attr-defined]
        self.fields["verbs"].choices = [  # type: ignore[attr-defined]
            (verb.name, verb.label) for verb in all_verbs().values()
        ]


class Appointment(forms.Form):
    """Whom to name as one of the three administrators."""

    role = forms.ChoiceField(label=gettext_lazy("Role"), choices=list(ADMINISTRATORS.items()))
    login = login_field()
    post = forms.CharField(label=gettext_lazy("Name of the post"), max_length=100)
    command_id = forms.UUIDField(widget=forms.HiddenInput)


class Rules(forms.Form):
    """The rules of signing in of a district."""

    def __init__(self, *arguments: Any, **given: Any) -> None:
        super().__init__(*arguments, **given)
        for name, (least, most) in BOUNDS.items():
            self.fields[name] = forms.IntegerField(
                label=SETTINGS[name],
                help_text=_("%(least)s to %(most)s") % {"least": least, "most": most},
                widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
            )
        self.fields["second_factor_for_all"] = forms.BooleanField(
            label=SETTINGS["second_factor_for_all"], required=False
        )

    @property
    def standard(self) -> Standard:
        """Return what was typed."""
        return Standard(**self.cleaned_data)


class WithdrawRoles(forms.Form):
    """Which of a post's roles are taken from it."""

    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles to take from the post"), widget=forms.CheckboxSelectMultiple
    )
    expected = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    command_id = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, roles: Sequence[tuple[str, str]], expected: int
    ) -> None:
        super().__init__(data, initial={"expected": expected, "command_id": uuid4()})
        self.fields["roles"].choices = roles  # type: ignore[attr-defined]
