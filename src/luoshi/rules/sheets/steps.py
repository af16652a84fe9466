"""Milestones in one cell (节点计划): 6月底前完成主体；12月竣工。"""

import re
from dataclasses import dataclass

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.moments import LONGEST, Moment, read_moment
from luoshi.rules.sheets.wording import folded, one_line, says_nothing

MOST_STEPS = 40  # in one cell
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Step:
    """A step and its day."""

    title: str
    day: Moment


@dataclass(frozen=True, slots=True)
class Steps:
    """The dated steps of a cell, in its order, and the pieces in which no day is given."""

    dated: tuple[Step, ...] = ()
    undated: tuple[str, ...] = ()


_NUMBERING = re.compile(r"^(?:\(?\d{1,2}\)|\d{1,2}[.、](?!\d)|[①-⑳]|[-•·*])\s*")
_YEAR = r"(?:(?:\d{4}|\d{2})年|\d{4}[./-]|今年|明年|次年)"
_MONTH = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?(?:\d{1,2}[日号]|[上中下]旬|初|中)?"
_PART = (
    rf"{_YEAR}?(?:{_MONTH}|第?[一二三四1-4]季度|[上下]半年|年(?=[底末内]))"
    r"(?:底|末)?(?:之?前|以前|内)?"
)
_POINT = rf"(?:{_PART}|{_YEAR}[底末]前?|\d{{4}}[./-]\d{{1,2}}(?:[./-]\d{{1,2}})?(?:底|末)?前?)"
_WHEN = rf"(?:(?:{_POINT}|(?:\d{{4}}年)?\d{{1,2}})(?:-|—+|~|至|到))?{_POINT}"
_LEADING = re.compile(
    rf"^(?:计划|预计|力争|确保|争取|拟)?(?:于|在|到|至)?(?P<when>{_WHEN})[:,、 ]*(?P<what>.*)$",
    re.DOTALL,
)
_TRAILING = re.compile(rf"^(?P<what>.+?)[:,(]+(?P<when>{_WHEN})\)?$", re.DOTALL)
_BREAK = re.compile(rf"[;。\n]+|,(?=(?:{_WHEN}))")
_SAYS_YEAR = re.compile(r"(\d{4})[年./-]")


def read_steps(text: str, *, year: int | None) -> Steps:
    """Return the steps of a cell; a year written once holds for the pieces after it.

    ``year`` is the sheet's. A piece whose day cannot be read is kept as undated.
    """
    if says_nothing(text):
        return Steps()
    dated: list[Step] = []
    undated: list[str] = []
    for piece in _pieces(text):
        if said := _SAYS_YEAR.search(piece):
            year = int(said[1])
        step = _step(piece, year) if len(dated) < MOST_STEPS else None
        if step is None:
            undated.append(piece)
        else:
            dated.append(step)
    return Steps(tuple(dated), tuple(undated))


def _pieces(text: str) -> list[str]:
    found = (_NUMBERING.sub("", piece.strip()).strip() for piece in _BREAK.split(folded(text)))
    return [piece for piece in found if piece]


def _step(piece: str, year: int | None) -> Step | None:
    """Return the step of one piece, or None where it names no day or nothing to do."""
    found = _LEADING.match(piece) or _TRAILING.match(piece)
    if found is None:
        return None
    title = one_line(found["what"])[:LONGEST_TITLE]
    day = _day(found["when"], year)
    return Step(title, day) if day is not None and title else None


def _day(words: str, year: int | None) -> Moment | None:
    """Return the day of a step; None where there is no such day or the year is not known."""
    try:
        return read_moment(words[:LONGEST], year=year)
    except Refusal:
        return None
