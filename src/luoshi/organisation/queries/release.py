"""How a unit lets its submissions out, and who answers for its posts."""

from datetime import date
from uuid import UUID

from luoshi.organisation.queries.districts import Visitor
from luoshi.organisation.queries.posts import PostOn, posts_visible_to
from luoshi.organisation.queries.threads import unit_state
from luoshi.rules.release import AT_ONCE, ReleaseSet, Staff
from luoshi.rules.rights import DOERS, roles_told


def way_of(visitor: Visitor, unit: UUID | None, *, day: date) -> ReleaseSet:
    """Return the way that a unit has set by a day; without one what it submits is out at once."""
    return AT_ONCE if unit is None else unit_state(visitor, unit, day=day).way or AT_ONCE


def way_with_posts(
    visitor: Visitor, unit: UUID | None, *, day: date
) -> tuple[ReleaseSet, frozenset[UUID]]:
    """Return the way of a unit, and which posts report for it; these only where it has a way."""
    way = way_of(visitor, unit, day=day)
    if unit is None or not way.posts:
        return way, frozenset()
    return way, frozenset(post.id for post in reporting_posts(visitor, unit, day=day))


def reporting_posts(visitor: Visitor, unit: UUID, *, day: date) -> list[PostOn]:
    """Return the posts that act in a unit on a day and may report for it, in their order."""
    posts = posts_visible_to(visitor, day=day)
    return [post for post in posts if post.unit == unit and roles_told(post.roles) & set(DOERS)]


def staff_of(visitor: Visitor, unit: UUID, *, day: date) -> Staff:
    """Return who answers for the posts of a unit on a day: holders and delegates."""
    posts = [post for post in posts_visible_to(visitor, day=day) if post.unit == unit]
    return Staff(
        frozenset(
            (post.id, person)
            for post in posts
            for person in (post.holder, post.delegate)
            if person is not None
        )
    )
