"""The board as data: what the command line prints and files hold, one line a matter."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from luoshi.base.models import JournalEntry
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger.board import BoardRow, Filters, board, goals_visible_to
from luoshi.ledger.words import improvement_sentence, reason_sentence, unreported_sentence
from luoshi.organisation.queries import Visitor, names_of, units_visible_to
from luoshi.rules.journal import KnownAtUnknown
from luoshi.rules.refusals import Refusal

HEAD = (
    "code",
    "title",
    "goals",
    "lead_unit",
    "target",
    "achieved",
    "due",
    "level",
    "colour",
    "reasons",
)


class BeyondHorizon(Refusal):
    """Colours cannot be told for that day; facts: ``horizon``."""

    code = "beyond_horizon"


def check_known_at(visitor: Visitor, known_at: int | None) -> None:
    """Raise KnownAtUnknown for a number that the district has not reached."""
    if known_at is None:
        return
    newest = JournalEntry.objects.filter(district=visitor.district).order_by("-number")
    last = newest.values_list("number", flat=True).first() or 0
    if not 0 <= known_at <= last:
        raise KnownAtUnknown(known_at=known_at, last=last)


def lines(
    visitor: Visitor, *, day: date, known_at: int | None = None, with_closed: bool = False
) -> list[dict[str, Any]]:
    """Return the board of a day, most urgent first. Raises BeyondHorizon, KnownAtUnknown."""
    check_known_at(visitor, known_at)
    around = surroundings(visitor.district, known_at)
    if day > around.horizon:
        raise BeyondHorizon(horizon=around.horizon)
    goals = goals_visible_to(visitor, day=day, known_at=known_at)
    units = names_of(units_visible_to(visitor, day=day, known_at=known_at))
    shown = board(
        visitor,
        day=day,
        known_at=known_at,
        filters=Filters(with_closed=with_closed),
        goals=goals,
        around=around,
        size=None,
    )
    names = {goal.id: goal.name for goal in goals}
    return [line(row, units=units, goals=names) for row in shown.rows]


def line(row: BoardRow, *, units: Mapping[UUID, str], goals: Mapping[UUID, str]) -> dict[str, Any]:
    """Return one matter as plain data; amounts are strings, days ISO, absent values None."""
    spell = row.spell
    target = {
        "quantity": plain(spell.quantity),
        "unit": spell.unit,
        "comparator": spell.comparator,
    }
    return {
        "code": spell.code,
        "title": spell.title,
        "goals": [goals[goal] for goal in row.goals if goal in goals],
        "lead_unit": units.get(spell.lead_unit) if spell.lead_unit else None,
        "target": target if spell.quantity is not None else None,
        "achieved": plain(spell.achieved),
        "measured_on": spell.measured_on and spell.measured_on.isoformat(),
        "submitted": plain(spell.submitted),
        "due": spell.due and spell.due.isoformat(),
        "standing": spell.standing,
        "missing": spell.missing.split(),
        "level": spell.level or None,
        "colour": spell.colour,
        "unreported": spell.is_unreported,
        "awaiting": spell.is_awaiting,
        "reasons": reasons(row),
        "improvement": improvements(row),
    }


def reasons(row: BoardRow) -> list[dict[str, Any]]:
    """Return every test that fed the colour, with its facts and its sentence."""
    verdict = row.verdict
    if verdict is None:
        return []
    told: list[dict[str, Any]] = [
        {
            "test": test.code,
            "level": test.level.value,
            "facts": {name: _plain_fact(name, value) for name, value in test.facts.items()},
            "sentence": reason_sentence(test.code, test.level.value, test.facts),
        }
        for test in verdict.tests
    ]
    if row.spell.is_unreported:
        period = verdict.period and verdict.period.isoformat()
        told.append(
            {
                "test": "report",
                "level": None,
                "facts": {"period": period},
                "sentence": unreported_sentence(verdict.period),
            }
        )
    return told


def improvements(row: BoardRow) -> list[str]:
    """Return the sentences of the nearest change that would improve the colour."""
    nearest = row.verdict.improvement if row.verdict else None
    if nearest is None:
        return []
    return [
        improvement_sentence(step.code, step.facts, unit=row.spell.unit) for step in nearest.steps
    ]


def plain(amount: Decimal | None) -> str | None:
    """Return an amount without idle zeros, never as a float."""
    return None if amount is None else f"{amount.normalize():f}"


_DIGITS = {"share": "0.001", "planned": "0.1"}


def _plain_fact(name: str, value: object) -> object:
    if name in _DIGITS and isinstance(value, Fraction):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return str(exact.quantize(Decimal(_DIGITS[name])))
    if isinstance(value, Decimal):
        return plain(value)
    return value.isoformat() if isinstance(value, date) else value


def flat(line: Mapping[str, Any]) -> tuple[str, ...]:
    """Return one line in words, in the order of HEAD."""
    target = line["target"]
    cells = {
        **line,
        "goals": "、".join(line["goals"]),
        "target": f"{target['comparator']}{target['quantity']}{target['unit']}" if target else "",
        "reasons": " ".join(reason["sentence"] for reason in line["reasons"]),
    }
    return tuple(str(cells[name] or "") for name in HEAD)


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet runs: an apostrophe before =, +, - and @."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
