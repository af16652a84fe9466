"""What mending gives: clean paragraphs, and where every character of them came from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a paragraph is for."""

    BODY = "body"
    HEADING = "heading"
    CAPTION = "caption"
    BYLINE = "byline"  # who spoke, wrote or photographed, where and when; sources and dates
    MENU = "menu"  # what only the page of a web site needs
    PAGE = "page"  # page numbers and running heads


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A stretch of the mended text, ``text[start:end]``.

    ``level`` counts headings down from the title, which is 0; it is 0 for all other kinds.
    """

    start: int
    end: int
    kind: Kind
    level: int = 0


@dataclass(frozen=True, slots=True)
class Mended:
    """A report with its damage mended.

    ``text`` has its paragraphs divided by line ends and none inside them. ``origin[i]`` is the
    offset in ``original``, in code points, of ``text[i]``: the same sign up to its width, or a
    blank or line end for a blank. ``headings`` are the paragraphs of that kind and the first
    sentences of numbered paragraphs, which head what follows in them.
    """

    text: str
    original: str
    origin: Sequence[int]
    headings: tuple[Paragraph, ...]
    paragraphs: tuple[Paragraph, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where ``text[start:end]`` stands in the original, torn line ends included."""
        if start >= end:
            place = self.origin[start] if start < len(self.origin) else len(self.original)
            return place, place
        first, last = self.origin[start], self.origin[end - 1] + 1
        if last - first == end - start:
            return first, last  # nothing was left out here
        places = self.origin[start:end]
        return min(places), max(places) + 1
