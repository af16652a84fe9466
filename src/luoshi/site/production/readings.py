"""How the house stands: what /readyz judges and /metrics tells."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Count, Max, Min, Q, Sum

from luoshi.base.models import Line, Outbox
from luoshi.notices.models import Delivery, DeliveryState
from luoshi.site.production.metrics import Reading

UNKNOWN = -1.0
"""Of what cannot be told: seconds since what never was."""


@dataclass(frozen=True, slots=True)
class Check:
    """One condition of being ready."""

    name: str
    holds: bool


def checks(now: datetime) -> list[Check]:
    """Return every condition of being ready; without the database those that ask it fail."""
    room = Check("disk", free_bytes() >= settings.LEAST_FREE_BYTES)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return [
            Check("database", holds=True),
            Check("migrations", not missing_migrations()),
            Check("worker", is_delivered(now)),
            room,
            Check("clock", is_clock_sane(now)),
        ]
    except DatabaseError:
        connection.close()
        return [Check("database", holds=False), room]


def missing_migrations() -> set[tuple[str, str]]:
    """Return the migrations that this version has and the ledger has not."""
    return set(_known_migrations()) - set(MigrationRecorder(connection).applied_migrations())


@cache
def _known_migrations() -> frozenset[tuple[str, str]]:
    """Return those of this version: they do not change while a process lives."""
    return frozenset(MigrationLoader(None).disk_migrations or ())


def is_delivered(now: datetime) -> bool:
    """Tell whether somebody delivers: the worker here looked lately, or nothing waits long.

    Where the worker runs on another machine only the second is seen.
    """
    age = worker_age(now)
    if 0 <= age <= settings.WORKER_MOST_SILENT:
        return True
    return not settings.DELIVERS_HERE and oldest_notice_age(now) <= settings.NOTICE_MOST_WAITING


def is_clock_sane(now: datetime) -> bool:
    """Tell whether the clock is not behind what was recorded last."""
    last = Line.objects.aggregate(at=Max("last_at"))["at"]
    return last is None or (last - now).total_seconds() <= settings.CLOCK_MOST_BEHIND


def free_bytes() -> int:
    """Return how much the disk of the home has left."""
    return shutil.disk_usage(settings.HOME).free


def worker_age(now: datetime) -> float:
    """Return the seconds since the delivering worker of this home looked last, -1 if never."""
    path: Path = settings.WORKER_ALIVE
    try:
        return max(now.timestamp() - path.stat().st_mtime, 0.0)
    except FileNotFoundError:
        return UNKNOWN


def oldest_notice_age(now: datetime) -> float:
    """Return how many seconds the oldest notice waits that lies in no inbox yet; 0 without one."""
    oldest = Outbox.objects.filter(delivered_at=None).aggregate(at=Min("at"))["at"]
    return max((now - oldest).total_seconds(), 0.0) if oldest else 0.0


def house(now: datetime) -> Iterator[Reading]:
    """Yield what is read of the house itself; of the database only while it answers."""
    yield Reading("luoshi_disk_free_bytes", "Room left on the disk of the home", free_bytes())
    yield Reading(
        "luoshi_worker_age_seconds", "Since the delivering worker looked", worker_age(now)
    )
    try:
        kept = list(_kept(now))
    except DatabaseError:
        connection.close()
        yield Reading("luoshi_database_up", "Whether the database answers", 0)
        return
    yield Reading("luoshi_database_up", "Whether the database answers", 1)
    yield from kept


def _kept(now: datetime) -> Iterator[Reading]:
    lines = Line.objects.aggregate(entries=Sum("last_number"), districts=Count("pk"))
    yield Reading("luoshi_journal_entries", "Entries of all districts", lines["entries"] or 0)
    yield Reading("luoshi_districts", "Districts", lines["districts"])
    waiting = Outbox.objects.filter(delivered_at=None).count()
    yield Reading("luoshi_outbox_notices", "Notices that lie in no inbox yet", waiting)
    yield Reading(
        "luoshi_outbox_oldest_seconds", "How long the oldest of them waits", oldest_notice_age(now)
    )
    unsent = Delivery.objects.aggregate(
        waiting=Count("pk", filter=Q(state=DeliveryState.WAITING)),
    )
    yield Reading(
        "luoshi_messages_waiting", "Messages that go out by other channels", unsent["waiting"]
    )
