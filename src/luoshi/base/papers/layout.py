"""From the glyphs of printed pages to text: columns one after another, rows of tables as rows."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from luoshi.rules.sheets.paper.lines import Piece, TextLine, lines_of
from luoshi.rules.sheets.paper.page import Glyph, Page

GUTTER = 0.8  # heights of a glyph: free space between two columns; newspapers leave one
LEAST_LINES = 5  # of a column
LEAST_LETTERS = 8  # of an ordinary line of a column: the cells of a table are shorter
LEAST_FILLED = 0.7  # of a column's width that an ordinary line takes
CELL_GAP = 1.5  # heights of a glyph: what parts the cells of a table
SET_IN = 1.2  # heights of a glyph by which the first line of a paragraph is set in
PARTED = 1.9  # usual distances of lines: what parts a heading from the text
REPEATED = 3  # pages on which a running head stands
EDGE = 2  # lines at the top and the bottom of a page that may be running heads
LOOKED_AT = 2 * LEAST_LINES  # lines in which the space between columns is looked for
_PAGE_NUMBER = re.compile(
    r"[-—–―·•\s]*第?\s*\d{1,4}\s*页?(?:\s*[/／共,，]+\s*\d{1,4}\s*页?)?[-—–―·•\s]*"
)
_DIGITS = re.compile(r"\d+")
_INDENT = "\u3000\u3000"


def text_of(pages: Sequence[Page]) -> str:
    """Return the text of pages, without page numbers and running heads."""
    printed = [lines_of(_even(page.glyphs)) for page in pages]
    running = _running(printed)
    return "\n".join(
        written
        for lines in printed
        for region in _regions([line for line in lines if not _is_running(line, lines, running)])
        for written in _written(region)
    )


def _even(glyphs: Sequence[Glyph]) -> Iterator[Glyph]:
    """Yield glyphs of at least the usual height: of some signs the file gives only the ink."""
    usual = median(glyph.height for glyph in glyphs)
    for glyph in glyphs:
        more = (usual - glyph.height) / 2
        if more <= 0:
            yield glyph
        else:
            yield replace(glyph, top=glyph.top - more, bottom=glyph.bottom + more)


def _running(printed: Sequence[Sequence[TextLine]]) -> set[str]:
    """Return what stands at the edges of several pages, and every bare page number there."""
    edges = Counter(
        _bare(line) for lines in printed for line in (*lines[:EDGE], *lines[EDGE:][-EDGE:])
    )
    numbers = {edge for edge in edges if _PAGE_NUMBER.fullmatch(edge)}
    return numbers | {edge for edge, count in edges.items() if count >= REPEATED}


def _is_running(line: TextLine, lines: Sequence[TextLine], running: set[str]) -> bool:
    at_edge = line in lines[:EDGE] or line in lines[-EDGE:]
    return at_edge and _bare(line) in running


def _bare(line: TextLine) -> str:
    return _DIGITS.sub("0", line.whole.text)


def _regions(lines: Sequence[TextLine]) -> Iterator[list[TextLine]]:
    """Yield parts that have one column each: what spans the page parts what stands below it."""
    pending: list[TextLine] = []
    place = 0
    while place < len(lines):
        border = _border(lines[place:])
        if border is None:
            pending.append(lines[place])
            place += 1
            continue
        if pending:
            yield pending
            pending = []
        split, count = border
        both = [_halves(line, split) for line in lines[place : place + count]]
        for side in (0, 1):
            yield from _regions([halves[side] for halves in both if halves[side].glyphs])
        place += count
    if pending:
        yield pending


def _border(lines: Sequence[TextLine]) -> tuple[float, int] | None:
    """Return where two columns beginning with the first line part, and how many lines they have.

    None where the lines are not two columns of text.
    """
    best: tuple[float, int] | None = None
    most = LEAST_LINES - 1
    for middle in _gaps(lines[:LOOKED_AT]):
        count = _reach(lines, middle)
        if count > most and _are_columns(lines[:count], middle):
            best, most = (middle, count), count
    return best


def _gaps(lines: Sequence[TextLine]) -> Iterator[float]:
    """Yield the middles of the free spaces in lines that are as wide as between columns."""
    for line in lines:
        for before, after in pairwise(line.pieces(GUTTER)):
            yield (before.x1 + after.x0) / 2


def _reach(lines: Sequence[TextLine], middle: float) -> int:
    """Return how many lines from the first leave the space around a place from the left free."""
    for count, line in enumerate(lines):
        if any(piece.x0 < middle < piece.x1 for piece in line.pieces(GUTTER)):
            return count
    return len(lines)


def _are_columns(lines: Sequence[TextLine], middle: float) -> bool:
    """Tell whether both sides are running text: full lines, and not a few."""
    for side in (0, 1):
        pieces = [
            Piece(half.glyphs) for line in lines if (half := _halves(line, middle)[side]).glyphs
        ]
        if len(pieces) < LEAST_LINES or median(len(p.glyphs) for p in pieces) < LEAST_LETTERS:
            return False
        width = max(piece.x1 for piece in pieces) - min(piece.x0 for piece in pieces)
        if median(piece.x1 - piece.x0 for piece in pieces) < LEAST_FILLED * width:
            return False
    return True


def _halves(line: TextLine, middle: float) -> tuple[TextLine, TextLine]:
    left = tuple(glyph for glyph in line.glyphs if glyph.x < middle)
    return TextLine(left), TextLine(tuple(glyph for glyph in line.glyphs if glyph.x >= middle))


def _written(lines: Sequence[TextLine]) -> list[str]:
    """Return lines as text: set in where they were, a blank line where space parts them."""
    edge = min(glyph.x0 for line in lines for glyph in line.glyphs)
    steps = [after.top - before.top for before, after in pairwise(lines)]
    usual = median(steps) if steps else 0.0
    written: list[str] = []
    for place, line in enumerate(lines):
        if place and steps[place - 1] > PARTED * usual:
            written.append("")
        whole = line.whole
        height = max(glyph.height for glyph in line.glyphs)
        is_set_in = SET_IN * height < whole.x0 - edge < 3 * SET_IN * height
        written.append((_INDENT if is_set_in else "") + _cells(line.pieces(CELL_GAP)))
    return written


def _cells(pieces: Iterable[Piece]) -> str:
    """Return the pieces of a line: cells of a row, or letters of a title that were set apart."""
    texts = [piece.text for piece in pieces]
    is_row = len(texts) > 2 and any(len(text) > 1 for text in texts)
    return ("\t" if is_row else "  ").join(texts)
