"""Notices come into the inboxes of those who hold or act for the post on the day of delivery.

A batch is one transaction: inbox items, the messages that shall go out by other channels, and the
mark that the notice is delivered. Whoever is killed before its commit has done nothing.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.base.models import Outbox
from luoshi.notices import queries
from luoshi.notices.channels import available
from luoshi.notices.leases import LEASE, claim, undelivered
from luoshi.notices.models import Delivery, DeliveryState, InboxItem
from luoshi.notices.queries import Wish
from luoshi.notices.reach import Around, Hand, hands_of

INBOX = "inbox"
NO_ADDRESS = "no_address"
"""The person gave no address for the channel."""


def deliver(*, at: datetime, lease: timedelta = LEASE) -> int:
    """Put some waiting notices into inboxes; returns how many notices, 0 where none waits."""
    held = claim(undelivered(), at=at, lease=lease, order="at")
    if held is None:
        return 0
    with transaction.atomic():
        mine = undelivered().select_for_update().filter(pk__in=held.rows, claimed_by=held.id)
        notices = list(mine.order_by("at", "pk"))
        _put(notices, at)
        mine.update(delivered_at=at, claimed_by=None, lease_until=None)
    return len(notices)


def pass_on(*, at: datetime) -> int:
    """Put what is still asked before whoever came to a post since; returns how many items.

    The successor inherits the item without a new notice; of what is answered nothing is passed on.
    """
    passed = 0
    for notices in queries.open_asks():
        with transaction.atomic():
            known = queries.lying(notices)
            items = [_item(one, at) for one in _reached(notices, at) if not one.hand.why_not]
            fresh = [item for item in items if item.pk not in known]
            InboxItem.objects.bulk_create(fresh, ignore_conflicts=True)
            passed += len(fresh)
    return passed


@dataclass(frozen=True, slots=True)
class _Reached:
    """One notice and one hand that it reaches."""

    notice: Outbox
    hand: Hand

    def id(self, channel: str) -> UUID:
        """Return the id of what is told this hand by a channel: the same twice is one."""
        return uuid5(self.notice.pk, f"{self.hand.post}/{self.hand.person}/{channel}")


def _put(notices: Sequence[Outbox], at: datetime) -> None:
    found = _reached(notices, at)
    told = [one for one in found if one.hand.why_not == ""]
    InboxItem.objects.bulk_create([_item(one, at) for one in told], ignore_conflicts=True)
    messages = [_unsent(one, INBOX, at, one.hand.why_not) for one in found if one.hand.why_not]
    wishes = queries.wishes_of({one.hand.person for one in told if one.hand.person})
    arounds: dict[UUID, Around] = {}
    for one in told:
        around = arounds.setdefault(one.notice.district, Around(one.notice.district, at))
        messages += _messages(one, wishes, around)
    Delivery.objects.bulk_create(messages, ignore_conflicts=True)


def _reached(notices: Iterable[Outbox], at: datetime) -> list[_Reached]:
    """Return whom each notice reaches on the day of a moment."""
    arounds: dict[UUID, Around] = {}
    found = []
    for notice in notices:
        around = arounds.setdefault(notice.district, Around(notice.district, at))
        found += [_Reached(notice, hand) for hand in hands_of(notice, around.posts)]
    return found


def _item(one: _Reached, at: datetime) -> InboxItem:
    assert one.hand.person is not None  # noqa: S101 - a hand without a reason why not has one
    assert one.hand.post is not None  # noqa: S101
    return InboxItem(
        id=one.id(INBOX),
        district=one.notice.district,
        notice=one.notice,
        person=one.hand.person,
        post=one.hand.post,
        unit=one.hand.unit,
        at=at,
    )


def _messages(one: _Reached, wishes: dict[UUID, Wish], around: Around) -> Iterable[Delivery]:
    """Return the messages that go to a hand beside the inbox, or why they do not."""
    wish = wishes.get(one.hand.person, queries.DEFAULT)  # type: ignore[arg-type]  # a person is told
    for channel in available():
        if channel.name not in wish.channels:
            continue
        if channel.needs_address and not wish.addresses.get(channel.name):
            yield _unsent(one, channel.name, around.at, NO_ADDRESS)
        else:
            yield _delivery(
                one,
                channel.name,
                around.at,
                state=DeliveryState.WAITING,
                not_before=around.next_open(wish.hours),
            )


def _unsent(one: _Reached, channel: str, at: datetime, reason: str) -> Delivery:
    return _delivery(one, channel, at, state=DeliveryState.NOT_SENT, reason=reason, not_before=at)


def _delivery(one: _Reached, channel: str, at: datetime, **given: Any) -> Delivery:
    return Delivery(
        id=one.id(channel),
        district=one.notice.district,
        notice=one.notice,
        channel=channel,
        person=one.hand.person,
        post=one.hand.post,
        unit=one.hand.unit,
        at=at,
        **given,
    )
