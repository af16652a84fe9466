"""Every write of the exchange: subscriptions, what is posted to them, calendar addresses."""

from luoshi.exchange.commands.calendars import MadeLink, make_link, revoke_link
from luoshi.exchange.commands.posting import post_entries
from luoshi.exchange.commands.subscriptions import (
    MadeSubscription,
    end_subscription,
    leave_out,
    pause_subscription,
    renew_secret,
    resume_subscription,
    send_again,
    subscribe,
)

__all__ = [
    "MadeLink", "MadeSubscription", "end_subscription", "leave_out", "make_link",
    "pause_subscription", "post_entries", "renew_secret", "resume_subscription", "revoke_link",
    "send_again", "subscribe",
]  # fmt: skip
