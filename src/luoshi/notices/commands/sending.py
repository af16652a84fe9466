"""Messages go out by the channels that persons chose, each at least once.

The claim is committed before the channel is called, and the mark after it: a worker killed in
between leaves a lease, and the message goes out once more when it ends.
"""

from datetime import datetime, timedelta

from luoshi.notices import queries
from luoshi.notices.channels import NotTaken, available
from luoshi.notices.leases import LEASE, Claim, claim, unsent
from luoshi.notices.models import Delivery, DeliveryState
from luoshi.notices.words import message_for

MOST_ATTEMPTS = 8
FIRST_PAUSE = timedelta(minutes=1)
"""After a refusal by the channel; it doubles from one to the next: two hours in all."""
ANSWERED, GIVEN_UP, NO_CHANNEL = "answered", "given_up", "no_channel"
"""Why a message is not sent: nothing is asked any more; the channel did not take it; it is gone."""


def send(*, at: datetime, lease: timedelta = LEASE) -> int:
    """Send some messages whose moment has come; returns how many were judged."""
    held = claim(unsent(at), at=at, lease=lease, order="not_before")
    if held is None:
        return 0
    for delivery in queries.messages(held.rows):
        _send(delivery, held, at)
    return len(held.rows)


def _send(delivery: Delivery, held: Claim, at: datetime) -> None:
    channel = next((one for one in available() if one.name == delivery.channel), None)
    if channel is None:
        _close(delivery, held, state=DeliveryState.NOT_SENT, reason=NO_CHANNEL)
    elif _is_needless(delivery):
        _close(delivery, held, state=DeliveryState.NOT_SENT, reason=ANSWERED)
    else:
        address = queries.address_of(delivery.person, channel.name)
        message = message_for(delivery.notice, id_=delivery.pk, address=address, at=at)
        try:
            channel.send(message)
        except NotTaken:
            _try_later(delivery, held, at)
        else:
            _close(delivery, held, state=DeliveryState.SENT, sent_at=at)


def _is_needless(delivery: Delivery) -> bool:
    """Tell whether what was asked is answered, or is asked no more."""
    notice = delivery.notice
    return bool(notice.ask) and (notice.answered is not None or notice.dropped is not None)


def _close(delivery: Delivery, held: Claim, **outcome: object) -> None:
    """Mark what became of a message, unless another worker holds it meanwhile."""
    Delivery.objects.filter(pk=delivery.pk, claimed_by=held.id).update(
        claimed_by=None, lease_until=None, **outcome
    )


def _try_later(delivery: Delivery, held: Claim, at: datetime) -> None:
    if delivery.attempts >= MOST_ATTEMPTS:
        _close(delivery, held, state=DeliveryState.NOT_SENT, reason=GIVEN_UP)
    else:
        _close(delivery, held, not_before=at + FIRST_PAUSE * 2 ** (delivery.attempts - 1))
