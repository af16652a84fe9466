"""Fold every thread again, compare with the rows that stand, say what differs, swap when asked."""

from bisect import bisect_right
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


class _Around:
    """What threads of each kind are judged by, number by number; read once while nothing is added.

    Most entries are no standards: without this, every entry would be asked for its surroundings.
    """

    def __init__(self, district: UUID) -> None:
        self.district = district
        self._read_at = -1
        self._numbers: dict[str, list[int]] = {}
        self._known: dict[tuple[str, int], object] = {}

    def refresh(self, last_number: int) -> None:
        """Forget what was read before the district's last entry."""
        if last_number != self._read_at:
            self._read_at = last_number
            self._numbers.clear()
            self._known.clear()

    def numbers(self, kind: ThreadKind) -> list[int]:
        """Return the numbers of the standards that threads of a kind are judged by."""
        if kind.name not in self._numbers:
            threads = Thread.objects.filter(
                district=self.district, kind__in=kind.surrounding_kinds
            ).values("pk")
            entries = JournalEntry.objects.filter(thread__in=threads).order_by("number")
            found = list(entries.values_list("number", flat=True)) if kind.surrounding_kinds else []
            self._numbers[kind.name] = found
        return self._numbers[kind.name]

    def at(self, kind: ThreadKind, number: int) -> object:
        """Return the surroundings as known at a number."""
        version = bisect_right(self.numbers(kind), number)
        key = (kind.name, version)
        if key not in self._known:
            self._known[key] = kind.surroundings(self.district, number)
        return self._known[key]

    def moments(self, kind: ThreadKind, entries: list[Entry[Any]]) -> list[int]:
        """Return the numbers at which a thread's rows may have changed.

        They are those of its own entries and of the standards since.
        """
        own = {entry.number for entry in entries}
        later = self.numbers(kind)[bisect_right(self.numbers(kind), min(own)) :]
        return sorted(own.union(later))


def rebuilt(*, district: UUID, write: bool = False) -> Iterator[list[Difference]]:
    """Yield thread by thread what differs (an empty list: nothing); ``write`` puts it right."""
    threads = Thread.objects.filter(district=district).order_by("last_number")
    around = _Around(district)
    for thread in threads.iterator():
        kind = kinds().get(thread.kind)
        if kind is None:
            continue
        with transaction.atomic():
            Thread.objects.select_for_update().get(pk=thread.pk)
            # nobody appends meanwhile, not even to the standards that this thread is judged by
            line = Line.objects.select_for_update().get(pk=district)
            around.refresh(line.last_number)
            once_more = _refold(kind, district, thread.pk, around)
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


def _refold(kind: ThreadKind, district: UUID, thread: UUID, around: _Around) -> _Rebuilt:
    """Fold the thread entry by entry, so that every state of knowledge comes out again."""
    entries = entries_of(thread, kind)
    books = {model: SpellBook(model, district=district, thread=thread) for model in kind.spells}
    projected: Projected | None = None
    by_number = {entry.number: entry for entry in entries}
    known: list[Entry[Any]] = []
    days: Days[Any] = []
    judged_by: object = None
    for number in around.moments(kind, entries):
        entry = by_number.get(number)
        if entry is not None:
            known.append(entry)
            if not with_one_more(days, entry, law=kind.law):
                days = days_of(known, law=kind.law)
        before, judged_by = judged_by, around.at(kind, number)
        memory = projected.memory if projected and judged_by is before else None
        projected = kind.project(
            days, district=district, thread=thread, surroundings=judged_by, memory=memory
        )
        for model, book in books.items():
            book.advance(projected.spells[model], number)
    spells = {model: book.unwritten() for model, book in books.items()}
    return _Rebuilt(kind, thread, projected.row if projected else None, spells)


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
