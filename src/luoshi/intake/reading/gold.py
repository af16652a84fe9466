"""Labels made by hand, ours or others', and the texts they were made on."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from luoshi.intake.reading.documents import Source, Text, When, opened
from luoshi.intake.reading.refusals import GoldTextMissing, GoldTextOther, GoldUnclear
from luoshi.rules.reports.statements import Kind, Statement

Row = Mapping[str, Any]
Ranges = dict[str, list[tuple[int, int]]]
TEXTS = "texts.json"
"""Beside the labels: where each text lies, its digest, and which ranges are labelled wholly."""


@dataclass(slots=True)
class Gold:
    """Labels with the words their offsets stand for, and what the reader found in their texts.

    ``numbered`` and ``everything`` are the ranges inside which a false find counts, of documents
    that name any; ``unplaced`` counts the labels whose quote is not in the text.
    """

    labels: list[Row] = field(default_factory=list)
    found: list[Statement] = field(default_factory=list)
    numbered: Ranges = field(default_factory=dict)
    everything: Ranges = field(default_factory=dict)
    unplaced: int = 0


def read_gold(path: Path, folder: Path | None, when: When) -> Gold:
    """Return the labels of a file beside the reading of their texts, found in a folder.

    Raises GoldUnclear, GoldTextMissing, GoldTextOther; refusals of texts that cannot be read.
    """
    rows = list(_rows(path))
    entries = _entries(path)
    gold = Gold()
    for doc in dict.fromkeys(row["doc"] for row in rows):
        entry = entries.get(doc, {})
        text = _text(doc, entry, folder or path.parent, when)
        original = text.mended.original
        theirs = [row for row in rows if row["doc"] == doc]
        placed = [row for row in (_placed(row, original) for row in theirs) if row is not None]
        gold.unplaced += len(theirs) - len(placed)
        gold.labels += [_with_words(row, original) for row in placed]
        gold.found += text.statements()
        whole = [(0, len(original))]
        gold.numbered[doc] = _ranges(entry.get("numbers")) or whole
        gold.everything[doc] = _ranges(entry.get("everything")) or whole
    return gold


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the labels. Raises GoldUnclear, which names the line."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield _row(line, path.name, number)


def _row(line: str, name: str, number: int) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as cause:
        raise GoldUnclear(name=name, line=number, field="JSON") from cause
    if not isinstance(row, dict):
        raise GoldUnclear(name=name, line=number, field="JSON")
    wrong = next((field for field, is_right in _NEEDED.items() if not is_right(row)), None)
    if wrong is not None:
        raise GoldUnclear(name=name, line=number, field=wrong)
    return row


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_placed(row: Row) -> bool:
    """Return whether a label says where it stands: by offsets, else by its words."""
    places = row.get("start"), row.get("end")
    if all(isinstance(place, int) for place in places):
        return 0 <= int(row["start"]) < int(row["end"])
    return isinstance(row.get("quote"), str) and bool(row["quote"])


def _is_list_of_words(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) for each in value)


_NEEDED: dict[str, Callable[[Row], bool]] = {
    "doc": lambda row: isinstance(row.get("doc"), str),
    "start": _is_placed,
    "kind": lambda row: row.get("kind") in tuple(Kind),
    "value": lambda row: row.get("value") is None or _is_number(row["value"]),
    "unit": lambda row: isinstance(row.get("unit") or "", str),
    "subject": lambda row: isinstance(row.get("subject") or "", str),
    "projects": lambda row: _is_list_of_words(row.get("projects") or []),
    "projects_may": lambda row: _is_list_of_words(row.get("projects_may") or []),
    "note": lambda row: isinstance(row.get("note") or "", str),
}
"""What a label must hold, by the field that is named where it does not."""


def _placed(row: dict[str, Any], original: str) -> dict[str, Any] | None:
    """Return a label with offsets that hold: its own, else where its quote stands; None if nowhere.

    Offsets of others may count bytes or UTF-16; the quote decides, near where they point.
    """
    quote = row.get("quote")
    start, end = row.get("start"), row.get("end")
    if quote is None or (isinstance(start, int) and original[start:end] == quote):
        return row if isinstance(end, int) and end <= len(original) else None
    places = list(_places(original, quote))
    if not places:
        return None
    near = min(places, key=lambda place: abs(place - (start if isinstance(start, int) else 0)))
    return row | {"start": near, "end": near + len(quote), "value_start": None, "value_end": None}


def _places(original: str, quote: str) -> Iterator[int]:
    place = original.find(quote)
    while place >= 0:
        yield place
        place = original.find(quote, place + 1)


def _with_words(row: dict[str, Any], original: str) -> Row:
    """Return a label with the words that our own labels give by offsets only."""
    words: dict[str, Any] = {}
    for name, spans in (("projects", "project_spans"), ("projects_may", "project_may_spans")):
        if spans in row:
            words[name] = [original[start:end] for start, end in row[spans] or []]
    if row.get("subject_span"):
        words["subject"] = original[slice(*row["subject_span"])]
    return row | words


def _entries(path: Path) -> dict[str, dict[str, Any]]:
    """Return what stands beside the labels about each text, if anything. Raises GoldUnclear."""
    beside = path.with_name(TEXTS)
    if not beside.is_file():
        return {}
    try:
        told = json.loads(beside.read_bytes()).get(path.name, [])
        return {entry["doc"]: entry for entry in told}
    except (ValueError, KeyError, TypeError, AttributeError) as cause:
        raise GoldUnclear(name=TEXTS, line=1, field=path.name) from cause


def _text(doc: str, entry: Row, folder: Path, when: When) -> Text:
    """Return the text of a document. Raises GoldTextMissing, GoldTextOther."""
    path = _file_of(doc, entry, folder)
    if path is None:
        raise GoldTextMissing(doc=doc, folder=str(folder))
    digest = entry.get("sha256")
    if digest is not None and hashlib.sha256(path.read_bytes()).hexdigest() != digest:
        raise GoldTextOther(doc=doc)
    return opened(Source(path, doc), when)


def _file_of(doc: str, entry: Row, folder: Path) -> Path | None:
    for way in (entry.get("path"), doc, f"{doc}.txt"):
        if way is not None and (folder / way).is_file():
            return folder / way
    inside: Sequence[Path] = sorted(folder.rglob(Path(doc).name)) if folder.is_dir() else ()
    return next((path for path in inside if path.is_file()), None)


def _ranges(told: Sequence[Sequence[int]] | None) -> list[tuple[int, int]]:
    return [(start, end) for start, end in told or ()]
