"""Entries go out to a real receiver: signed, in order, again where they were not taken."""

import hmac
import json
import socket
import ssl
import time
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from threading import Thread
from uuid import uuid4

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from django.core.management import call_command
from django.utils import timezone

from luoshi.base.models import Outbox
from luoshi.exchange import commands, posting, queries
from luoshi.exchange.commands import posting as work
from luoshi.exchange.feed import Narrowed, last_number
from luoshi.exchange.models import Dispatch, Subscription
from luoshi.notices.leases import LEASE, claim
from luoshi.notices.words import label_of, subjects_of
from luoshi.organisation.models import Account
from luoshi.rules.refusals import NotAllowed, NotFound
from luoshi.rules.webhooks import (
    MOST_SUBSCRIPTIONS,
    PAUSES,
    AddressNotAllowed,
    SubscriptionOver,
    TooManySubscriptions,
)
from tests.exchange.receiver import Receiver
from tests.ledger.town import LEAD, OFFICE, STRANGER

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "receiver.py"
MATTERS = Narrowed(kinds=frozenset({"matter"}))


@pytest.fixture
def office(people):
    return people.actor(OFFICE)


@pytest.fixture
def subscribed(office, receiver):
    """Make a subscription to the receiver; matters only, from now on, if not told otherwise."""

    def made(**given):
        asked = {"label": "市平台", "url": receiver.url, "narrowed": MATTERS, "after": None}
        asked["command_id"] = uuid4()
        return commands.subscribe(**asked | given, by=office, at=timezone.now())

    return made


def served(at=None):
    """Let a worker do all that is to be done at a moment."""
    at = at or timezone.now()
    while commands.post_entries(at=at):
        pass


def dispatches(made, state=None):
    rows = Dispatch.objects.filter(subscription=made.subscription.pk).order_by("number")
    return list(rows.filter(state=state) if state else rows)


def now_of(made):
    return Subscription.objects.get(pk=made.subscription.pk)


def test_every_new_entry_comes_once_in_order_and_signed(town, subscribed, receiver):
    made = subscribed()
    matter = town.assigned()
    served()
    last = last_number(town.district)
    assert receiver.numbers == list(range(last - 4, last + 1))
    for entry, headers, body in receiver.got:
        assert entry["thread"] == str(matter)
        assert entry["thread_kind"] == "matter"
        assert headers["Luoshi-Number"] == str(entry["number"])
        moment, signed = headers["Luoshi-Signature"].split(",v1=")
        text = moment.removeprefix("t=").encode() + b"." + body
        assert signed == hmac.new(made.secret.encode(), text, sha256).hexdigest()
    ids = {headers["Luoshi-Delivery"] for _entry, headers, _body in receiver.got}
    assert ids == {str(one.pk) for one in dispatches(made)}
    served()
    assert len(receiver.got) == 5
    assert now_of(made).cursor == last
    assert {one.status for one in dispatches(made)} == {204}


def test_the_example_knows_our_entries_and_no_others(town, subscribed, receiver):
    spec = spec_from_file_location("receiver_example", EXAMPLE)
    example = module_from_spec(spec)
    spec.loader.exec_module(example)
    made = subscribed()
    town.assigned()
    served()
    for _entry, headers, body in receiver.got:
        told = headers["Luoshi-Signature"]
        assert example.is_ours(told, body, made.secret)
        assert not example.is_ours(told, body + b" ", made.secret)
        assert not example.is_ours(told, body, made.secret + "0")
        assert not example.is_ours(told, body, made.secret, now=time.time() + 3600)
    assert not example.is_ours("", b"", made.secret)


def test_an_idle_worker_writes_nothing(town, subscribed, receiver):
    made = subscribed()
    town.assigned()
    served()
    before = now_of(made).attempts
    assert commands.post_entries(at=timezone.now()) == 0
    assert now_of(made).attempts == before


def test_from_the_first_entry_on_and_as_narrowed(town, subscribed, receiver):
    town.assigned()
    subscribed(after=0, narrowed=Narrowed(facts=frozenset({"matter.assigned"})))
    served()
    assert [entry["kind"] for entry, _headers, _body in receiver.got] == ["matter.assigned"]


def test_of_a_long_line_some_wait_on_the_line(town, subscribed, receiver, monkeypatch):
    monkeypatch.setattr(work, "QUEUE", 3)
    made = subscribed()
    town.assigned()
    receiver.answers.append(500)
    served()
    assert len(dispatches(made, "waiting")) == 3
    served(timezone.now() + PAUSES[0] * 2)
    assert len(receiver.got) == 5


def test_a_full_queue_takes_no_more(town, subscribed, receiver, monkeypatch):
    made = subscribed()
    town.assigned("S1")
    receiver.answers.extend([422])
    served()
    assert len(dispatches(made, "waiting")) == 5
    monkeypatch.setattr(work, "QUEUE", 5)
    town.assigned("S2")
    assert commands.post_entries(at=timezone.now()) == 0
    assert len(dispatches(made)) == 5


def test_what_was_refused_holds_back_its_thread_alone(town, subscribed, receiver):
    made = subscribed()
    first, second = town.assigned("S1"), town.assigned("S2")
    receiver.answers.append(422)  # of the registration of the first
    served()
    assert {entry["thread"] for entry, _headers, _body in receiver.got} == {str(second)}
    assert len(dispatches(made, "waiting")) == 5
    served(timezone.now() + PAUSES[0] * 2)
    of_first = [e["number"] for e, _headers, _body in receiver.got if e["thread"] == str(first)]
    assert of_first == sorted(of_first)
    assert len(of_first) == 5
    assert len(receiver.got) == 10


def test_while_the_receiver_is_away_nothing_else_is_tried(town, subscribed, receiver):
    made = subscribed()
    town.assigned("S1")
    town.assigned("S2")
    receiver.answers.append(503)
    at = timezone.now()
    served(at)
    tried = [one for one in dispatches(made) if one.attempts]
    assert [one.status for one in tried] == [503]
    assert receiver.got == []
    assert now_of(made).not_before > at + PAUSES[0] / 2
    served(at + PAUSES[0] / 2)
    assert receiver.got == []
    served(at + PAUSES[0] * 2)
    assert len(receiver.got) == 10


def test_after_the_last_try_it_rests_and_its_maker_is_told(town, subscribed, receiver, office):
    made = subscribed()
    town.assigned()
    receiver.answers.extend([500] * (len(PAUSES) + 1))
    at = timezone.now()
    for pause in (*PAUSES, timedelta()):
        served(at)
        at += pause * 2
    assert now_of(made).state == "paused"
    assert now_of(made).reason == "not_taken"
    (given_up,) = dispatches(made, "given_up")
    assert given_up.attempts == len(PAUSES) + 1
    notice = Outbox.objects.get(code="subscription.paused")
    assert (notice.audience, notice.cause) == (str(office.post), given_up.number)
    assert str(label_of(notice.code))
    assert subjects_of(office, [notice])[made.subscription.pk].title == "市平台"
    served(at)
    assert receiver.got == []
    commands.resume_subscription(subscription=made.subscription.pk, by=office, at=at)
    served(at)
    assert len(receiver.got) == 5  # nothing was lost meanwhile
    assert receiver.numbers == sorted(receiver.numbers)


def test_a_receiver_that_wants_no_more_gets_no_more(town, subscribed, receiver):
    made = subscribed()
    town.assigned()
    receiver.answers.append(410)
    served()
    assert (now_of(made).state, now_of(made).reason) == ("paused", "gone")
    assert len(dispatches(made, "waiting")) == 5


def test_a_redirection_is_not_followed(town, subscribed, receiver):
    made = subscribed()
    town.assigned()
    receiver.answers.append(307)
    receiver.headers = {"Location": receiver.url}
    served()
    assert receiver.got == []
    assert [one.status for one in dispatches(made) if one.attempts] == [307]


def test_who_no_longer_acts_for_the_post_sends_nothing(town, subscribed, receiver, people):
    made = subscribed()
    town.assigned()
    Account.objects.filter(pk=people.accounts[OFFICE].pk).update(is_active=False)
    served()
    assert receiver.got == []
    assert (now_of(made).state, now_of(made).reason) == ("paused", "no_hand")
    assert Outbox.objects.filter(code="subscription.paused").count() == 1


def test_rights_are_those_of_the_moment_of_sending(town, subscribed, receiver, monkeypatch):
    made = subscribed()
    town.assigned()
    monkeypatch.setattr(work, "entry_visible_to", lambda _hand, _number: None)
    served()
    assert receiver.got == []
    assert len(dispatches(made, "withheld")) == 5


def test_a_person_pauses_resumes_renews_and_ends(town, subscribed, receiver, office):
    made = subscribed()
    given = {"subscription": made.subscription.pk, "by": office, "at": timezone.now()}
    commands.pause_subscription(**given)
    town.assigned()
    served()
    assert receiver.got == []
    commands.resume_subscription(**given)
    renewed = commands.renew_secret(**given)
    assert renewed.secret != made.secret
    served()
    moment, signed = receiver.got[0][1]["Luoshi-Signature"].split(",v1=")
    text = moment.removeprefix("t=").encode() + b"." + receiver.got[0][2]
    assert signed == hmac.new(renewed.secret.encode(), text, sha256).hexdigest()
    commands.end_subscription(**given)
    town.assigned("S2")
    served()
    assert len(receiver.got) == 5
    for command in (
        commands.pause_subscription, commands.resume_subscription, commands.end_subscription,
        commands.renew_secret,
    ):  # fmt: skip
        with pytest.raises(SubscriptionOver):
            command(**given)
    with pytest.raises(SubscriptionOver):
        commands.send_again(dispatch=dispatches(made)[0].pk, by=office, at=timezone.now())


def test_an_entry_goes_again_or_is_left_out(town, subscribed, receiver, office):
    made = subscribed()
    town.assigned()
    receiver.answers.append(422)
    served()
    first, *later = dispatches(made)
    commands.leave_out(dispatch=first.pk, by=office, at=timezone.now())
    served()
    assert receiver.numbers == [one.number for one in later]
    commands.leave_out(dispatch=later[0].pk, by=office, at=timezone.now())
    assert len(dispatches(made, "left_out")) == 1  # what was taken is taken
    commands.send_again(dispatch=first.pk, by=office, at=timezone.now())
    served()
    assert receiver.numbers[-1] == first.number
    with pytest.raises(NotFound):
        commands.send_again(dispatch=uuid4(), by=office, at=timezone.now())


def test_only_the_office_lets_entries_out_and_the_system_administrator_can_stop_them(
    town, subscribed, receiver, people, office
):
    made = subscribed()
    given = {"subscription": made.subscription.pk, "at": timezone.now()}
    system = replace(office, roles=frozenset({"system"}))
    for command in (commands.resume_subscription, commands.renew_secret):
        with pytest.raises(NotAllowed):
            command(**given, by=system)
    with pytest.raises(NotAllowed):
        commands.pause_subscription(**given, by=people.actor(LEAD))
    with pytest.raises(NotAllowed):
        commands.subscribe(
            label="x", command_id=uuid4(), url=receiver.url, narrowed=MATTERS, after=None,
            by=people.actor(STRANGER), at=timezone.now(),
        )  # fmt: skip
    commands.pause_subscription(**given, by=system)
    commands.end_subscription(**given, by=system)
    assert now_of(made).state == "ended"
    with pytest.raises(NotFound):
        commands.pause_subscription(subscription=uuid4(), by=office, at=timezone.now())


def test_there_are_bounds_and_a_hand_without_a_post_subscribes_nothing(
    subscribed, receiver, office, monkeypatch
):
    with pytest.raises(NotFound):
        commands.subscribe(
            label="x", command_id=uuid4(), url=receiver.url, narrowed=MATTERS, after=None,
            by=replace(office, post=None), at=timezone.now(),
        )  # fmt: skip
    for _number in range(MOST_SUBSCRIPTIONS):
        subscribed()
    with pytest.raises(TooManySubscriptions):
        subscribed()


def test_an_address_that_is_not_opened_is_refused_at_once(subscribed, settings):
    settings.WEBHOOK_NETWORKS = ""
    with pytest.raises(AddressNotAllowed):
        subscribed()


def test_old_deliveries_are_forgotten_and_nothing_is_sent_twice(town, subscribed, receiver):
    made = subscribed()
    town.assigned("S1")
    served()
    later = timezone.now() + work.KEPT * 2
    town.assigned("S2")
    served(later)
    assert len(receiver.got) == 10
    assert len(dispatches(made)) == 5


def test_a_worker_whose_lease_ended_marks_and_sends_nothing_more(
    town, subscribed, receiver, monkeypatch
):
    made = subscribed()
    town.assigned()
    other = uuid4()
    posted = posting.post

    def taken_over(*given):
        answer = posted(*given)
        Subscription.objects.filter(pk=made.subscription.pk).update(claimed_by=other)
        return answer

    monkeypatch.setattr(posting, "post", taken_over)
    assert commands.post_entries(at=timezone.now()) > 0
    assert len(receiver.got) == 1
    assert len(dispatches(made, "waiting")) == 5  # the first goes out once more: at least once
    assert now_of(made).claimed_by == other


def test_what_a_worker_left_is_taken_up_when_its_lease_ends(town, subscribed, receiver):
    subscribed()
    town.assigned()
    at = timezone.now()
    assert claim(queries.at_work(at), at=at, lease=LEASE, order="not_before", most=1)
    assert commands.post_entries(at=at) == 0
    served(at + LEASE * 2)
    assert len(receiver.got) == 5


def test_a_claim_that_is_lost_before_it_begins_derives_nothing(town, subscribed):
    made = subscribed()
    town.assigned()
    run = work._Run(now_of(made), uuid4(), timezone.now())
    assert run.serve() == 0
    run._pause("gone")
    assert now_of(made).state == "active"
    assert dispatches(made) == []


def test_a_worker_turns_to_others_after_a_while(town, subscribed, receiver, monkeypatch):
    subscribed()
    town.assigned()
    monkeypatch.setattr(work, "RUN", timedelta(seconds=-1))
    assert commands.post_entries(at=timezone.now()) > 0
    assert receiver.got == []


def test_the_worker_of_notices_posts_too(town, subscribed, receiver):
    subscribed()
    town.assigned()
    call_command("deliver")
    assert len(receiver.got) == 5


# ---- one POST ------------------------------------------------------------------------------------


def answer_of(url):
    return posting.post(url, b"{}", {"Content-Type": "application/json"})


def listening(talk):
    """A server that says what ``talk`` says on each connection."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        with server:
            line, _address = server.accept()
            with line:
                talk(line)

    Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_why_there_is_no_answer_is_said_in_a_word(receiver, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    assert answer_of(f"http://127.0.0.1:{port}/").problem == "refused"
    assert answer_of("https://10.0.0.1/").problem == "inside"
    assert answer_of("ftp://x/").problem == "not_https"
    assert answer_of(receiver.url.replace("http:", "https:")).problem == "certificate"
    assert answer_of(listening(lambda line: line.sendall(b"nonsense\r\n"))).problem == "broken"
    monkeypatch.setattr(posting, "PATIENCE", 0.2)
    assert answer_of(listening(silent)).problem == "timeout"
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    assert answer_of("https://example.org/").problem == "unknown_host"


def silent(line):
    while line.recv(1000):
        pass


def unknown(*_given, **_named):
    raise socket.gaierror


def test_whoever_drips_bytes_is_cut_off(receiver, monkeypatch):
    monkeypatch.setattr(posting, "LONGEST", 0.3)

    def drip(line):
        line.recv(100_000)
        with suppress(OSError):  # until it is cut off
            for byte in b"HTTP/1.1 200 OK\r\n" * 20:
                line.sendall(bytes([byte]))
                time.sleep(0.05)

    assert answer_of(listening(drip)).status is None


def test_the_name_is_looked_up_once(receiver, monkeypatch):
    looked = []
    real = socket.getaddrinfo

    def once(host, *given, **named):
        looked.append(host)
        return real("127.0.0.1" if host == "localhost" else host, *given, **named)

    monkeypatch.setattr(socket, "getaddrinfo", once)
    assert answer_of(receiver.url.replace("127.0.0.1", "localhost")).status == 204
    assert looked.count("localhost") == 1
    assert receiver.got[0][1]["Host"].startswith("localhost:")


def test_of_several_addresses_the_first_that_listens_is_taken(receiver, settings, monkeypatch):
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8 ::1/128"
    real = socket.getaddrinfo

    def both(host, *given, **named):
        if host != "localhost":
            return real(host, *given, **named)
        return [line for one in ("::1", "127.0.0.1") for line in real(one, *given, **named)]

    monkeypatch.setattr(socket, "getaddrinfo", both)
    url = receiver.url.replace("127.0.0.1", "localhost")
    assert answer_of(url).status == 204
    monkeypatch.setattr(posting, "_addresses", lambda _parts: ("127.0.0.1", "::1"))
    assert answer_of(url).status == 204
    assert len(receiver.got) == 2


@pytest.fixture
def certified(tmp_path):
    """A certificate for localhost alone: its file, and that of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "localhost")])
    now = timezone.now()
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return certificate, secret


def test_over_tls_a_receiver_proves_its_name(settings, certified, monkeypatch):
    settings.WEBHOOK_NETWORKS = "127.0.0.0/8 ::1/128"
    certificate, key = certified
    with Receiver(tls=certified) as receiver:
        url = receiver.url.replace("http:", "https:")
        named = url.replace("127.0.0.1", "localhost")
        assert answer_of(named).problem == "certificate"  # nobody vouches for it
        trusting = ssl.create_default_context(cafile=certificate)
        monkeypatch.setattr(posting, "_certificates", lambda: trusting)
        assert answer_of(named).status == 204
        assert answer_of(url).problem == "certificate"  # it is another's name
        assert len(receiver.got) == 1
    assert key.exists()


def test_certificates_are_checked_against_the_name():
    context = posting._certificates()
    assert context.verify_mode == ssl.CERT_REQUIRED
    assert context.check_hostname


def test_the_body_is_the_entry_of_the_feed(town, subscribed, receiver, office):
    from luoshi.exchange.feed import feed_visible_to

    made = subscribed()
    town.assigned()
    served()
    batch = feed_visible_to(office, after=made.subscription.cursor)
    shown = [json.loads(json.dumps(one.shown)) for one in batch.entries]
    assert [entry for entry, _headers, _body in receiver.got] == shown
