"""The way of a unit: which posts stand in it, and which ways there are none of."""

from datetime import date
from uuid import UUID

import pytest

from luoshi.rules.nodes import NodeState, check
from luoshi.rules.release import (
    AT_ONCE,
    PaperNeedsHead,
    PostNotOfUnit,
    ReleaseSet,
    SamePostTwice,
    WayLeadsNowhere,
    check_leads_out,
    check_posts,
    check_way,
    left_of,
)

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = date(2020, 4, 10)


@pytest.mark.parametrize(
    ("way", "posts", "releasing", "is_reviewed"),
    [
        (AT_ONCE, (), (), False),
        (ReleaseSet(reviewers=(A, B)), (A, B), (A, B), False),
        (ReleaseSet(head=C), (C,), (C,), False),
        (ReleaseSet(reviewers=(A, B), head=C), (A, B, C), (C,), True),
    ],
)
def test_the_ways_there_are(way, posts, releasing, is_reviewed):
    check_way(way)
    assert (way.posts, way.releasing, way.is_reviewed) == (posts, releasing, is_reviewed)


@pytest.mark.parametrize(
    ("way", "refusal"),
    [
        (ReleaseSet(reviewers=(A, A)), SamePostTwice),
        (ReleaseSet(reviewers=(A,), head=A), SamePostTwice),
        (ReleaseSet(on_paper=True), PaperNeedsHead),
        (ReleaseSet(reviewers=(A,), on_paper=True), PaperNeedsHead),
    ],
)
def test_the_ways_there_are_none_of(way, refusal):
    with pytest.raises(refusal):
        check(NodeState(founded_on=DAY), way, DAY)


def test_only_posts_of_the_unit_stand_in_its_way():
    way = ReleaseSet(reviewers=(A,), head=C)
    check_posts(way, [A, B, C], on=DAY)
    with pytest.raises(PostNotOfUnit) as refused:
        check_posts(way, [A, B], on=DAY)
    assert refused.value.facts == {"on": DAY}


@pytest.mark.parametrize(
    ("way", "of_the_unit", "left", "leads_out"),
    [
        (AT_ONCE, (), (), True),
        (ReleaseSet(reviewers=(A, B)), (A, C), (B,), True),  # any one of them lets out
        (ReleaseSet(reviewers=(A, B)), (C,), (A, B), False),
        (ReleaseSet(reviewers=(A,), head=C), (C,), (A,), True),  # the head skips the review
        (ReleaseSet(reviewers=(A,), head=C), (A, B), (C,), False),
        (ReleaseSet(head=C, on_paper=True), (A, B), (C,), False),  # nobody to sign
    ],
)
def test_a_way_leads_out_while_a_post_at_its_end_is_the_units(way, of_the_unit, left, leads_out):
    assert left_of(way, of_the_unit) == left
    if leads_out:
        check_leads_out(way, of_the_unit)
        return
    with pytest.raises(WayLeadsNowhere) as refused:
        check_leads_out(way, of_the_unit)
    assert refused.value.facts == {"posts": way.releasing}
