"""What lists of notices share: pages, and the day that an address asks for."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest
from django.utils import timezone

from luoshi.base.wording import sentence_for
from luoshi.rules.days import parse_day
from luoshi.rules.refusals import Refusal

MOST_DIGITS = 6


def page_number(request: HttpRequest) -> int:
    """Read the page of an address; what is no page is the first."""
    typed = request.GET.get("page", "")
    return max(1, int(typed)) if typed.isdecimal() and len(typed) <= MOST_DIGITS else 1


def pager(request: HttpRequest, total: int, size: int) -> dict[str, Any]:
    """Return what the pager shows of a list of ``total`` rows on pages of ``size``."""
    number, last = page_number(request), max(1, -(-total // size))
    return {
        "first": min(total, (number - 1) * size + 1),
        "last": min(total, number * size),
        "total": total,
        "previous_url": _turned(request, min(number, last + 1) - 1) if number > 1 else "",
        "next_url": _turned(request, number + 1) if number < last else "",
    }


def _turned(request: HttpRequest, number: int) -> str:
    query = request.GET.copy()
    query["page"] = str(number)
    return f"?{query.urlencode()}"


def day_in(request: HttpRequest) -> date:
    """Read the day of an address, today where it names none; what is no day is said."""
    today = timezone.localdate()
    typed = request.GET.get("on", "").strip()
    try:
        day = parse_day(typed, year=today.year) if typed else today
    except Refusal as refusal:
        messages.error(request, sentence_for(refusal))
        day = today
    request.shown_day = day  # type: ignore[attr-defined]  # ours: the frame shows it
    return day


def unit_in(request: HttpRequest) -> UUID | None:
    """Read the unit of an address, None where it names none."""
    try:
        return UUID(request.GET.get("unit", ""))
    except ValueError:
        return None
