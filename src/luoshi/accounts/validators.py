"""What a password must be (GB/T 22239-2019 §8.1.4.1), told in our words."""

from typing import Any

from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator, MinimumLengthValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from luoshi.accounts import queries
from luoshi.organisation.models import Account
from luoshi.rules.signing import CLASSES_OF_FOUR, REMEMBERED_PASSWORDS, classes_of


class LongEnough(MinimumLengthValidator):
    """At least so many characters."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return self.get_help_text()

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Use at least %(count)s characters.") % {"count": self.min_length}


class NotCommon(CommonPasswordValidator):
    """None of the passwords that everybody tries first."""

    def get_error_message(self) -> str:
        """Say what is wrong."""
        return _("This password is among those that are tried first. Choose another.")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Do not use a common password.")


class ThreeOfFourClasses:
    """Small letters, capitals, figures, others: three of these four."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002 - Django's call
        """Raise ValidationError where there are fewer."""
        if classes_of(password) < CLASSES_OF_FOUR:
            raise ValidationError(self.get_help_text(), code="too_few_classes")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Use three of these four: small letters, capitals, figures, other characters.")


class NotTheLogin:
    """The sign-in name is no part of the password."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the password holds the sign-in name."""
        login = getattr(user, "login", "")
        if len(login) > 2 and login.casefold() in password.casefold():  # two letters are chance
            raise ValidationError(self.get_help_text(), code="holds_the_login")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Do not use the sign-in name in the password.")


class NotUsedBefore:
    """None of the last passwords comes back."""

    def validate(self, password: str, user: Any = None) -> None:
        """Raise ValidationError where the account had this password lately."""
        if not isinstance(user, Account):
            return
        if any(check_password(password, digest) for digest in queries.passwords_had(user)):
            raise ValidationError(self.get_help_text(), code="used_before")

    def get_help_text(self) -> str:
        """Say what is asked."""
        return _("Choose one that is none of the last %(count)s.") % {"count": REMEMBERED_PASSWORDS}
