"""Units and posts of any day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.organisation import queries, verbs
from luoshi.organisation.api.room import router
from luoshi.organisation.queries import PostOn, UnitOn
from luoshi.rules.refusals import NotFound


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitLine:
    """A unit as it was on a day; ``last_entry`` is what ``expected`` of a write says."""

    id: UUID
    name: str
    kind: str
    parent: UUID | None
    order: int
    depth: int
    territory: str
    last_entry: int


@lists(router, "/units", verbs.read_organisation, of=UnitLine, exports=verbs.export_organisation)
def units(asked: Asked) -> list[UnitLine]:
    """List the units of a day in the official order of their tree."""
    found = queries.units_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    last = queries.last_entries([unit.id for unit in found])
    return [_unit(unit, last.get(unit.id, 0)) for unit in found]


def _unit(unit: UnitOn, last: int) -> UnitLine:
    return shown_as(UnitLine, unit, last_entry=last)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """How a unit is reached; telephone and mail are masked."""

    id: UUID
    label: str
    phone: str
    mail: str
    from_day: date
    until: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitTold:
    """A unit on a day, with how it is reached."""

    unit: UnitLine
    contacts: list[ContactLine]


@reads(
    router,
    "/units/{uuid:unit_id}",
    verbs.read_organisation,
    gives=UnitTold,
    of_a_day=True,
    tagged=False,
)
def unit(asked: Asked, unit_id: UUID) -> UnitTold:
    """Tell of one unit on a day."""
    found = queries.units_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    one = next((each for each in found if each.id == unit_id), None)
    if one is None:
        raise NotFound(what="unit")
    contacts = queries.contacts_of(asked.actor, unit_id, day=asked.day)
    return UnitTold(
        unit=_unit(one, queries.last_entries([unit_id]).get(unit_id, 0)),
        contacts=[shown_as(ContactLine, each) for each in contacts],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class PostLine:
    """A post as it was on a day; ``unit`` is where it acts, ``home`` whose it is.

    Persons are random ids: names stand in no list of posts.
    """

    id: UUID
    name: str
    unit: UUID | None
    home: UUID | None
    order: int
    roles: list[str]
    duty: str
    holder: UUID | None
    is_acting: bool
    delegate: UUID | None
    last_entry: int


@lists(router, "/posts", verbs.read_organisation, of=PostLine, exports=verbs.export_organisation)
def posts(asked: Asked, unit: UUID | None = None) -> list[PostLine]:
    """List the posts of a day, of one unit or of all, in their order."""
    found = queries.posts_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    last = queries.last_entries([post.id for post in found])
    return [_post(post, last.get(post.id, 0)) for post in found if unit in {None, post.unit}]


def _post(post: PostOn, last: int) -> PostLine:
    return shown_as(
        PostLine, post, roles=sorted(post.roles), is_acting=post.acting, last_entry=last
    )


@reads(router, "/posts/{uuid:post_id}", verbs.read_organisation, gives=PostLine, of_a_day=True)
def post(asked: Asked, post_id: UUID) -> PostLine:
    """Tell of one post on a day."""
    found = queries.post_named(asked.actor, post_id, day=asked.day, known_at=asked.known_at)
    if found is None:
        raise NotFound(what="post")
    return _post(found, queries.last_entries([post_id]).get(post_id, 0))
