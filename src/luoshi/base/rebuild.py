"""Fold every thread again, compare with the rows that stand, say what differs, swap when asked."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models, transaction

from luoshi.base.journal import Projected, ThreadKind, entries_of, kinds, store_rows
from luoshi.base.models import JournalEntry, Line, Spell, Thread
from luoshi.base.rows import Row, insert
from luoshi.base.spells import SpellBook, stored_columns
from luoshi.rules.journal import Days, Entry, days_of, with_one_more


@dataclass(slots=True)
class Difference:
    """One row that the journal gives otherwise: ``missing``, ``extra`` or ``differs``."""

    table: str
    thread: UUID
    what: str
    stands: dict[str, Any] = field(default_factory=dict)
    should_be: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class _Rebuilt:
    kind: ThreadKind
    thread: UUID
    row: models.Model | None
    spells: dict[type[Spell], list[Row]]


def rebuilt(*, district: UUID, write: bool = False) -> Iterator[list[Difference]]:
    """Yield thread by thread what differs (an empty list: nothing); ``write`` puts it right."""
    threads = Thread.objects.filter(district=district).order_by("last_number")
    for thread in threads.iterator():
        kind = kinds().get(thread.kind)
        if kind is None:
            continue
        with transaction.atomic():
            Thread.objects.select_for_update().get(pk=thread.pk)
            # nobody appends meanwhile, not even to the standards that this thread is judged by
            Line.objects.select_for_update().get(pk=district)
            once_more = _refold(kind, district, thread.pk)
            differences = _compare(once_more)
            if differences and write:
                _swap(once_more)
        yield differences
    yield from _strays(district, write=write)


def _strays(district: UUID, *, write: bool) -> Iterator[list[Difference]]:
    """Yield table by table the rows that no thread of the district gives."""
    for kind in kinds().values():
        threads = Thread.objects.filter(district=district, kind=kind.name).values("pk")
        for model, key in ((kind.row, "pk"), *((spell, "thread") for spell in kind.spells)):
            rows = model._default_manager.filter(district=district)
            strays = rows.exclude(**{f"{key}__in": threads})
            found = [
                Difference(model._meta.db_table, getattr(row, key), "extra", _values(row))
                for row in strays
            ]
            if found:
                if write:
                    strays.delete()
                yield found


def _refold(kind: ThreadKind, district: UUID, thread: UUID) -> _Rebuilt:
    """Fold the thread entry by entry, so that every state of knowledge comes out again."""
    entries = entries_of(thread, kind)
    books = {model: SpellBook(model, district=district, thread=thread) for model in kind.spells}
    projected: Projected | None = None
    by_number = {entry.number: entry for entry in entries}
    known: list[Entry[Any]] = []
    days: Days[Any] = []
    around: object = None
    for number in _moments(kind, district, entries):
        entry = by_number.get(number)
        if entry is not None:
            known.append(entry)
            if not with_one_more(days, entry, law=kind.law):
                days = days_of(known, law=kind.law)
        before, around = around, kind.surroundings(district, number)
        memory = projected.memory if projected and around is before else None
        projected = kind.project(
            days, district=district, thread=thread, surroundings=around, memory=memory
        )
        for model, book in books.items():
            book.advance(projected.spells[model], number)
    spells = {model: book.unwritten() for model, book in books.items()}
    return _Rebuilt(kind, thread, projected.row if projected else None, spells)


def _moments(kind: ThreadKind, district: UUID, entries: list[Entry[Any]]) -> list[int]:
    """Return the numbers at which this thread's rows may have changed.

    They are those of its own entries and of its surroundings.
    """
    own = {entry.number for entry in entries}
    if kind.surrounding_kinds:
        threads = Thread.objects.filter(district=district, kind__in=kind.surrounding_kinds).values(
            "pk"
        )
        later = JournalEntry.objects.filter(thread__in=threads, number__gt=min(own))
        own |= set(later.values_list("number", flat=True))
    return sorted(own)


def _values(row: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


def _compare(once_more: _Rebuilt) -> list[Difference]:
    found = _compare_row(once_more)
    for model, spells in once_more.spells.items():
        columns = stored_columns(model)
        stand = set(model._default_manager.filter(thread=once_more.thread).values_list(*columns))
        should = set(spells)
        table = model._meta.db_table
        for what, rows in (("extra", stand - should), ("missing", should - stand)):
            found += [
                Difference(table, once_more.thread, what, dict(zip(columns, row, strict=True)))
                for row in rows
            ]
    return found


def _compare_row(once_more: _Rebuilt) -> list[Difference]:
    model = once_more.kind.row
    stands = model._default_manager.filter(pk=once_more.thread).first()
    stood = _values(stands) if stands else {}
    should = _values(once_more.row) if once_more.row else {}
    if stood == should:
        return []
    what = "differs" if stood and should else "missing" if should else "extra"
    return [Difference(model._meta.db_table, once_more.thread, what, stood, should)]


def _swap(once_more: _Rebuilt) -> None:
    """Write the rows as the journal gives them, in the transaction in which they were compared."""
    for model, spells in once_more.spells.items():
        model._default_manager.filter(thread=once_more.thread).delete()
        insert(model, stored_columns(model), spells)
    row_model = once_more.kind.row
    if once_more.row is None:
        row_model._default_manager.filter(pk=once_more.thread).delete()
    else:
        store_rows(row_model, [once_more.row])
