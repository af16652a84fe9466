"""Which lines make one paragraph: wrapped columns and torn sentences are put together again."""

from collections.abc import Iterator, Sequence

from luoshi.rules.reports.mending import evidence, looks
from luoshi.rules.reports.mending.lines import Line

NARROWEST = 18  # half-width signs: nine characters, the narrowest column of a newspaper
WIDEST = 100  # half-width signs: the widest line that a program breaks by itself
SHORT_OF = 4  # half-width signs by which a full line may be shorter: a stop must not begin a line
FULL_LINES = 2  # how many lines of one width make a column
AROUND = 5  # lines before and after that show the width where every line stands alone
INDENTED = 8  # half-width signs by which a paragraph's first line may be shorter: set in, and room
PRESSED = 16  # of its width a line may be shorter by one part, where print presses stops together
BLOCK = 3  # lines without a blank one between them that show their own width
LONGEST_HEADING = 60  # characters
BOX_LINES = 4  # of a box that shows one figure below its subject
BOX_WIDTH = 24  # half-width signs
MOST_INSERTED = 3  # captions between the halves of a sentence


def paragraphs(text: str, lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of each paragraph; captions inside a sentence come after it."""
    widths = column_widths(text, lines)
    place = 0
    while place < len(lines):
        taken = [lines[place]]
        inserted: list[Line] = []
        whole = _is_long(lines[place]) and evidence.ends_sentence(text, lines[place].end)
        whole = whole or _is_announced(text, lines, place)
        place += 1
        if boxed := _boxed(text, lines, place):
            taken += lines[place : place + boxed]
            place, whole = place + boxed, True
        while place < len(lines) and not whole:
            skipped = _joined_at(text, lines, place, taken, widths)
            if skipped < 0:
                break
            inserted.extend(lines[place : place + skipped])
            taken.append(lines[place + skipped])
            place += skipped + 1
        yield taken
        yield from ([line] for line in inserted)


def _boxed(text: str, lines: Sequence[Line], place: int) -> int:
    """Return how many lines after the one before ``place`` make with it a box of one figure."""
    first = place - 1
    if lines[first].width > BOX_WIDTH or place == len(lines) or lines[place].gap:
        return 0
    end = place + 1
    while end < min(len(lines), first + BOX_LINES + 1) and not lines[end].gap:
        end += 1
    block = lines[first:end]
    if len(block) > BOX_LINES or any(line.row or line.width > BOX_WIDTH for line in block):
        return 0
    figures = [evidence.is_figure(text, line) for line in block]
    plain = not any(evidence.has_stop(text, line) for line in block)
    return end - place if plain and figures[-1] and not any(figures[:-1]) else 0


def column_widths(text: str, lines: Sequence[Line]) -> list[int]:
    """Return how wide the column is that each line stands in; 0 where it stands in none."""
    found: list[int] = []
    begun = 0
    for place in range(1, len(lines) + 1):
        if place == len(lines) or lines[place].gap:
            size = place - begun
            found.extend(
                [_width(text, lines[begun:place])] * size
                if size >= BLOCK
                else [_width_around(text, lines, each) for each in range(begun, place)]
            )
            begun = place
    return found


def _width_around(text: str, lines: Sequence[Line], place: int) -> int:
    return _width(text, lines[max(place - AROUND, 0) : place + AROUND + 1])


def _width(text: str, lines: Sequence[Line]) -> int:
    """Return the width that several lines fill without ending a sentence; 0 if none do."""
    narrow = [line for line in lines if line.width <= WIDEST]
    widest = max((line.width for line in narrow), default=0)
    if widest < NARROWEST:
        return 0
    full = [line for line in narrow if line.width >= widest - SHORT_OF]
    broken = sum(not evidence.ends_sentence(text, line.end) for line in full)
    return widest if broken >= FULL_LINES else 0


def _is_long(line: Line) -> bool:
    return line.width > WIDEST


def _is_announced(text: str, lines: Sequence[Line], place: int) -> bool:
    """Return whether a short line by itself announces what follows: 交通大格局——."""
    line = lines[place]
    is_apart = place + 1 < len(lines) and lines[place + 1].gap > 0
    return is_apart and line.width <= BOX_WIDTH and text[line.end - 2 : line.end] == "——"


def _joined_at(
    text: str, lines: Sequence[Line], place: int, taken: Sequence[Line], widths: Sequence[int]
) -> int:
    """Return how many lines lie between a paragraph and its next line; -1 where it ends.

    ``place`` is that of the first line after those ``taken``.
    """
    after = lines[place]
    if looks.begins_anew(text, after.start) or looks.is_label(text, after.start):
        return -1
    if after.row or taken[-1].row:
        return -1
    if looks.is_whole_label(text, taken[0].start, taken[-1].end):
        return 0 if evidence.must_go_on(text, taken[-1].end, after.start) else -1
    set_in = after.indent > 1 and after.indent > _edge(lines, place)
    full = not set_in and _is_full(text, taken, after, widths[place - 1])
    if not full and _is_heading(text, taken):
        return -1
    if set_in:
        return 0 if _goes_on_set_in(text, taken, after) else -1
    if _follows(text, taken, after, full=full):
        return 0
    return _after_captions(text, lines, place, taken)


def _is_heading(text: str, taken: Sequence[Line]) -> bool:
    """Tell whether there is only a numbered heading so far."""
    start, end = taken[0].start, taken[-1].end
    short = end - start <= LONGEST_HEADING and looks.begins_anew(text, start)
    return short and not evidence.has_sentence(text, start, end)


def _edge(lines: Sequence[Line], place: int) -> int:
    """Return how far the lines around a place are set in that are set in least."""
    return min(line.indent for line in lines[max(place - AROUND, 0) : place + AROUND + 1])


def _is_full(text: str, taken: Sequence[Line], after: Line, width: int) -> bool:
    """Tell whether a line fills its column; the first of a paragraph may be set in."""
    if not width or max(taken[-1].width, after.width) > WIDEST:
        return False  # no line of a column is followed by one that has none
    room = SHORT_OF + width // PRESSED
    is_first = len(taken) == 1 and not looks.begins_anew(text, taken[0].start)
    if is_first and evidence.has_stop(text, after):
        room += INDENTED if evidence.has_stop(text, taken[0]) else INDENTED - SHORT_OF
    return taken[-1].width >= width - room


def _follows(text: str, taken: Sequence[Line], after: Line, *, full: bool) -> bool:
    """Tell whether a line goes on with a paragraph that stands directly before it."""
    last = taken[-1]
    if full and not after.gap and text[last.end - 1].isalnum():
        return True  # as most lines of a column do
    if evidence.must_go_on(text, last.end, after.start):
        return True
    ended = evidence.ends_sentence(text, last.end) or evidence.ends_clause(text, last.end)
    if looks.is_item(text, after.start) and (ended or text[after.start] not in "[〔"):
        return False
    if evidence.ends_sentence(text, last.end):
        return full and not after.gap and after.indent <= last.indent
    if evidence.ends_clause(text, last.end):
        return not after.gap and (full or len(taken) > 1)
    return _goes_on(text, taken, after, full=full)


def _goes_on(text: str, taken: Sequence[Line], after: Line, *, full: bool) -> bool:
    """Tell whether a line goes on with one that ends in the middle of a clause."""
    if len(taken) > 1 and looks.is_byline(text, taken[0].start, taken[-1].end):
        return False
    if not after.gap and (full or len(taken) > 1):
        return True
    if looks.is_byline(text, taken[0].start, after.end):
        return True
    return evidence.weight(text, taken, after) + full >= evidence.ENOUGH


def _goes_on_set_in(text: str, taken: Sequence[Line], after: Line) -> bool:
    """Tell whether a line goes on with a paragraph although it is set in as a new one is."""
    end = taken[-1].end
    if evidence.must_go_on(text, end, after.start):
        return True
    ended = evidence.ends_sentence(text, end) or evidence.ends_clause(text, end)
    return not ended and evidence.weight(text, taken, after) > evidence.ENOUGH


def _after_captions(text: str, lines: Sequence[Line], place: int, taken: Sequence[Line]) -> int:
    """Return how many captions tear a sentence in two at a place; -1 where none do."""
    if evidence.ends_sentence(text, taken[-1].end) or evidence.ends_clause(text, taken[-1].end):
        return -1
    for skipped, after in enumerate(lines[place + 1 : place + 1 + MOST_INSERTED], 1):
        if not evidence.is_caption_like(text, lines[place + skipped - 1]):
            return -1
        weight = evidence.weight(text, taken, after)
        if weight > evidence.ENOUGH and not looks.numbered(text, after.start):
            return skipped
    return -1
