"""What can be done so that other systems follow the ledger.

What leaves by itself is the office's to decide, and never more than the post of whoever decided may
read today. The system administrator, who reads nothing of the ledger, can stop it.
"""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from luoshi.base.threads import Actor
from luoshi.base.verbs import Verb, listed
from luoshi.rules.rights import READERS, Role, Scope, given

OFFICE = given(Scope.DISTRICT, Role.OFFICE)
WATCHING = given(Scope.DISTRICT, Role.OFFICE, Role.SYSTEM)


def stands_to_maker(actor: Actor, maker: UUID | None) -> frozenset[Scope]:
    """Return how a calendar address stands to an actor; None is one that is to be made."""
    return frozenset({Scope.OWN}) if maker is None or maker == actor.person else frozenset()


read_feed = Verb(
    name="read_feed",
    grants=given(Scope.DISTRICT, *READERS),
    label=_("Follow the journal entry by entry"),
    besides_said=_("each entry as the verb of its kind allows"),
    reads=True,
    open_in_demo=False,
)
read_subscriptions = Verb(
    name="read_subscriptions",
    grants=WATCHING,
    label=_("Read to which systems entries are posted"),
    reads=True,
    open_in_demo=False,
    is_listed=False,
)
subscribe = Verb(
    name="subscribe", grants=OFFICE, label=_("Let entries be posted to another system")
)
resume_subscription = Verb(
    name="resume_subscription", grants=OFFICE, label=_("Post to a system again")
)
renew_secret = Verb(name="renew_secret", grants=OFFICE, label=_("Give a subscription a new secret"))
send_again = Verb(name="send_again", grants=OFFICE, label=_("Send an entry again, or leave it out"))
pause_subscription = Verb(
    name="pause_subscription", grants=WATCHING, label=_("Post nothing more to a system for now")
)
end_subscription = Verb(
    name="end_subscription", grants=WATCHING, label=_("End a subscription for good")
)
keep_calendars = Verb(
    name="keep_calendars",
    grants=given(Scope.OWN, *READERS),
    stands=stands_to_maker,
    label=_("Make calendar addresses of one's own, and revoke them"),
)
open_calendar = Verb(
    name="open_calendar",
    grants=given(Scope.PUBLIC, *Role),
    label=_("Open a calendar by its secret address"),
    besides_said=_("as much as its maker may read today"),
    reads=True,
    open_in_demo=False,  # it is open everywhere to whoever has the address
    is_listed=False,
)

ON_SUBSCRIPTIONS = listed(resume_subscription, pause_subscription, end_subscription, renew_secret)
"""What is done to one subscription, by the name that it has in addresses."""

ALL = {
    **listed(read_feed, read_subscriptions, subscribe),
    **ON_SUBSCRIPTIONS,
    **listed(send_again, keep_calendars, open_calendar),
}
