"""A report as pdf: its text layer, lines in the order they are read, page numbers left out."""

from collections.abc import Sequence
from pathlib import Path

import pypdfium2 as pdfium

from luoshi.base.grids.pdf import pages_of
from luoshi.base.papers.health import is_written
from luoshi.base.papers.layout import text_of
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.refusals import (
    PaperDamaged,
    PaperHasPassword,
    PaperScanned,
    PaperTextBroken,
)
from luoshi.rules.sheets.paper.health import MOST_UNREADABLE, PdfTextBroken, check_text
from luoshi.rules.sheets.paper.page import Page

_PASSWORD = "password"  # noqa: S105  what PDFium says of a locked file
_MOST_SCANNED = 0.25  # of the pages: a report may have a cover and pages of pictures
_MOST_BROKEN = 0.1  # of the pages
_SHOWN = 10  # page numbers in a refusal


def paper(path: Path, name: str) -> Paper:
    """Return the text of a pdf file.

    Raises PaperScanned, PaperTextBroken, PaperHasPassword, PaperDamaged, PdfTextBroken,
    SheetTooCostly.
    """
    try:
        document = pdfium.PdfDocument(path)
        pages = pages_of(document, name)
    except pdfium.PdfiumError as cause:
        locked = _PASSWORD in str(cause).lower()
        raise (PaperHasPassword if locked else PaperDamaged)(name=name) from cause
    document.close()
    scanned = tuple(page.number for page in pages if not page.glyphs and page.has_pictures)
    written = [page for page in pages if page.glyphs]
    if not written or len(scanned) > _MOST_SCANNED * len(pages):
        shown = ", ".join(map(str, scanned[:_SHOWN]))
        raise PaperScanned(name=name, pages=shown, count=len(pages))
    _check_letters(written, name)
    text = text_of(written)
    if not is_written(text):
        raise PaperTextBroken(name=name, unreadable=100, chinese=0)
    return Paper(text, PaperKind.PDF, len(pages), scanned)


def _check_letters(pages: Sequence[Page], name: str) -> None:
    """Judge the letters of all pages and of each. Raises PdfTextBroken, PaperTextBroken."""
    check_text(pages)
    broken = [share for page in pages if (share := _unreadable(page)) > MOST_UNREADABLE * 100]
    if len(broken) > _MOST_BROKEN * len(pages):
        raise PaperTextBroken(name=name, unreadable=max(broken), chinese=100)


def _unreadable(page: Page) -> int:
    """Return how many of a page's letters do not say what is printed; per cent."""
    try:
        check_text([page])
    except PdfTextBroken as refusal:
        return int(str(refusal.facts["unreadable"]))
    return 0
