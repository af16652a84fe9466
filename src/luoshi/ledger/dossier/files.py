"""The files behind a matter's entries."""

from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.models import StoredFile
from luoshi.base.texts import texts_of
from luoshi.ledger import inside, queries
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law


def evidence_in(fact: Any) -> tuple[f.Evidence, ...]:
    """Return the files behind a fact: of a report, of what waits, and the signed sheet."""
    if isinstance(fact, f.Submitted):
        fact = fact.what
    released = getattr(fact, "released", None)
    sheet = released.sheet if released is not None else ()
    return (*getattr(fact, "evidence", ()), *sheet)


def evidence_file(visitor: Visitor, matter_id: UUID, digest: str) -> StoredFile | None:
    """Return a stored file of one matter of the visitor's district.

    None for one that stands in nothing but what waits inside another unit.
    """
    stored = StoredFile.objects.filter(
        district=visitor.district, thread=matter_id, digest=digest
    ).first()
    if stored is None:
        return None
    entries = queries.history_of(visitor, matter_id)
    unseen = inside.unseen(visitor, entries, state_on(entries, date.max, law=law))
    return None if inside.withheld(matter_id, unseen, [digest]) else stored


def evidence_name(visitor: Visitor, matter_id: UUID, digest: str) -> tuple[str, str]:
    """Return name and media type of an evidence file, as its report has them."""
    texts = texts_of(matter_id)
    for entry in queries.history_of(visitor, matter_id):
        for each in evidence_in(entry.fact):
            if each.content == digest:
                return texts.get(each.name) or "evidence", each.media_type
    return "evidence", "application/octet-stream"
