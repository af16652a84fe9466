"""Statements on shelves: found again by unit, time and rare letters, not by comparing all.

What is found holds all that is alike enough; a shelf leaves out only what cannot be.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from luoshi.rules.reports.likeness import Likeness, bare, grams
from luoshi.rules.reports.spans import span_of
from luoshi.rules.reports.statements import Kind, Statement
from luoshi.rules.reports.units import in_units

SHORTEST = 3  # letters of a subject that says what is counted; 项目 alone does not
ALIKE = 0.5  # from which two subjects are taken for one
_RARE = 1 - ALIKE / (2 - ALIKE) + 1e-6  # of its weight; who shares none of that is not alike


@dataclass(frozen=True, slots=True)
class Held:
    """A statement as it is compared."""

    statement: Statement
    nth: int  # of all
    order: int  # of its document
    grams: frozenset[str]
    amount: Decimal | None
    unit: str
    span: tuple[date, date] | None
    weight: float  # of the grams


class Shelf:
    """Statements of one kind and time."""

    def __init__(self) -> None:
        self._by_gram: dict[str, list[Held]] = defaultdict(list)
        self._by_work: dict[str, list[Held]] = defaultdict(list)

    def put(self, held: Held) -> None:
        """Put a statement on the shelf."""
        for gram in held.grams:
            self._by_gram[gram].append(held)
        for name in held.statement.projects:
            self._by_work[name].append(held)

    def near(self, rare: Iterable[str], works: Iterable[str]) -> Iterator[Held]:
        """Yield what shares a rare letter or pair of letters, or a work; some more than once."""
        for gram in rare:
            yield from self._by_gram.get(gram, ())
        for name in works:
            yield from self._by_work.get(name, ())


class Shelves:
    """Shelves by what a statement counts and when."""

    def __init__(self, likeness: Likeness) -> None:
        self._likeness = likeness
        self._shelves: dict[tuple[object, ...], Shelf] = defaultdict(Shelf)

    def put(self, held: Held, *when: object) -> None:
        """Put a statement where those of its unit, or on its works, of a time stand."""
        for key in keys_of(held):
            self._shelves[*key, *when].put(held)

    def near(self, held: Held, *times: Sequence[object]) -> list[Held]:
        """Return all of the same unit or work at these times that may be alike, in order."""
        rare = self._rare(held)
        found: dict[int, Held] = {}
        for key in keys_of(held):
            for when in times:
                if shelf := self._shelves.get((*key, *when)):
                    found |= {one.nth: one for one in shelf.near(rare, held.statement.projects)}
        return [found[nth] for nth in sorted(found)]

    def _rare(self, held: Held) -> list[str]:
        """Return the rarest letters and pairs that weigh so much that the others are too little."""
        kept: list[str] = []
        left = held.weight * _RARE
        weights = {gram: self._likeness.weight((gram,)) for gram in held.grams}
        for gram in sorted(weights, key=lambda one: (-weights[one], one)):
            if left < 0:
                break
            kept.append(gram)
            left -= weights[gram]
        return kept


def weighed(one: Statement, nth: int, order: int, likeness: Likeness) -> Held:
    """Return a statement as it is compared: the ``nth`` of all, from the ``order``-th document."""
    amount, unit = None, ""
    if one.value is not None:
        amount, unit = in_units(one.value, one.unit or "")
    letters = grams(one.subject or "")
    weight, span = likeness.weight(letters), span_of(one.period)
    return Held(one, nth, order, letters, amount, unit, span, weight)


def keys_of(held: Held) -> Iterator[tuple[object, ...]]:
    """Yield the shelves of a statement: unit and growth, or the names of its works."""
    if held.amount is not None and len(bare(held.statement.subject or "")) >= SHORTEST:
        yield (held.unit, held.statement.growth)
    if held.amount is None:
        for name in held.statement.projects:
            yield ("work", bare(name))


def ends_told(held: Sequence[Held], documents: int) -> list[date | None]:
    """Return for each document until when it and the later ones report; one more for none."""
    ends: list[date | None] = [None] * (documents + 1)
    for one in held:
        if one.statement.kind is Kind.RESULT and one.span is not None:
            ends[one.order] = max(ends[one.order] or date.min, one.span[1])
    for order in reversed(range(documents)):
        later = ends[order + 1]
        if later is not None:
            ends[order] = max(ends[order] or date.min, later)
    return ends
