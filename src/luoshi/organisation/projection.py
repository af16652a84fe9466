"""Districts, units and posts as the journal keeps them."""

from luoshi.base.nodes import node_kind
from luoshi.organisation.models import (
    District,
    DistrictSpell,
    Post,
    PostSpell,
    Unit,
    UnitSpell,
)

DISTRICTS = node_kind("district", District, DistrictSpell)
UNITS = node_kind("unit", Unit, UnitSpell)
POSTS = node_kind("post", Post, PostSpell)
