"""Statements parted and joined by their characters, and made so again where a text is read anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports.drafts import filled

MADE_OF = "made_of"
"""Among the choices of a parted or joined statement: the places of those the reader had."""
_OF_VALUE = ("value", "value_max", "unit", "value_start", "value_end", "comparator")
Place = tuple[int, int, int | None]
"""Where a statement begins and ends, and where its number stands."""
Said = dict[str, Any]
Rows = list[StagedStatement]


def place_of(row: StagedStatement) -> Place:
    """Return the place of a statement: the same text gives the same one at every reading."""
    return row.start, row.end, row.row["value_start"]


def made_of(*rows: StagedStatement) -> list[list[int | None]]:
    """Return the places of the reader's statements of which these were made, in their order."""
    places = {place for row in rows for place in _origins(row) or {place_of(row)}}
    return [list(place) for place in sorted(places, key=lambda one: (*one[:2], one[2] or 0))]


def _origins(row: StagedStatement) -> set[Place]:
    return {(start, end, value) for start, end, value in row.choice.get(MADE_OF, ())}


def cut(said: Mapping[str, Any], start: int, end: int) -> Said:
    """Return a statement between two characters; the value goes with the part that prints it.

    A value that is printed nowhere goes with the first part.
    """
    at = said["start"] if said["value_start"] is None else said["value_start"]
    bare = {} if start <= at < end else dict.fromkeys(_OF_VALUE)
    quote = said["quote"][start - said["start"] : end - said["start"]]
    return {**said, **bare, "start": start, "end": end, "quote": quote}


def joined(first: Mapping[str, Any], second: Mapping[str, Any], text: str) -> Said:
    """Return one statement of two: the quote from the first's beginning to the last's end.

    What the first leaves open the second says.
    """
    start, end = min(first["start"], second["start"]), max(first["end"], second["end"])
    merged = {
        name: value if value not in (None, []) else second[name] for name, value in first.items()
    }
    return {**merged, "start": start, "end": end, "quote": text[start:end] or first["quote"]}


def made_again(
    before: Iterable[StagedStatement], rows: Rows, document: ReportDocument
) -> dict[int, StagedStatement]:
    """Part and join statements read anew as they were before; returns them by the old numbers.

    ``rows`` grows by what parting adds. What the reader does not find at its place any more is
    left as it is read now.
    """
    places = {place_of(row): row for row in rows}
    found: dict[int, StagedStatement] = {}
    for origins, parts in _groups(before):
        if origins <= places.keys():
            wholes = sorted((places[one] for one in origins), key=lambda row: row.number)
            said = [row.row for row in wholes]
            more = len(parts) - len(wholes)
            fresh = [_fresh(document, len(rows) + n) for n in range(1, more + 1)]
            rows += fresh
            for row, part in zip((*wholes, *fresh), parts, strict=False):
                row.choice = {MADE_OF: part.choice[MADE_OF]}
                found[part.number] = filled(row, _part(said, part))
            for row in wholes[len(parts) :]:
                row.state = StatementState.JOINED
    return found


def _fresh(document: ReportDocument, number: int) -> StagedStatement:
    return StagedStatement(document=document, number=number, state=StatementState.OPEN)


def _groups(rows: Iterable[StagedStatement]) -> Iterator[tuple[set[Place], Rows]]:
    """Yield the statements that were made of the same ones, with the places of those."""
    groups: list[tuple[set[Place], Rows]] = []
    for row in rows:
        origins, parts = _origins(row), [row]
        if not origins:
            continue
        apart = []
        for group in groups:
            if group[0] & origins:
                origins, parts = origins | group[0], [*group[1], *parts]
            else:
                apart.append(group)
        groups = [*apart, (origins, parts)]
    yield from groups


def _part(said: Sequence[Said], part: StagedStatement) -> Said:
    """Return what statements say in the characters of one that was made of them."""
    words = part.row["quote"]
    pieces = [
        cut(one, max(one["start"], part.start), min(one["end"], part.end))
        for one in said
        if one["start"] < part.end and part.start < one["end"]
    ]
    merged = reduce(lambda first, second: joined(first, second, ""), pieces)
    return {**merged, "start": part.start, "end": part.end, "quote": words}
