"""The cap on asks, and the consents above it, as the journal keeps them."""

from uuid import UUID, uuid5

from luoshi.base.codec import Codec, FactKind
from luoshi.base.threads import ThreadKind
from luoshi.notices.models import Burden
from luoshi.rules import burden as law
from luoshi.rules.burden import AsksAllowed, BurdenState, CapSet


def burden_of(district: UUID) -> UUID:
    """Return the thread of a district's cap."""
    return uuid5(district, "burden")


def _burden(state: BurdenState, district: UUID, thread: UUID) -> Burden:
    return Burden(id=thread, district=district, asks_per_week=state.asks_per_week)


BURDENS = ThreadKind(
    name="burden",
    law=law,
    codec=Codec(
        (
            FactKind("burden.cap_set", CapSet),
            FactKind("burden.asks_allowed", AsksAllowed),
        )
    ),
    row=Burden,
    row_of=_burden,
)
