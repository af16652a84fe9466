"""Posts as lists show them: who answers, and what is out of the ordinary."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.organisation.queries import PersonShown, PostOn
from luoshi.organisation.words import duty_in_text, roles_in_text


@dataclass(frozen=True, slots=True)
class PostLine:
    """One post in words; ``marks`` say what is out of the ordinary, ``is_vacant`` the first of it.

    ``who`` is empty where nobody holds it, or nothing is kept of who does.
    """

    id: UUID
    name: str
    duty: str
    roles: str
    who: str
    phone: str
    delegate: str
    marks: tuple[str, ...]
    is_vacant: bool


def post_lines(
    posts: Iterable[PostOn],
    people: Mapping[UUID, PersonShown],
    units: Mapping[UUID, str],
    *,
    seen_from: UUID | None = None,
) -> list[PostLine]:
    """Return posts in words; ``seen_from`` is the unit on whose page they stand."""
    return [_line(post, people, units, seen_from) for post in posts]


def _line(
    post: PostOn,
    people: Mapping[UUID, PersonShown],
    units: Mapping[UUID, str],
    seen_from: UUID | None,
) -> PostLine:
    holder = people.get(post.holder) if post.holder else None
    delegate = people.get(post.delegate) if post.delegate else None
    return PostLine(
        id=post.id,
        name=post.name,
        duty=duty_in_text(post.duty),
        roles=_(", ").join(roles_in_text(post.roles)),
        who=holder.name if holder else "",
        phone=holder.phone if holder else "",
        delegate=delegate.name if delegate else "",
        marks=tuple(_marks(post, units, seen_from)),
        is_vacant=post.holder is None,
    )


def _marks(post: PostOn, units: Mapping[UUID, str], seen_from: UUID | None) -> Iterable[str]:
    if post.acting:
        yield pgettext("post", "Acting")
    if post.delegate is not None:
        yield _("Delegated")
    if post.is_lent and post.unit is not None and seen_from != post.unit:
        yield _("Lent to %(unit)s") % {"unit": units.get(post.unit, "—")}
    elif post.is_lent and post.home is not None:
        yield _("Lent from %(unit)s") % {"unit": units.get(post.home, "—")}
