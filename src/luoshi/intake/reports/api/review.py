"""Reports that come in: handed in, reviewed statement by statement, written into the ledger."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID, uuid5

from django.core.files.uploadedfile import UploadedFile

from luoshi.base.api.operations import Asked
from luoshi.base.api.puts import Again, writes
from luoshi.base.journal import Actor
from luoshi.intake import verbs
from luoshi.intake.reports import commands as reviewing
from luoshi.intake.reports import queries as reports
from luoshi.intake.reports.api.room import REPORT, router
from luoshi.intake.uploads import on_disk
from luoshi.rules.colour import Comparator
from luoshi.rules.reports.statements import Kind

STATEMENT = REPORT + "/statements/{int:number}"
Version = int | None
"""Of the review as the caller saw it: what another decided since is refused, not overwritten."""


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


def _seen(version: Version, at: datetime) -> reviewing.Seen:
    return reviewing.Seen(version=version, at=at)


def _deciding(command: Callable[..., None], says: str) -> Callable[..., None]:
    """Return the operation that decides some statements in one way."""

    def decided(
        *,
        document_id: UUID,
        numbers: tuple[int, ...],
        version: Version = None,
        by: Actor,
        at: datetime,
    ) -> None:
        command(document_id, numbers, by=by, seen=_seen(version, at))

    decided.__doc__ = says
    return decided


def take(
    *,
    document_id: UUID,
    number: int,
    lead: UUID | Literal[""] | None = None,
    supporting: tuple[UUID, ...] | None = None,
    sponsor: UUID | Literal[""] | None = None,
    matter: UUID | Literal["", "new"] | None = None,
    version: Version = None,
    by: Actor,
    at: datetime,
) -> None:
    """Choose lead, supporting units, sponsor or matter of a statement.

    "" takes a choice back; what is left out stays as chosen.
    """
    said = {"lead": lead, "sponsor": sponsor, "matter": matter}
    choice: dict[str, Any] = {name: str(one) for name, one in said.items() if one is not None}
    if supporting is not None:
        choice["supporting"] = [str(one) for one in supporting]
    reviewing.take(document_id, number, choice=choice, by=by, seen=_seen(version, at))


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
    version: Version = None,
    by: Actor,
    at: datetime,
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
    reviewing.mend(document_id, number, fields=fields, by=by, seen=_seen(version, at))


def split(
    *,
    document_id: UUID,
    number: int,
    place: int,
    version: Version = None,
    by: Actor,
    at: datetime,
) -> None:
    """Part a statement before a character of its quote, counted from 0."""
    reviewing.split(document_id, number, at=place, by=by, seen=_seen(version, at))


def join(
    *, document_id: UUID, number: int, version: Version = None, by: Actor, at: datetime
) -> None:
    """Join a statement with the open one after it."""
    reviewing.join(document_id, number, by=by, seen=_seen(version, at))


def write_report(*, document_id: UUID, version: Version = None, by: Actor, at: datetime) -> Any:
    """Write what was accepted into the ledger; what needs a person's word stays."""
    return reviewing.write(document_id, by=by, at=at, seen=_seen(version, at))


def withdraw_report(
    *, document_id: UUID, reason: str = "", version: Version = None, by: Actor, at: datetime
) -> reviewing.Withdrawal | None:
    """Put a report away; what of it is in the ledger is taken back, with a reason.

    Where others recorded something since, the matter stands. Without anything in the ledger the
    report and its text are removed.
    """
    document = reports.document_visible_to(by, document_id)
    seen = _seen(version, at)
    if document.state != "review":
        return reviewing.withdraw_written(document_id, reason=reason, by=by, at=at, seen=seen)
    reviewing.withdraw(document_id, by=by, seen=seen)
    return None


def _told(_asked: Asked, made: reviewing.Withdrawal | None) -> dict[str, Any]:
    """Return what a withdrawal took back, and the statements that stand with their matters."""
    if made is None:
        return {"taken": 0, "kept": []}
    kept = [{"number": one.row.number, "matter": one.matter} for one in made.kept]
    return {"taken": made.taken, "kept": kept}


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
    "accept": _deciding(reviewing.accept, "Take statements as right."),
    "drop": _deciding(reviewing.drop, "Leave statements out."),
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
        tells=_told if name == "withdraw" else None,
    )
for name, command in ON_STATEMENTS.items():
    writes(router, f"{STATEMENT}/{name}", REVIEWING, command, name=f"{name}_statement")
