"""Every read of accounts: what lets somebody in, whose they are, what they are waiting for."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import QuerySet
from django.utils.crypto import salted_hmac

from luoshi.accounts.models import ApiToken, Link, Password, Standard
from luoshi.base.journal import Actor
from luoshi.base.models import Thread
from luoshi.base.spells import on_day
from luoshi.organisation import queries as organisation
from luoshi.organisation.models import Account, PostSpell
from luoshi.organisation.queries import login_is_taken
from luoshi.rules import signing
from luoshi.rules.rights import ADMINISTRATORS
from luoshi.rules.signing import Seat, Step, is_old, needs_second_factor

__all__ = ["login_is_taken"]

PASSWORDS, CODES, ADDRESSES = "password", "code", "address"
"""What is tried: a password, a one-time code, anything from one address."""
TOTP = Authenticator.Type.TOTP


def guarded_key(what: str, of: str) -> str:
    """Return under which key tries are counted; what was typed is not kept as it was typed."""
    return f"{what}:{salted_hmac('luoshi.tries', of, algorithm='sha256').hexdigest()[:48]}"


# ---- what lets somebody in


def standard_of(district: UUID | None) -> signing.Standard:
    """Return the rules by which a district lets people in."""
    row = Standard.objects.filter(district=district).first() if district else None
    return row.rules if row else signing.Standard()


def standard_for(login: str) -> signing.Standard:
    """Return the rules for whoever types a sign-in name."""
    of_the_account = Account.objects.filter(login=login).values("district")
    row = Standard.objects.filter(district__in=of_the_account).first()
    return row.rules if row else signing.Standard()


def password_in_force(account: Account) -> Password | None:
    """Return since when an account has its password, None where that was never noted."""
    return Password.objects.filter(account=account).order_by("-set_at", "-pk").first()


def passwords_had(account: Account) -> list[str]:
    """Return the digests of the last passwords of an account, the newest first."""
    rows = Password.objects.filter(account=account).order_by("-set_at", "-pk")
    kept = list(rows.values_list("digest", flat=True)[: signing.REMEMBERED_PASSWORDS])
    return kept or [account.password]


def has_second_factor(account: Account) -> bool:
    """Tell whether an account signs in with a one-time code."""
    return bool(Authenticator.objects.filter(user=account, type=TOTP).exists())


def must_have_second_factor(
    account: Account, *, day: date, standard: signing.Standard | None = None
) -> bool:
    """Tell whether an account may not be without one: an administrator's, or all of a district."""
    roles = {role for post in organisation.posts_of(account, day=day) for role in post.roles}
    return needs_second_factor(roles, standard or standard_of(account.district))


def steps_of(
    account: Account, *, at: datetime, day: date, by_password: bool = True
) -> tuple[Step, ...]:
    """Return what a person has to do before acting, in order.

    ``by_password``: whoever comes by another house's sign-in is not asked for a password of ours.
    """
    if account.made_by_demo:
        return ()
    found = []
    standard = standard_of(account.district)
    kept = password_in_force(account) if by_password else None
    if kept is not None and (kept.set_by_another or is_old(kept.set_at, at, standard)):
        found.append(Step.PASSWORD)
    must = must_have_second_factor(account, day=day, standard=standard)
    if must and not has_second_factor(account):
        found.append(Step.SECOND_FACTOR)
    return tuple(found)


@dataclass(frozen=True, slots=True)
class SessionShown:
    """One place where an account is signed in."""

    pk: int
    session_key: str
    created_at: datetime
    ip: str
    browser: str


def sessions_of(account: Account) -> list[SessionShown]:
    """Return the open sessions of an account, the newest first; those that are over are removed."""
    open_ones = UserSession.objects.purge_and_list(account)
    shown = [
        SessionShown(
            one.pk, one.session_key, one.created_at, one.ip, signing.browser_named(one.user_agent)
        )
        for one in open_ones
    ]
    return sorted(shown, key=lambda session: session.created_at, reverse=True)


def identities_of(account: Account) -> list[str]:
    """Return the names of the providers that an account is linked to."""
    rows = SocialAccount.objects.filter(user=account).order_by("provider")
    return list(rows.values_list("provider", flat=True))


def digest_of(secret: str) -> str:
    """Return what is kept of a link's secret; it is 256 random bits, so it needs no salt."""
    return hashlib.sha256(secret.encode()).hexdigest()


def link_of(secret: str, *, at: datetime) -> Link | None:
    """Return the link of a secret while it is good."""
    rows = Link.objects.filter(digest=digest_of(secret), ended_at=None, expires_at__gt=at)
    return rows.select_related("account").first()


def account_with(login: str) -> Account | None:
    """Return the account of a sign-in name."""
    return Account.objects.filter(login=login).first()


# ---- tokens of other systems


def token_with(secret: str) -> ApiToken | None:
    """Return the token of a secret with its account, whatever became of it; one query."""
    rows = ApiToken.objects.filter(digest=digest_of(secret))
    return rows.select_related("account").first()


def token_in(district: UUID, token_id: UUID) -> ApiToken | None:
    """Return one token of a district's accounts."""
    rows = ApiToken.objects.filter(pk=token_id, account__district=district)
    return rows.select_related("account").first()


def tokens_of(account: Account) -> list[ApiToken]:
    """Return the tokens of an account, the newest first."""
    return list(ApiToken.objects.filter(account=account).order_by("-made_at", "pk"))


def tokens_of_person(district: UUID, person: UUID) -> QuerySet[ApiToken]:
    """Return the tokens of a person's account, the newest first."""
    rows = ApiToken.objects.filter(account__district=district, account__person=person)
    return rows.select_related("account").order_by("-made_at", "pk")


def tokens_in(district: UUID) -> QuerySet[ApiToken]:
    """Return the tokens of a district that were not taken back, the newest first."""
    rows = ApiToken.objects.filter(account__district=district, revoked_at=None)
    return rows.select_related("account").order_by("-made_at", "pk")


# ---- inviting


def last_number_of(thread: UUID) -> int:
    """Return the number of a thread's last entry, 0 where it has none."""
    rows = Thread.objects.filter(pk=thread)
    return rows.values_list("last_number", flat=True).first() or 0


def seat_of(by: Actor, post_id: UUID, *, day: date) -> Seat | None:
    """Return how a post of the district stands to the inviter; None where there is no such post."""
    found = [post for post in organisation.posts_visible_to(by, day=day) if post.id == post_id]
    return _seats(by, found, day=day)[0][1] if found else None


def seats_to_give(by: Actor, *, day: date) -> list[tuple[organisation.PostOn, Seat]]:
    """Return the posts of the district with how each stands to the inviter, in their order."""
    return _seats(by, organisation.posts_visible_to(by, day=day), day=day)


def seats_of(by: Actor, account: Account, *, day: date) -> list[Seat]:
    """Return how the posts that an invited person was given stand to the inviter, as if vacant.

    Somebody who holds none stands to nobody: then a seat of no unit is given.
    """
    held = organisation.posts_of(account, day=day)
    seats = [replace(seat, is_vacant=True) for _post, seat in _seats(by, held, day=day)]
    return seats or [Seat(None, frozenset(), frozenset(), is_vacant=True)]


def _seats(
    by: Actor, posts: Iterable[organisation.PostOn], *, day: date
) -> list[tuple[organisation.PostOn, Seat]]:
    units = organisation.units_visible_to(by, day=day)
    below = organisation.units_below(units, [by.unit] if by.unit else [])
    return [(post, Seat(post.unit, below, post.roles, post.holder is None)) for post in posts]


# ---- accounts as administrators see them


def accounts_visible_to(actor: Actor) -> QuerySet[Account]:
    """Return the accounts of the actor's district, by sign-in name."""
    return Account.objects.filter(district=actor.district).order_by("login")


def account_visible_to(actor: Actor, account_id: UUID) -> Account | None:
    """Return one account of the actor's district."""
    return accounts_visible_to(actor).filter(pk=account_id).first()


# ---- the three administrators


def administrators_there(
    district: UUID, *, day: date, but: Account | None = None
) -> frozenset[str]:
    """Return which of the three roles somebody has who can sign in on a day."""
    rows = PostSpell.objects.filter(on_day(day), district=district).exclude(holder=None)
    persons: dict[UUID, set[str]] = {}
    for holder, roles in rows.values_list("holder", "roles"):
        named = ADMINISTRATORS & set(roles.split())
        if holder is not None and named:
            persons.setdefault(holder, set()).update(named)
    active = Account.objects.filter(is_active=True, person__in=persons)
    if but is not None:
        active = active.exclude(pk=but.pk)
    return frozenset(
        role for one in active.values_list("person", flat=True) for role in persons[one]
    )
