"""Work that runs on units and posts: rooms above know of it, and are asked by the settings."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.utils.module_loading import import_string

from luoshi.organisation.queries.districts import Visitor


@dataclass(frozen=True, slots=True)
class Running:
    """Open work by the unit or post that answers for it, and of all of them, each counted once.

    Unit: matters; who has none is left out.
    """

    by_node: Mapping[UUID, int]
    total: int


class Runs(Protocol):
    """How a room counts its open work by the units and posts that answer for it."""

    def __call__(
        self, district: UUID, of: Collection[UUID], *, day: date, or_later: bool
    ) -> Running:
        """Return the open work on a day, ``or_later`` on that day or any after, as known now."""
        ...


def running_work(
    visitor: Visitor, of: Collection[UUID], *, day: date, or_later: bool = False
) -> Running:
    """Return how much open work some units and posts answer for."""
    found: Counter[UUID] = Counter()
    total = 0
    for path in settings.RUNNING_WORK:
        runs: Runs = import_string(path)
        running = runs(visitor.district, of, day=day, or_later=or_later)
        found.update(running.by_node)
        total += running.total
    return Running(dict(found), total)
