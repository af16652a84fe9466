"""Every read of reports in review, and of the matters they may speak of."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.base.kept import Edition, edition_of
from luoshi.base.models import OPEN
from luoshi.intake.models import ReportDocument, ReportText, StagedStatement, StatementState
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.organisation.queries import DistrictVisitor, Visitor
from luoshi.rules.intake.promised import Promise, Promises
from luoshi.rules.refusals import NotFound

FILTERS: Mapping[str, Q] = {
    "open": Q(state=StatementState.OPEN),
    "gaps": Q(has_gaps=True) & ~Q(state=StatementState.DROPPED),
    "target": Q(kind="target"),
    "result": Q(kind="result"),
    "baseline": Q(kind="baseline"),
    "mechanism": Q(kind="mechanism"),
    "accepted": Q(state=StatementState.ACCEPTED),
    "dropped": Q(state=StatementState.DROPPED),
    "written": Q(state=StatementState.WRITTEN),
}
"""What narrows the statements of a page, by the name in its address."""


def documents_visible_to(actor: Visitor) -> QuerySet[ReportDocument]:
    """Return the reports of the actor's district, the newest first."""
    rows = ReportDocument.objects.filter(district=actor.district)
    return rows.defer("sections", "done").order_by("-at", "id")


def document_visible_to(actor: Visitor, document_id: UUID) -> ReportDocument:
    """Return one report. Raises NotFound."""
    found = ReportDocument.objects.filter(district=actor.district, pk=document_id).first()
    if found is None:
        raise NotFound(what="report_document")
    return found


def text_of(district: UUID, digest: str) -> str | None:
    """Return the text of a document by its digest; None where it was not supplied or removed."""
    rows = ReportText.objects.filter(district=district, digest=digest)
    return rows.values_list("text", flat=True).first()


def titles_of(actor: Visitor, digest: str) -> ReportDocument | None:
    """Return the report handed in with this text, where there is one."""
    return documents_visible_to(actor).filter(digest=digest).first()


def statements_of(document: ReportDocument, asked: str = "") -> QuerySet[StagedStatement]:
    """Return the statements in their order, of one filter or all but those joined to others."""
    rows = StagedStatement.objects.filter(document=document).order_by("start", "number")
    return rows.filter(FILTERS.get(asked, ~Q(state=StatementState.JOINED)))


def place_shown(document_id: UUID, number: int, at: int) -> int:
    """Return the place in a quote of a place counted on a page, where a line end is one character.

    The place itself where there is no such statement.
    """
    rows = StagedStatement.objects.filter(document=document_id, number=number)
    row = rows.values_list("row", flat=True).first()
    before = str(row["quote"]).replace("\r\n", "\n")[:at] if row else ""
    pairs = str(row["quote"]).split("\r\n")[:-1] if row else []
    ends = list(accumulate(len(one) + 1 for one in pairs))
    return at + sum(end <= len(before) for end in ends)


def counts_of(document: ReportDocument) -> dict[str, int]:
    """Return how many statements each filter shows, and how many there are."""
    shown = {name: Count("number", filter=wanted) for name, wanted in FILTERS.items()}
    rows = StagedStatement.objects.filter(document=document).exclude(state=StatementState.JOINED)
    return {"all": 0, **rows.aggregate(all=Count("number"), **shown)}


def promises_of(actor: Visitor) -> list[Promise]:
    """Return the matters of a district as they stood last: what a statement is held against."""
    columns = (
        "thread", "code", "title", "unit", "quantity", "due", "lead_unit", "sponsoring_post",
    )  # fmt: skip
    rows = MatterSpell.objects.filter(district=actor.district, known_to=OPEN).order_by("from_day")
    found = {
        matter: Promise(
            id=matter,
            code=code,
            title=title,
            unit=unit or "",
            quantity=quantity,
            year=due.year if due else None,
            lead_unit=lead,
            sponsoring_post=sponsor,
        )
        for matter, code, title, unit, quantity, due, lead, sponsor in rows.values_list(*columns)
    }
    return list(found.values())


def promises_now(actor: Visitor) -> Promises:
    """Return what finds the matters alike, indexed once for every state of the ledger."""
    return _indexed(edition_of(actor.district))


@lru_cache(maxsize=4)
def _indexed(edition: Edition) -> Promises:
    return Promises(promises_of(DistrictVisitor(edition.district)))


def codes_of(matters: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the codes of some matters."""
    rows = Matter.objects.filter(pk__in={one for one in matters if one is not None})
    return dict(rows.values_list("pk", "code"))


def statements_in_hand(
    document: ReportDocument,
) -> list[tuple[ReportDocument, int, dict[str, Any], UUID | None]]:
    """Return the report's own statements and those of its place that are in the ledger."""
    rows = StagedStatement.objects.select_related("document").filter(
        Q(document=document) | Q(state=StatementState.WRITTEN),
        document__district=document.district,
        document__place=document.place,
    )
    ordered = rows.order_by("document", "start", "number")
    return [(row.document, row.number, row.row, row.matter) for row in ordered]
