"""The blocks of a web page: paragraphs, headings and rows, each with how much of it is links."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from html.parser import HTMLParser

from luoshi.base.papers import limits
from luoshi.base.papers.paper import MERGED, MOST_COLUMNS, joined
from luoshi.base.papers.refusals import PaperTooDeep

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "html",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_LEFT_OUT = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "header",
        "footer",
        "aside",
        "form",
        "button",
        "select",
        "option",
        "textarea",
        "template",
        "svg",
        "iframe",
        "object",
        "video",
        "audio",
        "canvas",
        "head",
    ]
)
_VOID = frozenset(
    [
        "area",
        "base",
        "br",
        "col",
        "embed",
        "hr",
        "img",
        "input",
        "link",
        "meta",
        "source",
        "track",
        "wbr",
    ]
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_CELLS = frozenset(("td", "th"))
_UNSEEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_LONGEST_CELL = 60  # letters of an ordinary cell: what is longer stands there to be placed, …
_LONGEST_TASK = 500  # … but for one or two cells of a row of several, that tell a task
_FEWEST = 3  # cells of a row that tells a task


@dataclass(slots=True)
class Block:
    """A stretch of text that stands apart; ``level`` that of a heading, else 0."""

    text: str
    linked: int = 0
    level: int = 0

    @property
    def letters(self) -> int:
        """Return how many letters it has."""
        return len(self.text)

    @property
    def written(self) -> str:
        """Return the text, a heading with its mark."""
        return f"{'#' * self.level} {self.text}" if self.level else self.text


class Blocks(HTMLParser):
    """Reads a page into blocks; programs, menus, forms and what is not shown are left out."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title = ""
        self.scripts = 0
        self._name = name
        self._open: list[tuple[str, bool]] = []  # elements and whether they are left out
        self._left_out = 0
        self._words: list[str] = []
        self._linked = 0
        self._row: list[list[Block]] | None = None  # the cells of the open row
        self._cell = 0  # the open one
        self._merged: dict[int, int] = {}  # rows that cells of a row above go on for, by column

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element. Raises PaperTooDeep."""
        self.scripts += tag == "script"
        if tag == "br" and not self._left_out:
            self._end_block()
        if tag in _VOID:
            return
        if tag in _BLOCKS and not self._left_out:
            self._end_block()
        is_left_out = tag in _LEFT_OUT or _is_unseen(attrs)
        self._open.append((tag, is_left_out))
        if len(self._open) > limits.MOST_DEPTH:
            raise PaperTooDeep(name=self._name, most=limits.MOST_DEPTH)
        self._left_out += is_left_out
        if not self._left_out:
            self._in_table(tag, dict(attrs))

    def _in_table(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "table":
            self._merged = {}
        elif tag == "tr":
            self._end_row()
            self._row = []
        elif tag in _CELLS and self._row is not None:
            self._go_on(self._row)
            rows, columns = (_count(attributes.get(name)) for name in ("rowspan", "colspan"))
            self._cell = len(self._row)
            self._row.extend([] for _ in range(columns))
            self._merged |= {at: rows - 1 for at in range(self._cell, len(self._row)) if rows > 1}

    def _go_on(self, row: list[list[Block]]) -> None:
        """Put a sign into the next cells of a row that are merged with those above them."""
        while left := self._merged.get(len(row), 0):
            self._merged[len(row)] = left - 1
            row.append([Block(MERGED)])

    def handle_endtag(self, tag: str) -> None:
        """End an element, and those in it that were not ended."""
        if not any(tag == name for name, _ in self._open):
            return
        if tag in _BLOCKS and not self._left_out:
            self._end_block()
        name = ""
        while name != tag:
            name, was_left_out = self._open.pop()
            self._left_out -= was_left_out
        if tag == "tr" and not self._left_out:
            self._end_row()

    def handle_data(self, data: str) -> None:
        """Take words."""
        if self._open and self._open[-1][0] == "title":
            self.title += data
        elif not self._left_out:
            words = _BLANKS.sub(" ", data)
            self._words.append(words)
            if any(name == "a" for name, _ in self._open):
                self._linked += len(words)

    def close(self) -> None:
        """End the page."""
        super().close()
        self._end_block()
        self._end_row()

    def _end_block(self) -> None:
        text = "".join(self._words).rstrip(" \u00a0").lstrip(" \u00a0")
        linked, self._words, self._linked = self._linked, [], 0
        if not text.strip():
            return
        level = next((_HEADINGS[name] for name, _ in self._open if name in _HEADINGS), 0)
        block = Block(text.strip() if level else text, min(linked, len(text)), level)
        if self._row and any(name in _CELLS for name, _ in self._open):
            self._row[self._cell].append(block)
        else:
            self.blocks.append(block)

    def _end_row(self) -> None:
        """Add the cells of a row as one block, or as several where they are text."""
        row, self._row = self._row or [], None
        if row:
            self._go_on(row)
        if _is_row([sum(block.letters for block in cell) for cell in row]):
            text = "\t".join(joined([block.text.strip() for block in cell]) for cell in row)
            linked = sum(block.linked for cell in row for block in cell)
            self.blocks.append(Block(text.rstrip("\t"), linked))
        else:
            self.blocks.extend(block for cell in row for block in cell if block.text != MERGED)


def _is_row(letters: Sequence[int]) -> bool:
    """Tell whether cells of so many letters are a row of a table, not text that is only placed."""
    filled = [count for count in letters if count]
    if len(filled) < 2:
        return False
    long = sum(count > _LONGEST_CELL for count in filled)
    return not long or (
        len(filled) >= _FEWEST and 2 * long < len(filled) and max(filled) <= _LONGEST_TASK
    )


def _count(value: str | None) -> int:
    """Return how many rows or columns a cell takes."""
    return max(1, min(int(value), MOST_COLUMNS)) if value and value.isdecimal() else 1


def _is_unseen(attributes: list[tuple[str, str | None]]) -> bool:
    return any(
        name == "hidden" or (name == "style" and _UNSEEN.search(value or ""))
        for name, value in attributes
    )
