"""What a cell says as text, written one way: widths, blanks and line ends put aside."""

import re
import unicodedata
from datetime import date
from decimal import Decimal
from functools import lru_cache

from luoshi.rules.sheets.grid import Value

SAYS_NOTHING = frozenset(
    {"", "-", "--", "---", "—", "——", "–", "/", "\\", "无", "暂无", "空", "待定", "未定", "待确定"}
    | {"n/a", "none", "null", "nan", "·", ".", "*"}
)
"""What officials write where there is nothing to write, as ``tight`` small letters."""

LONGEST_NUMBER = 40  # digits; what is longer is shown with its exponent
_DIGITS_OF = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_TEN = "十"
_SIGNS = str.maketrans({"㎡": "平方米", "㎥": "立方米", "㎢": "平方公里"})  # NFKC makes m2 of them
_GLUE = re.compile(r"(?<=[0-9A-Za-z,.;:]) +(?=[0-9A-Za-z])")


def shown(value: Value) -> str:
    """Return a cell's value as the text a person reads; an empty cell is an empty text."""
    match value:
        case None:
            return ""
        case str():
            return value.strip()
        case bool():
            return "是" if value else "否"
        case Decimal():
            return f"{value:f}" if abs(value.adjusted()) < LONGEST_NUMBER else str(value)
        case date():
            return value.isoformat()
    return str(value)


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """Return the text in NFKC: full-width letters, digits and signs become plain ones.

    Blanks of every kind become one blank, line ends stay.
    """
    lines = unicodedata.normalize("NFKC", text.translate(_SIGNS)).splitlines()
    return "\n".join(" ".join(line.split()) for line in lines).strip()


@lru_cache(maxsize=65_536)
def tight(text: str) -> str:
    """Return the folded text without any blank or line end."""
    return "".join(folded(text).split())


def says_nothing(text: str) -> bool:
    """Tell whether the text stands for an empty cell, such as ``—``, ``无`` or ``待定``."""
    return tight(text).lower() in SAYS_NOTHING


def one_line(text: str) -> str:
    """Return a name without line ends and without blanks that only fill a cell.

    A blank stays between two Latin words or numbers, where it parts them.
    """
    lines = " ".join(text.split())
    parts = _GLUE.split(lines)
    return " ".join("".join(part.split()) for part in parts)


def numeral(text: str) -> int | None:
    """Return a Chinese or plain numeral below a hundred as a number, or None."""
    if text.isascii() and text.isdigit():
        return int(text)
    if _TEN not in text:
        return _DIGITS_OF.get(text)
    tens, _, ones = text.partition(_TEN)
    if (tens and tens not in _DIGITS_OF) or (ones and ones not in _DIGITS_OF):
        return None
    return _DIGITS_OF.get(tens, 1) * 10 + _DIGITS_OF.get(ones, 0)
