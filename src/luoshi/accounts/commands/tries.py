"""Tries at a password or a code: counted before they are judged, in the database, so that no
number of processes and no two tries at the same moment get more than the rule gives.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F, Q

from luoshi.accounts.models import CodeUsed, Tries
from luoshi.organisation.models import Account
from luoshi.rules import signing
from luoshi.rules.signing import Standard

KEPT_FOR = timedelta(days=2)  # longer than any lock


@dataclass(frozen=True, slots=True)
class Guarded:
    """Something that is tried: by which key it is counted, and how many tries there are.

    ``is_shared``: many try at it, so one right try forgives itself only.
    """

    key: str
    most: int
    is_shared: bool = False


@transaction.atomic
def take_try(guarded: Sequence[Guarded], *, standard: Standard, at: datetime) -> None:
    """Count one more try at each of these; raises Locked where one of them takes no more."""
    for one in sorted(guarded, key=lambda each: each.key):  # one order: no two wait crosswise
        row, _ = Tries.objects.select_for_update().get_or_create(
            key=one.key, defaults={"count": 0, "noted_at": at}
        )
        tries = signing.one_more(
            signing.Tries(row.count, row.noted_at, row.locked_until),
            at=at,
            most=one.most,
            lock_minutes=standard.lock_minutes,
            is_shared=one.is_shared,
        )
        row.count, row.locked_until = tries.count, tries.locked_until
        row.noted_at = tries.noted_at or at
        row.save()


@transaction.atomic
def forgive(guarded: Sequence[Guarded], *, at: datetime) -> None:
    """Forget the tries at these: the last one was right. What is long over goes with them."""
    own = [one.key for one in guarded if not one.is_shared]
    shared = [one.key for one in guarded if one.is_shared]
    Tries.objects.filter(Q(key__in=own) | Q(noted_at__lt=at - KEPT_FOR)).delete()
    Tries.objects.filter(key__in=shared, count__gt=0).update(
        count=F("count") - 1, locked_until=None
    )


@transaction.atomic
def take_code(account: Account, counter: int) -> bool:
    """Tell whether the one-time code of a time step may still be taken, and take it."""
    used, is_first = CodeUsed.objects.select_for_update().get_or_create(
        account=account, defaults={"counter": counter}
    )
    if is_first:
        return True
    if counter <= used.counter:
        return False
    used.counter = counter
    used.save()
    return True
