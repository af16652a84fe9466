"""What a verb on many matters needs to know of each."""

from datetime import date
from uuid import UUID

from luoshi.ledger import queries
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import state_on
from luoshi.rules.ledger import law
from luoshi.rules.ledger.state import MatterState


def state_now(visitor: Visitor, matter_id: UUID, *, day: date) -> MatterState:
    """Return a matter as it stands on a day, as known now. Raises NotFound."""
    return state_on(queries.history_of(visitor, matter_id), day, law=law)
