"""From glyphs to lines of text, and from the wrapped lines of a cell back to its words."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from luoshi.rules.sheets.paper.page import Glyph

SAME_LINE = 0.5  # of a glyph's height: how far its middle may lie from that of its line
WORD_GAP = 0.25  # of a glyph's height: what parts two Latin words
PIECE_GAP = 0.45  # of a glyph's height: what parts two cells where no line is ruled
PADDING = 11.0  # points that a cell leaves free beside its text, both sides together
ROOM = 3  # letters: a line that leaves more room than this was ended, not wrapped


@dataclass(frozen=True, slots=True)
class Piece:
    """Glyphs of one line without a gap as wide as between cells."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        """Return the letters; a blank only where it parts Latin words."""
        letters = ""
        for before, glyph in zip((None, *self.glyphs), self.glyphs, strict=False):
            gap = glyph.x0 - before.x1 if before else 0.0
            latin = letters[-1:].isascii() and glyph.text.isascii()
            letters += (" " if latin and gap > WORD_GAP * glyph.height else "") + glyph.text
        return letters

    @property
    def x0(self) -> float:
        """Return the left edge."""
        return min(glyph.x0 for glyph in self.glyphs)

    @property
    def x1(self) -> float:
        """Return the right edge."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def x(self) -> float:
        """Return the middle."""
        return (self.x0 + self.x1) / 2


@dataclass(frozen=True, slots=True)
class TextLine:
    """One line of a page or cell, its glyphs from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def top(self) -> float:
        """Return the upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def bottom(self) -> float:
        """Return the lower edge."""
        return max(glyph.bottom for glyph in self.glyphs)

    @property
    def whole(self) -> Piece:
        """Return the line as one piece."""
        return Piece(self.glyphs)

    def pieces(self, gap: float = PIECE_GAP) -> tuple[Piece, ...]:
        """Return the line cut at every gap this wide, in heights of a glyph."""
        found: list[list[Glyph]] = []
        for glyph in self.glyphs:
            wide = found and glyph.x0 - found[-1][-1].x1 > gap * glyph.height
            if wide or not found:
                found.append([])
            found[-1].append(glyph)
        return tuple(Piece(tuple(glyphs)) for glyphs in found)


def lines_of(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return the lines that glyphs stand in, from the top down."""
    rows: list[list[Glyph]] = []
    middle = 0.0
    for glyph in sorted(glyphs, key=lambda each: (each.y, each.x0)):
        if not rows or abs(glyph.y - middle) > SAME_LINE * glyph.height:
            rows.append([])
        rows[-1].append(glyph)
        middle = sum(each.y for each in rows[-1][-8:]) / len(rows[-1][-8:])
    return [TextLine(tuple(sorted(row, key=lambda each: each.x0))) for row in rows]


def cell_text(glyphs: Sequence[Glyph], *, width: float) -> str:
    """Return the words of a cell ``width`` points wide, lines that were only wrapped joined.

    A line was wrapped where the next letters would not have fitted; one that ends with room to
    spare ended on purpose and keeps its line end.
    """
    text = ""
    room = 0.0  # what the line before left free
    for line in lines_of(glyphs):
        piece = line.whole
        words = piece.text
        if text:
            text += _joint(text, words, wrapped=room < ROOM * _letter(line))
        text += words
        room = width - PADDING - (piece.x1 - piece.x0)
    return text


def _letter(line: TextLine) -> float:
    return max(glyph.height for glyph in line.glyphs)


def _joint(before: str, after: str, *, wrapped: bool) -> str:
    if not wrapped:
        return "\n"
    latin = before[-1].isascii() and before[-1].isalpha() and after[0].isascii()
    return " " if latin and after[0].isalpha() else ""
