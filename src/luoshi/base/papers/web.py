"""A report as a web page: its main text, found by how dense the words stand."""

import codecs
import re
from collections.abc import Sequence

from luoshi.base.grids.text import decoded_as_found
from luoshi.base.papers import limits
from luoshi.base.papers.blocks import Block, Blocks
from luoshi.base.papers.health import check_words
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.refusals import PaperEmpty, PaperMadeByScripts, PaperTooMuchText

_LEAST = 100  # letters of a page's main text: less is no report
_COST = 10  # letters that a block must have to speak for itself: a word of a menu has fewer
_LINKED = 2  # how much a linked letter speaks against a block, for one that speaks for it
_ABOVE = 12  # blocks between the title and the text: day, source, signs to share
_LONGEST_ABOVE = 80  # letters of each of them
_DECLARED = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{2,20})", re.IGNORECASE)
_SITE = re.compile(r"\s*(?:[-_|–—]\s*[^-_|–—]{2,30}){1,3}\s*\Z")


def paper(content: bytes, name: str) -> Paper:
    """Return the main text of a web page, its title first.

    Raises PaperMadeByScripts, PaperEmpty, PaperTooMuchText, PaperTooDeep, PaperTextGarbled;
    NotASheet, SheetTextGarbled.
    """
    source = _decoded(content, name)
    if len(source) > limits.MOST_TEXT:
        raise PaperTooMuchText(name=name, most=limits.MOST_TEXT)
    reader = Blocks(name)
    reader.feed(source)
    reader.close()
    start, end = densest(reader.blocks)
    if sum(block.letters for block in reader.blocks[start:end]) < _LEAST:
        raise (PaperMadeByScripts if reader.scripts else PaperEmpty)(name=name)
    text = "\n".join(block.written for block in _titled(reader, start, end))
    check_words(text, name)
    return Paper(text, PaperKind.HTML)


def _decoded(content: bytes, name: str) -> str:
    """Return the source, read as it says itself where that fits. Raises SheetTextGarbled."""
    declared = _DECLARED.search(content[:4096])
    if declared and not content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE)):
        encoding = declared[1].decode("ascii").lower()
        if encoding in ("big5", "big5-hkscs"):
            return content.decode("big5hkscs", "replace")
    return decoded_as_found(content, name)


def densest(blocks: Sequence[Block]) -> tuple[int, int]:
    """Return where the run of blocks begins and ends that holds most words outside links."""
    best = (0, 0)
    most = total = begun = 0
    for place, block in enumerate(blocks):
        if total <= 0:
            total, begun = 0, place
        total += block.letters - _LINKED * block.linked - _COST
        if total > most:
            most, best = total, (begun, place + 1)
    return best


def _titled(reader: Blocks, start: int, end: int) -> list[Block]:
    """Return the main blocks with the title, and with what stands between it and them."""
    above = [
        place for place in range(max(start - _ABOVE, 0), start) if reader.blocks[place].level == 1
    ]
    if above:
        between = reader.blocks[above[-1] : start]
        kept = [block for block in between if block.letters <= _LONGEST_ABOVE]
        return [*kept, *reader.blocks[start:end]]
    main = reader.blocks[start:end]
    title = _SITE.sub("", reader.title.strip())
    if not title or any(title in block.text for block in main[:_ABOVE]):
        return list(main)
    return [Block(title, level=1), *main]
