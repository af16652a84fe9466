"""The operations of the ledger, and what they share."""

from luoshi.base.api.operations import Asked, Room
from luoshi.clocks.surroundings import Surroundings, surroundings
from luoshi.ledger.listing import BeyondHorizon

router = Room("ledger")


def around(asked: Asked) -> Surroundings:
    """Return what colours of the day are judged with.

    Raises BeyondHorizon for a day that was named; of today there is always an answer.
    """
    found = surroundings(asked.actor.district, asked.known_at)
    if asked.is_named and asked.day > found.horizon:
        raise BeyondHorizon(horizon=found.horizon)
    return found
