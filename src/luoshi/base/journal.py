"""The one road into the ledger: decide, record, fold, project, in one transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from luoshi.base import outbox
from luoshi.base.again import entries_of_command, same_again
from luoshi.base.appender import Appender
from luoshi.base.days import local_day
from luoshi.base.deciding import decided
from luoshi.base.histories import History, history_of
from luoshi.base.models import Line, Thread
from luoshi.base.threads import Actor, Change, Command
from luoshi.rules import journal as rules
from luoshi.rules.journal import ChangedMeanwhile, Entry
from luoshi.rules.refusals import NotFound

__all__ = ["EARLIEST", "Actor", "Change", "Command", "check_day", "record"]

EARLIEST = date(1949, 10, 1)
"""No ledger of a district is older; a day before it is a slip of the hand."""


def record(*changes: Change, command: Command) -> list[Entry[Any]]:
    """Record one fact for each change under one command; all of them or none.

    Raises what the deciders raise, ChangedMeanwhile, CommandIdReused, LaterEntryStandsInTheWay,
    DayInFuture. The same command again returns the entries that it made the first time.
    """
    with transaction.atomic():
        heads = _lock_threads(changes, command)
        if done := entries_of_command(command):
            return same_again(done, changes, command)
        judged = [_judge(change, heads.get(change.thread), command) for change in changes]
        return _append(judged, heads, command)


def _lock_threads(changes: Sequence[Change], command: Command) -> dict[UUID, Thread]:
    """Lock the threads in id order: two commands over the same ones cannot wait for each other.

    Raises NotFound for a thread of another district or of another kind than the change speaks of.
    """
    kind_of = {change.thread: change.kind.name for change in changes}
    while (heads := _heads_locked(set(kind_of), command.by.district)) is None:
        pass
    for head in heads.values():
        if (head.district, head.kind) != (command.by.district, kind_of[head.pk]):
            raise NotFound(what="thread")
    return heads


def _heads_locked(ids: set[UUID], district: UUID) -> dict[UUID, Thread] | None:
    """Lock the heads that there are; None, and every lock given back, where one began meanwhile.

    A thread that is to begin has no row to lock: the district's line stands for it. Whoever waited
    for the line looks again, because the one before may have begun the same thread.
    """
    beginning = transaction.savepoint()
    heads = {
        head.pk: head
        for head in Thread.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    }
    if len(heads) < len(ids):
        Line.objects.select_for_update().get(pk=district)
        if Thread.objects.filter(pk__in=ids).count() > len(heads):
            transaction.savepoint_rollback(beginning)
            return None
    transaction.savepoint_commit(beginning)
    return heads


@dataclass(slots=True)
class _Judged:
    change: Change
    fact: Any
    history: History


def _judge(change: Change, head: Thread | None, command: Command) -> _Judged:
    check_day(change.on, command.at)
    kind = change.kind
    history = history_of(head, kind) if head else History(kind, [], [])
    if change.permit is not None:
        change.permit(history.last_state)
    fact = decided(change, history, command)
    theirs = rules.conflicts(history.entries, fact, law=kind.law, expected=change.expected)
    if theirs:
        raise ChangedMeanwhile(
            entry=theirs[-1].number,
            theirs=theirs[-1].fact,
            yours=fact,
            parts=sorted(kind.law.touched(fact) & kind.law.touched(theirs[-1].fact)),
        )
    return _Judged(change, fact, history)


def check_day(on: date, at: datetime) -> None:
    """Refuse a day that has not come in the district's time zone, and one before any ledger."""
    today = local_day(at)
    if on > today:
        raise rules.DayInFuture(on=on, today=today)
    if on < EARLIEST:
        raise rules.DayBeforeDistrict(on=on, earliest=EARLIEST)


def _append(
    judged: Sequence[_Judged], heads: dict[UUID, Thread], command: Command
) -> list[Entry[Any]]:
    """Number, chain and store the entries, fold them into rows, and tell whom they concern.

    The line is locked here, after everything that the state can refuse: until the commit only
    writes follow, and the count of what was asked of posts, which stays as it is meanwhile.
    """
    line = Line.objects.select_for_update().get(pk=command.by.district)
    ledger = Appender(
        line, command, heads, {each.change.thread: each.change.kind for each in judged}
    )
    for each in judged:
        ledger.take_history(each.change, each.history)
    written, told = [], []
    for each in judged:
        before = ledger.history(each.change).last_state
        entry = ledger.append(each.change, each.fact)
        written.append(entry)
        after = ledger.history(each.change).last_state
        told.append(outbox.told_by(each.change.kind, each.change.thread, before, entry, after))
    outbox.keep([one for one in told if one], by=command.by)
    ledger.store()
    ledger.respell({each.change.kind.name for each in judged})
    return written
