"""Accounts, invitations, administrators and tokens, for systems that keep persons."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.urls import reverse
from pydantic import StringConstraints

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.listing import Listed, State, TokenTold
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.puts import Again, writes
from luoshi.base.journal import Actor
from luoshi.organisation import queries as organisation
from luoshi.rules.refusals import NotFound
from luoshi.rules.rights import roles_told
from luoshi.rules.signing import Standard
from luoshi.rules.tokens import TokenReach

router = Room("accounts")
Words = Annotated[str, StringConstraints(max_length=100)]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """An account: how it stands, and the posts of its person today."""

    id: UUID
    login: str
    state: str
    person: UUID
    posts: list[UUID]
    has_second_factor: bool
    last_login: datetime | None


@lists(router, "/accounts", verbs.read_accounts, of=AccountLine, of_a_day=False, tagged=False)
def accounts(asked: Asked, q: Words = "", state: State | None = None) -> list[AccountLine]:
    """List the accounts of the district, found by sign-in name, post or state."""
    found = listing.sought(asked.actor, text=q, state=state or "", day=asked.today, at=asked.at)
    rows = listing.listed(found, asked.actor, day=asked.today, at=asked.at)
    return [_line(row) for row in rows]


def _line(row: Listed) -> AccountLine:
    return AccountLine(
        id=row.account.pk,
        login=row.account.login,
        state=row.state.value,
        person=row.account.person,
        posts=[post.id for post in row.posts],
        has_second_factor=row.has_second_factor,
        last_login=row.account.last_login,
    )


@reads(router, "/accounts/{uuid:account_id}", verbs.read_accounts, gives=AccountLine, tagged=False)
def account(asked: Asked, account_id: UUID) -> AccountLine:
    """Tell of one account."""
    found = _account(asked, account_id)
    return _line(listing.listed([found], asked.actor, day=asked.today, at=asked.at)[0])


def _account(asked: Asked, account_id: UUID) -> Any:
    found = queries.account_visible_to(asked.actor, account_id)
    if found is None:
        raise NotFound(what="account")
    return found


def disable_account(asked: Asked, account_id: UUID) -> None:
    """Let nobody sign in with an account any more; its sessions, links and tokens end."""
    commands.disable_account(_account(asked, account_id), by=asked.actor, at=asked.at)


def enable_account(asked: Asked, account_id: UUID) -> None:
    """Let a disabled account sign in again."""
    commands.enable_account(_account(asked, account_id), by=asked.actor)


def end_sessions(asked: Asked, account_id: UUID) -> int:
    """Sign an account out everywhere; its tokens stay."""
    return commands.end_sessions(_account(asked, account_id), by=asked.actor)


def release_account(asked: Asked, account_id: UUID) -> None:
    """End the lockout of an account."""
    commands.release_account(_account(asked, account_id), by=asked.actor)


ON_ACCOUNTS = {
    "disable_account": disable_account,
    "enable_account": enable_account,
    "end_sessions": end_sessions,
    "release_account": release_account,
}
for name, command in ON_ACCOUNTS.items():
    writes(router, f"/accounts/{{uuid:account_id}}/{name}", verbs.ON_ACCOUNTS[name], command)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationLine:
    """Somebody invited who did not come yet."""

    id: UUID
    login: str
    posts: list[UUID]
    expires_at: datetime


@lists(
    router, "/invitations", verbs.invite_officer, of=InvitationLine, of_a_day=False, tagged=False
)
def invitations(asked: Asked) -> list[InvitationLine]:
    """List the open invitations that who asks may renew, the newest first."""
    return [
        InvitationLine(
            id=one.account.pk,
            login=one.account.login,
            posts=[post.id for post in one.posts],
            expires_at=one.expires_at,
        )
        for one in listing.invitations_visible_to(asked.actor, day=asked.today)
    ]


def _link(asked: Asked, made: commands.Invited) -> dict[str, Any]:
    """Tell the one-time link once: it is kept nowhere."""
    address = reverse("open_link", kwargs={"secret": made.secret})
    return {"id": made.account.pk, "link": asked.request.build_absolute_uri(address)}


def invite_officer(
    *,
    login: Annotated[str, StringConstraints(pattern=r"^[\w.@-]{2,80}$")],
    post: UUID,
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> commands.Invited:
    """Invite somebody to a vacant post; the answer tells a link that is good once."""
    return commands.invite_officer(
        login=login, post_id=post, on=on, command_id=command_id, by=by, at=at
    )


writes(
    router, "/invitations", verbs.invite_officer, invite_officer, tells=_link,
    again=Again.AT_ONCE, secrets=("link",),
)  # fmt: skip


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
class TokenLine:
    """A token; its secret was shown once and is kept nowhere. No ``verbs``: all of its post."""

    id: UUID
    login: str
    label: str
    post: UUID
    reach: TokenReach
    verbs: list[str]
    state: str
    expires_at: datetime
    last_used_on: date | None


@lists(router, "/tokens", verbs.revoke_token, of=TokenLine, of_a_day=False, tagged=False)
def tokens(asked: Asked) -> list[TokenLine]:
    """List the tokens that who asks may take back, the newest first."""
    found = listing.tokens_visible_to(asked.actor, day=asked.today, at=asked.at)
    return [_token(one) for one in found]


def _token(one: TokenTold) -> TokenLine:
    return TokenLine(
        id=one.token.pk,
        login=one.token.account.login,
        label=one.token.label,
        post=one.token.post,
        reach=TokenReach(one.token.reach),
        verbs=one.token.verbs.split(),
        state=one.state,
        expires_at=one.token.expires_at,
        last_used_on=one.token.last_used_on,
    )


@lists(router, "/own/tokens", verbs.use_api, of=TokenLine, of_a_day=False, tagged=False)
def own_tokens(asked: Asked) -> list[TokenLine]:
    """List one's own tokens, the newest first."""
    found = queries.tokens_of_person(asked.actor.district, asked.actor.person)
    return [_token(one) for one in listing.tokens_told(found, at=asked.at)]


def revoke_own_token(*, token_id: UUID, by: Actor, day: date, at: datetime) -> None:
    """Take one of one's own tokens back, such as the one that is sent with this request."""
    token = queries.token_in(by.district, token_id)
    if token is None or token.account.person != by.person:
        raise NotFound(what="token")
    commands.revoke_token(token_id, by=by, day=day, at=at)


writes(router, "/tokens/{uuid:token_id}/revoke", verbs.revoke_token, commands.revoke_token)
writes(
    router,
    "/own/tokens/{uuid:token_id}/revoke",
    verbs.keep_tokens,
    revoke_own_token,
    name="revoke_own_token",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RolesLine:
    """A post of today and the roles it carries; ``last_entry`` is what ``expected`` says."""

    id: UUID
    name: str
    unit: UUID | None
    roles: list[str]
    last_entry: int


@lists(router, "/roles", verbs.read_roles, of=RolesLine, of_a_day=False)
def roles(asked: Asked) -> list[RolesLine]:
    """List the posts of today with the roles they carry."""
    posts = organisation.posts_visible_to(asked.actor, day=asked.today)
    last = organisation.last_entries([post.id for post in posts])
    return [
        RolesLine(
            id=post.id,
            name=post.name,
            unit=post.unit,
            roles=sorted(role.value for role in roles_told(post.roles)),
            last_entry=last[post.id],
        )
        for post in posts
    ]


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
