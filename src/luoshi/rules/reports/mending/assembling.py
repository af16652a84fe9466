"""From the text as it was found to clean paragraphs, piece by piece, so that memory is bounded."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from luoshi.rules.reports.mending import looks
from luoshi.rules.reports.mending.joining import paragraphs
from luoshi.rules.reports.mending.kinds import Draft, tell
from luoshi.rules.reports.mending.level import DROPPED, levelled
from luoshi.rules.reports.mending.lines import Line, closed_up, lines_of
from luoshi.rules.reports.mending.mended import Kind, Mended
from luoshi.rules.reports.mending.writing import Stretch, Writer

_PIECE = 400_000  # characters mended at a time; a report has 20,000
_END = re.compile(r"[。！？]\s*\n")
_RUNNING = 80  # half-width signs: no running head is wider
_SIGNED = re.compile(
    r"(?<=[。！？”」\s])\s*(?:本报|见习|首席|特约|实习)*记者[ :：]\s*\S[^。，；]{0,70}\Z"
    r"|(?<=[。！？”」\s])\s*[(（](?:责任编辑|责编|编辑|记者)[:： ][^。，；]{1,40}[)）]\Z"
)
_BLANKS = f" \t\n{DROPPED}"
_SIGNERS = ("记者", "编辑", "责编")


def mend(original: str) -> Mended:
    """Return a report with its damage mended; every character of it keeps its place of origin.

    Wrapped columns, torn sentences and numbers are put together; blanks inside words, footnote
    marks and full-width signs are levelled; headings, captions, bylines, menus of web pages and
    page numbers become paragraphs of their own kind. Takes any text and never fails.
    """
    text = levelled(original)
    writer = Writer(original)
    for start, end in _pieces(text):
        for draft in _drafts(text, start, end):
            _write(writer, text, draft)
    return writer.finished()


def _pieces(text: str) -> Iterator[Stretch]:
    """Yield stretches that end with a paragraph, or with a line in a text without paragraphs."""
    start = 0
    while len(text) - start > _PIECE:
        match = _END.search(text, start + _PIECE, start + 2 * _PIECE)
        end = match.end() if match else text.find("\n", start + _PIECE) + 1
        end = end or len(text)
        yield start, end
        start = end
    yield start, len(text)


def _drafts(text: str, start: int, end: int) -> list[Draft]:
    """Return the paragraphs of a piece in the order of the original, each told its kind."""
    lines = lines_of(text, start, end)
    told = dict(looks.looks(text, start, end, lines))
    for place in _running_heads(text, lines, told):
        told[place] = Kind.PAGE
    flow = [line for line in lines if line.start not in told]
    drafts = [Draft(taken) for taken in paragraphs(text, closed_up(text, flow))]
    drafts += [Draft([line], told[line.start]) for line in lines if line.start in told]
    drafts.sort(key=lambda draft: draft.start)
    tell(text, drafts)
    return drafts


def _running_heads(text: str, lines: Sequence[Line], told: dict[int, Kind]) -> list[int]:
    """Return where lines begin that stand beside several page numbers."""
    pages = [place for place, line in enumerate(lines) if told.get(line.start) is Kind.PAGE]
    beside = [
        lines[place]
        for page in pages
        for place in (page - 1, page + 1)
        if 0 <= place < len(lines) and lines[place].width <= _RUNNING
    ]
    counts = Counter(text[line.start : line.end] for line in beside)
    return [line.start for line in beside if counts[text[line.start : line.end]] > 1]


def _write(writer: Writer, text: str, draft: Draft) -> None:
    """Write a paragraph, and who signed it as one of its own."""
    kind = draft.kind or Kind.BODY
    stretches = _stretches(text, draft.lines)
    start, end = stretches[-1]
    if kind is Kind.HEADING:
        start += looks.marked(text, start)[1]
    signed = _signed(text, start, end) if kind is Kind.BODY else end
    writer.add(
        text,
        [*stretches[:-1], (start, signed)],
        kind,
        level=draft.level,
        row=draft.lines[0].row,
        wrapped=len(draft.lines) > 1,
    )
    if signed < end:
        signed += len(text[signed:end]) - len(text[signed:end].lstrip())
        writer.add(text, [(signed, end)], Kind.BYLINE)


def _signed(text: str, start: int, end: int) -> int:
    """Return where the names of its writers begin at the end of a paragraph; else its end."""
    tail = max(start, end - 90)
    if not any(text.find(word, tail, end) >= 0 for word in _SIGNERS):
        return end
    match = _SIGNED.search(text, tail, end)
    return match.start() if match else end


def _stretches(text: str, lines: Sequence[Line]) -> list[Stretch]:
    """Return where the lines of a paragraph stand, those together with only blanks between."""
    found = [(lines[0].start, lines[0].end)]
    for line in lines[1:]:
        start, end = found[-1]
        if text[end : line.start].strip(_BLANKS):
            found.append((line.start, line.end))
        else:
            found[-1] = (start, line.end)
    return found
