"""Who is let in by a token, who is not, and what it says to whoever is not."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.accounts import commands, queries
from luoshi.accounts.models import ApiToken
from luoshi.audit.models import AuditLine
from luoshi.audit.queries import verified_lines
from luoshi.organisation.queries import actor_for
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.tokens import PREFIX, TokenReach, TokenUnfit
from tests.api.answers import problem_of
from tests.api.conftest import Machine
from tests.holders import name_to
from tests.ledger.town import BELOW, DAY, LEAD, STRANGER

MATTERS = "/matters"


def test_a_token_lets_in_and_says_for_whom(machine, town):
    office = machine("office")
    told = office.get("/").json()
    assert told["district"] == str(town.district)
    assert (told["unit"], told["roles"]) == (str(town.unit(LEAD)), ["office"])
    assert told["last_entry"] > 0
    assert ApiToken.objects.get().last_used_on == timezone.localdate()


def test_only_the_digest_of_the_secret_is_kept(machine):
    office = machine("office")
    token = ApiToken.objects.get()
    assert office.secret.startswith(PREFIX)
    assert office.secret not in repr(ApiToken.objects.values_list())
    assert token.digest == queries.digest_of(office.secret)


@pytest.mark.parametrize(
    ("secret", "code"),
    [("", "token_missing"), ("ls_wrong", "token_unknown"), ("\u0661", "token_unknown")],
)
def test_nobody_is_let_in_by_a_wrong_one(town, secret, code):
    answer = Machine(secret).get(MATTERS)
    problem_of(answer, 401, code)
    assert answer["WWW-Authenticate"].startswith("Bearer")


def test_a_token_ends(machine):
    old = machine("office", days=10, at=timezone.now() - timedelta(days=11))
    told = problem_of(old.get(MATTERS), 401, "token_expired")
    assert "facts" in told


def test_what_was_taken_back_lets_nobody_in(machine, town):
    office = machine("office")
    actor = actor_for(office.account, None, day=timezone.localdate())
    commands.revoke_token(office.token.pk, by=actor, day=timezone.localdate(), at=timezone.now())
    problem_of(office.get(MATTERS), 401, "token_revoked")


def test_a_closed_account_lets_nobody_in_and_its_tokens_stay_void(machine):
    office, system = machine("office"), machine("system")
    by = actor_for(system.account, None, day=timezone.localdate())
    commands.disable_account(office.account, by=by, at=timezone.now())
    problem_of(office.get(MATTERS), 401, "token_revoked")
    commands.enable_account(office.account, by=by)
    problem_of(office.get(MATTERS), 401, "token_revoked")


def test_a_post_that_is_no_longer_held_lets_nobody_in(machine, town):
    officer = machine("officer")
    name_to(town, officer.token.post, uuid4(), on=DAY)
    problem_of(officer.get(MATTERS), 401, "token_post_gone")


def test_a_token_for_reading_writes_nothing(machine, town):
    matter = town.assigned()
    officer = machine("officer", reach=TokenReach.READ)
    assert officer.get(MATTERS).status_code == 200
    told = problem_of(
        officer.post(f"/matters/{matter}/report_progress", {}), 403, "token_too_narrow"
    )
    assert told["facts"] == {"verb": "report_progress", "reach": "read"}


def test_a_token_for_some_verbs_does_no_other(machine):
    narrow = machine("office", verbs_named=["read_ledger"])
    assert narrow.get(MATTERS).status_code == 200
    problem_of(narrow.get("/"), 403, "token_too_narrow")


def test_a_session_counts_for_nothing_but_the_schema(machine, town):
    office = machine("office")
    browser = Client()
    browser.force_login(office.account)
    problem_of(browser.get("/api/v1/matters"), 401, "token_missing")
    problem_of(browser.post(f"/api/v1/matters/{uuid4()}/accept"), 401, "token_missing")
    assert browser.get("/api/v1/openapi.json").status_code == 200
    problem_of(Client().get("/api/v1/openapi.json"), 401, "token_missing")


def test_the_audit_list_names_the_token_and_still_holds(machine, town):
    matter = town.assigned()
    officer = machine("officer")
    officer.post(f"/matters/{matter}/report_progress", {"measured_on": "2020-03-02"})
    (line,) = AuditLine.objects.filter(district=town.district)
    assert (line.verb, line.token) == ("report_progress", officer.token.pk)
    assert list(verified_lines(district=town.district)) == [1]


def test_tokens_of_others_are_taken_back_by_administrators_and_the_unit_s_own(machine, town):
    day, at = timezone.localdate(), timezone.now()
    mine = machine("officer", unit=BELOW)
    for role, unit, may in (
        ("unit_admin", STRANGER, False),
        ("office", LEAD, False),
        ("unit_admin", LEAD, True),
        ("system", LEAD, False),
        ("security", LEAD, True),
    ):
        by = actor_for(machine(role, unit=unit).account, None, day=day)
        if may:
            commands.revoke_token(mine.token.pk, by=by, day=day, at=at)
        else:
            with pytest.raises(NotAllowed):
                commands.revoke_token(mine.token.pk, by=by, day=day, at=at)
    with pytest.raises(NotFound):
        commands.revoke_token(uuid4(), by=by, day=day, at=at)


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"label": " "}, "label"),
        ({"label": "长" * 61}, "label"),
        ({"days": 0}, "days"),
        ({"days": 367}, "days"),
        ({"verbs_named": ["fly"]}, "verbs"),
    ],
)
def test_no_token_is_made_without_a_name_for_ever_or_for_nothing(machine, given, why):
    account = machine("office").account
    asked = {"label": "一个", "days": 30, "verbs_named": ()} | given
    with pytest.raises(TokenUnfit) as refused:
        commands.make_token(
            account, post=ApiToken.objects.get().post, reach=TokenReach.READ,
            day=timezone.localdate(), at=timezone.now(), **asked,
        )  # fmt: skip
    assert refused.value.facts["why"] == why


def test_nobody_has_more_than_so_many_or_one_for_a_post_of_another(machine, monkeypatch):
    monkeypatch.setattr("luoshi.rules.tokens.MOST_TOKENS", 1)
    account = machine("office").account
    asked = {"label": "又一个", "reach": TokenReach.READ, "days": 1}
    now = {"day": timezone.localdate(), "at": timezone.now()}
    with pytest.raises(TokenUnfit) as refused:
        commands.make_token(account, post=ApiToken.objects.get().post, **asked, **now)
    assert refused.value.facts["why"] == "many"
    monkeypatch.setattr("luoshi.rules.tokens.MOST_TOKENS", 9)
    with pytest.raises(NotFound):
        commands.make_token(account, post=uuid4(), **asked, **now)
