"""The lines of one matter's page: steps, reports, requests, what waits inside the unit."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from luoshi.ledger import inside
from luoshi.ledger.dossier.files import evidence_in
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger.state import Answer, MatterState, Report, Request
from luoshi.rules.ledger.submissions import Submission


@dataclass(frozen=True, slots=True)
class Step:
    """A milestone: planned first, planned now, reached on; ``days_late`` below 0 is early."""

    title: str
    first_due: date | None
    due: date
    done_on: date | None
    weight: Decimal | None
    days_late: int


@dataclass(frozen=True, slots=True)
class PartLine:
    """A part of the matter: its share and what is confirmed of it, in the whole's unit."""

    id: UUID
    code: str
    title: str
    share: Decimal | None
    achieved: Decimal | None
    colour: str
    is_derived: bool
    is_mandatory: bool
    is_closed: bool


@dataclass(frozen=True, slots=True)
class Parts:
    """The whole's own figure, the sum of its parts, and the difference, in the whole's unit."""

    lines: tuple[PartLine, ...]
    whole: Decimal | None
    sum: Decimal
    difference: Decimal | None


File = tuple[str, str, int]
"""Name, digest of the content, bytes."""


@dataclass(frozen=True, slots=True)
class ReportLine:
    """A report with its words; ``texts`` removed by a redaction are None."""

    report: Report
    visible_progress: str | None
    problems: str | None
    reason: str | None
    evidence: tuple[File, ...]


@dataclass(frozen=True, slots=True)
class RequestLine:
    """A request for a change with its reason and the reason of its decision."""

    request: Request
    reason: str | None
    decision: str | None
    evidence: tuple[File, ...] = ()


@dataclass(frozen=True, slots=True)
class InsideLine:
    """What waits inside the reader's unit, or came back there, with its words and files."""

    submission: Submission
    visible_progress: str | None
    problems: str | None
    reason: str | None
    sent_back: str | None
    evidence: tuple[File, ...]
    check_code: str


def steps_of(state: MatterState, day: date) -> tuple[Step, ...]:
    """Return the milestones of the plan as they stand on a day."""
    if state.plan is None:
        return ()
    first = {step.key: step.due for step in state.first_plan.milestones} if state.first_plan else {}
    done: dict[str, date] = {}
    for report in state.reports.values():
        if report.answer != Answer.REFUSED:
            done |= {each.key: each.done_on for each in report.fact.milestones_done}
    return tuple(
        Step(
            title=step.title,
            first_due=first.get(step.key),
            due=step.due,
            done_on=done.get(step.key),
            weight=step.weight,
            days_late=((done.get(step.key) or day) - step.due).days,
        )
        for step in state.plan.milestones
    )


def reports_of(state: MatterState, texts: Mapping[str, str | None]) -> tuple[ReportLine, ...]:
    """Return the reports, the latest first, with the words that still stand."""
    found = []
    for report in sorted(
        state.reports.values(), key=lambda report: (report.on, report.entry), reverse=True
    ):
        fact = report.fact
        found.append(
            ReportLine(
                report,
                texts.get(fact.visible_progress) if fact.visible_progress else None,
                texts.get(fact.problems) if fact.problems else None,
                texts.get(report.answer_reason) if report.answer_reason else None,
                files_of(evidence_in(fact), texts),
            )
        )
    return tuple(found)


def files_of(evidence: Iterable[f.Evidence], texts: Mapping[str, str | None]) -> tuple[File, ...]:
    """Return name, digest and size of each file."""
    return tuple((texts.get(each.name) or "—", each.content, each.size) for each in evidence)


def inside_line(matter_id: UUID, one: Submission, texts: Mapping[str, str | None]) -> InsideLine:
    """Return a submission with its words, files and the code that its sheet bears."""
    what = one.fact.what
    back = next((t.fact for t in one.taken if isinstance(t.fact, f.SubmissionSentBack)), None)

    def said(name: str) -> str | None:
        digest = getattr(what, name, None)
        return texts.get(digest) if digest else None

    return InsideLine(
        one,
        said("visible_progress"),
        said("problems"),
        said("reason"),
        texts.get(back.reason) if back else None,
        files_of(evidence_in(one.fact), texts),
        inside.check_code(matter_id, one.entry),
    )


def requests_of(state: MatterState, texts: Mapping[str, str | None]) -> tuple[RequestLine, ...]:
    """Return the requested changes, the latest first."""
    return tuple(
        RequestLine(
            request,
            texts.get(request.fact.reason),
            texts.get(request.reason) if request.reason else None,
            files_of(evidence_in(request.fact), texts),
        )
        for request in sorted(
            state.requests.values(), key=lambda request: request.entry, reverse=True
        )
    )
