"""How much was asked of whom in a week, from where, and how long until it was answered."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from statistics import median
from uuid import UUID

from luoshi.base.models import Outbox
from luoshi.notices.asking import CAPPED, asks_of_week, burden_state
from luoshi.notices.reach import audience_of
from luoshi.organisation.queries import PostOn, Visitor, posts_visible_to
from luoshi.rules.burden import week_of
from luoshi.rules.notices import reached


@dataclass(slots=True)
class Asked:
    """What came to one post, or to all posts of a unit, in a week.

    ``asks`` is what the cap counts, ``decisions`` what came to a role for decision. ``waited`` are
    the times from asking to the answering entry.
    """

    asks: int = 0
    decisions: int = 0
    sources: Counter[UUID | None] = field(default_factory=Counter)
    waited: list[timedelta] = field(default_factory=list)
    unanswered: int = 0

    def take(self, ask: Outbox, *, is_capped: bool) -> None:
        """Count one ask; one that needs no answer any more waits for none."""
        if is_capped:
            self.asks += 1
        else:
            self.decisions += 1
        self.sources[ask.from_unit] += 1
        if ask.answered_at is not None:
            self.waited.append(ask.answered_at - ask.at)
        elif ask.dropped is None:
            self.unanswered += 1

    @property
    def typical_wait(self) -> timedelta | None:
        """Return the median time to an answer, None where nothing is answered."""
        seconds = [wait.total_seconds() for wait in self.waited]
        return timedelta(seconds=median(seconds)) if seconds else None


@dataclass(frozen=True, slots=True)
class PostAsked:
    """A post as it is on the day, what was asked of it, and whether that is above the cap."""

    post: PostOn
    asked: Asked
    is_above: bool
    is_allowed: bool


@dataclass(frozen=True, slots=True)
class Week:
    """The burden of one week, by post and by unit; only what somebody was asked."""

    monday: date
    cap: int | None
    posts: Sequence[PostAsked]
    units: dict[UUID | None, Asked]


def burden_visible_to(visitor: Visitor, *, day: date, unit: UUID | None) -> Week:
    """Return the burden of the week of a day, of one unit or (None) of the whole district."""
    posts = [
        post for post in posts_visible_to(visitor, day=day) if unit is None or post.unit == unit
    ]
    by_post: dict[UUID, Asked] = {}
    by_unit: dict[UUID | None, Asked] = {}
    for ask in asks_of_week(visitor, day):
        audience = audience_of(ask)
        is_capped = audience.kind in CAPPED
        found = reached(audience, posts)
        for post in found:
            by_post.setdefault(post.id, Asked()).take(ask, is_capped=is_capped)
        for one in _units(found):
            by_unit.setdefault(one, Asked()).take(ask, is_capped=is_capped)
    state = burden_state(visitor, day)
    monday = week_of(day)
    over = set(state.above({post: one.asks for post, one in by_post.items()}, week=monday))
    allowed = {post for post, week in state.allowed if week == monday}
    rows = [
        PostAsked(post, by_post[post.id], post.id in over, post.id in allowed)
        for post in posts
        if post.id in by_post
    ]
    return Week(monday, state.asks_per_week, rows, by_unit)


def _units(posts: Iterable[PostOn]) -> list[UUID | None]:
    """Return the units of some posts, each once: a unit is asked once, whoever may answer."""
    return list(dict.fromkeys(post.unit for post in posts))
