"""Every write of the ledger: one command, one transaction, one entry for each matter it touches.

All commands share ``on`` (the day from which the fact holds), ``expected`` (number of the thread's
last entry that the writer saw), ``command_id`` (the same id again is the same entry), ``by`` and
``at``; all may raise NotAllowed, ChangedMeanwhile, CommandIdReused, LaterEntryStandsInTheWay and
DayInFuture besides what the verb's decider raises.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from typing import Any, cast
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from luoshi.base import redaction, texts
from luoshi.base.files import SealedFile
from luoshi.base.journal import Actor, Change, Command, record
from luoshi.base.texts import SealedText
from luoshi.base.verbs import Verb
from luoshi.clocks.surroundings import surroundings
from luoshi.ledger import queries, verbs
from luoshi.ledger.projection import MATTERS
from luoshi.notices.commands import allow_asks
from luoshi.organisation.permissions import is_office
from luoshi.organisation.queries import way_of
from luoshi.rules.burden import AskAboveCap
from luoshi.rules.journal import Entry, TextDigest, Withdrawn, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.decide import correct as correct_fact
from luoshi.rules.ledger.reach import check_reach
from luoshi.rules.ledger.release import submitted
from luoshi.rules.ledger.state import MatterState


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """How a command came: on which day it holds, what its writer saw, its id, hand and moment.

    ``consent`` is the office's reason for asking a post above the cap, where it does.
    """

    on: date
    expected: int
    command_id: UUID
    by: Actor
    at: datetime
    consent: str = ""

    @property
    def command(self) -> Command:
        """Return under what the entries are recorded."""
        return Command(id=self.command_id, by=self.by, at=self.at)


def _record(
    matter_id: UUID,
    verb: Verb,
    sent: Sent,
    *,
    sealed: Iterable[SealedText] = (),
    files: Iterable[SealedFile] = (),
    locked: Callable[[], None] = lambda: None,
    becomes: Callable[[MatterState, Any], Any] = lambda _state, fact: fact,
    **given: Any,
) -> Entry[Any]:
    """Decide and record one fact; what is given goes to the verb's decider as it is.

    ``locked`` checks what two writers at once could both find free; it runs under the locks.
    ``becomes`` turns what was decided into what is recorded.
    """

    def permit(state: MatterState) -> None:
        _permit(verb, sent, state)
        locked()

    change = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=lambda state: becomes(state, verb.decide(state, on=sent.on, **given)),
        permit=permit,
        on=sent.on,
        expected=sent.expected,
        texts=tuple(sealed),
        files=tuple(files),
    )
    return _recorded(change, sent)


def _recorded(change: Change, sent: Sent) -> Entry[Any]:
    """Record a change, with the office's consent where more is asked than the cap allows.

    Raises AskAboveCap where no consent is given, NotAllowed where not the office gives it.
    """
    try:
        return record(change, command=sent.command)[0]
    except AskAboveCap as refused:
        if not sent.consent.strip():
            raise
        posts = cast("list[UUID]", refused.facts["posts"])
    with transaction.atomic():
        allow_asks(
            posts=posts,
            on=today_of(sent),
            reason=sent.consent,
            command_id=uuid5(sent.command_id, "consent"),
            by=sent.by,
            at=sent.at,
        )
        return record(change, command=sent.command)[0]


def _permit(verb: Verb, sent: Sent, state: MatterState) -> None:
    """Raise NotAllowed, or TooFarBack where a unit reaches behind the open reporting period."""
    verb.check(sent.by, state)
    if not is_office(sent.by):
        today = timezone.localtime(sent.at).date()
        rule = surroundings(sent.by.district, None).rule_on(today)
        check_reach(sent.on, today, report_due_day=rule.report_due_day)


def matter_of(command_id: UUID) -> UUID:
    """Return the id of the matter that a registering command begins."""
    return uuid5(command_id, "matter")


def register(
    *,
    code: str,
    title: str,
    kind: f.MatterKind,
    origin: f.Origin,
    sources: tuple[f.Source, ...],
    goals: tuple[UUID, ...] = (),
    area: str = "",
    verifier_unit: UUID | None = None,
    sent: Sent,
) -> Entry[Any]:
    """Enter a matter; its id is ``matter_of(command_id)``.

    Raises CodeTaken, GoalNotInForce, UnitNotInForce.
    """
    matter_id = matter_of(sent.command_id)
    queries.check_goals_in_force(sent.by, goals, on=sent.on)
    queries.check_units_in_force(sent.by, [verifier_unit], on=sent.on)
    return _record(
        matter_id,
        verbs.register,
        sent,
        locked=lambda: queries.check_code_is_free(sent.by, code, besides=matter_id),
        code=code,
        title=title,
        kind=kind,
        origin=origin,
        sources=sources,
        goals=goals,
        area=area,
        verifier_unit=verifier_unit,
    )


def place(*, matter_id: UUID, goals: tuple[UUID, ...], area: str = "", sent: Sent) -> Entry[Any]:
    """Put a matter on other goals. Raises GoalNotInForce."""
    queries.check_goals_in_force(sent.by, goals, on=sent.on)
    return _record(matter_id, verbs.place, sent, goals=goals, area=area)


def set_stage(*, matter_id: UUID, stage: f.Stage, listed: bool = False, sent: Sent) -> Entry[Any]:
    """Say in which stage the project stands; ``listed``: as a published list has it."""
    return _record(matter_id, verbs.set_stage, sent, stage=stage, listed=listed)


def fix_responsibility(
    *,
    matter_id: UUID,
    lead_unit: UUID,
    supporting_units: tuple[UUID, ...] = (),
    responsible_post: UUID | None = None,
    sponsoring_post: UUID | None = None,
    sent: Sent,
) -> Entry[Any]:
    """Fix who answers. Raises UnitNotInForce, PostNotInForce, SameUnitTwice."""
    queries.check_units_in_force(sent.by, [lead_unit, *supporting_units], on=sent.on)
    queries.check_posts_in_force(sent.by, [responsible_post, sponsoring_post], on=sent.on)
    return _record(
        matter_id,
        verbs.fix_responsibility,
        sent,
        lead_unit=lead_unit,
        supporting_units=supporting_units,
        responsible_post=responsible_post,
        sponsoring_post=sponsoring_post,
    )


def fix_target(
    *, matter_id: UUID, targets: tuple[f.Target, ...] = (), acceptance: str = "", sent: Sent
) -> Entry[Any]:
    """Fix what is to be reached, in figures or in words. Raises NothingFixed, TargetsUnclear."""
    words = _sealed(acceptance)
    return _record(
        matter_id, verbs.fix_target, sent, sealed=words, targets=targets, acceptance=_digest(words)
    )


def fix_milestones(
    *,
    matter_id: UUID,
    due: date | None = None,
    start: date | None = None,
    start_inferred: bool = False,
    due_inferred: bool = False,
    planned_start: date | None = None,
    milestones: tuple[f.Milestone, ...] = (),
    plan: tuple[f.Planned, ...] = (),
    sent: Sent,
) -> Entry[Any]:
    """Fix the days. Raises NothingFixed, DueBeforeStart, MilestoneOutside, PlanUnclear."""
    return _record(
        matter_id,
        verbs.fix_milestones,
        sent,
        due=due,
        start=start,
        start_inferred=start_inferred,
        due_inferred=due_inferred,
        planned_start=planned_start,
        milestones=milestones,
        plan=plan,
    )


def assign(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Hand a draft over to its units. Raises FixesMissing, AlreadyAssigned."""
    return _record(matter_id, verbs.assign, sent)


def accept(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Take the matter over for the actor's unit. Raises UnitNotConcerned, AlreadyAccepted."""
    return _record(matter_id, verbs.accept, sent, unit=sent.by.unit)


def report_progress(
    *,
    matter_id: UUID,
    measured_on: date,
    achieved: Decimal | None = None,
    target: str = "",
    started_on: date | None = None,
    milestones_done: tuple[f.MilestoneDone, ...] = (),
    visible_progress: str = "",
    problems: str = "",
    evidence: tuple[SealedFile, ...] = (),
    kept: Sequence[str] = (),
    sent: Sent,
) -> Entry[Any]:
    """Report the whole amount so far, in the target's unit, as measured on a day.

    The report's id is the command's. Where the lead unit's own way asks for it, the report waits
    inside the unit until it is let out. ``kept`` are digests of files that the actor's unit
    submitted before with what came back. Raises NotFound for another.
    """
    visible, troubles = _sealed(visible_progress), _sealed(problems)
    return _record(
        matter_id,
        verbs.report_progress,
        sent,
        sealed=(*visible, *troubles),
        files=evidence,
        becomes=going_the_units_way(sent),
        report=sent.command_id,
        measured_on=measured_on,
        target=target,
        achieved=achieved,
        started_on=started_on,
        milestones_done=milestones_done,
        visible_progress=_digest(visible),
        problems=_digest(troubles),
        evidence=(
            *queries.files_submitted(sent.by, matter_id, kept),
            *(evidence_of(file) for file in evidence),
        ),
    )


def going_the_units_way(sent: Sent) -> Callable[[MatterState, Any], Any]:
    """Return how what a unit says is recorded: out at once, or as what waits inside the unit.

    The way is that of today: an earlier day that it holds from is no way around it.
    """
    way = way_of(sent.by, sent.by.unit, day=today_of(sent))
    return partial(submitted, way=way, by=sent.by.signature)


def today_of(sent: Sent) -> date:
    """Return the district's day on which a command is sent."""
    return timezone.localtime(sent.at, timezone.get_default_timezone()).date()


def evidence_of(file: SealedFile) -> f.Evidence:
    """Return what a fact keeps of a file."""
    return f.Evidence(
        name=file.name.digest, content=file.digest, size=file.size, media_type=file.media_type
    )


def confirm_report(*, matter_id: UUID, report: UUID, sent: Sent) -> Entry[Any]:
    """Take a report as right; from then on its figures count. Raises ReportAnswered.

    Board and colour use them.
    """
    return _record(matter_id, verbs.confirm_report, sent, report=report)


def return_report(*, matter_id: UUID, report: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Send a report back with the reason. Raises ReportAnswered, ReasonMissing."""
    words = _reason(reason)
    return _record(
        matter_id, verbs.return_report, sent, sealed=words, report=report, reason=_digest(words)
    )


def request_change(*, matter_id: UUID, revision: f.Revision, reason: str, sent: Sent) -> Entry[Any]:
    """Ask for another plan; the request's id is the command's. It goes the unit's way too.

    Raises NothingAsked, ReasonMissing.
    """
    words = _reason(reason)
    return _record(
        matter_id,
        verbs.request_change,
        sent,
        sealed=words,
        becomes=going_the_units_way(sent),
        request=sent.command_id,
        revision=revision,
        reason=_digest(words),
    )


def decide_change(
    *, matter_id: UUID, request: UUID, granted: bool, reason: str, sent: Sent
) -> Entry[Any]:
    """Grant or refuse a requested change. Raises RequestAnswered, ReasonMissing."""
    words = _reason(reason)
    return _record(
        matter_id,
        verbs.decide_change,
        sent,
        sealed=words,
        request=request,
        granted=granted,
        reason=_digest(words),
    )


def verify(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Find the matter done, for the actor's unit.

    Raises DoerCannotVerify, FixesMissing, ReportsWaiting.
    """
    return _record(matter_id, verbs.verify, sent, **_verification(matter_id, sent))


def close_out(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Close a verified matter out. Raises NotVerified, PartsOpen, DoerCannotVerify."""
    queries.check_parts_closed(sent.by, matter_id, on=sent.on)
    return _record(matter_id, verbs.close_out, sent, **_verification(matter_id, sent))


def _verification(matter_id: UUID, sent: Sent) -> dict[str, Any]:
    return {
        "done_by_units": queries.doing_subtree(sent.by, matter_id, on=sent.on),
        "verified_by_unit": sent.by.unit,
        "verified_by_person": sent.by.person,
    }


def suspend(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Let the matter rest. Raises Suspended, ReasonMissing."""
    words = _reason(reason)
    return _record(matter_id, verbs.suspend, sent, sealed=words, reason=_digest(words))


def resume(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Let the matter go on. Raises NotSuspended, ReasonMissing."""
    words = _reason(reason)
    return _record(matter_id, verbs.resume, sent, sealed=words, reason=_digest(words))


def divide(*, matter_id: UUID, parts: tuple[f.Part, ...], sent: Sent) -> Entry[Any]:
    """Name the parts of a matter. Raises UnknownPart, PartOfItself, SamePartTwice."""
    queries.check_parts_known(sent.by, matter_id, [part.matter for part in parts])
    return _record(matter_id, verbs.divide, sent, parts=parts)


def abolish(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """End the matter without completion. Raises ReasonMissing."""
    words = _reason(reason)
    return _record(matter_id, verbs.abolish, sent, sealed=words, reason=_digest(words))


def write_note(*, matter_id: UUID, note: str, sent: Sent) -> Entry[Any]:
    """Put a leader's note on the matter; its words are read by its line. Raises ReasonMissing."""
    words = _reason(note)
    return _record(matter_id, verbs.write_note, sent, sealed=words, note=_digest(words))


def correct(
    *,
    matter_id: UUID,
    entry: int,
    change: Callable[[Any], f.MatterFact] | None,
    reason: str,
    sealed: tuple[SealedText, ...] = (),
    sent: Sent,
) -> Entry[Any]:
    """Replace an entry by a corrected fact, or take it back (``change`` None).

    The old line stays in the journal. ``change`` turns the old fact into the right one. Raises
    EntryNotStanding, LaterEntryStandsInTheWay, ReasonMissing, ReportAnswered where a unit would
    correct a report that the office has answered.
    """
    (words,) = _reason(reason)
    old = queries.entry_of(sent.by, matter_id, entry)

    def decide(state: MatterState) -> f.MatterFact | Withdrawn:
        if change is None:
            return Withdrawn()
        return correct_fact(state, on=sent.on, fact=change(old.fact))

    correction = Change(
        kind=MATTERS,
        thread=matter_id,
        decide=decide,
        permit=lambda state: queries.check_can_correct(sent.by, state, old),
        on=sent.on,
        expected=sent.expected,
        texts=sealed,
        corrects=entry,
        reason=words,
    )
    return _recorded(correction, sent)


def redact(
    *, matter_id: UUID, digests: Sequence[TextDigest], reason: str, sent: Sent
) -> Entry[Any]:
    """Remove texts or files of a matter for good; the digests stay.

    Raises NotFound, ReasonMissing.
    """
    state = state_on(queries.history_of(sent.by, matter_id), date.max, law=law)
    verbs.redact.check(sent.by, state)
    (words,) = _reason(reason)
    return redaction.redact(
        kind=MATTERS,
        thread=matter_id,
        digests=digests,
        reason=words,
        approved_by=sent.by.person,
        on=sent.on,
        expected=sent.expected,
        command=sent.command,
    )


def _sealed(text: str) -> tuple[SealedText, ...]:
    """Seal a text that may be empty."""
    return (texts.seal(text.strip()),) if text.strip() else ()


def _digest(sealed: tuple[SealedText, ...]) -> TextDigest | None:
    return sealed[0].digest if sealed else None


def _reason(text: str) -> tuple[SealedText, ...]:
    if not text.strip():
        raise queries.ReasonMissing
    return _sealed(text)
