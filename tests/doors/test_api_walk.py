"""Every operation, tried by every role and token: what opens is what the table of rights says."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.accounts import commands as accounts
from luoshi.accounts.models import ApiToken
from luoshi.base.models import JournalEntry
from luoshi.organisation.models import Account
from luoshi.rules.rights import Role
from luoshi.rules.tokens import TokenReach
from luoshi.site.checks import doors
from tests.api.answers import problem_of
from tests.doors.streets import SOME_ROLES_EVERYWHERE
from tests.doors.test_walk import NAME_IN_ADDRESS, OF_A_DISTRICT, filled

DAYS = ("", "?as_of=2020-06-01")


def operations():
    """Every operation as (address with names, method, verb)."""
    return [
        (address, method, verb)
        for address, view in doors()
        for method, verb in getattr(view, "verbs", {}).items()
    ]


class Knock:
    """Knocks at operations with the token of a role; the public has none."""

    def __init__(self, streets, role, reach=TokenReach.WRITE):
        self.client, self.secret = Client(), ""
        if role != Role.PUBLIC:
            account = Account.objects.get(login=f"{role}@410103")
            ApiToken.objects.filter(account=account).delete()
            made = accounts.make_token(
                account, post=streets.here.id("role", role), label="走门", reach=reach, days=1,
                day=timezone.localdate(), at=timezone.now(),
            )  # fmt: skip
            self.secret = made.secret

    def __call__(self, method, path):
        headers = {"Idempotency-Key": str(uuid4())}
        headers |= {"Authorization": f"Bearer {self.secret}"} if self.secret else {}
        content = "{}" if method != "GET" else ""
        return self.client.generic(
            method, path, content, content_type="application/json", headers=headers
        )


@pytest.fixture
def knock(streets):
    return lambda role, reach=TokenReach.WRITE: Knock(streets, role, reach)


def opens(verb, role):
    """Whether the table gives the role this verb for anything at all."""
    return any(role == granted for granted, _scope in verb.grants)


@pytest.mark.parametrize("role", SOME_ROLES_EVERYWHERE)
def test_each_role_finds_open_what_the_table_opens(streets, knock, role):
    samples, send = streets.samples(), knock(role)
    before = JournalEntry.objects.count()
    for address, method, verb in operations():
        for day in DAYS if method == "GET" else DAYS[:1]:
            answer = send(method, filled(address, samples) + day)
            told = (method, address, role, answer.status_code)
            assert answer.status_code < 500, told
            if role == Role.PUBLIC:
                problem_of(answer, 401, "token_missing")
            elif not opens(verb, role):
                refused = problem_of(answer, 403, "not_allowed")
                assert refused["facts"] == {"verb": verb.name}, told
            else:
                assert answer.status_code != 401, told
    assert JournalEntry.objects.count() >= before


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER, Role.SYSTEM])
def test_a_token_for_reading_opens_no_writing(streets, knock, role):
    samples, send = streets.samples(), knock(role, TokenReach.READ)
    before = JournalEntry.objects.count()
    for address, method, _verb in operations():
        if method != "GET":
            problem_of(send(method, filled(address, samples)), 403, "token_too_narrow")
    assert JournalEntry.objects.count() == before


@pytest.mark.parametrize("role", [Role.OFFICE, Role.OFFICER, Role.LEADER])
def test_nothing_of_another_district_is_reached(streets, knock, role):
    send, theirs = knock(role), streets.there
    samples = streets.samples() | {
        "matter_id": streets.elsewhere,
        "unit_id": theirs.unit("城管局"),
        "goal_id": theirs.goal("品质"),
        "post_id": theirs.post("城管局"),
    }
    for address, method, verb in operations():
        if (
            method == "GET"
            and opens(verb, role)
            and set(NAME_IN_ADDRESS.findall(address)) & OF_A_DISTRICT
        ):
            for day in DAYS:
                answer = send(method, filled(address, samples) + day)
                if day and answer.status_code == 422:  # it knows no day, and says so
                    told = problem_of(answer, 422, "not_valid")
                    assert told["facts"]["errors"][0]["pointer"] == "/query/as_of"
                else:
                    problem_of(answer, 404, "not_found")
    listed = json.dumps(send("GET", "/api/v1/matters?as_of=2020-06-01").json())
    assert str(streets.elsewhere) not in listed
