"""Labels of tasks: 责任单位：…, 完成时限：…, and of which stretch of the text they hold.

A label within a paragraph belongs to what stands before it. One that begins a paragraph belongs
to the task beside it: to the heading above it, to the task before it, or, where a part of the
text begins with a label and ends with a task, to the task after it.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from luoshi.rules.reports.mending import Kind, Paragraph
from luoshi.rules.reports.offices import units_at

NEXT = 4  # labels next behind a task that may be its own: 牵头单位, 责任单位, 完成时限
LEAST_TASK = 6  # letters behind a label in its own paragraph that are its task
_ROOM = 8  # letters before 单位 that say which: 牵头责任
_OF_UNIT = re.compile(r"(?:单位|部门|科室)(?:[（(][^）)]{1,8}[)）])?[:：为是]\s*")
_ROLE = re.compile(r"(?:牵头|责任|主办|承办|主责|落实|实施)+$")
_DUE = re.compile(
    r"(?:完成时[限间]|时间节点|时限要求|办结时限)[:：为是]\s*(?P<day>[^。；;，\n）)】〕]*)"
)
_BRACKET = re.compile(
    r"[（(【〔][省市县区镇乡旗州各](?:[^（()）【】〔〕\n]|[（(][^）)\n]{1,8}[)）]){2,120}[)）】〕](?=[。；;，\n]|\Z)"
)
_WHO_DOES = re.compile(r"等?(?:部门|单位)?(?:分别|共同|按职责分工?)?(?:牵头|负责|落实|主办).{0,60}")
_PRESS = re.compile("媒|报社|日报|电视|广播|供稿")  # who wrote it, not who does it
_OFFICE = re.compile("局|委|厅|办|部|政府|街道|[镇乡]|公司|中心|单位")
_NUMBER = r"(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）、.．]\s*)?"
_BEGINS = re.compile(
    rf"\s*({_NUMBER})[【\[]?(?:(?:牵头|责任|配合|协办|主办|承办|主责|落实|实施|分管|包抓|督导)+"
    r"(?:单位|部门|科室|领导|人|县长|区长|市长)|完成时[限间]|时间节点|时限要求|办结时限)[】\]]?[:：]"
)
_CHAPTER = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十]{1,3}(?:部分|章|篇))"
)
_NUMBERED = re.compile(
    r"\s*(?:[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[)）]|\d{1,3}[.、．](?!\d))"
)


_READ = frozenset({Kind.BODY, Kind.HEADING, Kind.CAPTION})


class Label(NamedTuple):
    """Who answers for what begins in text[start:at], and by when.

    ``due`` is where the words of the day begin; either may be missing.
    """

    at: int
    start: int
    unit: str | None
    due: int | None


class _Said(NamedTuple):
    """A label where it stands, and where what it says ends."""

    start: int
    end: int
    unit: str | None
    due: int | None


def labels_in(text: str, paragraphs: Sequence[Paragraph]) -> list[Label]:
    """Return the labels of a document, in the order in which the stretches end they hold for."""
    said = [*_of_units(text), *_of_days(text), *_in_brackets(text)]
    said.sort(key=lambda one: one.start)
    read = [one for one in paragraphs if one.kind in _READ]
    if not said or not read:
        return []
    told = _Parts(text, read)
    told.note(said)
    found = [(told.held(one), one) for one in said]
    labels = [Label(end, start, one.unit, one.due) for (start, end), one in found]
    return sorted(labels, key=lambda one: (one.at, -one.start))


def labels_of(labels: Sequence[Label], at: int) -> tuple[str | None, int | None]:
    """Return the unit and the place of the day that the labels holding for a place name."""
    nth = bisect_right(labels, at, key=lambda one: one.at)
    held = [one for one in labels[nth : nth + NEXT] if one.start <= at]
    unit = next((one.unit for one in held if one.unit), None)
    return unit, next((one.due for one in held if one.due is not None), None)


def _of_units(text: str) -> Iterator[_Said]:
    for match in _OF_UNIT.finditer(text):
        role = _ROLE.search(text, max(0, match.start() - _ROOM), match.start())
        units = units_at(text, match.end(), len(text)) if role else None
        if role and units:
            yield _Said(role.start(), units[1], units[0], None)


def _of_days(text: str) -> Iterator[_Said]:
    for match in _DUE.finditer(text):
        yield _Said(match.start(), match.end(), None, match.start("day"))


def _in_brackets(text: str) -> Iterator[_Said]:
    """Yield brackets behind a task that hold only units: （区住建局、各街道）, 【区住建局牵头】."""
    for match in _BRACKET.finditer(text):
        units = units_at(text, match.start() + 1, match.end())
        if units and _PRESS.search(units[0]):
            continue
        rest = text[units[1] : match.end() - 1] if units else ""
        is_who = units and (_WHO_DOES.fullmatch(rest) if rest else _OFFICE.search(units[0][-3:]))
        if units and is_who:
            yield _Said(match.start(), units[1], units[0], None)


class _Parts:
    """The paragraphs of a text: which begin with a label, and where its parts begin."""

    def __init__(self, text: str, paragraphs: Sequence[Paragraph]) -> None:
        self._text = text
        self._all = paragraphs
        self._starts = [one.start for one in paragraphs]
        self._labels = [_BEGINS.match(text, one.start, one.end) for one in paragraphs]
        self._ends: dict[int, int] = {}  # of the last label in each paragraph
        self._is_before: list[bool] = []  # of each paragraph: its part begins with a label
        for part in self._parts():
            is_before = self._is_label(part[0]) and not self._is_label(part[-1])
            self._is_before.extend([is_before] * len(part))

    def _parts(self) -> Iterator[range]:
        """Yield the paragraphs from one chapter's heading to the next; a heading is of its own."""
        begun = 0
        for nth in range(len(self._all)):
            if self._is_chapter(nth):
                if begun < nth:
                    yield range(begun, nth)
                yield range(nth, nth + 1)
                begun = nth + 1
        if begun < len(self._all):
            yield range(begun, len(self._all))

    def note(self, every: Sequence[_Said]) -> None:
        """Note where the last label of each paragraph ends."""
        for one in every:
            self._ends[self._nth(one)] = one.end

    def _nth(self, said: _Said) -> int:
        return max(bisect_right(self._starts, said.start) - 1, 0)

    def held(self, said: _Said) -> tuple[int, int]:
        """Return the stretch that a label holds for."""
        nth = self._nth(said)
        if self._labels[nth] is None:
            return min(self._starts[nth], said.start), said.start
        own = self._all[nth]
        if len(self._text[self._ends[nth] : own.end].strip("。；，、 ")) >= LEAST_TASK:
            return said.start, own.end  # 责任单位：甲局。建成…
        return self._beside(nth, said.start)

    def _beside(self, nth: int, at: int) -> tuple[int, int]:
        """Return the stretch of the task beside a paragraph that is only a label."""
        first, last = nth, nth
        while first and self._is_label(first - 1) and not self._is_numbered_label(first):
            first -= 1
        while self._is_label(last + 1) and not self._is_numbered_label(last + 1):
            last += 1
        above = first - 1
        if self._is_numbered_label(first):
            return self._starts[first], self._next_task(last, is_own=True)
        if self._is_before[first]:
            begin = above if above >= 0 and self._is_chapter(above) else first
            return self._starts[begin], self._next_task(last, is_own=False)
        if above >= 0 and (self._is_chapter(above) or self._is_numbered(above)):
            return self._starts[above], self._next_task(last, is_own=True)
        return (self._starts[above] if above >= 0 else at), at

    def _next_task(self, last: int, *, is_own: bool) -> int:
        """Return where the paragraphs end that follow labels: at the next label, or number."""
        nth = last + 1
        while nth < len(self._all) and not self._is_label(nth) and not self._is_chapter(nth):
            if is_own and self._is_numbered(nth):
                break
            nth += 1
        return self._starts[nth] if nth < len(self._all) else len(self._text)

    def _is_label(self, nth: int) -> bool:
        return nth < len(self._all) and self._labels[nth] is not None

    def _is_numbered_label(self, nth: int) -> bool:
        found = self._labels[nth] if nth < len(self._all) else None
        return found is not None and bool(found[1].strip())

    def _is_chapter(self, nth: int) -> bool:
        return _CHAPTER.match(self._text, self._starts[nth]) is not None

    def _is_numbered(self, nth: int) -> bool:
        one = self._all[nth]
        return one.kind is Kind.HEADING and _NUMBERED.match(self._text, one.start) is not None
