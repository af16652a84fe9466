"""What the first time word of a paragraph says: 2018年，全区…。… is told of 2018 to its end."""

import re

from luoshi.rules.reports.periods import Moment, Now, moments_in
from luoshi.rules.reports.spans import OPEN

YEAR_END = 12  # the month in which a whole year is as good as over
HEAD = 40  # characters at the head of a paragraph in which its time word ends
_TIMELY = re.compile(r"年|季度|月")
_BEFORE = re.compile(
    r"\s*(?:初步|回[望顾首眸]|[（(][一二三四五六七八九十]+[）)])?"
    r"(?:\d{1,2}月\d{1,2}日[，,]?)?(?:[一-鿿]{0,16}?(?:说|表示|指出|强调|要求|提出|明确|显示|获悉|了解到?|消息|介绍|悉|称|统计|预计|测算|核算|其中|自|在)[，,：:]?)?"
    r"(?:[一-鿿]{0,8}?[区市县镇乡省州旗道园])?"
)
_COMMA = re.compile(r"\s*[，,：:]")
_MONTH = re.compile(r"\d{4}-\d{2}")
_YEARS = re.compile(r"\d{4}/\d{4}")


def lead_of(words: str, now: Now) -> Moment | None:
    """Return the year or the part of a year that a paragraph begins with; None without one."""
    if not _TIMELY.search(words, 0, HEAD):
        return None
    moments = moments_in(words, 0, min(HEAD, len(words)), now)
    first = next((one for one in moments if words[one.end - 1] != "日"), None)
    if first is not None and words[first.start : first.end] == "今年":  # 今年|1至7月
        first = next((one for one in moments if one.start == first.end), first)
    if first is None or first.period is None or _MONTH.fullmatch(first.period):
        return None
    if first.period.startswith(OPEN) or "以来" in words[first.end : first.end + HEAD]:
        return None  # 自去年列入名单以来
    if words[first.end - 1] in "底末":
        return None  # 年底前: a term
    begin = first.start - 2 * words.startswith("今年", first.start - 2)
    return first if _BEFORE.fullmatch(words, 0, max(begin, 0)) else None


def is_over(lead: Moment, now: Now) -> bool:
    """Return whether the time is gone by on the day, or in the year, of the document."""
    if lead.is_past or (lead.year and now.speaker and lead.year < now.speaker):
        return True
    if lead.last is None or now.day is None:
        return False
    is_ending = now.day.month == YEAR_END and lead.period == str(now.day.year)
    return is_ending or lead.last <= now.day


def is_set_off(words: str, lead: Moment) -> bool:
    """Return whether a comma parts the time word from what is told: 2015年，全年…."""
    return _COMMA.match(words, lead.end) is not None


def level_period(period: str) -> str:
    """Return when a level of a run of years is reached: in its last."""
    return period[-4:] if _YEARS.fullmatch(period) else period
