"""Entries posted to other systems: where they may go, how they are signed, when they are tried."""

import hmac
from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import SplitResult, urlsplit

from luoshi.rules.refusals import Refusal

Network = IPv4Network | IPv6Network
Address = IPv4Address | IPv6Address

PAUSES = (
    timedelta(seconds=10),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=8),
    timedelta(hours=24),
)
"""After the first failure, the second and so on; after one more nothing is sent until a person says
so. A night, and a machine that is mended the next day, are within."""
MOST_TRIES = len(PAUSES) + 1
LONGEST_ADDRESS = 500  # characters
MOST_SUBSCRIPTIONS = 20  # of a district at a time: each is a copy of its ledger outside
SECRET_START = "whsec_"  # noqa: S105 - by it a secret is known for what it is, no more
TRANSLATED = ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address in the last 32 bits


class AddressNotAllowed(Refusal):
    """Entries may not go to this address; facts: ``why`` (a word of ``Why``), ``host``."""

    code = "address_not_allowed"


class TooManySubscriptions(Refusal):
    """The district has as many as it may; facts: ``most``."""

    code = "too_many_subscriptions"


class MadeAlready(Refusal):
    """The same command id made something else before; facts: ``command_id``."""

    code = "made_already"


class SubscriptionOver(Refusal):
    """The subscription was ended and does not come back; facts: none."""

    code = "subscription_over"


class Why(StrEnum):
    """What stands against an address."""

    MALFORMED = "malformed"
    NOT_HTTPS = "not_https"
    CREDENTIALS = "credentials"
    UNKNOWN_HOST = "unknown_host"
    INSIDE = "inside"


class Outcome(StrEnum):
    """What an answer says of an entry that was posted."""

    TAKEN = "taken"
    REFUSED = "refused"  # of this entry; others may pass
    UNREACHABLE = "unreachable"  # of the receiver: nothing else would pass now either
    GONE = "gone"  # 410: the receiver wants no more


def outcome_of(status: int | None) -> Outcome:
    """Return what an answer's status says; None is no answer at all.

    A redirection is not followed: it would lead past what was checked of the address.
    """
    if status is not None and 200 <= status < 300:
        return Outcome.TAKEN
    if status == 410:
        return Outcome.GONE
    if status is not None and 400 <= status < 500 and status not in {401, 403, 404, 408, 429}:
        return Outcome.REFUSED
    return Outcome.UNREACHABLE


def next_try(failures: int, *, at: datetime) -> datetime | None:
    """Return when to try again after so many failures in a row, None where it is given up."""
    return at + PAUSES[failures - 1] if failures <= len(PAUSES) else None


def signature(secret: str, *, moment: int, body: bytes) -> str:
    """Return the header by which a receiver knows the sender and that nothing was changed.

    ``t`` is the moment of sending in seconds since 1970 (a replay is old), ``v1`` the
    HMAC-SHA256 (RFC 2104) over it, a dot and the body, in hex.
    """
    signed = hmac.new(secret.encode(), b"%d." % moment + body, sha256).hexdigest()
    return f"t={moment},v1={signed}"


def networks(text: str) -> tuple[Network, ...]:
    """Return networks written apart by blanks, such as ``10.1.0.0/16``; raises ValueError."""
    return tuple(ip_network(one) for one in text.split())


def parts_of(url: str) -> SplitResult:
    """Return the parts of an address. Raises AddressNotAllowed where it is none to post to."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018 - a port that is no number is found by asking for it
        host = (parts.hostname or "").encode("idna").decode()
    except ValueError as cause:
        raise AddressNotAllowed(why=Why.MALFORMED, host="") from cause
    is_plain = url.isprintable() and " " not in url and "\\" not in url
    if not host or not is_plain or len(url) > LONGEST_ADDRESS:
        raise AddressNotAllowed(why=Why.MALFORMED, host=host)
    if parts.scheme not in {"https", "http"}:
        raise AddressNotAllowed(why=Why.NOT_HTTPS, host=host)
    if parts.username is not None or parts.password is not None:
        raise AddressNotAllowed(why=Why.CREDENTIALS, host=host)
    return parts


def allowed(
    parts: SplitResult, found: Iterable[str], *, inside: Collection[Network]
) -> tuple[Address, ...]:
    """Return the addresses of a host to which entries may go. Raises AddressNotAllowed.

    All that the name stands for must be allowed: one that leads outside today and inside tomorrow
    is refused. ``inside`` are the networks of the house that the settings open; without them
    nothing of the house is reached. Plain HTTP does not leave the machine.
    """
    host = parts.hostname or ""
    addresses = tuple(ip_address(one.partition("%")[0]) for one in found)
    if not addresses:
        raise AddressNotAllowed(why=Why.UNKNOWN_HOST, host=host)
    if not all(_is_open(one, inside) for one in addresses):
        raise AddressNotAllowed(why=Why.INSIDE, host=host)
    if parts.scheme == "http" and not all(one.is_loopback for one in addresses):
        raise AddressNotAllowed(why=Why.NOT_HTTPS, host=host)
    return addresses


def _is_open(address: Address, inside: Collection[Network]) -> bool:
    real = _within(address)
    if any(real in network for network in inside if network.version == real.version):
        return True
    return real.is_global and not real.is_multicast


def _within(address: Address) -> Address:
    """Return the IPv4 address that an IPv6 address carries, else the address itself."""
    if isinstance(address, IPv4Address):
        return address
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    teredo = address.teredo[1] if address.teredo else None
    return address.ipv4_mapped or address.sixtofour or teredo or address
