"""Batches of the bulk road: judged and stored in one transaction, or judged ahead of their turn."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Self
from uuid import UUID

from django.db import transaction

from luoshi.base.appender import Appender
from luoshi.base.deciding import decided
from luoshi.base.journal import check_day
from luoshi.base.memory import without_collecting
from luoshi.base.models import Line, Thread
from luoshi.base.threads import Change, Command, ThreadKind
from luoshi.base.written import Written

Batch = list[tuple[Change, Command]]


def append(batch: Batch) -> None:
    """Judge and store a batch while threads and line are locked; all of it or nothing."""
    with transaction.atomic(), without_collecting():
        district, threads = batch[0][1].by.district, _kinds(batch)
        line = _locked(district, threads)
        # whoever waited looks again
        _judged(batch, Appender(line, batch[0][1], _heads(district, threads), threads)).store()


def _locked(district: UUID, threads: Mapping[UUID, ThreadKind]) -> Line:
    """Lock first the threads in id order, then the line, as ``record`` does."""
    heads = Thread.objects.filter(pk__in=threads, district=district).order_by("pk")
    list(heads.select_for_update().values_list("pk"))
    return Line.objects.select_for_update().get(pk=district)


def _kinds(batch: Batch) -> dict[UUID, ThreadKind]:
    return {change.thread: change.kind for change, _ in batch}


def _heads(district: UUID, threads: Mapping[UUID, ThreadKind]) -> dict[UUID, Thread]:
    heads = Thread.objects.filter(pk__in=threads, district=district)
    return {head.pk: head for head in heads}


def _among(threads: Mapping[UUID, ThreadKind], heads: Mapping[UUID, Thread]) -> dict[UUID, Thread]:
    """Return the heads of some threads: what all batches touched is more than is kept at hand."""
    return {thread: head for thread in threads if (head := heads.get(thread)) is not None}


def _judged(batch: Batch, appender: Appender) -> Appender:
    """Decide every change on what those before it left."""
    for change, command in batch:
        check_day(change.on, command.at)
        history = appender.history(change)
        if change.permit is not None:
            change.permit(history.last_state)
        appender.command = command
        appender.append(change, decided(change, history, command))
    return appender


@dataclass(slots=True)
class Ahead:
    """A batch that was judged before it could lock anything.

    It stands if the district's line is, when its turn comes, what it was judged on: nothing was
    recorded meanwhile, so everything that it was judged by is the same.
    """

    batch: Batch
    appender: Appender
    judged_on: tuple[int, datetime | None]  # last number and moment of the line
    written: Written

    @classmethod
    def of(cls, batch: Batch, before: "Ahead | None" = None) -> Self | None:
        """Judge a batch that is to follow another one, which need not be stored yet.

        None where nothing can be said ahead: then its turn will tell, and refuse what is to be
        refused.
        """
        with suppress(Exception), without_collecting():
            return cls._of(batch, before)
        return None

    @classmethod
    def _of(cls, batch: Batch, before: "Ahead | None") -> Self:
        district = batch[0][1].by.district
        line = before.appender.line if before else Line.objects.get(pk=district)
        judged_on = (line.last_number, line.last_at)
        threads = _kinds(batch)
        heads = _heads(district, threads) | (
            _among(threads, before.appender.heads) if before else {}
        )
        appender = Appender(
            line, batch[0][1], heads, threads, before=before.appender if before else None
        )
        _judged(batch, appender)
        return cls(batch, appender, judged_on, appender.written())

    def store(self) -> bool:
        """Store the batch in its turn; False, and nothing done, where it no longer stands."""
        with transaction.atomic():
            line = _locked(self.appender.line.district, self.appender.threads)
            if (line.last_number, line.last_at) != self.judged_on:
                return False
            self.written.store()
        return True
