"""What doors read of the journal itself."""

from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.models import JournalEntry, Line, Seal, Thread


def lines(district: UUID | None = None) -> list[Line]:
    """Return the number lines here, or that of one district.

    A district whose line was removed has one all the same, at nothing: verify says what is missing.
    """
    kept = {line.pk: line for line in Line.objects.all()}
    for model in (JournalEntry, Thread, Seal):
        for each in model._default_manager.values_list("district", flat=True).distinct():
            kept.setdefault(each, Line(district=each))
    return [kept[each] for each in sorted(kept) if district in {None, each}]


def count_threads(district: UUID) -> int:
    """Return how many threads a district has."""
    return Thread.objects.filter(district=district).count()


def entries_under(district: UUID, command_id: UUID) -> list[dict[str, Any]]:
    """Return what a command recorded, as whoever sent it keeps it; one query."""
    rows = JournalEntry.objects.filter(district=district, command_id=command_id)
    names = ("number", "thread", "no", "kind", "digest")
    # Sorted here, as in threads.in_order.
    return [dict(zip(names, row, strict=True)) for row in sorted(rows.values_list(*names))]


def day_of_command(district: UUID, command_id: UUID) -> date | None:
    """Return the day from which what a command recorded holds, None where it recorded nothing."""
    rows = JournalEntry.objects.filter(district=district, command_id=command_id)
    _number, day = min(rows.values_list("number", "on"), default=(0, None))
    return day
