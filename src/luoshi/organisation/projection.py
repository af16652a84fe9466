"""Districts, units and posts as the journal keeps them."""

from datetime import date

from luoshi.base.nodes import node_kind
from luoshi.base.rows import Row
from luoshi.organisation.models import (
    District,
    DistrictSpell,
    Post,
    PostSpell,
    Unit,
    UnitSpell,
)
from luoshi.rules import nodes, posts
from luoshi.rules.nodes import NodeState
from luoshi.rules.release import ReleaseSet


def _of_a_unit(state: NodeState, _day: date) -> Row:
    return (state.territory,)


def _of_a_post(state: NodeState, day: date) -> Row:
    """Return duty, whether the holder is acting, the delegate, and where the post is lent to."""
    acting = state.acting and posts.holder_on(state, day) is not None
    return (state.duty, acting, posts.delegate_on(state, day), posts.lent_on(state, day))


DISTRICTS = node_kind("district", District, DistrictSpell)
UNITS = node_kind(
    "unit",
    Unit,
    UnitSpell,
    facts={"classed": nodes.Classed, "bounded": nodes.Bounded, "release_set": ReleaseSet},
    further=_of_a_unit,
)
POSTS = node_kind(
    "post",
    Post,
    PostSpell,
    facts={
        "charged": posts.Charged,
        "delegated": posts.Delegated,
        "lent": posts.Lent,
        "recalled": posts.Recalled,
    },
    further=_of_a_post,
)
