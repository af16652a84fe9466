"""Posts on a day, who answers for them, and whom an account may act as."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from luoshi.base.journal import Actor
from luoshi.base.kept import by_day
from luoshi.base.models import OPEN
from luoshi.base.spells import on_day
from luoshi.organisation.models import OFFICE, Account, PostSpell
from luoshi.organisation.projection import POSTS
from luoshi.organisation.queries.districts import Visitor
from luoshi.organisation.queries.units import UnitOn


@dataclass(frozen=True, slots=True)
class PostOn:
    """A post as it was on a day; ``unit`` is where it acts, ``home`` the unit it belongs to.

    Both are the same but for a post that is lent. ``acting``: the holder is it for another (代理).
    ``delegate`` acts for the holder meanwhile.
    """

    id: UUID
    name: str
    unit: UUID | None
    order: int
    holder: UUID | None
    roles: frozenset[str]
    home: UUID | None = None
    duty: str = ""
    acting: bool = False
    delegate: UUID | None = None

    @property
    def is_lent(self) -> bool:
        """Tell whether it acts in another unit than its own."""
        return self.unit != self.home

    def is_delegated_to(self, person: UUID) -> bool:
        """Tell whether a person acts for the holder, not as the holder."""
        return self.delegate == person and self.holder != person


_COLUMNS = (
    "thread", "name", "parent", "lent_to", "order", "holder", "roles", "duty", "acting", "delegate",
)  # fmt: skip


def posts_visible_to(visitor: Visitor, *, day: date, known_at: int | None = None) -> list[PostOn]:
    """Return the posts in force on a day, in their order."""
    return _posts(visitor.district, day, known_at)


def _read(district: UUID, day: date, known_at: int | None) -> list[PostOn]:
    rows = PostSpell.objects.filter(on_day(day, known_at=known_at), district=district)
    return _in_their_order(rows)


_posts = by_day(POSTS.name, _read)


def _in_their_order(rows: QuerySet[PostSpell]) -> list[PostOn]:
    return [
        PostOn(
            id=thread, name=name, unit=lent or home, order=order, holder=holder,
            roles=frozenset(roles.split()), home=home, duty=duty, acting=acting, delegate=delegate,
        )
        for thread, name, home, lent, order, holder, roles, duty, acting, delegate
        in rows.order_by("order", "name").values_list(*_COLUMNS)
    ]  # fmt: skip


def post_named(
    visitor: Visitor, post: UUID, *, day: date, known_at: int | None = None
) -> PostOn | None:
    """Return a post as it was on a day, None where it did not exist."""
    rows = PostSpell.objects.filter(
        on_day(day, known_at=known_at), district=visitor.district, thread=post
    )
    return next(iter(_in_their_order(rows)), None)


def names_of(units: Iterable[UnitOn | PostOn]) -> Mapping[UUID, str]:
    """Return names by id."""
    return {unit.id: unit.name for unit in units}


def office_of(visitor: Visitor, *, day: date) -> Actor | None:
    """Return who acts for the district office on a day where nobody signed in: the first holder."""
    for post in posts_visible_to(visitor, day=day):
        if OFFICE in post.roles and post.holder is not None:
            return _actor(visitor.district, post.holder, post)
    return None


def posts_of(account: Account, *, day: date) -> list[PostOn]:
    """Return the posts for which an account's person acts on a day: held ones and delegated ones.

    Those held come first.
    """
    if account.district is None:
        return []
    person = account.person
    rows = PostSpell.objects.filter(
        on_day(day), Q(holder=person) | Q(delegate=person), district=account.district
    )
    found = _in_their_order(rows)
    return sorted(found, key=lambda post: post.is_delegated_to(person))


def actor_for(account: Account, post: UUID | None, *, day: date) -> Actor | None:
    """Return who the account acts as on a day, None where its person acts for no post.

    It is the chosen post if the person acts for it, else the first. A delegate acts as the post:
    entries name the delegate as the person, and the post on whose behalf.
    """
    return actor_among(account, post, held=posts_of(account, day=day))


def actor_among(account: Account, post: UUID | None, *, held: Sequence[PostOn]) -> Actor | None:
    """Return the same where it is known already for which posts the person acts."""
    if account.district is None or not held:
        return None
    chosen = next((one for one in held if one.id == post), held[0])
    return _actor(account.district, account.person, chosen)


def _actor(district: UUID, person: UUID, post: PostOn) -> Actor:
    return Actor(district=district, person=person, post=post.id, unit=post.unit, roles=post.roles)


def roles_held(
    visitor: Visitor, persons: Collection[UUID], *, since: date, besides: UUID
) -> dict[UUID, list[list[str]]]:
    """Return the roles of each post that some persons act for on some day from a day on.

    Of every post but one, as known now: those of the one are being judged.
    """
    rows = PostSpell.objects.filter(
        Q(holder__in=persons) | Q(delegate__in=persons),
        district=visitor.district,
        known_to=OPEN,
        to_day__gt=since,
    ).exclude(thread=besides)
    found: dict[UUID, list[list[str]]] = {person: [] for person in persons}
    for holder, delegate, roles in rows.values_list("holder", "delegate", "roles"):
        for person in found.keys() & {holder, delegate}:
            found[person].append(roles.split())
    return found


@dataclass(frozen=True, slots=True)
class PostAhead:
    """Whom a post has and with which roles, on some days from a day on."""

    roles: list[str]
    persons: frozenset[UUID]


def post_ahead(visitor: Visitor, post: UUID, *, since: date) -> list[PostAhead]:
    """Return what a post is from a day on, as known now."""
    rows = PostSpell.objects.filter(
        district=visitor.district, known_to=OPEN, to_day__gt=since, thread=post
    )
    return [
        PostAhead(roles.split(), frozenset(one for one in who if one is not None))
        for roles, *who in rows.values_list("roles", "holder", "delegate")
    ]


def posts_ahead_of(visitor: Visitor, person: UUID, *, since: date) -> list[str]:
    """Return the names of the posts that a person acts for on some day from a day on."""
    rows = PostSpell.objects.filter(
        Q(holder=person) | Q(delegate=person),
        district=visitor.district,
        known_to=OPEN,
        to_day__gt=since,
    )
    return sorted(set(rows.values_list("name", flat=True)))


def units_of_person(visitor: Visitor, person: UUID, *, day: date) -> frozenset[UUID]:
    """Return the units in which a person holds posts on a day."""
    rows = PostSpell.objects.filter(on_day(day), district=visitor.district, holder=person)
    return frozenset(unit for unit in rows.values_list("parent", flat=True) if unit is not None)


def held_since(visitor: Visitor, *, day: date, known_at: int | None = None) -> dict[UUID, date]:
    """Return since when each post of a day has the holder it has, or none."""
    knowledge = (
        Q(known_to=OPEN) if known_at is None else Q(known_from__lte=known_at, known_to__gt=known_at)
    )
    rows = PostSpell.objects.filter(knowledge, district=visitor.district, from_day__lte=day)
    found: dict[UUID, tuple[date, date, UUID | None]] = {}
    for post, holder, since, until in rows.order_by("from_day").values_list(
        "thread", "holder", "from_day", "to_day"
    ):
        last = found.get(post)
        goes_on = last is not None and last[1:] == (since, holder)
        found[post] = (last[0] if goes_on and last else since, until, holder)
    return {post: since for post, (since, until, _holder) in found.items() if until > day}
