"""The security administrator sees which post carries which roles, and takes them away."""

from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.accounts import commands
from luoshi.organisation.queries import last_entries, posts_of
from luoshi.rules.journal import ChangedMeanwhile
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.holders import found_post_of
from tests.ledger.town import FOUNDED, LEAD

TODAY = timezone.localdate


@pytest.fixture
def security(administrator):
    """The security administrator's account and browser."""
    return administrator("security")


@pytest.fixture
def head(member):
    """The account of a unit's head, and his post."""
    account = member("unit_head")
    (post,) = posts_of(account, day=TODAY())
    return account, post


def taking(by, post, roles=frozenset({"unit_head"}), **given):
    told = {
        "on": TODAY(),
        "expected": last_entries([post])[post],
        "command_id": uuid4(),
        "at": timezone.now(),
    }
    commands.withdraw_roles(post_id=post, roles=roles, by=by, **told | given)


def test_who_loses_his_roles_is_an_ordinary_officer_at_once(security, head, acting):
    account, post = head
    assert "unit_head" in acting(account).roles
    taking(acting(security[0]), post.id)
    assert "unit_head" not in acting(account).roles
    assert posts_of(account, day=TODAY())[0].duty == post.duty


def test_the_same_command_again_is_nothing_new_and_who_saw_less_is_told(security, head, acting):
    _account, post = head
    by, command, seen = acting(security[0]), uuid4(), last_entries([post.id])[post.id]
    taking(by, post.id, command_id=command, expected=seen)
    taking(by, post.id, command_id=command, expected=seen)
    with pytest.raises(ChangedMeanwhile):
        taking(by, post.id, expected=seen)


def test_only_the_security_administrator_takes_roles(head, member, acting):
    for role in ("office", "system", "auditor", "unit_head"):
        with pytest.raises(NotAllowed):
            taking(acting(member(role)), head[1].id)


def test_the_three_administrators_keep_theirs(security, administrator, acting):
    (post,) = posts_of(administrator("system")[0], day=TODAY())
    with pytest.raises(NotAllowed):
        taking(acting(security[0]), post.id, roles=frozenset({"system"}))
    assert security[1].get(f"/accounts/roles/{post.id}/").status_code == 404


def test_a_post_of_nowhere_is_not_found(security, acting):
    with pytest.raises(NotFound):
        taking(acting(security[0]), uuid4(), expected=0)
    assert security[1].get(f"/accounts/roles/{uuid4()}/").status_code == 404


def test_the_page_counts_roles_and_finds_posts(security, head):
    _account, client = security
    page = client.get("/accounts/roles/").content.decode()
    assert head[1].name in page
    assert "单位主要负责人" in page
    assert head[1].name in client.get("/accounts/roles/?role=unit_head&q=城管").content.decode()
    assert head[1].name not in client.get("/accounts/roles/?role=leader").content.decode()
    assert "没有找到岗位" in client.get("/accounts/roles/?q=nobody").content.decode()


def test_roles_are_taken_from_the_page(security, head, acting):
    account, post = head
    client = security[1]
    address = f"/accounts/roles/{post.id}/"
    page = client.get(address)
    hidden = {name: page.context["form"].initial[name] for name in ("expected", "command_id")}
    assert client.post(address, hidden).status_code == 422  # none was chosen
    stale = client.post(address, {**hidden, "roles": ["unit_head"], "expected": 0})
    assert stale.status_code == 422
    assert client.post(address, {**hidden, "roles": ["unit_head"]}).status_code == 302
    assert "unit_head" not in acting(account).roles
    assert client.get(address).status_code == 404  # nothing left to take


def test_the_list_asks_the_same_number_of_questions(security, town):
    client = security[1]

    def asked():
        client.get("/accounts/roles/")  # posts and units of a day are kept until one changes
        with CaptureQueriesContext(connection) as seen:
            client.get("/accounts/roles/")
        return len(seen)

    before = asked()
    for n in range(3):
        found_post_of(town, uuid4(), name=f"岗{n}", unit=town.unit(LEAD), role="judge", on=FOUNDED)
    assert asked() == before
