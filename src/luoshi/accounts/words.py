"""Words of accounts that several pages share."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from luoshi.rules.rights import Role
from luoshi.rules.tokens import TokenReach

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

SETTINGS: "dict[str, StrOrPromise]" = {
    "password_days": _("Days after which a password is changed"),
    "tries": _("Wrong tries until the account is locked"),
    "lock_minutes": _("Minutes for which it is locked"),
    "idle_minutes": _("Minutes without a click until one is signed out"),
    "session_hours": _("Hours after which one signs in anew"),
    "sessions": _("Places signed in at the same time"),
    "second_factor_for_all": _("Everybody signs in with a one-time code"),
}
STATES: "dict[str, StrOrPromise]" = {
    "open": _("In use"),
    "invited": _("Waits for its owner"),
    "waiting": _("Waits for agreement"),
    "disabled": _("Disabled"),
    "locked": _("Locked out"),
}
ADMINISTRATORS: "dict[str, StrOrPromise]" = {
    Role.SYSTEM: _("System administrator"),
    Role.SECURITY: _("Security administrator"),
    Role.AUDITOR: _("Audit administrator"),
}
EFFECTS: "dict[str, StrOrPromise]" = {
    "disable_account": _("Nobody signs in with it any more; whoever is signed in is signed out."),
    "enable_account": _("Its owner signs in with the password he has."),
    "reset_account": _(
        "The password is void at once. You get a link that is good once and for 72 hours; "
        "hand it to the owner of the account, who sets a new password that nobody else knows."
    ),
    "end_sessions": _("Its owner is signed out everywhere and signs in again."),
    "release_account": _("The wrong tries are forgotten."),
    "drop_second_factor": _(
        "The lost phone and its recovery codes are good no more; "
        "a new second factor is set up at the next sign-in where the post asks for one."
    ),
}
REACHES: "dict[str, StrOrPromise]" = {
    TokenReach.READ: _("Read only"),
    TokenReach.WRITE: _("Read and write"),
}
TOKEN_DAYS: "dict[str, StrOrPromise]" = {
    "30": _("30 days"),
    "90": _("90 days"),
    "180": _("180 days"),
    "365": _("One year"),
}
TOKEN_STATES: "dict[str, StrOrPromise]" = {
    "open": _("In use"),
    "expired": _("Over"),
    "revoked": _("Taken back"),
}
