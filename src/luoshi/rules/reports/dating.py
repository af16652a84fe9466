"""When a document speaks: its year and its day, from its own words; what is not written is None."""

import re
from dataclasses import dataclass
from datetime import date

from luoshi.rules.reports.numerals import HAN, number
from luoshi.rules.reports.periods import Now, moments_in
from luoshi.rules.reports.spans import plan_span


@dataclass(frozen=True, slots=True)
class Dated:
    """When a document speaks: its year and, where written, its day.

    ``is_halfway``: it reviews the first half of its year, so it promises the second.
    ``reviewed`` is the year it looks back on where that is its own (今年以来), ``planned`` the year
    it then plans.
    """

    year: int | None
    day: date | None
    is_halfway: bool = False
    reviewed: int | None = None
    planned: int | None = None
    part: str | None = None  # of the year reviewed, where no more is: 2023H1, 2023-01/2023-07


_TITLE_YEAR = re.compile(r"(20\d\d|19\d\d)年?(?:度)?(?:[一-鿿]{0,12})?政府工作报告")
_TITLE = re.compile(
    r"^\s*[一-鿿]{0,12}政府工作报告\s*(?:[（(][^（）()\n]{0,60}[)）]\s*)?$", re.MULTILINE
)
_REVIEW_YEAR = re.compile(
    r"(20\d\d|19\d\d)年(?:的)?(?:(?:主要)?(?:政府)?工作(?:的|(?:和|及|与|暨)[^，。\n]{0,12})?(?:回顾|总结)"
    r"|(?![上下]半年|前?[一二三四]季度)[一-鿿]{0,16}(?:统计公报|运行情况|执行情况))"
)
_PART_REVIEWED = re.compile(  # 2023年上半年工作总结
    r"(20\d\d)年(?:度)?(?P<part>上半年|前三季度|第?[一二三]季度|前\d{1,2}个?月|1[-—–至]\d{1,2}月份?)"
    r"[^，。\n]{0,16}(?:总结|小结|情况|汇报|报告|通报)"
)
_SO_FAR = re.compile(r"今年(?:以来|，)|年初以来|(20\d\d)年以来")
_OWN_YEAR = re.compile(  # in a title: a line without a stop
    r"^[^\n，。《]{0,40}?(20\d\d)年(?:度)?[一-鿿Xx×]{0,12}"
    r"工作(?:总结|情况|汇报|推进|开展|报告)[^\n，。》]{0,30}$",
    re.MULTILINE,
)
_MEETING = re.compile(  # 1月19日，记者在2023年…工作会上获悉
    r"[^。\n]{0,30}?\d{1,2}月\d{1,2}日[^。\n]{0,20}?(20\d\d)年[^，。\n]{0,24}?会(?!展)"
)
_FIVE_YEARS = re.compile(  # the title of a plan of five years
    r"\s*[^\n]{0,40}十([二三四五六])(?:个五年|五[”\"]?)(?:[一-鿿]{0,6})规划(?:和|纲要|[（(]|\s*\n)"
)
_PRINTED_ON = re.compile(r"(2(?<!\d.)0\d\d)[-/](\d{1,2})[-/](\d{1,2})(?!\d)")
_YEAR_TOLD = re.compile(r"\s*(20\d\d)年[，,]")
_ISSUED = re.compile(r"发[〔\[(（【](20\d\d)[〕\])）】]\s*\d{1,4}\s*号")  # the number of a document
_CONGRESS = re.compile(  # before a congress one speaks late in a year of the next
    rf"{_TITLE.pattern}|人民代表大会[^，。\n]{{0,10}}会议上", re.MULTILINE
)
_JUBILEES = {"新中国": 1949, "共和国": 1949, "共产党": 1921, "建党": 1921}
_JUBILEE = re.compile(
    r"(新中国|共和国|共产党|建党)(?:成立)?(\d{2,3})周年"
    r"|[“\"]十([二三四五六])五[”\"](?:规划|时期)?的?(开局|收官)之年"
)
_YEAR_AHEAD = re.compile(r"^\s*(20\d\d)年[，,][^，。\n]{0,24}?将(?![军近于])", re.MULTILINE)
_LOOKS_BACK = re.compile(r"(?<!近)一年以?来|这一年|过去的?一年")
_TOLD_FIRST = re.compile(  # the year told of under the first heading that looks back
    r"(?:工作回顾|过去的?一年)[^\n。]{0,30}\n\s*(20\d\d)年[，,是]"
)
# 总结2017年工作，部署2018年工作
_SUMS_UP = re.compile(
    r"总结[^。\d]{0,10}(20\d\d)年[^。]{0,30}?(?:部署|安排)[^。\d]{0,10}(20\d\d)年"
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
TITLE_LENGTH = 400  # characters of a document in which a summary says 今年以来
HEAD_LENGTH = 1500  # characters of a document in which it says when it was given


def dated(text: str, *, year: int | None, day: date | None) -> Dated:
    """Return when the document speaks; what is given goes before what its words say."""
    head = text[:HEAD_LENGTH]
    if year is None and day is None:
        day = _given_on(head)
        if (own := _own_year(head, day)) is not None:
            return own
        if found := _FIVE_YEARS.match(head):
            return Dated(plan_span(10 + int(number(found[1]) or 0))[0], day)
        year = _year_of(text, head, day)
    year = day.year if year is None and day is not None else year
    if day is None and year is not None and (found := _DAY_ONLY.search(text)):
        day = _day(year, int(found[1]), int(found[2]))
    is_midyear = day is not None and MIDYEAR < day.month < LATE
    return Dated(year, day, is_midyear and _HALF_REVIEWED.search(text) is not None)


def _own_year(head: str, day: date | None) -> Dated | None:
    """Return when a summary speaks that is written in the year it looks back on, else None."""
    if part := _PART_REVIEWED.search(head, 0, TITLE_LENGTH):
        year = int(part[1])
        if day is None or day.year == year:
            told = moments_in(head, *part.span("part"), Now(year, year))
            period = told[0].period if told else None
            return Dated(year, day, part["part"] == "上半年", year, year, period)
    whole = _OWN_YEAR.search(head, 0, TITLE_LENGTH)
    if whole is None or _TITLE.search(head):
        return None
    year, so_far = int(whole[1]), _SO_FAR.search(head, 0, TITLE_LENGTH)
    if so_far is None or int(so_far[1] or year) != year:
        return None
    return Dated(year, day, is_halfway=False, reviewed=year, planned=year + 1)


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
    if found := _PLAN_YEAR.search(text) or _ISSUED.search(head):
        return int(found[1])
    if found := _REVIEW_YEAR.search(text):
        return int(found[1]) + 1
    if (found := _SUMS_UP.search(head)) and int(found[2]) == int(found[1]) + 1:
        return int(found[2])
    if day is not None:
        is_ahead = _CONGRESS.search(head) or _most_named(text) == day.year + 1
        return day.year + int(day.month >= LATE and bool(is_ahead))
    if (found := _YEAR_TOLD.match(text)) and _is_over(text):
        return int(found[1]) + 1
    if found := _YEAR_AHEAD.search(text) or _MEETING.match(text):
        return int(found[1])
    return _jubilee(head) or _most_named(text)


def _titled(text: str, year: int, day: date | None) -> int:
    """Return the year in which a report speaks that its title names: some name the year told of."""
    told = _REVIEW_YEAR.search(text) or _TOLD_FIRST.search(text)
    is_told = told is not None and int(told[1]) == year
    is_given_after = day is not None and (day.year, day.month <= MIDYEAR) == (year + 1, True)
    if is_told or (is_given_after and told is None and _PLAN_YEAR.search(text) is None):
        return year + 1
    return year


def _jubilee(head: str) -> int | None:
    """Return the year that a head names only by what it is: “十四五”开局之年, 建党100周年."""
    found = _JUBILEE.search(head)
    if found is None:
        return None
    if found[1]:
        return _JUBILEES[found[1]] + int(found[2])
    first, last = plan_span(10 + int(number(found[3]) or 0))
    return first if found[4] == "开局" else last


def _is_over(text: str) -> bool:
    """Return whether a text looks back on the whole year that it begins with."""
    return _LOOKS_BACK.search(text) is not None or len(_AGAINST.findall(text)) >= COMPARISONS


def _most_named(text: str) -> int | None:
    """Return the year that an article names most often; the earlier one where two are even."""
    counts: dict[int, int] = {}
    for found in _ANY_YEAR.finditer(text):
        counts[int(found[1])] = counts.get(int(found[1]), 0) + 1
    return max(sorted(counts), key=counts.__getitem__) if counts else None
