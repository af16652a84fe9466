"""The sentences that a matter and its reports rest on, with the way to them in their documents."""

from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse

from luoshi.ledger.dossier import Dossier
from luoshi.rules.ledger.facts import QuoteLinked, SourceKind


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence; ``words`` are empty where its text was not supplied, or was removed."""

    title: str
    day: date
    words: str
    url: str
    is_report: bool
    lost_on: date | None = None
    lost_because: str = ""


def quotes_of(found: Dossier) -> list[Quote]:
    """Return the sentences linked so far, those taken back, the documents of which none is linked.

    A document counts as linked also where its link was taken back: the page says that beside it.
    """
    linked = [_linked(one, found) for one in found.state.quotes]
    linked += [
        replace(_linked(one.quote, found), lost_on=one.on, lost_because=one.reason)
        for one in found.lost_quotes
    ]
    told = {(one.title, one.day) for one in linked}
    sources = found.state.registered.sources if found.state.registered else ()
    return linked + [
        Quote(source.title, source.day, "", "", is_report=False)
        for source in sources
        if source.kind is SourceKind.DOCUMENT and (source.title, source.day) not in told
    ]


def _linked(one: QuoteLinked, found: Dossier) -> Quote:
    return Quote(
        one.title,
        one.day,
        (found.texts.get(one.quote) if one.quote else None) or "",
        reverse("report_text", args=[one.document, one.start, one.end]),
        one.report is not None,
    )
