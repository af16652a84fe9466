"""Reports that come in: handed in, reviewed statement by statement, written into the ledger."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import Again, writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.base.journal import Actor
from luoshi.intake import verbs
from luoshi.intake.reports import commands as reviewing
from luoshi.intake.reports import queries as reports
from luoshi.intake.reports.api.room import router
from luoshi.intake.uploads import on_disk
from luoshi.rules.colour import Comparator
from luoshi.rules.refusals import NotFound
from luoshi.rules.reports.statements import Kind

REPORT = "/reports/{uuid:document_id}"
STATEMENT = REPORT + "/statements/{int:number}"
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
]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportLine:
    """A report in review; ``digest`` names its text for ever."""

    id: UUID
    title: str
    place: str
    day: date
    state: str
    digest: str
    counts: dict[str, int]


@lists(
    router, "/reports", verbs.review_report, of=ReportLine, of_a_day=False, tagged=False, turns=True
)
def report_list(asked: Asked, turn: Turn) -> Page:
    """List the reports that were handed in, the newest first."""
    return page_of(reports.documents_visible_to(asked.actor), turn).each(
        lambda one: shown_as(ReportLine, one, counts=dict(one.counts))
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """A statement read from a report: its words, what it says, and what was decided of it."""

    number: int
    start: int
    end: int
    kind: str
    state: str
    says: dict[str, Any]
    gaps: list[Any]
    matter: UUID | None


@lists(
    router,
    REPORT + "/statements",
    verbs.review_report,
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


def hand_in_report(
    *,
    file: UploadedFile,  # type: ignore[type-arg]  # told apart by its class at run time
    title: str = "",
    place: str = "",
    day: date | None = None,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Hand in a report: its text and statements wait for review; nothing enters the ledger."""
    document = uuid5(command_id, "report")
    if not reports.documents_visible_to(by).filter(pk=document).exists():
        with on_disk(file) as path:
            reviewing.take_in(
                path, name=file.name or "", by=by, at=at, title=title, place=place, day=day,
                document_id=document,
            )  # fmt: skip
    return document


def accept(*, document_id: UUID, numbers: tuple[int, ...], by: Actor) -> None:
    """Take statements as right."""
    reviewing.accept(document_id, numbers, by=by)


def drop(*, document_id: UUID, numbers: tuple[int, ...], by: Actor) -> None:
    """Leave statements out."""
    reviewing.drop(document_id, numbers, by=by)


def take(
    *,
    document_id: UUID,
    number: int,
    lead: UUID | Literal[""] | None = None,
    supporting: tuple[UUID, ...] | None = None,
    sponsor: UUID | Literal[""] | None = None,
    matter: UUID | Literal["", "new"] | None = None,
    by: Actor,
) -> None:
    """Choose lead, supporting units, sponsor or matter of a statement.

    "" takes a choice back; what is left out stays as chosen.
    """
    said = {"lead": lead, "sponsor": sponsor, "matter": matter}
    choice: dict[str, Any] = {name: str(one) for name, one in said.items() if one is not None}
    if supporting is not None:
        choice["supporting"] = [str(one) for one in supporting]
    reviewing.take(document_id, number, choice=choice, by=by)


def mend_statement(
    *,
    document_id: UUID,
    number: int,
    kind: Kind | None = None,
    subject: str | None = None,
    value: Decimal | Literal[""] | None = None,
    unit: str | None = None,
    comparator: Comparator | Literal[""] | None = None,
    period: str | None = None,
    deadline: date | Literal[""] | None = None,
    responsible: str | None = None,
    by: Actor,
) -> None:
    """Write fields of a statement anew, and take it as right; "" is nothing."""
    said = {
        "kind": kind,
        "subject": subject,
        "value": value,
        "unit": unit,
        "comparator": comparator,
        "period": period,
        "deadline": deadline,
        "responsible": responsible,
    }
    fields = {name: str(one) for name, one in said.items() if one is not None}
    reviewing.mend(document_id, number, fields=fields, by=by)


def split(*, document_id: UUID, number: int, place: int, by: Actor) -> None:
    """Part a statement before a character of its quote, counted from 0."""
    reviewing.split(document_id, number, at=place, by=by)


def join(*, document_id: UUID, number: int, by: Actor) -> None:
    """Join a statement with the open one after it."""
    reviewing.join(document_id, number, by=by)


def write_report(*, document_id: UUID, by: Actor, at: datetime) -> Any:
    """Write what was accepted into the ledger; what needs a person's word stays."""
    return reviewing.write(document_id, by=by, at=at)


def withdraw_report(*, document_id: UUID, by: Actor) -> None:
    """Put a report away of which nothing is in the ledger, with its text."""
    reviewing.withdraw(document_id, by=by)


REVIEWING = verbs.review_report
writes(
    router,
    "/reports",
    REVIEWING,
    hand_in_report,
    name="hand_in_report",
    again=Again.STEP_BY_STEP,
    tells=lambda _asked, made: {"id": made},
)
ON_REPORTS: Mapping[str, Callable[..., Any]] = {
    "accept": accept,
    "drop": drop,
    "write": write_report,
    "withdraw": withdraw_report,
}
ON_STATEMENTS: Mapping[str, Callable[..., Any]] = {
    "take": take,
    "mend": mend_statement,
    "split": split,
    "join": join,
}
for name, command in ON_REPORTS.items():
    writes(
        router,
        f"{REPORT}/{name}",
        REVIEWING,
        command,
        name=f"{name}_of_report",
        again=Again.STEP_BY_STEP,
    )
for name, command in ON_STATEMENTS.items():
    writes(router, f"{STATEMENT}/{name}", REVIEWING, command, name=f"{name}_statement")
