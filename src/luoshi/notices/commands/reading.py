"""What a person reads, and how they wish to be told. No fact of the ledger: nothing is recorded."""

from collections.abc import Collection, Mapping
from datetime import datetime, time
from uuid import UUID

from luoshi.base.models import Outbox
from luoshi.base.threads import Actor
from luoshi.notices import queries, verbs
from luoshi.notices.channels import available
from luoshi.notices.models import InboxItem, Preference


def mark_read(*, item: UUID, by: Actor, at: datetime) -> Outbox:
    """Mark an item of one's inbox as read and return its notice. Raises NotFound, NotAllowed."""
    found = queries.item_visible_to(by, item)
    verbs.read_inbox.check(by, found.person)
    InboxItem.objects.filter(pk=found.pk, read_at=None).update(read_at=at)
    return found.notice


def mark_all_read(*, by: Actor, posts: Collection[UUID], at: datetime) -> int:
    """Mark all of one's inbox as read; returns how many items were not."""
    verbs.read_inbox.check(by, by.person)
    return queries.inbox_visible_to(by, posts).filter(read_at=None).update(read_at=at)


def set_preferences(
    *,
    channels: Collection[str],
    addresses: Mapping[str, str],
    quiet_from: time,
    quiet_to: time,
    working_days_only: bool,
    by: Actor,
) -> None:
    """Keep how a person wants to be told beside the inbox, which always shows everything."""
    verbs.set_preferences.check(by, by.person)
    known = {channel.name for channel in available()}
    Preference.objects.update_or_create(
        person=by.person,
        defaults={
            "district": by.district,
            "channels": sorted(known & set(channels)),
            "addresses": {name: text for name, text in addresses.items() if text},
            "quiet_from": quiet_from,
            "quiet_to": quiet_to,
            "working_days_only": working_days_only,
        },
    )
