"""What speaks for two lines being one torn sentence: how one ends, how the other begins."""

import re
from collections.abc import Sequence

from luoshi.rules.reports.mending.lines import Line

ENOUGH = 3  # the weight from which two lines are one sentence
SURE = 5  # the weight of a sign that hardly ever misleads
_NEARBY = 3_000  # characters before and after in which words are looked up
_LONG = 40  # characters: no heading
_USUAL = 5  # times that two signs stand together nearby: surely one word
_MOST_OF_WORD = 3
_CAPTION = 22  # characters: no caption is longer
_CLOSERS = '”’』」）)》】]"'
_SENTENCE_ENDS = "。！？!?…"
_CLAUSE_ENDS = "；;：:"
_GOES_ON = "，、,“‘《（(—＋+/"  # what ends no paragraph
_NO_BEGINNING = "，。、；：！？,;:!?.）)”’》】%％"
_POINT = re.compile(r"[^\s\d]\d+\.\Z")
_POINT_WITHIN = 6  # characters before a torn decimal
_NEVER_LAST = "的和与及或把被对从向将使让"
_NEVER_FIRST = "之的了们着者"
_LONE = re.compile(r"[，、。；：,;:“”]\w\Z")
_STOP = re.compile(r"[，。、；：,;:！？!?]")
_FIGURE = re.compile(r"(?!(?:19|20)\d{2}年)\d+(?:\.\d+)?(?:%|[\u4e00-\u9fff])")
_CHINESE_BLANK = re.compile(r"[\u4e00-\u9fff”’] +[\u4e00-\u9fff“‘]")
_BEGINNING = re.compile(
    r"(?:19|20)\d{2}年|各位|今年|去年|同志们|[一二三四五六七八九十]是|第[一二三四五六]，"
)


def ends_sentence(text: str, end: int) -> bool:
    """Tell whether a sentence ends at a place, quotation marks and brackets left aside."""
    return _last_sign(text, end) in _SENTENCE_ENDS


def ends_clause(text: str, end: int) -> bool:
    """Tell whether a part of a sentence ends there that may end a paragraph."""
    return _last_sign(text, end) in _CLAUSE_ENDS


def _last_sign(text: str, end: int) -> str:
    sign = text[end - 1]
    return text[end - 2] if sign in _CLOSERS and end > 1 and not text[end - 2].isspace() else sign


def must_go_on(text: str, end: int, start: int) -> bool:
    """Tell whether signs alone say that the line beginning at ``start`` goes on with the other."""
    if text[end - 1] in _GOES_ON or text[start] in _NO_BEGINNING:
        return True
    return text[start].isdecimal() and _POINT.search(text, end - _POINT_WITHIN, end) is not None


def has_stop(text: str, line: Line) -> bool:
    """Tell whether a line has a stop that parts clauses or sentences."""
    return _STOP.search(text, line.start, line.end) is not None


def has_sentence(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence ends within a stretch."""
    return text.find("。", start, end) >= 0


def is_figure(text: str, line: Line) -> bool:
    """Tell whether a line begins with an amount and its unit; a year is none."""
    return _FIGURE.match(text, line.start, line.end) is not None


def is_caption_like(text: str, line: Line) -> bool:
    """Tell whether a line stands apart and is short and without stops, as captions are."""
    short = line.end - line.start <= _CAPTION
    return short and line.gap > 0 and not _STOP.search(text, line.start, line.end)


def weight(text: str, taken: Sequence[Line], after: Line) -> int:
    """Return how much speaks for one torn sentence; what speaks against it counts below nought."""
    start, end = taken[0].start, taken[-1].end
    said = text[start:end]
    found = _of_ending(said) + _of_beginning(text, after)
    found += SURE if said.count("“") > said.count("”") or said.count("（") > said.count("）") else 0
    decided = found > ENOUGH or found + _MOST_OF_WORD < ENOUGH
    return found if decided else found + _of_word(text, end, after.start)


def _of_ending(said: str) -> int:
    found = 2 if any(sign in said for sign in "。；") else 0
    found += 1 if len(said) >= _LONG else 0
    stops = bool(_STOP.search(said))
    found += 3 if _LONE.search(said) or said[-1] in _NEVER_LAST else 0
    found += 3 if said[-1].isdigit() and stops else 0
    found -= 2 if _CHINESE_BLANK.search(said) and "。" not in said else 0
    return found if stops else found - 2


def _of_beginning(text: str, after: Line) -> int:
    if text[after.start] in _NEVER_FIRST:
        return SURE
    return -2 if _BEGINNING.match(text, after.start) else 0


def _of_word(text: str, end: int, start: int) -> int:
    """Return what speaks for a word torn in two, by where else its parts stand together."""
    first, last = max(0, end - _NEARBY), start + _NEARBY
    two = text[end - 1] + text[start]
    if two.isascii() and two.isalpha():
        return _MOST_OF_WORD
    if not two.isalnum():
        return 0
    three = (text[end - 2 : end] + text[start], text[end - 1] + text[start : start + 2])
    if any(text.find(word, first, last) >= 0 for word in three):
        return _MOST_OF_WORD
    together = text.count(two, first, last)
    return _MOST_OF_WORD if together >= _USUAL else 2 if together > 1 else 0
