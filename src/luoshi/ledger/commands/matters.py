"""Every write of the ledger: one command, one transaction, one entry for each matter it touches.

All commands share ``on`` (the day from which the fact holds), ``expected`` (number of the thread's
last entry that the writer saw), ``command_id`` (the same id again is the same entry), ``by`` and
``at``; all may raise NotAllowed, ChangedMeanwhile, CommandIdReused, LaterEntryStandsInTheWay and
DayInFuture besides what the verb's decider raises.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from luoshi.ledger import queries, verbs
from luoshi.ledger.commands.recording import (
    Sent,
    digest_of,
    record_one,
    sealed_if_any,
    sealed_reason,
)
from luoshi.rules.journal import Entry
from luoshi.rules.ledger import facts as f


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
    return record_one(
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
    return record_one(matter_id, verbs.place, sent, goals=goals, area=area)


def set_stage(*, matter_id: UUID, stage: f.Stage, listed: bool = False, sent: Sent) -> Entry[Any]:
    """Say in which stage the project stands; ``listed``: as a published list has it."""
    return record_one(matter_id, verbs.set_stage, sent, stage=stage, listed=listed)


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
    return record_one(
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
    words = sealed_if_any(acceptance)
    return record_one(
        matter_id,
        verbs.fix_target,
        sent,
        sealed=words,
        targets=targets,
        acceptance=digest_of(words),
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
    return record_one(
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
    return record_one(matter_id, verbs.assign, sent)


def accept(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Take the matter over for the actor's unit. Raises UnitNotConcerned, AlreadyAccepted."""
    return record_one(matter_id, verbs.accept, sent, unit=sent.by.unit)


def verify(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Find the matter done, for the actor's unit.

    Raises DoerCannotVerify, FixesMissing, ReportsWaiting.
    """
    return record_one(matter_id, verbs.verify, sent, **_verification(matter_id, sent))


def close_out(*, matter_id: UUID, sent: Sent) -> Entry[Any]:
    """Close a verified matter out. Raises NotVerified, PartsOpen, DoerCannotVerify."""
    queries.check_parts_closed(sent.by, matter_id, on=sent.on)
    return record_one(matter_id, verbs.close_out, sent, **_verification(matter_id, sent))


def _verification(matter_id: UUID, sent: Sent) -> dict[str, Any]:
    return {
        "done_by_units": queries.doing_subtree(sent.by, matter_id, on=sent.on),
        "verified_by_unit": sent.by.unit,
        "verified_by_person": sent.by.person,
    }


def suspend(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Let the matter rest. Raises Suspended, ReasonMissing."""
    words = sealed_reason(reason)
    return record_one(matter_id, verbs.suspend, sent, sealed=words, reason=digest_of(words))


def resume(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """Let the matter go on. Raises NotSuspended, ReasonMissing."""
    words = sealed_reason(reason)
    return record_one(matter_id, verbs.resume, sent, sealed=words, reason=digest_of(words))


def divide(*, matter_id: UUID, parts: tuple[f.Part, ...], sent: Sent) -> Entry[Any]:
    """Name the parts of a matter. Raises UnknownPart, PartOfItself, SamePartTwice."""
    queries.check_parts_known(sent.by, matter_id, [part.matter for part in parts])
    return record_one(matter_id, verbs.divide, sent, parts=parts)


def abolish(*, matter_id: UUID, reason: str, sent: Sent) -> Entry[Any]:
    """End the matter without completion. Raises ReasonMissing."""
    words = sealed_reason(reason)
    return record_one(matter_id, verbs.abolish, sent, sealed=words, reason=digest_of(words))


def write_note(*, matter_id: UUID, note: str, sent: Sent) -> Entry[Any]:
    """Put a leader's note on the matter; its words are read by its line. Raises ReasonMissing."""
    words = sealed_reason(note)
    return record_one(matter_id, verbs.write_note, sent, sealed=words, note=digest_of(words))
