"""What doors read of the journal itself."""

from uuid import UUID

from luoshi.base.models import Line, Thread


def lines(district: UUID | None = None) -> list[Line]:
    """Return the number lines here, or that of one district."""
    found = Line.objects.order_by("pk")
    return list(found.filter(pk=district) if district else found)


def count_threads(district: UUID) -> int:
    """Return how many threads a district has."""
    return Thread.objects.filter(district=district).count()
