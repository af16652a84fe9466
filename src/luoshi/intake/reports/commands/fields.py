"""The fields of a statement as a person writes them, each read by its own rule."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.intake.reports.refusals import ValueUnclear
from luoshi.rules.colour import Comparator
from luoshi.rules.reports.statements import Kind


def _text(_name: str, text: str) -> str | None:
    return text.strip() or None


def _kind(name: str, text: str) -> str:
    if text not in set(Kind):
        raise ValueUnclear(field=name, text=text)
    return text


def _number(name: str, text: str) -> int | float | None:
    if not text.strip():
        return None
    try:
        value = Decimal(text.strip().replace(",", ""))
    except InvalidOperation as cause:
        raise ValueUnclear(field=name, text=text) from cause
    if not value.is_finite():
        raise ValueUnclear(field=name, text=text)
    return int(value) if value == value.to_integral_value() else float(value)


def _comparator(name: str, text: str) -> str | None:
    if text and text not in set(Comparator):
        raise ValueUnclear(field=name, text=text)
    return text or None


def _day(name: str, text: str) -> str | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip()).isoformat()
    except ValueError as cause:
        raise ValueUnclear(field=name, text=text) from cause


READERS: Mapping[str, Callable[[str, str], Any]] = {
    "kind": _kind,
    "subject": _text,
    "value": _number,
    "unit": _text,
    "comparator": _comparator,
    "period": _text,
    "deadline": _day,
    "responsible": _text,
}
MENDED = tuple(READERS)
"""The fields that a person may write anew."""
