"""Tokens as their owner makes them, and as administrators see them."""

import re

from django.test import Client

from luoshi.accounts.models import ApiToken
from luoshi.rules.tokens import PREFIX
from tests.accounts.conftest import GOOD, acting, enter, member, second_factor, signed_in
from tests.api.conftest import Machine
from tests.ledger.town import BELOW, LEAD

__all__ = ["acting", "enter", "member", "second_factor", "signed_in"]
NEW = "/account/tokens/new/"


def asked(post, **more):
    return {"label": "数据中台", "post": str(post), "reach": "read", "days": "90"} | more


def test_a_token_is_made_shown_once_and_taken_back(member, signed_in, acting):
    account = member("office")
    browser, post = signed_in(account), acting(account).post
    page = browser.post(NEW, asked(post)).content.decode()
    (secret,) = re.findall(rf"{PREFIX}[\w-]+", page)
    assert Machine(secret).get("/").status_code == 200
    listed = browser.get("/account/tokens/").content.decode()
    assert "数据中台" in listed
    assert secret not in listed
    token = ApiToken.objects.get()
    browser.post(f"/account/tokens/{token.pk}/revoke/")
    assert Machine(secret).get("/").status_code == 401


def test_nobody_makes_one_at_a_screen_left_alone(member, signed_in, acting, settings):
    account = member("office")
    browser = signed_in(account)
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 0
    answer = browser.post(NEW, asked(acting(account).post))
    assert "/sign-in/again/" in answer["Location"]
    assert not ApiToken.objects.exists()
    settings.ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
    page = browser.post(answer["Location"], {"password": GOOD}).content.decode()  # goes on
    assert PREFIX in page
    assert ApiToken.objects.count() == 1


def test_what_cannot_be_is_said_at_the_form(member, signed_in, acting, monkeypatch):
    account = member("office")
    browser, post = signed_in(account), acting(account).post
    wrong = browser.post(NEW, asked("00000000-0000-0000-0000-000000000000", days="4000", verbs="x"))
    assert set(wrong.context["form"].errors) == {"post", "days", "verbs"}
    monkeypatch.setattr("luoshi.rules.tokens.MOST_TOKENS", 0)
    assert browser.post(NEW, asked(post)).context["form"].non_field_errors()


def test_a_unit_s_administrator_sees_the_tokens_of_his_unit_and_below(member, signed_in, acting):
    for unit in (BELOW, "教体局"):
        account = member("officer", unit=unit)
        signed_in(account).post(NEW, asked(acting(account).post, label=f"{unit}系统"))
    browser = signed_in(member("unit_admin", unit=LEAD))
    page = browser.get("/tokens/").content.decode()
    assert f"{BELOW}系统" in page
    assert "教体局系统" not in page
    theirs = ApiToken.objects.get(label="教体局系统")
    browser.post(f"/tokens/{theirs.pk}/revoke/")
    mine = ApiToken.objects.get(label=f"{BELOW}系统")
    browser.post(f"/tokens/{mine.pk}/revoke/")
    theirs.refresh_from_db()
    mine.refresh_from_db()
    assert theirs.revoked_at is None
    assert mine.revoked_at is not None
    assert Client().get("/account/tokens/").status_code == 302
