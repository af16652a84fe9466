"""The State Council's yearly arrangement of days off, read from the words of its notice.

A notice says, festival by festival, which days are off and which rest days are worked (调休):
“1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。” Typed lists are read as well:
“放假：1月1日、2月16日至20日；上班：2月14日”.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.rules.calendar import ArrangementContradictsItself
from luoshi.rules.refusals import Refusal

LONGEST_SPAN = 31  # days; a longer one was mistyped
_DIGITS = str.maketrans("０１２３４５６７８９", "0123456789")
_ENDS = re.compile(r"[。；;\n]")
_OFF, _WORKED = re.compile("放假|休息"), re.compile("上班|补班|工作日")
_DAY = r"(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日"
_BESIDE = r"(?:[（(]([^）)]*)[）)])?"  # （农历除夕、周一）
_SPAN = re.compile(rf"{_DAY}\s*{_BESIDE}(?:\s*(?:至|到|[-—–~～])+\s*{_DAY}\s*{_BESIDE})?")
_WEEKDAY = re.compile(r"(?:周|星期|礼拜)([一二三四五六日天])")
_WEEKDAYS = "一二三四五六日"
_SATURDAY = 5


class ArrangementUnread(Refusal):
    """A sentence names days, but not whether they are off or worked; facts: ``text``."""

    code = "arrangement_unread"


class NoSuchDay(Refusal):
    """The words name a day that is none, such as 2月30日; facts: ``text``."""

    code = "no_such_day"


class WeekdayDiffers(Refusal):
    """The weekday beside a day is another one's; facts: ``day``, ``said``, ``is_``."""

    code = "weekday_differs"


class WorkedDayIsNoRestDay(Refusal):
    """A make-up working day is no Saturday or Sunday; facts: ``day``."""

    code = "worked_day_is_no_rest_day"


class NothingArranged(Refusal):
    """The words name no day off."""

    code = "nothing_arranged"


@dataclass(frozen=True, slots=True)
class Arranged:
    """A year's weekdays off and its make-up working days, each ascending."""

    off: tuple[date, ...]
    make_up: tuple[date, ...]


def read_arrangement(text: str, *, year: int) -> Arranged:
    """Return what the words arrange for a year; weekends off need not be named and are left out.

    Raises ArrangementUnread, NoSuchDay, WeekdayDiffers, ArrangementContradictsItself,
    WorkedDayIsNoRestDay, NothingArranged.
    """
    off, make_up = set[date](), set[date]()
    for sentence in _ENDS.split(text.translate(_DIGITS)):
        for clause, is_worked in _clauses(sentence):
            (make_up if is_worked else off).update(_days(clause, year))
    for day in sorted(off & make_up):
        raise ArrangementContradictsItself(year=year, day=day)
    for day in sorted(make_up):
        if day.weekday() < _SATURDAY:
            raise WorkedDayIsNoRestDay(day=day)
    if not off:
        raise NothingArranged
    return Arranged(
        tuple(sorted(day for day in off if day.weekday() < _SATURDAY)), tuple(sorted(make_up))
    )


def in_words(arranged: Arranged) -> str:
    """Return an arrangement in words that ``read_arrangement`` reads again."""
    lines = (("放假", arranged.off), ("上班", arranged.make_up))
    return "\n".join(f"{word}：{_spans(days)}" for word, days in lines if days)


def _spans(days: tuple[date, ...]) -> str:
    rows: list[list[date]] = []
    for day in days:
        if rows and day - rows[-1][-1] == timedelta(days=1):
            rows[-1].append(day)
        else:
            rows.append([day])
    return "、".join(
        f"{row[0].month}月{row[0].day}日（周{_WEEKDAYS[row[0].weekday()]}）"
        + (f"至{row[-1].month}月{row[-1].day}日" if len(row) > 1 else "")
        for row in rows
    )


def _clauses(sentence: str) -> Iterator[tuple[str, bool]]:
    """Yield the parts of a sentence that name days, and whether those days are worked.

    The word stands behind its days, or before them with a colon.
    """
    words = sorted(
        [(found.start(), found.end(), False) for found in _OFF.finditer(sentence)]
        + [(found.start(), found.end(), True) for found in _WORKED.finditer(sentence)]
    )
    begin, before = 0, None
    for start, end, is_worked in words:
        clause = sentence[begin:start]
        if _SPAN.search(clause):
            yield clause, is_worked if before is None else before
            before = None
        if sentence[end : end + 1] in {"：", ":"}:
            before = is_worked
        begin = end
    rest = sentence[begin:]
    if _SPAN.search(rest):
        if before is None:
            raise ArrangementUnread(text=sentence.strip())
        yield rest, before


def _days(clause: str, year: int) -> Iterator[date]:
    month = None
    for found in _SPAN.finditer(clause):
        first_year, first_month, first_day, beside, *second = found.groups()
        month = int(first_month) if first_month else month
        if month is None:
            raise NoSuchDay(text=found[0])
        first = _day(int(first_year or year), month, int(first_day), found[0])
        _check_weekday(first, beside)
        last = first
        if second[2] is not None:
            month = int(second[1]) if second[1] else month
            last = _day(int(second[0] or first.year), month, int(second[2]), found[0])
            _check_weekday(last, second[3])
        if not 0 <= (last - first).days < LONGEST_SPAN:
            raise NoSuchDay(text=found[0])
        yield from (first + timedelta(days=n) for n in range((last - first).days + 1))


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError as cause:
        raise NoSuchDay(text=text) from cause


def _check_weekday(day: date, beside: str | None) -> None:
    said = _WEEKDAY.search(beside or "")
    if said is None:
        return
    known = _WEEKDAYS[day.weekday()]
    if said[1].replace("天", "日") != known:
        raise WeekdayDiffers(day=day, said=said[1], is_=known)
