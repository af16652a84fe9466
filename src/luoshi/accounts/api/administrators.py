"""The three administrators, the roles that posts carry, and the rules of signing in."""

from dataclasses import asdict, dataclass
from typing import Annotated
from uuid import UUID

from pydantic import StringConstraints

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.api.room import router
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_among
from luoshi.organisation import queries as organisation
from luoshi.rules.rights import Role, roles_told
from luoshi.rules.signing import Standard

Words = Annotated[str, StringConstraints(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdministratorLine:
    """One of the three administrators, or somebody named to be one; ``waits_for`` are roles."""

    id: UUID
    login: str
    roles: list[str]
    waits_for: list[str]


@lists(
    router,
    "/administrators",
    verbs.read_administrators,
    of=AdministratorLine,
    of_a_day=False,
    tagged=False,
)
def administrators(asked: Asked) -> list[AdministratorLine]:
    """List the three administrators, and who waits for agreement."""
    return [
        AdministratorLine(
            id=one.account.pk,
            login=one.account.login,
            roles=sorted(one.roles),
            waits_for=sorted(one.waits_for),
        )
        for one in listing.administrators_visible_to(asked.actor, day=asked.today)
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesLine:
    """A post on a day and the roles it carries; ``last_entry`` is what ``expected`` says."""

    id: UUID
    name: str
    unit: UUID | None
    roles: list[str]
    last_entry: int


@lists(router, "/roles", verbs.read_roles, of=RolesLine, turns=True)
def roles(asked: Asked, turn: Turn, role: Role | None = None, q: Words = "") -> Page:
    """List the posts of a day with the roles they carry, found by role or name."""
    posts = organisation.posts_visible_to(asked.actor, day=asked.day, known_at=asked.known_at)
    found = [
        post
        for post in posts
        if (role is None or role in roles_told(post.roles)) and q in post.name
    ]
    page = page_among(found, turn, key_of=lambda post: str(post.id))
    last = organisation.last_entries([post.id for post in page.rows])
    return page.each(
        lambda post: RolesLine(
            id=post.id,
            name=post.name,
            unit=post.unit,
            roles=sorted(one.value for one in roles_told(post.roles)),
            last_entry=last[post.id],
        )
    )


writes(
    router,
    "/posts/{uuid:post_id}/withdraw_roles",
    verbs.withdraw_roles,
    commands.withdraw_roles,
)


@reads(router, "/standard", verbs.set_standard, gives=Standard, tagged=False)
def standard(asked: Asked) -> Standard:
    """Tell the rules by which the district lets people in."""
    return queries.standard_of(asked.actor.district)


def set_standard(
    asked: Asked,
    *,
    password_days: int | None = None,
    tries: int | None = None,
    lock_minutes: int | None = None,
    idle_minutes: int | None = None,
    session_hours: int | None = None,
    sessions: int | None = None,
    second_factor_for_all: bool | None = None,
) -> None:
    """Set the rules of signing in; what is left out stays."""
    said = {
        "password_days": password_days,
        "tries": tries,
        "lock_minutes": lock_minutes,
        "idle_minutes": idle_minutes,
        "session_hours": session_hours,
        "sessions": sessions,
        "second_factor_for_all": second_factor_for_all,
    }
    known = asdict(queries.standard_of(asked.actor.district))
    wanted = Standard(**known | {name: one for name, one in said.items() if one is not None})
    commands.set_standard(wanted, by=asked.actor, at=asked.at)


writes(router, "/standard", verbs.set_standard, set_standard)
