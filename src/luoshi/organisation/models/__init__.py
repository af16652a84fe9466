"""Districts, units and posts by date, and the accounts of persons."""

from luoshi.organisation.models.accounts import Account, AccountManager
from luoshi.organisation.models.nodes import (
    OFFICE,
    District,
    DistrictSpell,
    Post,
    PostSpell,
    Unit,
    UnitSpell,
)
from luoshi.organisation.models.people import Contact, Person

__all__ = [
    "OFFICE",
    "Account",
    "AccountManager",
    "Contact",
    "District",
    "DistrictSpell",
    "Person",
    "Post",
    "PostSpell",
    "Unit",
    "UnitSpell",
]
