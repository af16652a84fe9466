"""Every door, tried by every role: what opens is what the table of rights says, on any day."""

import re

import pytest
from django.test import Client
from django.utils.html import escape

from luoshi.base.models import JournalEntry
from luoshi.base.verbs import Verb, all_verbs
from luoshi.ledger import verbs
from luoshi.rules.rights import Role, Scope, is_granted
from luoshi.site.checks import doors, every_door_has_a_row
from tests.doors.streets import (
    LOWER,
    NAMED,
    OWN,
    ROLES,
    SCOPES,
    SIBLING,
    SIGNED_IN,
    SOME_ROLES_EVERYWHERE,
    SUPPORTED,
)

pytestmark = pytest.mark.early
RELATIONS = [OWN, SUPPORTED, LOWER, SIBLING, NAMED]
DAYS = ("", "?on=2020-06-01")
NAME_IN_ADDRESS = re.compile(r"<(?:\w+:)?(\w+)>")
OF_A_DISTRICT = {"matter_id", "unit_id", "goal_id", "post_id"}
VERIFYING = {"verify", "close_out"}


def addresses():
    """Every page of ours as (address with names, view); Django keeps none of its own.

    What has a verb for each method is a machine's: test_api_walk.py tries those.
    """
    return [(path, view) for path, view in doors() if not hasattr(view, "verbs")]


def filled(address, samples):
    """The address with what its names stand for; a name nobody knows is a door without samples."""
    return "/" + NAME_IN_ADDRESS.sub(lambda found: str(samples[found[1]]), address)


def opens(view, role, named=None):
    """Whether the table gives the role this door for anything at all."""
    return opens_to(view.verb if isinstance(view.verb, Verb) else view.verb(**(named or {})), role)


def opens_to(verb, role):
    """Whether the table gives the role this verb for anything at all."""
    return any(role == granted for granted, _scope in verb.grants)


def label_of(view, samples):
    """The words of a door's verb."""
    return (view.verb if isinstance(view.verb, Verb) else view.verb(verb=samples["verb"])).label


def is_turned_away(answer, role):
    """Whether the door stayed shut: a sign-in page for the public, a page in words for a post."""
    if role == Role.PUBLIC:
        return answer.status_code == 302 and "/sign-in/" in answer["Location"]
    return answer.status_code == 403


def test_every_door_has_a_row_in_the_table():
    assert every_door_has_a_row() == []


def test_a_door_without_a_row_is_found(monkeypatch):
    def bare(request):
        """A view that names no verb."""

    monkeypatch.setattr("luoshi.site.checks.doors", lambda: [("secret/", bare)])
    (found,) = every_door_has_a_row()
    assert found.id == "luoshi.E001"


@pytest.mark.any_database
@pytest.mark.parametrize("day", DAYS, ids=["today", "past"])
@pytest.mark.parametrize("role", ROLES)
def test_each_role_finds_open_what_the_table_opens(streets, told, role, day):
    client, samples = streets.client(role), streets.samples()
    for address, view in addresses():
        path = filled(address, samples) + day
        answer = client.get(path)
        shut = not opens(view, role, {"verb": samples["verb"]})
        assert is_turned_away(answer, role) == shut, (path, role, answer.status_code)
        assert answer.status_code < 500, path
        if shut and role != Role.PUBLIC:
            template, given = told[-1]
            assert (template, given["verb"].label) == ("403.html", label_of(view, samples)), path


@pytest.mark.parametrize("day", DAYS, ids=["today", "past"])
def test_each_page_is_shown_to_some_of_those_to_whom_it_opens(streets, day):
    samples = streets.samples()
    for n, (address, view) in enumerate(addresses()):
        path = filled(address, samples) + day
        roles = [role for role in ROLES if opens(view, role, {"verb": samples["verb"]})]
        for role in {roles[n % len(roles)], roles[(n + len(roles) // 2) % len(roles)]}:
            answer = streets.client(role).get(path)
            assert answer.status_code < 500, (path, role)
            assert not is_turned_away(answer, role), (path, role)


@pytest.mark.parametrize("role", ROLES)
def test_what_no_verb_is_called_is_no_page_for_anybody(streets, role):
    path = f"/matters/{streets.matters[OWN]}/dance/"
    assert streets.client(role).get(path).status_code == 404
    assert streets.client(role).post(path, {}).status_code == 404


def test_the_page_at_a_shut_door_says_what_is_done_behind_it(streets):
    samples, shown = streets.samples(), set()
    for address, view in addresses():
        label = escape(str(label_of(view, samples)))
        shut_to = [role for role in SIGNED_IN if not opens(view, role, {"verb": samples["verb"]})]
        for role in shut_to:
            if label in shown and role in shown:
                continue
            answer = streets.client(role).get(filled(address, samples))
            assert answer.status_code == 403
            assert label in answer.content.decode(), (address, role)
            shown |= {label, role}


@pytest.mark.any_database
@pytest.mark.parametrize("role", ROLES)
def test_writing_at_a_shut_door_changes_nothing(streets, told, role):
    client, samples = streets.client(role), streets.samples()
    before = JournalEntry.objects.count()
    for address, view in addresses():
        if opens(view, role, {"verb": samples["verb"]}):
            continue
        answer = client.post(filled(address, samples), {})
        assert is_turned_away(answer, role), (address, role, answer.status_code)
    assert JournalEntry.objects.count() == before


def may(verb, role, relation):
    """What the table says of a role and a matter that stands so to its unit."""
    if role == Role.PUBLIC:
        return False
    scopes = set(SCOPES[relation])
    if verb.name in VERIFYING:  # a doer never verifies; where a unit is named only that unit
        if relation == NAMED:
            scopes = {Scope.NAMED}
        elif relation in {OWN, SUPPORTED}:
            scopes = set()
    return is_granted(verb.grants, {role}, scopes)


@pytest.mark.any_database
@pytest.mark.parametrize("relation", RELATIONS)
@pytest.mark.parametrize("role", ROLES)
def test_the_form_of_a_verb_opens_to_whom_the_table_gives_the_matter(streets, told, role, relation):
    client, matter = streets.client(role), streets.matters[relation]
    for name, verb in verbs.ON_PAGES.items():
        for day in DAYS:
            answer = client.get(f"/matters/{matter}/{name}/{day}")
            is_open = may(verb, role, relation)
            assert (answer.status_code == 200) == is_open, (name, role, relation)
            assert is_open or is_turned_away(answer, role)


@pytest.mark.parametrize("relation", RELATIONS)
def test_the_form_of_a_verb_is_shown_to_one_and_shut_to_another(streets, relation):
    for n, (name, verb) in enumerate(verbs.ON_PAGES.items()):
        path = f"/matters/{streets.matters[relation]}/{name}/{DAYS[n % len(DAYS)]}"
        let_in = [role for role in ROLES if may(verb, role, relation)]
        shut_out = [role for role in ROLES if opens_to(verb, role) and role not in let_in]
        if let_in:
            page = streets.client(let_in[n % len(let_in)]).get(path)
            assert page.status_code == 200, path
            assert page.context["form"].fields
        if shut_out:
            role = shut_out[n % len(shut_out)]
            assert is_turned_away(streets.client(role).get(path), role), path


@pytest.mark.parametrize("role", SOME_ROLES_EVERYWHERE)
def test_the_page_of_a_matter_offers_nothing_that_would_be_refused(streets, role):
    client = streets.client(role)
    for relation, matter in streets.matters.items():
        page = client.get(f"/matters/{matter}/")
        if page.status_code != 200:
            continue
        offered = set(re.findall(rf"/matters/{matter}/(\w+)/", page.content.decode()))
        for name in offered & set(verbs.ON_PAGES):
            assert may(verbs.ON_PAGES[name], role, relation), (name, role, relation)


@pytest.mark.parametrize("role", SOME_ROLES_EVERYWHERE)
def test_nothing_of_another_district_is_reached(streets, told, role):
    client = streets.client(role)
    theirs = streets.there
    samples = streets.samples() | {
        "matter_id": streets.elsewhere,
        "unit_id": theirs.unit("城管局"),
        "goal_id": theirs.goal("品质"),
        "post_id": theirs.post("城管局"),
    }
    for address, view in addresses():
        if not OF_A_DISTRICT & set(NAME_IN_ADDRESS.findall(address)):
            continue
        for day in DAYS:
            answer = client.get(filled(address, samples) + day)
            shut = not opens(view, role, {"verb": samples["verb"]})
            assert is_turned_away(answer, role) if shut else answer.status_code == 404, address


@pytest.mark.parametrize("role", SOME_ROLES_EVERYWHERE)
def test_the_board_shows_nothing_of_another_district(streets, role):
    if not opens(dict(addresses())["board/"], role):
        return
    page = streets.client(role).get("/board/?on=2020-06-01").content.decode()
    assert str(streets.matters[OWN]) in page
    assert str(streets.elsewhere) not in page


def test_the_table_is_a_page_for_whoever_signed_in(streets):
    page = streets.client(Role.OFFICER).get("/rights/").content.decode()
    for verb in all_verbs().values():
        assert escape(str(verb.label)) in page
    assert Client().get("/rights/").status_code == 302
