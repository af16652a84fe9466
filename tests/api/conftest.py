"""A town with accounts and tokens, and a client that speaks JSON."""

import json
from uuid import uuid4

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client
from django.utils import timezone

from luoshi.accounts import commands as accounts
from luoshi.organisation import commands as organisation
from luoshi.rules.tokens import TokenReach
from tests.holders import found_post_of, name_to
from tests.ledger.conftest import founded_town, snapshot, town
from tests.ledger.town import FOUNDED, LEAD

__all__ = ["founded_town", "snapshot", "town"]


@pytest.fixture(autouse=True)
def _real_ledger(settings):
    """Nobody looks in without a token, and a test may write faster than a hand."""
    settings.IS_DEMO = False
    settings.OPENING_DAY = None
    settings.MOST_TRIES_A_MINUTE = settings.MOST_WRITES_A_MINUTE = 100_000


@pytest.fixture
def one_connection():
    """A server closes its connection after each request; here it is the test's."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


class Machine:
    """Another system with a token: what it sends is JSON, what it gets is read."""

    def __init__(self, secret, account=None, token=None):
        self.secret, self.account, self.token = secret, account, token
        self.client = Client()

    def headers(self, **more):
        bearer = {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        return bearer | {name.replace("_", "-"): value for name, value in more.items()}

    def get(self, path, query=None, **headers):
        return self.client.get(f"/api/v1{path}", query or {}, headers=self.headers(**headers))

    def rows(self, path, **query):
        """The rows of all pages of a list."""
        found, asked = [], dict(query)
        while True:
            answer = self.get(path, asked)
            assert answer.status_code == 200, answer.content
            page = answer.json()
            found += page["items"]
            if page["next"] is None:
                return found
            asked["cursor"] = page["next"]

    def post(self, path, body=None, *, key=None, **headers):
        return self.client.post(
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers=self.headers(Idempotency_Key=str(key or uuid4()), **headers),
        )


@pytest.fixture
def machine(town):
    """Make a machine whose token acts for a new post of a role in a unit."""

    def machine_(role="office", *, unit=LEAD, reach=TokenReach.WRITE, where=None, **given):
        there = where or town
        person, post = uuid4(), uuid4()
        found_post_of(there, post, name=f"{role}岗", unit=there.unit(unit), role=role, on=FOUNDED)
        name_to(there, post, person, on=FOUNDED)
        account = organisation.make_account(
            login=f"{role}.{post.hex[:6]}", password=None, person=person, district=there.district
        )
        made = accounts.make_token(
            account,
            post=post,
            label="收件系统",
            reach=reach,
            days=given.pop("days", 30),
            verbs_named=given.pop("verbs_named", ()),
            day=timezone.localdate(),
            at=given.pop("at", timezone.now()),
        )
        return Machine(made.secret, account, made.token)

    return machine_
