"""The refusals of signing in, in words."""

from django.utils.translation import gettext as _

from luoshi.accounts.words import SETTINGS
from luoshi.base.wording import Sentence

SENTENCES: dict[str, Sentence] = {
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
