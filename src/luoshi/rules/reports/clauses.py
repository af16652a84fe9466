"""The clauses of a sentence, each with one verb and its objects."""

import re
from collections.abc import Iterator

from luoshi.rules.reports.grammar import alternation
from luoshi.rules.reports.words.deeds import OPENED

CLAUSE = re.compile(
    r"[^，,。；;！？!?：\n]+(?:(?:(?<=\d),(?=\d)|[，,](?=以及))[^，,。；;！？!?：\n]+)*"
)
_OPENED = f"(?:{alternation(OPENED)})"
_OPENERS = frozenset(OPENED)
_OPENS = re.compile(rf"[^、，,。；\n]{{3,25}}{_OPENED}")
_DOES_NEXT = re.compile(
    r"(?:建成|新建|改建|扩建|完成|建设(?![路街])|改造|实施|安装|启动|打通|推进|举办|增设|整治|修建)"
    r"[^、，,。；\n]{4}"
)
_STAGE = "(?:完成|进入|正?进行|启动|开始|实现|获得|取得|通过)"
_STAGED = re.compile(rf"[^、，,。；\n]{{2,24}}?{_STAGE}[^、，,。；\n]{{2}}")  # 甲学校完成主体
_MAY_STAGE = re.compile("完成|进入|进行|启动|开始|实现|获得|取得|通过")
_PARTS = rf"(?=[建新改扩完实安启打推举增整修])|(?<=(?:{'|'.join(OPENED)}).)"
_MAY_CUT = re.compile(f"、(?:{_PARTS})")  # most 、 part no verbs
_MAY_CUT_STAGED = re.compile(f"、(?:{_PARTS}|(?={_STAGED.pattern}))")
SHORTEST_DEED = 6  # letters of a deed: 完成、建设 are two verbs on one object


def piece_at(text: str, start: int, end: int, place: int) -> tuple[int, int]:
    """Return the part of a clause, of one verb and its objects, that holds a place."""
    for cut in _cuts(text, start, end):
        if cut > place:
            return start, cut
        start = cut + 1
    return start, end


def _cuts(text: str, start: int, end: int) -> Iterator[int]:
    """Yield where 、 parts two verbs on two objects: A贯通、B有序推进; 建成A、改造B."""
    if text.find("、", start, end) < 0:
        return
    for mark in _marks(text, start, end):
        at = mark.start()
        if _is_cut(text, max(start, text.rfind("、", start, at) + 1), at, end):
            yield at


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Return the 、 that may part two verbs."""
    may_stage = _MAY_STAGE.search(text, start, end) is not None  # else the quicker pattern does
    return (_MAY_CUT_STAGED if may_stage else _MAY_CUT).finditer(text, start, end)


def _is_cut(text: str, last: int, at: int, end: int) -> bool:
    if text[at - 2 : at] in _OPENERS and _OPENS.match(text, at + 1, end):
        return True
    if _STAGED.match(text, at + 1, end) and _STAGED.match(text, _head(text, last, at), at):
        return True  # 甲学校完成主体、乙医院进入装修
    is_deed = _DOES_NEXT.match(text, at + 1, end) is not None
    return is_deed and at - _head(text, last, at) >= SHORTEST_DEED


def _head(text: str, last: int, at: int) -> int:
    """Return where the words begin that stand before a place, behind the last 、 or comma."""
    return max(last, text.rfind("，", last, at) + 1)


def clauses_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the clauses of a sentence, each with one verb and its objects."""
    whole = [clause.span() for clause in CLAUSE.finditer(text, start, end)]
    if text.find("、", start, end) < 0 or next(_marks(text, start, end), None) is None:
        return whole
    parts = []
    for first, last in whole:
        for cut in _cuts(text, first, last):
            parts.append((first, cut))
            first = cut + 1
        parts.append((first, last))
    return parts
