"""What another reader offers, held to the text: what does not stand there is not taken.

Number and unit must be read in the quote by our own rules, words must be the document's, and
codes must be those of the schema; a field that fails is left out or the offer is dropped.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from luoshi.rules.reports.anchors import Number
from luoshi.rules.reports.mending import Mended
from luoshi.rules.reports.sentences import values_in
from luoshi.rules.reports.statements import Force, Kind, Statement
from luoshi.rules.reports.words.domains import DOMAINS

SURE = 0.5  # no rule of ours stands behind an offer
NEAR = Decimal("1e-9")  # how far a number read as a binary fraction may be off
PERIOD = re.compile(r"(\.\.|\d{4}(-\d{2}|H[12]|Q[1-4])?)(/\d{4}(-\d{2}|H[12]|Q[1-4])?)?", re.ASCII)
DOMAINS_KNOWN = frozenset({"indicator", "project", *(name for name, _words_of in DOMAINS)})


class Dropped(StrEnum):
    """Why an offer is not taken."""

    QUOTE = "quote"  # it does not stand in the text
    KIND = "kind"
    NUMBER = "number"  # number and unit are not in the quote as our rules read them


@dataclass(frozen=True, slots=True)
class Given:
    """The stretch of a mended text that was given to the reader, and what both are called."""

    mended: Mended
    start: int
    end: int
    doc: str
    reader: str

    def holds(self, words: object) -> bool:
        """Return whether words stand in the stretch."""
        return (
            isinstance(words, str)
            and bool(words.strip())
            and self.mended.text.find(words, self.start, self.end) >= 0
        )


def checked(row: Mapping[str, Any], given: Given) -> Statement | Dropped:
    """Return an offer as a statement with true offsets, or why it is dropped.

    ``row`` is plain data of any shape.
    """
    quote = row.get("quote")
    if not given.holds(quote):
        return Dropped.QUOTE
    if row.get("kind") not in tuple(Kind):
        return Dropped.KIND
    start = given.mended.text.find(str(quote), given.start, given.end)
    stretch = (start, start + len(str(quote)))
    if row.get("value") is None:
        return _statement(row, given, stretch, None)
    number = _number(row, given.mended.text, *stretch)
    return Dropped.NUMBER if number is None else _statement(row, given, stretch, number)


def _number(row: Mapping[str, Any], text: str, start: int, end: int) -> Number | None:
    """Return the number of the quote that has the value and unit of the offer."""
    value, unit = row["value"], row.get("unit") or ""
    if isinstance(value, bool) or not isinstance(value, int | float) or not isinstance(unit, str):
        return None
    wanted = Decimal(str(value))
    if not wanted.is_finite():
        return None
    found = values_in(text, start, end)
    return next(
        (
            one
            for one in found
            if abs(one.value - wanted) <= NEAR and one.unit == unit.replace("％", "%")
        ),
        None,
    )


def _statement(
    row: Mapping[str, Any], given: Given, stretch: tuple[int, int], number: Number | None
) -> Statement:
    kind = Kind(row["kind"])
    start, end = given.mended.span(*stretch)
    printed = (None, None) if number is None else given.mended.span(number.start, number.unit_end)
    deadline = _day(row.get("deadline")) if kind is Kind.TARGET else None
    subject, responsible = row.get("subject"), row.get("responsible")
    return Statement(
        doc=given.doc,
        start=start,
        end=end,
        quote=given.mended.original[start:end],
        value_start=printed[0],
        value_end=printed[1],
        kind=kind,
        subject=str(subject) if given.holds(subject) else None,
        value=None if number is None else number.value,
        value_max=None if number is None else number.value_max,
        comparator=None if number is None else number.comparator,
        unit=None if number is None else number.unit,
        growth=number is not None and row.get("growth") is True,
        force=_force(row.get("force")) if kind is Kind.TARGET else None,
        period=_period(row.get("period")),
        deadline=deadline,
        deadline_stated=None if deadline is None else row.get("deadline_stated") is True,
        domain=_domain(row.get("domain")),
        projects=tuple(_words(row.get("projects"), given)),
        responsible=str(responsible) if given.holds(responsible) else None,
        confidence=SURE,
        rule=f"reader {given.reader}",
    )


def _day(words: object) -> date | None:
    try:
        return date.fromisoformat(words) if isinstance(words, str) else None
    except ValueError:
        return None


def _force(code: object) -> Force | None:
    return next((one for one in Force if one == code), None)


def _period(words: object) -> str | None:
    return words if isinstance(words, str) and PERIOD.fullmatch(words) else None


def _domain(code: object) -> str | None:
    return code if isinstance(code, str) and code in DOMAINS_KNOWN else None


def _words(names: object, given: Given) -> Iterator[str]:
    """Yield the names of a list that stand in the text."""
    for name in names if isinstance(names, list) else ():
        if given.holds(name):
            yield name
