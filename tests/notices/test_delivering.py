"""From the outbox to inboxes and channels: once, to whom it concerns, when they want it."""

from datetime import UTC, date, datetime, time, timedelta
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from luoshi.base.models import Outbox
from luoshi.notices import commands, leases, queries, verbs
from luoshi.notices.channels import NotTaken
from luoshi.notices.commands.sending import FIRST_PAUSE, MOST_ATTEMPTS
from luoshi.notices.models import Delivery, InboxItem, Preference
from luoshi.notices.reach import Around, persons_of
from luoshi.organisation.queries import DistrictVisitor
from luoshi.rules.notices import Hours
from luoshi.rules.refusals import NotAllowed, NotFound
from tests.ledger.town import AT, LEAD, STRANGER, SUPPORT
from tests.notices.desks import LATER

SATURDAY = datetime(2021, 1, 16, 3, 0, tzinfo=UTC)  # 11:00 in the district
SUNDAY = SATURDAY + timedelta(days=1)
MONDAY = datetime(2021, 1, 18, 3, 0, tzinfo=UTC)


class Wire:
    """A channel that keeps what it takes, and refuses as often as it is told."""

    needs_address = True

    def __init__(self, name="email", refusals=0):
        self.name, self.refusals, self.taken, self.tries = name, refusals, [], 0

    def send(self, message):
        self.tries += 1
        if self.tries <= self.refusals:
            raise NotTaken("busy")
        self.taken.append(message)


@pytest.fixture
def wire(monkeypatch):
    """One channel, put in place of those of the settings."""
    made = Wire()
    for module in ("delivering", "sending", "reading"):
        monkeypatch.setattr(f"luoshi.notices.commands.{module}.available", lambda: (made,))
    return made


def wish(town, name, **given):
    commands.set_preferences(
        **{
            "channels": ["email"],
            "addresses": {"email": "clerk@example.invalid"},
            "quiet_from": time(0),
            "quiet_to": time(0),
            "working_days_only": True,
        }
        | given,
        by=town.actors[name],
    )


def send_all(at):
    done = 0
    while some := commands.send(at=at):
        done += some
    return done


# ---- into the inbox


def test_a_notice_comes_to_whoever_holds_the_post_and_to_the_nearest_hands_of_a_unit(town, desks):
    town.assigned()
    assert desks.deliver() == 2
    assert desks.inbox(LEAD) == desks.inbox(SUPPORT) == ["matter.assigned"]
    assert desks.inbox(STRANGER) == []
    item = InboxItem.objects.get(person=desks.person(LEAD))
    assert (item.post, item.unit) == (town.post(LEAD), town.unit(LEAD))
    assert (item.at, item.read_at) == (LATER, None)
    assert str(item).endswith(f"before post {town.post(LEAD)}")
    assert desks.deliver() == 0
    assert not Outbox.objects.filter(delivered_at=None).exists()


def test_ones_own_act_a_vacant_post_and_a_unit_without_posts_are_said_to_be_reached_by_nobody(
    town, desks
):
    desks.hold(LEAD, None)
    town.found_unit("新设局")
    matter = town.draft()
    town.fix(matter)
    town.tell(
        "fix_responsibility",
        matter,
        **town.responsibility() | {"supporting_units": (town.unit("新设局"),)},
    )
    town.tell("assign", matter)
    desks.deliver()
    assert desks.unsent() == [("inbox", "no_post"), ("inbox", "vacant")]
    desks.found("副岗", "办公室", roles=("office",))
    desks.hold("副岗", desks.second)
    town.tell("report_progress", matter, measured_on=date(2020, 3, 2), visible_progress="进场")
    desks.deliver()
    assert ("inbox", "own_act") in desks.unsent()
    assert desks.inbox(person=desks.second) == ["matter.report_submitted"]


def test_whom_a_post_is_delegated_to_is_told_beside_its_holder():
    holder, other = uuid4(), uuid4()
    assert persons_of(SimpleNamespace(holder=holder, delegate=other)) == [holder, other]
    assert persons_of(SimpleNamespace(holder=holder, delegate=holder)) == [holder]
    assert persons_of(SimpleNamespace(holder=None, delegate=None)) == []


def test_delivering_twice_at_once_puts_nothing_twice_into_an_inbox(town, desks):
    town.assigned()
    desks.deliver()
    Outbox.objects.update(delivered_at=None)
    assert desks.deliver() == 2
    assert desks.inbox(LEAD) == ["matter.assigned"]


def test_what_a_dead_worker_holds_is_free_when_its_lease_ends(town, desks):
    town.assigned()
    claimed = leases.claim(leases.undelivered(), at=AT, lease=leases.LEASE, order="at")
    assert len(claimed.rows) == 2
    assert desks.deliver() == 0
    assert commands.free_expired(at=AT) == 0
    assert commands.free_expired(at=LATER) == 2
    assert desks.deliver() == 2
    assert set(Outbox.objects.values_list("attempts", flat=True)) == {2}


def test_of_two_who_claim_the_same_rows_one_gets_them(town, monkeypatch):
    town.assigned()
    waiting = leases.undelivered()
    first = leases.claim(waiting, at=AT, lease=leases.LEASE, order="at")
    waiting.update(claimed_by=None, lease_until=None)
    second = leases.claim(waiting, at=AT, lease=leases.LEASE, order="at")
    assert first.id != second.id
    assert not waiting.filter(claimed_by=first.id)


def test_an_idle_worker_writes_nothing(db):
    with CaptureQueriesContext(connection) as caught:
        assert (commands.deliver(at=AT), commands.send(at=AT)) == (0, 0)
        assert commands.free_expired(at=AT) == 0
    assert all(one["sql"].startswith("SELECT") for one in caught)


def test_a_successor_finds_what_is_still_asked_of_the_post_and_nothing_else(town, desks):
    first, second = town.assigned("S1"), town.assigned("S2")
    desks.deliver()
    town.tell("accept", second, town.actors[LEAD])
    successor = town.id("person", "接任")
    desks.hold(LEAD, successor, on=date(2021, 1, 15))
    assert commands.pass_on(at=LATER) == 1
    assert commands.pass_on(at=LATER) == 0
    (item,) = InboxItem.objects.filter(person=successor)
    assert item.notice.thread == first


# ---- beside the inbox


def test_nobody_is_called_who_did_not_wish_it(town, desks, wire):
    town.assigned()
    desks.deliver()
    assert not Delivery.objects.exists()


def test_a_message_goes_out_by_the_way_that_was_chosen_and_says_nothing_of_the_matter(
    town, desks, wire
):
    wish(town, LEAD)
    matter = town.assigned()
    desks.deliver()
    assert send_all(LATER) == 1
    (message,) = wire.taken
    assert message.address == "clerk@example.invalid"
    assert message.text
    assert "停车" not in message.text + message.subject
    assert str(matter) not in message.text
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.sent_at, message.id) == ("sent", LATER, delivery.pk)
    assert str(delivery).endswith("by email: sent")
    assert send_all(LATER) == 0


def test_on_days_of_rest_and_in_quiet_hours_a_message_waits(town, desks, wire):
    wish(town, LEAD, quiet_from=time(20), quiet_to=time(8, 30))
    wish(town, SUPPORT, working_days_only=False)
    town.assigned()
    desks.deliver(at=SATURDAY)
    assert send_all(SATURDAY) == 1
    assert send_all(SUNDAY) == 0
    (waiting,) = Delivery.objects.filter(state="waiting")
    assert waiting.not_before == datetime(2021, 1, 18, 0, 30, tzinfo=UTC)  # Monday 8:30
    assert send_all(MONDAY) == 1


def test_without_announced_years_nothing_waits(town, desks, wire, monkeypatch):
    wish(town, LEAD)
    town.assigned()
    desks.deliver(at=datetime(2031, 1, 4, 3, 0, tzinfo=UTC))  # a Saturday nobody announced
    assert Delivery.objects.get().not_before.year == 2031
    assert Delivery.objects.get().not_before.day == 4


def test_a_district_without_a_calendar_holds_nothing_back(db):
    around = Around(uuid4(), SATURDAY)
    assert around.next_open(Hours()) == SATURDAY


def test_a_way_without_an_address_is_said(town, desks, wire):
    wish(town, LEAD, addresses={})
    town.assigned()
    desks.deliver()
    assert desks.unsent() == [("email", "no_address")]


def test_what_was_answered_meanwhile_is_not_sent(town, desks, wire):
    wish(town, LEAD)
    wish(town, SUPPORT)
    matter = town.assigned()
    desks.deliver(at=SATURDAY)
    town.tell("accept", matter, town.actors[LEAD])
    town.tell("abolish", matter, reason="并入他项")
    assert send_all(MONDAY) == 2
    assert desks.unsent() == [("email", "answered")] * 2
    assert wire.tries == 0


def test_a_busy_channel_is_tried_again_later_and_given_up_at_last(town, desks, wire):
    wish(town, LEAD)
    town.assigned()
    desks.deliver()
    wire.refusals = 1
    assert send_all(LATER) == 1
    assert Delivery.objects.get().not_before == LATER + FIRST_PAUSE
    assert send_all(LATER + FIRST_PAUSE) == 1
    assert len(wire.taken) == 1

    Delivery.objects.update(state="waiting", sent_at=None, attempts=0, not_before=LATER)
    wire.refusals = wire.tries + MOST_ATTEMPTS
    moment = LATER
    for _ in range(MOST_ATTEMPTS):
        assert send_all(moment) == 1
        moment += FIRST_PAUSE * 2**MOST_ATTEMPTS
    assert desks.unsent() == [("email", "given_up")]
    assert send_all(moment) == 0


def test_a_channel_that_was_closed_is_said(town, desks, wire, monkeypatch):
    wish(town, LEAD)
    town.assigned()
    desks.deliver()
    monkeypatch.setattr("luoshi.notices.commands.sending.available", lambda: ())
    send_all(LATER)
    assert desks.unsent() == [("email", "no_channel")]


def test_whoever_lost_the_lease_marks_nothing(town, desks, wire, monkeypatch):
    wish(town, LEAD)
    town.assigned()
    desks.deliver()

    def slow(message):
        Delivery.objects.update(claimed_by=uuid4())

    monkeypatch.setattr(wire, "send", slow)
    send_all(LATER)
    assert Delivery.objects.get().state == "waiting"


# ---- reading and wishing


def test_reading_marks_ones_own_items_and_nobody_elses(town, desks):
    town.assigned()
    desks.deliver()
    actor = town.actors[LEAD]
    (item,) = queries.inbox_of(actor, [town.post(LEAD)])
    assert queries.unread_count(actor, [town.post(LEAD)]) == 1
    with pytest.raises(NotFound):
        commands.mark_read(item=item.pk, by=town.actors[SUPPORT], at=LATER)
    notice = commands.mark_read(item=item.pk, by=actor, at=LATER)
    assert notice.pk == item.notice_id
    commands.mark_read(item=item.pk, by=actor, at=MONDAY)
    assert InboxItem.objects.get(pk=item.pk).read_at == LATER
    assert queries.unread_count(actor, [town.post(LEAD)]) == 0


def test_an_inbox_is_that_of_the_posts_one_acts_for_today(town, desks):
    matter = town.assigned()
    desks.deliver()
    actor = town.actors[LEAD]
    assert not queries.inbox_of(actor, [])
    assert len(queries.inbox_of(actor, [town.post(LEAD)], which="asked")) == 1
    town.tell("accept", matter, actor)
    assert len(queries.inbox_of(actor, [town.post(LEAD)], which="asked")) == 0
    assert len(queries.inbox_of(actor, [town.post(LEAD)], which="unread")) == 1
    assert commands.mark_all_read(by=actor, posts=[town.post(LEAD)], at=LATER) == 1
    assert len(queries.inbox_of(actor, [town.post(LEAD)], which="unread")) == 0


def test_wishes_are_ones_own_and_keep_only_known_ways(town, wire):
    wish(town, LEAD, channels=["email", "pigeon"], addresses={"email": "a@b.c", "sms": ""})
    kept = queries.wish_of(town.actors[LEAD])
    assert (kept.channels, kept.addresses) == (("email",), {"email": "a@b.c"})
    assert queries.wish_of(town.actors[SUPPORT]) == queries.DEFAULT
    wish(town, LEAD, channels=[])
    assert queries.wish_of(town.actors[LEAD]).channels == ()
    assert "a@b.c" not in str(Preference.objects.get())
    assert queries.address_of(None, "email") == ""


def test_nobody_is_told_in_anothers_name(town):
    with pytest.raises(NotAllowed):
        verbs.read_inbox.check(town.actors[LEAD], town.actors[SUPPORT].person)


# ---- the receipt


def test_a_receipt_says_what_was_sent_to_a_unit_on_a_day_and_what_was_not(town, desks, wire):
    wish(town, LEAD, addresses={})
    town.assigned()
    desks.deliver(at=LATER)
    day = date(2021, 1, 15)
    whole = queries.receipt_visible_to(town.office, day=day, unit=None)
    assert (len(whole.items), len(whole.messages)) == (2, 1)
    of_unit = queries.receipt_visible_to(town.office, day=day, unit=town.unit(SUPPORT))
    assert (len(of_unit.items), len(of_unit.messages)) == (1, 0)
    other_day = queries.receipt_visible_to(town.office, day=date(2021, 1, 16), unit=None)
    elsewhere = queries.receipt_visible_to(DistrictVisitor(uuid4()), day=day, unit=None)
    assert [*other_day.items, *elsewhere.items, *elsewhere.messages] == []
