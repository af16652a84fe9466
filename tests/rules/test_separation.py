"""Three administrators kept apart: no two of them in one hand, none beside a ledger's post."""

import pytest

from luoshi.rules.rights import ADMINISTRATORS, READERS
from luoshi.rules.separation import AdministratorInTheLedger, AdministratorsMixed, check_apart


@pytest.mark.parametrize("role", ADMINISTRATORS)
def test_an_administrator_alone_is_right_and_so_are_two_posts_of_one_kind(role):
    check_apart([[role]])
    check_apart([[role], [role]])


@pytest.mark.parametrize("posts", [[["system"], ["auditor"]], [["security", "system"]]])
def test_two_administrators_are_never_one(posts):
    with pytest.raises(AdministratorsMixed) as refused:
        check_apart(posts)
    assert len(refused.value.facts["roles"]) == 2


@pytest.mark.parametrize("role", READERS)
def test_no_administrator_acts_in_the_ledger(role):
    for administrator in ADMINISTRATORS:
        for posts in ([[administrator], [role]], [[administrator, role]]):
            with pytest.raises(AdministratorInTheLedger):
                check_apart(posts)


def test_a_post_without_a_role_is_an_officers():
    with pytest.raises(AdministratorInTheLedger):
        check_apart([["auditor"], []])


def test_whoever_is_no_administrator_may_hold_any_posts():
    check_apart([[role] for role in READERS])
    check_apart([])
