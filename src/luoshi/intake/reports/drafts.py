"""A statement as it waits: what the reader found, as plain values for JSON."""

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.rules.reports.gaps import gaps_of
from luoshi.rules.reports.mending import Kind as ParagraphKind
from luoshi.rules.reports.mending import Mended
from luoshi.rules.reports.statements import FIELDS, Force, Kind, Statement, as_row

LONGEST_HEADING = 60  # letters of a heading that the list of sections shows
SNAPSHOT = ("start", "end", "kind", "state", "confidence", "row", "gaps", "choice")
_LAST_LEVEL = 4
_NUMBERED = re.compile(r"第?[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:[、.．）)]|是|部分)")
_BLANKS = re.compile(r"\s+")


def staged(
    document: ReportDocument, statements: Iterable[Statement], *, first: int = 1
) -> list[StagedStatement]:
    """Return statements as rows in the order of the text."""
    ordered = sorted(statements, key=lambda one: (one.start, one.value_start or one.start))
    return [row_of(document, number, one) for number, one in enumerate(ordered, start=first)]


def row_of(document: ReportDocument, number: int, one: Statement) -> StagedStatement:
    """Return one statement as a row."""
    row = StagedStatement(document=document, number=number, state=StatementState.OPEN)
    return filled(row, as_row(one))


def added(document: ReportDocument, words: str, start: int) -> dict[str, Any]:
    """Return a statement of some words of the text, all else still to be written by a person."""
    said: dict[str, Any] = dict.fromkeys(FIELDS)
    return said | {
        "doc": document.name,
        "start": start,
        "end": start + len(words),
        "quote": words,
        "kind": Kind.TARGET.value,
        "growth": False,
        "projects": [],
        "confidence": 1.0,
        "rule": "reviewer",
    }


def filled(row: StagedStatement, said: dict[str, Any]) -> StagedStatement:
    """Give a row the fields of a statement, and say again what is missing in it."""
    gaps = gaps_of(statement_of(said))
    row.start, row.end, row.kind = said["start"], said["end"], said["kind"]
    row.confidence, row.row = said["confidence"], said
    row.gaps, row.has_gaps = [gap.value for gap in gaps], bool(gaps)
    return row


def statement_of(said: dict[str, Any]) -> Statement:
    """Return plain values as a statement."""
    fields = said | {
        "kind": Kind(said["kind"]),
        "value": _decimal(said["value"]),
        "value_max": _decimal(said["value_max"]),
        "force": Force(said["force"]) if said["force"] else None,
        "deadline": date.fromisoformat(said["deadline"]) if said["deadline"] else None,
        "projects": tuple(said["projects"]),
    }
    return Statement(**fields)


def _decimal(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def snapshot(row: StagedStatement) -> dict[str, Any]:
    """Return what an undo gives back."""
    return {name: getattr(row, name) for name in SNAPSHOT}


def changed_from(row: StagedStatement, before: dict[str, Any]) -> dict[str, Any]:
    """Return what was otherwise before."""
    return {name: value for name, value in before.items() if getattr(row, name) != value}


def restored(row: StagedStatement, kept: dict[str, Any]) -> StagedStatement:
    """Give a row back what it was."""
    for name, value in kept.items():
        setattr(row, name, value)
    row.has_gaps = bool(row.gaps)
    return row


def sections_of(mended: Mended) -> list[list[Any]]:
    """Return [offset in the original, words, level] of each heading."""
    return [
        [mended.span(one.start, one.end)[0], _words(mended.text[one.start : one.end]), one.level]
        for one in mended.headings
        if one.kind is ParagraphKind.HEADING
    ]


def title_of(mended: Mended, name: str) -> str:
    """Return what the document is called: its first heading, else its file's name.

    A numbered heading is one of its parts', and the last level may be a line that names who speaks.
    """
    headings = (one for one in mended.headings if one.kind is ParagraphKind.HEADING)
    first = next((one for one in headings if one.level < _LAST_LEVEL), None)
    words = _words(mended.text[first.start : first.end]) if first else ""
    return name.rsplit(".", 1)[0] if not words or _NUMBERED.match(words) else words


def _words(text: str) -> str:
    return _BLANKS.sub("", text).lstrip("#")[:LONGEST_HEADING]
