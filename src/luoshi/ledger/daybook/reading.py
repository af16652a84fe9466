"""Daybooks as this process holds them: read once, then moved on by what was recorded since.

A book holds what was known at one entry, its edition. The entries after it name the matters that
may differ; only these are read again, with the wholes that lean on them. What cannot be followed
(another entry under the same number, a new calendar, very much at once) is read anew. So a book is
never behind, whoever wrote in whichever process, and the time it takes does not depend on the
number of matters.
"""

from collections import OrderedDict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from threading import RLock
from typing import Any
from uuid import UUID

from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast

from luoshi.base.kept import Edition, edition_of
from luoshi.base.memory import set_aside, without_collecting
from luoshi.base.spells import on_day
from luoshi.ledger.daybook.book import Daybook
from luoshi.ledger.daybook.columns import Columns, Line
from luoshi.ledger.following import Changes, changes_since
from luoshi.ledger.goals import matters_visible_to
from luoshi.ledger.models import MatterSpell, PartSpell, PlaceSpell
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
        book = Daybook(day, Columns(*_shown(visitor, day, edition)), known_at=edition.number)
    if len(book) >= MANY:
        set_aside()
    return _Held(edition, book)


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
        lines, parts = _shown(visitor, book.day, changes.edition, changes.matters)
        by_thread = {line.thread: line for line in lines}
        book.change([thread.hex for thread in changes.matters], by_thread, parts)


# ---- rows of the database


def _shown(
    visitor: Visitor, day: date, edition: Edition, among: Collection[UUID] | None = None
) -> tuple[list[Line], dict[str, tuple[str, ...]]]:
    """Return the lines and the parts of wholes on a day, of all matters or of some."""
    known = on_day(day, known_at=edition.number)
    spells: QuerySet[Any] = matters_visible_to(visitor, day=day, known_at=edition.number)
    places: QuerySet[Any] = PlaceSpell.objects.filter(known, district=visitor.district)
    parts: QuerySet[Any] = PartSpell.objects.filter(known, district=visitor.district)
    if among is not None:  # by their threads alone: SQLite would else go through the district
        models = (MatterSpell, PlaceSpell, PartSpell)
        spells, places, parts = (each.objects.filter(known, thread__in=among) for each in models)
    return _lines(spells, _pairs(places, "goal", UUID)), _pairs(parts, "part", _hex)


def _pairs(
    rows: QuerySet[Any], column: str, make: Callable[[str], Any]
) -> dict[str, tuple[Any, ...]]:
    """Return by thread what stands in a column of ids."""
    found: dict[str, tuple[Any, ...]] = {}
    texts = rows.annotate(t=_text("thread"), v=_text(column)).values_list("t", "v")
    threads, values = zip(*texts, strict=True) if texts else ((), ())
    for thread, value in zip(map(_hex, threads), _each_once(values, make), strict=True):
        found[thread] = (*found[thread], value) if thread in found else (value,)
    return found


def _lines(spells: QuerySet[Any], goals_of: Mapping[str, tuple[UUID, ...]]) -> list[Line]:
    """Return the lines; words, ids and figures that rows share are held once."""
    told = spells.annotate(**{f"{name}_text": _text(name) for name in AS_TEXT})
    asked = [f"{name}_text" if name in AS_TEXT else name for name in (*PLAIN, *NOTED)]
    rows = list(told.values_list(*asked))
    if not rows:
        return []
    columns = list(zip(*rows, strict=True))
    made = [
        _each_once(column, MADE.get(name, _same))
        for name, column in zip(PLAIN, columns, strict=False)
    ]
    notes = _each_once(zip(*columns[len(PLAIN) :], strict=True), _notes)
    goals = [goals_of.get(thread, ()) for thread in made[0]]
    return [Line._make(row) for row in zip(*made, notes, goals, strict=True)]


def _text(column: str) -> Cast:
    """Return a column as text: to read very many as what they are would take most of the time."""
    return Cast(column, CharField())


def _each_once(values: Iterable[Any], make: Callable[[Any], Any]) -> list[Any]:
    """Return what is made of each value; of equal ones once."""
    made: dict[Any, Any] = {None: None}
    return [made[one] if one in made else made.setdefault(one, make(one)) for one in values]


def _same(value: Any) -> Any:
    return value


def _hex(text: str) -> str:
    return text.replace("-", "")


def _millionths(amount: str) -> int:
    return int(Decimal(amount) * MILLION)


def _notes(told: tuple[Any, ...]) -> tuple[str, ...]:
    """Return the notes of a line from the columns that give them."""
    quantity, comparator, post, is_awaiting, submitted, is_answer_late = told
    notes = {
        "amount": quantity is not None,
        "ceiling": comparator.startswith("<"),
        "unowned": post is None,
        "awaiting": is_awaiting,
        "waiting": submitted is not None or is_answer_late,
    }
    return tuple(note for note, holds in notes.items() if holds)


MILLION = 10**6
PLAIN = Line._fields[:-2]
NOTED = (
    "quantity",
    "comparator",
    "responsible_post",
    "is_awaiting",
    "submitted",
    "is_answer_late",
)
AS_TEXT = {
    "thread",
    "lead_unit",
    "sponsoring_post",
    "responsible_post",
    "quantity",
    "achieved",
    "submitted",
}
MADE: Mapping[str, Callable[[Any], Any]] = {
    "thread": _hex,
    "lead_unit": UUID,
    "responsible_post": UUID,
    "sponsoring_post": UUID,
    "quantity": _millionths,
    "achieved": _millionths,
    "start": date.toordinal,
    "due": date.toordinal,
}
"""What is held of a column in place of what the database gives."""
