"""The pages of subscriptions: made, shown once, turned, and what became of each entry."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from luoshi.base.wording import sentence_for
from luoshi.exchange import commands
from luoshi.exchange.models import Dispatch, Subscription
from luoshi.exchange.sentences import SENTENCES
from luoshi.rules.webhooks import AddressNotAllowed, Why
from tests.ledger.town import LEAD, OFFICE

NEW = "/subscriptions/new/"


@pytest.fixture
def office(people):
    client = Client()
    client.force_login(people.accounts[OFFICE])
    return client


def typed(receiver, **given):
    asked = {"label": "市平台", "url": receiver.url, "command_id": str(uuid4())}
    return asked | {"kinds": ["matter"]} | given


def secret_on(page):
    return page.context["secret"]


def test_an_empty_list_says_what_it_is_for(office):
    page = office.get("/subscriptions/").content.decode()
    assert NEW in page


def test_one_is_made_and_its_secret_is_shown_once(office, receiver, town):
    assert office.get(NEW).status_code == 200
    page = office.post(NEW, typed(receiver))
    secret = secret_on(page)
    assert secret in page.content.decode()
    made = Subscription.objects.get()
    here = f"/subscriptions/{made.pk}/"
    assert secret not in office.get(here).content.decode()
    renewed = office.post(f"{here}secret/")
    assert secret_on(renewed) not in {"", secret}
    assert "市平台" in office.get("/subscriptions/").content.decode()


def test_what_is_wrong_is_said_at_its_field(office, receiver):
    page = office.post(NEW, typed(receiver, url="https://10.0.0.1/"))
    assert page.status_code == 422
    assert page.context["form"].errors.keys() == {"url"}
    page = office.post(NEW, typed(receiver, facts="matter.nothing"))
    assert page.context["form"].errors.keys() == {"facts"}
    assert office.post(NEW, {}).status_code == 422
    assert not Subscription.objects.exists()
    key = str(uuid4())
    office.post(NEW, typed(receiver, command_id=key))
    again = office.post(NEW, typed(receiver, command_id=key, label="省平台"))
    assert again.context["form"].non_field_errors()


def test_it_is_narrowed_by_what_was_chosen(office, receiver, town):
    asked = typed(receiver, facts="matter.assigned", unit=str(town.unit(LEAD)), is_from_start="on")
    page = office.post(NEW, asked)
    made = Subscription.objects.get()
    assert (made.kinds, made.facts, made.unit, made.cursor) == (
        "matter",
        "matter.assigned",
        town.unit(LEAD),
        0,
    )
    assert LEAD in page.content.decode()


def test_it_is_paused_resumed_and_ended(office, receiver):
    office.post(NEW, typed(receiver))
    here = f"/subscriptions/{Subscription.objects.get().pk}/"
    for verb, state in (("pause", "paused"), ("resume", "active"), ("end", "ended")):
        assert office.post(f"{here}{verb}/").status_code == 302
        assert Subscription.objects.get().state == state
        assert office.get(here).status_code == 200
    assert office.post(f"{here}resume/", follow=True).context["messages"]
    assert office.post(f"{here}secret/").status_code == 302
    assert Subscription.objects.get().state == "ended"
    for verb in ("pause", "secret"):
        assert office.post(f"/subscriptions/{uuid4()}/{verb}/").status_code == 404
    assert office.get(f"/subscriptions/{uuid4()}/").status_code == 404


def test_each_delivery_is_shown_filtered_and_sent_again(office, receiver, town):
    office.post(NEW, typed(receiver))
    town.assigned()
    made = Subscription.objects.get()
    here = f"/subscriptions/{made.pk}/"
    receiver.answers.append(422)
    commands.post_entries(at=timezone.now())
    first = Dispatch.objects.order_by("number").first()
    page = office.get(f"{here}?state=waiting")
    assert [row["number"] for row in page.context["rows"]][-1] == first.number
    assert "422" in page.content.decode()
    assert office.get(f"{here}?state=taken").context["rows"] == []
    assert len(office.get(f"{here}?state=nonsense").context["rows"]) == 5
    again = f"/dispatches/{first.pk}/again/"
    assert office.post(again, {"leave_out": "1"}).status_code == 302
    assert Dispatch.objects.get(pk=first.pk).state == "left_out"
    assert office.post(again).status_code == 302
    assert Dispatch.objects.get(pk=first.pk).state == "waiting"
    assert office.post(f"/dispatches/{uuid4()}/again/").status_code == 404
    receiver.answers.append(503)
    commands.post_entries(at=timezone.now())
    assert office.get(here).context["it"]["is_resting"]
    office.post(f"{here}end/")
    assert office.post(again).status_code == 302
    assert Dispatch.objects.get(pk=first.pk).attempts == 1


@pytest.mark.parametrize("why", list(Why))
def test_every_reason_against_an_address_has_a_sentence(why):
    told = sentence_for(AddressNotAllowed(why=why, host="example.org"))
    assert len(told) > 10


def test_every_refusal_has_a_sentence():
    for code, sentence in SENTENCES.items():
        if code != "address_not_allowed":
            assert sentence({"most": 3})
