"""The reading process: ``python -m luoshi.base.papers.child PATH NAME MEMORY SECONDS``.

A stranger's docx, pdf or html is opened here, with little memory and time. Writes one answer to
standard output. Knows no Django, so that it starts fast.
"""

import sys
from pathlib import Path

from luoshi.base.grids.child import bind
from luoshi.base.papers import wire
from luoshi.base.papers.kinds import kind_of
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.refusals import PaperTooCostly, of_paper
from luoshi.rules.refusals import Refusal


def paper_of(path: Path, name: str) -> Paper:
    """Return the text of a file, told by its content. Raises refusals of sheets and reports."""
    match kind_of(path, name):
        case PaperKind.DOCX:
            from luoshi.base.papers import word  # each kind pays for its own reader

            return word.paper(path, name)
        case PaperKind.PDF:
            from luoshi.base.papers import printed

            return printed.paper(path, name)
        case PaperKind.HTML:
            from luoshi.base.papers import web

            return web.paper(path.read_bytes(), name)
        case _:
            from luoshi.base.papers import plain

            return plain.paper(path.read_bytes(), name)


def answer(path: Path, name: str) -> bytes:
    """Return the packed report, or the packed refusal."""
    try:
        return wire.packed(paper_of(path, name))
    except Refusal as refusal:
        return wire.packed_refusal(of_paper(refusal, name))
    except MemoryError:
        return wire.packed_refusal(PaperTooCostly(name=name))


if __name__ == "__main__":
    bind(int(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.buffer.write(answer(Path(sys.argv[1]), sys.argv[2]))
