"""PDF lists: glyphs and ruled lines of each page, read by PDFium; see ``rules.sheets.paper``.

Runs in the reading process (``child``), like every reader of a stranger's file.
"""

import ctypes
from collections.abc import Iterator
from math import pi
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from luoshi.base.grids.refusals import SheetDamaged, SheetHasPassword, SheetTooCostly
from luoshi.rules.sheets.grid import Grid
from luoshi.rules.sheets.paper.lists import grids_of
from luoshi.rules.sheets.paper.page import Glyph, Page, Ruling

MOST_PAGES = 400  # the longest list seen has 60
MOST_GLYPHS = 600_000  # of a file: 1,500 for each page, a page of small print
MOST_RULINGS = 20_000  # of a page: a drawing has more, a table of 60 rows and 30 columns 4,000
MOST_DEPTH = 4  # forms in forms
WHOLE_PAGE = 0.9  # of width and height: a background, no cell
LONGEST_TITLE = 100  # letters that the file says of itself
_PASSWORD = "password"  # noqa: S105  what PDFium says of a locked file
_QUARTER = pi / 2

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in points, growing up; turned: left, top, right, bottom."""


def grids(path: Path, name: str) -> Iterator[Grid]:
    """Yield the tables of a PDF file; ``name`` is for people.

    Raises SheetHasPassword, SheetDamaged, SheetTooCostly; PdfWithoutText, PdfTextBroken,
    PdfWithoutTable.
    """
    try:
        document = pdfium.PdfDocument(path)
        pages = pages_of(document, name)
        title = document.get_metadata_dict().get("Title", "").strip()
    except pdfium.PdfiumError as cause:
        locked = _PASSWORD in str(cause).lower()
        raise (SheetHasPassword if locked else SheetDamaged)(name=name) from cause
    document.close()
    yield from grids_of(pages, name=title[:LONGEST_TITLE] or Path(name).stem)


def pages_of(document: Any, name: str) -> list[Page]:
    """Return the pages of a PDF file. Raises SheetTooCostly; PdfiumError."""
    if len(document) > MOST_PAGES:
        raise SheetTooCostly(name=name)
    pages: list[Page] = []
    left = MOST_GLYPHS
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        left -= text.count_chars()
        if left < 0:
            raise SheetTooCostly(name=name)
        turn, glyphs, unmapped = _glyphs(text)
        shapes = _Shapes(page, turn)
        pages.append(
            Page(number + 1, tuple(glyphs), tuple(shapes.rulings), unmapped, shapes.has_pictures)
        )
    return pages


def _turned(box: Box, turn: int) -> Box:
    """Return a box as read upright: left, top, right, bottom, growing down.

    ``turn`` counts the quarters by which the text stands turned against the sheet.
    """
    x0, y0, x1, y1 = box
    for _ in range(turn):
        x0, y0, x1, y1 = y0, -x1, y1, -x0
    return x0, -y1, x1, -y0


def _glyphs(text: Any) -> tuple[int, list[Glyph], int]:
    """Return by how many quarters the text is turned, its glyphs, and how many have no letter."""
    found: list[tuple[str, Box]] = []
    turns = [0, 0, 0, 0]
    unmapped = 0
    box = raw.FS_RECTF()
    for index in range(text.count_chars()):
        letter = chr(raw.FPDFText_GetUnicode(text.raw, index))
        if raw.FPDFText_IsGenerated(text.raw, index) or letter.isspace():
            continue
        unmapped += raw.FPDFText_HasUnicodeMapError(text.raw, index) == 1
        raw.FPDFText_GetLooseCharBox(text.raw, index, box)
        clockwise = raw.FPDFText_GetCharAngle(text.raw, index)
        turns[-round(clockwise / _QUARTER) % 4] += 1
        found.append((letter, (box.left, box.bottom, box.right, box.top)))
    turn = turns.index(max(turns))
    glyphs = [Glyph(letter, *_turned(edges, turn)) for letter, edges in found]
    return turn, glyphs, unmapped


class _Shapes:
    """The straight lines of a page, in the same directions as its text, and whether it shows
    pictures."""

    def __init__(self, page: Any, turn: int) -> None:
        self._turn = turn
        self._size = (page.get_width(), page.get_height())
        self.rulings: list[Ruling] = []
        self.has_pictures = False
        for shape in page.get_objects(max_depth=MOST_DEPTH):
            if shape.type == raw.FPDF_PAGEOBJ_IMAGE:
                self.has_pictures = True
            elif shape.type == raw.FPDF_PAGEOBJ_PATH and len(self.rulings) < MOST_RULINGS:
                self._take(shape)

    def _take(self, shape: Any) -> None:
        """Add the straight sides of a path, unless it is the page's background."""
        matrix = self._matrix(shape)
        sides = list(_sides(shape.raw))
        points = [matrix.on_point(*point) for side in sides for point in side]
        if not points or self._is_background(points):
            return
        for start, end in zip(points[::2], points[1::2], strict=True):
            left, right = sorted((start[0], end[0]))
            low, high = sorted((start[1], end[1]))
            self.rulings.append(Ruling(*_turned((left, low, right, high), self._turn)))

    @staticmethod
    def _matrix(shape: Any) -> Any:
        """Return how a path is placed on the page, through the forms it lies in."""
        matrix = shape.get_matrix()
        container = getattr(shape, "container", None)
        while container is not None:
            matrix = matrix.multiply(container.get_matrix())
            container = getattr(container, "container", None)
        return matrix

    def _is_background(self, points: list[tuple[float, float]]) -> bool:
        spans = (max(values) - min(values) for values in zip(*points, strict=True))
        return all(span > WHOLE_PAGE * size for span, size in zip(spans, self._size, strict=True))


def _sides(path: Any) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight sides of a path, each by its two ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for index in range(min(raw.FPDFPath_CountSegments(path), MOST_RULINGS)):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        point = (x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, point
        last = point
        if raw.FPDFPathSegment_GetClose(segment):
            yield last, start
