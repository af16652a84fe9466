"""Chinese digits: 两万 is 20000, 一百二十 is 120, 十四 is 14, 二〇二五 is 2025."""

from decimal import Decimal, InvalidOperation
from functools import lru_cache

DIGITS = {
    "零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4,
    "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
}  # fmt: skip
STEPS = {"十": 10, "百": 100, "千": 1000}
_FIRST = frozenset("-0123456789")
HAN = "零〇一二两三四五六七八九十百千"


def han_number(words: str) -> int | None:
    """Return the number that Chinese digits below 万 write, or None where they write none."""
    if not words or any(word not in HAN for word in words):
        return None
    if not any(word in STEPS for word in words):  # digit by digit: 二〇二五
        return int("".join(str(DIGITS[word]) for word in words))
    total = digit = 0
    for word in words:
        if word in STEPS:
            total += (digit or 1) * STEPS[word]
            digit = 0
        else:
            digit = DIGITS[word]
    return total + digit


@lru_cache(maxsize=4096)  # the same few come again and again
def number(words: str) -> Decimal | None:
    """Return the number that Arabic (1,200; -1.2) or Chinese digits write, None for both: 3十."""
    if words[:1] in _FIRST:
        try:
            return Decimal(words.replace(",", ""))
        except InvalidOperation:
            return None
    found = han_number(words)
    return None if found is None else Decimal(found)
