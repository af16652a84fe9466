"""Where entries may be posted, how they are signed, when a failure is tried again."""

import hmac
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import pytest

from luoshi.rules.webhooks import (
    MOST_TRIES,
    PAUSES,
    AddressNotAllowed,
    Outcome,
    allowed,
    networks,
    next_try,
    outcome_of,
    parts_of,
    signature,
)

AT = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
OUTSIDE = "8.8.8.8"


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (200, Outcome.TAKEN),
        (204, Outcome.TAKEN),
        (302, Outcome.UNREACHABLE),  # a redirection is not followed
        (400, Outcome.REFUSED),
        (422, Outcome.REFUSED),
        (401, Outcome.UNREACHABLE),  # the receiver knows none of us
        (404, Outcome.UNREACHABLE),  # the address leads nowhere
        (429, Outcome.UNREACHABLE),
        (410, Outcome.GONE),
        (500, Outcome.UNREACHABLE),
        (None, Outcome.UNREACHABLE),
    ],
)
def test_what_an_answer_says(status, outcome):
    assert outcome_of(status) == outcome


def test_pauses_grow_and_after_the_last_a_person_decides():
    tries = [next_try(failures, at=AT) for failures in range(1, MOST_TRIES + 1)]
    assert [one - AT for one in tries[:-1]] == list(PAUSES)
    assert tries[-1] is None
    assert list(PAUSES) == sorted(PAUSES)
    assert PAUSES[0] == timedelta(seconds=10)
    assert PAUSES[-1] == timedelta(hours=24)


def test_a_signature_is_an_hmac_over_moment_and_body():
    told = signature("secret", moment=1_700_000_000, body="落实".encode())
    moment, _comma, signed = told.partition(",v1=")
    assert moment == "t=1700000000"
    text = b"1700000000." + "落实".encode()
    assert signed == hmac.new(b"secret", text, sha256).hexdigest()


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("ftp://example.org/", "not_https"),
        ("file:///etc/passwd", "malformed"),
        ("https://", "malformed"),
        ("https://example.org:99999/", "malformed"),
        ("https://[::1/", "malformed"),
        ("https://exam ple.org/", "malformed"),
        ("https://example.org\\@127.0.0.1/", "malformed"),
        ("https://example.org/\r\nX: y", "malformed"),
        ("https://example.org/" + "x" * 500, "malformed"),
        ("https://" + "a" * 70 + ".org/", "malformed"),
        ("https://user:word@example.org/", "credentials"),
        ("https://user@example.org/", "credentials"),
    ],
)
def test_what_is_no_address_to_post_to(url, why):
    with pytest.raises(AddressNotAllowed) as refused:
        parts_of(url)
    assert refused.value.facts["why"] == why


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.8",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",  # where clouds keep their keys
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:10.0.0.8",
        "2002:0a00:0008::1",  # 6to4 of 10.0.0.8
        "64:ff9b::a00:8",  # NAT64 of 10.0.0.8
        "2001:0:4136:e378:8000:63bf:f5ff:fff7",  # Teredo of 10.0.0.8
    ],
)
def test_nothing_of_the_house_is_reached_that_was_not_opened(address):
    parts = parts_of("https://example.org/")
    with pytest.raises(AddressNotAllowed) as refused:
        allowed(parts, [address], inside=())
    assert refused.value.facts == {"why": "inside", "host": "example.org"}
    with pytest.raises(AddressNotAllowed):  # one of several leads inside
        allowed(parts, [OUTSIDE, address], inside=networks("192.0.2.0/24"))


def test_a_network_that_was_opened_is_reached_and_no_other():
    parts = parts_of("https://example.org/hook?key=1")
    inside = networks("10.1.0.0/16 fd00::/8")
    assert allowed(parts, ["10.1.2.3", "fd00::1"], inside=inside)
    assert allowed(parts, [OUTSIDE], inside=())
    assert allowed(parts, ["64:ff9b::808:808"], inside=())
    with pytest.raises(AddressNotAllowed):
        allowed(parts, ["10.2.0.1"], inside=inside)


def test_a_host_that_nobody_knows_is_refused():
    with pytest.raises(AddressNotAllowed) as refused:
        allowed(parts_of("https://example.org/"), [], inside=())
    assert refused.value.facts["why"] == "unknown_host"


def test_plain_http_does_not_leave_the_machine():
    parts, inside = parts_of("http://localhost:8000/"), networks("127.0.0.0/8 10.0.0.0/8")
    assert allowed(parts, ["127.0.0.1"], inside=inside)
    for address in ("10.0.0.8", OUTSIDE):
        with pytest.raises(AddressNotAllowed) as refused:
            allowed(parts, [address], inside=inside)
        assert refused.value.facts["why"] == "not_https"
