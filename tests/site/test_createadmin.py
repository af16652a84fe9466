"""``luoshi createadmin``: the office's account, and the first three administrators."""

from uuid import uuid4

import pytest
from django.utils import timezone

from luoshi.accounts.models import Password
from luoshi.organisation.models import Account
from luoshi.organisation.queries import posts_of, the_district
from luoshi.rules.rights import Role
from luoshi.rules.signing import AdministratorThere, LoginTaken
from luoshi.site.founding import DistrictUnnamed, Office, found_administrator, found_office
from tests.site.scratch import home, luoshi

GOOD = "Zhangwu-2026-tai"
OFFICE = {"code": "410103", "district": "二七区", "unit": "区政府办公室"}


@pytest.fixture
def found(db):
    """Found an account as the command line does."""

    def found_(login, role=None, **given):
        office = Office(login=login, password=GOOD, post="岗", **{**OFFICE, **given})
        hand = {"at": timezone.now(), "seed": uuid4()}
        if role is None:
            found_office(office, **hand)
        else:
            found_administrator(office, role, **hand)
        return Account.objects.get(login=login)

    return found_


def roles(account):
    return {role for post in posts_of(account, day=timezone.localdate()) for role in post.roles}


def test_the_offices_account_keeps_its_password(found):
    account = found("guan")
    assert roles(account) == {"office"}
    assert account.check_password(GOOD)
    assert not Password.objects.get(account=account).set_by_another
    with pytest.raises(LoginTaken):
        found("guan")


@pytest.mark.parametrize("is_first", [True, False])
def test_each_of_the_three_is_made_once_and_changes_the_password(found, is_first):
    if not is_first:
        found("guan")
    for role in (Role.SYSTEM, Role.SECURITY, Role.AUDITOR):
        account = found(f"{role}.one", role)
        assert roles(account) == {role}
        assert account.check_password(GOOD)
        assert Password.objects.get(account=account).set_by_another
    with pytest.raises(AdministratorThere):
        found("system.two", Role.SYSTEM)


def test_a_district_without_a_name_is_not_founded(found):
    with pytest.raises(DistrictUnnamed):
        found("system.one", Role.SYSTEM, code="", district="")
    assert the_district() is None


def test_the_command_makes_them_and_refuses_in_words(tmp_path):
    with home(tmp_path / "home") as env:
        env = env | {"LUOSHI_PASSWORD": GOOD}
        named = ("--district-code", "410103", "--district-name", "二七区")
        first = luoshi(env, "createadmin", "--login", "guan", *named)
        assert (first.returncode, first.stdout, first.stderr) == (0, "guan\n", "")
        made = luoshi(env, "createadmin", "--login", "xitong", "--role", "system")
        assert (made.returncode, made.stdout, made.stderr) == (0, "xitong\n", "")
        again = luoshi(env, "createadmin", "--login", "er", "--role", "system")
        assert (again.returncode, again.stdout) == (1, "")
        assert len(again.stderr.splitlines()) == 1
        weak = luoshi({**env, "LUOSHI_PASSWORD": "short"}, "createadmin", "--login", "ruo")
        assert (weak.returncode, weak.stdout) == (1, "")
        wrong = luoshi(env, "createadmin", "--login", "x", "--role", "king")
        assert (wrong.returncode, wrong.stdout) == (2, "")
