"""A town whose posts are held by people with accounts, and browsers that sign in."""

import time
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from luoshi.accounts import commands
from luoshi.accounts.models import Password
from luoshi.organisation import commands as organisation
from luoshi.organisation.queries import actor_for
from tests.holders import found_post_of, name_to
from tests.ledger.conftest import founded_town, snapshot, town
from tests.ledger.town import FOUNDED, LEAD

__all__ = ["founded_town", "snapshot", "town"]
GOOD = "Luohu-2026-tai"
BETTER = "Xinmima-77-hao"
PERIOD = 30  # seconds of a one-time code


@pytest.fixture
def member(town):
    """Make somebody who holds a new post of a role, with an account and a good password."""

    def member_(role="officer", *, unit=LEAD, login=None, password=GOOD, person=None):
        person = person or uuid4()
        post = uuid4()
        name = f"{unit}{role}岗"
        found_post_of(town, post, name=name, unit=town.unit(unit), role=role, on=FOUNDED)
        name_to(town, post, person, on=FOUNDED)
        if password is ...:  # another post of the same person
            return None
        return organisation.make_account(
            login=login or f"{role}.{post.hex[:6]}",
            password=password,
            person=person,
            district=town.district,
        )

    return member_


@pytest.fixture
def acting():
    """Who an account acts as today."""
    return lambda account: actor_for(account, None, day=timezone.localdate())


@pytest.fixture
def second_factor():
    """Give an account a second factor; returns what tells the code of a moment."""

    def given(account):
        secret = generate_totp_secret()
        TOTP.activate(account, secret)
        RecoveryCodes.activate(account)
        return lambda steps=0: code_of(secret, steps)

    return given


def code_of(secret, steps=0):
    """The code of a secret now, or so many steps away."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // PERIOD + steps))


def secret_in(client):
    """The secret that a browser was shown to set up a second factor."""
    return client.session["mfa.totp.secret"]


@pytest.fixture
def enter():
    """Sign in by name and password from a browser of its own; returns browser and answer."""

    def enter_(login, password=GOOD, client=None, **given):
        client = client or Client()
        answer = client.post("/sign-in/", {"login": login, "password": password, **given})
        return client, answer

    return enter_


@pytest.fixture
def signed_in(enter, second_factor):
    """A browser in which somebody is signed in, past the second factor where there is one."""

    def signed_in_(account, code=None):
        client, answer = enter(account.login)
        if code is not None:
            answer = client.post("/sign-in/code/", {"code": code()})
        assert answer.status_code == 302, answer.content.decode()
        return client

    return signed_in_


@pytest.fixture
def administrator(member, second_factor, signed_in):
    """One of the three, signed in: account and browser."""

    def administrator_(role, **given):
        account = member(role, **given)
        return account, signed_in(account, second_factor(account))

    return administrator_


@pytest.fixture
def sent():
    """The hand of a command of accounts."""
    return lambda by: {"by": by, "at": timezone.now()}


@pytest.fixture
def aged():
    """Make an account's password some days older."""

    def aged_(account, days):
        commands.note_password(account, at=timezone.now())
        Password.objects.filter(account=account).update(
            set_at=timezone.now() - timedelta(days=days)
        )

    return aged_
