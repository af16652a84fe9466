"""A report as plain text: UTF-8, GB 18030 or UTF-16, told by its content."""

import re

from luoshi.base.grids.text import decoded_as_found
from luoshi.base.papers.health import check_words
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.refusals import NotAPaper, PaperEmpty

_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]+")
_MOST_CONTROL = 0.01  # of the characters: more is no text


def paper(content: bytes, name: str) -> Paper:
    """Return the text of a file. Raises NotAPaper, SheetTextGarbled, PaperEmpty."""
    text = decoded_as_found(content, name)
    if not text.strip("\ufeff \t\r\n\u3000"):
        raise PaperEmpty(name=name)
    sample = text[:100_000]
    if sum(map(len, _CONTROL.findall(sample))) > _MOST_CONTROL * len(sample):
        raise NotAPaper(name=name, what="other")
    check_words(text, name)
    return Paper(text, PaperKind.TXT)
