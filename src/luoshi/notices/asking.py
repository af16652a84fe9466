"""How much was asked of whom in a week, and whether one more may be asked."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from luoshi.base.days import local_day
from luoshi.base.models import Outbox, Thread
from luoshi.base.threads import Actor, entries_of
from luoshi.notices.models import Burden
from luoshi.notices.projection import BURDENS, burden_of
from luoshi.notices.reach import audience_of
from luoshi.organisation.queries import PostOn, Visitor, names_of, posts_visible_to
from luoshi.rules import burden as law
from luoshi.rules.burden import AskAboveCap, BurdenState, week_of
from luoshi.rules.journal import state_on
from luoshi.rules.notices import INSIDE, Audience, AudienceKind, Notice, reached

CAPPED = frozenset({AudienceKind.POST, AudienceKind.UNIT})
"""What comes to a role for decision is its own work; the cap is on what is asked of doers."""


def check_asks(by: Actor, at: datetime, notices: Sequence[Notice]) -> None:
    """Raise AskAboveCap where a post would be asked too often in the week of a moment."""
    audiences = [
        one.audience
        for one in notices
        if one.audience.kind in CAPPED and not one.ask.startswith(INSIDE)
    ]
    if not audiences or cap_of(by) is None:
        return
    day = local_day(at)
    posts = posts_visible_to(by, day=day)
    asks = counted([*audiences, *_asked(by, day)], posts)
    fresh = counted(audiences, posts)
    above = burden_state(by, day).above({post: asks[post] for post in fresh}, week=week_of(day))
    if above:
        names = names_of(posts)
        raise AskAboveCap(
            posts=above,
            names=[names[post] for post in above],
            cap=cap_of(by),
            week=week_of(day),
        )


def counted(audiences: Iterable[Audience], posts: Sequence[PostOn]) -> Mapping[UUID, int]:
    """Return how many asks come to each post."""
    times = Counter(audiences)
    found: Counter[UUID] = Counter()
    for audience, count in times.items():
        for post in reached(audience, posts):
            found[post.id] += count
    return found


def cap_of(visitor: Visitor) -> int | None:
    """Return how many asks a post may get in a week, None where no cap is set."""
    rows = Burden.objects.filter(pk=burden_of(visitor.district))
    return rows.values_list("asks_per_week", flat=True).first()


def burden_state(visitor: Visitor, day: date) -> BurdenState:
    """Return cap and consents as they hold on a day."""
    entries = entries_of(burden_of(visitor.district), BURDENS)
    return state_on(entries, day, law=law)


def last_of_burden(visitor: Visitor) -> int:
    """Return the number of the last entry about the cap, 0 before the first."""
    rows = Thread.objects.filter(pk=burden_of(visitor.district))
    return rows.values_list("last_number", flat=True).first() or 0


def asks_of_week(visitor: Visitor, day: date) -> list[Outbox]:
    """Return what was asked in the week of a day, the oldest first."""
    start, end = moments_of(week_of(day), days=7)
    rows = Outbox.objects.filter(district=visitor.district, at__gte=start, at__lt=end)
    return list(rows.exclude(ask="").order_by("at", "cause"))


def _asked(visitor: Visitor, day: date) -> list[Audience]:
    asks = asks_of_week(visitor, day)
    asked = [audience_of(notice) for notice in asks if not notice.ask.startswith(INSIDE)]
    return [audience for audience in asked if audience.kind in CAPPED]


def moments_of(day: date, *, days: int = 1) -> tuple[datetime, datetime]:
    """Return the first moment of a day of the district, and that after so many days."""
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, time(0), tzinfo=zone)
    return start, datetime.combine(day + timedelta(days=days), time(0), tzinfo=zone)
