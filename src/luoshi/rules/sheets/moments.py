"""Days in the cells of lists: 2021年6月底前, 年底前, 2021.6, 二季度, 上半年, 2021-2023年.

Each gives a day, says whether it was inferred, and from what. What could mean two days is refused
with both, never guessed.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from luoshi.rules.days import DayNotUnderstood
from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.grid import Value
from luoshi.rules.sheets.wording import numeral, says_nothing, shown, tight

FIRST_YEAR, LAST_YEAR = 1949, 2100  # a district plans no further, and typing errors stand out
LONGEST = 40  # letters of a cell that can be one day or one span
SERIALS = range(29_221, 73_416)  # days since 1899-12-30: 1980 to 2100, no other number of a list
_SERIAL_ZERO = date(1899, 12, 30)


class DayAmbiguous(Refusal):
    """The words name one of two days; facts: ``text``, ``earlier``, ``later``."""

    code = "day_ambiguous"


class YearMissing(Refusal):
    """A day without a year in a sheet whose year is not known; facts: ``text``."""

    code = "year_missing"


class Taken(StrEnum):
    """What a day was taken from."""

    WRITTEN = "written"  # year, month and day stand there
    SERIAL = "serial"  # a spreadsheet's day number that lost its format
    TEN_DAYS = "ten_days"  # 上旬, 中旬, 下旬: the 10th, the 20th, the last day
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"


class Edge(StrEnum):
    """Which end of a month, quarter or year is meant where no day is written."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True)
class Moment:
    """A day; ``inferred``: not all of it was written; ``year_assumed``: the year is the sheet's."""

    day: date
    taken: Taken = Taken.WRITTEN
    year_assumed: bool = False

    @property
    def inferred(self) -> bool:
        """Tell whether any part of the day was not written."""
        return self.year_assumed or self.taken not in {Taken.WRITTEN, Taken.SERIAL}


@dataclass(frozen=True, slots=True)
class Span:
    """From a day to a day; None: open."""

    start: Moment | None
    end: Moment | None


@dataclass(frozen=True, slots=True)
class _Point:
    """A day, month, quarter or year before an end of it is chosen; ``before`` excludes it."""

    year: int | None
    first: tuple[int, int]  # month and day
    last: tuple[int, int]  # day 0: the last of the month
    taken: Taken
    ends: bool = False  # 底 or 末 stands there: the last day whatever is asked
    before: bool = False


_WORDS = {"今年": 0, "本年": 0, "当年": 0, "明年": 1, "次年": 1, "去年": -1, "上年": -1}
_YEAR = (
    r"(?:(?P<y>\d{4})(?:年度?|[-./](?=\d))?|(?P<s>\d{2})年|(?P<w>" + "|".join(_WORDS) + r")度?)?"
)
_TAIL = r"(?P<end>底|末)?(?P<before>之?前|以前|内)?"
_FORMS = tuple(
    re.compile(_YEAR + body + _TAIL)
    for body in (
        r"(?P<m>\d{1,2})[月./-](?P<d>\d{1,2})[日号]?",
        r"(?P<m>\d{1,2})月份?(?P<third>[上中下]旬|初|中)",
        r"(?P<m>\d{1,2})(?P<month>月份?)?",
        r"(?:第?(?P<q>[1-4])季度?|[Qq](?P<q2>[1-4]))",
        r"(?P<h>[上下])半年",
        r"(?P<all>全年|年|年度)?",
    )
)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})?")
_CHINESE = re.compile(r"[一二三四五六七八九十]{1,3}(?=月|季|日|号)")
_AROUND = re.compile(
    r"^(?:计划|预计|力争|确保|争取|拟于|拟|已于|已|于|在|截至|截止|至|约|每)*"
    r"(?P<kept>.*?)"
    r"(?:全部|基本|实现|完成|竣工|开工|动工|建成|投产|投用|投入使用|使用|交付|启动|完工|封顶|通车|达效"
    r"|结束|办结|验收|。|;)*$"
)
_UNFIXED = frozenset({"长期", "长期坚持", "持续推进", "持续", "常态化", "常年", "全年持续", "分批"})
_JOINTS = re.compile(r"--|—+|–|~|-|至|到")


def read_moment(value: Value, *, year: int | None, edge: Edge = Edge.END) -> Moment | None:
    """Return the day of a cell, or None where it says nothing or 长期; of a span its ``edge``.

    ``year`` is the sheet's, for cells that write none. Raises DayNotUnderstood, DayAmbiguous,
    YearMissing.
    """
    span = read_span(value, year=year, edge=edge)
    return span.start if edge is Edge.START else span.end


def read_span(value: Value, *, year: int | None, edge: Edge | None = None) -> Span:
    """Return from when to when a cell says; what names one point only has one end.

    ``edge`` is the end that a single point gives; without it a point ends the span, and a whole
    year, half or quarter gives both. Raises as ``read_moment``.
    """
    if isinstance(value, date):
        return _ends(Moment(value), edge)
    text = _text_of_day(value)
    if says_nothing(text) or text in _UNFIXED:
        return Span(None, None)
    try:
        return _span(text, year, edge)
    except (ValueError, OverflowError):  # the 31st of June, month 13
        raise DayNotUnderstood(text=shown(value)[:LONGEST]) from None


def _ends(moment: Moment, edge: Edge | None) -> Span:
    return Span(moment, None) if edge is Edge.START else Span(None, moment)


def _text_of_day(value: Value) -> str:
    """Return the words that may name a day. Raises DayNotUnderstood; DayAmbiguous for 2021.1.

    A number 2021.1 was 2021.1 or 2021.10: the sheet dropped the last nought.
    """
    text = tight(shown(value))
    if isinstance(value, Decimal):
        whole, _, part = text.partition(".")
        if part == "1" and FIRST_YEAR <= int(value) <= LAST_YEAR:
            raise DayAmbiguous(text=text, earlier=f"{whole}-01", later=f"{whole}-10")
    if len(text) > LONGEST:
        raise DayNotUnderstood(text=text[:LONGEST])
    return text


def _span(text: str, year: int | None, edge: Edge | None) -> Span:
    """Return the span of words that say something. Raises ValueError where they name no day."""
    if text.isascii() and text.isdigit() and int(text) in SERIALS:
        return _ends(Moment(_SERIAL_ZERO + timedelta(days=int(text)), Taken.SERIAL), edge)
    point = _point(text)
    if point is not None:
        return _span_of(point, text, year, edge)
    for left, right in _halves(text):
        first, last = _point(left), _point(right)
        if first is not None and last is not None:
            first, last = _same_year(first, last)
            start = _moment(first, text, year, Edge.START)
            return Span(start, _moment(last, text, year, Edge.END))
    raise ValueError(text)


def _span_of(point: _Point, text: str, year: int | None, edge: Edge | None) -> Span:
    if edge is not None:
        return _ends(_moment(point, text, year, edge), edge)
    end = _moment(point, text, year, Edge.END)
    whole = point.taken in {Taken.YEAR, Taken.HALF_YEAR, Taken.QUARTER}
    if not whole or point.ends or point.before:
        return Span(None, end)
    return Span(_moment(point, text, year, Edge.START), end)


def _halves(text: str) -> Iterator[tuple[str, str]]:
    """Give every way to part the words at a dash; ``3-6月`` means months on both sides."""
    for joint in _JOINTS.finditer(text):
        left, right = text[: joint.start()], text[joint.end() :]
        bare = re.fullmatch(r"(?:\d{4}年)?\d{1,2}", left)
        yield (left + "月" if bare and "月" in right else left), right


def _same_year(first: _Point, last: _Point) -> tuple[_Point, _Point]:
    """Lend the year that only one side writes to the other."""
    if first.year is None:
        return replace(first, year=last.year), last
    return first, replace(last, year=first.year) if last.year is None else last


def _point(text: str) -> _Point | None:
    """Return what the words name, or None. Raises ValueError for a month or day there is not."""
    around = _AROUND.fullmatch(text)
    words = around["kept"] if around else text
    words = _CHINESE.sub(lambda found: str(numeral(found[0]) or found[0]), words)
    if found := _COMPACT.fullmatch(words):
        day = int(found[3] or 0)
        taken = Taken.WRITTEN if day else Taken.MONTH
        return _Point(
            _checked(int(found[1])), (int(found[2]), day or 1), (int(found[2]), day), taken
        )
    for form in _FORMS:
        if (found := form.fullmatch(words)) and (point := _from(found)):
            return point
    return None


def _from(found: re.Match[str]) -> _Point | None:
    """Return the point of a form, or None where a bare number or word names none."""
    parts = found.groupdict()
    year = _year(parts)
    framed = bool(year is not None or parts["end"])
    if parts.get("m"):
        if not (framed or parts.get("month") or parts.get("d") or parts.get("third")):
            return None  # a bare number
        first, last, taken = _in_month(parts)
    elif not (parts.get("q") or parts.get("q2") or parts.get("h") or framed or parts.get("all")):
        return None
    else:
        first, last, taken = _in_year(parts)
        if taken is Taken.YEAR and year is None and not (parts["end"] or parts["all"] == "全年"):
            return _within_the_year(parts, first, last)
    before = parts["before"] in {"前", "之前", "以前"} and not parts["end"]
    return _Point(year, first, last, taken, bool(parts["end"]), before and taken != Taken.WRITTEN)


def _within_the_year(
    parts: dict[str, str | None], first: tuple[int, int], last: tuple[int, int]
) -> _Point | None:
    """Return the whole year for 年内; 年 or 年前 alone name nothing."""
    return _Point(None, first, last, Taken.YEAR) if parts["before"] == "内" else None


def _year(parts: dict[str, str | None]) -> int | None:
    """Return the year; one told by a word (明年) counts from 0 and is placed later."""
    if parts["y"]:
        return _checked(int(parts["y"]))
    if parts["s"]:
        return 2000 + int(parts["s"])
    return _WORDS[parts["w"]] if parts["w"] else None


def _checked(year: int) -> int:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(year)
    return year


def _in_month(parts: dict[str, str | None]) -> tuple[tuple[int, int], tuple[int, int], Taken]:
    month = int(parts["m"] or 0)
    if third := parts.get("third"):
        first, last = {"上": (1, 10), "初": (1, 10), "中": (11, 20), "下": (21, 0)}[third[0]]
        return (month, first), (month, last), Taken.TEN_DAYS
    if parts.get("d"):
        day = int(parts["d"] or 0)
        return (month, day or 32), (month, day or 32), Taken.WRITTEN  # day 0 is none
    return (month, 1), (month, 0), Taken.MONTH


def _in_year(parts: dict[str, str | None]) -> tuple[tuple[int, int], tuple[int, int], Taken]:
    if quarter := parts.get("q") or parts.get("q2"):
        last = int(quarter) * 3
        return (last - 2, 1), (last, 0), Taken.QUARTER
    if half := parts.get("h"):
        last = 6 if half == "上" else 12
        return (last - 5, 1), (last, 0), Taken.HALF_YEAR
    return (1, 1), (12, 0), Taken.YEAR


def _moment(point: _Point, text: str, sheet_year: int | None, edge: Edge) -> Moment:
    """Return the day at one end of a point. Raises YearMissing; ValueError for no day."""
    year = point.year
    assumed = year is None or year < FIRST_YEAR
    if year is None or year < FIRST_YEAR:
        if sheet_year is None:
            raise YearMissing(text=text)
        year = sheet_year + (year or 0)
    if point.before:  # 6月前: before June begins
        return Moment(date(year, *point.first) - timedelta(days=1), point.taken, assumed)
    starts = edge is Edge.START and not point.ends
    month, day = point.first if starts else point.last
    return Moment(date(year, month, day or monthrange(year, month)[1]), point.taken, assumed)
