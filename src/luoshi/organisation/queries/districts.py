"""Districts, and who asks for their rows."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol
from uuid import UUID

from django.db.models import F, QuerySet

from luoshi.base.kept import Edition, edition_of_kind
from luoshi.organisation.models import District
from luoshi.organisation.projection import DISTRICTS
from luoshi.rules.refusals import NotFound


class Visitor(Protocol):
    """Who asks: all that a query needs to know is the district."""

    @property
    def district(self) -> UUID:
        """Return the district whose rows may be seen."""
        ...


@dataclass(frozen=True, slots=True)
class DistrictVisitor:
    """Whoever asks for a district's rows from the command line of its own server."""

    district: UUID


def the_district(code: str | None = None) -> District | None:
    """Return the district of a code, or the first one: a simulated one only if it is alone."""
    found = districts()
    return found.filter(code=code).first() if code else found.first()


def districts() -> QuerySet[District]:
    """Return every district of this ledger, the simulated ones last."""
    return District.objects.order_by(F("seed").asc(nulls_first=True), "founded_on", "id")


def district_named(district: UUID) -> District | None:
    """Return a district by its id."""
    edition = edition_of_kind(district, DISTRICTS.name)
    return _district(edition) if edition.number else _row(district)


def _row(district: UUID) -> District | None:
    return District.objects.filter(pk=district).first()


@lru_cache(maxsize=64)
def _district(edition: Edition) -> District | None:
    """Return the row as the district's own thread tells it, which nobody changes."""
    return _row(edition.district)


def visitor_of(code: str | None) -> DistrictVisitor:
    """Return a visitor of the district of a code, or of the first one.

    Raises NotFound where there is none.
    """
    district = the_district(code)
    if district is None:
        raise NotFound(what="district")
    return DistrictVisitor(district.pk)
