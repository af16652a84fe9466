"""The town of the ledger's tests, whose people have accounts, and a receiver on this machine."""

import pytest

from luoshi.organisation import commands as organisation
from tests.exchange.receiver import Receiver
from tests.holders import found_post_of, name_to
from tests.ledger.conftest import founded_town, snapshot, town
from tests.ledger.town import FOUNDED, LEAD, OFFICE, STRANGER, SUPPORT

__all__ = ["founded_town", "people", "receiver", "snapshot", "town"]


class People:
    """Officers of some units at their posts, each with an account."""

    def __init__(self, town):
        self.town = town
        self.accounts = {}
        for unit, role in ((OFFICE, "office"), (LEAD, ""), (SUPPORT, ""), (STRANGER, "")):
            person = town.id("person", unit)
            post = town.post(unit)
            if role:
                post = town.id("desk", unit)
                found_post_of(
                    town, post, name=f"{unit}值班岗", unit=town.unit(unit), role=role, on=FOUNDED
                )
            name_to(town, post, person, on=FOUNDED)
            self.accounts[unit] = organisation.make_account(
                login=f"{unit}.{town.seed.hex[:6]}",
                password=None,
                person=person,
                district=town.district,
            )

    def actor(self, unit):
        """Who acts at the desk of a unit today."""
        from django.utils import timezone

        from luoshi.organisation.queries import actor_for

        return actor_for(self.accounts[unit], None, day=timezone.localdate())


@pytest.fixture
def people(town):
    return People(town)


@pytest.fixture
def receiver(settings):
    """A system outside: a real server on loopback, to which the settings open the way."""
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8"
    with Receiver() as one:
        yield one
