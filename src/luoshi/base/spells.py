"""Spells: what lists show on any day, as known at any number.

One set difference writes them, one filter reads them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import chain
from typing import Self
from uuid import UUID

from django.db.models import Q

from luoshi.base.models import OPEN, Spell
from luoshi.base.rows import Row, insert, replace

_HEAD = ("district", "thread", "known_from", "known_to")
_FRAME = ("district_id", "district", "thread", "known_from", "known_to")


@cache
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


@dataclass(slots=True)
class _Open:
    """Since which number a spell is known, and if the table has it."""

    known_from: int
    is_stored: bool = False


class SpellBook:
    """The open spells of one thread in one table, kept in step as knowledge grows.

    ``advance`` may be called for many entries before the outcome is stored; every state of
    knowledge in between is kept, so a bulk load leaves the same rows as single commands do.
    """

    __slots__ = (
        "_ended",
        "_open",
        "_past",
        "_rows",
        "columns",
        "district",
        "has_changed",
        "model",
        "thread",
    )

    def __init__(self, model: type[Spell], *, district: UUID, thread: UUID) -> None:
        self.model = model
        self.columns = columns_of(model)
        self.district = district
        self.thread = thread
        self._rows: list[Row] = []
        self._open: list[_Open] = []  # one for each of the rows
        # rows with known_from and known_to: stored ones to close, and those gone before a write
        self._ended: list[tuple[Row, int, int]] = []
        self._past: list[tuple[Row, int, int]] = []
        self.has_changed = False  # since it was settled

    def load(self) -> Self:
        """Read the open spells of the thread."""
        rows = self.model._default_manager.filter(thread=self.thread, known_to=OPEN)
        for *columns, known_from in rows.values_list(*self.columns, "known_from"):
            self._rows.append(tuple(columns))
            self._open.append(_Open(known_from, is_stored=True))
        return self

    def advance(self, wanted: list[Row], number: int) -> None:
        """Take the spells as known from ``number`` on: close what differs, open what is new.

        Rows that did not change are mostly the first ones, and the very same: they cost nothing.
        """
        if not self._rows and not wanted:
            return
        same = _same_at_first(self._rows, wanted)
        if same == len(self._rows) == len(wanted):
            return
        self.has_changed = True
        before = _by_first_day(self._rows[same:], self._open[same:])
        del self._open[same:]
        for row in wanted[same:]:
            self._open.append(_taken(before, row) or _Open(number))
        self._rows = wanted
        for row, was in chain.from_iterable(before.values()):
            if was.is_stored:
                self._ended.append((row, was.known_from, number))
            elif was.known_from < number:
                self._past.append((row, was.known_from, number))

    def unwritten(self) -> list[Row]:
        """Return the rows that are not stored yet, in the order of ``stored_columns``."""
        head = (self.district, self.thread)
        fresh = [
            (*head, known.known_from, OPEN, *row)
            for row, known in zip(self._rows, self._open, strict=True)
            if not known.is_stored
        ]
        return [(*head, since, until, *row) for row, since, until in self._past] + fresh

    def settled(self) -> tuple[list[Row], list[Row]]:
        """Return the rows to be stored, and keys and end of those that no longer hold.

        From here on all of them count as stored.
        """
        fresh = self.unwritten()
        ended = [(*self._key(row, since), until) for row, since, until in self._ended]
        for known in self._open:
            known.is_stored = True
        self._past, self._ended, self.has_changed = [], [], False
        return fresh, ended

    def _key(self, row: Row, known_from: int) -> Row:
        values = dict(zip(self.columns, row, strict=True)) | {
            "thread": self.thread,
            "known_from": known_from,
        }
        return tuple(values[name] for name in keys_of(self.model))


def _same_at_first(rows: list[Row], others: list[Row]) -> int:
    """Count the rows at the beginning of both lists that are the same."""
    same = 0
    for mine, theirs in zip(rows, others, strict=False):
        if mine is not theirs and mine != theirs:
            break
        same += 1
    return same


def _by_first_day(rows: list[Row], known: list[_Open]) -> dict[date, list[tuple[Row, _Open]]]:
    """Return rows by their first day: to hash all columns of a row takes much longer."""
    found: dict[date, list[tuple[Row, _Open]]] = {}
    for row, since in zip(rows, known, strict=True):
        found.setdefault(row[0], []).append((row, since))
    return found


def _taken(before: dict[date, list[tuple[Row, _Open]]], row: Row) -> _Open | None:
    """Take a row that stood before out of those; None where it did not stand."""
    alike = before.get(row[0], [])
    for place, (each, since) in enumerate(alike):
        if each == row:
            del alike[place]
            return since
    return None


class Spelled:
    """The spells of many threads that are to be stored."""

    def __init__(self, books: Iterable[SpellBook]) -> None:
        """Take what the books have to store; for them it is stored from here on."""
        self._fresh: dict[type[Spell], list[Row]] = {}
        self._ended: dict[type[Spell], list[Row]] = {}
        for book in books:
            if book.has_changed:
                fresh, ended = book.settled()
                self._fresh.setdefault(book.model, []).extend(fresh)
                self._ended.setdefault(book.model, []).extend(ended)

    def store(self) -> None:
        """Write the end of what no longer holds, and what holds instead."""
        for model, ended in self._ended.items():
            replace(model, keys_of(model), ["known_to"], ended)
        for model, fresh in self._fresh.items():
            insert(model, stored_columns(model), fresh)


@cache
def keys_of(model: type[Spell]) -> tuple[str, ...]:
    """Return the columns of a spell's key."""
    return tuple(field.attname for field in model._meta.pk_fields)
