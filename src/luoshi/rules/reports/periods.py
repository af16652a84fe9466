"""Time words of reports: which period they name, and which day is the last of it.

A period is written 2017, 2020H1, 2021-06, 2017/2021 or ../2016 (labelling §6).
"""

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date

from luoshi.rules.reports.numerals import number
from luoshi.rules.reports.spans import OPEN, plan_span
from luoshi.rules.reports.words.times import times_in


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


_TIMELY = re.compile(r"年|月|季|暑[期假]|国庆|五一|七一|元旦|十[一二三四五六七八九]五|本世纪")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "首": 1}
_YEARS_AWAY = {"去": -1, "上": -1, "今": 0, "本": 0, "明": 1, "次": 1}
_SEASONS = dict(
    zip("暑秋国五七元年", (8, 8, 9, 4, 6, 12, 6), strict=True)
)  # the month that ends it
_UNTIL = ("截至", "截止", "截止到")


def moments_in(text: str, start: int, end: int, now: Now) -> list[Moment]:
    """Return the time words of text[start:end] in their order."""
    if not _TIMELY.search(text, start, end):
        return []
    found: list[Moment] = []
    for match in times_in(text, start, end):
        year = _joined(found, match)
        if year is not None and match.lastgroup == "wholeyear":
            continue  # 2023年|全年
        at = now if year is None else replace(now, year=year)
        moment = _READERS[match.lastgroup or ""](match, at)  # the outer group closes last
        if moment is not None:
            is_led = match[0][0] in "明去次" and text[match.start() - 1] not in "较比与"
            if is_led and moment.year:  # 明年春季开始，|7月竣工
                now = replace(now, year=moment.year)
            is_told = text.endswith(_UNTIL, start, match.start())  # 截至6月底: done by then
            found.append(replace(moment, is_past=True) if is_told else moment)
    return found


def _joined(found: list[Moment], match: re.Match[str]) -> int | None:
    """Return the year that a time word stands directly behind: 2023年|1—7月; else None."""
    last = found[-1] if found else None
    if last is None or last.end != match.start() or last.period != str(last.year):
        return None
    return last.year


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


def _plan(match: re.Match[str], now: Now) -> Moment:
    nth = number(f"十{match['nth']}")
    first, last = plan_span(int(nth or 0))
    if match["when"] in {"末", "期末"}:
        return _moment(match, str(last), date(last, 12, 31))
    if match["when"] == "以来" and now.speaker is not None:
        return _so_far(match, first, min(last, max(first, now.speaker - 1)))
    return _moment(match, f"{first}/{last}", date(last, 12, 31))


def _so_far(match: re.Match[str], first: int, last: int) -> Moment:
    period = f"{first}/{last}" if first < last else str(last)
    return _moment(match, period, date(last, 12, 31), is_past=True)


def _since(match: re.Match[str], now: Now) -> Moment:
    """Read 2021年以来: to the year told of, which is the one before the speaker's."""
    first = int(match["sy"])
    return _so_far(match, first, max(first, (now.speaker or first + 1) - 1))


def _this_year_so_far(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.speaker, is_past=True)


def _away(match: re.Match[str], now: Now) -> Moment | None:
    """Read 明年上半年, 今年6月底, 去年底: counted from the speaker's year."""
    away = _YEARS_AWAY[match["ry"]]
    year = now.speaker + away if now.speaker is not None else None
    if match["rm"]:
        found = month_of(match, year, int(number(match["rm"]) or 0), int(match["rd"] or 0) or None)
    elif match["rhalf"]:
        found = _half_year(match, year, match["rhalf"])
    elif match["rq"]:
        found = _quarter_of(match, year, match["rq"])
    else:
        found = of_year(match, year)
    return replace(found, is_past=True) if found is not None and away < 0 else found


def _in_months(match: re.Match[str], now: Now) -> Moment | None:
    """Read 3个月内: from the day of the document, to the end of that month."""
    count = number(match["k"]) if match["k"] else 6  # 半年内
    if now.day is None or count is None or not 0 < count <= 24:
        return None
    months = now.day.month - 1 + int(count)
    found = month_of(match, now.day.year + months // 12, months % 12 + 1, None)
    return found and replace(found, period=f"{now.day.year}-{now.day.month:02}/{found.period}")


def _month_end(match: re.Match[str], now: Now) -> Moment | None:
    return month_of(match, now.day.year, now.day.month, None) if now.day is not None else None


def _season(match: re.Match[str], now: Now) -> Moment | None:
    """Read 暑期, 国庆前: the month that ends before or with it."""
    return month_of(match, now.year, _SEASONS[match[0].strip('“"')[0]], None)


def _within(match: re.Match[str], now: Now) -> Moment | None:
    """Read N年内: a document of January counts its year as the first (labelling §6)."""
    count = number(match["nmax"] or match["n"])
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
    count = number(match["cn"] or "2")  # 今明两年
    if count is None or now.speaker is None or not 0 < count <= 30:
        return None
    return _span_from(match, now.speaker, int(count))


def _past(match: re.Match[str], now: Now) -> Moment:
    count = number(match["pn"] or match["pn2"] or "")
    if now.speaker is None or count is None or not 0 < count <= 50:
        period = f"{OPEN}/{now.speaker}" if now.speaker else None
        return _moment(match, period, None, is_past=True)
    last = now.speaker - 1
    return _so_far(match, last - int(count) + 1, last)


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
    """Read 1—6月 and 前6个月 as a half year, another run of months from its first to its last."""
    first = 1 if match["mfirst"] or match["m1"] == "元" else int(match["m1"])
    last = int(number(match["mfirst"] or match["m2"]) or 0)
    if (first, last) == (1, 6):
        return _half_year(match, now.year, "上半年")
    ending = month_of(match, now.year, last, None)
    if ending is None or last <= first:
        return None
    return _moment(match, f"{now.year}-{first:02}/{ending.period}", ending.last)


def _whole_year(match: re.Match[str], now: Now) -> Moment:
    return of_year(match, now.year)


def _near_year(match: re.Match[str], now: Now) -> Moment:
    away = int(match.lastgroup == "nextyear")
    return of_year(match, now.speaker + away if now.speaker else None)


def _century(match: re.Match[str], _now: Now) -> Moment:
    return of_year(match, 2050)


_READERS = {
    "years": _years,
    "full": _full,
    "since": _since,
    "sofar": _this_year_so_far,
    "both": _coming,
    "away": _away,
    "inmonths": _in_months,
    "monthend": _month_end,
    "season": _season,
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
    "thisyear": _near_year,
    "wholeyear": _whole_year,
    "nextyear": _near_year,
    "century": _century,
}
