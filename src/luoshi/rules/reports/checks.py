"""What does not agree inside one document: two values for one thing, sums that do not close."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from luoshi.rules.reports.statements import Statement

SHORTEST_SUBJECT = 4  # shorter ones (项目, 企业) name many things
NEAR = 900  # characters within which the parts of a sum follow their total
APART = 20  # characters: nearer ones are steps of one sentence (从A增加到B)
AROUND = 12  # characters around a number that tell the stage of a project
MOST_PARTS = 8


@dataclass(frozen=True, slots=True)
class Contradiction:
    """The same subject, period and unit with two values."""

    first: Statement
    second: Statement


@dataclass(frozen=True, slots=True)
class OpenSum:
    """Parts that do not add up to their total; ``difference`` is total less parts."""

    total: Statement
    parts: tuple[Statement, ...]
    difference: Decimal


_STAGES = {
    "start": re.compile(r"新?开工"),
    "continue": re.compile(r"续建|在建"),
    "finish": re.compile(r"竣工|完工"),
    "prepare": re.compile(r"前期|谋划|洽谈|储备"),
    "sign": re.compile(r"签约"),
    "land": re.compile(r"落地"),
    "run": re.compile(r"投产"),
}
_NEEDED = {"start", "finish"}  # without these two, stages are no division of a whole
_AMONG = re.compile(r"其中|包括|分别为|分为")
_MANY = re.compile(r"(?:项目|企业|工程|任务|工作|活动|县|村|学校)$|达到|从")  # names many things
_BREAK = re.compile(r"。|\n\s*\n")
_MARK = re.compile(r"[。；：，]")
_NOISE = re.compile(r"[\s“”\"（）()\[\]^\d]+|全[省市区县]|累计|共|新增|亿元以上")


def contradictions(statements: Sequence[Statement]) -> list[Contradiction]:
    """Return the pairs of statements of one document that cannot both be right."""
    told: dict[tuple[object, ...], Statement] = {}
    found = []
    for one in statements:
        if not _is_plain(one):
            continue
        key = (one.doc, one.kind, one.period, one.unit, one.growth, subject_key(one.subject))
        first = told.setdefault(key, one)
        if first.value != one.value and one.start >= first.end + APART:
            found.append(Contradiction(first, one))
    return found


def _is_plain(one: Statement) -> bool:
    """Return whether a statement can be held against another: one value, its own full subject."""
    has_value = one.value is not None and one.value_max is None and one.unit != "位"
    key = subject_key(one.subject)
    is_own = one.rule.startswith("number") and not _MANY.search(key)
    return has_value and is_own and len(key) >= SHORTEST_SUBJECT


def subject_key(subject: str | None) -> str:
    """Return a subject without blanks, marks and words that do not change what is meant."""
    return _NOISE.sub("", subject or "")


def open_sums(statements: Sequence[Statement], original: str) -> list[OpenSum]:
    """Return the totals whose parts, named by stage or after 其中, do not add up to them.

    ``original`` is the text the offsets point into.
    """
    counts = [one for one in statements if one.value is not None and not one.growth and one.unit]
    found = []
    for place, total in enumerate(counts):
        following = [
            one
            for one in counts[place + 1 :]
            if one.start - total.end <= NEAR and one.doc == total.doc
        ]
        parts = _among(total, following, original) or _staged(total, following, original)
        if parts and (open_sum := _judged(total, parts)) is not None:
            found.append(open_sum)
    return found


def _judged(total: Statement, parts: Sequence[Statement]) -> OpenSum | None:
    """Return the sum as open; None where it closes, or where the parts are plainly not all."""
    whole = total.value or Decimal(0)
    added = sum((part.value or Decimal(0) for part in parts), Decimal(0))
    if added == whole or added * 2 < whole:
        return None
    return OpenSum(total, tuple(parts), whole - added)


def _among(total: Statement, following: Sequence[Statement], original: str) -> list[Statement]:
    """Return the numbers of the total's unit that follow 其中 in the same sentence."""
    if not following:
        return []
    among = _AMONG.search(original, total.end, following[0].end)
    if among is None or _BREAK.search(original, total.end, among.start()):
        return []
    stop = _BREAK.search(original, among.end())
    end = stop.start() if stop else len(original)
    parts = [one for one in following if one.end <= end and _is_part(total, one)]
    return parts[:MOST_PARTS] if len(parts) > 1 else []


def _staged(total: Statement, following: Sequence[Statement], original: str) -> list[Statement]:
    """Return one number for each stage of projects: so many started, continued, finished."""
    if _stage_of(total, original) or "项目" not in _near(total, original):
        return []
    for kind in dict.fromkeys(one.kind for one in following):
        stages: dict[str, Statement] = {}
        for one in following:
            stage = _stage_of(one, original)
            if stage is not None and one.kind is kind and _is_part(total, one):
                stages.setdefault(stage, one)
        if set(stages) >= _NEEDED:
            return list(stages.values())
    return []


def _is_part(total: Statement, one: Statement) -> bool:
    same = one.unit == total.unit and one.period == total.period
    return same and (one.value or Decimal(0)) <= (total.value or Decimal(0))


def _near(one: Statement, original: str) -> str:
    """Return a statement with the words around it, not beyond its own part of the sentence."""
    before = _MARK.split(original[max(0, one.start - AROUND) : one.start])[-1]
    behind = _MARK.split(original[one.end : one.end + AROUND])[0]
    return before + original[one.start : one.end] + behind


def _stage_of(one: Statement, original: str) -> str | None:
    words = _near(one, original)
    return next((stage for stage, word in _STAGES.items() if word.search(words)), None)
