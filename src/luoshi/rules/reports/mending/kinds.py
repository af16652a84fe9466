"""What each paragraph is for: by its look, its length and what stands around it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from luoshi.rules.reports.mending import evidence, looks
from luoshi.rules.reports.mending.lines import Line
from luoshi.rules.reports.mending.mended import Kind

UNTOLD = -1
"""The level of a heading that bears no number; the whole text decides it."""

_HEADING = 45  # characters of the longest heading, …
_NUMBERED = 60  # … of one with a number, …
_SPACED = 80  # … and of one set in several parts, as newspapers do
_FOLLOWING = 4  # headings that may stand above one another
_TITLE_AMONG = 12  # paragraphs at the beginning, one of which is the title
_STOP = re.compile("[。；！？;!?]")
_PARTS = re.compile(r"[\u4e00-\u9fff”’] +[\u4e00-\u9fff“‘\d]")
_TITLE = re.compile(r".{0,40}(?:报\s*告|规划|计划|公报|纲要|要点|方案)(?:[(（].{1,12}[)）])?")
_FIGURE = re.compile(r"\d(?:\.\d+)?(?:%|[\u4e00-\u9fff])")
_BOX = 40  # characters of a box that shows one figure


@dataclass(slots=True)
class Draft:
    """A paragraph in the making: the lines it comes from, and what it was told to be."""

    lines: list[Line]
    kind: Kind | None = None
    level: int = 0

    @property
    def start(self) -> int:
        """Return where it begins."""
        return self.lines[0].start

    @property
    def end(self) -> int:
        """Return where it ends."""
        return self.lines[-1].end


def tell(text: str, drafts: Sequence[Draft]) -> None:
    """Tell every draft its kind; those of a look that is enough have it already."""
    for draft in drafts:
        if draft.kind is None:
            draft.kind, draft.level = _by_itself(text, draft)
    _tell_menus(drafts)
    _tell_captions(drafts)
    _tell_title(text, drafts[:_TITLE_AMONG])


def _by_itself(text: str, draft: Draft) -> tuple[Kind, int]:
    start, end = draft.start, draft.end
    level, _ = looks.marked(text, start)
    if level:
        return Kind.HEADING, level
    size = end - start
    if len(draft.lines) > 1 and looks.is_byline(text, start, end):
        return Kind.BYLINE, 0
    if draft.lines[0].row:
        return Kind.BODY, 0
    if size > _SPACED or evidence.ends_sentence(text, end) or evidence.ends_clause(text, end):
        return Kind.BODY, 0
    if _STOP.search(text, start, end) or looks.is_item(text, start):
        return Kind.BODY, 0
    level = looks.numbered(text, start)
    if level and size <= _NUMBERED:
        return Kind.HEADING, level
    if _is_box(text, draft):
        return Kind.BODY, 0
    spaced = _PARTS.search(text, start, end) is not None
    short = size <= _HEADING or spaced
    return (Kind.HEADING, UNTOLD) if short else (Kind.BODY, 0)


def _is_box(text: str, draft: Draft) -> bool:
    """Tell whether short lines show one figure, its subject above it."""
    if len(draft.lines) == 1 or draft.end - draft.start > _BOX:
        return False
    return _FIGURE.match(text, draft.lines[-1].start) is not None


def _tell_menus(drafts: Sequence[Draft]) -> None:
    """Tell the words of a menu that stand between others of it, and what its labels name."""
    for place in range(1, len(drafts) - 1):
        before, draft, after = drafts[place - 1 : place + 2]
        if draft.level != UNTOLD or before.kind is not Kind.MENU:
            continue
        if after.kind is Kind.MENU:
            draft.kind, draft.level = Kind.MENU, 0


def _tell_captions(drafts: Sequence[Draft]) -> None:
    """Tell headings without number that head nothing: they stand below or beside a picture."""
    heads = False  # whether there is something to head below
    headings = 0  # one above the other
    below: Draft | None = None
    for draft in reversed(drafts):
        if draft.level == UNTOLD:
            headings += 1
            if not heads or headings > _FOLLOWING or _stands_apart(draft, below):
                draft.kind, draft.level = Kind.CAPTION, 0
        elif draft.kind in (Kind.BODY, Kind.HEADING):
            heads, headings = True, 0
        below = draft


def _stands_apart(draft: Draft, below: Draft | None) -> bool:
    """Tell whether a picture's place is left free between a line and a heading below it."""
    headed = below is not None and (below.level == UNTOLD or below.kind is Kind.CAPTION)
    return headed and draft.lines[0].gap > 0 and below is not None and below.lines[0].gap > 1


def _tell_title(text: str, drafts: Sequence[Draft]) -> None:
    for draft in drafts:
        if draft.kind is Kind.HEADING and draft.level in (UNTOLD, 1):
            if _TITLE.fullmatch(text, draft.start, draft.end):
                draft.level = 0
        elif draft.kind is Kind.CAPTION and _TITLE.fullmatch(text, draft.start, draft.end):
            draft.kind = Kind.HEADING
