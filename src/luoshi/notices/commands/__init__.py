"""Every write of the notices: delivery, what a person reads and wishes, the cap on asks."""

from luoshi.notices.commands.burden import allow_asks, set_cap
from luoshi.notices.commands.delivering import deliver, pass_on
from luoshi.notices.commands.reading import mark_all_read, mark_read, set_preferences
from luoshi.notices.commands.sending import send
from luoshi.notices.leases import free_expired

__all__ = [
    "allow_asks", "deliver", "free_expired", "mark_all_read", "mark_read", "pass_on", "send",
    "set_cap", "set_preferences",
]  # fmt: skip
