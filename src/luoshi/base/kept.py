"""What was counted once is not counted again until the district has a new entry (house.md §6)."""

from collections.abc import Callable, Iterable
from datetime import date
from functools import cache, lru_cache
from hashlib import sha256
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.core.cache import cache as answers
from django.db import connection
from django.db.models import QuerySet

from luoshi.base.models import OPEN, JournalEntry, Thread
from luoshi.base.prepared import Prepared

T = TypeVar("T")
Read = Callable[[UUID, date, int | None], Iterable[T]]
"""Reads what is so in a district on a day, as known now or at a number."""
_NEWEST = (
    "SELECT number, digest FROM journal_entry WHERE district = %s AND number <= %s"
    " ORDER BY number DESC LIMIT 1"
)
_NEWEST_OF_KIND = (
    "SELECT last_number, last_digest FROM journal_thread WHERE district = %s AND kind = %s"
    " ORDER BY last_number DESC LIMIT 1"
)
MOST_DAYS = 64  # of a kind, in the memory of a process
LONGEST = 60 * 60  # seconds: whatever was recorded, memory is given back


class Edition(NamedTuple):
    """Up to which entry a district's journal was read.

    The entry's digest stands beside its number: a number that was rolled back and given again is
    another edition. Before the first entry: 0 and nothing.
    """

    district: UUID
    number: int
    digest: str


def edition_of(district: UUID, *, known_at: int | None = None) -> Edition:
    """Return the edition of now, or of what was known at a number; one query."""
    # Every page asks this, some several times: putting the query together took longer than it.
    field = JournalEntry._meta.get_field("district")
    given = [field.get_db_prep_value(district, connection), OPEN if known_at is None else known_at]
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST, given)
        newest = cursor.fetchone()
    return Edition(district, *(newest or (0, "")))


def edition_of_kind(district: UUID, kind: str) -> Edition:
    """Return up to which entry a district's threads of a kind are known; one query."""
    field = Thread._meta.get_field("district")
    with connection.cursor() as cursor:
        cursor.execute(_NEWEST_OF_KIND, [field.get_db_prep_value(district, connection), kind])
        newest = cursor.fetchone()
    return Edition(district, *(newest or (0, "")))


def by_day(kind: str, read: Read[T]) -> Callable[[UUID, date, int | None], list[T]]:
    """Return a reader of what is so on a day, which reads anew when a thread of a kind has changed.

    What it reads must come from the threads of that kind alone, and be frozen.
    """

    @lru_cache(maxsize=MOST_DAYS)
    def at_hand(edition: Edition, day: date, known_at: int | None) -> tuple[T, ...]:
        return tuple(read(edition.district, day, known_at))

    def ask(district: UUID, day: date, known_at: int | None) -> list[T]:
        edition = edition_of_kind(district, kind)
        if not edition.number:  # rows without a journal: nothing tells when they change
            return list(read(district, day, known_at))
        return list(at_hand(edition, day, known_at))

    return ask


@cache
def _since(most: int) -> Prepared:
    """Return the query of the entries from a number on, at most so many of them."""

    def made(district: UUID, number: int, known_at: int | None) -> QuerySet[Any, Any]:
        entries = JournalEntry.objects.filter(district=district, number__gte=number)
        if known_at is not None:
            entries = entries.filter(number__lte=known_at)
        return entries.order_by("number").values_list("number", "digest", "thread")[:most]

    return Prepared(made, district=UUID, number=int, known_at=int)


def entries_since(
    edition: Edition, *, most: int, known_at: int | None = None
) -> dict[Edition, UUID] | None:
    """Return the editions after one, at most so many, each with its entry's thread; one query.

    None where the journal no longer has the edition: what was read must be read anew.
    """
    district = edition.district
    rows = _since(most + 1)(district=district, number=edition.number, known_at=known_at)
    found = {Edition(district, number, digest): thread for number, digest, thread in rows}
    if edition.number and found.pop(edition, None) is None:
        return None
    return found


def kept(district: UUID, name: str, asked: object, make: Callable[[], T]) -> T:
    """Return what ``make`` gave for the same question since the district's last entry.

    ``asked`` must tell itself whole by ``repr``.
    """
    edition = tuple(edition_of(district))
    key = sha256(repr((edition, name, asked)).encode()).hexdigest()
    found: T | None = answers.get(key)
    if found is None:
        found = make()
        answers.set(key, found, LONGEST)
    return found
