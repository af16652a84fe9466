"""A board on which nothing has changed is given again as it was drawn; whatever changes shows."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from luoshi.base.answers import KEPT, Answers
from luoshi.base.journal import Actor
from luoshi.ledger import commands, queries
from luoshi.ledger.commands import Sent
from luoshi.ledger.models import Matter, SavedView
from luoshi.notices.models import InboxItem
from luoshi.organisation.models import Account, Post
from luoshi.site.frame import frame
from tests.pages.conftest import OPENING_DAY

TOKEN = re.compile(r'csrfmiddlewaretoken" value="([A-Za-z0-9]+)"')
BOARD = "/board/"
OF_A_HIT = 6  # session, account, posts, edition, inbox, views


@pytest.fixture(autouse=True)
def _nothing_kept():
    KEPT.clear()
    yield
    KEPT.clear()


@pytest.fixture
def client(signed_in):
    return signed_in()


def shown(client, address=BOARD):
    answer = client.get(address)
    assert answer.status_code == 200
    return TOKEN.sub("", re.sub(r'"X-CSRFToken": "\w+"', "", answer.content.decode()))


def asked_of(client, address=BOARD):
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    return len(found)


def actor_of(client):
    return client.get(BOARD).wsgi_request.actor


def test_the_same_board_is_given_again_with_few_queries(client):
    first = shown(client)
    assert asked_of(client) <= OF_A_HIT
    assert shown(client) == first


def test_every_asking_has_a_token_of_its_own_that_opens_its_forms(demo):
    client = Client(enforce_csrf_checks=True)
    page = client.get("/sign-in/").content.decode()
    account = Account.objects.get(login="区政府办公室演示岗")
    sent = {"post": str(account.pk), "csrfmiddlewaretoken": TOKEN.search(page)[1]}
    assert client.post("/sign-in/", sent).status_code == 302
    tokens = []
    for _ in range(3):
        page = client.get(BOARD).content.decode()
        found = set(TOKEN.findall(page)) | set(re.findall(r'"X-CSRFToken": "(\w+)"', page))
        assert len(found) == 1
        tokens += found
        sent = {"language": "zh-hans", "next": "/", "csrfmiddlewaretoken": tokens[-1]}
        assert client.post("/i18n/setlang/", sent).status_code == 302
    assert len(set(tokens)) == 3
    for pieces in KEPT._pieces.values():
        assert not any(token.encode() in piece for token in tokens for piece in pieces)


def test_an_entry_shows_at_once(client):
    before = shown(client)
    assert shown(client) == before
    actor = actor_of(client)
    matter = Matter.objects.filter(district=actor.district).first()
    sent = Sent(
        on=OPENING_DAY, expected=queries.last_entry_of(matter.pk), command_id=uuid4(),
        by=actor, at=timezone.now(),
    )  # fmt: skip
    commands.place(matter_id=matter.pk, goals=(), area="新添的片区", sent=sent)
    assert "新添的片区" in shown(client)


def test_what_lies_unread_in_the_inbox_shows_at_once(client):
    shown(client)
    actor = actor_of(client)
    assert "收件箱 1" not in shown(client).replace("Inbox", "收件箱")
    from luoshi.base.models import Outbox

    now = timezone.now()
    notice = Outbox.objects.create(
        id=uuid4(), district=actor.district, cause=1, thread=uuid4(), code="matter.assigned",
        audience_kind="post", audience=str(actor.post), facts="{}", at=now,
        by_person=actor.person, delivered_at=now,
    )  # fmt: skip
    item = InboxItem.objects.create(
        id=uuid4(), district=actor.district, notice=notice, person=actor.person, post=actor.post,
        at=now,
    )  # fmt: skip
    assert re.search(r'href="/inbox/" aria-label="\S+ 1"', shown(client))
    InboxItem.objects.filter(pk=item.pk).update(read_at=now)
    assert not re.search(r'href="/inbox/" aria-label="\S+ 1"', shown(client))


def test_a_view_that_is_saved_renamed_or_forgotten_shows_at_once(client):
    shown(client)
    actor = actor_of(client)
    view = SavedView.objects.create(
        id=uuid4(), district=actor.district, owner=actor.person, name="我的红灯",
        query="colour=red", saved_at=timezone.now(),
    )  # fmt: skip
    assert "我的红灯" in shown(client)
    SavedView.objects.filter(pk=view.pk).update(name="我的黄灯")
    assert "我的黄灯" in shown(client)
    view.delete()
    assert "我的黄灯" not in shown(client)


def test_what_is_said_once_is_said_once(client):
    before = shown(client)
    answer = client.post("/board/bulk/", {"verb": "nothing", "back": ""})
    assert answer.status_code == 302
    told = shown(client)
    assert 'class="notices"' in told
    assert told != before
    assert shown(client) == before
    strange = f"{BOARD}?colour=mauve"
    assert "mauve" in shown(client, strange)
    assert "mauve" in shown(client, strange)


def test_another_post_language_day_and_address_is_another_answer(client, signed_in, monkeypatch):
    office = shown(client)
    others = Account.objects.exclude(login="区政府办公室演示岗").filter(made_by_demo=True)
    other = signed_in(others.order_by("login").first().login)
    assert shown(other) != office
    assert shown(client, f"{BOARD}?colour=red") != office
    client.cookies["django_language"] = "en"
    assert 'lang="en"' in shown(client)
    client.cookies["django_language"] = "zh-hans"
    assert shown(client) == office
    tomorrow = timezone.localdate() + timedelta(1)
    monkeypatch.setattr("django.utils.timezone.localdate", lambda *_: tomorrow)
    assert asked_of(client) > OF_A_HIT


def test_another_post_of_the_same_person_is_another_answer(client):
    shown(client)
    actor = actor_of(client)
    assert isinstance(actor, Actor)
    session = client.session
    other = Post.objects.exclude(pk=actor.post).filter(district=actor.district).first()
    session["acting_post"] = str(other.pk)
    session.save()
    assert actor_of(client) == actor  # a post that the person does not hold changes nothing


def test_a_visitor_without_a_post_and_a_form_are_drawn_each_time(client, demo):
    assert Client().get(BOARD).status_code == 200
    assert not KEPT._pieces
    assert client.head(BOARD).status_code == 200
    assert not KEPT._pieces


def test_those_asked_for_longest_ago_make_room():
    answers = Answers(most=10)
    answers.put("a", (b"12345",))
    answers.put("b", (b"1234", b"5"))
    assert answers.get("a") == (b"12345",)
    answers.put("c", (b"1",))
    assert answers.get("b") is None
    assert answers.get("a") == (b"12345",)
    answers.put("a", (b"1",))
    answers.put("d", (b"12345678",))
    assert answers.get("c") == answers.get("a") or answers.get("c") is None
    answers.put("e", (b"12345678901",))
    assert answers.get("e") is None
    answers.clear()
    assert answers.get("d") is None


def test_the_frame_shows_nothing_that_its_stamp_does_not_tell(client, rf: RequestFactory):
    """Whoever adds to the frame says in ``site.frame.stamp`` what it hangs on, and adds it here."""
    request = client.get(BOARD).wsgi_request
    of_the_address = {"day", "known_at", "is_travelling", "today_url", "day_params", "theme"}
    of_the_journal = {"district", "seed", "other_districts", "may_read_ledger", "may_read_silence",
                      "ways", "rail"}  # fmt: skip
    of_the_stamp = {"today", "actor", "inbox_url", "inbox_count", "is_demo"}
    of_the_code, said_once = {"styles"}, {"sent_form"}
    assert (
        set(frame(request))
        == of_the_address | of_the_journal | of_the_stamp | of_the_code | said_once
    )
