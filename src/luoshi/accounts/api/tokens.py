"""Tokens: one's own, and those of others that one may take back."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.accounts import commands, listing, queries, verbs
from luoshi.accounts.api.room import router
from luoshi.accounts.listing import TokenTold
from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.journal import Actor
from luoshi.rules.refusals import NotFound
from luoshi.rules.tokens import TokenReach


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
    return shown_as(
        TokenLine,
        one.token,
        login=one.token.account.login,
        reach=TokenReach(one.token.reach),
        verbs=one.token.verbs.split(),
        state=one.state,
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
