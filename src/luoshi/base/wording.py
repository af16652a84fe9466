"""The one place where refusals become sentences, in the reader's language.

Rooms bring the sentences for their codes.
"""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _

from luoshi.rules.refusals import Refusal

Sentence = Callable[[Mapping[str, Any]], str]


@cache
def _sentences() -> dict[str, Sentence]:
    """Return every room's sentences by refusal code."""
    found: dict[str, Sentence] = {}
    for path in settings.SENTENCES:
        found |= import_string(path)
    return found


def sentence_for(refusal: Refusal) -> str:
    """Return what a person reads: what is the matter, and what to do."""
    sentence = _sentences().get(refusal.code)
    if sentence is None:
        return _("This cannot be done (%(code)s).") % {"code": refusal.code}
    return sentence(refusal.facts)


def day_in_text(day: date | None) -> str:
    """Return a day as text has it: 2026年6月30日, or in English 2026-06-30."""
    if day is None:
        return _("undecided")
    return _("%(year)s-%(month)02d-%(day)02d") % {
        "year": day.year,
        "month": day.month,
        "day": day.day,
    }


def amount_in_text(amount: Decimal | None) -> str:
    """Return an amount with thousands separators and no idle zeros."""
    if amount is None:
        return "—"
    plain = f"{amount.normalize():f}"
    whole, _dot, decimals = plain.partition(".")
    grouped = f"{int(whole):,}"
    return f"{grouped}.{decimals}" if decimals else grouped
