"""What a matter's page says line by line: a label, its value, and what is to be said beside it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.urls import reverse

from luoshi.ledger.dossier import File

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

Fact = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Link:
    """A verb that the acting post may use."""

    label: "StrOrPromise"
    url: str


def fact_of(label: "StrOrPromise", value: "StrOrPromise", *, note: str = "", url: str = "") -> Fact:
    """Return a line; one without a value is marked as missing."""
    return {"label": label, "value": value, "is_missing": not value, "note": note, "url": url}


def files_of(matter_id: UUID, files: Iterable[File], on: date) -> Iterator[dict[str, Any]]:
    """Yield files with their addresses, as the page lists them."""
    for name, digest, size in files:
        url = reverse("evidence", args=[matter_id, digest])
        yield {"name": name, "url": url, "size": filesizeformat(size), "on": on}
