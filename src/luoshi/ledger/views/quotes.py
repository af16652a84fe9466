"""The sentences that a matter and its reports rest on, with the way to them in their documents."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from luoshi.ledger.dossier import Dossier
from luoshi.rules.ledger.facts import SourceKind


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence; ``words`` are empty where its text was not supplied, or was removed."""

    title: str
    day: date
    words: str
    url: str
    is_report: bool


def quotes_of(found: Dossier) -> list[Quote]:
    """Return the sentences linked so far, then the documents of which none is linked."""
    linked = [
        Quote(
            one.title,
            one.day,
            (found.texts.get(one.quote) if one.quote else None) or "",
            reverse("report_text", args=[one.document, one.start, one.end]),
            one.report is not None,
        )
        for one in found.state.quotes
    ]
    told = {(one.title, one.day) for one in linked}
    sources = found.state.registered.sources if found.state.registered else ()
    return linked + [
        Quote(source.title, source.day, "", "", is_report=False)
        for source in sources
        if source.kind is SourceKind.DOCUMENT and (source.title, source.day) not in told
    ]
