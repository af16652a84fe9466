"""Which time word governs a place in a sentence, and how it stands to the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from luoshi.rules.reports.dating import LATE, MIDYEAR
from luoshi.rules.reports.leads import YEAR_END
from luoshi.rules.reports.periods import Moment
from luoshi.rules.reports.taking import Mode, Section
from luoshi.rules.reports.task_labels import Label

_COMPARED = re.compile(r"(?:较|比|对比|同|与|优于|高于|低于)\s*$")
_AS_MEASURE = re.compile(
    r"的?(?:[\d.]+倍|水平|基数|同期|底?相比)|(?:投资|重点|工作|目标|计划|任务|预算|建设|开工|总)+的\d"
)
_NOW = re.compile("[，,；;。]目前(?!期)")  # what follows is told of today, not of the time before
_MAY = re.compile("(?:可|将|预计|有望|拟)(?!能)")
_SAID = re.compile("召开|举行|提出|强调|指出|要求|宣布|获悉|了解|调研")
_DATELINE = re.compile("(?:讯|电)(?=[（( ]|[，：:])")  # 12月27日讯: when it was printed
_IN_NAME = re.compile(
    "[^《》“”‘’，。；\\n]{0,30}(?:》|[”’][一-鿿]{0,4}(?:会|活动|行动|工程|计划|规划|方案))"
)
_DOES = re.compile(r"(?:完成|占|超过?)了?$")
_TASK = re.compile(r"(?:目标|任务|计划)")
_ASSURED = re.compile(
    "(?:[，,]由[一-鿿]{2,20}?(?:牵头|负责)[一-鿿]{0,6})?[，,](?:确保|力争|争取|务必)?(?:在|于|到)?"
)
_BY_THEN = re.compile(
    "前?(?:全部|全面|基本|顺利|正式)?(?:投入使用|投入运营|建成|完工|竣工|通车|开工|投用|投产|完成|交付|开园|开放|运营)"
    "(?:使用|投用|投产|通车|运营|建设)?(?=[，。；,;]|$)"
)
_ROSE_TO = re.compile("[至到为](?<=[增加提高升扩大下降低减少缩短小长].)(?<!达到)")
_FROM = frozenset("由从")
_GOVERNS = re.compile("(?:之前|以前|前|期间|之内|内|起)?[，,]")
_YEAR = re.compile(r"\d{4}")
_MONTH = re.compile(r"\d{4}-\d{2}")
_MONTHS = re.compile(r"\d{4}-\d{2}/\d{4}-\d{2}")
_TURN = re.compile(
    r"预计(?=.{0,10}(?:底|前|明年|后|将))|力争|确保|争取|拟(?!定)|将(?=[于在全建完有实达])|计划(?=于|在|到|今|明|年底)"
)
_STRETCH = re.compile(r"[HQ]|-.*/")  # a half, quarters or a run of months
ASIDE = 3  # characters of a bracket before the time word that holds in it: （其中1-10月…）
LEAD = 8  # characters at the head of a sentence in which a time word governs all of it


@dataclass(slots=True)
class Place:
    """A sentence with all that governs it."""

    start: int
    end: int
    paragraph: int
    section: Section
    is_body: bool
    moments: Sequence[Moment] = ()
    carried: Moment | None = None  # the time word before a semicolon that still governs
    actors: Sequence[tuple[int, str]] = ()  # the units named as acting, and from where on
    labels: Sequence[Label] = ()  # of the document
    answers: str | None = None  # the unit that the row of a table names
    due: Moment | None = None  # the day that a label or the row of a table names
    works: dict[tuple[int, int], tuple[str, ...]] | None = None  # of each clause asked for


def is_measure(text: str, start: int, moment: Moment) -> bool:
    """Return whether a time word only says against what is measured, or is part of a name.

    较上年, 2017年的3倍; 《2024年规划》, “2018年推进会”.
    """
    if _COMPARED.search(text, max(start, moment.start - 2), moment.start):
        return True
    asides = (_AS_MEASURE, _DATELINE, _IN_NAME)
    return any(aside.match(text, moment.end) for aside in asides)


def moment_of(text: str, place: Place, clause: tuple[int, int], at: int) -> Moment | None:
    """Return the time word that governs a place: of its clause, else of the sentence's head."""
    if not place.moments:
        return place.due or place.carried
    inside = [one for one in place.moments if clause[0] <= one.start < clause[1]]
    inside = [one for one in inside if not _is_of_start(text, one, at)]
    ahead = [one for one in inside if one.start < at]
    if ahead:
        is_of_works = len(ahead) > 1 and text.startswith(
            "度", ahead[-1].end
        )  # 5月底前完成|2024年度|项目
        return ahead[-2] if is_of_works else ahead[-1]
    for one in inside:
        if not _is_of_task(text, one):
            return one
    later = next((one for one in place.moments if _follows(text, clause[1], one)), None)
    heads = [one for one in place.moments if one.start < at and _governs(text, one, place, at)]
    if heads:
        if later is not None and _YEAR.fullmatch(heads[-1].period or ""):
            return later
        return None if _NOW.search(text, heads[-1].end, at) else heads[-1]
    return later or place.due


def _is_from(text: str, moment: Moment) -> bool:
    """Return whether the time is that of where a number began: 由2016年的8家."""
    return text[moment.start - 1] in _FROM and text.startswith("的", moment.end)


def _is_of_start(text: str, moment: Moment, at: int) -> bool:
    """Return whether the time is that of where a number rose from, and this is where it rose to."""
    return _is_from(text, moment) and _ROSE_TO.search(text, moment.end, at) is not None


def _is_of_task(text: str, moment: Moment) -> bool:
    """Return whether the time only says whose task was done: 24个事项完成|全年|任务."""
    does = _DOES.search(text, max(0, moment.start - 3), moment.start)
    return does is not None and _TASK.match(text, moment.end) is not None


def carried_on(text: str, place: Place) -> Moment | None:
    """Return the time word that goes on governing behind a semicolon: 到2035年，…；…."""
    if text[place.end - 1] not in ";；":
        return None
    if not place.moments:
        return place.carried
    for one in reversed(place.moments):
        if _GOVERNS.match(text, one.end) or text.startswith("去年", one.start):
            return one
    return None


def _follows(text: str, end: int, moment: Moment) -> bool:
    """Return whether the next clause only says by when: 加快建设，确保10月底前通车."""
    is_next = moment.start > end and _ASSURED.fullmatch(text, end, moment.start)
    return bool(is_next) and _BY_THEN.match(text, moment.end) is not None


def _governs(text: str, moment: Moment, place: Place, at: int) -> bool:
    """Return whether a time word holds for the clauses after its own.

    It does when a comma follows it, at the head of the sentence unless it is a month, and where
    it names another year than the section's.
    """
    if _is_from(text, moment):
        return False
    if text[moment.end - 1] == "日" and _SAID.search(text, moment.end, at):
        return False  # 2月11日，会议提出…: when it was said
    if _GOVERNS.match(text, moment.end):
        return True
    if moment.period is not None and _STRETCH.search(moment.period):
        is_aside = text.find("（", max(place.start, moment.start - ASIDE), moment.start) >= 0
        if is_past(moment, place.section) and not is_aside:
            return True
    if moment.start - place.start <= LEAD:
        return moment.period is None or not _MONTH.fullmatch(moment.period)
    return moment.year is not None and moment.year != place.section.now.year


def is_past(moment: Moment | None, section: Section) -> bool:
    """Return whether the time is gone by for the one who speaks; of a review its section tells."""
    if moment is None:
        return False
    speaker = section.now.speaker
    if moment.is_past:
        return True
    if section.mode is Mode.REVIEW:
        return False
    day = section.now.day
    if moment.last is not None and day is not None and _is_over(moment.last, moment, day):
        is_told = section.mode is Mode.MIXED and _is_of_days(moment.last, moment)
        return is_told or moment.last.year < day.year or day.month > MIDYEAR
    return bool(speaker and moment.year and moment.year < speaker)


def _is_term(text: str, moment: Moment) -> bool:
    """Return whether the time word sets a term: 年底前, 6月底前, 年内."""
    return text[moment.end - 1] == "内" or text[moment.end : moment.end + 1] == "前"


def told_in(
    text: str, moments: Sequence[Moment], told: Sequence[Moment], *, is_own: bool
) -> list[Moment]:
    """Return the time words as counted from the time told of: 全年, 年末, and where a paragraph's
    own first word tells (``is_own``) its months too. Terms, as 年底前, are those of today.
    """
    by_place = {one.start: one for one in told if is_own or one.period == str(one.year)}
    return [one if _is_of_today(text, one) else by_place.get(one.start, one) for one in moments]


def _is_of_today(text: str, moment: Moment) -> bool:
    """Return whether the time counts from today, whatever is told of: 年底前, 3月份可实现."""
    if moment.is_past:
        return False
    return _is_term(text, moment) or _MAY.match(text, moment.end) is not None


def is_open(text: str, moment: Moment | None, section: Section) -> bool:
    """Return whether the time is the document's own year, of which much is done and much not.

    年底前 and 年内 are terms, and not open.
    """
    if moment is None or moment.period != str(section.now.speaker):
        return False
    return not _is_term(text, moment)


def _is_over(last: date, moment: Moment, day: date) -> bool:
    """Return whether a time is over on a day; 1-8月 is told from the last days of August on."""
    if moment.period is not None and _MONTHS.fullmatch(moment.period):
        return (last.year, last.month) <= (day.year, day.month)
    return last <= day


def _is_of_days(last: date, moment: Moment) -> bool:
    """Return whether a time is a day or a run of months: no term, as 1月底前 is."""
    is_run = moment.period is not None and _MONTHS.fullmatch(moment.period) is not None
    return is_run or (last + timedelta(days=1)).day != 1


def turned(text: str, place: Place, moment: Moment | None, begin: int) -> Moment | None:
    """Return the time word before a clause that holds where the sentence turned to promise.

    截至6月底已通3个村，预计年底前全部通水，|解决2万人饮水: the end of the year.
    """
    if moment is None or moment.end >= begin or not is_past(moment, place.section):
        return moment
    if _TURN.search(text, moment.end, begin) is None:
        return moment
    later = [one for one in place.moments if moment.end < one.start < begin]
    return later[-1] if later else None


def _is_ending(moment: Moment, day: date) -> bool:
    """Return whether a year, or years, are as good as over on a day of their last months."""
    if moment.last != date(day.year, YEAR_END, 31) or moment.period is None:
        return False
    least = LATE if "/" in moment.period else YEAR_END
    return day.month >= least and moment.period.endswith(str(day.year))


def is_future(text: str, moment: Moment | None, section: Section) -> bool:
    """Return whether the time is to come: after the day of an article, or in a later year.

    Where an article has no day, a term of its year is to come.
    """
    speaker, day = section.now.speaker, section.now.day
    if moment is None or moment.is_past or moment.year is None or speaker is None:
        return False
    if moment.year < speaker:
        return False
    if moment.last is not None and section.mode is Mode.MIXED:
        if day is not None and _is_ending(moment, day):
            return False
        if day is None:
            return moment.year > speaker or _is_term(text, moment)
        return not _is_over(moment.last, moment, day)
    return moment.year > speaker
