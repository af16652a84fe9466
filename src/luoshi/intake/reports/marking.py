"""The text of a report with its statements marked, cut into pieces that do not overlap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from luoshi.intake.models import StagedStatement

LONGEST_SLICE = 40_000  # characters of a text that one page shows
LEAD = 120  # characters shown before the first and after the last statement of a page
AROUND = 160  # characters of a sentence at each side of a quote, where no full stop ends it


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters that the same statements cover; ``begins`` are those that start here."""

    text: str
    kind: str = ""
    number: int = 0
    is_value: bool = False
    begins: tuple[int, ...] = ()


def bounds(text: str, rows: Sequence[StagedStatement]) -> tuple[int, int]:
    """Return the stretch of a text that shows some statements, whole lines as far as it can."""
    if not rows:
        return 0, min(len(text), LONGEST_SLICE)
    first, last = min(row.start for row in rows), max(row.end for row in rows)
    start = 0 if first <= LEAD * 4 else _begun(text, first)
    end = text.find("\n", last)
    end = min(len(text) if end < 0 else end, last + LEAD * 4, start + LONGEST_SLICE)
    return start, end


def _begun(text: str, first: int) -> int:
    """Return where the line, else the sentence before a place begins, at most so far before it."""
    for mark, far in (("\n", LEAD), ("\n", LEAD * 4), ("。", LEAD * 4)):
        place = text.rfind(mark, first - far, first) + 1
        if place:
            return place
    return first - LEAD


def pieces(text: str, rows: Sequence[StagedStatement]) -> list[Piece]:
    """Return the stretch of the text around some statements, cut where a mark begins or ends.

    Where statements overlap, the shortest gives its colour.
    """
    start, end = bounds(text, rows)
    shown = sorted((row for row in rows if row.start < end), key=lambda row: row.start)
    edges = sorted({start, end, *(at for row in shown for at in _edges(row) if start < at < end)})
    active: list[StagedStatement] = []
    waiting = iter(shown)
    following = next(waiting, None)
    found = []
    for here, there in pairwise(edges):
        while following is not None and following.start <= here:
            active.append(following)
            following = next(waiting, None)
        active = [row for row in active if row.end > here]
        found.append(_piece(text[here:there], here, active))
    return found


def _piece(words: str, here: int, active: Sequence[StagedStatement]) -> Piece:
    if not active:
        return Piece(words)
    nearest = min(active, key=lambda row: (row.end - row.start, row.number))
    return Piece(
        words,
        nearest.kind,
        nearest.number,
        any(start <= here < end for start, end in map(_value, active)),
        tuple(row.number for row in active if row.start == here),
    )


def _edges(row: StagedStatement) -> Iterator[int]:
    yield row.start
    yield row.end
    yield from _value(row)


def _value(row: StagedStatement) -> tuple[int, int]:
    start, end = row.row["value_start"], row.row["value_end"]
    return (start, end) if start is not None else (row.start, row.start)


def sentence_at(text: str, start: int, end: int) -> str:
    """Return the sentence around a quote."""
    before = max(text.rfind(mark, max(0, start - AROUND), start) for mark in "。；\n") + 1
    ends = [at for mark in "。；\n" if (at := text.find(mark, end, end + AROUND)) >= 0]
    return text[before or max(0, start - AROUND) : min(ends, default=end)]


def quoted(text: str, start: int, end: int) -> tuple[str, str, str]:
    """Return what stands before a quote, the quote, and what follows, cut at whole lines."""
    first = text.rfind("\n", 0, max(0, start - LEAD * 4)) + 1
    last = text.find("\n", end + LEAD * 4)
    return text[first:start], text[start:end], text[end : last if last >= 0 else len(text)]
