"""Where numbers stand in a sentence, each with its unit and what is said of its exactness.

The only place that looks for digits. What a number means (a value, a name, a class, a day) is
judged afterwards by ``labels``.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from luoshi.rules.reports.numerals import HAN, han_number, number
from luoshi.rules.reports.words.units import COUNTED, MEASURED, PER

EQUAL, AT_LEAST, AT_MOST, MORE, LESS, ABOUT = "=", ">=", "<=", ">", "<", "~"


@dataclass(slots=True)
class Number:
    """A number at text[start:end]; ``begin`` is before its 近, 超 or 不少于."""

    start: int
    end: int
    value: Decimal
    unit: str
    comparator: str
    begin: int
    unit_end: int
    is_han: bool = False
    value_max: Decimal | None = None
    is_rank: bool = False
    rule: str = "number"
    is_rough_word: bool = False  # 千亿元: no digit was printed


def _longest_first(words: tuple[str, ...]) -> str:
    """Return the words as branches, one for each first letter: 个(?:百分点|点|月)."""
    tails: dict[str, list[str]] = {}
    for word in sorted(words, key=lambda word: len(word.split("(")[0]), reverse=True):
        tails.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rest)})" for first, rest in tails.items())


_UNIT_HEADS = re.escape("".join(sorted({word[0] for word in COUNTED + MEASURED})))
UNIT = (  # one look tells where none begins
    rf"(?=[{_UNIT_HEADS}])(?:{_longest_first(COUNTED + MEASURED)})(?:/(?:{PER}))?"
)
_MULTIPLIER = "万亿|千亿|百亿|十亿|千万|百万|十万|[百千万亿]"
_FIRST = rf"[第前首榜连翻半过\d{HAN}万亿-]"
NUMBER = re.compile(
    rf"""
    (?={_FIRST})  # most letters begin no number: one look tells
    (?:(?!\d)(?:(?P<rank>第(?P<place>[{HAN}]{{1,3}}|\d{{1,4}})(?:名|位)?(?![届次批期个条章节款\d]))
    |(?P<top>前(?P<within>[{HAN}]{{1,3}}|\d{{1,4}})(?:名|位|强|列)?(?=[，、。；,;）)]|$|行列|之列))
    |(?P<head>首位|榜首)
    |(?P<running>连续(?P<years>[{HAN}]{{1,3}}|\d{{1,2}})个?年)
    |(?P<fraction>(?P<below>[{HAN}]+)分之(?P<above>[{HAN}]+)(?P<more0>多|强)?(?P<after0>以上|左右)?)
    |(?P<twodigit>两位数(?:以上)?)
    |(?P<double>(?<!个)翻了?(?P<times>[一两三四二]?)番)
    |(?P<half>一半|半数|过半)(?P<after1>以上)?
    |(?<![{HAN}\d余多几个])(?P<rough>万亿|[百千十]?[万亿]|[百千])(?P<more4>余|多)?(?P<runit>{UNIT})
     (?P<rafter>以上|左右)?)
    |(?P<slash>(?<![\d/])(?P<over>\d)/(?P<under>\d)(?![\d/]))
    |(?P<first>(?:(?<=[为是率])-)?(?:\d+(?:,\d{{3}})+(?:\.\d+)?|\d+(?:\.\d+)?)|(?P<han>[{HAN}]+(?=[余多万亿]|{UNIT})))
     (?:(?=[%个万亿\-－—–―~～至到])(?P<unit1>%|个百分点|万|亿)?(?P<dash>-|－|—|–|―|~|～|至|到)(?P<last>\d+(?:\.\d+)?))?
     (?P<more>余|多|几|来)?(?P<scale>{_MULTIPLIER})?(?P<more2>余|多)?
     (?P<unit>{UNIT})?(?P<more3>余|多)?(?:人民币)?
     (?:(?=[及以之左上])(?P<after>及?以上|以内|之内|及?以下|左右|上下))?
    )
    """,
    re.VERBOSE,
)
_BEFORE = re.compile(
    r"""(?=[不至最大≥控压缩≤超突高多逾破跨跃迈冲>低少小足到未<将接约近有可])(?:
    (?P<least>不(?:少于|低于|小于|下于|少|低)|至少|最低|最少|大于等于|≥)
    |(?P<most>不(?:超过|高于|多于|大于|超|突破)|(?:控制|压缩|压减|缩短)[在到至]|至多|最多|≤)
    |(?P<more>超过了?|突破了?|超出|高于|多于|大于|超|逾|(?<![爆打侦])破|跨过|跨越|跃过|迈过|迈上|冲破|>)
    |(?P<less>低于|少于|小于|不足|不到|未满|<)
    |(?P<about>将近|接近|大约|(?<![签节预])约为?|(?<![附邻就])近|有望达|可达约)
    )(?:了|达|达到|人民币|(?<=至少)(?:建成|新建|新增|完成|培育|引进|打造|开工|签约|实施|举办|创建))?\s*$""",
    re.VERBOSE,
)
_AFTER = {"以上": AT_LEAST, "以内": AT_MOST, "以下": AT_MOST, "左右": ABOUT}
_AFTER |= {"及以上": AT_LEAST, "之内": AT_MOST, "及以下": AT_MOST, "上下": ABOUT}
_MEANT = {"least": AT_LEAST, "most": AT_MOST, "more": MORE, "less": LESS, "about": ABOUT}
_ROUGHLY = {"上": AT_LEAST, "过": MORE}
_BEFORE_LETTERS = frozenset(_BEFORE.pattern)  # behind none of these it cannot match
REACH = 10  # characters before a number in which its 不少于 can stand


_BEGIN = re.compile(_FIRST)
_NO_DIGITS = "连-"  # begin a number only where digits are in the sentence
_MAY = re.compile(rf"[\d{HAN}第首榜半前过翻万亿]")  # a sentence without these has no number


def numbers_in(text: str, start: int, end: int) -> list[Number]:
    """Return the numbers of text[start:end] in their order, each read but not yet judged."""
    numbers: list[Number] = []
    begin = _BEGIN.search(text, start, end)
    if begin is None or (begin[0] in _NO_DIGITS and not _MAY.search(text, start, end)):
        return numbers
    for found in NUMBER.finditer(text, begin.start(), end):
        read = _READERS[found.lastgroup or ""](found)
        if read is not None:
            _compare(read, text, start, found)
            numbers.append(read)
    return numbers


def _compare(read: Number, text: str, start: int, found: re.Match[str]) -> None:
    """Set how the number is held: 近, 余, 以上 and the like (labelling §3, §12)."""
    before, led = None, text[read.start - 1]
    if led in _BEFORE_LETTERS or led.isspace():  # one look at the letter is quicker
        before = _BEFORE.search(text, max(start, read.start - REACH), read.start)
    if before is not None:
        read.begin = before.start()
    if read.rule in {"top", "two digits"}:
        return
    if before is None and read.is_rough_word and text[read.start - 1 : read.start] in _ROUGHLY:
        read.begin -= 1  # 上百名, 过千亿元
        read.comparator = _ROUGHLY[text[read.begin]]
        return
    if held := _held(found):
        read.comparator = held
    elif before is not None and before.lastgroup:
        read.comparator = _MEANT[before.lastgroup]


def _held(found: re.Match[str]) -> str | None:
    """Return how the words within and behind a number hold it; None where they do not."""
    if _HOLDING.isdisjoint(found[0]):
        return None
    if any(found.group(*_MORE)):
        return MORE
    return next((_AFTER[after] for after in found.group(*_HELD) if after), None)


_PLAIN = tuple(
    NUMBER.groupindex[name] for name in ("first", "han", "scale", "unit", "last", "after")
)
_HELD = tuple(NUMBER.groupindex[name] for name in ("after", "after0", "after1", "rafter"))
_HOLDING = frozenset("余多几来强").union(word[-1] for word in _AFTER)
_MORE = tuple(NUMBER.groupindex[name] for name in ("more", "more0", "more2", "more3", "more4"))


def _plain(found: re.Match[str]) -> Number | None:
    digits, han, scale, unit, last, after = found.group(*_PLAIN)
    value = number(digits)
    if value is None or (han and _is_article(found)):
        return None
    unit = (scale or "") + (unit or "")
    start, end = found.span()
    return Number(
        start,
        end,
        value,
        unit if unit or not last else (found["unit1"] or ""),
        EQUAL,
        start,
        found.start("after") if after else end,
        bool(han),
        Decimal(last) if last else None,
    )


def _is_article(found: re.Match[str]) -> bool:
    """Tell 一个, 一批 (articles) and 万, 百 inside words from numbers."""
    digits = found["han"]
    is_counted = found["more"] or (found["scale"] and found["more2"])  # 十余个, 一万多人次
    return digits in {"一", "零", "〇", "百", "千", "十"} and not is_counted


def _rank(found: re.Match[str]) -> Number | None:
    return _place(found, found["place"], "rank")


def _top(found: re.Match[str]) -> Number | None:
    return _place(found, found["within"], "top")


def _head(found: re.Match[str]) -> Number | None:
    return _place(found, "1", "rank")


def _place(found: re.Match[str], digits: str, rule: str) -> Number | None:
    value = number(digits)
    if value is None or not value:
        return None
    read = _special(found, value, "位", rule)
    read.is_rank = True
    if rule == "top":
        read.comparator = AT_MOST
    return read


def _running(found: re.Match[str]) -> Number | None:
    """Read 连续五年: so many years running (labelling §3)."""
    value = number(found["years"])
    return None if not value else _special(found, value, "年", "years running")


def _fraction(found: re.Match[str]) -> Number | None:
    below, above = han_number(found["below"]), han_number(found["above"])
    if found["below"] == "百" and above is not None:
        return _special(found, Decimal(above), "%", "share in words")
    if not below or above is None:
        return None
    return _special(found, _ratio(above, below), "", "fraction")


def _slash(found: re.Match[str]) -> Number | None:
    if found["under"] == "0":
        return None
    return _special(found, _ratio(int(found["over"]), int(found["under"])), "", "fraction")


def _ratio(above: int, below: int) -> Decimal:
    return (Decimal(above) / Decimal(below)).quantize(Decimal("0.0001"))


def _two_digits(found: re.Match[str]) -> Number:
    read = _special(found, Decimal(10), "%", "two digits")
    read.comparator = AT_LEAST
    return read


def _doubling(found: re.Match[str]) -> Number:
    return _special(found, Decimal(han_number(found["times"]) or 1), "番", "doubling")


def _half(found: re.Match[str]) -> Number:
    read = _special(found, Decimal(50), "%", "half")
    if found["half"] == "过半":
        read.comparator = MORE
    return read


_ROUGH = {"十": 10, "百": 100, "千": 1000}


def _rough(found: re.Match[str]) -> Number | None:
    """Read 千亿元, 百亿元, 千万元, 亿元 as round figures (labelling §3)."""
    words, last = found["rough"], found["rough"][-1]
    scale = last if last in "万亿" else ""
    value = Decimal(10**4 if words == "万亿" else _ROUGH.get(words[0], 1))
    read = _special(found, value, scale + found["runit"], "round figure")
    read.comparator, read.is_rough_word = ABOUT, True
    return read


def _special(found: re.Match[str], value: Decimal, unit: str, rule: str) -> Number:
    start, end = found.span()
    return Number(start, end, value, unit, EQUAL, start, end, rule=rule)


_READERS = {  # by the last named group that the pattern closed
    **dict.fromkeys(
        (
            "first",
            "han",
            "unit1",
            "dash",
            "last",
            "more",
            "scale",
            "more2",
            "unit",
            "more3",
            "after",
        ),
        _plain,
    ),
    "rank": _rank,
    "top": _top,
    "head": _head,
    "running": _running,
    "fraction": _fraction,
    "slash": _slash,
    "twodigit": _two_digits,
    "double": _doubling,
    **dict.fromkeys(("half", "after1"), _half),
    **dict.fromkeys(("rough", "more4", "runit", "rafter"), _rough),
}
