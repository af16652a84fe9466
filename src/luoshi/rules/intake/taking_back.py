"""What of a document that came in wrongly can be taken back, and what stands because of others."""

from collections.abc import Collection, Sequence
from typing import TypeVar

from luoshi.rules.journal import (
    Entry,
    LaterEntryStandsInTheWay,
    Law,
    Withdrawn,
    judge,
    standing,
)

S = TypeVar("S")
F = TypeVar("F")


def taken_back(
    entries: Sequence[Entry[F]], ours: Collection[int], *, law: Law[S, F]
) -> list[Entry[F]]:
    """Return a thread's entries with those of ``ours`` taken back, the last one first.

    What somebody took back already is left as it is. A thread that ``ours`` began is taken back
    only where nothing of others stands in it. Raises LaterEntryStandsInTheWay, which names the
    entry of others.
    """
    found = list(entries)
    of_others = [one for one in standing(found) if one.number not in ours]
    began = bool(found) and found[0].number in ours
    corrections = [one for one in of_others if one.corrects in ours]
    for one in of_others if began else corrections:
        raise LaterEntryStandsInTheWay(
            entry=one.number, kind=one.kind, on=one.on, cause="others_stand_on_it"
        )
    left = {one.number for one in standing(found)}
    for one in reversed(entries):
        if one.number in ours and one.number in left:
            found.append(_judged(found, one, law))
    return found


def _judged(entries: Sequence[Entry[F]], one: Entry[F], law: Law[S, F]) -> Entry[F]:
    """Return the entry that takes one back. Raises LaterEntryStandsInTheWay."""

    def withdrawal(fact: F) -> Entry[F]:
        last = entries[-1]
        return one._replace(
            number=last.number + 1, no=last.no + 1, fact=fact, corrects=one.number, hands=()
        )

    fact = judge(
        entries,
        law=law,
        on=one.on,
        corrects=one.number,
        decide=lambda _state: Withdrawn(),  # type: ignore[arg-type,return-value]  # speaks of one
        proposed=withdrawal,
    )
    return withdrawal(fact)
