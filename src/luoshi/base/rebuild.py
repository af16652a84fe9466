"""Fold every thread again, compare with the rows that stand, say what differs, swap when asked."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import models, transaction

from luoshi.base.folding import Folding
from luoshi.base.histories import History
from luoshi.base.memory import without_collecting
from luoshi.base.models import JournalEntry, Line, Spell, Thread
from luoshi.base.rows import Row, insert
from luoshi.base.spells import stored_columns
from luoshi.base.threads import ThreadKind, entries_of, entries_of_all, kinds
from luoshi.base.written import store_rows
from luoshi.rules.journal import Entry

_ENTRIES_AT_ONCE = 2000
_THREADS_AT_ONCE = 300  # that many ids every database takes in one statement


@dataclass(slots=True)
class Difference:
    """One row that the journal gives otherwise: ``missing``, ``extra`` or ``differs``."""

    table: str
    thread: UUID
    what: str
    stands: dict[str, Any] = field(default_factory=dict)
    should_be: dict[str, Any] = field(default_factory=dict)


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


def rebuilt(*, district: UUID, write: bool = False) -> Iterator[list[Difference]]:
    """Yield thread by thread what differs (an empty list: nothing); ``write`` puts it right."""
    around = _Around(district)
    for heads in _some_at_once(district):
        with transaction.atomic(), without_collecting():
            ids = [head.pk for head in heads]
            list(Thread.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
            # nobody appends meanwhile, not even to the standards that they are judged by
            line = Line.objects.select_for_update().get(pk=district)
            around.refresh(line.last_number)
            found = _rebuilt_at_once(heads, around, write=write)
        yield from found
    yield from _strays(district, write=write)


def _some_at_once(district: UUID) -> Iterator[list[Thread]]:
    """Yield the threads of known kinds, some at a time: about as many entries each time."""
    heads = Thread.objects.filter(district=district, kind__in=kinds()).order_by("last_number")
    some: list[Thread] = []
    entries = 0
    for head in heads.iterator():
        some.append(head)
        entries += head.count
        if entries >= _ENTRIES_AT_ONCE or len(some) == _THREADS_AT_ONCE:
            yield some
            some, entries = [], 0
    yield some


def _rebuilt_at_once(
    heads: list[Thread], around: "_Around", *, write: bool
) -> list[list[Difference]]:
    kind_of = {head.pk: kinds()[head.kind] for head in heads}
    entries = entries_of_all(kind_of)
    stands = _Stands(kind_of)
    found = []
    for thread, kind in kind_of.items():
        once_more = _refold(kind, thread, entries[thread], around)
        differences = _compare(once_more, stands)
        if differences and write:
            _swap(once_more)
        found.append(differences)
    return found


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


def _refold(kind: ThreadKind, thread: UUID, entries: list[Entry[Any]], around: _Around) -> Folding:
    """Fold the thread entry by entry, so that every state of knowledge comes out again.

    Its rows may have changed with its own entries, with those of the threads it leans on, and with
    the standards since.
    """
    folding = _begun(kind, around.district, thread)
    folding.open_books(are_stored=False)
    others = {
        other: _begun(kind, around.district, other)
        for other in {each for entry in entries for each in kind.leans_on(entry.fact)}
    }
    coming: dict[int, tuple[Folding, Entry[Any]]] = {}
    for each in others.values():
        coming |= {entry.number: (each, entry) for entry in entries_of(each.thread, kind)}
    coming |= {entry.number: (folding, entry) for entry in entries}
    standards = around.numbers(kind)
    first = entries[0].number if entries else 0
    later = standards[bisect_right(standards, first) :]
    for number in sorted({*coming, *later}):
        if number in coming:
            growing, entry = coming[number]
            growing.take(entry)
        if number >= first:
            known = {other: each.history.days for other, each in others.items()}
            folding.tell(around.at(kind, number), known, number)
    return folding


def _begun(kind: ThreadKind, district: UUID, thread: UUID) -> Folding:
    return Folding(kind, district, thread, History(kind, [], []))


def _values(row: models.Model) -> dict[str, Any]:
    return {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields}


class _Stands:
    """The rows and spells that stand of some threads, read table by table."""

    def __init__(self, kind_of: Mapping[UUID, ThreadKind]) -> None:
        by_kind: dict[str, list[UUID]] = {}
        for thread, kind in kind_of.items():
            by_kind.setdefault(kind.name, []).append(thread)
        self.rows: dict[UUID, models.Model] = {}
        self._spells: dict[tuple[type[Spell], UUID], set[Row]] = {}
        for name, threads in by_kind.items():
            kind = kinds()[name]
            self.rows |= kind.row._default_manager.in_bulk(threads)
            for model in kind.spells:
                self._read(model, threads)

    def _read(self, model: type[Spell], threads: list[UUID]) -> None:
        spells = model._default_manager.filter(thread__in=threads)
        for row in spells.values_list(*stored_columns(model)):
            self._spells.setdefault((model, row[1]), set()).add(row)

    def spells(self, model: type[Spell], thread: UUID) -> set[Row]:
        """Return the spells of a thread in the order of ``stored_columns``."""
        return self._spells.get((model, thread), set())


def _compare(once_more: Folding, stands: _Stands) -> list[Difference]:
    thread = once_more.thread
    found = _compare_row(once_more, stands.rows.get(thread))
    for model, spells in once_more.unwritten():
        should, stand = set(spells), stands.spells(model, thread)
        if should == stand:
            continue
        table, columns = model._meta.db_table, stored_columns(model)
        for what, rows in (("extra", stand - should), ("missing", should - stand)):
            found += [
                Difference(table, thread, what, dict(zip(columns, row, strict=True)))
                for row in rows
            ]
    return found


def _compare_row(once_more: Folding, stands: models.Model | None) -> list[Difference]:
    row = once_more.row()
    stood = _values(stands) if stands else {}
    should = _values(row) if row else {}
    if stood == should:
        return []
    what = "differs" if stood and should else "missing" if should else "extra"
    table = once_more.kind.row._meta.db_table
    return [Difference(table, once_more.thread, what, stood, should)]


def _swap(once_more: Folding) -> None:
    """Write the rows as the journal gives them, in the transaction in which they were compared."""
    for model, spells in once_more.unwritten():
        model._default_manager.filter(thread=once_more.thread).delete()
        insert(model, stored_columns(model), spells)
    row_model, row = once_more.kind.row, once_more.row()
    if row is None:
        row_model._default_manager.filter(pk=once_more.thread).delete()
    else:
        store_rows(row_model, [row])
