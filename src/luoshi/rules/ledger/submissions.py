"""What waits inside a unit: submissions, their steps, and what became of them."""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple
from uuid import UUID

from luoshi.rules.journal import Entry, Signature
from luoshi.rules.ledger import facts as f
from luoshi.rules.release import Step

INSIDE = (f.Submitted, f.SubmissionReviewed, f.SubmissionSentBack)
"""What concerns nobody outside the unit.

Whether the matter takes it is judged when it is submitted, and again when it is let out.
"""


class Outcome(StrEnum):
    """What became of a submission."""

    WAITING = "waiting"
    SENT_BACK = "sent_back"
    REPLACED = "replaced"  # a later one of the same sort took its place
    RELEASED = "released"


class Taken(NamedTuple):
    """A step that was taken: its fact, whose hand it was, its day and entry."""

    fact: f.SubmissionReviewed | f.SubmissionSentBack | f.ProgressReported | f.ChangeRequested
    by: Signature
    on: date
    entry: int


class Submission(NamedTuple):
    """A submission as it stands; ``writers`` wrote it or put it right, the first one first."""

    fact: f.Submitted
    entry: int
    on: date
    writers: tuple[Signature, ...]
    outcome: Outcome = Outcome.WAITING
    taken: tuple[Taken, ...] = ()
    moved_by: int = 0
    """The entry that spoke of it last, its own at first."""

    @property
    def unit(self) -> UUID | None:
        """Return the unit inside which it waits."""
        return self.writers[0].unit

    @property
    def is_report(self) -> bool:
        """Tell whether it becomes a report, not a request for a change."""
        return self.fact.report is not None

    @property
    def is_reviewed(self) -> bool:
        """Tell whether a reviewer found it right."""
        return any(isinstance(step.fact, f.SubmissionReviewed) for step in self.taken)

    @property
    def step(self) -> Step:
        """Return the step that comes next while it waits."""
        return Step.REVIEW if self.fact.way.is_reviewed and not self.is_reviewed else Step.RELEASE

    @property
    def next_posts(self) -> tuple[UUID, ...]:
        """Return the posts it waits for; for the sheet's scan it waits for who submitted it."""
        way = self.fact.way
        if self.step == Step.REVIEW:
            return way.reviewers
        if way.on_paper:
            return (self.writers[0].post,) if self.writers[0].post else ()
        return way.releasing

    @property
    def hands(self) -> frozenset[UUID]:
        """Return the persons who took a step: wrote it, put it right, reviewed it, let it out."""
        steps = (one.by for one in self.taken if not isinstance(one.fact, f.SubmissionSentBack))
        return frozenset(hand.person for hand in (*self.writers, *steps))


Submissions = MappingProxyType[UUID, Submission]
NONE: Submissions = MappingProxyType({})


def put_up(known: Submissions, entry: Entry[Any]) -> Submissions:
    """Return what is known with one more; it takes the place of one of its sort that waits."""
    fact: f.Submitted = entry.fact
    hands = (*entry.hands, entry.by)
    fresh = Submission(fact, entry.number, entry.on, hands, moved_by=entry.number)
    before = overtaken(known, entry, is_report=fresh.is_report)
    return _with(before, {fact.id: fresh})


def overtaken(known: Submissions, entry: Entry[Any], *, is_report: bool) -> Submissions:
    """Return what is known where the unit spoke once more: what waited of the sort is replaced."""
    replaced = {
        key: one._replace(outcome=Outcome.REPLACED, moved_by=entry.number)
        for key, one in known.items()
        if one.outcome == Outcome.WAITING
        and (one.unit, one.is_report) == (entry.by.unit, is_report)
    }
    return _with(known, replaced) if replaced else known


def stepped(known: Submissions, key: UUID, entry: Entry[Any], outcome: Outcome) -> Submissions:
    """Return what is known after a step of one of them."""
    one = known[key]
    taken = (*one.taken, Taken(entry.fact, entry.by, entry.on, entry.number))
    moved = one._replace(outcome=outcome, taken=taken, moved_by=entry.number)
    return _with(known, {key: moved})


def _with(known: Submissions, changed: Mapping[UUID, Submission]) -> Submissions:
    return MappingProxyType({**known, **changed})


def unseen_by(
    entries: Iterable[Entry[Any]], known: Submissions, unit: UUID | None
) -> frozenset[int]:
    """Return the numbers of the entries that only another unit may see, corrections of them too.

    What was let out is seen by all with the steps that led there; what waits, was sent back,
    replaced or taken back is seen by the unit's own posts.
    """
    unseen: set[int] = set()
    for entry in entries:
        fact = entry.fact
        if entry.corrects in unseen:
            unseen.add(entry.number)
        elif isinstance(fact, INSIDE) and entry.by.unit != unit:
            one = known.get(fact.id if isinstance(fact, f.Submitted) else fact.submission)
            if one is None or one.outcome != Outcome.RELEASED:
                unseen.add(entry.number)
    return frozenset(unseen)
