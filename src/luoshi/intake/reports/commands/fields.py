"""The fields of a statement as a person writes them, each read by its own rule."""

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from luoshi.intake.reports.refusals import ValueUnclear
from luoshi.rules.colour import Comparator
from luoshi.rules.reports.periods import Now, moments_in
from luoshi.rules.reports.statements import Kind

MOST_DIGITS = 15  # before the point, and after it: a slip of the hand has more
_THOUSANDS = str.maketrans("", "", ",，")
_MOMENT = r"(?:19|20|21)\d\d(?:-(?:0[1-9]|1[0-2])|H[12]|Q[1-4])?"
_PERIOD = re.compile(rf"{_MOMENT}(?:/{_MOMENT})?|\.\./{_MOMENT}")


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
        value = Decimal(text.strip().translate(_THOUSANDS))
    except InvalidOperation as cause:
        raise ValueUnclear(field=name, text=text) from cause
    if not value.is_finite() or (value and not -MOST_DIGITS < value.adjusted() < MOST_DIGITS):
        raise ValueUnclear(field=name, text=text)
    return int(value) if value == value.to_integral_value() else float(value)


def _period(name: str, text: str) -> str | None:
    """Return a period as the schema writes it; 2020年上半年 is understood too."""
    bare = text.strip()
    if not bare or _PERIOD.fullmatch(bare):
        return bare or None
    moments = moments_in(bare, 0, len(bare), Now(None, None))
    period = moments[0].period if len(moments) == 1 else None
    is_whole = period is not None and (moments[0].start, moments[0].end) == (0, len(bare))
    if not is_whole or not _PERIOD.fullmatch(period or ""):
        raise ValueUnclear(field=name, text=text)
    return period


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
    "period": _period,
    "deadline": _day,
    "responsible": _text,
}
MENDED = tuple(READERS)
"""The fields that a person may write anew."""
