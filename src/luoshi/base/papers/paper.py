"""A report as read from its file."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class PaperKind(StrEnum):
    """What a file is, told by its content."""

    TXT = "txt"
    DOCX = "docx"
    PDF = "pdf"
    HTML = "html"


@dataclass(frozen=True, slots=True)
class Paper:
    """The text of a report: the original that every offset counts in, in code points.

    Of a text file it is the whole file, without the mark of its encoding. Headings of docx and
    html begin with ``#`` for each level; cells of tables are parted by tabulators. ``pages``
    counts those of a pdf, 0 for other kinds; ``scanned`` are the numbers of those that are
    pictures, whose words are not in the text.
    """

    text: str
    kind: PaperKind
    pages: int = 0
    scanned: tuple[int, ...] = ()


MERGED = "〃"  # in a cell that is merged with the one above it, as offices write it
MOST_COLUMNS = 100  # that a cell or a gap of a row can take
LONG = 8  # letters from which a line of a cell says something by itself
_ENDS = "。；，、：！？;,:"


def joined(lines: Iterable[str]) -> str:
    """Return the lines of a cell as one: parted by ；where one says something by itself."""
    whole = ""
    for line in filter(None, lines):
        is_parted = len(whole) >= LONG and whole[-1] not in _ENDS
        whole = f"{whole}{'；' if is_parted else ' ' if whole else ''}{line}"
    return whole
