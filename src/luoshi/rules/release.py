"""How a unit lets its submissions out (报送流程): by which posts, by click or on paper.

A unit sets its own way, by date: nobody (a submission is out at once), one who reviews and lets
out, the head alone, or review and then the head. The posts stand, not the persons: whoever holds a
post on a day, acts for its holder or holds it for a time goes on with what waits there.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from luoshi.rules.refusals import Refusal


class SamePostTwice(Refusal):
    """A post stands in the way once, as reviewer or as head."""

    code = "same_post_twice"


class PaperNeedsHead(Refusal):
    """The sheet is signed by the head: a way on paper names the head's post."""

    code = "paper_needs_head"


class PostNotOfUnit(Refusal):
    """Only posts that report for the unit on that day stand in its way; facts: ``on``."""

    code = "post_not_of_unit"


class WayLeadsNowhere(Refusal):
    """No post at the end of the way reports for the unit any more; facts: ``posts`` (ids).

    What was submitted then would wait for nobody: the unit sets another way first.
    """

    code = "way_leads_nowhere"


class Step(StrEnum):
    """What is still to be done inside the unit."""

    REVIEW = "review"  # 审核
    RELEASE = "release"  # 签发


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseSet:
    """The way of a unit from that day on.

    Any one of ``reviewers`` reviews; ``head`` lets out. Without a head a reviewer lets out; without
    both a submission is out at once. ``on_paper``: out with the scan of the sheet that the head
    signed and the unit sealed.
    """

    reviewers: tuple[UUID, ...] = ()
    head: UUID | None = None
    on_paper: bool = False

    @property
    def posts(self) -> tuple[UUID, ...]:
        """Return the posts that stand in the way, in the order of the steps."""
        return self.reviewers if self.head is None else (*self.reviewers, self.head)

    @property
    def is_reviewed(self) -> bool:
        """Tell whether somebody reviews before somebody else lets out."""
        return self.head is not None and bool(self.reviewers)

    @property
    def releasing(self) -> tuple[UUID, ...]:
        """Return the posts at the end of the way."""
        return self.reviewers if self.head is None else (self.head,)

    def lets_out(self, post: UUID | None) -> bool:
        """Tell whether what a post submits is out at once.

        It is where nobody stands in the way, and where the post itself is the end of it; but a
        sheet is to be signed whoever submits.
        """
        return not self.posts or (not self.on_paper and post in self.releasing)


AT_ONCE = ReleaseSet()
"""The way of a unit that set none."""


@dataclass(frozen=True, slots=True)
class Staff:
    """Who answers for the posts of a unit on a day, holders and delegates: persons by post."""

    persons: frozenset[tuple[UUID, UUID]] = frozenset()

    @property
    def everybody(self) -> frozenset[UUID]:
        """Return all persons of the unit."""
        return frozenset(person for _post, person in self.persons)

    def of(self, posts: Collection[UUID]) -> frozenset[UUID]:
        """Return who answers for some posts."""
        return frozenset(person for post, person in self.persons if post in posts)


def check_way(way: ReleaseSet) -> None:
    """Raise SamePostTwice, PaperNeedsHead."""
    if len(set(way.posts)) < len(way.posts):
        raise SamePostTwice
    if way.on_paper and way.head is None:
        raise PaperNeedsHead


def check_posts(way: ReleaseSet, of_the_unit: Collection[UUID], *, on: date) -> None:
    """Raise PostNotOfUnit where a post of the way is not among those that report for the unit."""
    if left_of(way, of_the_unit):
        raise PostNotOfUnit(on=on)


def left_of(way: ReleaseSet, of_the_unit: Collection[UUID]) -> tuple[UUID, ...]:
    """Return the posts of a way that are not, or no longer, among those that report for the unit.

    Posts are moved, lent, charged anew and ended while they stand in a way; that changes no way.
    """
    return tuple(post for post in way.posts if post not in of_the_unit)


def check_leads_out(way: ReleaseSet, of_the_unit: Collection[UUID]) -> None:
    """Raise WayLeadsNowhere where nobody of the unit could let out what goes the way.

    A reviewer who left is no such case: any other reviews, and the head skips what nobody can.
    """
    if way.posts and not set(way.releasing) & set(of_the_unit):
        raise WayLeadsNowhere(posts=way.releasing)
