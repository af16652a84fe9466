"""The mended text as it grows, with the place that each sign of it came from."""

import re
from array import array
from collections.abc import Iterable, Iterator

from luoshi.rules.reports.mending.kinds import UNTOLD
from luoshi.rules.reports.mending.mended import Kind, Mended, Paragraph

Stretch = tuple[int, int]

_SUSPECT = re.compile(r"[ \t\n\u200b*^\[〔?¹²³⁰⁴-⁹]")
"""How all that is unwanted begins: one set of signs is searched many times faster."""
_MARKS = r"""
    | \u200b+ | \*\*
    | \^?\s*[\[〔]\s*\d(?:\s*\d){0,2}\s*[\]〕]  # the mark of a footnote
    | (?<=[\u4e00-\u9fff”’》）])[¹²³⁰⁴-⁹]+
"""
_SPACED = r"""
      (?<=\d)(?<!\d\d)[ ](?=\d(?:[ ]\d){0,11}(?:[ ]?\.[ ]?\d(?:[ ]\d){0,11})?
        [ ]?[\u4e00-\u9fff%])  # digits set apart: 2 0 2 4年, 1 2 月
    | (?<=\d[ ]\.)[ ](?=\d) | (?<=\d)[ ](?=\.[ ]\d)
"""
_IN_SENTENCES = re.compile(
    rf"""
      (?<![!-~\s])\s++ | (?<!\s)\s++(?![!-~])  # blanks that part no Latin words
    | (?<![A-Za-z\s])[^\S\n]*+\n\s*+ | [^\S\n]*+\n\s*+(?![A-Za-z])  # a torn line
    | (?<=[0-9])\s++(?=%|\.[0-9]) | {_SPACED}
    | (?<=[!-~]\s)\s++
    | (?<=[\u4e00-\u9fff])\?{{2,}}(?=\s*[\u4e00-\u9fff])  # wide blanks that a wrong encoding lost
    {_MARKS}
    """,
    re.VERBOSE,
)
_IN_ROWS = re.compile(
    rf"(?<![!-~\ ])\ ++ | (?<!\ )\ ++(?![!-~]) | (?<=[!-~]\ )\ ++ | {_SPACED} {_MARKS}", re.VERBOSE
)
_PLAIN = str.maketrans("\n\t", "  ")
_IN_TITLES = re.compile(
    rf"""
      (?<=(?<!\S)[\u4e00-\u9fff])\s++(?=[\u4e00-\u9fff](?!\S))  # letters set apart: 报 告
    | (?<=\s)\s++ | {_SPACED} | (?<=\d)[ ](?=[年月日]) | (?<=[年月])[ ](?=\d)
    | (?<=[\u4e00-\u9fff])\?{{2,}}(?=\s*[\u4e00-\u9fff])
    {_MARKS}
    """,
    re.VERBOSE,
)
_RUN_IN = re.compile(
    r"""
    (?: (?P<first>[一二三四五六七八九十]{1,3}、)
      | (?P<second>[(（][一二三四五六七八九十]{1,3}[)）])
      | (?P<third>\d{1,2}(?:、|\.(?!\d))|[(（]\d{1,2}[)）]|[一二三四五六七八九十]{1,3}是
        |第[一二三四五六七八九十]，) )
    [^。；：\n]{2,40}。(?=.)
    """,
    re.VERBOSE,
)
_PLACES = array("I", range(1 << 15))  # of most reports: copied many times faster than counted
_OF_NOTES = "[〔^"
_LEVELS = {"first": 1, "second": 2, "third": 3}
_DEEPEST = 4  # the level of headings without number where others have one


class Writer:
    """Takes paragraph after paragraph as stretches of the levelled text."""

    def __init__(self, original: str) -> None:
        self._original = original
        self._texts: list[str] = []
        self._origin = array("I")
        self._size = 0
        self._headings: list[Paragraph] = []
        self._paragraphs: list[Paragraph] = []

    def add(
        self,
        text: str,
        stretches: Iterable[Stretch],
        kind: Kind,
        *,
        level: int = 0,
        row: bool = False,
        wrapped: bool = False,
    ) -> None:
        """Add a paragraph; one of which nothing is left is left out. A row keeps its tabulators.

        A byline that is ``wrapped`` is one sentence, others name one thing beside the other.
        """
        whole = kind is Kind.BODY or (kind is Kind.BYLINE and wrapped)
        unwanted = (_IN_ROWS if row else _IN_SENTENCES) if whole else _IN_TITLES
        kept = [piece for each in stretches for piece in _kept(text, each, unwanted)]
        words = "".join([text[start:end] for start, end in kept])
        words = words if row or words.isprintable() else words.translate(_PLAIN)
        if not words:
            return
        if self._paragraphs:
            self._texts.append("\n")
            self._origin.append(min(self._origin[-1] + 1, len(self._original) - 1))
            self._size += 1
        for start, end in kept:
            is_near = end <= len(_PLACES)
            self._origin += _PLACES[start:end] if is_near else array("I", range(start, end))
        self._texts.append(words)
        self._note(words, self._size, kind, level)
        self._size += len(words)

    def finished(self) -> Mended:
        """Return what was written."""
        return Mended(
            "".join(self._texts),
            self._original,
            self._origin,
            tuple(self._settled(self._headings)),
            tuple(self._settled(self._paragraphs)),
        )

    def _note(self, words: str, start: int, kind: Kind, level: int) -> None:
        paragraph = Paragraph(start, start + len(words), kind, level)
        self._paragraphs.append(paragraph)
        if kind is Kind.HEADING:
            self._headings.append(paragraph)
        elif kind is Kind.BODY and (match := _RUN_IN.match(words)):
            head = Paragraph(
                start, start + match.end(), Kind.HEADING, _LEVELS[match.lastgroup or "third"]
            )
            self._headings.append(head)

    def _settled(self, paragraphs: Iterable[Paragraph]) -> Iterator[Paragraph]:
        """Yield paragraphs, headings without number on the level that is left for them."""
        level = _DEEPEST if any(heading.level == 1 for heading in self._headings) else 1
        for each in paragraphs:
            untold = each.level == UNTOLD
            yield Paragraph(each.start, each.end, each.kind, level) if untold else each


def _kept(text: str, stretch: Stretch, unwanted: re.Pattern[str]) -> Iterator[Stretch]:
    """Yield what is left of a stretch without the signs that nobody means.

    A mark that a stretch begins with is that of a footnote's own text, and stays.
    """
    kept, end = stretch
    place = kept + (kept < end and text[kept] in _OF_NOTES)
    while suspect := _SUSPECT.search(text, place, end):
        place = suspect.end()
        if match := unwanted.match(text, suspect.start(), end):
            if kept < match.start():
                yield kept, match.start()
            kept = place = match.end()
    if kept < end:
        yield kept, end
