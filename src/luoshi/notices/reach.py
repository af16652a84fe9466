"""Whom a notice reaches on a day, and when the district's calendar lets a message ring."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from django.utils import timezone

from luoshi.base.models import Outbox
from luoshi.clocks.surroundings import NoCalendar, surroundings
from luoshi.organisation.queries import DistrictVisitor, PostOn, posts_visible_to
from luoshi.rules.calendar import CalendarNotAnnounced, WorkCalendar
from luoshi.rules.notices import Audience, AudienceKind, Hours, next_open, reached

VACANT, NO_POST, OWN_ACT = "vacant", "no_post", "own_act"
"""Why a notice comes to nobody: nobody holds the post, there is no post, it is one's own act."""


@dataclass(frozen=True, slots=True)
class Hand:
    """A person in a post whom a notice reaches, or why it reaches nobody there."""

    post: UUID | None
    unit: UUID | None
    person: UUID | None
    why_not: str = ""


class Around:
    """A district at a moment: its posts and its calendar, each read once."""

    def __init__(self, district: UUID, at: datetime) -> None:
        self.district, self.at = district, at
        self.local = timezone.localtime(at, timezone.get_default_timezone())

    @cached_property
    def posts(self) -> list[PostOn]:
        """Return the posts in force on the day."""
        return posts_visible_to(DistrictVisitor(self.district), day=self.local.date())

    @cached_property
    def _calendar(self) -> WorkCalendar | None:
        try:
            return surroundings(self.district, None).calendar_on(self.local.date())
        except NoCalendar:
            return None

    def next_open(self, hours: Hours) -> datetime:
        """Return the first moment from now on at which a message may ring."""
        return next_open(self.local, hours, is_working_day=self._is_working_day)

    def _is_working_day(self, day: date) -> bool | None:
        """Answer by the calendar; None where the day's year is not announced."""
        try:
            return None if self._calendar is None else self._calendar.is_working_day(day)
        except CalendarNotAnnounced:
            return None


def audience_of(notice: Outbox) -> Audience:
    """Return to whom a stored notice is addressed."""
    return Audience(AudienceKind(notice.audience_kind), notice.audience)


def hands_of(notice: Outbox, posts: Iterable[PostOn]) -> list[Hand]:
    """Return every hand that a notice reaches by the posts of a day."""
    audience = audience_of(notice)
    found = reached(audience, posts)
    if not found:
        unit = UUID(audience.who) if audience.kind == AudienceKind.UNIT else None
        return [Hand(None, unit, None, NO_POST)]
    return [hand for post in found for hand in _hands(post, notice.by_person)]


def _hands(post: PostOn, by_person: UUID) -> list[Hand]:
    persons = persons_of(post)
    if not persons:
        return [Hand(post.id, post.unit, None, VACANT)]
    return [
        Hand(post.id, post.unit, person, OWN_ACT if person == by_person else "")
        for person in persons
    ]


def persons_of(post: PostOn) -> list[UUID]:
    """Return who acts for a post on its day: the holder, and whom the post is delegated to."""
    both = (post.holder, post.delegate)
    return list(dict.fromkeys(person for person in both if person is not None))
