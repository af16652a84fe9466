"""Of which place a report is: the district's own is written as none."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from luoshi.organisation.queries import Visitor, district_named
from luoshi.rules.intake.of_place import other_place

if TYPE_CHECKING:
    from luoshi.intake.models import ReportDocument

LONGEST_PLACE = 100


def own_name(visitor: Visitor) -> str:
    """Return what the district is called, "" before it has a name."""
    district = district_named(visitor.district)
    return district.name if district else ""


def place_from(visitor: Visitor, said: str) -> str:
    """Return a place as it is kept: "" for the district itself, also where its name was typed.

    Reports of one place are followed together, so the district must not be two.
    """
    place = said.strip()[:LONGEST_PLACE]
    return "" if place == own_name(visitor) else place


@dataclass(frozen=True, slots=True)
class Doubt:
    """A report without a place counts as one of ``own``; its text says that it is of ``place``."""

    place: str
    own: str


def doubted_place(visitor: Visitor, document: "ReportDocument", text: str) -> Doubt | None:
    """Return whose report a text says to be, where no place was given and it is another one."""
    if document.place or document.state == "withdrawn":
        return None
    own = own_name(visitor)
    place = other_place(f"{document.title}\n{text}", own)
    return Doubt(place, own) if place else None
