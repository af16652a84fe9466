"""What a verb on many matters needs to know of each."""

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from luoshi.base.models import OPEN
from luoshi.ledger import queries
from luoshi.ledger.models import Matter, PartSpell
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import MatterState


def state_now(visitor: Visitor, matter_id: UUID, *, day: date) -> MatterState:
    """Return a matter as it stands on a day, as known now. Raises NotFound."""
    return state_on(queries.history_of(visitor, matter_id), day, law=law)


def codes_and_titles(district: UUID, matters: Collection[UUID]) -> Mapping[UUID, tuple[str, str]]:
    """Return code and title of those of some matters that the ledger holds now."""
    rows = Matter.objects.filter(district=district, pk__in=matters)
    return {
        matter: (code, title) for matter, code, title in rows.values_list("pk", "code", "title")
    }


def parts_among(matters: Collection[UUID]) -> frozenset[UUID]:
    """Return those of some matters that are parts of another one, as known now."""
    spells = PartSpell.objects.filter(part__in=matters, known_to=OPEN)
    return frozenset(spells.values_list("part", flat=True))
