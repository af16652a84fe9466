"""Amounts as officials type them: 1,200万元, 约120户, ≥85%, 不少于3个, 1亿2000万."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from luoshi.rules.amounts import FINEST, AmountOutOfBounds, NegativeQuantity, exact
from luoshi.rules.colour import Comparator
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Value
from luoshi.rules.sheets.wording import says_nothing, shown, tight

FEN_OF = {
    "元": 100,
    "千元": 100_000,
    "万元": 1_000_000,
    "百万元": 100_000_000,
    "千万元": 1_000_000_000,
    "亿元": 10_000_000_000,
}
"""Fen in each unit of money; 1 元 is 100 fen."""

MOST_FEN_DIGITS = 17  # a thousand 万亿元: more than any list means, and every database keeps it
SHOWN_DIGITS = 15  # what a spreadsheet keeps of a number it computed; the rest is noise
LONGEST = 60  # letters of a cell that can be one amount
LONGEST_UNIT = 12


class FigureNotUnderstood(Refusal):
    """The words are not one amount; facts: ``text``."""

    code = "figure_not_understood"


class MoneyUnitMissing(Refusal):
    """A number of money without 元, 万元 or 亿元 in cell, head or note; facts: ``text``."""

    code = "money_unit_missing"


class NotMoney(Refusal):
    """An amount in another unit stands where money is expected; facts: ``text``, ``unit``."""

    code = "not_money"


@dataclass(frozen=True, slots=True)
class Figure:
    """An amount in ``unit`` (empty: none was written) and how it is meant."""

    amount: Decimal
    unit: str = ""
    comparator: Comparator = Comparator.EQUAL


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of money in fen, and the unit it was written in."""

    fen: int
    unit: str
    comparator: Comparator = Comparator.EQUAL

    @property
    def in_unit(self) -> Decimal:
        """Return the amount in the unit it was written in."""
        return exact(Decimal(self.fen) / FEN_OF[self.unit])


_MEANT = {
    Comparator.AT_LEAST: ("≥", ">=", "=>", "≧", "不少于", "不低于", "不小于", "至少", "达到"),
    Comparator.AT_MOST: ("≤", "<=", "=<", "≦", "不超过", "不高于", "不多于", "不大于", "至多"),
    Comparator.ABOUT: ("约", "大约", "约为", "近", "将近", "~", "≈", "左右"),
    Comparator.MORE: (">", "超过", "超", "多于", "大于", "高于", "逾"),
    Comparator.LESS: ("<", "少于", "小于", "低于"),
    Comparator.EQUAL: ("=",),
}
_AFTER = {
    "以上": Comparator.AT_LEAST,
    "及以上": Comparator.AT_LEAST,
    "以内": Comparator.AT_MOST,
    "以下": Comparator.AT_MOST,
    "及以下": Comparator.AT_MOST,
    "左右": Comparator.ABOUT,
}
_BEFORE = {word: comparator for comparator, words in _MEANT.items() for word in words}


def _one_of(words: dict[str, Comparator]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_NUMBER = r"[+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d*)?(?:[eE][+-]?\d{1,2})?"
_FIGURE = re.compile(
    rf"(?P<before>{_one_of(_BEFORE)})?[¥$]?(?P<number>{_NUMBER})(?P<more>余|多)?"
    rf"(?P<unit>[^\d\s,;、。:()+]{{0,{LONGEST_UNIT}}}?)(?P<after>{_one_of(_AFTER)})?"
)
_COMPOUND = re.compile(rf"(?P<high>{_NUMBER})亿零?(?P<low>{_NUMBER})万(?P<rest>元?)")
_YUAN = re.compile(r"(?P<scale>千万|百万|十万|[千万亿])?(?:元|圆)?(?:人民币)?")


def money_unit(words: str) -> str:
    """Return the unit of money that the words name (``万`` and ``万元人民币`` are 万元), or ""."""
    found = _YUAN.fullmatch(tight(words))
    unit = f"{found['scale'] or ''}元" if found and found[0] else ""
    return unit if unit in FEN_OF else ""


def read_figure(value: Value, *, unit: str = "") -> Figure | None:
    """Return the amount of a cell, or None where the cell says nothing; ``unit`` is the head's.

    Raises FigureNotUnderstood, NegativeQuantity, AmountOutOfBounds.
    """
    if isinstance(value, (int, Decimal)) and not isinstance(value, bool):
        return Figure(exact(_without_noise(Decimal(value))), unit)
    text = shown(value)
    if says_nothing(text):
        return None
    words = tight(text)
    if len(words) > LONGEST:
        raise FigureNotUnderstood(text=text[:LONGEST])
    if compound := _COMPOUND.fullmatch(words):
        return _from_compound(compound)
    found = _FIGURE.fullmatch(words)
    if found is None:
        raise FigureNotUnderstood(text=text)
    return Figure(exact(_number(found["number"])), found["unit"] or unit, _comparator(found))


def _number(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


def _from_compound(found: re.Match[str]) -> Figure:
    amount = _number(found["high"]) * 10_000 + _number(found["low"])
    return Figure(exact(amount), "万" + found["rest"])


def _comparator(found: re.Match[str]) -> Comparator:
    if found["before"]:
        return _BEFORE[found["before"]]
    if found["after"]:
        return _AFTER[found["after"]]
    return Comparator.MORE if found["more"] else Comparator.EQUAL


def _without_noise(number: Decimal) -> Decimal:
    """Return a computed number as the sheet shows it: at most fifteen digits, six decimals."""
    if not number.is_finite():
        return number  # exact() refuses it
    finest = max(number.adjusted() - SHOWN_DIGITS + 1, -FINEST)
    if int(number.as_tuple().exponent) >= finest:
        return number
    return number.quantize(Decimal(1).scaleb(finest), rounding=ROUND_HALF_UP)


def read_money(value: Value, *, unit: str = "") -> Money | None:
    """Return the money of a cell in fen, or None where the cell says nothing.

    The unit in the cell goes before ``unit``, that of the head or of the note above; what is finer
    than a fen is rounded. Raises FigureNotUnderstood, MoneyUnitMissing, NotMoney,
    NegativeQuantity, AmountOutOfBounds.
    """
    figure = read_figure(value, unit=unit)
    if figure is None:
        return None
    if not figure.unit:
        raise MoneyUnitMissing(text=shown(value))
    written = money_unit(figure.unit)
    if not written:
        raise NotMoney(text=shown(value), unit=figure.unit)
    fen = (figure.amount * FEN_OF[written]).to_integral_value(rounding=ROUND_HALF_UP)
    if fen.adjusted() >= MOST_FEN_DIGITS:
        raise AmountOutOfBounds(amount=shown(value))
    return Money(int(fen), written, figure.comparator)


__all__ = [
    "FEN_OF",
    "AmountOutOfBounds",
    "Figure",
    "FigureNotUnderstood",
    "Money",
    "MoneyUnitMissing",
    "NegativeQuantity",
    "NotMoney",
    "money_unit",
    "read_figure",
    "read_money",
]
