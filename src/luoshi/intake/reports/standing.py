"""What a report brought into the ledger: what of it can be taken back, what stands and why."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.models import JournalEntry
from luoshi.base.rows import batched
from luoshi.base.threads import entries_of_all
from luoshi.intake.commands.writing import WRITING
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.ledger.projection import MATTERS
from luoshi.ledger.several import codes_and_titles, parts_among
from luoshi.rules.intake.taking_back import taken_back
from luoshi.rules.journal import Entry, LaterEntryStandsInTheWay, standing
from luoshi.rules.ledger import law

LINK = "link_quote"
VERBS = (*WRITING, LINK)
LINKED = "matter.quote_linked"
AT_ONCE = 500  # statements or threads asked for in one query


@dataclass(frozen=True, slots=True)
class Brought:
    """A statement in the ledger and what its withdrawal does there.

    ``entries`` are taken back, the last one first: all of the statement's, or only its link to the
    sentence where ``blocker``, an entry of others, stands on the rest (0: it is part of a whole).
    """

    row: StagedStatement
    matter: UUID
    code: str
    title: str
    entries: tuple[Entry[Any], ...]
    blocker: int | None

    @property
    def stands(self) -> bool:
        """Tell whether the matter, or the report on it, stays in the ledger."""
        return self.blocker is not None


def command_of(document: UUID, number: int, verb: str) -> UUID:
    """Return the id under which a verb of a statement is recorded, the same at every try."""
    return uuid5(document, f"statement/{number}/{verb}")


def brought_by(document: ReportDocument) -> list[Brought]:
    """Return what a report brought into the ledger, in the order of its statements."""
    rows = list(
        StagedStatement.objects.filter(
            document=document, state=StatementState.WRITTEN, matter__isnull=False
        ).order_by("start", "number")
    )
    by_matter: dict[UUID, list[StagedStatement]] = {}
    for row in rows:
        by_matter.setdefault(row.matter, []).append(row)  # type: ignore[arg-type]  # has one
    words = codes_and_titles(document.district, by_matter)
    wholes = parts_among(by_matter)
    found: dict[int, Brought] = {}
    for some in batched(list(by_matter), AT_ONCE):
        threads = entries_of_all(dict.fromkeys(some, MATTERS))
        numbers = _numbers(document, [row for one in some for row in by_matter[one]])
        for matter in some:
            code, title = words.get(matter, ("", ""))
            for row, entries, blocker in _judged(
                threads[matter], by_matter[matter], numbers, is_part=matter in wholes
            ):
                found[row.number] = Brought(row, matter, code, title, entries, blocker)
    return [found[row.number] for row in rows]


def _numbers(document: ReportDocument, rows: Iterable[StagedStatement]) -> Mapping[int, list[int]]:
    """Return the numbers of the entries that each statement brought."""
    row_of = {
        command_of(document.pk, row.number, verb): row.number for row in rows for verb in VERBS
    }
    entries = JournalEntry.objects.filter(district=document.district, command_id__in=row_of)
    found: dict[int, list[int]] = {}
    for command, number in entries.values_list("command_id", "number"):
        found.setdefault(row_of[command], []).append(number)
    return found


def _judged(
    entries: list[Entry[Any]],
    rows: list[StagedStatement],
    numbers: Mapping[int, list[int]],
    *,
    is_part: bool,
) -> Iterator[tuple[StagedStatement, tuple[Entry[Any], ...], int | None]]:
    """Yield for each statement on a matter, the last written first, what is taken back of it."""
    left = list(entries)
    for row in sorted(rows, key=lambda one: max(numbers.get(one.number, [0])), reverse=True):
        ours = set(numbers.get(row.number, ()))
        blocker = None
        try:
            if is_part and left and left[0].number in ours:
                blocker = 0
            else:
                left = taken_back(left, ours, law=law)
        except LaterEntryStandsInTheWay as refusal:
            blocker = int(str(refusal.facts["entry"]))
        stands = standing(entries)
        wanted = [one for one in reversed(stands) if one.number in ours]
        if blocker is not None:
            wanted = [one for one in wanted if one.kind == LINKED]
            left = taken_back(left, {one.number for one in wanted}, law=law)
        yield row, tuple(sorted(wanted, key=lambda one: -one.number)), blocker
