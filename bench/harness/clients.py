"""Cheap clients: one process, one thread, a socket for each connection, kept open.

A request is a few bytes made ready before; of an answer only its head is read, its length and its
status. What the clients themselves take of a core stands beside every figure.
"""

import http.client
import json
import re
import selectors
import socket
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from urllib.parse import urlencode

HOST = "127.0.0.1"
TURNED_AWAY = 503  # at once, for there is too much to do: no answer to what was asked
LONGEST = 60  # seconds that an answer may take
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
Ask = Callable[[int, int], bytes]
"""Gives the bytes of a request by the number of its connection and its own number."""


@dataclass(slots=True)
class Run:
    """What became of the requests of a run: seconds of each, how many of each status."""

    seconds: float
    took: list[float]  # of what was answered, not of what was turned away
    statuses: Counter[int]
    received: int  # bytes
    share: float  # of one core, taken by the clients
    processor: float = 0.0  # seconds that the server and its database took, where somebody looked

    @property
    def rate(self) -> float:
        """Return the answers a second."""
        return len(self.took) / self.seconds

    def percentile(self, part: float) -> float:
        """Return below how many milliseconds a part of the answers took; 0 where there was none."""
        found = sorted(self.took)
        return found[min(len(found) - 1, int(len(found) * part))] * 1000 if found else 0.0


@dataclass(slots=True)
class _Line:
    number: int
    socket: socket.socket
    begun: float = 0.0
    missing: int = -1  # bytes of the answer still to come; -1: its head is not whole
    head: bytearray = field(default_factory=bytearray)
    turned_away: bool = False


def run(
    port: int, ask: Ask, *, connections: int, seconds: float, first: int = 0, rest: float = 0.0
) -> Run:
    """Ask over so many connections, each as soon as it has its answer, for so many seconds.

    Requests under way at the end are waited for. ``first``: the number of the first request, so
    that a later run asks what no earlier one asked. ``rest``: seconds for which a connection that
    was turned away asks nothing.
    """
    numbers = count(first)
    found = Run(0.0, [], Counter(), 0, 0.0)
    begun, processor = time.perf_counter(), time.process_time()
    end = begun + seconds
    with selectors.DefaultSelector() as waiting:
        for number in range(connections):
            line = _Line(number, socket.create_connection((HOST, port), timeout=LONGEST))
            line.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            waiting.register(line.socket, selectors.EVENT_READ, line)
            _send(line, ask, numbers)
        resting: deque[tuple[float, _Line]] = deque()  # until when; those that end first, first
        while waiting.get_map():
            ready = waiting.select(resting[0][0] - time.perf_counter() if resting else LONGEST)
            if not ready and not resting:
                msg = f"no answer in {LONGEST} s"
                raise TimeoutError(msg)
            answered = [key.data for key, _ in ready if _has_answer(key.data, found)]
            now = time.perf_counter()
            resting.extend((now + rest, line) for line in answered if rest and line.turned_away)
            going_on = [line for line in answered if not (rest and line.turned_away)]
            while resting and resting[0][0] <= now:
                going_on.append(resting.popleft()[1])
            for line in going_on:
                if now < end:
                    _send(line, ask, numbers)
                else:
                    waiting.unregister(line.socket)
                    line.socket.close()
    found.seconds = time.perf_counter() - begun
    found.share = (time.process_time() - processor) / found.seconds
    return found


def _send(line: _Line, ask: Ask, numbers: Iterator[int]) -> None:
    request = ask(line.number, next(numbers))
    line.begun, line.missing = time.perf_counter(), -1
    line.head.clear()
    line.socket.sendall(request)


def _has_answer(line: _Line, found: Run) -> bool:
    """Read what came; tell whether the answer is whole, and note it."""
    came = line.socket.recv(1 << 18)
    if not came:
        msg = "the server closed a connection"
        raise ConnectionError(msg)
    found.received += len(came)
    if line.missing < 0:
        line.head += came
        end = line.head.find(b"\r\n\r\n")
        if end < 0:
            return False
        length = _LENGTH.search(line.head, 0, end + 2)
        line.missing = (int(length[1]) if length else 0) - (len(line.head) - end - 4)
    else:
        line.missing -= len(came)
    if line.missing > 0:
        return False
    status = int(line.head[9:12])
    found.statuses[status] += 1
    line.turned_away = status == TURNED_AWAY
    if not line.turned_away:
        found.took.append(time.perf_counter() - line.begun)
    return True


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in account: its cookies, and the token that its forms carry."""

    login: str
    cookies: str
    token: str

    def get(self, address: str) -> bytes:
        """Return the bytes of asking for a page."""
        return (
            f"GET {address} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookies}\r\n\r\n"
        ).encode()

    def post(self, address: str, fields: dict[str, str]) -> bytes:
        """Return the bytes of sending a form, as a browser sends it."""
        body = urlencode({"csrfmiddlewaretoken": self.token, **fields}).encode()
        return (
            f"POST {address} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {self.cookies}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"Content-Length: {len(body)}\r\n\r\n"
        ).encode() + body


@dataclass(frozen=True, slots=True)
class Program:
    """Another system, let in by a token of a post."""

    token: str

    def get(self, address: str) -> bytes:
        """Return the bytes of asking for a list."""
        return self._head("GET", address) + b"\r\n"

    def post(self, address: str, command_id: str, fields: dict[str, object]) -> bytes:
        """Return the bytes of a write, with its command id."""
        body = json.dumps(fields).encode()
        head = f"Idempotency-Key: {command_id}\r\nContent-Type: application/json\r\n"
        return (
            self._head("POST", address)
            + f"{head}Content-Length: {len(body)}\r\n\r\n".encode()
            + body
        )

    def _head(self, method: str, address: str) -> bytes:
        token = f"Authorization: Bearer {self.token}"
        return f"{method} {address} HTTP/1.1\r\nHost: {HOST}\r\n{token}\r\n".encode()


def sign_in(port: int, login: str, password: str) -> Session:
    """Sign in by the page's own form. Raises PermissionError where that was refused."""
    connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST)
    connection.request("GET", "/sign-in/")
    page = connection.getresponse()
    token = _cookie(page, "csrftoken")
    page.read()
    body = urlencode({"login": login, "password": password, "csrfmiddlewaretoken": token})
    headers = {
        "Cookie": f"csrftoken={token}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    connection.request("POST", "/sign-in/", body, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    if answer.status != 302:
        msg = f"{login} was not let in: {answer.status}"
        raise PermissionError(msg)
    token = _cookie(answer, "csrftoken") or token
    return Session(login, f"csrftoken={token}; sessionid={_cookie(answer, 'sessionid')}", token)


def _cookie(answer: http.client.HTTPResponse, name: str) -> str:
    for line in answer.headers.get_all("Set-Cookie") or ():
        if line.startswith(f"{name}="):
            return line.partition("=")[2].partition(";")[0]
    return ""


def asked(port: int, request: bytes) -> tuple[int, str, str]:
    """Send one request; return status, the address led to, and the text of the answer."""
    with socket.create_connection((HOST, port), timeout=LONGEST) as line:
        line.sendall(request)
        answer = http.client.HTTPResponse(line)
        answer.begin()
        text = answer.read().decode(errors="replace")
        return answer.status, answer.headers.get("Location") or "", text


def percentiles(took: Sequence[float]) -> dict[str, float]:
    """Return p50, p95 and p99 of some seconds, in milliseconds."""
    found = Run(1.0, list(took), Counter(), 0, 0.0)
    return {f"p{part}": round(found.percentile(part / 100), 1) for part in (50, 95, 99)}


def last_entry(port: int, token: str) -> int:
    """Return the number of the ledger's last entry, as a program with a token is told it."""
    connection = http.client.HTTPConnection(HOST, port, timeout=LONGEST)
    connection.request(
        "GET", "/api/v1/matters?limit=1", headers={"Authorization": f"Bearer {token}"}
    )
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return int(answer.headers["Last-Entry"])
