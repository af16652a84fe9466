"""Words that the reader overlooked become a statement."""

import re
from uuid import UUID

from django.db import transaction

from luoshi.base.journal import Actor
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.commands.acting import free_number, opened, remember, stamp
from luoshi.intake.reports.drafts import added, filled
from luoshi.intake.reports.refusals import QuoteNotFound
from luoshi.intake.reports.seen import UNSEEN, Seen

LONGEST_QUOTE = 1_000  # letters: longer words are no one statement


@transaction.atomic
def add(document_id: UUID, *, quote: str, by: Actor, seen: Seen = UNSEEN) -> int:
    """Take words of the text that the reader overlooked as a target; returns its number.

    Blanks and line ends in them need not be those of the text: pages show and send them otherwise.
    What it counts, in what and until when a person writes. Sent again before its outcome was seen,
    or added by another meanwhile, it is the same statement. Raises NotAllowed, NotFound,
    QuoteNotFound.
    """
    document = opened(document_id, by)
    text = queries.text_of(document.district, document.digest) or ""
    start, end = _place_of(quote, text, document)
    twin = queries.added_since(document, start, end, seen)
    if twin is not None:
        return twin
    document.version += 1
    row = StagedStatement(
        document=document, number=free_number(document), state=StatementState.OPEN
    )
    stamp(row, document, by, seen)
    filled(row, added(document, text[start:end], start)).save(force_insert=True)
    remember(document, {str(row.number): None}, by, seen)
    return row.number


def _place_of(quote: str, text: str, document: ReportDocument) -> tuple[int, int]:
    """Return where words stand, first where no statement covers them. Raises QuoteNotFound."""
    letters = "".join(quote.split())
    if not 0 < len(letters) <= LONGEST_QUOTE:
        raise QuoteNotFound(quote=quote[:LONGEST_QUOTE])
    pattern = re.compile(r"\s*".join(map(re.escape, letters)))
    places = [found.span() for found in pattern.finditer(text)]
    if not places:
        raise QuoteNotFound(quote=quote)
    known = queries.statements_of(document).values_list("start", "end")
    covered = list(known.exclude(state=StatementState.DROPPED))
    free = (
        (start, end)
        for start, end in places
        if not any(first < end and start < last for first, last in covered)
    )
    return next(free, places[0])
