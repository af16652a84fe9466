"""When a document speaks: its year and its day, from its own words; what is not written is None."""

import re
from dataclasses import dataclass
from datetime import date

from luoshi.rules.reports.numerals import HAN, number


@dataclass(frozen=True, slots=True)
class Dated:
    """When a document speaks: its year and, where written, its day.

    ``is_halfway``: it reviews the first half of its year, so it promises the second.
    """

    year: int | None
    day: date | None
    is_halfway: bool = False


_TITLE_YEAR = re.compile(r"(20\d\d|19\d\d)年?(?:度)?(?:[一-鿿]{0,12})?政府工作报告")
_TITLE = re.compile(
    r"^\s*[一-鿿]{0,12}政府工作报告\s*(?:[（(][^（）()\n]{0,60}[)）]\s*)?$", re.MULTILINE
)
_REVIEW_YEAR = re.compile(
    r"(20\d\d|19\d\d)年(?:的)?(?:(?:主要)?(?:政府)?工作(?:的|(?:和|及|与|暨)[^，。\n]{0,12})?(?:回顾|总结)"
    r"|(?![上下]半年|前?[一二三四]季度)[一-鿿]{0,16}(?:统计公报|运行情况|执行情况))"
)
_PRINTED_ON = re.compile(r"(2(?<!\d.)0\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR_TOLD = re.compile(r"\s*(20\d\d)年[，,]")
_LOOKS_BACK = re.compile(r"(?<!近)一年以?来|这一年|过去的?一年")
_TOLD_FIRST = re.compile(  # the year told of under the first heading that looks back
    r"(?:工作回顾|过去的?一年)[^\n。]{0,30}\n\s*(20\d\d)年[，,是]"
)
_AGAINST = re.compile(r"同比|[比较]上年")
COMPARISONS = 3  # with the year before: so many are made once the year is over
_PLAN_YEAR = re.compile(
    r"(20\d\d|19\d\d)年(?:的)?(?:政府|经济社会)?(?:重点|主要|总体|发展)?"
    r"(?:工作(?:安排|谋划|部署|打算|建议|任务|重点|思路|要求|目标)|目标任务|重点工作"
    r"|主要目标|预期目标|发展目标)"
)
_GIVEN_ON = re.compile(
    rf"(20\d\d|19\d\d|二[{HAN}]{{3}})年(\d{{1,2}}|[{HAN}]{{1,2}})月(\d{{1,2}}|[{HAN}]{{1,3}})日"
)
_DAY_ONLY = re.compile(
    r"([1-9](?<![\d月年].)(?:(?<=1)[0-2])?)月([12]\d|3[01]|[1-9])日(?=[上下]午|[,，]|在|召开)"
)
_ANY_YEAR = re.compile(r"(20\d\d)年")
_HALF_REVIEWED = re.compile(r"^(?:20\d\d年|今年)?上半年[，,：:]", re.MULTILINE)
MIDYEAR = 4  # the last month in which a document speaks of the year before
LATE = 11  # the month from which a document speaks of the coming year
HEAD_LENGTH = 1500  # characters of a document in which it says when it was given


def dated(text: str, *, year: int | None, day: date | None) -> Dated:
    """Return when the document speaks; what is given goes before what its words say."""
    head = text[:HEAD_LENGTH]
    if year is None and day is None:
        day = _given_on(head)
        year = _year_of(text, head, day)
    year = day.year if year is None and day is not None else year
    if day is None and year is not None and (found := _DAY_ONLY.search(text)):
        day = _day(year, int(found[1]), int(found[2]))
    is_midyear = day is not None and MIDYEAR < day.month < LATE
    return Dated(year, day, is_midyear and _HALF_REVIEWED.search(text) is not None)


def _given_on(head: str) -> date | None:
    found = _GIVEN_ON.search(head) or _PRINTED_ON.search(head)
    if found is None:
        return None
    year, month, day = (int(number(part) or 0) for part in found.groups())
    return _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _year_of(text: str, head: str, day: date | None) -> int | None:
    if found := _TITLE_YEAR.search(head):
        return _titled(text, int(found[1]), day)
    if found := _PLAN_YEAR.search(text):
        return int(found[1])
    if found := _REVIEW_YEAR.search(text):
        return int(found[1]) + 1
    if day is not None:
        is_ahead = _TITLE.search(head) or _most_named(text) == day.year + 1
        return day.year + int(day.month >= LATE and bool(is_ahead))
    if (found := _YEAR_TOLD.match(text)) and _is_over(text):
        return int(found[1]) + 1
    return _most_named(text)


def _titled(text: str, year: int, day: date | None) -> int:
    """Return the year in which a report speaks that its title names: some name the year told of."""
    told = _REVIEW_YEAR.search(text) or _TOLD_FIRST.search(text)
    is_told = told is not None and int(told[1]) == year
    is_given_after = day is not None and (day.year, day.month <= MIDYEAR) == (year + 1, True)
    if is_told or (is_given_after and told is None and _PLAN_YEAR.search(text) is None):
        return year + 1
    return year


def _is_over(text: str) -> bool:
    """Return whether a text looks back on the whole year that it begins with."""
    return _LOOKS_BACK.search(text) is not None or len(_AGAINST.findall(text)) >= COMPARISONS


def _most_named(text: str) -> int | None:
    """Return the year that an article names most often; the earlier one where two are even."""
    counts: dict[int, int] = {}
    for found in _ANY_YEAR.finditer(text):
        counts[int(found[1])] = counts.get(int(found[1]), 0) + 1
    return max(sorted(counts), key=counts.__getitem__) if counts else None
