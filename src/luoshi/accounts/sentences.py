"""The refusals of signing in, in words."""

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from luoshi.accounts.words import SETTINGS
from luoshi.base.days import local_day
from luoshi.base.wording import Sentence, day_in_text

UNFIT: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "label": lambda f: _("Give the token a name of at most %(most)s characters.") % f,
    "days": lambda f: _("A token lasts from 1 to %(most)s days.") % f,
    "verbs": lambda _f: _("The list names what nobody can do. Choose from the table of rights."),
    "many": lambda f: (
        _("You have %(most)s tokens in use, as many as one may. Take one back first.") % f
    ),
}

SENTENCES: dict[str, Sentence] = {
    "token_missing": lambda _f: _(
        "Send a token: Authorization: Bearer ls_… It is made on the page of one's own account."
    ),
    "token_unknown": lambda _f: _("There is no such token. Check that it was copied whole."),
    "token_expired": lambda f: (
        _("This token was good until %(day)s. Make a new one on the page of your account.")
        % {"day": day_in_text(local_day(f["expired_at"]))}
    ),
    "token_revoked": lambda _f: _("This token was taken back, or its account is closed."),
    "token_post_gone": lambda _f: _(
        "The owner of this token no longer acts for its post. Make one for a post you have."
    ),
    "token_too_narrow": lambda _f: _(
        "This token was not made for this. Make one that may do it on the page of your account."
    ),
    "token_unfit": lambda f: UNFIT[f["why"]](f),
    "signing_locked": lambda f: (
        _(
            "Too many wrong tries. Try again in %(minutes)s minutes, "
            "or ask the security administrator to release the account."
        )
        % f
    ),
    "signing_out_of_bounds": lambda f: (
        _("%(name)s: choose from %(least)s to %(most)s.") % {**f, "name": SETTINGS[f["name"]]}
    ),
    "link_void": lambda _f: _(
        "This link was used or replaced, or is too old. Ask whoever sent it for a new one."
    ),
    "login_taken": lambda f: _("The sign-in name %(login)s is taken. Choose another.") % f,
    "administrator_there": lambda _f: _(
        "The district has an administrator of this role. "
        "Another one is named on the page of administrators and agreed to by the two others."
    ),
    "already_confirmed": lambda _f: _(
        "Your role has agreed already, or need not agree to this administrator."
    ),
}
