"""Who answers for a statement, where the sentence names a unit as the one that acts."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from luoshi.rules.reports.words.times import TIME

_UNIT = (
    r"[一-鿿]{1,12}?(?:局|委员会|委|厅|办公室|办|管委会|公司|街道|集团|指挥部|专班|部门|中心|政府)"
)
_ACTOR = re.compile(
    rf"(?:由|责任单位[:：]|牵头单位[:：])(?P<named>{_UNIT})(?:牵头|负责|会同|具体"
    rf"|组织|主办|$|[，。；、）)])"
    rf"|(?<![一-鿿])(?P<acting>{_UNIT})(?:牵头|负责|预计|计划|要(?!求|素)|须|应(?![急用对])"
    rf"|必须|务必|将(?:会同|牵头|负责|于|在))"
)
_FIRST = re.compile(
    r"(?<![一-鿿])(?P<unit>[省市县区镇乡][一-鿿]{1,10}?(?:局|委|厅|办|街道|专班))(?=\S)"
)
NEXT = 3  # labels behind a task that may be its own: 牵头单位, 责任单位, 完成时限
_ACTS = re.compile(r"牵头|负责|会同|责任单位|由[一-鿿]|预计|计划|主办|要|须|应|务必|将[会牵负于在]")
_OFFICE = re.compile("局|委|厅|办|街道|专班")
_MAY = re.compile(f"{_ACTS.pattern}|{_OFFICE.pattern}")  # most sentences have none: one look tells

_LABEL = re.compile(
    r"[牵责主承完时]"  # a class to begin with: so a whole report is searched quickly
    r"(?:(?:(?<=牵)头(?:责任)?|(?<=责)任|(?<=主)[办责]|(?<=承)办)(?:单位|部门)[:：为是]\s*"
    rf"(?P<unit>{_UNIT}(?:和[一-鿿]{{1,8}}?局)?)"
    r"|(?:(?<=完)成时[限间]|(?<=时)间节点)[:：为是]\s*(?P<due>))"
)


class Label(NamedTuple):
    """What a table of tasks says behind a task: who answers for text[start:at], and by when.

    ``due`` is where the words of the day begin; either may be missing.
    """

    at: int
    start: int
    unit: str | None
    due: int | None


def labels_in(text: str, paragraphs: Sequence[tuple[int, int]]) -> list[Label]:
    """Return the labels 责任单位：… and 完成时限：… of a document in their order.

    One that begins a paragraph belongs to the paragraph before the labels.
    """
    starts = [start for start, _ in paragraphs]
    found: list[Label] = []
    for match in _LABEL.finditer(text):
        nth = bisect_left(starts, match.start() + 1) - 1
        while nth > 0 and _LABEL.match(text, starts[nth]):
            nth -= 1
        if nth >= 0:
            unit = match["unit"]
            due = None if unit else match.start("due")
            found.append(Label(match.start(), starts[nth], unit, due))
    return found


def labels_of(labels: Sequence[Label], at: int) -> tuple[str | None, int | None]:
    """Return the unit and the place of the day that the labels next behind a place name."""
    nth = bisect_left(labels, (at,))
    held = [one for one in labels[nth : nth + NEXT] if one.start <= at]
    unit = next((one.unit for one in held if one.unit), None)
    return unit, next((one.due for one in held if one.due is not None), None)


def actor_in(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return where the sentence names a unit as acting, and the unit; else None."""
    if not _MAY.search(text, start, end):
        return None
    if _ACTS.search(text, start, end) and (found := _ACTOR.search(text, start, end)):
        is_behind = found["named"] or text[found.start() - 1] == "（"  # …，由甲局牵头
        return (start if is_behind else found.start()), found["named"] or found["acting"]
    return _with_a_day(text, start, end) if _OFFICE.search(text, start, end) else None


def _with_a_day(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return the unit of a district at the head of a clause that a day follows: 县水务局6月底前."""
    for unit in _FIRST.finditer(text, start, end):
        if TIME.match(text, unit.end(), end):
            return unit.start(), unit["unit"]
    return None
