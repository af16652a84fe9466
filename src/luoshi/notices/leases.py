"""A lease on work: who claims a row holds it until a moment; what a dead worker held is free again.

A claim is one conditional UPDATE, which both databases carry out whole: of two workers who want a
row one gets it, and the other sees that it is gone.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID, uuid4

from django.db.models import F, Model, Q, QuerySet

from luoshi.base.models import Outbox
from luoshi.notices.models import Delivery, DeliveryState

M = TypeVar("M", bound=Model)

LEASE = timedelta(minutes=2)
"""How long a claimed row is held: far longer than the work, so that only a dead worker loses it."""
AT_ONCE = 50  # rows of a claim: a transaction that others wait for stays short


@dataclass(frozen=True, slots=True)
class Claim:
    """The id of a claim and the rows that it holds."""

    id: UUID
    rows: tuple[UUID, ...]


def undelivered() -> QuerySet[Outbox]:
    """Return the notices that lie in no inbox yet."""
    return Outbox.objects.filter(delivered_at=None)


def unsent(at: datetime) -> QuerySet[Delivery]:
    """Return the messages that may be sent at a moment."""
    return Delivery.objects.filter(state=DeliveryState.WAITING, not_before__lte=at)


def claim(
    waiting: QuerySet[M], *, at: datetime, lease: timedelta, order: str, most: int = AT_ONCE
) -> Claim | None:
    """Claim some rows that nobody holds, the oldest first; None where there are none."""
    free = waiting.filter(claimed_by=None)
    found = list(free.order_by(order, "pk").values_list("pk", flat=True)[:most])
    if not found:
        return None
    mine = uuid4()
    free.filter(pk__in=found).update(
        claimed_by=mine, lease_until=at + lease, attempts=F("attempts") + 1
    )
    held = waiting.filter(claimed_by=mine).values_list("pk", flat=True)
    return Claim(mine, tuple(held))


def free_expired(*, at: datetime) -> int:
    """Give back what workers held that did not come back in time; returns how many rows.

    It looks before it writes, so an idle worker takes no lock.
    """
    freed = 0
    for waiting in (undelivered(), Delivery.objects.filter(state=DeliveryState.WAITING)):
        expired = waiting.filter(Q(lease_until__lt=at))
        if expired.exists():
            freed += expired.update(claimed_by=None, lease_until=None)
    return freed
