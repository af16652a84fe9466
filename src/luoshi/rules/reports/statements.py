"""What is read from a document: one statement per number and subject, or per action.

Every field either stands in the document's characters or names the rule that made it; what is
neither is None. Offsets count code points of the original text.
"""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from luoshi.rules.reports.units import in_si


class Kind(StrEnum):
    """To be achieved, reported as done, existing stock, or a way of working (labelling §5)."""

    TARGET = "target"
    RESULT = "result"
    BASELINE = "baseline"
    MECHANISM = "mechanism"


class Force(StrEnum):
    """How firmly a target is promised: 确保, 必须 or 力争, 争取."""

    HARD = "hard"
    STRETCH = "stretch"


class Statement(NamedTuple):
    """One statement; ``quote`` is original[start:end], ``value`` as printed, in ``unit``.

    ``deadline_stated`` is True where a time word in the sentence gives the day, False where the
    section or the document does, None without a deadline. ``confidence`` is 0 to 1.
    """

    doc: str
    start: int
    end: int
    quote: str
    value_start: int | None
    value_end: int | None
    kind: Kind
    subject: str | None
    value: Decimal | None
    value_max: Decimal | None
    comparator: str | None
    unit: str | None
    growth: bool
    force: Force | None
    period: str | None
    deadline: date | None
    deadline_stated: bool | None
    domain: str | None
    projects: tuple[str, ...]
    responsible: str | None
    confidence: float
    rule: str


FIELDS = Statement._fields
_WRITER = json.JSONEncoder(ensure_ascii=False)


def as_row(statement: Statement) -> dict[str, Any]:
    """Return the statement as plain data in the order of its fields."""
    row = statement._asdict()
    row["value"], row["value_max"] = _plain(statement.value), _plain(statement.value_max)
    row["deadline"] = statement.deadline.isoformat() if statement.deadline else None
    row["projects"] = list(statement.projects)
    return row


def as_line(statement: Statement) -> str:
    """Return one line of JSON, without its line end; with the amount to compute with, if any."""
    row, converted = as_row(statement), in_si(statement.value, statement.unit)
    if converted is not None:
        row["value_si"], row["unit_si"] = _plain(converted[0]), converted[1]
    return _WRITER.encode(row)


def _plain(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
