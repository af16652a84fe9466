"""The bulk road: many facts through the same rules, digests and projections as single commands.

A batch is a transaction.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from itertools import islice
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.base.journal import (
    Actor,
    Appender,
    Change,
    Command,
    check_day,
    decided,
    entries_of,
)
from luoshi.base.models import Line, Thread
from luoshi.rules.journal import Entry, state_on

BATCH = 2000


def append_many(
    changes: Iterable[tuple[Change, UUID]], *, by: Actor, at: datetime, batch: int = BATCH
) -> Iterator[int]:
    """Record each change under its own command id, in order; yields the entries after every batch.

    A batch is one transaction and holds the district's line from its beginning, so ``expected``
    need not be known: every fact is judged on the state that the facts before it left. A refusal
    takes back its batch and is raised; the batches before it stand. Facts of the standards
    (calendar, rules) do not go this road: they rewrite spells of whole districts.
    """
    waiting = iter(changes)
    total = 0
    while some := list(islice(waiting, batch)):
        with transaction.atomic():
            _append_batch(some, by=by, at=at)
        total += len(some)
        yield total


def _append_batch(some: list[tuple[Change, UUID]], *, by: Actor, at: datetime) -> None:
    ids = {change.thread for change, _ in some}
    threads = Thread.objects.filter(pk__in=ids, district=by.district).order_by("pk")
    list(
        threads.select_for_update()
    )  # first the threads in id order, then the line, as record does
    line = Line.objects.select_for_update().get(pk=by.district)
    heads = {head.pk: head for head in threads.all()}  # whoever waited looks again
    known: dict[UUID, list[Entry[Any]]] = {}
    appender = Appender(line, Command(id=some[0][1], by=by, at=at), heads)
    for change, command_id in some:
        check_day(change.on, at)
        entries = known.get(change.thread)
        if entries is None:
            entries = entries_of(change.thread, change.kind) if change.thread in heads else []
            known[change.thread] = entries
        if change.permit is not None:
            change.permit(state_on(entries, date.max, law=change.kind.law))
        appender.command = replace(appender.command, id=command_id)
        fact = _decided(change, entries, appender)
        appender.append(change, fact, entries)
    appender.store()


def _decided(change: Change, entries: list[Entry[Any]], appender: Appender) -> Any:
    """Decide a fact; where it speaks last, the state at hand is the one it is judged on."""
    days = appender.days.get(change.thread)
    if days and change.corrects is None and change.on >= days[-1][0]:
        return change.decide(days[-1][1])
    return decided(change, entries, appender.command)
