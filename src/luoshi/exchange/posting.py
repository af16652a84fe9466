"""One POST to a receiver: to the address that was checked, not redirected, bounded in time."""

import http.client
import socket
import ssl
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from threading import Timer
from urllib.parse import SplitResult

from django.conf import settings

from luoshi.rules.webhooks import AddressNotAllowed, allowed, networks, parts_of

PATIENCE = 10.0  # seconds of waiting for a connection, or for the next bytes
LONGEST = 15.0  # seconds of the whole, however slowly bytes drip


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: an HTTP status, or in one word why there is none."""

    status: int | None
    problem: str = ""


def check(url: str) -> None:
    """Raise AddressNotAllowed where entries may not go to an address today."""
    _addresses(parts_of(url))


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """Post a body; never raises: what went wrong is an answer too."""
    try:
        parts = parts_of(url)
        addresses = _addresses(parts)
    except AddressNotAllowed as refusal:
        return Answer(None, str(refusal.facts["why"]))
    connection = _Direct(parts, addresses)
    watch = Timer(LONGEST, connection.cut)
    watch.daemon = True
    watch.start()
    try:
        target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        connection.request("POST", target, body=body, headers=dict(headers))
        return Answer(connection.getresponse().status)
    except (OSError, http.client.HTTPException, ValueError, AttributeError) as cause:
        # AttributeError: the watch took the socket away between two of its bytes.
        return Answer(None, _problem(cause))
    finally:
        watch.cancel()
        connection.close()


def _problem(cause: Exception) -> str:
    match cause:
        case ssl.SSLError():
            return "certificate"
        case TimeoutError():
            return "timeout"
        case ConnectionRefusedError():
            return "refused"
        case _:
            return "broken"


def _addresses(parts: SplitResult) -> tuple[str, ...]:
    host = (parts.hostname or "").encode("idna").decode()
    try:
        found = socket.getaddrinfo(host, _port(parts), type=socket.SOCK_STREAM)
    except OSError:
        found = []
    known = dict.fromkeys(str(one[4][0]) for one in found)
    inside = networks(settings.WEBHOOK_NETWORKS)
    return tuple(map(str, allowed(parts, known, inside=inside)))


def _port(parts: SplitResult) -> int:
    return parts.port or (443 if parts.scheme == "https" else 80)


@cache
def _certificates() -> ssl.SSLContext:
    """Return how a receiver proves who it is: by the certificates that this machine trusts."""
    return ssl.create_default_context()


class _Direct(http.client.HTTPConnection):
    """A connection to a host at the addresses that were checked, the first that listens.

    The name is not looked up a second time: it could come to stand for something else in between
    (DNS rebinding).
    """

    def __init__(self, parts: SplitResult, addresses: Sequence[str]) -> None:
        host = (parts.hostname or "").encode("idna").decode()
        super().__init__(host, _port(parts), timeout=PATIENCE)
        self._addresses = addresses
        self._is_secure = parts.scheme == "https"
        self.default_port = 443 if self._is_secure else 80  # the Host header leaves it out

    def connect(self) -> None:
        """Connect; under TLS the certificate is held against the host's name."""
        *others, last = self._addresses
        patience = PATIENCE / len(self._addresses)  # all of them together
        for address in others:
            with suppress(OSError):
                self.sock = socket.create_connection((address, self.port), patience)
                break
        else:
            self.sock = socket.create_connection((last, self.port), patience)
        self.sock.settimeout(PATIENCE)
        if self._is_secure:
            self.sock = _certificates().wrap_socket(self.sock, server_hostname=self.host)

    def cut(self) -> None:
        """End it in the midst: whoever drips bytes does not hold the worker."""
        with suppress(OSError, AttributeError):  # it may have ended by itself just now
            self.sock.shutdown(socket.SHUT_RDWR)
