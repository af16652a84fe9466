"""Daybooks as this process holds them: read once, then moved on by what was recorded since.

A book holds what was known at one entry, its edition. The entries after it name the matters that
may differ; only these are read again, with the wholes that lean on them. What cannot be followed
(another entry under the same number, a new calendar, very much at once) is read anew. So a book is
never behind, whoever wrote in whichever process, and the time it takes does not depend on the
number of matters.
"""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from threading import RLock
from uuid import UUID

from luoshi.base.kept import Edition, edition_of
from luoshi.base.memory import set_aside, without_collecting
from luoshi.ledger.daybook.book import Daybook
from luoshi.ledger.daybook.columns import Columns, Line
from luoshi.ledger.daybook.shown import shown, turning
from luoshi.ledger.following import MOST_CHANGED, Changes, changes_since
from luoshi.organisation.queries import Visitor

MOST_ROWS = 300_000
"""So many rows are held by a process in all, but always the book asked for; some 600 bytes each."""
MANY = 10_000
"""From so many rows on, looking through them for unreachable circles would be felt by a page."""

_books: "OrderedDict[tuple[UUID, date, int | None], _Held]" = OrderedDict()
_lock = RLock()


@dataclass(slots=True)
class _Held:
    edition: Edition
    book: Daybook


@contextmanager
def open_daybook(visitor: Visitor, *, day: date, known_at: int | None = None) -> Iterator[Daybook]:
    """Give the book of a day, as known now or at a number; it does not change meanwhile.

    Other threads of the process wait meanwhile.
    """
    key = (visitor.district, day, known_at)
    with _lock:
        held = _books.pop(key, None)
        held = held and _followed(visitor, held, known_at)
        held = held or _turned(visitor, day, known_at)
        _books[key] = held = held or _read(visitor, day, known_at)
        _make_room()
        yield held.book


def forget_daybooks() -> None:
    """Give up every book of this process: the next to be asked for is read anew."""
    with _lock:
        _books.clear()


def _make_room() -> None:
    """Give up the books that were not asked for longest."""
    rows = sum(len(held.book) for held in _books.values())
    while rows > MOST_ROWS and len(_books) > 1:
        _key, held = _books.popitem(last=False)
        rows -= len(held.book)


def _read(visitor: Visitor, day: date, known_at: int | None) -> _Held:
    """Read a whole day; four queries."""
    edition = edition_of(visitor.district, known_at=known_at)
    with without_collecting():
        book = Daybook(day, Columns(*shown(visitor, day, edition)), known_at=edition.number)
    if len(book) >= MANY:
        set_aside()
    return _Held(edition, book)


def _turned(visitor: Visitor, day: date, known_at: int | None) -> _Held | None:
    """Turn the page of the day before: only what begins or ends between is read; ten queries.

    None where it is not at hand, or so much turns that the day is better read anew.
    """
    before = _books.get((visitor.district, day - timedelta(days=1), known_at))
    if before is None or before.book.is_worn:
        return None
    changes = changes_since(before.edition, known_at=known_at)
    turn = turning(visitor, day, changes.edition) if changes else ()
    if changes is None or len(turn) > MOST_CHANGED:
        return None
    book = before.book.turned(day)  # apart: whoever reads the day before may not be done
    matters = changes.matters.union(turn)
    _change(visitor, book, Changes(changes.edition, matters, changes.are_others))
    return _Held(changes.edition, book)


def _followed(visitor: Visitor, held: _Held, known_at: int | None) -> _Held | None:
    """Move a book on by what was recorded since; None where it must be read anew.

    One query where nothing was recorded, else at most six.
    """
    book = held.book
    changes = None if book.is_worn else changes_since(held.edition, known_at=known_at)
    if changes is None:
        return None
    if changes.edition != held.edition:
        _change(visitor, book, changes)
    return _Held(changes.edition, book)


def _change(visitor: Visitor, book: Daybook, changes: Changes) -> None:
    """Read again what is shown of the matters that may differ."""
    book.known_at = changes.edition.number
    book.forget(beside=changes.are_others)
    if changes.matters:
        columns, parts = shown(visitor, book.day, changes.edition, changes.matters)
        lines = (Line._make(row) for row in zip(*columns.values(), strict=True))
        by_thread = {line.thread: line for line in lines}
        book.change([thread.hex for thread in changes.matters], by_thread, parts)
