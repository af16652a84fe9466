"""From a file to the text of a report. All but plain text is opened in a process of its own."""

import tempfile
from pathlib import Path

from luoshi.base.grids.reading import answer_of
from luoshi.base.papers import limits, plain, wire
from luoshi.base.papers.kinds import kind_of
from luoshi.base.papers.paper import Paper, PaperKind
from luoshi.base.papers.refusals import PaperEmpty, PaperTooLarge, of_paper
from luoshi.rules.refusals import Refusal


def read_paper(source: Path | bytes, *, name: str) -> Paper:
    """Return the text of a txt, docx, pdf or html file, told by its content.

    ``source`` is the file or its content, ``name`` is for people. Nothing is run and no link is
    followed. Raises the refusals of ``luoshi.base.papers.refusals`` and nothing else for what a
    file can hold.
    """
    if isinstance(source, Path):
        return _read(source, name)
    with tempfile.NamedTemporaryFile(prefix="luoshi-paper-") as copy:
        copy.write(source)
        copy.flush()
        return _read(Path(copy.name), name)


def _read(path: Path, name: str) -> Paper:
    size = path.stat().st_size
    if size == 0:
        raise PaperEmpty(name=name)
    _check_size(size, limits.MOST_TEXT_BYTES, name)
    try:
        if kind_of(path, name) is PaperKind.TXT:
            # Decoding is bounded by the file's size and runs no foreign code: no process for it,
            # since thousands of reports are read in one go.
            return plain.paper(path.read_bytes(), name)
        _check_size(size, limits.MOST_BYTES, name)
        return wire.unpacked(_answer(path, name))
    except Refusal as refusal:
        raise of_paper(refusal, name) from refusal


def _answer(path: Path, name: str) -> bytes:
    """Return what the reading process says. Raises SheetTooCostly, SheetDamaged."""
    return answer_of("luoshi.base.papers.child", path, name)


def _check_size(size: int, largest: int, name: str) -> None:
    if size > largest:
        raise PaperTooLarge(name=name, size=size, largest=largest)
