"""Whether a PDF's text can be read at all: a scan has none, a broken one says other letters."""

from collections.abc import Sequence

from luoshi.rules.refusals import Refusal
from luoshi.rules.sheets.paper.page import Page

MOST_UNREADABLE = 0.03  # of the glyphs: private use, unmapped, replaced, control
LEAST_CHINESE = 0.15  # of the letters: a list of a district is written in Chinese
_PRIVATE = ((0xE000, 0xF8FF), (0xF0000, 0x10FFFD))
_REPLACED = 0xFFFD
_FIRST_PRINTED = 0x20


class PdfWithoutText(Refusal):
    """Pages are pictures without text; facts: ``pages`` (their numbers), ``count`` of all."""

    code = "pdf_without_text"


class PdfTextBroken(Refusal):
    """The text layer does not say the letters that are printed.

    Facts: ``unreadable`` (per cent of the glyphs), ``chinese`` (per cent of the letters).
    """

    code = "pdf_text_broken"


class PdfWithoutTable(Refusal):
    """There is text, but nothing that is laid out as a list."""

    code = "pdf_without_table"


def check_text(pages: Sequence[Page]) -> None:
    """Raise PdfWithoutText or PdfTextBroken where the text cannot be trusted."""
    blank = [page.number for page in pages if not page.glyphs and page.has_pictures]
    glyphs = [glyph for page in pages for glyph in page.glyphs]
    if blank or not glyphs:
        shown = ", ".join(str(number) for number in blank[:10])
        raise PdfWithoutText(pages=shown, count=len(pages))
    codes = [ord(letter) for glyph in glyphs for letter in glyph.text]
    unmapped = sum(page.unmapped for page in pages)
    unreadable = (sum(map(_is_unreadable, codes)) + unmapped) / max(len(codes), 1)
    letters = [code for code in codes if chr(code).isalpha() or _is_private(code)]
    chinese = sum(map(_is_chinese, letters)) / max(len(letters), 1)
    if unreadable > MOST_UNREADABLE or chinese < LEAST_CHINESE:
        raise PdfTextBroken(unreadable=round(unreadable * 100), chinese=round(chinese * 100))


def _is_private(code: int) -> bool:
    return any(first <= code <= last for first, last in _PRIVATE)


def _is_unreadable(code: int) -> bool:
    return code == _REPLACED or code < _FIRST_PRINTED or _is_private(code)


def _is_chinese(code: int) -> bool:
    return 0x3400 <= code <= 0x9FFF or 0xF900 <= code <= 0xFAFF or 0x20000 <= code <= 0x3FFFF
