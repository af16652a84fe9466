"""What is asked of a served ledger: every page that has a figure, as bytes made when needed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

from harness.clients import Ask, Program, Session
from harness.ledger import GOALS, UNITS, WORDS, node

UNSEEN = 2**53  # ``expected`` of a writer who saw everything
MANY = 997  # pages, days or matters that a run goes through before one comes again


@dataclass(frozen=True, slots=True)
class Page:
    """A page: its requests, and the status of its answers."""

    name: str
    ask: Ask
    status: int = 200


def pages(sessions: Sequence[Session], told: Mapping[str, Any]) -> list[Page]:
    """Return every page that has a figure; what only reads comes first."""
    district, matters = UUID(told["district"]), told["matters"]
    today = date.today()
    last_page = max(1, matters // 50)
    then = quote(str(today - timedelta(days=120)))
    unit = node(district, "unit", 7)
    word = quote(WORDS[4])
    known = told["entries"] * 3 // 4

    def get(make: Any) -> Ask:
        return lambda line, n: sessions[line % len(sessions)].get(make(n))

    read = {
        "hello": lambda _n: "/bench/hello/",
        "frame": lambda _n: "/bench/frame/",
        "board": lambda n: f"/board/?page={n * 31 % min(MANY, last_page) + 1}",
        "board, unchanged": lambda _n: "/board/",
        "board, filtered": lambda n: (
            f"/board/?unit={node(district, 'unit', n % UNITS)}&colour=red&colour=yellow"
            "&sort=-achieved"
        ),
        "board, one goal": lambda n: f"/board/?goal={node(district, 'goal', n % GOALS)}",
        "text search": lambda n: f"/board/?q={word}{quote('建设')}&page={n % 5 + 1}",
        "matter": lambda n: f"/matters/{node(district, 'matter', n * 101 % matters)}/",
        "comparison": lambda n: f"/compare/?unit={unit}&page={n % 5 + 1}",
        "board as of a day": lambda n: (
            f"/board/?on={then}&page={n * 31 % min(MANY, last_page) + 1}"
        ),
        "board as known at": lambda n: (
            f"/board/?on={then}&known_at={known}&page={n * 31 % min(MANY, last_page) + 1}"
        ),
    }
    programs = [Program(token) for token in told["tokens"][1 : len(sessions) + 1]]

    def listed(line: int, n: int) -> bytes:
        unit_asked = node(district, "unit", n % UNITS)
        program = programs[line % len(programs)]
        return program.get(f"/api/v1/matters?unit={unit_asked}&limit=50&sort=-achieved")

    def first(line: int, _n: int) -> bytes:
        return programs[line % len(programs)].get("/api/v1/matters?limit=50")

    return [
        *(Page(name, get(make)) for name, make in read.items()),
        Page("API list", first),
        Page("API list, filtered", listed),
        Page("progress report", _reporting(sessions, district, matters), 302),
        Page("API report", _reporting_by_api(programs, told)),
    ]


def _reporting_by_api(programs: Sequence[Program], told: Mapping[str, Any]) -> Ask:
    """Report progress as another system does, each on a matter of its post's unit.

    They saw the ledger up to ``told["last_entry"]``: a number that it has not reached is refused.
    """
    today = date.today().isoformat()
    district, each = UUID(told["district"]), told["matters"] // UNITS

    def ask(_line: int, n: int) -> bytes:
        number = n % len(programs)
        matter = n // len(programs) % each * UNITS + (number + 1) % UNITS
        return programs[number].post(
            f"/api/v1/matters/{node(district, 'matter', matter)}/report_progress",
            str(uuid4()),
            {
                "achieved": str(10 + n % 900),
                "expected": told["last_entry"],
                "measured_on": today,
                "visible_progress": "本周完成既定工序，现场有序推进。",
            },
        )

    return ask


def _reporting(sessions: Sequence[Session], district: UUID, matters: int) -> Ask:
    """Report progress by the page's form: each on another matter, each by its unit's post."""
    today = date.today().isoformat()
    each = matters // UNITS

    def ask(_line: int, n: int) -> bytes:
        session = sessions[n % len(sessions)]
        unit = int(session.login.removeprefix("post")) % UNITS
        matter = n // len(sessions) % each * UNITS + unit
        return session.post(
            f"/matters/{node(district, 'matter', matter)}/report_progress/",
            report_fields(achieved=10 + n % 900, day=today),
        )

    return ask


def report_fields(*, achieved: int, day: str, command_id: UUID | None = None) -> dict[str, str]:
    """Return the fields of a progress report."""
    return {
        "achieved": str(achieved),
        "measured_on": day,
        "on": day,
        "expected": str(UNSEEN),
        "command_id": str(command_id or uuid4()),
        "visible_progress": "本周完成既定工序，现场有序推进。",
        "problems": "",
    }
