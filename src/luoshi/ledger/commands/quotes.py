"""A matter, or a report of it, is linked to the sentence of a published document."""

from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from luoshi.base import texts
from luoshi.base.journal import Change, record
from luoshi.ledger import verbs
from luoshi.ledger.commands.recording import Sent
from luoshi.ledger.projection import MATTERS
from luoshi.rules.journal import Entry


def link_quote(
    *,
    matter_id: UUID,
    document: str,
    title: str,
    day: date,
    start: int,
    end: int,
    quote: str = "",
    report: UUID | None = None,
    sent: Sent,
) -> Entry[Any]:
    """Say on which characters of a document the promise or a report rests.

    ``document`` is the SHA-256 of its text; the words of ``quote`` stand outside the journal.
    Raises QuoteUnclear, UnknownReport.
    """
    words = (texts.seal(quote),) if quote else ()
    decide = partial(
        verbs.link_quote.decide,
        on=sent.on,
        document=document,
        title=title,
        day=day,
        start=start,
        end=end,
        quote=words[0].digest if words else None,
        report=report,
    )
    change = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=decide,
        permit=partial(verbs.link_quote.check, sent.by),
        on=sent.on,
        expected=sent.expected,
        texts=words,
    )
    return record(change, command=sent.command)[0]
