"""Signing in by another house: a real OpenID provider on this machine, linked accounts only."""

import json
import re
from html import unescape
from urllib.parse import urljoin

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from oidc_provider_mock import run_server_in_thread

from luoshi.site.home import SecretsOpen, openid_connect

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of the provider's own code


@pytest.fixture(scope="module")
def provider():
    """A provider that runs in this process on a free port: its address."""
    with run_server_in_thread() as server:
        yield f"http://localhost:{server.server_port}"


@pytest.fixture
def linked_to(provider, settings, tmp_path):
    """The settings as the file of an operator gives them."""
    file = tmp_path / "openid-connect.json"
    one = {
        "id": "yushu",
        "name": "豫事办",
        "client_id": "luoshi",
        "secret": "s",
        "server": provider,
    }
    file.write_text(json.dumps([one]))
    file.chmod(0o600)
    settings.SOCIALACCOUNT_PROVIDERS = openid_connect(tmp_path)
    return provider


def go_there_and_back(client, answer, subject):
    """Follow to the provider, sign in there as a subject, come back: the last answer."""
    with requests.Session() as session:
        asked = session.get(answer, timeout=10)
        back = session.post(asked.url, data={"sub": subject}, allow_redirects=False, timeout=10)
    address = urljoin(asked.url, back.headers["Location"])
    return client.get(address.removeprefix("http://testserver"))


@pytest.fixture
def link(signed_in):
    """Link an identity to an account from its own page."""

    def linked(account, subject):
        client = signed_in(account)
        page = client.post("/account/identities/yushu/").content.decode()
        onward = unescape(re.search(r'href="(http://localhost[^"]+)"', page)[1])
        assert go_there_and_back(client, onward, subject)["Location"] == "/account/"
        return client

    return linked


def sign_in_by(subject):
    client = Client()
    return client, go_there_and_back(client, client.get("/sign-in/by/yushu/")["Location"], subject)


def test_a_linked_account_signs_in(linked_to, member, link):
    account = member()
    link(account, "zhang")
    assert SocialAccount.objects.get(user=account).provider == "yushu"
    client, answer = sign_in_by("zhang")
    assert answer["Location"] == "/board/"
    assert client.get("/board/").status_code == 200


def test_nobody_makes_an_account_by_an_identity(linked_to, snapshot, town):
    before = {k: v for k, v in snapshot().items() if k != "Session"}
    client, answer = sign_in_by("stranger")
    assert answer["Location"] == "/sign-in/"
    assert client.get("/board/").status_code == 302
    after = snapshot()
    assert {k: v for k, v in after.items() if k in {"Account", "SocialAccount"}} == {
        k: v for k, v in before.items() if k in {"Account", "SocialAccount"}
    }


def test_the_second_factor_is_asked_for_here_too_and_an_old_password_is_not(
    linked_to, member, link, second_factor, aged
):
    account = member()
    link(account, "li")
    aged(account, 200)
    assert sign_in_by("li")[1]["Location"] == "/board/"
    code = second_factor(account)
    client, answer = sign_in_by("li")
    assert answer["Location"] == "/sign-in/code/"
    assert client.post("/sign-in/code/", {"code": code()})["Location"] == "/board/"


def test_an_identity_belongs_to_one_account(linked_to, member, link):
    account, other = member(), member()
    link(account, "wang")
    link(other, "wang")
    assert [one.user for one in SocialAccount.objects.filter(uid="wang")] == [account]


def test_linking_begins_at_the_own_account_only_and_ends_there(linked_to, member, link):
    account = member()
    client = link(account, "zhao")
    assert client.get("/sign-in/by/yushu/?process=connect").status_code == 404
    assert Client().post("/account/identities/yushu/")["Location"].startswith("/sign-in/")
    assert client.get("/account/").context["identities"] == ["yushu"]
    client.post("/account/identities/yushu/drop/")
    assert client.get("/account/").context["identities"] == []
    assert sign_in_by("zhao")[1]["Location"] == "/sign-in/"


def test_a_forged_or_refused_return_is_told_and_opens_nothing(linked_to, town):
    client = Client()
    for query in ("", "?error=access_denied", "?code=1&state=forged"):
        assert client.get(f"/sign-in/by/yushu/back/{query}")["Location"] == "/sign-in/"
    assert client.get("/sign-in/").context["messages"]


def test_the_sign_in_page_names_the_other_houses(linked_to, town):
    assert "/sign-in/by/yushu/" in Client().get("/sign-in/").content.decode()


def test_without_a_provider_there_is_no_such_door(member, signed_in):
    assert Client().get("/sign-in/by/yushu/").status_code == 404
    assert signed_in(member()).post("/account/identities/yushu/").status_code == 404


def test_a_file_of_secrets_that_others_can_read_is_refused(tmp_path):
    assert openid_connect(tmp_path) == {}
    (tmp_path / "openid-connect.json").write_text("[]")
    (tmp_path / "openid-connect.json").chmod(0o644)
    with pytest.raises(SecretsOpen):
        openid_connect(tmp_path)
