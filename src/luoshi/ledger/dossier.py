"""Everything one matter's page shows, for any day and state of knowledge.

It is one fold of the matter's thread, in words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.base.models import StoredFile
from luoshi.base.spells import on_day
from luoshi.base.texts import texts_of
from luoshi.clocks.surroundings import Surroundings
from luoshi.ledger import inside, queries, verbs
from luoshi.ledger.board import (
    BoardRow,
    GoalOn,
    goals_visible_to,
    percent_of,
    verdict_on,
)
from luoshi.ledger.charts import CurvePoint
from luoshi.ledger.models import Matter, MatterSpell, PlaceSpell
from luoshi.ledger.timeline import Told, told
from luoshi.organisation.queries import Visitor, names_of, posts_visible_to, units_visible_to
from luoshi.rules.colour import Verdict
from luoshi.rules.colour.schedule import planned_amount
from luoshi.rules.journal import Entry, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.clock import colour_facts, figures
from luoshi.rules.ledger.state import Answer, MatterState, Report, Request, missing_fixes
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


@dataclass(frozen=True, slots=True)
class Dossier:
    """One matter on a day; ``state`` is of the day shown, ``now`` of today.

    Rights are those of now.
    """

    id: UUID
    state: MatterState
    now: MatterState
    spell: MatterSpell | None
    verdict: Verdict | None
    goals: tuple[GoalOn, ...]
    units: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    missing: tuple[str, ...]
    acceptance: str | None
    texts: Mapping[str, str | None]
    steps: tuple[Step, ...]
    reports: tuple[ReportLine, ...]
    requests: tuple[RequestLine, ...]
    inside: tuple[InsideLine, ...]
    parts: Parts | None
    part_of: tuple[Matter, ...]
    curve: list[CurvePoint]
    thread: tuple[Told, ...]
    last_entry: int

    @property
    def target_unit(self) -> str:
        """Return the unit of the leading target."""
        target = self.state.leading_target
        return target.unit if target else ""

    @property
    def row(self) -> BoardRow | None:
        """Return the matter as a row of the board."""
        if self.spell is None:
            return None
        return BoardRow(self.spell, tuple(goal.id for goal in self.goals), self.verdict)

    @property
    def percent(self) -> Decimal | None:
        """Return the confirmed share of the target in percent."""
        return percent_of(self.spell.achieved, self.spell.quantity) if self.spell else None


def dossier(
    visitor: Visitor, matter_id: UUID, *, day: date, known_at: int | None, around: Surroundings
) -> Dossier:
    """Return a matter on a day as known at a number. Raises NotFound."""
    entries = queries.history_of(visitor, matter_id)
    known = [entry for entry in entries if known_at is None or entry.number <= known_at]
    state = state_on(known, day, law=law)
    now = state_on(entries, date.max, law=law)
    spell = MatterSpell.objects.filter(on_day(day, known_at=known_at), thread=matter_id).first()
    unseen = inside.unseen(visitor, entries, now)
    texts = _texts_for(visitor, matter_id, entries, now, unseen)
    units = names_of(units_visible_to(visitor, day=day, known_at=known_at))
    posts = names_of(posts_visible_to(visitor, day=day, known_at=known_at))
    return Dossier(
        id=matter_id,
        state=state,
        now=now,
        spell=spell,
        verdict=verdict_on(spell, day, around) if spell else None,
        goals=_goals(visitor, matter_id, day, known_at),
        units=units,
        posts=posts,
        missing=tuple(missing_fixes(state)) if state.registered else (),
        acceptance=texts.get(state.acceptance) if state.acceptance else None,
        texts=texts,
        steps=_steps(state, day),
        reports=_reports(state, texts),
        requests=_requests(state, texts),
        inside=tuple(
            inside_line(matter_id, one, texts) for one in inside.of_the_unit(visitor, now)
        ),
        parts=_parts(visitor, state, day, known_at),
        part_of=queries.wholes_of(visitor, matter_id, day=day, known_at=known_at),
        curve=_curve(state, around, day),
        thread=told(
            [entry for entry in known if entry.on <= day and entry.number not in unseen],
            texts=texts,
            posts=posts,
            units=units,
        ),
        last_entry=entries[-1].number if entries else 0,
    )


def _texts_for(
    visitor: Visitor,
    matter_id: UUID,
    entries: Sequence[Entry[Any]],
    now: MatterState,
    unseen: frozenset[int],
) -> Mapping[str, str | None]:
    """Return the texts of a matter; leaders' notes only for its line, as rights are now.

    The words of what waits inside a unit are for its own posts.
    """
    texts = texts_of(matter_id)
    hidden = inside.withheld(matter_id, unseen, texts)
    texts = {digest: text for digest, text in texts.items() if digest not in hidden}
    if isinstance(visitor, Actor) and verbs.read_note.who(visitor, now):
        return texts
    notes = {entry.fact.note for entry in entries if isinstance(entry.fact, f.NoteWritten)}
    return {digest: text for digest, text in texts.items() if digest not in notes}


def _goals(
    visitor: Visitor, matter_id: UUID, day: date, known_at: int | None
) -> tuple[GoalOn, ...]:
    """Return the goals that the matter stands on, in the order of the tree."""
    spells = PlaceSpell.objects.filter(on_day(day, known_at=known_at), thread=matter_id)
    places = set(spells.values_list("goal", flat=True))
    goals = goals_visible_to(visitor, day=day, known_at=known_at)
    return tuple(goal for goal in goals if goal.id in places)


def _steps(state: MatterState, day: date) -> tuple[Step, ...]:
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


def _reports(state: MatterState, texts: Mapping[str, str | None]) -> tuple[ReportLine, ...]:
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
                _files(_evidence_in(fact), texts),
            )
        )
    return tuple(found)


def _files(evidence: Iterable[f.Evidence], texts: Mapping[str, str | None]) -> tuple[File, ...]:
    return tuple((texts.get(each.name) or "—", each.content, each.size) for each in evidence)


def _evidence_in(fact: Any) -> tuple[f.Evidence, ...]:
    """Return the files behind a fact: of a report, of what waits, and the signed sheet."""
    if isinstance(fact, f.Submitted):
        fact = fact.what
    released = getattr(fact, "released", None)
    sheet = released.sheet if released is not None else ()
    return (*getattr(fact, "evidence", ()), *sheet)


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
        _files(_evidence_in(one.fact), texts),
        inside.check_code(matter_id, one.entry),
    )


def submission_of(visitor: Visitor, found: Dossier, key: UUID) -> InsideLine | None:
    """Return a submission of the visitor's own unit, whatever became of it."""
    one = found.now.submissions.get(key)
    if one is None or one.unit is None or one.unit != inside.unit_of(visitor):
        return None
    return inside_line(found.id, one, found.texts)


def _requests(state: MatterState, texts: Mapping[str, str | None]) -> tuple[RequestLine, ...]:
    return tuple(
        RequestLine(
            request,
            texts.get(request.fact.reason),
            texts.get(request.reason) if request.reason else None,
            _files(_evidence_in(request.fact), texts),
        )
        for request in sorted(
            state.requests.values(), key=lambda request: request.entry, reverse=True
        )
    )


def _parts(visitor: Visitor, state: MatterState, day: date, known_at: int | None) -> Parts | None:
    if not state.parts:
        return None
    ids = [part.matter for part in state.parts]
    spells = MatterSpell.objects.filter(
        on_day(day, known_at=known_at), district=visitor.district, thread__in=ids
    )
    by_id = {spell.thread: spell for spell in spells}
    lines = tuple(
        _part_line(part, by_id[part.matter]) for part in state.parts if part.matter in by_id
    )
    whole = state.leading_target.quantity if state.leading_target else None
    total = sum((line.share for line in lines if line.share is not None), start=Decimal(0))
    return Parts(lines, whole, total, None if whole is None else whole - total)


def _part_line(part: f.Part, spell: MatterSpell) -> PartLine:
    return PartLine(
        id=part.matter,
        code=spell.code,
        title=spell.title,
        share=part.share,
        achieved=spell.achieved,
        colour=spell.colour,
        is_derived=part.derived,
        is_mandatory=part.mandatory,
        is_closed=spell.standing == "closed",
    )


def _curve(state: MatterState, around: Surroundings, day: date) -> list[CurvePoint]:
    """Return the plan at month ends and every confirmed figure.

    Empty without a leading target and a due day.
    """
    plan = state.plan
    if (
        state.leading_target is None
        or plan is None
        or plan.due is None
        or state.registered_on is None
    ):
        return []
    known = tuple(n for n in figures(state, around.answer_due) if n.counts_from <= day)
    facts = colour_facts(state, known, registered_on=state.registered_on, parts_complete=True)
    days = {n.measured_on for n in known} | {point.day for point in plan.plan} | {plan.due}
    if plan.start is not None:
        days |= {plan.start, *_month_ends(plan.start, plan.due)}
    by_day = {n.measured_on: n.amount for n in known}
    return [
        CurvePoint(each, _tenths(planned_amount(facts, each)), by_day.get(each))
        for each in sorted(days)
    ]


def _tenths(ratio: tuple[int, int] | None) -> Decimal | None:
    return (
        None if ratio is None else (Decimal(ratio[0]) / Decimal(ratio[1])).quantize(Decimal("0.1"))
    )


def _month_ends(start: date, end: date) -> list[date]:
    found: list[date] = []
    year, month = start.year, start.month
    while (last := date(year + month // 12, month % 12 + 1, 1)) <= end and len(found) < 240:
        found.append(date.fromordinal(last.toordinal() - 1))
        year, month = last.year, last.month
    return found


def evidence_file(visitor: Visitor, matter_id: UUID, digest: str) -> StoredFile | None:
    """Return a stored file of one matter of the visitor's district.

    None for one that stands in nothing but what waits inside another unit.
    """
    stored = StoredFile.objects.filter(
        district=visitor.district, thread=matter_id, digest=digest
    ).first()
    if stored is None:
        return None
    entries = queries.history_of(visitor, matter_id)
    unseen = inside.unseen(visitor, entries, state_on(entries, date.max, law=law))
    return None if inside.withheld(matter_id, unseen, [digest]) else stored


def evidence_name(visitor: Visitor, matter_id: UUID, digest: str) -> tuple[str, str]:
    """Return name and media type of an evidence file, as its report has them."""
    texts = texts_of(matter_id)
    for entry in queries.history_of(visitor, matter_id):
        for each in _evidence_in(entry.fact):
            if each.content == digest:
                return texts.get(each.name) or "evidence", each.media_type
    return "evidence", "application/octet-stream"


def removable(found: Dossier) -> list[tuple[str, str]]:
    """Return what a redaction may remove of a matter: digest, and enough words to know it by."""
    texts = [(digest, text[:60]) for digest, text in found.texts.items() if text is not None]
    of_reports = [file for line in found.reports for file in line.evidence]
    of_requests = [file for line in found.requests for file in line.evidence]
    return texts + [(digest, name) for name, digest, _size in (*of_reports, *of_requests)]
