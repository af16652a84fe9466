"""Tokens by which other systems act: whose, for which post, what they are good for, how long.

A token stands for an account in one of its posts, never for more than that post may do.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from luoshi.rules.refusals import Refusal

PREFIX = "ls_"
"""What every secret begins with, so that one that leaked can be searched for."""
MOST_DAYS = 366
MOST_TOKENS = 20
"""What one account may have in use."""
LONGEST_LABEL = 60


class TokenReach(StrEnum):
    """What a token is good for."""

    READ = "read"
    WRITE = "write"


class TokenRefused(Refusal):
    """Nobody is let in by what was sent; the codes of its kinds tell why."""


class TokenMissing(TokenRefused):
    """No token was sent; facts: none."""

    code = "token_missing"


class TokenUnknown(TokenRefused):
    """There is no such token; facts: none."""

    code = "token_unknown"


class TokenExpired(TokenRefused):
    """Its time is over; facts: ``expired_at``."""

    code = "token_expired"


class TokenRevoked(TokenRefused):
    """It was taken back, or its account is closed; facts: none."""

    code = "token_revoked"


class TokenPostGone(TokenRefused):
    """Its owner no longer acts for its post; facts: none."""

    code = "token_post_gone"


class TokenTooNarrow(Refusal):
    """The token is not good for this, whatever its post may do; facts: ``verb``, ``reach``."""

    code = "token_too_narrow"


class TokenUnfit(Refusal):
    """A token cannot be made so.

    Facts: ``why`` (``label``, ``days``, ``verbs``, ``many``), ``most``.
    """

    code = "token_unfit"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenState:
    """How a token stands; ``verbs`` are those it is good for, empty: all that its post may."""

    reach: TokenReach
    verbs: frozenset[str] = frozenset()
    expires_at: datetime
    is_revoked: bool = False
    is_account_open: bool = True


def check_lets_in(token: TokenState, *, at: datetime) -> None:
    """Raise TokenRevoked or TokenExpired where a token lets nobody in at a moment."""
    if token.is_revoked or not token.is_account_open:
        raise TokenRevoked
    if at >= token.expires_at:
        raise TokenExpired(expired_at=token.expires_at)


def check_good_for(token: TokenState, verb: str, *, writes: bool) -> None:
    """Raise TokenTooNarrow where a token was not made for a verb."""
    if (writes and token.reach is TokenReach.READ) or (token.verbs and verb not in token.verbs):
        raise TokenTooNarrow(verb=verb, reach=token.reach.value)


def check_wanted(
    *, label: str, days: int, verbs: Collection[str], known: Collection[str], in_use: int
) -> None:
    """Raise TokenUnfit for a token that is not made: nameless, too long, for what there is not."""
    if not 0 < len(label.strip()) <= LONGEST_LABEL:
        raise TokenUnfit(why="label", most=LONGEST_LABEL)
    if not 0 < days <= MOST_DAYS:
        raise TokenUnfit(why="days", most=MOST_DAYS)
    if not set(verbs) <= set(known):
        raise TokenUnfit(why="verbs", most=len(known))
    if in_use >= MOST_TOKENS:
        raise TokenUnfit(why="many", most=MOST_TOKENS)


def ends_at(made_at: datetime, days: int) -> datetime:
    """Return when a token of so many days ends."""
    return made_at + timedelta(days=days)
