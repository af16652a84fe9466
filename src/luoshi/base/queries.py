"""What doors read of the journal itself."""

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
