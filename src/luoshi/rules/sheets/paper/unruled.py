"""A table without upright lines: columns from its head and the free space between them.

Rows begin where a number stands in the first column, else where the space between lines is wider.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from luoshi.rules.sheets.columns import told
from luoshi.rules.sheets.kinds import heading_of
from luoshi.rules.sheets.meanings import Meaning
from luoshi.rules.sheets.paper.lines import Piece, TextLine, cell_text, lines_of
from luoshi.rules.sheets.paper.page import Glyph, Page
from luoshi.rules.sheets.paper.ruled import Rows
from luoshi.rules.sheets.wording import tight

FEWEST_HEADS = 2
APART = 1.0  # of its height: a heading has no gap this wide
HEAD_REACH = 0.3  # of its height: how far from the head's line a wrapped head may end
WIDER = 1.4  # times the usual space between lines: where a new row begins
_NUMBER = re.compile(r"\d{1,4}[.、]?")
_TOTAL = re.compile(r"(?:合计|总计|小计|共计).*")


@dataclass(frozen=True, slots=True)
class _Frame:
    """The columns' borders in points, from left to right, without the outer ones."""

    borders: tuple[float, ...]
    numbered: bool
    usual: float  # points between the lines of one cell

    def place(self, x: float) -> int:
        """Return the column in which a place from the left lies."""
        return sum(border <= x for border in self.borders)


def unruled_rows(pages: Sequence[Page]) -> list[Rows] | None:
    """Return the rows of each page, or None where no head is found on the first pages."""
    lines = [lines_of(page.glyphs) for page in pages]
    found = next(((page, head) for page in lines if (head := _head(page)) is not None), None)
    if found is None:
        return None
    frame = _frame(_head_cells(*found), lines)
    return [_rows(page, frame) for page in lines]


def _head(lines: Sequence[TextLine]) -> TextLine | None:
    """Return the line whose pieces name most columns, the title among them."""
    best: TextLine | None = None
    most = FEWEST_HEADS - 1
    for line in lines:
        meanings = {told((piece.text,)).meaning for piece in line.pieces()} - {Meaning.UNKNOWN}
        if len(meanings) > most and Meaning.TITLE in meanings:
            best, most = line, len(meanings)
    return best


def _head_cells(lines: Sequence[TextLine], head: TextLine) -> list[Piece]:
    """Return the heads from left to right, those wrapped to several lines as one.

    A wrapped head stands in part above or below the line that the others are set in.
    """
    reach = (head.bottom - head.top) * HEAD_REACH
    around = [
        piece
        for line in lines
        if line.top < head.bottom + reach and line.bottom > head.top - reach
        if line is head or not _is_apart(line)
        for piece in line.pieces()
    ]
    cells: list[list[Piece]] = []
    for piece in sorted(around, key=lambda each: each.x0):
        if cells and piece.x0 < max(each.x1 for each in cells[-1]):
            cells[-1].append(piece)
        else:
            cells.append([piece])
    return [_one(pieces) for pieces in cells]


def _one(pieces: Sequence[Piece]) -> Piece:
    """Return pieces over each other as one, read from the top down."""
    ordered = sorted(pieces, key=lambda piece: piece.glyphs[0].y)
    return Piece(tuple(glyph for piece in ordered for glyph in piece.glyphs))


def _frame(heads: Sequence[Piece], pages: Sequence[Sequence[TextLine]]) -> _Frame:
    """Return the columns: one for each head, and one for numbers left of the first."""
    body = [line for lines in pages for line in lines if not _is_apart(line)]
    numbers = [
        line.pieces()[0]
        for line in body
        if _NUMBER.fullmatch(line.pieces()[0].text) and line.pieces()[0].x1 < heads[0].x0
    ]
    serial = told((heads[0].text,)).meaning is Meaning.SERIAL
    middles = [piece.x for piece in heads]
    if numbers and not serial:
        middles.insert(0, median(piece.x for piece in numbers))
    pieces = [piece for line in body for piece in line.pieces()]
    borders = (_emptiest(pieces, left, right) for left, right in pairwise(middles))
    return _Frame(tuple(borders), serial or bool(numbers), _usual(pages))


def _usual(pages: Sequence[Sequence[TextLine]]) -> float:
    """Return the space between lines that were wrapped: nearly the least there is."""
    gaps = sorted(gap for lines in pages for gap in _gaps(lines))
    return max(gaps[len(gaps) // 10], 0.0) if gaps else 0.0


def _gaps(lines: Sequence[TextLine]) -> list[float]:
    return [after.top - before.bottom for before, after in pairwise(lines)]


def _emptiest(pieces: Sequence[Piece], left: float, right: float) -> float:
    """Return the middle of the widest stretch between two heads that fewest pieces cover."""
    points = [left + at for at in range(int(right - left) + 1)]
    begun = sorted(piece.x0 for piece in pieces)
    ended = sorted(piece.x1 for piece in pieces)
    covered = [bisect_right(begun, point) - bisect_left(ended, point) for point in points]
    least = min(covered)
    runs: list[list[float]] = [[]]
    for point, count in zip(points, covered, strict=True):
        if count == least:
            runs[-1].append(point)
        elif runs[-1]:
            runs.append([])
    widest = max(runs, key=len)
    return (widest[0] + widest[-1]) / 2


def _is_apart(line: TextLine) -> bool:
    """Tell whether a line is one text that names a group or a total, or numbers the page."""
    if len(line.pieces(APART)) != 1:
        return False
    text = tight(line.whole.text)
    heading = heading_of(text, 0)
    named = heading.rank != "other" or heading.printed is not None
    paged = bool(re.fullmatch(r"[—–-]*\d+[—–-]*", text)) and text[0] in "—–-"
    return named or paged or bool(_TOTAL.fullmatch(text))


def _rows(lines: Sequence[TextLine], frame: _Frame) -> Rows:
    """Return a page's rows: lines apart are rows of their own, others are put together."""
    rows: Rows = []
    waiting: list[TextLine] = []
    for line in lines:
        if _is_apart(line):
            rows += _together(waiting, frame, begins=not rows)
            rows.append([line.whole.text, *[""] * len(frame.borders)])
            waiting = []
        else:
            waiting.append(line)
    return [*rows, *_together(waiting, frame, begins=not rows)]


def _together(lines: Sequence[TextLine], frame: _Frame, *, begins: bool) -> Rows:
    """Return lines put together to rows; ``begins``: a page begins with them."""
    cuts = [0, *_cuts(lines, frame, begins=begins), len(lines)]
    parts = (lines[start:end] for start, end in pairwise(cuts))
    return [_row(part, frame) for part in parts if part]


def _cuts(lines: Sequence[TextLine], frame: _Frame, *, begins: bool) -> list[int]:
    """Return before which lines a row begins.

    Lines before the first number of a page may be the rest of the row that the page broke off.
    """
    gaps = _gaps(lines)
    wide = [at + 1 for at, gap in enumerate(gaps) if gap > frame.usual * WIDER + 1]
    anchors = [at for at, line in enumerate(lines) if _starts(line, frame)]
    if not frame.numbered or not anchors:
        return wide or _filled_first(lines, frame)
    before = [at for at in wide if begins and at <= anchors[0]]
    return [*before, *(_widest_before(gaps, start, end) for start, end in pairwise(anchors))]


def _filled_first(lines: Sequence[TextLine], frame: _Frame) -> list[int]:
    """Return the lines whose first column is filled: rows where all lines stand alike."""
    filled = (at for at, line in enumerate(lines) if frame.place(line.pieces()[0].x) == 0)
    return [at for at in filled if at > 0]


def _widest_before(gaps: Sequence[float], start: int, end: int) -> int:
    """Return the line after ``start``, up to ``end``, with most space before it; the last of some.

    Numbers stand beside the first line of their row or in its middle: the space decides.
    """
    widest = max(gaps[start:end])
    return max(at + 1 for at in range(start, end) if gaps[at] >= widest - 0.5)


def _starts(line: TextLine, frame: _Frame) -> bool:
    """Tell whether a row has its number, or the head its names, in this line."""
    first = line.pieces()[0]
    numbered = frame.place(first.x) == 0 and bool(_NUMBER.fullmatch(first.text))
    return numbered or _head([line]) is not None


def _row(lines: Sequence[TextLine], frame: _Frame) -> list[str]:
    """Return the words of each column, wrapped lines joined."""
    held: list[list[Glyph]] = [[] for _ in range(len(frame.borders) + 1)]
    for line in lines:
        for glyph in line.glyphs:
            held[frame.place(glyph.x)].append(glyph)
    return [cell_text(glyphs, width=0.0) for glyphs in held]
