"""Tokens of other systems: made by their owner, shown once, taken back at any time."""

import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from luoshi.accounts import queries, verbs
from luoshi.accounts.models import ApiToken
from luoshi.accounts.queries import digest_of
from luoshi.base.journal import Actor
from luoshi.base.verbs import all_verbs
from luoshi.organisation import queries as organisation
from luoshi.organisation.models import Account
from luoshi.rules.refusals import NotFound
from luoshi.rules.tokens import PREFIX, TokenReach, check_wanted, ends_at


@dataclass(frozen=True, slots=True)
class TokenMade:
    """A new token and its secret, which is kept nowhere."""

    token: ApiToken
    secret: str


@transaction.atomic
def make_token(
    account: Account,
    *,
    post: UUID,
    label: str,
    reach: TokenReach,
    days: int,
    verbs_named: Collection[str] = (),
    day: date,
    at: datetime,
) -> TokenMade:
    """Make a token by which another system acts for the account in one of its posts.

    Raises NotFound for a post that the account does not act for, TokenUnfit.
    """
    Account.objects.select_for_update().get(pk=account.pk)  # the number in use is counted once
    in_use = ApiToken.objects.filter(account=account, revoked_at=None, expires_at__gt=at).count()
    check_wanted(label=label, days=days, verbs=verbs_named, known=all_verbs().keys(), in_use=in_use)
    if post not in {one.id for one in organisation.posts_of(account, day=day)}:
        raise NotFound(what="post")
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        account=account,
        post=post,
        digest=digest_of(secret),
        label=label.strip(),
        reach=reach.value,
        verbs=" ".join(sorted(set(verbs_named))),
        made_at=at,
        expires_at=ends_at(at, days),
    )
    return TokenMade(token, secret)


@transaction.atomic
def revoke_token(token_id: UUID, *, by: Actor, day: date, at: datetime) -> None:
    """Take a token back: it lets nobody in from this moment on. Once more changes nothing.

    Raises NotFound, and NotAllowed for somebody else's where the actor's post may not.
    """
    token = queries.token_in(by.district, token_id)
    if token is None:
        raise NotFound(what="token")
    if token.account.person != by.person:
        verbs.revoke_token.check(by, queries.seat_of(by, token.post, day=day))
    _revoke(Q(pk=token.pk), by=by.person, at=at)


def revoke_all(account: Account, *, by: UUID, at: datetime) -> None:
    """Take back every token of an account."""
    _revoke(Q(account=account), by=by, at=at)


def _revoke(which: Q, *, by: UUID, at: datetime) -> None:
    ApiToken.objects.filter(which, revoked_at=None).update(revoked_at=at, revoked_by=by)


def note_use(token: ApiToken, *, day: date) -> None:
    """Note the day on which a token was used last: one write a day."""
    if token.last_used_on != day:
        ApiToken.objects.filter(pk=token.pk).update(last_used_on=day)
