"""Three administrators kept apart: what each does, and that none does another's work."""

from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from luoshi.accounts import commands, queries, verbs
from luoshi.accounts.commands.tries import Guarded
from luoshi.accounts.models import Agreement, Appointment, Tries
from luoshi.accounts.queries import PASSWORDS, guarded_key
from luoshi.base.verbs import all_verbs
from luoshi.organisation import commands as organisation
from luoshi.organisation.models import Account
from luoshi.organisation.verbs import order_organisation
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.rights import ADMINISTRATORS, Role, Scope
from luoshi.rules.signing import (
    AdministratorThere,
    AlreadyConfirmed,
    LoginTaken,
    OutOfBounds,
    Standard,
)
from tests.accounts.conftest import GOOD
from tests.ledger.town import OFFICE, Town

TODAY = timezone.localdate
SYSTEM, SECURITY, AUDITOR = "system", "security", "auditor"


# ---- kept apart


def rights_of(role):
    return {
        name
        for name, verb in all_verbs().items()
        for granted, scope in verb.grants
        if granted == role and scope not in {Scope.PUBLIC, Scope.OWN}
    }


SHARED = {
    "read_administrators", "agree_to_administrator", "read_organisation", "read_rights",
    "read_accounts", "use_api",
}  # fmt: skip


def test_no_two_of_the_three_share_a_right_to_do_anything():
    system, security, auditor = (rights_of(Role(r)) - SHARED for r in (SYSTEM, SECURITY, AUDITOR))
    assert not system & security
    assert not system & auditor
    assert not security & auditor


def test_none_of_the_three_reads_the_ledger():
    ledger = {"read_ledger", "export_ledger", "read_evidence", "report_progress", "verify"}
    for role in ADMINISTRATORS:
        assert not rights_of(role) & ledger


@pytest.mark.any_database
@pytest.mark.parametrize("role", [SYSTEM, SECURITY, AUDITOR])
def test_pages_of_the_ledger_are_shut_to_administrators(administrator, role):
    _account, client = administrator(role)
    for path in ("/board/", "/goals/", "/gaps/", "/figures/", "/compare/"):
        assert client.get(path).status_code == 403, path


@pytest.mark.parametrize(
    ("role", "first"),
    [(SYSTEM, "/accounts/"), (SECURITY, "/accounts/"), (AUDITOR, "/administrators/")],
)
def test_each_is_led_to_a_page_of_his_own(member, enter, second_factor, role, first):
    account = member(role)
    code = second_factor(account)
    client, _answer = enter(account.login)
    landed = client.post("/sign-in/code/", {"code": code()})["Location"]
    assert client.get(landed).status_code == 200
    assert landed in {first, "/audit/"}


# ---- what each does


@pytest.fixture
def hands(member, acting):
    """An actor of each of the three."""
    return {role: acting(member(role)) for role in (SYSTEM, SECURITY, AUDITOR)}


DEEDS = {
    "disable_account": SYSTEM,
    "reset_account": SYSTEM,
    "end_sessions": SECURITY,
    "release_account": SECURITY,
    "drop_second_factor": SECURITY,
}


def do(name, account, by):
    given = {"by": by}
    if name in {"disable_account", "reset_account"}:
        given["at"] = timezone.now()
    return getattr(commands, name)(account, **given)


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("role", [SYSTEM, SECURITY, AUDITOR])
def test_each_does_his_own_work_only(member, hands, snapshot, name, role):
    account = member()
    if DEEDS[name] == role:
        do(name, account, hands[role])
        return
    before = snapshot()
    with pytest.raises(NotAllowed):
        do(name, account, hands[role])
    assert snapshot() == before


def test_nobody_reaches_into_another_district(member, hands):
    account = member()
    account.district = Town("410199").district
    for name, role in DEEDS.items():
        if name != "end_sessions":
            with pytest.raises(NotFound):
                do(name, account, hands[role])


def test_nobody_does_it_to_himself(member, acting):
    for role, name in ((SYSTEM, "disable_account"), (SYSTEM, "reset_account"),
                       (SECURITY, "drop_second_factor")):  # fmt: skip
        account = member(role)
        with pytest.raises(NotAllowed):
            do(name, account, acting(account))


def test_a_disabled_account_is_signed_out_at_once_and_comes_back(member, signed_in, hands, enter):
    account = member()
    client = signed_in(account)
    do("disable_account", account, hands[SYSTEM])
    assert client.get("/board/").status_code == 302
    assert enter(account.login)[1]["Location"] == "/sign-in/"
    commands.enable_account(account, by=hands[SYSTEM])
    assert enter(account.login)[1]["Location"] == "/board/"


def test_a_reset_makes_the_password_void_and_its_owner_sets_a_new_one(
    member, signed_in, hands, enter
):
    account = member()
    client = signed_in(account)
    secret = do("reset_account", account, hands[SYSTEM])
    assert client.get("/board/").status_code == 302
    assert enter(account.login)[1].status_code == 200
    commands.use_link(secret, "Yizhong-mima-9", at=timezone.now())
    assert enter(account.login, "Yizhong-mima-9")[1]["Location"] == "/board/"
    assert client.get("/board/").status_code == 302


def test_a_second_factor_stays_through_a_reset_and_goes_by_the_other_administrator(
    member, second_factor, hands
):
    account = member()
    second_factor(account)
    do("reset_account", account, hands[SYSTEM])
    assert queries.has_second_factor(account)
    do("drop_second_factor", account, hands[SECURITY])
    assert not Authenticator.objects.filter(user=account).exists()


def test_a_lockout_is_released(member, enter, hands):
    account = member()
    for _ in range(5):
        enter(account.login, "nope")
    assert enter(account.login)[1].status_code == 200
    do("release_account", account, hands[SECURITY])
    assert enter(account.login)[1].status_code == 302


def test_the_rules_are_the_security_administrators_within_their_bounds(hands, snapshot):
    stricter = Standard(password_days=60, tries=3, second_factor_for_all=True)
    commands.set_standard(stricter, by=hands[SECURITY], at=timezone.now())
    assert queries.standard_of(hands[SECURITY].district) == stricter
    before = snapshot()
    with pytest.raises(OutOfBounds):
        commands.set_standard(Standard(tries=6), by=hands[SECURITY], at=timezone.now())
    with pytest.raises(NotAllowed):
        commands.set_standard(Standard(), by=hands[SYSTEM], at=timezone.now())
    assert snapshot() == before


def test_where_the_district_says_so_everybody_needs_a_second_factor(hands, member, enter):
    standard = Standard(second_factor_for_all=True)
    commands.set_standard(standard, by=hands[SECURITY], at=timezone.now())
    assert enter(member().login)[1]["Location"] == "/sign-in/second-factor/"


# ---- naming one


@pytest.fixture
def name(town):
    """Name an administrator."""

    def named(by, role=AUDITOR, login="new.admin"):
        who = commands.Administrator(
            role=Role(role), login=login, post="新管理员岗", unit=town.unit(OFFICE)
        )
        return commands.appoint_administrator(
            who, on=TODAY(), command_id=uuid4(), by=by, at=timezone.now()
        )

    return named


def agree(by, login="new.admin"):
    account = Account.objects.get(login=login)
    commands.agree_to_administrator(account, by=by, at=timezone.now())
    return Account.objects.get(login=login)


def test_a_new_administrator_opens_when_the_two_others_have_agreed(hands, name, enter):
    secret = name(hands[SYSTEM], SYSTEM)
    commands.use_link(secret, GOOD, at=timezone.now())
    assert enter("new.admin")[1]["Location"] == "/sign-in/"
    assert not agree(hands[SECURITY]).is_active
    with pytest.raises(AlreadyConfirmed):
        agree(hands[SECURITY])
    assert agree(hands[AUDITOR]).is_active
    assert enter("new.admin")[1]["Location"] == "/sign-in/second-factor/"
    assert Agreement.objects.count() == 2


def test_who_names_has_agreed_already_and_the_own_role_is_not_asked(hands, name):
    name(hands[SYSTEM], SECURITY)
    assert Appointment.objects.get().waits_for == AUDITOR
    with pytest.raises(NotAllowed):
        agree(hands[SYSTEM])
    with pytest.raises(AlreadyConfirmed):
        agree(hands[SECURITY])
    assert agree(hands[AUDITOR]).is_active


def test_as_long_as_there_is_no_other_nobody_is_waited_for(member, acting, name):
    alone = acting(member(SYSTEM))
    name(alone, SECURITY)
    assert Account.objects.get(login="new.admin").is_active


def test_only_the_system_administrator_names_and_only_one_of_the_three(hands, name, snapshot):
    before = snapshot()
    with pytest.raises(NotAllowed):
        name(hands[SECURITY])
    with pytest.raises(NotAllowed):
        name(hands[SYSTEM], "office")
    with pytest.raises(LoginTaken):
        name(hands[SYSTEM], AUDITOR, Account.objects.first().login)
    assert snapshot() == before


def test_who_waits_for_agreement_is_not_opened_by_one_alone(hands, name):
    name(hands[SYSTEM], SYSTEM)
    waiting = Account.objects.get(login="new.admin")
    with pytest.raises(NotFound):
        commands.enable_account(waiting, by=hands[SYSTEM])
    with pytest.raises(NotFound):
        agree(hands[AUDITOR], login=Account.objects.exclude(pk=waiting.pk).first().login)


def test_the_first_three_are_made_on_the_command_line_and_no_fourth(town, hands):
    named = commands.Administrator(
        role=Role.SYSTEM, login="fourth", post="岗", unit=town.unit(OFFICE)
    )
    with pytest.raises(AdministratorThere):
        commands.found_administrator(
            named,
            verb=order_organisation,
            on=TODAY(),
            id_=uuid4(),
            by=town.office,
            at=timezone.now(),
        )


# ---- pages


def test_accounts_are_found_by_name_post_and_state(administrator, member, enter, second_factor):
    _account, client = administrator(SYSTEM)
    officer = member(login="wang.officer")
    disabled = member(login="li.disabled")
    Account.objects.filter(pk=disabled.pk).update(is_active=False)
    locked = member(login="zhao.locked")
    for _ in range(5):
        enter(locked.login, "nope")

    def found(**asked):
        return {row.account.login for row in client.get("/accounts/", asked).context["rows"]}

    assert officer.login in found(q="wang")
    assert officer.login in found(q="officer岗")
    assert found(q="nobody-at-all") == set()
    assert found(state="disabled") == {disabled.login}
    assert found(state="locked") == {locked.login}
    assert {officer.login, locked.login} <= found(state="open")
    assert found(state="invited") == found(state="waiting") == set()
    assert len(found(page="nonsense")) >= 4


def test_the_list_asks_as_often_for_many_accounts_as_for_few(
    administrator, member, django_assert_num_queries
):
    _account, client = administrator(SYSTEM)
    client.get("/accounts/")
    with CaptureQueriesContext(connection) as few:
        client.get("/accounts/")
    asked = len(few)
    for _ in range(8):
        member()
    client.get("/accounts/")  # posts and units of a day are kept until one of them changes
    with django_assert_num_queries(asked):
        client.get("/accounts/")


def test_a_long_list_has_pages(administrator, town):
    _account, client = administrator(SYSTEM)
    Account.objects.bulk_create(
        Account(login=f"many.{n:03}", password="!", district=town.district) for n in range(60)
    )
    pager = client.get("/accounts/", {"q": "many"}).context["pager"]
    assert (pager["first"], pager["last"], pager["total"]) == (1, 50, 60)
    assert pager["next_url"] == "?q=many&page=2"
    second = client.get("/accounts/", {"q": "many", "page": 2}).context["pager"]
    assert (second["previous_url"], second["next_url"]) == ("?q=many&page=1", None)


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        (SYSTEM, {"disable_account", "reset_account"}),
        (SECURITY, {"end_sessions", "drop_second_factor"}),
    ],
)
def test_an_accounts_page_offers_what_the_administrator_may(
    administrator, member, second_factor, role, offered
):
    _account, client = administrator(role)
    account = member()
    second_factor(account)
    page = client.get(f"/accounts/{account.pk}/")
    assert {verb.name for verb in page.context["verbs_offered"]} == offered
    assert (page.context["sessions"] is None) == (role == SYSTEM)
    for name in verbs.ON_ACCOUNTS:
        address = reverse(name, args=[account.pk])
        granted = {granted for granted, _scope in verbs.ON_ACCOUNTS[name].grants}
        assert client.get(address).status_code == (200 if role in granted else 403)


def test_what_is_done_to_an_account_is_asked_once_more_and_told(administrator, member, enter):
    _account, system = administrator(SYSTEM)
    _account, security = administrator(SECURITY)
    account = member()
    address = f"/accounts/{account.pk}/"
    reset = system.post(f"{address}reset_account/")
    assert reset.context["address"].startswith("http://testserver/link/")
    assert system.post(f"{address}disable_account/")["Location"] == address
    assert not Account.objects.get(pk=account.pk).is_active
    assert system.post(f"{address}enable_account/")["Location"] == address
    for name in ("end_sessions", "release_account", "drop_second_factor"):
        assert security.post(f"{address}{name}/")["Location"] == address
    own = Account.objects.get(login__startswith="system.")
    assert system.post(f"/accounts/{own.pk}/disable_account/")["Location"]
    assert Account.objects.get(pk=own.pk).is_active
    assert system.get(f"/accounts/{uuid4()}/").status_code == 404


def test_administrators_name_and_agree_on_their_page(administrator):
    (_s, system), (_x, security), (_a, auditor) = (
        administrator(role) for role in (SYSTEM, SECURITY, AUDITOR)
    )
    assert system.get("/administrators/").context["form"]
    assert auditor.get("/administrators/").context["form"] is None
    sent = {"role": AUDITOR, "login": "shenji.er", "post": "审计二岗", "command_id": str(uuid4())}
    made = system.post("/administrators/name/", sent)
    assert made.context["address"].startswith("http://testserver/link/")
    assert system.post("/administrators/name/", {**sent, "login": ""}).context["form"].errors
    again = {**sent, "command_id": str(uuid4())}
    assert system.post("/administrators/name/", again).context["form"].errors["login"]
    account = Account.objects.get(login="shenji.er")
    address = f"/administrators/{account.pk}/agree/"
    for client, counts in ((auditor, False), (system, False), (security, True)):
        assert client.post(address)["Location"] == "/administrators/"
        assert Account.objects.get(pk=account.pk).is_active is counts
    assert security.post(f"/administrators/{uuid4()}/agree/").status_code == 404


def test_the_rules_of_signing_in_are_set_on_their_page(administrator):
    _account, client = administrator(SECURITY)
    page = client.get("/accounts/rules/")
    given = page.context["form"].initial
    sent = {**{k: v for k, v in given.items() if v is not False}, "tries": 3}
    assert client.post("/accounts/rules/", sent)["Location"] == "/accounts/rules/"
    assert client.get("/accounts/rules/").context["form"].initial["tries"] == 3
    loose = client.post("/accounts/rules/", {**sent, "idle_minutes": 60})
    assert loose.context["form"].errors["idle_minutes"]
    assert client.post("/accounts/rules/", {}).context["form"].errors


# ---- the own account


def test_the_own_account_shows_and_ends_sessions(member, signed_in):
    account = member()
    here, there = signed_in(account), signed_in(account)
    shown = here.get("/account/").context["sessions"]
    assert len(shown) == 2
    other = next(one for one in shown if one.session_key != here.session.session_key)
    assert here.post(f"/account/sessions/{other.pk}/end/")["Location"] == "/account/"
    assert there.get("/board/").status_code == 302
    assert here.get("/board/").status_code == 200
    stranger = signed_in(member())
    mine = here.get("/account/").context["sessions"][0]
    stranger.post(f"/account/sessions/{mine.pk}/end/")
    assert here.get("/board/").status_code == 200


def test_a_changed_password_ends_the_other_sessions(member, signed_in):
    account = member()
    here, there = signed_in(account), signed_in(account)
    sent = {"present": GOOD, "password": "Gaihao-mima-8", "again": "Gaihao-mima-8"}
    assert here.post("/sign-in/password/", sent)["Location"] == "/account/"
    assert there.get("/board/").status_code == 302
    assert len(here.get("/account/").context["sessions"]) == 1


def test_who_must_have_a_second_factor_cannot_drop_it_others_can(
    administrator, member, second_factor, signed_in
):
    _account, must = administrator(SECURITY)
    assert must.get("/account/second-factor/drop/").context["form"].errors
    must.post("/account/second-factor/drop/")
    account = member()
    client = signed_in(account, second_factor(account))
    assert client.get("/account/second-factor/drop/").status_code == 200
    assert client.post("/account/second-factor/drop/")["Location"] == "/account/"
    assert not queries.has_second_factor(account)
    assert client.get("/account/").status_code == 200


def test_new_recovery_codes_replace_the_old(member, second_factor, signed_in):
    account = member()
    client = signed_in(account, second_factor(account))
    assert client.get("/account/recovery-codes/").status_code == 200
    assert client.post("/account/recovery-codes/")["Location"] == "/sign-in/recovery-codes/"
    first = client.get("/sign-in/recovery-codes/").context
    assert (len(first["unused_codes"]), first["can_view_codes"]) == (10, True)
    assert client.get("/sign-in/recovery-codes/").context["can_view_codes"] is False


def test_after_a_while_the_password_is_asked_for_again(member, second_factor, signed_in):
    account = member()
    code = second_factor(account)
    client = signed_in(account, code)
    session = client.session
    records = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{**r, "at": r["at"] - 3600} for r in records]
    session.save()
    asked = client.get("/account/recovery-codes/")
    assert asked["Location"].startswith("/sign-in/again/")
    assert client.get(asked["Location"]).status_code == 200
    assert client.post(asked["Location"], {"password": "nope"}).context["form"].errors
    assert client.post(asked["Location"], {"password": GOOD})["Location"].endswith("codes/")
    assert client.get("/account/recovery-codes/").status_code == 200
    assert client.post("/sign-in/again/code/", {"code": "1"}).context["form"].errors
    assert client.post("/sign-in/again/code/", {"code": code(1)}).status_code == 302


def test_a_demo_account_has_no_password_to_change(member, signed_in, town):
    account = organisation.make_account(
        login="demo", password=None, person=uuid4(), district=town.district, made_by_demo=True
    )
    client = Client()
    client.force_login(account)
    assert client.get("/sign-in/password/").status_code == 404
    assert queries.steps_of(account, at=timezone.now(), day=TODAY()) == ()


def test_tries_long_over_are_forgotten(town):
    now = timezone.now()
    one = Guarded(guarded_key(PASSWORDS, "long-ago"), 5)
    commands.take_try([one], standard=Standard(), at=now - timedelta(days=3))
    commands.forgive([], at=now)
    assert not Tries.objects.filter(key=one.key).exists()


def test_one_right_try_from_an_address_forgives_itself_only(town):
    now = timezone.now()
    office = Guarded(guarded_key("address", "10.0.0.1"), 100, is_shared=True)
    for _ in range(3):
        commands.take_try([office], standard=Standard(), at=now)
    commands.forgive([office], at=now)
    assert Tries.objects.get(key=office.key).count == 2
