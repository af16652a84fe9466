"""How a stretch of a report is taken, and how the first time word of a sentence turns that."""

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from luoshi.rules.reports.leads import HEAD as LEAD
from luoshi.rules.reports.leads import is_over, is_set_off, lead_of, level_period
from luoshi.rules.reports.periods import Moment, Now

_AT_PRESENT = re.compile(r"\s*(?:截[至止])?(?:目前|现在|当前)")
_NOW = re.compile(r"目前(?!期)|截至现在")


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
    told: "Section | None" = None  # as what is done is taken, where an article tells of a time


def led(section: Section, text: str, start: int, end: int) -> Section:
    """Return how a sentence of an article and the next ones are taken, by its first time word."""
    if section.mode is not Mode.MIXED:
        return section
    if section.told is not None and _AT_PRESENT.match(text, start, end):
        return replace(section, told=None)
    lead = lead_of(text[start : min(end, start + LEAD)], (section.told or section).now)
    return told_by(section, lead) if lead is not None else section


def told_by(section: Section, lead: Moment) -> Section:
    """Take what follows a time word as told of it where it is gone by, else as of today."""
    if lead.period is None or not is_over(lead, section.now):
        return _planned(replace(section, told=None), lead)
    level = level_period(lead.period)
    now = replace(section.now, year=lead.year)
    told = replace(
        section, now=now, period=lead.period, level_period=level, told=None, is_stated=True
    )
    return replace(section, told=replace(told, told=None))


def _planned(section: Section, lead: Moment) -> Section:
    """Take a paragraph that begins with a coming year as what is planned for it."""
    now = section.now
    if lead.period is None or lead.year is None or now.speaker is None or lead.year <= now.speaker:
        return section
    level = level_period(lead.period)
    now = replace(now, year=lead.year)
    return replace(section, now=now, period=lead.period, level_period=level, deadline=lead.last)


def told_in_review(section: Section, words: str, lead: Moment) -> Section:
    """Take a paragraph of a review as told of the year that a comma sets off at its head."""
    period = lead.period or ""
    is_within = section.period is not None and section.period.startswith(period)
    if is_within or not is_set_off(words, lead) or not is_over(lead, section.now):
        return section
    now = replace(section.now, year=lead.year)
    return replace(section, now=now, period=period, level_period=level_period(period))


def at_present(section: Section, text: str, start: int, end: int) -> Section:
    """Return how a place is taken where the words came to the present: 2008年开工，目前…."""
    told = section.told
    if told is None or told.period == str(section.now.speaker):  # 今年以来 goes on
        return section
    if not _NOW.search(text, start, end):
        return section
    return replace(section, told=None)


def told_of(section: Section, text: str, start: int, end: int) -> Section:
    """Return how what is done at text[start:end] is taken: as told of a time gone by, or of now."""
    return at_present(section, text, start, end).told or section
