"""Days as officials type them: 2026-6-30, 20260630, 2026年6月30日, 6月30日, 6月底, 2026年底."""

import re
from calendar import monthrange
from datetime import date

from luoshi.rules.refusals import Refusal


class DayNotUnderstood(Refusal):
    """The words name no day; facts: ``text``."""

    code = "day_not_understood"


_FULL = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*[日号]?")
_FIGURES = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH_DAY = re.compile(r"(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?")
_MONTH_END = re.compile(r"(?:(\d{4})\s*[-./年]\s*)?(\d{1,2})\s*月?\s*(?:底|末)前?")
_MONTH = re.compile(r"(?:(\d{4})\s*年\s*)?(\d{1,2})\s*月")
_YEAR_END = re.compile(r"(?:(\d{4})\s*)?年\s*(?:底|末)前?")
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")


def is_reckonable(day: date) -> bool:
    """Tell whether a week or a time zone can be reckoned from a day: not from the calendar's ends.

    Unlike ``1949`` to ``2100`` of what a fact may say, this is a bound of computing alone.
    """
    return date.min.year < day.year < date.max.year


def parse_day(text: str, *, year: int) -> date:
    """Return the day that the words name; ``year`` stands where they name none.

    Raises DayNotUnderstood, also for the first and the last year of the calendar, from which
    nothing can be reckoned. ``6月底`` and ``6月`` are the last day of June, ``年底`` the last of
    December. ``site/static/luoshi/js/day.js`` reads the same.
    """
    day = _parsed(text, year)
    if day is None or not is_reckonable(day):
        raise DayNotUnderstood(text=text)
    return day


def _parsed(text: str, year: int) -> date | None:
    words = text.translate(_DIGITS).strip()
    try:
        if found := _FULL.fullmatch(words) or _FIGURES.fullmatch(words):
            return date(*(int(part) for part in found.groups()))
        if found := _MONTH_DAY.fullmatch(words):
            return date(year, int(found[1]), int(found[2]))
        if found := _YEAR_END.fullmatch(words):
            return date(int(found[1] or year), 12, 31)
        if found := _MONTH_END.fullmatch(words) or _MONTH.fullmatch(words):
            in_year, month = int(found[1] or year), int(found[2])
            return date(in_year, month, monthrange(in_year, month)[1])
    except ValueError:  # the 31st of June, month 13
        pass
    return None
