"""Every read of reports in review, and of the matters they may speak of."""

from collections.abc import Iterable, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from luoshi.base.days import local_day
from luoshi.base.kept import Edition, edition_of
from luoshi.base.models import OPEN
from luoshi.intake.models import (
    DocumentState,
    ReportDocument,
    ReportText,
    StagedStatement,
    StatementState,
)
from luoshi.intake.reports.seen import Seen
from luoshi.ledger.models import Matter, MatterSpell
from luoshi.organisation.queries import DistrictVisitor, Visitor, post_named
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
    "withdrawn": Q(state=StatementState.WITHDRAWN),
}
"""What narrows the statements of a page, by the name in its address."""


def documents_visible_to(actor: Visitor) -> QuerySet[ReportDocument]:
    """Return the reports of the actor's district, the newest first."""
    rows = ReportDocument.objects.filter(district=actor.district)
    return rows.defer("sections", "done").order_by("-at", "id")


def standing_documents(actor: Visitor) -> QuerySet[ReportDocument]:
    """Return the reports of the actor's district that were not withdrawn, the newest first."""
    return documents_visible_to(actor).exclude(state=DocumentState.WITHDRAWN)


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
    """Return the report handed in with this text, first one that was not withdrawn."""
    found = documents_visible_to(actor).filter(digest=digest)
    return found.exclude(state=DocumentState.WITHDRAWN).first() or found.first()


def statements_of(document: ReportDocument, asked: str = "") -> QuerySet[StagedStatement]:
    """Return the statements in their order, of one filter or all but those joined to others."""
    rows = StagedStatement.objects.filter(document=document).order_by("start", "number")
    return rows.filter(FILTERS.get(asked, ~Q(state=StatementState.JOINED)))


def changed_since(document: ReportDocument, seen: Seen, person: UUID) -> QuerySet[StagedStatement]:
    """Return the statements that another, or another window, changed since a version was seen."""
    rows = StagedStatement.objects.filter(document=document, version__gt=seen.version or 0)
    others = rows.exclude(desk=seen.desk, by_person=person) if seen.desk else rows
    return others.order_by("version", "start", "number")


def added_since(document: ReportDocument, start: int, end: int, seen: Seen) -> int | None:
    """Return the number of the statement that a reviewer made of these words since one looked."""
    if seen.version is None:
        return None
    rows = StagedStatement.objects.filter(
        document=document, start=start, end=end, version__gt=seen.version, row__rule="reviewer"
    )
    return rows.values_list("number", flat=True).first()


def decider_of(visitor: Visitor, row: StagedStatement) -> str:
    """Return the name of the post whose act was the last on a statement, empty where none was."""
    if row.by_post is None or row.at is None:
        return ""
    post = post_named(visitor, row.by_post, day=local_day(row.at))
    return post.name if post else ""


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


def matters_by_code(promises: Promises) -> dict[str, str]:
    """Return the ids of the matters that a statement may speak of, by code."""
    return {promise.code: str(promise.id) for promise in promises.by_id.values()}


@lru_cache(maxsize=4)
def _indexed(edition: Edition) -> Promises:
    return Promises(promises_of(DistrictVisitor(edition.district)))


def undecided_in(actor: Visitor, document: ReportDocument) -> list[int]:
    """Return the accepted targets of which nobody said whether the ledger has them already.

    Only those like a matter of their year: the others are new ones anyway.
    """
    promises = promises_now(actor)
    rows = statements_of(document, "accepted").filter(kind="target")
    return [row.number for row in rows if may_be_known(row, promises)]


def may_be_known(row: StagedStatement, promises: Promises) -> bool:
    """Tell whether a target may be a matter of its year already, and a person has to say so."""
    chosen = row.choice.get("matter")
    return not chosen and any(one.same_year for one in promises.alike(row.row))


def codes_of(matters: Iterable[UUID | None]) -> dict[UUID, str]:
    """Return the codes of some matters."""
    rows = Matter.objects.filter(pk__in={one for one in matters if one is not None})
    return dict(rows.values_list("pk", "code"))


def free_code(district: UUID, code: str, *, besides: UUID) -> str:
    """Return a code that no other matter has: the same text may have come in before."""
    like = Matter.objects.filter(district=district, code__startswith=code).exclude(pk=besides)
    taken = set(like.values_list("code", flat=True))
    again = (f"{code}-{more}" for more in range(2, len(taken) + 3))
    return code if code not in taken else next(one for one in again if one not in taken)


def statements_in_hand(
    document: ReportDocument,
) -> list[tuple[ReportDocument, int, dict[str, Any], UUID | None]]:
    """Return the report's own statements and those of its place that are in the ledger."""
    rows = StagedStatement.objects.select_related("document").filter(
        Q(document=document)
        | Q(state=StatementState.WRITTEN) & ~Q(document__state=DocumentState.WITHDRAWN),
        document__district=document.district,
        document__place=document.place,
    )
    ordered = rows.order_by("document", "start", "number")
    return [(row.document, row.number, row.row, row.matter) for row in ordered]
