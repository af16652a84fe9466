"""The members of a list: what 、 parts, and what 和, 与 and 及 part between names."""

import re

from luoshi.rules.reports.grammar import presence
from luoshi.rules.reports.naming import LONG_ENDS, ending_of, trimmed

LONG_PART = 5  # letters of what may end in more than the end of a work
_LONG_END = re.compile(presence(LONG_ENDS))
_ITEM = re.compile(r"(?:[^、（(“”]|（[^）]*）|\([^)]*\)|“[^”]*”(?!“))+?(?=、|$|”“)|“[^”]*”")
_CLOSED = re.compile("[“（(]")
_MAY_JOIN = re.compile("[和与及并]")
_SIGNS = re.compile("[“（(和与及并]")  # without any of these 、 parts all there is
_AND = re.compile(
    r"(?<=[一-鿿）”期\d])(?:以及|和|与|及|并(?!行))(?=[一-鿿“\d])(?!网|配套|附属|接线|连接线|相关|其|储能)"
)


def items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Split a list at 、 and at 和, 与, 及 between names."""
    if not _SIGNS.search(text, start, end):
        return _parted(text, start, end)
    members = _members(text, start, end)
    if not _MAY_JOIN.search(text, start, end):
        return members
    result: list[tuple[int, int]] = []
    for begin, finish in members:
        for joint in _AND.finditer(text, begin, finish):
            if not _parts(text, begin, joint.start()):
                continue
            result.append((begin, joint.start()))
            begin = joint.end()
        result.append((begin, finish))
    return result


def _members(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return what 、 parts, outside of brackets and quotes."""
    if _CLOSED.search(text, start, end):
        return [item.span() for item in _ITEM.finditer(text, start, end)]
    return _parted(text, start, end)


def _parted(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return what 、 parts."""
    members = []
    while (at := text.find("、", start, end)) >= 0:
        if at > start:
            members.append((start, at))
        start = at + 1
    if end > start:
        members.append((start, end))
    return members


def _parts(text: str, start: int, end: int) -> bool:
    """Return whether what stands before 和 can be a name of its own: ends like one, not quoted."""
    words = text[start:end]
    if words.count("“") > words.count("”"):
        return False
    return (
        (1 < len(words) <= 3 and text[end] != "与")
        or words[-1:] in ("”", "）")
        or ending_of(trimmed(words)) != ""
        or (len(words) >= LONG_PART and _LONG_END.search(words) is not None)
    )
