"""The exchange's refusals in words: what is the matter, and what to do."""

from django.utils.translation import gettext as _

from luoshi.base.wording import Sentence

ADDRESSES: dict[str, Sentence] = {
    "malformed": lambda _f: _("This is no web address. Write one that begins with https://."),
    "not_https": lambda _f: _(
        "Entries leave this machine by HTTPS only. Write an address that begins with https://."
    ),
    "credentials": lambda _f: _(
        "Leave name and password out of the address: receivers know us by the signature."
    ),
    "unknown_host": lambda f: _("Nobody knows the host %(host)s. Look at its spelling.") % f,
    "inside": lambda f: (
        _(
            "%(host)s lies in a network of the house that is not opened for this. "
            "Ask the system administrator (LUOSHI_WEBHOOK_NETWORKS)."
        )
        % f
    ),
}

SENTENCES: dict[str, Sentence] = {
    "address_not_allowed": lambda f: ADDRESSES[f["why"]](f),
    "too_many_subscriptions": lambda f: (
        _("The district has %(most)s subscriptions already. End one of them first.") % f
    ),
    "made_already": lambda _f: _(
        "This was made already, and its secret shown. Begin anew to make another one."
    ),
    "subscription_over": lambda _f: _("This subscription was ended. Make a new one."),
    "too_many_calendars": lambda f: (
        _("You have %(most)s calendar addresses already. Revoke one of them first.") % f
    ),
    "alarm_out_of_bounds": lambda f: _("A reminder comes 0 to %(most)s days before.") % f,
}
