"""Inviting officers: who may, what the link gives, and that nobody else knows the password."""

from datetime import UTC, datetime, time, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.accounts import commands, queries
from luoshi.accounts.models import Link
from luoshi.organisation import commands as organisation
from luoshi.organisation.models import Account
from luoshi.organisation.queries import posts_of
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.signing import LinkVoid, LoginTaken
from tests.accounts.conftest import GOOD
from tests.holders import found_post_of
from tests.ledger.town import BELOW, FOUNDED, LEAD, OFFICE, STRANGER

TODAY = timezone.localdate


@pytest.fixture
def vacant(town):
    """Found a vacant post of a unit."""

    def vacant_(unit=LEAD, role="officer"):
        post = uuid4()
        name = f"{unit}承办岗"
        found_post_of(town, post, name=name, unit=town.unit(unit), role=role, on=FOUNDED)
        return post

    return vacant_


@pytest.fixture
def invite(sent):
    """Invite somebody to a post."""

    def invite_(by, post, login="new.officer"):
        return commands.invite_officer(
            login=login, post_id=post, on=TODAY(), command_id=uuid4(), **sent(by)
        )

    return invite_


@pytest.fixture
def unit_admin(member, acting):
    return acting(member("unit_admin"))


@pytest.fixture
def office(member, acting):
    return acting(member("office", unit=OFFICE))


def test_a_units_own_administrator_invites_to_posts_of_his_unit_and_below(
    unit_admin, vacant, invite
):
    for number, unit in enumerate((LEAD, BELOW)):
        post = vacant(unit)
        made = invite(unit_admin, post, f"new.{number}")
        assert [held.id for held in posts_of(made.account, day=TODAY())] == [post]
        assert not made.account.has_usable_password()


@pytest.mark.parametrize(
    ("unit", "role"),
    [(STRANGER, "officer"), (LEAD, "office"), (LEAD, "unit_admin"), (LEAD, "security")],
)
def test_he_gives_no_post_of_another_unit_and_none_of_more_weight(
    unit_admin, vacant, invite, snapshot, unit, role
):
    post = vacant(unit, role)
    before = snapshot()
    with pytest.raises(NotAllowed):
        invite(unit_admin, post)
    assert snapshot() == before


def test_the_office_invites_anywhere_but_not_to_the_three_administrators(office, vacant, invite):
    assert invite(office, vacant(STRANGER, "unit_head"), "head")
    for role in ("system", "security", "auditor"):
        with pytest.raises(NotAllowed):
            invite(office, vacant(OFFICE, role), role)


def test_an_officer_invites_nobody(member, acting, vacant, invite):
    with pytest.raises(NotAllowed):
        invite(acting(member()), vacant())


def test_a_held_post_a_taken_name_and_a_post_that_is_none_are_refused(office, vacant, invite):
    post = vacant()
    invite(office, post, "first")
    with pytest.raises(NotAllowed):
        invite(office, post, "second")
    with pytest.raises(LoginTaken):
        invite(office, vacant(), "first")
    with pytest.raises(NotFound):
        invite(office, uuid4(), "third")


# ---- the link


def test_the_invited_sets_a_password_once(office, vacant, invite, enter):
    made = invite(office, vacant())
    assert enter("new.officer", "")[1].status_code == 200
    client = Client()
    assert client.get(f"/link/{made.secret}/")["Location"] == "/link/"
    page = client.get("/link/")
    assert "new.officer" in page.content.decode()
    weak = {"password": "weak", "again": "weak"}
    assert client.post("/link/", weak).context["form"].errors
    sent = {"password": GOOD, "again": GOOD}
    assert client.post("/link/", sent)["Location"] == "/sign-in/"
    assert client.post("/link/", sent).status_code == 410
    assert enter("new.officer")[1]["Location"] == "/board/"


def test_only_the_digest_of_a_link_is_kept(office, vacant, invite):
    made = invite(office, vacant())
    assert made.secret not in repr(list(Link.objects.values_list()))


@pytest.mark.parametrize("spoilt", ["used", "too old", "replaced", "withdrawn", "disabled"])
def test_a_link_is_void_once_it_is(office, vacant, invite, sent, member, acting, spoilt):
    made = invite(office, vacant())
    match spoilt:
        case "used":
            commands.use_link(made.secret, GOOD, at=timezone.now())
        case "too old":
            Link.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        case "replaced":
            assert commands.renew_invitation(made.account, **sent(office)) != made.secret
        case "withdrawn":
            commands.withdraw_invitation(made.account, **sent(office))
        case "disabled":
            commands.disable_account(made.account, **sent(acting(member("system"))))
    with pytest.raises(LinkVoid):
        commands.use_link(made.secret, GOOD, at=timezone.now())
    assert Client().get("/link/").status_code == 410


def test_a_link_that_is_used_while_its_page_is_open_says_so(office, vacant, invite, monkeypatch):
    made = invite(office, vacant())
    client = Client()
    client.get(f"/link/{made.secret}/")

    def too_late(*_given, **_named):
        raise LinkVoid

    monkeypatch.setattr(commands, "use_link", too_late)
    assert client.post("/link/", {"password": GOOD, "again": GOOD}).status_code == 410


def test_only_those_who_may_invite_renew_and_only_what_waits(
    office, unit_admin, vacant, invite, sent, member, acting
):
    made = invite(office, vacant(STRANGER))
    with pytest.raises(NotAllowed):
        commands.renew_invitation(made.account, **sent(unit_admin))
    with pytest.raises(NotFound):
        commands.renew_invitation(member(), **sent(office))
    commands.use_link(made.secret, GOOD, at=timezone.now())
    with pytest.raises(NotFound):
        commands.withdraw_invitation(Account.objects.get(pk=made.account.pk), **sent(office))


def test_somebody_invited_who_holds_no_post_any_more_is_the_offices(
    office, unit_admin, vacant, invite, sent, town
):
    post = vacant()
    made = invite(office, post)
    organisation.hold_post(
        post_id=post,
        person=None,
        on=TODAY(),
        expected=queries.last_number_of(post),
        **{**town.hand(), "at": timezone.now()},
    )
    with pytest.raises(NotAllowed):
        commands.withdraw_invitation(made.account, **sent(unit_admin))
    commands.withdraw_invitation(made.account, **sent(office))


def test_after_midnight_it_is_the_day_of_the_district_not_of_utc(invite, office, vacant):
    made = invite(office, vacant())
    at = datetime.combine(TODAY(), time(0, 30), tzinfo=timezone.get_default_timezone()).astimezone(
        UTC
    )
    assert at.date() < TODAY()
    commands.renew_invitation(made.account, by=office, at=at)
    commands.withdraw_invitation(made.account, by=office, at=at)


# ---- the page


def test_the_page_invites_shows_the_link_once_and_lists_who_is_waited_for(
    member, signed_in, vacant, acting, invite, office
):
    invite(office, vacant(STRANGER), "elsewhere")
    post = vacant()
    client = signed_in(member("unit_admin"))
    page = client.get("/invitations/")
    assert str(post) in page.content.decode()
    sent = {"post": str(post), "login": "xin.ren", "command_id": str(uuid4())}
    made = client.post("/invitations/", sent)
    assert made.context["address"].startswith("http://testserver/link/")
    assert [one.account.login for one in made.context["waiting"]] == ["xin.ren"]
    assert "address" not in client.get("/invitations/").context
    again = client.post("/invitations/", {**sent, "post": str(vacant())})
    assert again.context["form"].errors["login"]
    bad = client.post("/invitations/", {**sent, "login": "two words"})
    assert bad.context["form"].errors["login"]
    key = Account.objects.get(login="xin.ren").pk
    renewed = client.post(f"/invitations/{key}/", {"renew": "1"})
    assert renewed.context["address"] != made.context["address"]
    assert client.post(f"/invitations/{key}/", {"withdraw": "1"}).status_code == 302
    assert client.get("/invitations/").context["waiting"] == []
    assert client.post(f"/invitations/{uuid4()}/", {"renew": "1"}).status_code == 404
    strange = Account.objects.get(login="elsewhere").pk
    assert client.post(f"/invitations/{strange}/", {"renew": "1"}).status_code == 302


def test_a_post_that_was_taken_meanwhile_is_told_at_the_form(
    member, signed_in, vacant, monkeypatch
):
    post = vacant()
    client = signed_in(member("unit_admin"))

    def taken(**_given):
        raise NotAllowed(verb="invite_officer")

    monkeypatch.setattr(commands, "invite_officer", taken)
    sent = {"post": str(post), "login": "xin.ren", "command_id": str(uuid4())}
    assert client.post("/invitations/", sent).context["form"].non_field_errors()
