"""A sheet as text (csv): its encoding, separator and cells."""

import codecs
import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from luoshi.base.grids import limits
from luoshi.base.grids.draft import Budget, Draft
from luoshi.base.grids.refusals import (
    NotASheet,
    SheetFileEmpty,
    SheetLineEndless,
    SheetTextGarbled,
)
from luoshi.rules.sheets.grid import Grid

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SEPARATORS = ",;\t"
_DIRECTIVE = re.compile(r"sep=([,;\t])\n", re.IGNORECASE)  # a first line that only programs read
_LOOKED_AT = 100  # rows that tell the separator
_ENOUGH = 200_000  # characters that tell whether text was garbled
_LEAST = 8  # characters beyond ASCII below which a chance hit means nothing
_MOST_RARE = 0.3  # share outside GB 2312 of text in GB 18030: rare names; Big5 read wrongly: 0.4
_LEAST_MENDED = 0.2  # share that turns Chinese when read rightly: a third to two thirds if garbled
_LOST = re.compile("\ufffd|锟斤拷")  # a lost character, and what it becomes when read wrongly again
_BEYOND = re.compile("[^\x00-\x7f]+")
_CHINESE = re.compile("[\u4e00-\u9fff]+")
# How our own exports keep text from being run as a formula; see ``writing.safe_cell``.
_KEPT_TEXT = re.compile(r"'(?=[\t\n]|\s*[=+\-@＝＋－＠])")


def grids(path: Path, name: str) -> Iterator[Grid]:
    """Yield the one sheet of a text file, named as the file without its ending.

    Raises NotASheet, SheetFileEmpty, SheetTextGarbled, SheetLineEndless, and what a draft does.
    """
    text = decoded(path.read_bytes(), name)
    check_lines(text, name)
    if not text or text.isspace():
        raise SheetFileEmpty(name=name)
    directive = _DIRECTIVE.match(text)
    separator = directive[1] if directive else separator_of(text)
    draft = Draft(Path(name).stem, Budget(name))
    stream = io.StringIO(text[directive.end() :] if directive else text)
    rows = csv.reader(stream, delimiter=separator)
    try:
        for number, row in enumerate(rows):
            for column, cell in enumerate(row):
                draft.put(number, column, cell[1:] if _KEPT_TEXT.match(cell) else cell)
    except csv.Error as cause:  # a quote that is never closed swallows the rest
        line = rows.line_num
        raise SheetLineEndless(name=name, line=line, most=limits.MOST_CELL_TEXT) from cause
    yield draft.finished()


def decoded(content: bytes, name: str) -> str:
    """Return a file's text with plain line ends. Raises NotASheet, SheetTextGarbled."""
    return decoded_as_found(content, name).replace("\r\n", "\n").replace("\r", "\n")


def decoded_as_found(content: bytes, name: str) -> str:
    """Return a file's text, its line ends as they are. Raises NotASheet, SheetTextGarbled."""
    marked = next((encoding for mark, encoding in _MARKS if content.startswith(mark)), None)
    if marked is None and b"\x00" in content:
        raise NotASheet(name=name, what="other")
    encodings = (marked,) if marked else ("utf-8", "gb18030")
    text, encoding = _first_that_fits(content, encodings, name)
    if "\x00" in text:
        raise NotASheet(name=name, what="other")
    if line := garbled_line(text, encoding):
        raise SheetTextGarbled(name=name, line=line)
    return text


def _first_that_fits(content: bytes, encodings: tuple[str, ...], name: str) -> tuple[str, str]:
    broken_at = []
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as cause:
            broken_at.append(cause.start)
    raise SheetTextGarbled(name=name, line=content.count(b"\n", 0, max(broken_at)) + 1)


def garbled_line(text: str, encoding: str) -> int:
    """Return the line where text shows that it was read in a wrong encoding; 0 if it does not."""
    if lost := _LOST.search(text):
        return text.count("\n", 0, lost.start()) + 1
    sample = text[:_ENOUGH]
    strange = "".join(_BEYOND.findall(sample))
    first = _BEYOND.search(sample)
    if first is None or len(strange) < _LEAST:
        return 0
    if (encoding == "gb18030" and _is_rare(strange)) or _was_utf8(strange):
        return sample.count("\n", 0, first.start()) + 1
    return 0


def _is_rare(strange: str) -> bool:
    """Tell whether characters are mostly outside GB 2312, as Big5 or Shift-JIS read wrongly is."""
    rare = sum(count for sign, count in Counter(strange).items() if not _is_gb2312(sign))
    return rare / len(strange) > _MOST_RARE


def _is_gb2312(sign: str) -> bool:
    """Tell by the two bytes: Python's own codec lacks a few signs, such as the long dash."""
    lead, trail, *more = sign.encode("gb18030")
    return not more and 0xA1 <= lead <= 0xF7 and trail >= 0xA1


def _was_utf8(strange: str) -> bool:
    """Tell whether characters are Chinese in UTF-8 that was read as GB 18030 or Latin before."""
    for encoding in ("gb18030", "cp1252", "latin-1"):
        again = strange.encode(encoding, "ignore").decode("utf-8", "ignore")
        if sum(map(len, _CHINESE.findall(again))) > _LEAST_MENDED * len(strange):
            return True
    return False


def check_lines(text: str, name: str) -> None:
    """Judge the lengths of lines. Raises SheetLineEndless."""
    start, line = 0, 1
    while start < len(text):
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > limits.MOST_LINE:
            raise SheetLineEndless(name=name, line=line, most=limits.MOST_LINE)
        start, line = end + 1, line + 1


def separator_of(text: str) -> str:
    """Return the separator that cuts most rows into one same number of cells."""
    return max(_SEPARATORS, key=lambda separator: _regularity(text, separator))


def _regularity(text: str, separator: str) -> int:
    """Return how many cells stand in rows of the commonest length beyond one."""
    rows = csv.reader(io.StringIO(text), delimiter=separator)
    try:
        lengths = Counter(len(row) for row in islice(rows, _LOOKED_AT) if len(row) > 1)
    except csv.Error:
        return 0
    return max((length * count for length, count in lengths.items()), default=0)
