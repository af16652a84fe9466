"""Every read of the ledger that judges or finds one matter; the board has a file of its own."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.base.models import OPEN, JournalEntry, Thread
from luoshi.base.prepared import Prepared
from luoshi.base.spells import on_day
from luoshi.base.threads import entries_of
from luoshi.ledger.models import GoalSpell, Matter, MatterSpell, PartSpell
from luoshi.ledger.projection import MATTERS
from luoshi.organisation import queries as organisation
from luoshi.organisation.models import UnitSpell
from luoshi.organisation.permissions import is_office
from luoshi.organisation.queries import Visitor
from luoshi.rules.journal import Entry, TextDigest, state_on
from luoshi.rules.ledger import facts as f
from luoshi.rules.ledger import law
from luoshi.rules.ledger.refusals import PartOfItself, PartsOpen, ReportAnswered
from luoshi.rules.ledger.state import Answer, MatterState, Standing
from luoshi.rules.ledger.submission_refusals import SubmissionMoved
from luoshi.rules.ledger.submissions import INSIDE, Outcome
from luoshi.rules.refusals import NotAllowed, NotFound, Refusal
from luoshi.rules.sheets.matching import Known


class CodeTaken(Refusal):
    """Another matter has this code; facts: ``code_given``."""

    code = "code_taken"


class GoalNotInForce(Refusal):
    """The goal is no node of the tree on that day; facts: ``on``."""

    code = "goal_not_in_force"


class UnitNotInForce(Refusal):
    """The unit does not exist on that day; facts: ``on``."""

    code = "unit_not_in_force"


class PostNotInForce(Refusal):
    """The post does not exist on that day; facts: ``on``."""

    code = "post_not_in_force"


class ReasonMissing(Refusal):
    """The verb needs a reason in words."""

    code = "reason_missing"


class UnknownPart(Refusal):
    """A part is no matter of this district; facts: ``count``."""

    code = "unknown_part"


def matter_visible_to(visitor: Visitor, matter_id: UUID) -> Matter:
    """Return one matter of the visitor's district. Raises NotFound."""
    matter = Matter.objects.filter(district=visitor.district, pk=matter_id).first()
    if matter is None:
        raise NotFound(what="matter")
    return matter


_IS_THERE = Prepared(
    lambda district, matter: Matter.objects.filter(district=district, pk=matter).values_list("pk"),
    district=UUID,
    matter=UUID,
)


def history_of(visitor: Visitor, matter_id: UUID) -> list[Entry[Any]]:
    """Return every entry of a matter in number order. Raises NotFound."""
    if not _IS_THERE(district=visitor.district, matter=matter_id):
        raise NotFound(what="matter")
    return entries_of(matter_id, MATTERS)


def entry_of(visitor: Visitor, matter_id: UUID, number: int) -> Entry[Any]:
    """Return one entry of a matter. Raises NotFound."""
    for entry in history_of(visitor, matter_id):
        if entry.number == number:
            return entry
    raise NotFound(what="entry")


def known_matters(district: UUID, *, day: date) -> list[Known]:
    """Return the matters of a district as a list is held against them, as known now.

    The year is that in which the plan of the day ends; a matter that begins later has its own.
    """
    spells = MatterSpell.objects.filter(district=district, known_to=OPEN).order_by("from_day")
    columns = ("thread", "title", "code", "lead_unit", "due", "start", "from_day")
    units = dict(
        UnitSpell.objects.filter(on_day(day), district=district).values_list("thread", "name")
    )
    found: dict[UUID, Known] = {}
    for matter, title, code, lead, due, start, from_day in spells.values_list(*columns):
        if from_day > day and matter in found:
            continue
        ends = due or start
        unit = units.get(lead, "") if lead else ""
        found[matter] = Known(matter, title, code, code, unit, ends.year if ends else None)
    return list(found.values())


def check_code_is_free(visitor: Visitor, code: str, *, besides: UUID) -> None:
    """Raise CodeTaken where another matter of the district has the code."""
    if Matter.objects.filter(district=visitor.district, code=code).exclude(pk=besides).exists():
        raise CodeTaken(code_given=code)


def check_goals_in_force(visitor: Visitor, goals: Sequence[UUID], *, on: date) -> None:
    """Raise GoalNotInForce where a goal is no node on the day."""
    if not goals:
        return
    known = GoalSpell.objects.filter(on_day(on), district=visitor.district, thread__in=goals)
    if known.count() < len(set(goals)):
        raise GoalNotInForce(on=on)


def check_units_in_force(visitor: Visitor, units: Iterable[UUID | None], *, on: date) -> None:
    """Raise UnitNotInForce where a unit does not exist on the day."""
    asked = {unit for unit in units if unit is not None}
    if not asked:
        return
    if asked - {unit.id for unit in organisation.units_visible_to(visitor, day=on)}:
        raise UnitNotInForce(on=on)


def check_posts_in_force(visitor: Visitor, posts: Iterable[UUID | None], *, on: date) -> None:
    """Raise PostNotInForce where a post does not exist on the day."""
    asked = {post for post in posts if post is not None}
    if asked and asked - {post.id for post in organisation.posts_visible_to(visitor, day=on)}:
        raise PostNotInForce(on=on)


def check_parts_known(visitor: Visitor, matter_id: UUID, parts: Sequence[UUID]) -> None:
    """Raise UnknownPart, and PartOfItself where the matter is a part or below one."""
    known = Matter.objects.filter(district=visitor.district, pk__in=parts).count()
    if known < len(set(parts)):
        raise UnknownPart(count=len(set(parts)) - known)
    below, open_parts = set(parts), list(parts)
    while open_parts:
        state = state_on(entries_of(open_parts.pop(), MATTERS), date.max, law=law)
        fresh = {each.matter for each in state.parts} - below
        below |= fresh
        open_parts += fresh
    if matter_id in below:
        raise PartOfItself(title=matter_visible_to(visitor, matter_id).title)


def check_parts_closed(visitor: Visitor, matter_id: UUID, *, on: date) -> None:
    """Raise PartsOpen where a mandatory part is not closed out on the day."""
    state = state_on(history_of(visitor, matter_id), on, law=law)
    mandatory = [part.matter for part in state.parts if part.mandatory]
    closed = MatterSpell.objects.filter(
        on_day(on), district=visitor.district, thread__in=mandatory, standing=Standing.CLOSED
    ).count()
    if closed < len(mandatory):
        raise PartsOpen(title=state.title, count=len(mandatory) - closed)


_WHOLES = Prepared(
    lambda district, part, day, known_at: PartSpell.objects.filter(
        on_day(day, known_at=known_at), district=district, part=part
    ).values_list("thread"),
    district=UUID,
    part=UUID,
    day=date,
    known_at=int,
)


def wholes_of(
    visitor: Visitor, matter_id: UUID, *, day: date, known_at: int | None
) -> tuple[Matter, ...]:
    """Return the matters that this one is part of on a day."""
    wholes = _WHOLES(district=visitor.district, part=matter_id, day=day, known_at=known_at)
    if not wholes:  # as of most matters
        return ()
    return tuple(Matter.objects.filter(pk__in=[whole for (whole,) in wholes]).order_by("code"))


def doing_subtree(visitor: Visitor, matter_id: UUID, *, on: date) -> tuple[UUID, ...]:
    """Return lead and supporting units of a matter and all units below them on a day."""
    state = state_on(history_of(visitor, matter_id), on, law=law)
    units = organisation.units_visible_to(visitor, day=on)
    return tuple(sorted(organisation.units_below(units, state.doing_units)))


def check_can_correct(actor: Actor, state: MatterState, entry: Entry[Any]) -> None:
    """Raise NotAllowed or ReportAnswered where a line may not be corrected by the actor.

    The office corrects anything but what waits inside a unit, a unit its own report until it is
    answered, and its own submission until another step is taken.
    """
    fact = entry.fact
    if isinstance(fact, INSIDE):
        _check_inside(actor, state, entry)
        return
    if is_office(actor):
        return
    if (
        not isinstance(fact, f.ProgressReported)
        or entry.by.unit != actor.unit
        or actor.unit is None
    ):
        raise NotAllowed(verb="correct")
    report = state.reports.get(fact.report)
    if report is not None and report.answer != Answer.WAITING:
        raise ReportAnswered(report=fact.report, answer=report.answer)


def _check_inside(actor: Actor, state: MatterState, entry: Entry[Any]) -> None:
    """Raise NotAllowed but for who submitted it inside the own unit, SubmissionMoved after a step.

    A step that was taken is never corrected: the next one answers it.
    """
    fact = entry.fact
    is_own = actor.unit is not None and entry.by.unit == actor.unit
    if not isinstance(fact, f.Submitted) or not is_own:
        raise NotAllowed(verb="correct")
    one = state.submissions.get(fact.id)
    if one is not None and (one.outcome != Outcome.WAITING or one.taken):
        raise SubmissionMoved(submission=fact.id, outcome=one.outcome)


def files_submitted(
    actor: Actor, matter_id: UUID, digests: Sequence[str]
) -> tuple[f.Evidence, ...]:
    """Return files of reports that the actor's unit submitted inside it. Raises NotFound."""
    if not digests:
        return ()
    state = state_on(history_of(actor, matter_id), date.max, law=law)
    known = {
        file.content: file
        for one in state.submissions.values()
        if one.fact.report is not None and actor.unit is not None and one.unit == actor.unit
        for file in one.fact.report.evidence
    }
    if set(digests) - known.keys():
        raise NotFound(what="file")
    return tuple(known[TextDigest(digest)] for digest in digests)


def last_number(visitor: Visitor) -> int:
    """Return the number of the district's last entry."""
    newest = JournalEntry.objects.filter(district=visitor.district).order_by("-number")
    return newest.values_list("number", flat=True).first() or 0


def last_entry_of(thread: UUID) -> int:
    """Return the number of a thread's last entry, 0 where there is none."""
    return Thread.objects.filter(pk=thread).values_list("last_number", flat=True).first() or 0


def matter_ids_of(visitor: Visitor, codes: Sequence[str]) -> dict[str, UUID]:
    """Return the ids of the matters with these codes."""
    rows = Matter.objects.filter(district=visitor.district, code__in=codes)
    return dict(rows.values_list("code", "id"))
