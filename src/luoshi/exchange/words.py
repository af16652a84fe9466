"""Words of subscriptions: states, why one rests, what became of an entry."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

STATES: Mapping[str, "StrOrPromise"] = {
    "active": _("at work"),
    "paused": _("paused"),
    "ended": _("ended"),
}
REASONS: Mapping[str, "StrOrPromise"] = {
    "by_hand": _("by an officer"),
    "not_taken": _("an entry was not taken after eight tries"),
    "gone": _("the receiver wants no more (410)"),
    "no_hand": _("whoever made it no longer acts for the post"),
}
DISPATCHES: Mapping[str, "StrOrPromise"] = {
    "waiting": _("waits"),
    "taken": _("taken"),
    "given_up": _("given up"),
    "left_out": _("left out"),
    "withheld": _("withheld"),
}
PROBLEMS: Mapping[str, "StrOrPromise"] = {
    "malformed": _("the address is no address"),
    "not_https": _("the address is not HTTPS"),
    "credentials": _("the address holds a password"),
    "unknown_host": _("nobody knows the host"),
    "inside": _("the address lies in a network that is not opened"),
    "certificate": _("the certificate does not hold"),
    "timeout": _("no answer in time"),
    "refused": _("nobody listens there"),
    "broken": _("the connection broke"),
}
THREADS: Mapping[str, "StrOrPromise"] = {
    "matter": _("Matters"),
    "goal": _("Goals"),
    "unit": _("Units"),
    "post": _("Posts"),
    "district": _("This district"),
    "calendar": _("Working days"),
    "rule_set": _("Rules"),
    "rollup": _("Published counts"),
    "burden": _("Cap on asks"),
    "audit": _("Days of the audit list"),
}
