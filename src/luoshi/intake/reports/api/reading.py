"""Reports in review and their statements, as other systems read them."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.intake import verbs
from luoshi.intake.reports import queries as reports
from luoshi.intake.reports.api.room import REPORT, router
from luoshi.rules.refusals import NotFound

Filter = Literal[
    "",
    "open",
    "gaps",
    "target",
    "result",
    "baseline",
    "mechanism",
    "accepted",
    "dropped",
    "written",
    "withdrawn",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report in review; ``digest`` names its text for ever, ``version`` counts its acts."""

    id: UUID
    title: str
    place: str
    day: date
    state: str
    digest: str
    counts: dict[str, int]
    version: int


@lists(
    router, "/reports", verbs.read_review, of=ReportLine, of_a_day=False, tagged=False, turns=True
)
def report_list(asked: Asked, turn: Turn) -> Page:
    """List the reports that were handed in, the newest first."""
    return page_of(reports.documents_visible_to(asked.actor), turn).each(
        lambda one: shown_as(ReportLine, one, counts=dict(one.counts))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A statement read from a report: its words, what it says, and what was decided of it.

    ``version`` is that of the report at the last act on it, ``at`` the moment.
    """

    number: int
    start: int
    end: int
    kind: str
    state: str
    says: dict[str, Any]
    gaps: list[Any]
    matter: UUID | None
    version: int
    at: datetime | None


@lists(
    router,
    REPORT + "/statements",
    verbs.read_review,
    of=StatementLine,
    of_a_day=False,
    tagged=False,
    turns=True,
)
def statements(asked: Asked, turn: Turn, document_id: UUID, which: Filter = "") -> Page:
    """List the statements of a report in their order."""
    document = reports.document_visible_to(asked.actor, document_id)
    return page_of(reports.statements_of(document, which), turn).each(
        lambda row: shown_as(StatementLine, row, says=_said(row.row))
    )


def _said(row: dict[str, Any]) -> dict[str, Any]:
    """Return what a statement says; how sure the reader is, is given as text: no floats."""
    return {key: str(one) if isinstance(one, float) else one for key, one in row.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTold:
    """Some characters of a document, and the text around them; null where it was not supplied."""

    digest: str
    start: int
    end: int
    quote: str | None


@reads(
    router,
    "/documents/{str:digest}/{int:start}/{int:end}",
    verbs.read_report,
    gives=SentenceTold,
    tagged=False,
)
def sentence(asked: Asked, digest: str, start: int, end: int) -> SentenceTold:
    """Tell the sentence of a document on which a promise rests."""
    text = reports.text_of(asked.actor.district, digest)
    if text is None:
        raise NotFound(what="document")
    return SentenceTold(digest=digest, start=start, end=end, quote=text[start:end])
