"""Time words of reports: which period they name, and which day is the last of it.

A period is written 2017, 2020H1, 2021-06, 2017/2021 or ../2016 (labelling §6).
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from luoshi.rules.reports.numerals import HAN, number

FIRST_PLAN = 1953  # the first Five-Year Plan; the 14th covers 2021 to 2025
PLAN_YEARS = 5
OPEN = ".."


@dataclass(frozen=True, slots=True)
class Moment:
    """A time word at text[start:end]: its period, its last day, how it stands to its sentence."""

    start: int
    end: int
    period: str | None
    last: date | None
    year: int | None  # the year it lies in, or ends in
    is_past: bool = False  # 去年, 五年来: what is told is done


@dataclass(frozen=True, slots=True)
class Now:
    """What time words count from: 今年 from the speaker, 全年 and 年底 from the section."""

    speaker: int | None
    year: int | None  # of the section: the year reviewed, or the year planned
    day: date | None = None  # on which the document was given, where it says so


TIME = re.compile(
    rf"""
    (?=[“"12\d{HAN}用在通力经未今后接过近最前本多去上刚这下第首年岁明当全])
    (?:(?P<years>(?P<from>20\d\d|19\d\d)年?(?:-|—|–|―|~|～|至|到)(?P<to>20\d\d|19\d\d)年)
    |(?P<full>(?P<fy>20\d\d|19\d\d|[二一][{HAN}]{{3}})年(?:
        (?P<fm>1[0-2]|0?[1-9])月(?:(?P<fd>[12]\d|3[01]|0?[1-9])日|份|底|末|中旬|上旬|下旬)?
        |(?P<half1>上半年|下半年)|(?P<q1>第?[一二三四]季度|前三季度)|(?P<fend>年?[底末])|初)?)
    |(?P<plan>[“"]?十(?P<nth>[一二三四五六七八九])五[”"]?(?P<when>末|期末|时期|期间|以来))
    |(?P<within>(?:(?:用|在|通过|力争|经过|未来|今后)\s?)?
      (?P<n>[{HAN}]{{1,2}}|\d{{1,2}})(?:至[{HAN}\d])?年(?:之?内|左右的?时间|时间))
    |(?P<coming>(?:未来|今后|接下来的?)(?P<cn>[{HAN}\d]{{1,2}})年)
    |(?P<past>(?:过去|近|最近|前)(?P<pn>[{HAN}\d]{{1,2}})年来?|(?P<pn2>[{HAN}]{{1,2}})年来|本届(?:政府)?以来|近年来|多年来)
    |(?P<lastyear>去年|上年(?!同期|度?末?相比)|过去的?(?:这)?一年|刚刚过去的一年|一年来|这一年)
    |(?P<months>(?P<m1>1[0-2]|[1-9])月?(?:-|—|–|―|~|～|至|到)(?P<m2>1[0-2]|[1-9])月份?)
    |(?P<month>(?<![\d年.、—\-~])(?P<m>1[0-2]|0?[1-9]|[一二三四五六七八九十]|十[一二])月(?:(?P<d>[12]\d|3[01]|0?[1-9])日|份|底|末)?(?!来|球|饼|子))
    |(?P<half>上半年|下半年|前半年)
    |(?P<quarter>第?[一二三四]季度|前三季度|首季)
    |(?P<yearend>年底|年末|岁末)
    |(?P<thisyear>今年(?:年底|年末)?|本年度?)
    |(?P<wholeyear>年内|全年(?!龄)|当年|年度(?=目标|计划|投资|完成))
    |(?P<nextyear>明年)
    |(?P<century>本世纪中叶)
    )
    """,
    re.VERBOSE,
)
_TIMELY = re.compile(r"[年月季]|[上下]半年|十[一二三四五六七八九]五|本世纪")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1}


def moments_in(text: str, start: int, end: int, now: Now) -> list[Moment]:
    """Return the time words of text[start:end] in their order."""
    if not _TIMELY.search(text, start, end):
        return []
    found = (_READERS[_kind(match)](match, now) for match in TIME.finditer(text, start, end))
    return [moment for moment in found if moment is not None]


def _kind(match: re.Match[str]) -> str:
    return next(kind for kind in _READERS if match[kind])


def _moment(
    match: re.Match[str],
    period: str | None,
    last: date | None,
    *,
    is_past: bool = False,
    year: int | None = None,
) -> Moment:
    within = year if year is not None else (last.year if last else None)
    return Moment(match.start(), match.end(), period, last, within, is_past)


def of_year(match: re.Match[str], year: int | None, *, is_past: bool = False) -> Moment:
    """Return a whole year; without a year nothing but the mark of the past."""
    if year is None or not 1 <= year <= date.max.year:
        return _moment(match, None, None, is_past=is_past)
    return _moment(match, str(year), date(year, 12, 31), is_past=is_past)


def month_of(match: re.Match[str], year: int | None, month: int, day: int | None) -> Moment | None:
    """Return a month or a day of a year; None for a month that no calendar has."""
    if year is None or not 1 <= month <= 12 or not 1 <= year <= date.max.year:
        return None
    longest = monthrange(year, month)[1]
    if day is not None and day > longest:
        return None
    return _moment(match, f"{year}-{month:02}", date(year, month, day or longest))


def _years(match: re.Match[str], _now: Now) -> Moment | None:
    start, end = int(match["from"]), int(match["to"])
    if end < start:
        return None
    return _moment(match, f"{start}/{end}", date(end, 12, 31))


def _full(match: re.Match[str], _now: Now) -> Moment | None:
    read = number(match["fy"])
    year = int(read) if read is not None and 1900 <= read <= 2100 else None
    if year is None:
        return None
    if match["fm"]:
        return month_of(match, year, int(match["fm"]), int(match["fd"]) if match["fd"] else None)
    if match["half1"]:
        return _half_year(match, year, match["half1"])
    if match["q1"]:
        return _quarter_of(match, year, match["q1"])
    return of_year(match, year)


def _half_year(match: re.Match[str], year: int | None, words: str) -> Moment | None:
    if year is None:
        return None
    is_first = words != "下半年"
    last = date(year, 6, 30) if is_first else date(year, 12, 31)
    return _moment(match, f"{year}H{1 if is_first else 2}", last)


def _quarter_of(match: re.Match[str], year: int | None, words: str) -> Moment | None:
    if year is None:
        return None
    if words == "前三季度":
        return _moment(match, f"{year}Q1/{year}Q3", date(year, 9, 30))
    nth = next(_QUARTERS[word] for word in words if word in _QUARTERS)
    return _moment(match, f"{year}Q{nth}", date(year, 3 * nth, monthrange(year, 3 * nth)[1]))


def plan_span(nth: int) -> tuple[int, int]:
    """Return the first and last year of a Five-Year Plan: 14 is (2021, 2025)."""
    first = FIRST_PLAN + (nth - 1) * PLAN_YEARS + (3 if nth > 2 else 0)
    return first, first + PLAN_YEARS - 1


def _plan(match: re.Match[str], _now: Now) -> Moment:
    nth = number(f"十{match['nth']}")
    first, last = plan_span(int(nth or 0))
    if match["when"] in {"末", "期末"}:
        return _moment(match, str(last), date(last, 12, 31))
    is_past = match["when"] == "以来"
    return _moment(match, f"{first}/{last}", date(last, 12, 31), is_past=is_past)


def _within(match: re.Match[str], now: Now) -> Moment | None:
    """Read N年内: a document of January counts its year as the first (labelling §6)."""
    count = number(match["n"])
    if count is None or now.speaker is None or not 0 < count <= 30:
        return None
    n = int(count)
    if now.day is not None and now.day.month > 3:
        year = now.day.year + n
        last = date(year, now.day.month, monthrange(year, now.day.month)[1])
        return _moment(match, f"{now.day.year}/{year}", last)
    return _span_from(match, now.speaker, n)


def _span_from(match: re.Match[str], year: int, n: int) -> Moment:
    last = year + n - 1
    return _moment(match, str(year) if n == 1 else f"{year}/{last}", date(last, 12, 31))


def _coming(match: re.Match[str], now: Now) -> Moment | None:
    count = number(match["cn"])
    if count is None or now.speaker is None or not 0 < count <= 30:
        return None
    return _span_from(match, now.speaker, int(count))


def _past(match: re.Match[str], now: Now) -> Moment:
    count = number(match["pn"] or match["pn2"] or "")
    if now.speaker is None or count is None or not 0 < count <= 50:
        period = f"{OPEN}/{now.speaker}" if now.speaker else None
        return _moment(match, period, None, is_past=True)
    last = now.speaker - 1
    return _moment(match, f"{last - int(count) + 1}/{last}", date(last, 12, 31), is_past=True)


def _last_year(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.speaker - 1 if now.speaker else None, is_past=True)


def _month(match: re.Match[str], now: Now) -> Moment | None:
    read = number(match["m"])
    return month_of(match, now.year, int(read or 0), int(match["d"]) if match["d"] else None)


def _half(match: re.Match[str], now: Now) -> Moment | None:
    return _half_year(match, now.year, match["half"])


def _quarter(match: re.Match[str], now: Now) -> Moment | None:
    return _quarter_of(match, now.year, match["quarter"])


def _months(match: re.Match[str], now: Now) -> Moment | None:
    """Read 1—6月 as a half year, any other run of months from its first to its last."""
    first, last = int(match["m1"]), int(match["m2"])
    if (first, last) == (1, 6):
        return _half_year(match, now.year, "上半年")
    ending = month_of(match, now.year, last, None)
    if ending is None or last <= first:
        return None
    return _moment(match, f"{now.year}-{first:02}/{ending.period}", ending.last)


def _this_year(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.speaker)


def _whole_year(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.year)


def _next_year(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.speaker + 1 if now.speaker else None)


def _century(match: re.Match[str], _now: Now) -> Moment:
    return of_year(match, 2050)


_READERS = {
    "years": _years,
    "full": _full,
    "plan": _plan,
    "within": _within,
    "coming": _coming,
    "past": _past,
    "lastyear": _last_year,
    "months": _months,
    "month": _month,
    "half": _half,
    "quarter": _quarter,
    "yearend": _whole_year,
    "thisyear": _this_year,
    "wholeyear": _whole_year,
    "nextyear": _next_year,
    "century": _century,
}


_PART = re.compile(r"(\d{4})(?:-(\d{2})|H([12])|Q([1-4]))?")


def span_of(period: str | None) -> tuple[date, date] | None:
    """Return the first and last day of a period as it is written; None for an open beginning."""
    if period is None or period.startswith(OPEN):
        return None
    first, _, last = period.partition("/")
    begin, end = _PART.fullmatch(first), _PART.fullmatch(last or first)
    if begin is None or end is None:
        return None
    return _months_of(begin)[0], _months_of(end)[1]


def _months_of(part: re.Match[str]) -> tuple[date, date]:
    year = int(part[1])
    if part[2]:
        first = last = int(part[2])
    elif part[3]:
        first, last = 6 * int(part[3]) - 5, 6 * int(part[3])
    elif part[4]:
        first, last = 3 * int(part[4]) - 2, 3 * int(part[4])
    else:
        first, last = 1, 12
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
