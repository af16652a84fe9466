"""When a statement holds, by which day, and how sure its reading is."""

import re
from datetime import date

from luoshi.rules.reports.numerals import HAN, number
from luoshi.rules.reports.periods import Moment
from luoshi.rules.reports.sentences import Found
from luoshi.rules.reports.taking import Section

_LEVEL = re.compile(
    r"达到?$|增至|突破$|跨过$|超过?$|升至|(?:提高|增加|上升|跃升|扩大|降低|减少|缩小)到|总数|总量"
    r"|里程|保有|余额|占比|覆盖率|普及率|城镇化率|寿命|累计(?=(?:达到?|为|有)+$)"
)
_RUN = re.compile(r"\d{4}/\d{4}")
_RUNNING = re.compile(rf"连续([{HAN}]{{1,3}}|\d{{1,2}})年")


def deadline_of(moment: Moment | None, section: Section) -> tuple[date | None, bool | None]:
    """Return the last day, and whether a time word gives it (not its section); else None twice."""
    if moment is not None and moment.last is not None and not moment.is_past:
        return moment.last, True
    return section.deadline, False if section.deadline else None


def period_of(moment: Moment | None, section: Section, found: Found, clause: str) -> str | None:
    """Return the period of a number: its time word's, else that of its section."""
    if moment is not None and moment.period is not None:
        is_run = moment.is_past and _RUN.fullmatch(moment.period) is not None
        is_end = is_run and not found.growth and _LEVEL.search(found.before) is not None
        return moment.period[-4:] if is_end else moment.period
    year = section.now.year
    if found.number.is_rank and year is not None and (run := _RUNNING.search(clause)):
        return f"{year - int(number(run[1]) or 1) + 1}/{year}"
    if section.is_halfway:
        return str(year)  # counts are those of the year (labelling §6)
    is_level = not found.growth and bool(_LEVEL.search(found.before))
    return section.level_period if is_level else section.period


def confidence_of(found: Found, rule: str) -> float:
    """Return how sure the reading of a number is, 0 to 1."""
    if rule.endswith(("default", "sentence", "paragraph")):
        return 0.7 if found.said.is_own else 0.55
    return 0.95 if found.said.is_own else 0.8
