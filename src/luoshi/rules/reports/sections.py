"""Where in a report a paragraph stands: what is told of the past, and what is promised.

The document's year and day are taken from its own words; what is not written stays None.
"""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from luoshi.rules.reports.numerals import HAN, number
from luoshi.rules.reports.periods import Now
from luoshi.rules.reports.spans import PLAN_YEARS, plan_span


class Mode(StrEnum):
    """What a section does: tells of what was, promises, or neither (an article)."""

    REVIEW = "review"
    PLAN = "plan"
    MIXED = "mixed"
    SILENT = "silent"  # shortcomings, thanks, definitions: nothing is promised or reported


@dataclass(frozen=True, slots=True)
class Section:
    """How the sentences of a stretch are to be taken."""

    mode: Mode
    now: Now
    period: str | None  # of a flow that names no time
    level_period: str | None  # of a level (达到) that names no time
    deadline: date | None  # the last day of the period, for targets
    is_stated: bool = False  # the heading's or paragraph's own time word governs
    is_halfway: bool = False  # only the second half of the year is left


@dataclass(frozen=True, slots=True)
class Dated:
    """When a document speaks: its year and, where written, its day.

    ``is_halfway``: it reviews the first half of its year, so it promises the second.
    """

    year: int | None
    day: date | None
    is_halfway: bool = False


_TITLE_YEAR = re.compile(r"(20\d\d|19\d\d)年?(?:度)?(?:[一-鿿]{0,12})?政府工作报告")
_REVIEW_YEAR = re.compile(r"(20\d\d|19\d\d)年(?:的)?(?:主要)?(?:政府)?工作(?:的)?(?:回顾|总结)")
_PLAN_YEAR = re.compile(
    r"(20\d\d|19\d\d)年(?:的)?(?:政府|经济社会)?(?:重点|主要|总体|发展)?"
    r"(?:工作(?:安排|谋划|部署|打算|建议|任务|重点|思路|要求|目标)|目标任务|重点工作"
    r"|主要目标|预期目标|发展目标)"
)
_GIVEN_ON = re.compile(
    rf"(20\d\d|19\d\d|二[{HAN}]{{3}})年(\d{{1,2}}|[{HAN}]{{1,2}})月(\d{{1,2}}|[{HAN}]{{1,3}})日"
)
_DAY_ONLY = re.compile(
    r"(?<![\d月年])(1[0-2]|[1-9])月([12]\d|3[01]|[1-9])日(?=[上下]午|[,，]|在|召开)"
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
    found = _GIVEN_ON.search(head)
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
        return int(found[1])
    if found := _PLAN_YEAR.search(text):
        return int(found[1])
    if found := _REVIEW_YEAR.search(text):
        return int(found[1]) + 1
    if day is not None:
        return day.year
    return _most_named(text)


def _most_named(text: str) -> int | None:
    """Return the year that an article names most often; the earlier one where two are even."""
    counts: dict[int, int] = {}
    for found in _ANY_YEAR.finditer(text):
        counts[int(found[1])] = counts.get(int(found[1]), 0) + 1
    return max(sorted(counts), key=counts.__getitem__) if counts else None


_NOTES = re.compile(
    r"[\[【(（]?(?:名词解释|名词注释|有关名词解释|注释|名词说明|用语说明|附件|附录"
    r"|相关名词解释|《?政府工作报告》?(?:有关|相关|部分)?(?:名词|用语|用词))"
)
_CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九]、|.{0,20}政府工作报告)")
_REVIEW = re.compile(
    r"回顾|总结|完成情况|工作成效|主要成绩|成就斐然|成效显著|过去的?(?:一年|五年)|以来的?工作"
)
_PLAN = re.compile(
    r"(?:工作|任务|总体)(?:安排|谋划|部署|打算|建议|任务|重点|思路|要求)|目标任务"
    r"|重点工作|主要目标|重大举措|预期目标|奋斗目标|发展目标|工作目标"
    r"|下一步|今后|未来|今年工作|年工作$|规划纲要|主要任务"
)
_HALF = re.compile(r"(上半年|下半年)")
_HALF_STARTS = re.compile(r"^.{0,4}?(?:20\d\d年|今年)?(上半年|下半年)[，,：:]")
_YEAR_STARTS = re.compile(r"^.{0,16}?(20\d\d)年[，,]")
_FIVE_PAST = re.compile(
    r"过去(?:的)?五年|五年来|五年工作(?:的)?(?:回顾|总结)|本届政府(?:任期)?|五年的?(?:工作)?回顾"
    r"|[“\"]?十[二三四五]五[”\"]?(?:时期|期间)?.{0,8}(?:回顾|成就|成效|收官)"
)
_FIVE_COMING = re.compile(
    r"(?:今后|未来)五年|[“\"]?十[三四五六]五[”\"]?(?:时期|期间|规划).{0,20}(?:目标"
    r"|任务|举措|安排|思路|发展)|五年(?:的)?(?:奋斗|发展|主要)?目标"
)
_PLAN_NAME = re.compile(r"[“\"]十([二三四五六])五[”\"]")
_FIVE_STARTS = re.compile(
    r"^(?:各位代表[！!，,])?.{0,40}?(?:五年来|过去五年|过去的五年|本届政府任期)[，,]"
)
_THIS_YEAR_STARTS = re.compile(
    r"^(?:各位代表[！!，,])?.{0,12}?(?:今年|新的一年)(?:是|，|,|经济|政府|要|我们|将|的)"
)
_SILENT = re.compile(
    r"存在(?:着|的)?(?:不少|一些|诸多|许多|明显的?)?(?:困难|问题|差距|不足|短板|挑战)"
    r"|清醒(?:地|的)?(?:看到|认识)|表示(?:衷心|诚挚|崇高)?(?:的)?(?:感谢|敬意)|致以"
    r"|我们也看到"
    r"|深知.{0,30}(?:短板|不足)|美中不足"
)


class Sections:
    """Walks the paragraphs of one document in order and says how each is to be taken."""

    def __init__(self, when: Dated) -> None:
        """Begin before the first heading: mixed, as an article is."""
        self._when = when
        self._at = self._mixed()
        self.is_over = False  # definitions of terms have begun

    def taken(self, paragraph: str, *, is_heading: bool) -> Section:
        """Return how a paragraph is taken, having moved on where it is a heading."""
        head = paragraph[:80]
        if is_heading or (len(paragraph) <= 40 and "。" not in paragraph):
            self._heading(head)
            return self._at
        self._opening(head)
        if _SILENT.search(paragraph, 0, 160):
            return replace(self._at, mode=Mode.SILENT)
        return self._at

    def _heading(self, words: str) -> None:
        if _NOTES.match(words.strip()):
            self.is_over = True
        elif self.is_over and not _CHAPTER.match(words):
            return  # a definition of terms, however short
        else:
            self.is_over = False
            self._turn(words)

    def _turn(self, words: str) -> None:
        """Move on to the section that a heading opens; one that says nothing changes nothing."""
        if _FIVE_PAST.search(words):
            self._at = self._five_past(words)
        elif _FIVE_COMING.search(words):
            self._at = self._five_coming(words)
        elif _REVIEW.search(words):
            self._at = self._review(_year_in(words))
        elif _PLAN.search(words):
            self._at = self._plan(_year_in(words))
        elif len(set(halves := _HALF.findall(words))) == 1:
            self._at = self._half(halves[0])
        elif year := _year_in(words):
            self._at = self._by_year(year)

    def _opening(self, words: str) -> None:
        if _FIVE_STARTS.search(words) and self._at.mode is not Mode.PLAN:
            self._at = self._five_past(words)
        elif self._at.mode is Mode.REVIEW and _THIS_YEAR_STARTS.search(words):
            self._at = self._plan(None)
        elif found := _HALF_STARTS.search(words):
            self._at = self._half(found[1])
        elif self._at.mode is Mode.REVIEW and (found := _YEAR_STARTS.search(words)):
            self._at = self._at if self._is_past(int(found[1])) else self._plan(int(found[1]))

    def _now(self, year: int | None) -> Now:
        return Now(self._when.year, year, self._when.day)

    def _mixed(self) -> Section:
        return self._coming(Mode.MIXED, self._when.year)

    def _coming(self, mode: Mode, year: int | None) -> Section:
        """Take what is to come in a year: all of it, or its second half where that is left."""
        section = _of_year(mode, self._now(year), year)
        if not self._when.is_halfway or year != self._when.year:
            return section
        return replace(section, period=f"{year}H2", level_period=f"{year}H2", is_halfway=True)

    def _review(self, year: int | None) -> Section:
        is_midyear = self._when.day is not None and self._when.day.month > MIDYEAR
        if year is None and self._when.year is not None:
            year = self._when.year - (0 if is_midyear else 1)
        return _of_year(Mode.REVIEW, self._now(year), year)

    def _plan(self, year: int | None) -> Section:
        return self._coming(Mode.PLAN, year if year is not None else self._when.year)

    def _is_past(self, year: int) -> bool:
        return self._when.year is None or year < self._when.year

    def _by_year(self, year: int) -> Section:
        """Take a heading that names only a year: done before the speaker's, to be done from it."""
        return self._review(year) if self._is_past(year) else self._plan(year)

    def _half(self, words: str) -> Section:
        """Take 上半年 as told and 下半年 as promised where the document is of the middle year."""
        year, day = self._when.year, self._when.day
        if year is None or (day is not None and day.month <= MIDYEAR):
            return self._at
        if words == "上半年":
            return Section(Mode.REVIEW, self._now(year), f"{year}H1", f"{year}H1", None)
        return self._plan(year)

    def _five_past(self, words: str) -> Section:
        last = self._when.year - 1 if self._when.year else None
        if found := _PLAN_NAME.search(words):
            last = plan_span(10 + int(number(found[1]) or 0))[1]
        if last is None:
            return replace(self._review(None), period=None, level_period=None)
        now = self._now(last)
        return Section(Mode.REVIEW, now, f"{last - PLAN_YEARS + 1}/{last}", str(last), None)

    def _five_coming(self, words: str) -> Section:
        first = self._when.year
        if found := _PLAN_NAME.search(words):
            first = plan_span(10 + int(number(found[1]) or 0))[0]
        if first is None:
            return self._plan(None)
        last = first + PLAN_YEARS - 1
        now = self._now(last)
        return Section(Mode.PLAN, now, f"{first}/{last}", str(last), date(last, 12, 31))


def _year_in(words: str) -> int | None:
    found = _ANY_YEAR.search(words)
    return int(found[1]) if found else None


def _of_year(mode: Mode, now: Now, year: int | None) -> Section:
    period = str(year) if year is not None else None
    last = date(year, 12, 31) if year is not None and mode is not Mode.REVIEW else None
    return Section(mode, now, period, period, last)
