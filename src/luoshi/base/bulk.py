"""The bulk road: many facts through the same rules, digests and projections as single commands.

A batch is a transaction.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction

from luoshi.base.appender import Appender
from luoshi.base.deciding import decided
from luoshi.base.journal import check_day
from luoshi.base.memory import without_collecting
from luoshi.base.models import Line, Thread
from luoshi.base.threads import Actor, Change, Command

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
    commands = ((change, Command(id=command_id, by=by, at=at)) for change, command_id in changes)
    yield from append_all(commands, batch=batch)


def append_all(commands: Iterable[tuple[Change, Command]], *, batch: int = BATCH) -> Iterator[int]:
    """The same where every change has its own hand and moment; all of them of one district."""
    waiting = iter(commands)
    total = 0
    while some := list(islice(waiting, batch)):
        with transaction.atomic(), without_collecting():
            _append_batch(some)
        total += len(some)
        yield total


def _append_batch(some: list[tuple[Change, Command]]) -> None:
    kinds_of = {change.thread: change.kind for change, _ in some}
    by = some[0][1].by
    threads = Thread.objects.filter(pk__in=kinds_of, district=by.district).order_by("pk")
    list(
        threads.select_for_update()
    )  # first the threads in id order, then the line, as record does
    line = Line.objects.select_for_update().get(pk=by.district)
    heads = {head.pk: head for head in threads.all()}  # whoever waited looks again
    appender = Appender(line, some[0][1], heads, kinds_of)
    for change, command in some:
        check_day(change.on, command.at)
        history = appender.history(change)
        if change.permit is not None:
            change.permit(history.last_state)
        appender.command = command
        appender.append(change, decided(change, history, appender.command))
    appender.store()
