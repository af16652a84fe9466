"""From a spreadsheet's numbers to what a person reads: exact figures, days, times."""

import re
from datetime import date, timedelta
from decimal import Context, Decimal, InvalidOperation
from enum import Enum
from functools import lru_cache

from luoshi.rules.sheets.grid import Value, bare

# A spreadsheet computes with binary fractions and shows fifteen digits of them: 0.1 + 0.2 is kept
# as 0.30000000000000004 and read by everybody as 0.3.
_SHOWN = Context(prec=15)
_LARGEST = 308  # the exponent of the largest number a spreadsheet can hold
_WHOLE = 18  # digits of a whole number kept as int
_SHORT = re.compile(r"-?\d{1,15}", re.ASCII)

_EPOCH_1900 = date(1899, 12, 30)
_EPOCH_1904 = date(1904, 1, 1)
_NO_SUCH_DAY = 60  # 29 February 1900: the 1900 system counts it, and days before it are one off
_LAST_SERIAL = 2_958_465  # 31 December 9999
_SECONDS_A_DAY = 86_400

# What the numbers below 164 mean where a file does not say (ECMA-376 part 1, 18.8.30, and its
# Chinese table for 27 to 58).
BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00",
    12: "# ?/?", 13: "# ??/??", 14: "yyyy/m/d", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy",
    18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy/m/d h:mm",
    27: 'yyyy"年"m"月"', 28: 'm"月"d"日"', 29: 'm"月"d"日"', 30: "m-d-yy", 31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"', 33: 'h"时"mm"分"ss"秒"', 34: 'h"时"mm"分"', 35: 'h"时"mm"分"ss"秒"',
    36: 'yyyy"年"m"月"', 37: "#,##0;-#,##0", 38: "#,##0;[Red]-#,##0", 39: "#,##0.00;-#,##0.00",
    40: "#,##0.00;[Red]-#,##0.00", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0",
    49: "@", 50: 'yyyy"年"m"月"', 51: 'm"月"d"日"', 52: 'yyyy"年"m"月"', 53: 'm"月"d"日"',
    54: 'm"月"d"日"', 55: 'h"时"mm"分"', 56: 'h"时"mm"分"ss"秒"', 57: 'yyyy"年"m"月"',
    58: 'm"月"d"日"',
}  # fmt: skip


class Kind(Enum):
    """What a number format makes of a number."""

    NUMBER = "number"
    DAY = "day"
    TIME = "time"


@lru_cache(maxsize=1024)
def kind_of(number_format: str) -> Kind:
    """Return what a format shows; a length of time (``[h]:mm``) stays a number."""
    if re.search(r"\[(h+|m+|s+)\]", number_format, re.IGNORECASE):
        return Kind.NUMBER
    letters = re.sub(r"am/pm|a/p|general|\.0+$", "", bare(number_format))  # mm:ss.0 is a time
    if re.search("[0#?]", letters):
        return Kind.NUMBER
    if "y" in letters or "d" in letters:
        return Kind.DAY
    if "h" in letters or "s" in letters:
        return Kind.TIME
    return Kind.DAY if "m" in letters else Kind.NUMBER


def number(text: str) -> int | Decimal | None:
    """Return the number a spreadsheet shows for its stored text; None if it is none."""
    if _SHORT.fullmatch(text):
        return int(text)
    try:
        exact = _SHOWN.create_decimal(text)
    except InvalidOperation:
        return None
    if not exact.is_finite() or abs(exact.adjusted()) > _LARGEST:
        return None
    return plain(exact)


def plain(exact: Decimal) -> int | Decimal:
    """Return a whole number as int, another without idle zeros."""
    if exact.adjusted() < _WHOLE and exact == exact.to_integral_value():
        return int(exact)
    return exact.normalize()


def read(text: str, number_format: str, *, from_1904: bool) -> Value:
    """Return what a stored number shows in its format: number, day, or time as 14:30."""
    shown = number(text)
    if shown is None:
        return None
    kind = kind_of(number_format)
    if kind is Kind.NUMBER or not 0 <= shown < _LAST_SERIAL + 1:
        return shown
    if kind is Kind.TIME or (shown < 1 and not from_1904):
        return time_of_day(shown)
    return day_of(int(shown), from_1904=from_1904)


def day_of(serial: int, *, from_1904: bool) -> Value:
    """Return the day of a serial number, or the number where the system has no such day."""
    if from_1904:
        return _EPOCH_1904 + timedelta(days=min(serial, _LAST_SERIAL - 1462))
    early = 1 if serial < _NO_SUCH_DAY else 0
    return _EPOCH_1900 + timedelta(days=serial + early)


def time_of_day(shown: int | Decimal) -> str:
    """Return the time of a serial number's fraction, to the second: 14:30 or 14:30:05."""
    seconds = round(Decimal(shown) % 1 * _SECONDS_A_DAY) % _SECONDS_A_DAY
    hours, rest = divmod(seconds, 3600)
    minutes, seconds = divmod(rest, 60)
    return f"{hours:02d}:{minutes:02d}" + (f":{seconds:02d}" if seconds else "")
