"""Every read of the organisation: units and posts on a day, whom an account may act as."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from django.db.models import F, QuerySet

from luoshi.base.journal import Actor
from luoshi.base.models import OPEN
from luoshi.base.spells import on_day
from luoshi.organisation.models import OFFICE, Account, District, PostSpell, UnitSpell
from luoshi.rules.refusals import NotFound
from luoshi.rules.tree import in_order


@dataclass(frozen=True, slots=True)
class UnitOn:
    """A unit as it was on a day; ``depth`` is its place in the tree, 0 at the top."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    order: int
    depth: int = 0


@dataclass(frozen=True, slots=True)
class PostOn:
    """A post as it was on a day."""

    id: UUID
    name: str
    unit: UUID | None
    order: int
    holder: UUID | None
    roles: frozenset[str]


class Visitor(Protocol):
    """Who asks: all that a query needs to know is the district."""

    @property
    def district(self) -> UUID:
        """Return the district whose rows may be seen."""
        ...


def units_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> list[UnitOn]:
    """Return the units in force on a day, in the official order of the tree."""
    rows = UnitSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)
    units = [UnitOn(*row) for row in rows.values_list("thread", "name", "kind", "parent", "order")]
    return [
        UnitOn(unit.id, unit.name, unit.kind, unit.parent, unit.order, depth)
        for unit, depth in in_order(units)
    ]


def unit_names_ever(visitor: Visitor) -> set[str]:
    """Return the names that any unit has on some day, as known now."""
    rows = UnitSpell.objects.filter(district=visitor.district, known_to=OPEN)
    return set(rows.values_list("name", flat=True))


def office_of(visitor: Visitor, *, day: date) -> Actor | None:
    """Return who acts for the district office on a day where nobody signed in: the first holder."""
    for post in posts_visible_to(visitor, day=day):
        if OFFICE in post.roles and post.holder is not None:
            return Actor(
                district=visitor.district,
                person=post.holder,
                post=post.id,
                unit=post.unit,
                roles=post.roles,
            )
    return None


def posts_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> list[PostOn]:
    """Return the posts in force on a day, in their order."""
    rows = PostSpell.objects.filter(on_day(day, known_at=known_at), district=visitor.district)
    return _in_their_order(rows)


def _in_their_order(rows: QuerySet[PostSpell]) -> list[PostOn]:
    columns = ("thread", "name", "parent", "order", "holder", "roles")
    return [
        PostOn(thread, name, unit, order, holder, frozenset(roles.split()))
        for thread, name, unit, order, holder, roles in rows.order_by("order", "name").values_list(
            *columns
        )
    ]


def units_below(units: Iterable[UnitOn], tops: Iterable[UUID]) -> set[UUID]:
    """Return the given units and all below them."""
    listed = list(units)
    found = set(tops)
    while more := {unit.id for unit in listed if unit.parent in found} - found:
        found |= more
    return found


def names_of(units: Iterable[UnitOn | PostOn]) -> Mapping[UUID, str]:
    """Return names by id."""
    return {unit.id: unit.name for unit in units}


def posts_of(account: Account, *, day: date) -> list[PostOn]:
    """Return the posts that an account's person holds on a day."""
    if account.district is None:
        return []
    rows = PostSpell.objects.filter(on_day(day), district=account.district, holder=account.person)
    return _in_their_order(rows)


def actor_for(account: Account, post: UUID | None, *, day: date) -> Actor | None:
    """Return who the account acts as on a day, None where its person holds no post.

    It is the chosen post if the person holds it, else the first held.
    """
    held = posts_of(account, day=day)
    if account.district is None or not held:
        return None
    chosen = next((one for one in held if one.id == post), held[0])
    return Actor(
        district=account.district,
        person=account.person,
        post=chosen.id,
        unit=chosen.unit,
        roles=chosen.roles,
    )


def the_district(code: str | None = None) -> District | None:
    """Return the district of a code, or the first one: a simulated one only if it is alone."""
    found = districts()
    return found.filter(code=code).first() if code else found.first()


def districts() -> QuerySet[District]:
    """Return every district of this ledger, the simulated ones last."""
    return District.objects.order_by(F("seed").asc(nulls_first=True), "founded_on", "id")


def has_real_account() -> bool:
    """Tell whether somebody can sign in with a password."""
    return Account.objects.filter(is_active=True, made_by_demo=False).exists()


def district_named(district: UUID) -> District | None:
    """Return a district by its id."""
    return District.objects.filter(pk=district).first()


def unit_name(unit: UUID | None, *, day: date) -> str:
    """Return a unit's name on a day, empty where it did not exist."""
    if unit is None:
        return ""
    rows = UnitSpell.objects.filter(on_day(day), thread=unit)
    return rows.values_list("name", flat=True).first() or ""


def demo_accounts() -> list[Account]:
    """Return the accounts that the demo made, in the order of their posts."""
    return list(Account.objects.filter(made_by_demo=True, is_active=True).order_by("login"))


@dataclass(frozen=True, slots=True)
class DistrictVisitor:
    """Whoever asks for a district's rows from the command line of its own server."""

    district: UUID


def visitor_of(code: str | None) -> DistrictVisitor:
    """Return a visitor of the district of a code, or of the first one.

    Raises NotFound where there is none.
    """
    district = the_district(code)
    if district is None:
        raise NotFound(what="district")
    return DistrictVisitor(district.pk)


def login_is_taken(login: str) -> bool:
    """Tell whether an account has this sign-in name."""
    return Account.objects.filter(login=login).exists()
