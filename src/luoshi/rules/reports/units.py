"""Amounts in their bare units: without 万 and 亿, and in the units of the SI where there are."""

import re
from decimal import Context, Decimal
from fractions import Fraction

_SCALES = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALE = re.compile(r"(?:万亿|千亿|百亿|十亿|千万|百万|十万|[百千万亿])(?=\S)")
_WHOLE_WORDS = ("千克", "千米", "千瓦", "千伏", "百分点")  # their first letter is part of the unit
_SHOWN = Context(prec=15)  # digits of a converted amount that does not come out even
_SI: dict[str, tuple[str, Fraction]] = {
    name: (unit, Fraction(factor))
    for unit, names in {
        "m": {"米": "1", "公里": "1000", "千米": "1000", "km": "1000", "海里": "1852",
              "厘米": "1/100", "毫米": "1/1000"},
        "m²": {"平方米": "1", "平米": "1", "平方": "1", "㎡": "1", "m²": "1", "m2": "1",
               "平方公里": "1000000", "平方千米": "1000000", "km²": "1000000", "km2": "1000000",
               "公顷": "10000", "亩": "2000/3", "亩次": "2000/3"},
        "m³": {"立方米": "1", "立方": "1", "m³": "1", "m3": "1", "升": "1/1000"},
        "kg": {"千克": "1", "公斤": "1", "吨": "1000", "斤": "1/2", "克": "1/1000",
               "毫克": "1/1000000", "微克": "1/1000000000"},
        "J": {"千瓦时": "3600000", "度电": "3600000", "兆瓦时": "3600000000",
              "吉瓦时": "3600000000000"},
        "W": {"千瓦": "1000", "kW": "1000", "KW": "1000", "兆瓦": "1000000", "MW": "1000000",
              "吉瓦": "1000000000", "GW": "1000000000"},
        "V": {"伏": "1", "千伏": "1000", "kV": "1000"},
        "s": {"秒": "1", "分钟": "60", "小时": "3600", "天": "86400"},
        "1": {"%": "1/100", "％": "1/100", "个百分点": "1/100", "个点": "1/100", "‰": "1/1000"},
    }.items()
    for name, factor in names.items()
}  # fmt: skip


def in_units(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return an amount without 万 and 亿, and its bare unit: 3 万平方米 is 30000 平方米."""
    found = _SCALE.match(unit)
    if found is None or unit.startswith(_WHOLE_WORDS):
        return value, unit
    for letter in found[0]:
        value *= _SCALES[letter]
    return value, unit[found.end() :]


def in_si(value: Decimal | None, unit: str | None) -> tuple[Decimal, str] | None:
    """Return an amount as one would compute with it: 2 公里 is 2000 m, 5 亿元 is 500000000 元.

    Of units that are none of the SI (户, 家, 元/人) only 万 and 亿 are worked out. None without a
    number or unit, and for a place in a row (位). Fifteen digits are kept.
    """
    if value is None or not unit or unit == "位":
        return None
    amount, bare = in_units(value, unit)
    symbol, factor = _SI.get(bare, (bare, None))
    if factor is None:
        return _SHOWN.plus(amount), symbol
    exact = Fraction(amount) * factor
    return _SHOWN.divide(Decimal(exact.numerator), Decimal(exact.denominator)), symbol
