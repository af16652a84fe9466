"""Signing in, step by step, as a browser meets it."""

from datetime import timedelta
from itertools import pairwise
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.accounts.models import Password, Standard, Tries
from luoshi.organisation import commands as organisation
from luoshi.organisation.models import Account
from tests.accounts.conftest import BETTER, GOOD, code_of, secret_in


def text(answer):
    return answer.content.decode()


def test_an_officer_signs_in_and_is_led_to_the_board(member, enter):
    client, answer = enter(member().login)
    assert answer["Location"] == "/board/"
    assert client.get("/board/").status_code == 200


def test_whoever_asked_for_a_page_is_led_there_but_never_elsewhere(member, enter):
    login = member().login
    assert enter(login, next="/gaps/")[1]["Location"] == "/gaps/"
    assert enter(login, next="https://elsewhere.example/")[1]["Location"] == "/board/"
    assert enter(login, next="//elsewhere.example/")[1]["Location"] == "/board/"


def test_a_wrong_password_and_an_unknown_name_are_told_alike(member, enter):
    wrong = enter(member().login, "nope")[1].context["form"].non_field_errors()
    unknown = enter("nobody-here", "nope")[1].context["form"].non_field_errors()
    assert list(wrong) == list(unknown) != []


def test_a_disabled_account_is_told_so_only_with_the_right_password(member, enter):
    account = member()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    client, answer = enter(account.login)
    assert answer["Location"] == "/sign-in/"
    assert not client.get("/board/").context
    assert enter(account.login, "nope")[1].context["form"].non_field_errors()


def test_the_session_key_changes_at_sign_in(member, enter):
    client = Client()
    client.get("/sign-in/")
    client.post("/i18n/setlang/", {"language": "en"})
    before = client.cookies.get("sessionid")
    client, _answer = enter(member().login, client=client)
    assert client.cookies["sessionid"].value != (before and before.value)


# ---- tries


def test_the_fifth_wrong_try_locks_and_even_the_right_password_waits(member, enter):
    login = member().login
    for _ in range(5):
        enter(login, "nope")
    answer = enter(login)[1]
    assert answer.status_code == 200
    assert answer.context["form"].non_field_errors().as_data()[0].code == "signing_locked"
    Tries.objects.update(locked_until=timezone.now() - timedelta(seconds=1))
    assert enter(login)[1].status_code == 302


def test_a_right_password_forgets_the_wrong_ones(member, enter):
    login = member().login
    for _ in range(3):
        for _ in range(4):
            enter(login, "nope")
        assert enter(login)[1].status_code == 302


def test_names_that_do_not_exist_are_locked_too(enter, town):
    for _ in range(5):
        enter("ghost", "nope")
    error = enter("ghost", "nope")[1].context["form"].non_field_errors().as_data()[0]
    assert error.code == "signing_locked"
    assert not Tries.objects.filter(key__contains="ghost").exists()


def test_codes_are_counted_apart_so_that_the_password_does_not_forgive_them(
    member, enter, second_factor
):
    account = member()
    second_factor(account)
    for _ in range(5):
        client, _answer = enter(account.login)
        client.post("/sign-in/code/", {"code": "000000"})
    error = client.post("/sign-in/code/", {"code": "000000"}).context["form"].errors.as_data()
    assert error["code"][0].code == "signing_locked"


# ---- the second factor


def test_a_second_factor_is_asked_for_and_each_code_is_good_once(member, enter, second_factor):
    account = member()
    code = second_factor(account)
    client, answer = enter(account.login)
    assert answer["Location"] == "/sign-in/code/"
    assert client.get("/board/")["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/code/").status_code == 200
    assert client.post("/sign-in/code/", {"code": "12"}).context["form"].errors
    assert client.post("/sign-in/code/", {"code": code()})["Location"] == "/board/"
    again, _answer = enter(account.login)
    assert again.post("/sign-in/code/", {"code": code()}).context["form"].errors
    assert again.post("/sign-in/code/", {"code": code(1)})["Location"] == "/board/"


def test_a_used_code_is_known_to_every_process(member, enter, second_factor):
    account = member()
    code = second_factor(account)
    client, _answer = enter(account.login)
    client.post("/sign-in/code/", {"code": code()})
    cache.clear()  # what another process does not have
    again, _answer = enter(account.login)
    assert again.post("/sign-in/code/", {"code": code()}).context["form"].errors


def test_a_recovery_code_is_good_once(member, enter, second_factor):
    account = member()
    second_factor(account)
    kept = Authenticator.objects.get(user=account, type="recovery_codes").wrap().get_unused_codes()
    client, _answer = enter(account.login)
    assert client.post("/sign-in/code/", {"code": kept[0]})["Location"] == "/board/"
    again, _answer = enter(account.login)
    assert again.post("/sign-in/code/", {"code": kept[0]}).context["form"].errors


def test_secrets_of_second_factors_are_encrypted(member, second_factor):
    account = member()
    code = second_factor(account)
    kept = Authenticator.objects.get(user=account, type="totp")
    secret = kept.wrap()
    assert kept.data["secret"].startswith("gAAAA")
    assert secret.validate_code(code())


def test_the_code_page_without_a_password_before_leads_away(town):
    assert Client().get("/sign-in/code/")["Location"] == "/"
    assert Client().post("/sign-in/code/", {"code": "1"})["Location"] == "/"


def test_whatever_is_posted_to_the_code_page_is_judged_as_a_code(member, enter, second_factor):
    account = member()
    second_factor(account)
    client, _answer = enter(account.login)
    assert client.post("/sign-in/code/", {"credential": "{}"}).context["form"].errors


# ---- steps before acting


def test_an_administrator_sets_up_a_second_factor_before_anything_else(member, enter):
    account = member("system")
    client, answer = enter(account.login)
    assert answer["Location"] == "/sign-in/second-factor/"
    assert client.get("/accounts/")["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/")["Location"] == "/sign-in/on/"
    assert client.get("/sign-in/on/")["Location"] == "/sign-in/second-factor/"
    page = client.get("/sign-in/second-factor/")
    assert "data:image/svg+xml;base64," in text(page)
    answer = client.post("/sign-in/second-factor/", {"code": code_of(secret_in(client))})
    assert answer["Location"] == "/sign-in/recovery-codes/"
    shown = client.get("/sign-in/recovery-codes/")
    assert len(shown.context["unused_codes"]) == 10
    assert client.get("/sign-in/recovery-codes/").context["can_view_codes"] is False
    assert client.get("/sign-in/on/")["Location"] == "/accounts/"
    assert client.get("/accounts/").status_code == 200


def test_an_old_password_is_changed_before_anything_else(member, enter, aged):
    account = member()
    aged(account, 90)
    client, answer = enter(account.login, next="/gaps/")
    assert answer["Location"] == "/sign-in/password/"
    assert client.get("/board/")["Location"].startswith("/sign-in/")
    same = {"present": GOOD, "password": GOOD, "again": GOOD}
    assert client.post("/sign-in/password/", same).context["form"].errors["password"]
    new = {"present": GOOD, "password": BETTER, "again": BETTER}
    assert client.post("/sign-in/password/", new)["Location"] == "/sign-in/on/"
    assert client.get("/sign-in/on/")["Location"] == "/gaps/"
    assert client.get("/gaps/").status_code == 200
    assert enter(account.login, BETTER)[1]["Location"] == "/board/"


@pytest.mark.parametrize(
    "password",
    [
        "Ab1-short",  # nine characters
        "onlysmallletters",  # one class
        "small2figures",  # two classes
        "wang.xiao-2026X",  # holds the sign-in name
        "Password123",  # tried first
    ],
)
def test_weak_passwords_are_refused(member, enter, password):
    client, _answer = enter(member(login="wang.xiao").login)
    new = {"present": GOOD, "password": password, "again": password}
    assert client.post("/sign-in/password/", new).context["form"].errors["password"]


def test_the_two_passwords_must_be_alike_and_the_present_one_right(member, enter):
    client, _answer = enter(member().login)
    new = {"present": "nope", "password": BETTER, "again": BETTER + "x"}
    errors = client.post("/sign-in/password/", new).context["form"].errors
    assert set(errors) == {"present", "again"}


def test_none_of_the_last_five_passwords_comes_back(member, enter):
    account = member()
    client, _answer = enter(account.login)
    had = [GOOD, *(f"Mima-{n}-hao-hao" for n in range(5))]
    for old, new in pairwise(had):
        sent = {"present": old, "password": new, "again": new}
        assert client.post("/sign-in/password/", sent)["Location"] == "/account/"
    again = {"present": had[-1], "password": had[1], "again": had[1]}
    assert client.post("/sign-in/password/", again).context["form"].errors["password"]
    assert Password.objects.filter(account=account).count() == 5
    free = {"present": had[-1], "password": had[0], "again": had[0]}
    assert client.post("/sign-in/password/", free)["Location"] == "/account/"


def test_somebody_without_a_post_is_told_what_to_do(member, enter, town):
    organisation.make_account(
        login="postless", password=GOOD, person=uuid4(), district=town.district
    )
    client, answer = enter("postless")
    assert answer["Location"] == "/sign-in/no-post/"
    assert "postless" in text(client.get("/sign-in/no-post/"))
    assert client.get("/board/")["Location"].startswith("/sign-in/")
    assert client.post("/sign-out/")["Location"] == "/sign-in/"


def test_one_person_of_several_posts_chooses_after_sign_in(member, enter):
    first = member("officer")
    member("reviewer", person=first.person, login=None, password=...)
    client, answer = enter(first.login, next="/gaps/")
    assert answer["Location"] == "/post/"
    posts = client.get("/post/").context["posts"]
    assert len(posts) == 2
    chosen = posts[1][1]
    assert client.post("/post/", {"post": "nonsense"})["Location"] == "/post/"
    assert client.post("/post/", {"post": str(chosen.id)})["Location"] == "/gaps/"
    assert client.get("/board/").context["actor"].key == str(chosen.id)


def test_pages_of_signing_in_lead_strangers_to_the_front(town):
    for path in ("/sign-in/on/", "/sign-in/no-post/", "/post/", "/sign-in/password/"):
        assert Client().get(path)["Location"] == "/", path


# ---- how long a session lasts


def moved(client, **limits):
    session = client.session
    kept = session["signing_limits"]
    session["signing_limits"] = {**kept, **{k: kept[k] - v for k, v in limits.items()}}
    session.save()


def test_an_idle_session_ends_and_leads_back_to_where_one_was(member, signed_in):
    client = signed_in(member())
    moved(client, seen=15 * 60)
    answer = client.get("/gaps/?q=1")
    assert answer["Location"] == "/sign-in/?next=/gaps/%3Fq%3D1"
    assert client.get("/board/")["Location"].startswith("/sign-in/")
    assert client.get("/sign-in/").context["messages"]


def test_a_session_in_use_ends_after_eight_hours(member, signed_in):
    client = signed_in(member())
    moved(client, entered=8 * 3600 - 60)
    assert client.get("/gaps/").status_code == 200
    moved(client, entered=60)
    assert client.post("/account/").status_code == 302
    assert client.get("/board/")["Location"].startswith("/sign-in/")


def test_use_is_noted_at_most_once_a_minute(member, signed_in):
    client = signed_in(member())
    first = client.session["signing_limits"]["seen"]
    client.get("/gaps/")
    assert client.session["signing_limits"]["seen"] == first
    moved(client, seen=100)
    client.get("/gaps/")
    assert client.session["signing_limits"]["seen"] >= first


def test_a_part_of_a_page_that_came_too_late_is_told_where_to_sign_in(member, signed_in):
    client = signed_in(member())
    moved(client, seen=15 * 60)
    answer = client.post("/board/", headers={"HX-Request": "true"})
    assert (answer.status_code, answer["X-Sign-In"]) == (401, "/sign-in/")
    assert "HX-Redirect" not in answer.headers  # it would take what is typed along


def test_who_is_signed_out_already_is_told_so_in_a_part_and_led_there_as_a_page(db):
    assert Client().post("/reports/", headers={"HX-Request": "true"}).status_code == 401
    assert Client().get("/reports/")["Location"] == "/sign-in/?next=/reports/"


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/reports/?show=open", "/reports/%3Fshow%3Dopen"),
        ("http://testserver//elsewhere.example/x", "/elsewhere.example/x"),
        ("https://elsewhere.example/x", "/account/"),
        ("", "/account/"),
    ],
)
def test_a_form_sent_too_late_leads_back_to_its_page_after_signing_in(
    member, signed_in, referer, back
):
    client = signed_in(member())
    moved(client, seen=15 * 60)
    answer = client.post("/account/", headers={"Referer": referer} if referer else {})
    assert answer["Location"] == f"/sign-in/?next={back}"


def test_a_third_sign_in_ends_the_oldest(member, signed_in):
    account = member()
    browsers = [signed_in(account) for _ in range(3)]
    opened = [one.get("/board/").status_code for one in browsers]
    assert opened == [302, 200, 200]
    assert UserSession.objects.filter(user=account).count() == 2


def test_a_session_that_ended_is_gone_from_the_database(member, signed_in):
    client = signed_in(member())
    key = client.session.session_key
    client.post("/sign-out/")
    assert not Session.objects.filter(pk=key).exists()


def test_a_stricter_district_holds_from_the_next_sign_in(member, signed_in, town):
    account = member()
    Standard.objects.create(
        district=town.district,
        password_days=30,
        tries=3,
        lock_minutes=30,
        idle_minutes=5,
        session_hours=4,
        sessions=1,
        second_factor_for_all=False,
        set_by=account.person,
        set_at=timezone.now(),
    )
    first, second = signed_in(account), signed_in(account)
    assert first.get("/board/").status_code == 302
    assert second.session["signing_limits"]["idle"] == 300
    moved(second, seen=300)
    assert second.get("/board/").status_code == 302


def test_what_signing_in_checks_costs_every_page_one_query(member, signed_in):
    client = signed_in(member())
    with CaptureQueriesContext(connection) as asked:
        client.get("/organisation/")
    own = [one["sql"] for one in asked if "accounts_" in one["sql"] or "mfa_" in one["sql"]]
    assert own == []
    sessions = [one for one in asked if "django_session" in one["sql"]]
    assert len(sessions) == 1
