"""One width and one kind of stop, blank and line end: sign for sign, so that offsets stay."""

import re
import unicodedata

DROPPED = "\u200b"
"""Stands for what no reader sees: marks of width nought, soft hyphens, control characters."""

_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u202a\u202b\u202c\u202d\u202e"
_ENDS = "\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029"
_BLANKS = "\u00a0\u1680\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
_WIDE = "".join(map(chr, [*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B)]))
_SIGNS = "％﹪＋－／．［］"  # not the comma: it divides members of lists as well as thousands
_RADICALS = (0x2F00, 0x2FD6)  # what some programs write into a PDF for whole signs
_CONTROL = [*range(0x09), *range(0x0E, 0x1C), 0x1F, *range(0x7F, 0x85), *range(0x86, 0xA0)]


def _table() -> dict[int, str]:
    folded = {ord(sign): unicodedata.normalize("NFKC", sign) for sign in _WIDE + _SIGNS}
    radicals = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(*_RADICALS)}
    unseen = dict.fromkeys([*map(ord, _UNSEEN), *_CONTROL], DROPPED)
    ends = dict.fromkeys(map(ord, _ENDS), "\n")
    folded |= {ord(mark): "“" if mark in "「『" else "”" for mark in "「『」』"}
    return folded | radicals | unseen | ends | dict.fromkeys(map(ord, _BLANKS), " ")


FOLDED = _table()
"""Code points and the one character each becomes."""
_STOPS = {ord(half): full for half, full in zip(",;:!", "，；：！", strict=True)}
_STOP = re.compile(  # of Chinese words: 增长7%,… but 1,200户, 10:30 and Latin words keep theirs
    r"[,;:!](?:(?<=[^\x00-\x7f].)|(?<=[%)\]],)|(?:(?<=[0-9];)|(?<=,))(?=[^\x00-\x7f]))"
)
_QUOTED = re.compile(r'"([^"\n]{1,60})"')
_ANY = re.compile(f"[{''.join(re.escape(chr(code)) for code in FOLDED)}]+")


def levelled(text: str) -> str:
    """Return a text of the same length: half-width signs, full-width stops, plain blanks."""
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")
    text = _ANY.sub(_folded, text)
    if '"' in text:
        text = _QUOTED.sub(r"“\1”", text)
    return _STOP.sub(lambda found: _STOPS[ord(found[0])], text)


def _folded(found: re.Match[str]) -> str:
    return found[0].translate(FOLDED)
