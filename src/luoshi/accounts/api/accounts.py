"""Accounts: how they stand, shut and opened again."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import StringConstraints

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.api.room import router
from luoshi.accounts.listing import Listed, State
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.rules.refusals import NotFound

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


@lists(
    router,
    "/accounts",
    verbs.read_accounts,
    of=AccountLine,
    of_a_day=False,
    tagged=False,
    turns=True,
)
def accounts(asked: Asked, turn: Turn, q: Words = "", state: State | None = None) -> Page:
    """List the accounts of the district, found by sign-in name, post or state."""
    found = listing.sought(asked.actor, text=q, state=state or "", day=asked.today, at=asked.at)
    page = page_of(found, turn)
    rows = listing.listed(page.rows, asked.actor, day=asked.today, at=asked.at)
    return replace(page, rows=rows).each(_line)


def _line(row: Listed) -> AccountLine:
    return shown_as(
        AccountLine,
        row.account,
        state=row.state.value,
        posts=[post.id for post in row.posts],
        has_second_factor=row.has_second_factor,
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
