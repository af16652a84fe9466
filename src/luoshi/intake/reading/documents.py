"""From files to what they say: which files, under which names, and what stands in each."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from luoshi.base.papers.reading import read_paper
from luoshi.intake.reading.refusals import NoReportHere, NoSuchReport
from luoshi.rules.reports.dating import Dated, dated
from luoshi.rules.reports.linking import Document
from luoshi.rules.reports.mending import Mended, mend
from luoshi.rules.reports.reading import statements_of
from luoshi.rules.reports.statements import Statement

ENDINGS = frozenset({".txt", ".docx", ".pdf", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class When:
    """What stands for the year and day that a document does not say of itself."""

    year: int | None = None
    day: date | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A file and what its document is called in what is written about it."""

    path: Path
    doc: str


@dataclass(frozen=True, slots=True)
class Text:
    """A report ready to be read; offsets count in ``mended.original``."""

    doc: str
    mended: Mended
    when: When
    scanned: tuple[int, ...] = ()  # pages that are pictures

    @property
    def dated(self) -> Dated:
        """Return when the document speaks."""
        return dated(self.mended.text, year=self.when.year, day=self.when.day)

    def statements(self) -> Iterator[Statement]:
        """Yield the statements one by one."""
        year, day = self.when.year, self.when.day
        return statements_of(self.mended, doc=self.doc, year=year, day=day)


@dataclass(frozen=True, slots=True)
class Read:
    """A report with its statements at hand."""

    document: Document
    original: str


def sources_of(paths: Iterable[Path]) -> list[Source]:
    """Return the files, and of folders those that can be reports, each once.

    A document is called as its file; files of one name by their way from the folder that holds
    all. Raises NoSuchReport, NoReportHere.
    """
    files = list(dict.fromkeys(each for path in paths for each in _files(path)))
    if not files:
        raise NoReportHere
    times = Counter(path.name for path in files)
    whole = Path(os.path.commonpath([path.parent.absolute() for path in files]))
    return [
        Source(path, path.name if times[path.name] == 1 else way_from(whole, path))
        for path in files
    ]


def way_from(folder: Path, path: Path) -> str:
    """Return how one comes from a folder to a file in it."""
    return path.absolute().relative_to(folder).as_posix()


def _files(path: Path) -> list[Path]:
    """Return the files that a path stands for, in order. Raises NoSuchReport."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise NoSuchReport(path=str(path))
    inside = sorted(each for each in path.rglob("*") if each.suffix.lower() in ENDINGS)
    return [each for each in inside if each.is_file()]


def opened(source: Source, when: When) -> Text:
    """Return a report ready to be read. Raises the refusals of ``luoshi.base.papers``."""
    paper = read_paper(source.path, name=source.doc)
    return Text(source.doc, mend(paper.text), when, paper.scanned)


def at_hand(text: Text, statements: Iterable[Statement]) -> Read:
    """Return a report with its statements, for what looks at all of them."""
    return Read(Document(text.doc, text.dated, tuple(statements)), text.mended.original)
