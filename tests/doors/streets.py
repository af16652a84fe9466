"""What the walk over all doors meets: posts of every role, matters in every relation to them."""

from copy import deepcopy
from uuid import uuid4

import pytest
from django.test import Client

from luoshi.organisation import commands as organisation
from luoshi.organisation.models import Account
from luoshi.rules.rights import Role, Scope
from tests.holders import found_post_of, name_to
from tests.ledger.town import BELOW, DAY, FOUNDED, LEAD, STRANGER, SUPPORT, Town

OWN, SUPPORTED, LOWER, SIBLING, NAMED = "own", "supported", "lower", "sibling", "named"
SCOPES = {  # how a matter stands to a post of LEAD
    OWN: {Scope.MATTER, Scope.DISTRICT},
    SUPPORTED: {Scope.SUPPORTED, Scope.DISTRICT},
    LOWER: {Scope.DISTRICT},
    SIBLING: {Scope.DISTRICT},
    NAMED: {Scope.DISTRICT},
}
ROLES = list(Role)
SIGNED_IN = tuple(role for role in Role if role != Role.PUBLIC)
# A role is judged by the table alone, whatever the database; what stands in that is read alike for
# all, so on PostgreSQL these few read it.
SOME_ROLES_EVERYWHERE = [
    role
    if role in {Role.LEADER, Role.OFFICE, Role.OFFICER, Role.PUBLIC}
    else pytest.param(role, marks=pytest.mark.any_database)
    for role in ROLES
]


class Streets:
    """Town ``here`` with a post of every role in one unit of it, and town ``there``."""

    def __init__(self):
        self.here, self.there = Town("410103"), Town("410104")
        for role in SIGNED_IN:
            self._found_post(role)
        self.matters = {
            OWN: self._matter("D-1", LEAD),
            SUPPORTED: self._matter("D-2", STRANGER, LEAD),
            LOWER: self._matter("D-3", BELOW),
            SIBLING: self._matter("D-4", SUPPORT),
            NAMED: self._matter("D-5", STRANGER, verifier_unit=self.here.unit(LEAD)),
        }
        self.elsewhere = self.there.published("D-1")

    def opened(self):
        """Have everybody signed in, each in a browser of their own; give the streets."""
        self.clients = {role: self._client(role) for role in SIGNED_IN}
        self._cookies = {role: deepcopy(one.cookies) for role, one in self.clients.items()}
        return self

    def sign_in_again(self):
        """Give every browser the session it had, whatever a test did with it."""
        for role, cookies in self._cookies.items():
            self.clients[role].cookies = deepcopy(cookies)

    def client(self, role):
        """A browser of a post of that role; the public's is nobody's."""
        return self.clients[role] if role in self.clients else Client()

    def _client(self, role):
        client = Client(raise_request_exception=True)
        client.force_login(Account.objects.get(login=f"{role}@410103"))
        return client

    def _found_post(self, role):
        town = self.here
        post, person = town.id("role", role), town.id("who", role)
        unit = town.unit(LEAD)
        found_post_of(town, post, name=f"{role}岗", unit=unit, role=role.value, on=FOUNDED)
        name_to(town, post, person, on=FOUNDED)
        organisation.make_account(
            login=f"{role}@410103", password=None, person=person, district=town.district
        )

    def _matter(self, code, lead, *supporting, **given):
        town = self.here
        matter = town.published(code, **given)
        town.tell(
            "fix_responsibility",
            matter,
            lead_unit=town.unit(lead),
            responsible_post=town.post(lead),
            supporting_units=tuple(town.unit(one) for one in supporting),
            on=DAY,
        )
        return matter

    def samples(self):
        """What stands for each name in an address: something of one's own district."""
        town = self.here
        return {
            "matter_id": self.matters[OWN],
            "unit_id": town.unit(LEAD),
            "goal_id": town.goal("品质"),
            "post_id": town.post(LEAD),
            "digest": "0" * 64,
            "view_id": uuid4(),
            "person_id": town.id("who", Role.OFFICER),
            "contact_id": uuid4(),
            "import_id": uuid4(),
            "document_id": uuid4(),
            "number": 1,
            "start": 0,
            "end": 9,
            "account_id": Account.objects.get(login=f"{Role.LEADER}@410103").pk,
            "session_id": 1,
            "provider_id": "nobody",
            "secret": "nothing",
            "token_id": uuid4(),
            "notice_id": uuid4(),
            "submission_id": uuid4(),
            "ending": "csv",
            "link_id": uuid4(),
            "subscription_id": uuid4(),
            "subscription": uuid4(),
            "dispatch_id": uuid4(),
            "dispatch": uuid4(),
            "link": uuid4(),
            "verb": "report_progress",
        }
