"""Promise, report, report: what the reports of one place say of the same thing."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from luoshi.base.kept import Edition, edition_of
from luoshi.intake.models import ReportDocument, StagedStatement, StatementState
from luoshi.intake.reports import queries
from luoshi.intake.reports.drafts import statement_of
from luoshi.organisation.queries import DistrictVisitor, Visitor
from luoshi.rules.reports.dating import Dated
from luoshi.rules.reports.linking import Document, Promise, Reason, linked
from luoshi.rules.reports.statements import Statement

LEFT_OUT = (StatementState.DROPPED, StatementState.JOINED)


@dataclass(frozen=True, slots=True)
class Followed:
    """The promises of a place, its documents by id, and where each statement stands."""

    promises: list[Promise]
    documents: Mapping[str, ReportDocument]
    numbers: Mapping[int, int]  # of a statement, by the identity of what was read of it

    def place_of(self, one: Statement) -> tuple[ReportDocument, int]:
        """Return the document of a statement, and its number there."""
        return self.documents[one.doc], self.numbers[id(one)]


def followed(visitor: Visitor, *, place: str = "") -> Followed:
    """Return what became of each promise of a place, told by its documents in any order."""
    found = queries.standing_documents(visitor).filter(place=place)
    documents = {str(one.pk): one for one in found}
    rows = StagedStatement.objects.filter(document__in=found).exclude(state__in=LEFT_OUT)
    numbers: dict[int, int] = {}
    read: dict[str, list[Statement]] = {key: [] for key in documents}
    for document, number, row in rows.values_list("document", "number", "row"):
        statement = statement_of({**row, "doc": str(document)})
        numbers[id(statement)] = number
        read[str(document)].append(statement)
    promises = linked(
        Document(key, Dated(documents[key].year, documents[key].day), tuple(statements))
        for key, statements in read.items()
    )
    return Followed(promises, documents, numbers)


@dataclass(frozen=True, slots=True)
class Answered:
    """The matter that a result answers, and why, by the codes of the linking rule."""

    matter: UUID
    reasons: tuple[Reason, ...]


def answers_in(visitor: Visitor, document: ReportDocument) -> Mapping[int, Answered]:
    """Return which of a report's results answer matters taken from reports of the same place.

    Found once for every state of the ledger; what is mended meanwhile is looked for in the next.
    """
    return _answers(edition_of(visitor.district), document.pk)


@lru_cache(maxsize=16)
def _answers(edition: Edition, document_id: UUID) -> Mapping[int, Answered]:
    visitor = DistrictVisitor(edition.district)
    document = queries.document_visible_to(visitor, document_id)
    rows = queries.statements_in_hand(document)
    known: dict[int, tuple[UUID | None, int]] = {}
    read: dict[tuple[str, Dated], list[Statement]] = {}
    for told, number, row, matter in rows:
        statement = statement_of({**row, "doc": str(told.pk)})
        known[id(statement)] = (matter, number if told.pk == document_id else 0)
        read.setdefault((str(told.pk), Dated(told.year, told.day)), []).append(statement)
    promises = linked(Document(key, when, tuple(each)) for (key, when), each in read.items())
    found: dict[int, Answered] = {}
    for promise in promises:
        matter = known[id(promise.statement)][0]
        for answer in promise.answers:
            number = known[id(answer.statement)][1]
            if matter is not None and number:
                found[number] = Answered(matter, answer.reasons)
    return found


def places(visitor: Visitor) -> list[str]:
    """Return the places of which reports were handed in."""
    found = queries.standing_documents(visitor).order_by("place")
    return list(dict.fromkeys(found.values_list("place", flat=True)))
