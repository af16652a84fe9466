"""The bulk road: many facts through the same rules, digests and projections as single commands.

A batch is a transaction. While one is stored, the next one is judged.
"""

from collections.abc import Iterable, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime
from itertools import chain, islice
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connection, connections

from luoshi.base.batches import Ahead, Batch, append
from luoshi.base.memory import without_collecting
from luoshi.base.threads import Actor, Change, Command

BATCH = 2000


def append_many(
    changes: Iterable[tuple[Change, UUID]], *, by: Actor, at: datetime, batch: int = BATCH
) -> Iterator[int]:
    """Record each change under its own command id, in order; yields the entries after every batch.

    A batch is one transaction that holds the district's line, and no batch is stored that was
    judged on another line than it finds, so ``expected`` need not be known: every fact is judged
    on the state that the facts before it left. A refusal takes back its batch and is raised; the
    batches before it stand. Facts of the standards (calendar, rules) do not go this road: they
    rewrite spells of whole districts. The changes of a batch are taken from ``changes`` while the
    batch before is stored.
    """
    commands = ((change, Command(id=command_id, by=by, at=at)) for change, command_id in changes)
    yield from append_all(commands, batch=batch)


def append_all(commands: Iterable[tuple[Change, Command]], *, batch: int = BATCH) -> Iterator[int]:
    """The same where every change has its own hand and moment; all of them of one district."""
    waiting = iter(commands)
    batches = iter(lambda: list(islice(waiting, batch)), [])
    # another connection would wait for the transaction that is open here
    way = _one_by_one(batches) if connection.in_atomic_block else _overlapped(batches, batch)
    total = 0
    for appended in way:
        total += len(appended)
        yield total


def _one_by_one(batches: Iterable[Batch]) -> Iterator[Batch]:
    """Append each batch as it stands before the next one is taken."""
    for batch in batches:
        append(batch)
        yield batch


def _overlapped(batches: Iterator[Batch], size: int) -> Iterator[Batch]:
    """Store each batch while the next one is judged; yield it once it stands.

    Where somebody else records something meanwhile, the line is held for each batch from there on.
    """
    batch, ahead = next(batches, None), None
    with _writer() as writer:
        while batch is not None:
            if ahead is None and len(batch) == size:  # a shorter one is the last
                ahead = Ahead.of(batch)
            if ahead is None:
                append(batch)
                yield batch
                batch = next(batches, None)
                continue
            following, coming, stands = _stored_meanwhile(writer, ahead, batches)
            if not stands:
                yield from _one_by_one(chain([batch], [following] if following else [], batches))
                return
            yield batch
            batch, ahead = following, coming


def _stored_meanwhile(
    writer: Executor, ahead: Ahead, batches: Iterator[Batch]
) -> tuple[Batch | None, Ahead | None, bool]:
    """Store a batch, and take and judge the next one; say if the first one stands."""
    storing = writer.submit(ahead.store)
    try:
        with without_collecting():
            following = next(batches, None)
            coming = Ahead.of(following, ahead) if following else None
    finally:
        stands = storing.result()
    return following, coming, stands


@contextmanager
def _writer() -> Iterator[Executor]:
    """A thread that stores, with a connection of its own."""
    with ThreadPoolExecutor(1, thread_name_prefix="journal", initializer=_make_room) as writer:
        try:
            yield writer
        finally:
            writer.submit(_leave).result()


# Of SQLite, in pages of 4 KiB: the ids of threads and commands are random, so each batch touches
# some thousand pages all over the indexes. Held at hand and written back to the file only once in
# many batches, they cost a long journal no more than a short one.
_ROOM = ("cache_size=-128000", "wal_autocheckpoint=32000")


def _make_room() -> None:
    """Give this thread's connection room for the pages of a long journal."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor == "sqlite":
        with own.cursor() as cursor:
            for pragma in _ROOM:
                cursor.execute(f"PRAGMA {pragma}")


def _leave() -> None:
    """Write back what the log holds, as far as readers let it, and close the connection."""
    own = connections[DEFAULT_DB_ALIAS]
    if own.vendor == "sqlite":
        with own.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(PASSIVE)")
    connections.close_all()
