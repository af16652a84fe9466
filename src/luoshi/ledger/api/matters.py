"""One matter: how it stands on a day, why, what happened to it, and its evidence."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from luoshi.base import files
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import amount, plain, shown_as
from luoshi.ledger import dossier, verbs
from luoshi.ledger.api.lines import MatterLine, line_of
from luoshi.ledger.api.room import around, router
from luoshi.ledger.dossier import Dossier
from luoshi.rules.refusals import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTold:
    """A milestone: planned first, planned now, reached; ``days_late`` below 0 is early."""

    title: str
    first_due: date | None
    due: date
    done_on: date | None
    weight: str | None
    days_late: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceTold:
    """A file behind a report; ``digest`` is its name in addresses."""

    name: str
    digest: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportTold:
    """A progress report with its words; those that were removed are null."""

    id: UUID
    entry: int
    on: date
    measured_on: date
    achieved: str | None
    answer: str
    visible_progress: str | None
    problems: str | None
    reason: str | None
    evidence: list[EvidenceTold]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestTold:
    """A request for another plan, and what became of it."""

    id: UUID
    entry: int
    on: date
    revision: dict[str, Any]
    answer: str
    reason: str | None
    decision: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PartTold:
    """A part of the matter, its share in the whole's unit."""

    id: UUID
    code: str
    title: str
    share: str | None
    achieved: str | None
    colour: str
    is_mandatory: bool
    is_closed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MatterTold:
    """A matter on a day; ``may`` are the verbs that are open to who asks, as it stands now.

    ``last_entry`` is what ``expected`` of a write says.
    """

    id: UUID
    last_entry: int
    standing: str
    line: MatterLine | None
    acceptance: str | None
    supporting_units: list[UUID]
    targets: list[dict[str, Any]]
    steps: list[StepTold]
    reports: list[ReportTold]
    requests: list[RequestTold]
    parts: list[PartTold]
    part_of: list[UUID]
    may: list[str]


def _found(asked: Asked, matter_id: UUID) -> Dossier:
    return dossier.dossier(
        asked.actor, matter_id, day=asked.day, known_at=asked.known_at, around=around(asked)
    )


@reads(router, "/matters/{uuid:matter_id}", verbs.read_ledger, gives=MatterTold, of_a_day=True)
def matter(asked: Asked, matter_id: UUID) -> MatterTold:
    """Tell how one matter stands on a day, and what may be done to it now."""
    found = _found(asked, matter_id)
    state = found.state
    return MatterTold(
        id=found.id,
        last_entry=found.last_entry,
        standing=state.standing.value,
        line=line_of(found.row, found.units) if found.row else None,
        acceptance=found.acceptance,
        supporting_units=list(state.responsibility.supporting_units)
        if state.responsibility
        else [],
        targets=[_plain_fact(target) for target in state.targets],
        steps=_steps(found),
        reports=_reports(found),
        requests=_requests(found),
        parts=_parts(found),
        part_of=[whole.pk for whole in found.part_of],
        may=[
            name for name, verb in verbs.ON_PAGES.items() if verb.is_offered(asked.actor, found.now)
        ],
    )


def _plain_fact(fact: object) -> dict[str, Any]:
    told = plain(fact)
    assert isinstance(told, dict)  # noqa: S101 - facts are dataclasses
    return told


def _steps(found: Dossier) -> list[StepTold]:
    return [shown_as(StepTold, step, weight=amount(step.weight)) for step in found.steps]


def _reports(found: Dossier) -> list[ReportTold]:
    return [
        ReportTold(
            id=line.report.fact.report,
            entry=line.report.entry,
            on=line.report.on,
            measured_on=line.report.fact.measured_on,
            achieved=amount(line.report.fact.achieved),
            answer=line.report.answer.value,
            visible_progress=line.visible_progress,
            problems=line.problems,
            reason=line.reason,
            evidence=[
                EvidenceTold(name=name, digest=digest, size=size)
                for name, digest, size in line.evidence
            ],
        )
        for line in found.reports
    ]


def _requests(found: Dossier) -> list[RequestTold]:
    return [
        RequestTold(
            id=line.request.fact.request,
            entry=line.request.entry,
            on=line.request.on,
            revision=_plain_fact(line.request.fact.revision),
            answer=line.request.answer.value,
            reason=line.reason,
            decision=line.decision,
        )
        for line in found.requests
    ]


def _parts(found: Dossier) -> list[PartTold]:
    return [
        shown_as(PartTold, part, share=amount(part.share), achieved=amount(part.achieved))
        for part in (found.parts.lines if found.parts else ())
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class LineOfThread:
    """One entry of a matter in words, newest first; ``replaced_by`` is its correction's number."""

    number: int
    on: date
    at: datetime
    unit: str
    post: str
    what: str
    details: list[str]
    corrects: int | None
    replaced_by: int | None


@lists(
    router,
    "/matters/{uuid:matter_id}/timeline",
    verbs.read_ledger,
    of=LineOfThread,
    key="number",
)
def timeline(asked: Asked, matter_id: UUID) -> list[LineOfThread]:
    """List what happened to a matter up to a day, newest first, in words."""
    return [
        shown_as(LineOfThread, told, details=list(told.details))
        for told in _found(asked, matter_id).thread
    ]


@reads(
    router,
    "/matters/{uuid:matter_id}/evidence/{str:digest}",
    verbs.read_evidence,
    gives=bytes,
    tagged=False,
)
def evidence(asked: Asked, matter_id: UUID, digest: str) -> HttpResponse:
    """Send one evidence file as it was stored."""
    stored = dossier.evidence_file(asked.actor, matter_id, digest)
    if stored is None or stored.content is None:
        raise NotFound(what="evidence")
    name, media_type = dossier.evidence_name(asked.actor, matter_id, digest)
    with files.opened(stored) as stream:
        content = stream.read()
    response = HttpResponse(content, content_type=media_type)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
