"""The demo in the test database, built once for a run; clients signed in by post."""

from datetime import date

import pytest
from django.db import transaction
from django.test import Client

from luoshi.ledger.models import Matter
from luoshi.organisation.models import Account
from tests.site import demo_home

OPENING_DAY = date(2021, 1, 15)


@pytest.fixture(scope="module")
def built(django_db_setup, django_db_blocker, run_folder):
    """Erqi's facts in the test database."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield demo_home.built(run_folder)
        transaction.set_rollback(True)


@pytest.fixture
def demo(built, db, settings):
    """The demo, served as ``luoshi demo`` serves it."""
    settings.IS_DEMO = True
    settings.OPENING_DAY = OPENING_DAY
    return built


@pytest.fixture
def signed_in(demo):
    """A client signed in as the demo post of that name."""

    def signed_in_(post="区政府办公室演示岗"):
        client = Client()
        account = Account.objects.get(login=post)
        answer = client.post("/sign-in/", {"post": str(account.pk)})
        assert answer.status_code == 302
        return client

    return signed_in_


@pytest.fixture
def address(demo):
    """The address of the matter of a code."""
    return lambda code: f"/matters/{Matter.objects.get(code=code).pk}/"
