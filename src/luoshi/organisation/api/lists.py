"""Units and posts of any day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.turning import Page, Turn, page_among
from luoshi.organisation import queries, verbs
from luoshi.organisation.api.room import router
from luoshi.organisation.queries import PostOn, UnitOn
from luoshi.organisation.records import record_lines
from luoshi.rules.journal import Entry
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


@lists(
    router,
    "/units",
    verbs.read_organisation,
    of=UnitLine,
    turns=True,
    exports=verbs.export_organisation,
)
def units(asked: Asked, turn: Turn) -> Page:
    """List the units of a day in the official order of their tree."""
    found = queries.units_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    page = page_among(found, turn, key_of=_id)
    last = queries.last_entries([unit.id for unit in page.rows])
    return page.each(lambda unit: _unit(unit, last[unit.id]))


def _id(one: UnitOn | PostOn) -> str:
    return str(one.id)


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


@lists(
    router,
    "/posts",
    verbs.read_organisation,
    of=PostLine,
    turns=True,
    exports=verbs.export_organisation,
)
def posts(asked: Asked, turn: Turn, unit: UUID | None = None) -> Page:
    """List the posts of a day, of one unit or of all, in their order."""
    found = queries.posts_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    asked_for = [post for post in found if unit in {None, post.unit}]
    page = page_among(asked_for, turn, key_of=_id)
    last = queries.last_entries([post.id for post in page.rows])
    return page.each(lambda post: _post(post, last[post.id]))


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLine:
    """One entry of a unit or post in words; units and posts bear the names of its own day."""

    number: int
    on: date
    at: datetime
    what: str
    unit: str
    post: str


@lists(
    router,
    "/units/{uuid:unit_id}/record",
    verbs.read_organisation,
    of=RecordLine,
    key="number",
    tagged=False,
)
def unit_record(asked: Asked, unit_id: UUID) -> list[RecordLine]:
    """List what happened to a unit up to a day, newest first, in words."""
    return _record(asked, queries.unit_record(asked.actor, unit_id), "unit")


@lists(
    router,
    "/posts/{uuid:post_id}/record",
    verbs.read_organisation,
    of=RecordLine,
    key="number",
    tagged=False,
)
def post_record(asked: Asked, post_id: UUID) -> list[RecordLine]:
    """List what happened to a post up to a day, newest first, in words."""
    return _record(asked, queries.post_record(asked.actor, post_id), "post")


def _record(asked: Asked, entries: Sequence[Entry[Any]], what: str) -> list[RecordLine]:
    """Return the lines of what was so on the day that is asked about, as it was known then."""
    if not entries:
        raise NotFound(what=what)
    known = asked.edition.number if asked.known_at is None else asked.known_at
    told = [one for one in entries if one.on <= asked.day and one.number <= known]
    return [
        RecordLine(
            number=line["number"],
            on=line["on"],
            at=line["at"],
            what=line["verb"],
            unit=line["unit"],
            post=line["post"],
        )
        for line in record_lines(asked.actor, told)
    ]
