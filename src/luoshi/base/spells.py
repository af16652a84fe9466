"""Spells: what lists show on any day, as known at any number.

One set difference writes them, one filter reads them.
"""

from collections.abc import Iterable
from datetime import date
from typing import Self
from uuid import UUID

from django.db.models import Q

from luoshi.base.models import OPEN, Spell
from luoshi.base.rows import Row, insert

_HEAD = ("district", "thread", "known_from", "known_to")
_FRAME = ("district_id", "district", "thread", "known_from", "known_to")
_CLOSED_AT_ONCE = 100


def columns_of(model: type[Spell]) -> tuple[str, ...]:
    """Return the columns that make two spells the same.

    That is all but district, thread and the span of knowledge.
    """
    return tuple(f.attname for f in model._meta.concrete_fields if f.attname not in _FRAME)


def stored_columns(model: type[Spell]) -> tuple[str, ...]:
    """Return every column of a spell: district, thread, span of knowledge, then what is shown."""
    return (*_HEAD, *columns_of(model))


def on_day(day: date, *, known_at: int | None = None) -> Q:
    """Return the filter for what was so on a day, as known now or as known at a number."""
    knowledge = (
        Q(known_to=OPEN) if known_at is None else Q(known_from__lte=known_at, known_to__gt=known_at)
    )
    return knowledge & Q(from_day__lte=day, to_day__gt=day)


class SpellBook:
    """The open spells of one thread in one table, kept in step as knowledge grows.

    ``advance`` may be called for many entries before ``write`` stores the outcome; every state of
    knowledge in between is kept, so a bulk load leaves the same rows as single commands do.
    """

    def __init__(self, model: type[Spell], *, district: UUID, thread: UUID) -> None:
        self.model = model
        self.columns = columns_of(model)
        self.district = district
        self.thread = thread
        self._open: dict[Row, int] = {}  # columns -> known_from
        self._stored: set[Row] = set()
        self._ended: list[
            tuple[Row, int, int]
        ] = []  # stored rows to close: columns, known_from, known_to
        self._past: list[tuple[Row, int, int]] = []  # opened and closed since the last write

    def load(self) -> Self:
        """Read the open spells of the thread."""
        rows = self.model._default_manager.filter(thread=self.thread, known_to=OPEN)
        for *columns, known_from in rows.values_list(*self.columns, "known_from"):
            self._open[tuple(columns)] = known_from
        self._stored = set(self._open)
        return self

    def advance(self, wanted: Iterable[Row], number: int) -> None:
        """Take the spells as known from ``number`` on: close what differs, open what is new."""
        now = set(wanted)
        for row in [row for row in self._open if row not in now]:
            known_from = self._open.pop(row)
            if row in self._stored:
                self._stored.discard(row)
                self._ended.append((row, known_from, number))
            elif known_from < number:
                self._past.append((row, known_from, number))
        for row in now:
            self._open.setdefault(row, number)

    def unwritten(self) -> list[Row]:
        """Return the rows that are not stored yet, in the order of ``stored_columns``."""
        head = (self.district, self.thread)
        fresh = [
            (*head, since, OPEN, *row)
            for row, since in self._open.items()
            if row not in self._stored
        ]
        return [(*head, since, until, *row) for row, since, until in self._past] + fresh

    def close_ended(self) -> None:
        """Write the end of knowledge of the stored rows that no longer hold."""
        by_number: dict[int, list[Row]] = {}
        for row, known_from, number in self._ended:
            by_number.setdefault(number, []).append(self._key(row, known_from))
        for number, keys in by_number.items():
            for some in batched_keys(keys):
                self.model._default_manager.filter(pk__in=some).update(known_to=number)

    def write(self) -> None:
        """Store what differs from the table."""
        self.close_ended()
        insert(self.model, stored_columns(self.model), self.unwritten())

    def _key(self, row: Row, known_from: int) -> Row:
        values = dict(zip(self.columns, row, strict=True)) | {
            "thread": self.thread,
            "known_from": known_from,
        }
        return tuple(values[field.attname] for field in self.model._meta.pk_fields)


def batched_keys(keys: list[Row]) -> Iterable[list[Row]]:
    """Cut keys into the size that every database takes in one statement."""
    return (keys[i : i + _CLOSED_AT_ONCE] for i in range(0, len(keys), _CLOSED_AT_ONCE))
