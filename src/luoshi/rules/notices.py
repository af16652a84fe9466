"""What is told to whom because of an entry, and when a message may ring at somebody's desk."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol, Self, TypeVar
from uuid import UUID

from luoshi.rules.rights import DOERS, Role, roles_told


class AudienceKind(StrEnum):
    """To what a notice is addressed; persons are found on the day of delivery."""

    POST = "post"
    UNIT = "unit"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Audience:
    """A post or a unit by its id, or all posts of the district that have a role."""

    kind: AudienceKind
    who: str

    @classmethod
    def post(cls, post: UUID) -> Self:
        """Return the audience of one post."""
        return cls(AudienceKind.POST, str(post))

    @classmethod
    def unit(cls, unit: UUID) -> Self:
        """Return the audience of a unit: its nearest hands (see ``reached``)."""
        return cls(AudienceKind.UNIT, str(unit))

    @classmethod
    def role(cls, role: Role) -> Self:
        """Return the audience of every post that has a role."""
        return cls(AudienceKind.ROLE, role.value)


INSIDE = "inside/"
"""How the key of an ask begins by which one post of a unit waits for another.

Inside a unit nobody asks anything of it: the cap on asks does not count them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What an audience is told: a code and facts (ids and days), no words and no person.

    ``ask`` is the key by which a later entry of the same thread answers it; a notice without one
    only tells.
    """

    code: str
    audience: Audience
    ask: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Settled:
    """The asks of this key are answered by the entry."""

    ask: str


@dataclass(frozen=True, slots=True)
class Dropped:
    """The asks of this key need no answer any more; without a key all of the thread."""

    ask: str = ""


Said = Notice | Settled | Dropped


class Held(Protocol):
    """A post as far as it matters who is reached."""

    @property
    def id(self) -> UUID:
        """Return its id."""
        ...

    @property
    def unit(self) -> UUID | None:
        """Return the unit in which it acts."""
        ...

    @property
    def holder(self) -> UUID | None:
        """Return who holds it, None where it is vacant."""
        ...

    @property
    def roles(self) -> frozenset[str]:
        """Return what it is called to."""
        ...


P = TypeVar("P", bound=Held)

NEAREST: Sequence[Collection[Role]] = (
    (Role.OFFICER,),
    (Role.REVIEWER,),
    (Role.UNIT_HEAD,),
    DOERS,
)
"""Who is asked in a unit: the first of these that somebody holds. Nobody is asked over the heads of
those who do the work, and not everybody at once."""


def reached(audience: Audience, posts: Iterable[P]) -> list[P]:
    """Return the posts to which an audience comes on the day of ``posts``; vacant ones too."""
    if audience.kind == AudienceKind.POST:
        return [post for post in posts if str(post.id) == audience.who]
    if audience.kind == AudienceKind.ROLE:
        return [post for post in posts if audience.who in roles_told(post.roles)]
    own = [post for post in posts if str(post.unit) == audience.who]
    rungs = [[post for post in own if roles_told(post.roles) & frozenset(r)] for r in NEAREST]
    held = [rung for rung in rungs if any(post.holder is not None for post in rung)]
    return next(iter(held or [rung for rung in rungs if rung]), [])


@dataclass(frozen=True, slots=True)
class Hours:
    """When a person wants to be left alone: from a time of day to another, and on days of rest.

    Both are times of the district; ``quiet_to`` before ``quiet_from`` is on the next day. Equal
    times mean no quiet hours.
    """

    quiet_from: time = time(0)
    quiet_to: time = time(0)
    working_days_only: bool = True

    def is_quiet(self, at: time) -> bool:
        """Tell whether a time of day lies in the quiet hours."""
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to


def next_open(
    moment: datetime, hours: Hours, *, is_working_day: Callable[[date], bool | None]
) -> datetime:
    """Return the first moment from ``moment`` on at which a message may ring.

    ``moment`` is in the district's time zone. ``is_working_day`` answers None where no year is
    announced: then nothing is held back, for nobody can say until when.
    """
    while True:
        if hours.working_days_only and is_working_day(moment.date()) is False:
            moment = _midnight_after(moment)
        elif hours.is_quiet(moment.time()):
            moment = _end_of_quiet(moment, hours)
        else:
            return moment


def _midnight_after(moment: datetime) -> datetime:
    return datetime.combine(moment.date() + timedelta(days=1), time(0), tzinfo=moment.tzinfo)


def _end_of_quiet(moment: datetime, hours: Hours) -> datetime:
    end = datetime.combine(moment.date(), hours.quiet_to, tzinfo=moment.tzinfo)
    return end if end > moment else end + timedelta(days=1)
