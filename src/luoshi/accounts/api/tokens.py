"""Tokens: one's own, and those of others that one may take back."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.api.room import router
from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.base.journal import Actor
from luoshi.rules.refusals import NotFound
from luoshi.rules.tokens import TokenReach

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from luoshi.accounts.models import ApiToken


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


@lists(
    router, "/tokens", verbs.revoke_token, of=TokenLine, of_a_day=False, tagged=False, turns=True
)
def tokens(asked: Asked, turn: Turn) -> Page:
    """List the tokens that who asks may take back, the newest first."""
    return _page(asked, listing.tokens_visible_to(asked.actor, day=asked.today), turn)


def _page(asked: Asked, rows: "QuerySet[ApiToken]", turn: Turn) -> Page:
    return page_of(rows, turn).each(
        lambda token: shown_as(
            TokenLine,
            token,
            login=token.account.login,
            reach=TokenReach(token.reach),
            verbs=token.verbs.split(),
            state=listing.token_state(token, asked.at),
        )
    )


@lists(router, "/own/tokens", verbs.use_api, of=TokenLine, of_a_day=False, tagged=False, turns=True)
def own_tokens(asked: Asked, turn: Turn) -> Page:
    """List one's own tokens, the newest first."""
    rows = queries.tokens_of_person(asked.actor.district, asked.actor.person)
    return _page(asked, rows, turn)


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
