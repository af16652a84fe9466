"""Where in a report a paragraph stands: what is told of the past, and what is promised."""

import re
from dataclasses import replace
from datetime import date

from luoshi.rules.reports.dating import MIDYEAR, Dated
from luoshi.rules.reports.leads import lead_of
from luoshi.rules.reports.numerals import number
from luoshi.rules.reports.periods import Moment, Now
from luoshi.rules.reports.spans import PLAN_YEARS, plan_span
from luoshi.rules.reports.taking import Mode, Section, led, told_by, told_in_review

_ANY_YEAR = re.compile(r"(20\d\d)年")
_SECTION_YEAR = re.compile(r"(20\d\d)年(?!\s*\d{1,2}月)")  # a day is only when it was printed
_NOTES = re.compile(
    r"[\[【(（]?(?:名词解释|名词注释|有关名词解释|注释|名词说明|用语说明|附件|附录"
    r"|相关名词解释|《?政府工作报告》?(?:有关|相关|部分)?(?:名词|用语|用词))"
)
_CHAPTER = re.compile(r"\s*(?:[一二三四五六七八九]、|.{0,20}政府工作报告)")
_REVIEW = re.compile(
    r"回顾|回头看|总结|工作成绩|统计公报|运行情况|执行情况|(?:开展|进展|推进|落实)情况|成绩单|^去年|完成情况|工作成效|主要成绩|成就斐然|成效显著|过去的?(?:一年|五年)|以来的?工作"
)
_PLAN = re.compile(
    r"(?:工作|任务|总体)(?:安排|谋划|部署|打算|建议|任务|重点|思路|要求|计划|要点)|目标任务"
    r"|重点工作(?!.{0,12}(?:方面|[进开]展|完成|落实|推进情况))|主要目标|重大举措|预期目标|奋斗目标|发展目标|工作目标"
    r"|下一步|今后|未来|展望|今年(?:工作|安排|排定|计划|目标|任务|重点)|(?<!半)年工作$|规划纲要|主要任务"
)
_NEWS = re.compile("召开|举行|会议$")  # a title of news: the year is that of what is met for
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
_FIVE_AIMS = re.compile(  # 提出通过五年的努力，实现…。具体目标为：
    r"(?:今后|未来|通过|经过|用)五年(?:的?(?:不懈)?(?:努力|奋斗)+)?[，,]?[^。\n]{0,40}"
    r"(?:实现|达到|目标|部署)"
)
_AIMS_LENGTH = 240  # characters of a paragraph that only says for how long the aims below are
_COLON = re.compile("[：:]")
_RUN_IN_LENGTH = 40  # characters of what a paragraph says it is about before its colon
_RUN_IN = re.compile(  # 2024年工作计划：改造小区20个。
    r"\s*([^，。；：]{0,24}(?:工作总结|工作回顾|完成情况|工作(?:安排|计划|打算|思路)|目标任务))[：:]"
)
_FIVE = re.compile("五|本届")  # most begin without: one look tells
_FIVE_STARTS = re.compile(
    r"^(?:各位代表[！!，,])?.{0,40}?(?:五年来|过去五年|过去的五年|本届政府任期"
    r"|[“\"]十[二三四五]五[”\"](?:时期|期间|以来))[，,]"
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


_ONWARD_STARTS = re.compile(
    r"\s*(?:接下来|下一?步|下一?阶段|今后)(?:[，,]|[一-鿿]{1,14}?(?:将|要))"
    r"|\s*(?:20\d\d年)?(?:下半年|下一?步|今后)[^，。：\n]{0,24}(?:思路|安排|目标|打算|重点)[是为：:，]"
)
SUMMER = 7  # the last month from which five coming years still count their own as the first
NEW_YEAR = 3  # the last month in which an article still tells of the year before
LEADING = 80  # characters of a paragraph in which it says so
_YEAR_DONE = re.compile(
    r"一年以?来[，,]|过去的?一年[，,]|圆满完成了?(?:全年|上年|年度)[^，。]{0,16}(?:目标|任务)"
)
_THEN = re.compile("(?:下一?步|接下来|今后)[，,]?[一-鿿]{0,6}?[将要](?!求)")
_ONWARD = re.compile("接下来|下一?步|今后|将(?![军近领星]|于?.{0,3}评为)")


class Sections:
    """Walks the paragraphs of one document in order and says how each is to be taken."""

    def __init__(self, when: Dated) -> None:
        """Begin before the first heading: mixed, as an article is."""
        self._when = when
        self._at = self._mixed()
        self.is_over = False  # definitions of terms have begun
        self._is_begun = False  # a paragraph of more than a line was met

    def taken(self, paragraph: str, *, is_heading: bool) -> Section:
        """Return how a paragraph is taken, having moved on where it is a heading."""
        head = paragraph[:80]
        if self._at.told is not None and _ONWARD.search(head):
            self._at = replace(self._at, told=None)
        if is_heading or (len(paragraph) <= 40 and "。" not in paragraph):
            self._heading(head)
            return self._at
        self._opening(head, paragraph)
        if _SILENT.search(paragraph, 0, 160):
            return replace(self._at, mode=Mode.SILENT)
        return self._led(paragraph)

    def led(self, section: Section, text: str, start: int, end: int) -> Section:
        """Return how a sentence and the next ones are taken, as ``led`` says.

        An article that came to tell of the year before goes on with it in the paragraphs below.
        """
        taken = led(section, text, start, end)
        if taken.told is not section.told:
            told, speaker = taken.told, taken.now.speaker or 0
            if told is None:
                self._at = replace(self._at, told=None)
            elif told.period == str(speaker - 1):
                self._at = replace(taken, told=replace(told, is_stated=False))
        return taken

    def _led(self, words: str) -> Section:
        """Take a paragraph that begins with a time gone by as told of it, to its end.

        An article goes on telling of the year before, and of what it began with.
        """
        at, is_first = self._at, not self._is_begun
        self._is_begun = True
        lead = None if at.mode is Mode.PLAN else lead_of(words, (at.told or at).now)
        if lead is None and at.mode is Mode.MIXED:
            lead = self._year_done(words)
        if lead is None:
            return at
        if at.mode is Mode.REVIEW:
            return told_in_review(at, words, lead)
        told = told_by(at, lead)
        period, speaker = told.told and told.told.period, at.now.speaker or 0
        stays = period == str(speaker - 1) or (is_first and period != str(speaker))
        if told.told is None:
            self._at = told
        elif stays:  # in the paragraphs that follow, months are those of the speaker's year
            self._at = replace(told, told=replace(told.told, is_stated=False))
        return told

    def _year_done(self, words: str) -> Moment | None:
        """Return the year before where an article of a new year tells it as done: 一年以来，…."""
        day = self._when.day
        if day is None or day.month > NEW_YEAR or not _YEAR_DONE.search(words, 0, LEADING):
            return None
        last = date(day.year - 1, 12, 31)
        return Moment(0, 0, str(last.year), last, last.year, is_past=True)

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
        if _THEN.search(words):
            self._at = self._plan(None)
        elif five := _FIVE_PAST.search(words):
            named = _ANY_YEAR.search(words, 0, five.start())  # 2020年及“十三五”工作回顾
            self._at = self._review(int(named[1])) if named else self._five_past(words)
        elif _FIVE_COMING.search(words):
            self._at = self._five_coming(words)
        elif _REVIEW.search(words):
            self._at = self._review(_year_in(words))
        elif _PLAN.search(words):
            self._at = self._plan(_year_in(words))
        elif len(set(halves := _HALF.findall(words))) == 1:
            self._at = self._half(halves[0])
        elif (year := _year_in(words, _SECTION_YEAR)) and self._is_section(words, year):
            self._at = self._by_year(year)

    def _is_section(self, words: str, year: int) -> bool:
        """Tell the heading of a year's section from a title that names the year of an article."""
        if _NEWS.search(words):
            return False
        is_led = words.lstrip().startswith(str(year))
        return is_led or self._is_begun or year != self._when.year

    def _opening(self, words: str, paragraph: str) -> None:
        if _COLON.search(words, 0, _RUN_IN_LENGTH) and (found := _RUN_IN.match(words)):
            self._turn(found[1])
            return
        if self._at.mode is Mode.MIXED and _FIVE_AIMS.search(paragraph, 0, _AIMS_LENGTH):
            is_short = len(paragraph) <= _AIMS_LENGTH and "目标" in paragraph
            self._at = self._five_coming("") if is_short else self._at
        if _FIVE.search(words) and _FIVE_STARTS.match(words) and self._at.mode is not Mode.PLAN:
            self._at = self._five_years(words)
        elif self._at.mode is Mode.REVIEW and _looks_ahead(words):
            self._at = self._plan(None)
        elif found := _HALF_STARTS.match(words):
            self._at = self._half(found[1])
        elif self._at.mode is Mode.REVIEW and (found := _YEAR_STARTS.match(words)):
            is_told = self._is_past(int(found[1])) or self._at.period == found[1]
            self._at = self._at if is_told else self._plan(int(found[1]))

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
        year = self._when.reviewed if year is None else year
        if year is None and self._when.year is not None:
            year = self._when.year - (0 if is_midyear else 1)
        section = _of_year(Mode.REVIEW, self._now(year), year)
        part = self._when.part if year == self._when.reviewed else None
        return replace(section, period=part, level_period=part) if part else section

    def _plan(self, year: int | None) -> Section:
        planned = self._when.planned or self._when.year
        return self._coming(Mode.PLAN, year if year is not None else planned)

    def _is_past(self, year: int) -> bool:
        return self._when.year is None or year < self._when.year

    def _by_year(self, year: int) -> Section:
        """Take a heading that names only a year: done before the speaker's, to be done from it."""
        is_told = self._is_past(year) or year == self._when.reviewed
        return self._review(year) if is_told else self._plan(year)

    def _half(self, words: str) -> Section:
        """Take 上半年 as told and 下半年 as promised where the document is of the middle year."""
        year, day = self._when.year, self._when.day
        if year is None or (day is not None and day.month <= MIDYEAR):
            return self._at
        if words == "上半年":
            return Section(Mode.REVIEW, self._now(year), f"{year}H1", f"{year}H1", None)
        return self._plan(year)

    def _five_years(self, words: str) -> Section:
        """Take a paragraph that five years begin as past, or as to come where they are not over."""
        found, year = _PLAN_NAME.search(words), self._when.year
        if found is None or year is None or words.startswith("以来", found.end()):
            return self._five_past(words)
        is_over = plan_span(10 + int(number(found[1]) or 0))[1] <= year
        return self._five_past(words) if is_over else self._five_coming(words)

    def _five_past(self, words: str) -> Section:
        last = self._when.year - 1 if self._when.year else None
        if found := _PLAN_NAME.search(words):
            last = plan_span(10 + int(number(found[1]) or 0))[1]
        if last is None:
            return replace(self._review(None), period=None, level_period=None)
        now = self._now(last)
        return Section(Mode.REVIEW, now, f"{last - PLAN_YEARS + 1}/{last}", str(last), None)

    def _five_coming(self, words: str) -> Section:
        first, day = self._when.year, self._when.day
        if first is not None and day is not None and day.month > SUMMER:
            first += int(first % PLAN_YEARS != 1)  # late in a year, but in the first of a plan
        if found := _PLAN_NAME.search(words):
            first = plan_span(10 + int(number(found[1]) or 0))[0]
        if first is None:
            return self._plan(None)
        last = first + PLAN_YEARS - 1
        now = self._now(last)
        return Section(Mode.PLAN, now, f"{first}/{last}", str(last), date(last, 12, 31))


def _looks_ahead(words: str) -> bool:
    """Return whether a paragraph of a review turns to what comes: 接下来, 下半年思路是."""
    return bool(_THIS_YEAR_STARTS.match(words) or _ONWARD_STARTS.match(words))


def _year_in(words: str, shape: re.Pattern[str] = _ANY_YEAR) -> int | None:
    found = shape.search(words)
    return int(found[1]) if found else None


def _of_year(mode: Mode, now: Now, year: int | None) -> Section:
    period = str(year) if year is not None else None
    last = date(year, 12, 31) if year is not None and mode is not Mode.REVIEW else None
    return Section(mode, now, period, period, last)
