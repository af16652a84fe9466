"""What waits inside a unit, read by its own posts: the list, the steps open to a post."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.base.models import JournalEntry
from luoshi.ledger.models import Matter
from luoshi.organisation.queries import Visitor, staff_of
from luoshi.rules.journal import Entry
from luoshi.rules.ledger import release as rules
from luoshi.rules.ledger.state import MatterState
from luoshi.rules.ledger.submissions import Outcome, Submission, unseen_by
from luoshi.rules.refusals import Refusal
from luoshi.rules.release import Step

MOST = 20
"""So many matters a unit's page lists, the longest waiting first."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """A matter in which something waits inside the unit: since when, for which posts."""

    id: UUID
    code: str
    title: str
    since: date
    posts: tuple[UUID, ...]


@dataclass(frozen=True, slots=True)
class WaitingInside:
    """What waits in a unit: some of the matters, how many there are, how many wait for the post."""

    rows: tuple[Waiting, ...]
    total: int
    mine: int


def unit_of(visitor: Visitor) -> UUID | None:
    """Return the unit whose inside a visitor sees, None for whoever acts for none."""
    return visitor.unit if isinstance(visitor, Actor) else None


def waiting_in(actor: Actor) -> WaitingInside:
    """Return what waits in the actor's own unit now, the longest waiting first: three queries."""
    if actor.unit is None:
        return WaitingInside((), 0, 0)
    rows = Matter.objects.filter(district=actor.district, inside_unit=actor.unit)
    listed = rows.order_by("inside_since", "code")[:MOST]
    columns = ("id", "code", "title", "inside_since", "inside_posts")
    return WaitingInside(
        tuple(
            Waiting(pk, code, title, since, tuple(map(UUID, posts.split())))
            for pk, code, title, since, posts in listed.values_list(*columns)
            if since is not None
        ),
        rows.count(),
        rows.filter(inside_posts__contains=str(actor.post)).count(),
    )


def unseen(visitor: Visitor, entries: Sequence[Entry[Any]], now: MatterState) -> frozenset[int]:
    """Return the numbers of the entries that wait, or ended, inside a unit not the visitor's."""
    return unseen_by(entries, now.submissions, unit_of(visitor))


def withheld(thread: UUID, numbers: frozenset[int], digests: Iterable[str]) -> frozenset[str]:
    """Return which of the texts and files stand in unseen entries alone; one query where any is."""
    if not numbers:
        return frozenset()
    bodies = dict(JournalEntry.objects.filter(thread=thread).values_list("number", "body"))
    inside = "".join(body for number, body in bodies.items() if number in numbers)
    outside = "".join(body for number, body in bodies.items() if number not in numbers)
    return frozenset(one for one in digests if one in inside and one not in outside)


def of_the_unit(visitor: Visitor, now: MatterState) -> tuple[Submission, ...]:
    """Return what waits inside the visitor's unit, and what came back and was not sent again."""
    unit = unit_of(visitor)
    if unit is None:
        return ()
    waiting = [one for one in now.waiting_inside if one.unit == unit]
    return (*waiting, *(one for one in _came_back(now, unit) if now.is_in_force))


def _came_back(now: MatterState, unit: UUID) -> Iterable[Submission]:
    for is_report in (True, False):
        told = [
            one
            for one in now.submissions.values()
            if one.unit == unit and one.is_report == is_report
        ]
        last = max(told, key=lambda one: one.entry, default=None)
        if last is not None and last.outcome == Outcome.SENT_BACK:
            yield last


def steps_open_to(actor: Actor, one: Submission, *, today: date) -> tuple[str, ...]:
    """Return the verbs by which the actor may take a step of what waits, as the decider holds."""
    if actor.unit is None or one.outcome != Outcome.WAITING:
        return ()
    by, staff = actor.signature, staff_of(actor, actor.unit, day=today)
    steps = {
        "review_submission": lambda: rules.check_may_review(one, by, staff),
        "release_submission": lambda: rules.check_may_release(one, by, staff),
        "send_back_submission": lambda: rules.check_may_send_back(one, by),
    }
    if one.step != Step.REVIEW:
        del steps["review_submission"]
    return tuple(name for name, check in steps.items() if _stands(check))


def _stands(check: Any) -> bool:
    try:
        check()
    except Refusal:
        return False
    return True


def check_code(thread: UUID, number: int) -> str:
    """Return the short code that a sheet and its entry share: the digest's first eight figures."""
    rows = JournalEntry.objects.filter(thread=thread, number=number)
    digest = rows.values_list("digest", flat=True).first() or ""
    return f"{digest[:4]}-{digest[4:8]}".upper()
