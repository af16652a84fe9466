"""Sentences on which a matter rested until the document that holds them was withdrawn."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from luoshi.base.days import local_day
from luoshi.rules.journal import Entry, Withdrawn
from luoshi.rules.ledger import facts as f


@dataclass(frozen=True, slots=True)
class LostQuote:
    """A link to a sentence that was taken back: when, and why where that was told."""

    quote: f.QuoteLinked
    on: date
    reason: str


def lost_quotes(
    entries: Sequence[Entry[Any]], texts: Mapping[str, str | None]
) -> tuple[LostQuote, ...]:
    """Return the links to sentences that were taken back, in the order in which they were."""
    linked = {one.number: one.fact for one in entries if isinstance(one.fact, f.QuoteLinked)}
    return tuple(
        LostQuote(
            quote=linked[one.corrects],
            on=local_day(one.at),
            reason=(texts.get(one.reason) or "") if one.reason else "",
        )
        for one in entries
        if isinstance(one.fact, Withdrawn) and one.corrects in linked
    )
