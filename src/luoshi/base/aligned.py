"""Text in columns of a terminal, where a Chinese character is as wide as two others."""

from collections.abc import Iterator, Sequence
from itertools import accumulate
from unicodedata import east_asian_width

GAP = "  "


def width(text: str) -> int:
    """Return how many columns of a terminal a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def padded(text: str, columns: int) -> str:
    """Return a text filled with blanks to so many columns."""
    return text + " " * (columns - width(text))


def cut(text: str, columns: int) -> str:
    """Return a text in at most so many columns, on one line; … says that it went on."""
    line = " ".join(text.split())
    if width(line) <= columns:
        return line
    ends = accumulate(width(letter) for letter in line)
    return line[: sum(1 for end in ends if end < columns)] + "…"


def aligned(rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Yield rows as lines whose columns stand under one another; the last one is not filled."""
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (padded(cell, columns) for cell, columns in zip(row, widths, strict=True))
        yield GAP.join(cells).rstrip()
