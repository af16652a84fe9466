"""The lines of a text, each with what tells a wrapped line from a paragraph."""

import re
from collections.abc import Iterator, Sequence
from statistics import median
from typing import NamedTuple

from luoshi.rules.reports.mending.level import DROPPED

_EDGES = f" \t{DROPPED}"
_STOPS = "。；"
_WIDE_BLANKS = 2  # blanks before a line: as many are full-width ones, more are not
_LONG = 100  # characters: no column of print is as wide
_COLUMN = 100  # half-width signs: the usual line of a column is shorter
_SPACED = 0.8  # of the lines of a column have a blank line before them where it was set wide
_BROKEN = 0.6  # of the lines of a column end within a clause
_FILLED = 0.4  # of the lines of a column are about as wide as it,
_NEARLY = 0.75  # so much of its widest lines,
_USUAL_WIDEST = 0.9  # the few that stick out left aside
_SURELY_ROW = 2  # tabulators in a line: its cells may hold sentences
_STROKES = re.compile(r"^\||\|$")  # also at an edge: 首页 | 新闻 is the menu of a page
_ITEM = re.compile(r"\d{1,3}\t")  # the number of a list, set apart
_FEWEST = 10  # lines that show how a column was set
_HEADS = (
    "(?:总结|回顾|(?:工作|完成|开展|进展|执行|落实)情况|工作(?:安排|计划|打算|思路|任务|目标|要点)"
    "|下一步工作|重点工作|目标任务|存在的?(?:主要)?(?:问题|困难)(?:和不足)?)"
)
_NUMBER = (
    r"(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）]|\d{1,2}[.、．](?!\d))"
)
_MAY_RUN_ON = re.compile(rf"{_HEADS} |[。；！）)] +{_NUMBER}")
_RUN_ON = re.compile(  # 一、工作开展情况 建成…。 二、下一步工作安排 新建…
    r"(?:^|(?<=[。！])) *(?:[一二三四五六七八九十]{1,2}、|[（(][一二三四五六七八九十]{1,2}[)）])?"
    rf"[^\s，。；：、]{{0,24}}?{_HEADS} (?=[^\s。]{{4}}[^。]*[，。])"
    rf"|(?:^|(?<=[。；！）)] )){_NUMBER}[^\s，。；：]{{2,24}} (?={_NUMBER})"  # 一、城建 1.新建…
    rf"|(?<=[。；！）)]) +(?={_NUMBER}[一-鿿])"
)


class Line(NamedTuple):
    """A line that is not blank, without the blanks at its edges."""

    start: int
    end: int
    width: int  # in half-width signs, blanks before it included; only roughly if it is long
    gap: int  # blank lines before it
    indent: int  # blanks before its first sign
    row: bool = False  # of a table: cells parted by tabulators


def lines_of(text: str, start: int, end: int) -> list[Line]:
    """Return the lines of ``text[start:end]``; offsets count from the beginning of the text."""
    found: list[Line] = []
    gap = 0
    for place, raw in _raw_lines(text, start, end):
        begun = raw.lstrip(_EDGES)
        if begun:
            indent = len(raw) - len(begun)
            line = begun.rstrip(_EDGES)
            size = len(line)
            width = 2 * size if size > _LONG else len(line.encode("gbk", "replace"))
            width += 2 * indent if indent <= _WIDE_BLANKS else indent
            first = place + indent
            is_next = bool(found) and found[-1].row and not gap
            row = _is_row(line, is_next=is_next)
            empty = raw.find("\t", 0, indent) if row and is_next else -1
            if empty >= 0:  # its first cells are empty
                first, size, indent = place + empty, size + indent - empty, empty
            found.append(Line(first, first + size, width, gap, indent, row))
            gap = 0
        else:
            gap += 1
    return found


def _is_row(line: str, *, is_next: bool) -> bool:
    """Tell whether a line is a row of a table: cells parted by tabulators or by upright strokes."""
    tabs = line.count("\t")
    if not tabs:
        strokes = line.count("|")
        return strokes >= _SURELY_ROW and (is_next or _STROKES.search(line) is not None)
    if is_next or tabs >= _SURELY_ROW or _ITEM.match(line):
        return True
    return not any(stop in line for stop in _STOPS)


def _raw_lines(text: str, start: int, end: int) -> Iterator[tuple[int, str]]:
    """Yield the lines of a text, a heading that ran together with its text as one of its own."""
    for raw in text[start:end].split("\n"):
        begun = 0
        if " " in raw and _MAY_RUN_ON.search(raw) is not None:
            for head in _RUN_ON.finditer(raw):
                if head.start() > begun:
                    yield start + begun, raw[begun : head.start()]
                if not head[0].isspace():
                    yield start + head.start(), head[0]
                begun = head.end()
        yield start + begun, raw[begun:] if begun else raw
        start += len(raw) + 1


def closed_up(text: str, lines: Sequence[Line]) -> Sequence[Line]:
    """Return the lines of a column as they would be without a blank line before each."""
    if len(lines) < _FEWEST or median(line.width for line in lines) > _COLUMN:
        return lines
    spaced = sum(line.gap > 0 for line in lines)
    broken = sum(text[line.end - 1].isalnum() for line in lines)
    if spaced < _SPACED * len(lines) or broken < _BROKEN * len(lines):
        return lines
    widest = sorted(line.width for line in lines)[int(_USUAL_WIDEST * len(lines))]
    if sum(line.width >= _NEARLY * widest for line in lines) < _FILLED * len(lines):
        return lines  # a list without stops: its lines are of all lengths
    return [line._replace(gap=max(line.gap - 1, 0)) for line in lines]
