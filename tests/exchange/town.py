"""The town as another process finds it again."""

from datetime import UTC, datetime

from luoshi.base.journal import Actor
from tests.ledger.town import OFFICE, UNITS, Town

LATER = datetime(2022, 1, 15, 1, 0, tzinfo=UTC)


def town_again(district, seed):
    """A town that was founded before, by its ids."""
    town = Town.__new__(Town)
    town.seed, town.district = seed, district
    roles = {OFFICE: {"office"}}
    town.actors = {
        name: Actor(
            district=district,
            person=town.id("person", name),
            post=town.id("post", name),
            unit=town.id("unit", name),
            roles=frozenset(roles.get(name, {"officer"})),
        )
        for name, _ in UNITS
    }
    town.office = town.actors[OFFICE]
    return town
