"""Every read of the notices: the inbox, wishes, receipts, and what waits."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import connection
from django.db.models import Q, QuerySet

from luoshi.base.models import Outbox
from luoshi.base.threads import Actor
from luoshi.notices.asking import moments_of
from luoshi.notices.models import Delivery, InboxItem, Preference
from luoshi.organisation.queries import Visitor
from luoshi.rules.notices import Hours
from luoshi.rules.refusals import NotFound

SOME = 200  # rows of a batch


@dataclass(frozen=True, slots=True)
class Wish:
    """How a person wants to be told beside the inbox."""

    channels: tuple[str, ...] = ()
    addresses: Mapping[str, str] = field(default_factory=dict)
    hours: Hours = field(default_factory=Hours)


DEFAULT = Wish()
"""Whoever wished nothing finds everything in the inbox and is called by nothing else."""


def _wish(row: Preference) -> Wish:
    hours = Hours(row.quiet_from, row.quiet_to, row.working_days_only)
    return Wish(tuple(row.channels), row.addresses, hours)


def wishes_of(persons: Collection[UUID]) -> dict[UUID, Wish]:
    """Return the wishes of those of some persons who have any."""
    return {row.person: _wish(row) for row in Preference.objects.filter(person__in=persons)}


def wish_of(actor: Actor) -> Wish:
    """Return one's own wishes."""
    return wishes_of({actor.person}).get(actor.person, DEFAULT)


def address_of(person: UUID | None, channel: str) -> str:
    """Return where a person wants to be told by a channel."""
    found = wishes_of({person}) if person is not None else {}
    wish = next(iter(found.values()), DEFAULT)
    return wish.addresses.get(channel, "")


# ---- the inbox ---------------------------------------------------------------------------------


def inbox_visible_to(actor: Actor, posts: Collection[UUID]) -> QuerySet[InboxItem]:
    """Return the inbox of a person for the posts for which they act today."""
    return InboxItem.objects.filter(district=actor.district, person=actor.person, post__in=posts)


def inbox_of(actor: Actor, posts: Collection[UUID], *, which: str = "") -> QuerySet[InboxItem]:
    """Return the inbox, the newest first: all of it, what is unread, or what is still asked."""
    items = inbox_visible_to(actor, posts).select_related("notice").order_by("-notice__at", "pk")
    if which == "unread":
        return items.filter(read_at=None)
    if which == "asked":
        return items.exclude(notice__ask="").filter(notice__answered=None, notice__dropped=None)
    return items


def unread_count(actor: Actor, posts: Collection[UUID]) -> int:
    """Return how many items a person has not opened: one query.

    Every page asks it. It is ``inbox_visible_to(actor, posts).filter(read_at=None).count()``, which
    takes longer to be put together than to be answered.
    """
    if not posts:
        return 0
    ids = [actor.district, actor.person, *posts]
    field = InboxItem._meta.get_field("person")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM notices_inboxitem"  # noqa: S608 - places only
            " WHERE read_at IS NULL AND district = %s"
            f" AND person = %s AND post IN ({', '.join(['%s'] * len(posts))})",
            [field.get_db_prep_value(one, connection) for one in ids],
        )
        (count,) = cursor.fetchone()
    return int(count)


def item_visible_to(actor: Actor, item: UUID) -> InboxItem:
    """Return one item of one's own. Raises NotFound."""
    own = InboxItem.objects.filter(district=actor.district, person=actor.person)
    found = own.select_related("notice").filter(pk=item).first()
    if found is None:
        raise NotFound(what="notice")
    return found


def facts_of(notice: Outbox) -> Mapping[str, str]:
    """Return the facts of a notice: ids and days."""
    found: dict[str, str] = json.loads(notice.facts)
    return found


# ---- what waits --------------------------------------------------------------------------------


def messages(ids: Sequence[UUID]) -> list[Delivery]:
    """Return some messages with their notices, in the order in which they were to go."""
    rows = Delivery.objects.select_related("notice").filter(pk__in=ids)
    return list(rows.order_by("not_before", "pk"))


def open_asks() -> Iterator[list[Outbox]]:
    """Yield what is delivered and still asked, some at a time."""
    rows = Outbox.objects.filter(answered=None, dropped=None, delivered_at__isnull=False)
    last: UUID | None = None
    while True:
        following = rows.exclude(ask="").filter(Q() if last is None else Q(pk__gt=last))
        some = list(following.order_by("pk")[:SOME])
        if not some:
            return
        yield some
        last = some[-1].pk


def lying(notices: Iterable[Outbox]) -> set[UUID]:
    """Return the ids of the items in which some notices lie."""
    rows = InboxItem.objects.filter(notice__in=[notice.pk for notice in notices])
    return set(rows.values_list("pk", flat=True))


# ---- the daily receipt -------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a day brought to a unit (None: the district): inbox items, and messages beside them.

    ``messages`` also say what was checked and not sent, and why.
    """

    items: Sequence[InboxItem]
    messages: Sequence[Delivery]


MOST_LINES = 2000
"""A receipt is read by people; a day with more is taken unit by unit."""


def receipt_visible_to(visitor: Visitor, *, day: date, unit: UUID | None) -> Receipt:
    """Return the receipt of a day; two queries."""
    items, deliveries = brought_visible_to(visitor, day=day, unit=unit)
    by_cause = ("at", "notice__cause", "pk")
    return Receipt(
        list(items.order_by(*by_cause)[:MOST_LINES]),
        list(deliveries.order_by(*by_cause)[:MOST_LINES]),
    )


def brought_visible_to(
    visitor: Visitor, *, day: date, unit: UUID | None
) -> tuple[QuerySet[InboxItem], QuerySet[Delivery]]:
    """Return what came to inboxes on a day, and the messages beside it, in their order."""
    start, end = moments_of(day)
    when = Q(district=visitor.district, at__gte=start, at__lt=end)
    whose = Q() if unit is None else Q(unit=unit)
    items = InboxItem.objects.select_related("notice").filter(when, whose)
    deliveries = Delivery.objects.select_related("notice").filter(when, whose)
    return items.order_by("at", "pk"), deliveries.order_by("at", "pk")
