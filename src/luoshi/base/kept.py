"""What was counted once is not counted again until the district has a new entry (house.md §6)."""

from collections.abc import Callable
from hashlib import sha256
from typing import TypeVar
from uuid import UUID

from django.core.cache import cache

from luoshi.base.models import JournalEntry

T = TypeVar("T")
LONGEST = 60 * 60  # seconds: whatever was recorded, memory is given back


def kept(district: UUID, name: str, asked: object, make: Callable[[], T]) -> T:
    """Return what ``make`` gave for the same question since the district's last entry.

    ``asked`` must tell itself whole by ``repr``. The last entry's digest stands in the key: a
    number that was rolled back and given again is another one.
    """
    newest = JournalEntry.objects.filter(district=district).order_by("-number")
    edition = newest.values_list("number", "digest").first()
    key = sha256(repr((str(district), edition, name, asked)).encode()).hexdigest()
    found: T | None = cache.get(key)
    if found is None:
        found = make()
        cache.set(key, found, LONGEST)
    return found
