"""The people of a district's day, each a thread with a connection of its own, as browsers have.

Everybody signs in by the form. Units open their board, a matter and its form, type, and send a
report: every tenth person clicks twice. Leaders look at the board again and again. Between two
clicks a person reads; who is told «busy, again in N seconds» asks again after so many, as the page
does by itself.
"""

import http.client
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from harness.clients import HOST, LONGEST
from harness.ledger import UNITS, node

HIDDEN = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]*)"')
BUSY = 503
ZONE = ZoneInfo("Asia/Shanghai")  # the day of a district
PATIENCE = 90.0  # seconds for which a person sends again what was not taken
CLICKS_TWICE = 0.1  # of the reports
READS_BOARD, READS_MATTER, TYPES = (2.0, 6.0), (3.0, 9.0), (10.0, 30.0)  # seconds
CLEAR = ("系统繁忙", "The system is busy")  # what the page says to whom is turned away
NOT_CLEAR = "turned away without a clear page"


@dataclass
class Notes:
    """What the people of a day noted, together."""

    took: dict[str, list[tuple[float, float]]] = field(default_factory=dict)
    """By what was done: the moment, and the seconds that the answer took."""
    wrong: list[str] = field(default_factory=list)
    acknowledged: dict[str, int] = field(default_factory=dict)  # command id: answers that said yes
    unanswered: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, seconds: float) -> None:
        """Keep how long something took."""
        with self.lock:
            self.took.setdefault(what, []).append((time.monotonic(), seconds))

    def complain(self, text: str) -> None:
        """Keep what went wrong."""
        with self.lock:
            self.wrong.append(text)


class DayIsOver(Exception):
    """Nobody waits any longer to read."""


class Person(threading.Thread):
    """Somebody with an account: signs in, then does their work until the day ends."""

    def __init__(
        self, login: str, day: "Day", *, begins: float, work: Callable[["Person"], None]
    ) -> None:
        super().__init__(name=login, daemon=True)
        self.login, self.day, self._begins, self._work = login, day, begins, work
        self.drawn = random.Random(login)
        self._cookies: dict[str, str] = {}
        self._line: http.client.HTTPConnection | None = None

    def run(self) -> None:
        """Come at one's time, sign in, work."""
        self.rest(self._begins)
        try:
            self.sign_in()
            while not self.day.is_over():
                self._work(self)
        except DayIsOver:
            pass
        except (OSError, http.client.HTTPException, AssertionError, KeyError) as failure:
            self.day.notes.complain(f"{self.login}: {type(failure).__name__} {failure}")
        finally:
            if self._line:
                self._line.close()

    def rest(self, seconds: float) -> None:
        """Do nothing for a while; the end of the day ends it."""
        self.day.over.wait(seconds)

    def think(self, seconds: tuple[float, float]) -> None:
        """Read or type for a while; who has not sent yet when the day ends goes home."""
        self.rest(self.drawn.uniform(*seconds))
        if self.day.is_over():
            raise DayIsOver

    def sign_in(self) -> None:
        """Sign in by the form."""
        page = self.ask("sign-in page", "GET", "/sign-in/")
        fields = dict(HIDDEN.findall(page))
        fields |= {"login": self.login, "password": self.day.told["password"]}
        self.ask("sign in", "POST", "/sign-in/", fields)

    def ask(
        self, what: str, method: str, address: str, fields: Mapping[str, str] | None = None
    ) -> str:
        """Ask until there is an answer that is not «busy», as a person does; returns the page.

        What is sent is sent again as it was, with its command id.
        """
        until = time.monotonic() + PATIENCE
        while True:
            begun = time.monotonic()
            status, wait, text = self._asked(method, address, fields)
            if status in {200, 302}:
                self.day.notes.note(what, time.monotonic() - begun)
                return text
            if status != BUSY or time.monotonic() > until:
                msg = f"{what}: answered {status} to {method} {address}"
                raise AssertionError(msg)
            self._turned_away(method, wait, text)
            if self.day.is_over() and method == "GET":
                raise DayIsOver
            time.sleep(wait)

    def _turned_away(self, method: str, wait: float, text: str) -> None:
        notes = self.day.notes
        kind = "as it should" if self.day.may_be_busy else "though there was no flood"
        with notes.lock:
            notes.counts[f"{method} turned away, {kind}"] += 1
            if not wait or not all(words in text for words in CLEAR):
                notes.counts[NOT_CLEAR] += 1

    def _asked(
        self, method: str, address: str, fields: Mapping[str, str] | None
    ) -> tuple[int, float, str]:
        body = urlencode(fields) if fields is not None else None
        headers = {"Cookie": "; ".join(f"{k}={v}" for k, v in self._cookies.items())}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        if self._line is None:
            self._line = http.client.HTTPConnection(HOST, self.day.port, timeout=LONGEST)
        try:
            self._line.request(method, address, body, headers)
            answer = self._line.getresponse()
            text = answer.read().decode(errors="replace")
        except (http.client.RemoteDisconnected, BrokenPipeError):  # a browser connects again
            self._line.close()
            self._line = None
            return self._asked(method, address, fields)
        for line in answer.headers.get_all("Set-Cookie") or ():
            name, _, value = line.partition(";")[0].partition("=")
            self._cookies[name] = value
        return answer.status, float(answer.headers.get("Retry-After") or 0), text


@dataclass
class Day:
    """The day: where it is served, who is there, when it is over."""

    port: int
    told: dict[str, Any]
    length: float  # seconds
    pause: float  # seconds between two reports of a unit, in the mean
    notes: Notes = field(default_factory=Notes)
    over: threading.Event = field(default_factory=threading.Event)
    may_be_busy: bool = False  # an answer «busy» is right: there is more than can be done

    def is_over(self) -> bool:
        """Tell whether the day is over."""
        return self.over.is_set()

    def matter(self, unit: int, n: int) -> UUID:
        """Return a matter that a unit leads."""
        each = self.told["matters"] // UNITS
        return node(UUID(self.told["district"]), "matter", n % each * UNITS + unit)


def report(person: Person) -> None:
    """Do what a unit does at the end of a month, then rest."""
    day, unit = person.day, int(person.login.removeprefix("post")) % UNITS
    matter = day.matter(unit, person.drawn.randrange(10**6))
    led = node(UUID(day.told["district"]), "unit", unit)
    person.ask("board of a unit", "GET", f"/board/?unit={led}")
    person.think(READS_BOARD)
    person.ask("matter", "GET", f"/matters/{matter}/")
    person.think(READS_MATTER)
    address = f"/matters/{matter}/report_progress/"
    hidden = dict(HIDDEN.findall(person.ask("form of a report", "GET", address)))
    person.think(TYPES)
    _send(person, address, hidden)
    person.rest(person.drawn.uniform(0.5, 1.5) * day.pause)


def _send(person: Person, address: str, hidden: dict[str, str]) -> None:
    """Send a report, sometimes with a second click; note what was acknowledged."""
    notes, today = person.day.notes, datetime.now(ZONE).date().isoformat()
    fields = hidden | {
        "achieved": str(person.drawn.randrange(10, 900)),
        "measured_on": today,
        "on": today,
        "visible_progress": "本周完成既定工序，现场有序推进。",
        "problems": "",
    }
    command = fields["command_id"]
    with notes.lock:
        notes.unanswered.add(command)
    clicks = 2 if person.drawn.random() < CLICKS_TWICE else 1
    for _ in range(clicks):
        person.ask("report", "POST", address, fields)
        with notes.lock:
            notes.unanswered.discard(command)
            notes.acknowledged[command] = notes.acknowledged.get(command, 0) + 1


def look(person: Person) -> None:
    """Look at the board as a leader's screen does: again every ten seconds."""
    person.ask("board on a screen", "GET", "/board/")
    person.rest(person.drawn.uniform(8, 12))


def keep_the_inbox(person: Person) -> None:
    """Look, as the office does, what came in."""
    person.ask("inbox", "GET", "/inbox/")
    person.ask("board on a screen", "GET", "/board/")
    person.rest(person.drawn.uniform(2, 4))
