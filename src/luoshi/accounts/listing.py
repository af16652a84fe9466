"""Lists of accounts: all of a district, those invited, the three administrators."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet

from luoshi.accounts import queries, verbs
from luoshi.accounts.models import ApiToken, Appointment, Link, Tries
from luoshi.accounts.queries import accounts_visible_to
from luoshi.base.journal import Actor
from luoshi.base.spells import on_day
from luoshi.organisation import queries as organisation
from luoshi.organisation.models import Account, PostSpell
from luoshi.rules.rights import ADMINISTRATORS
from luoshi.rules.signing import Seat


class State(StrEnum):
    """How an account stands; the order is that of the filter."""

    OPEN = "open"
    INVITED = "invited"
    WAITING = "waiting"
    DISABLED = "disabled"
    LOCKED = "locked"


@dataclass(frozen=True, slots=True)
class Listed:
    """One account as a list shows it."""

    account: Account
    state: State
    name: str
    posts: tuple[organisation.PostOn, ...]
    has_second_factor: bool


def sought(actor: Actor, *, text: str, state: str, day: date, at: datetime) -> QuerySet[Account]:
    """Return the accounts whose name or post holds a text and that stand so."""
    rows = accounts_visible_to(actor)
    if text:
        posts = PostSpell.objects.filter(
            on_day(day), district=actor.district, name__icontains=text, holder=OuterRef("person")
        )
        rows = rows.filter(Q(login__icontains=text) | Exists(posts))
    return _in_state(rows, state, at=at)


def _in_state(rows: QuerySet[Account], state: str, *, at: datetime) -> QuerySet[Account]:
    waiting = Appointment.objects.filter(account=OuterRef("pk")).exclude(waits_for="")
    invited = Link.objects.filter(account=OuterRef("pk"), ended_at=None)
    if state == State.OPEN:
        return rows.filter(~Exists(invited), is_active=True)
    if state == State.INVITED:
        return rows.filter(Exists(invited), is_active=True)
    if state == State.WAITING:
        return rows.filter(Exists(waiting))
    if state == State.DISABLED:
        return rows.filter(~Exists(waiting), is_active=False)
    if state == State.LOCKED:
        return rows.filter(login__in=_locked(rows.values_list("login", flat=True), at=at))
    return rows


def _locked(logins: Iterable[str], *, at: datetime) -> set[str]:
    """Return which of the sign-in names are locked out at a moment."""
    by_key = {
        queries.guarded_key(what, login): login
        for login in logins
        for what in (queries.PASSWORDS, queries.CODES)
    }
    rows = Tries.objects.filter(locked_until__gt=at).values_list("key", flat=True)
    return {by_key[key] for key in rows if key in by_key}


def listed(accounts: Iterable[Account], actor: Actor, *, day: date, at: datetime) -> list[Listed]:
    """Return accounts as a list shows them; the number of queries does not grow with them."""
    rows = list(accounts)
    posts = _posts_by_holder(actor, day=day)
    keys = [row.pk for row in rows]
    factors = set(
        Authenticator.objects.filter(user__in=keys, type=queries.TOTP).values_list(
            "user_id", flat=True
        )
    )
    waiting = set(
        Appointment.objects.filter(account__in=keys)
        .exclude(waits_for="")
        .values_list("account_id", flat=True)
    )
    invited = set(
        Link.objects.filter(account__in=keys, ended_at=None).values_list("account_id", flat=True)
    )
    locked = _locked([row.login for row in rows], at=at)
    people = organisation.people_named(actor, [row.person for row in rows])
    return [
        Listed(
            row,
            _state(row, waiting, invited, locked),
            people[row.person].name if row.person in people else "",
            tuple(posts.get(row.person, ())),
            row.pk in factors,
        )
        for row in rows
    ]


def _state(row: Account, waiting: set[UUID], invited: set[UUID], locked: set[str]) -> State:
    if row.pk in waiting:
        return State.WAITING
    if not row.is_active:
        return State.DISABLED
    if row.login in locked:
        return State.LOCKED
    return State.INVITED if row.pk in invited else State.OPEN


def _posts_by_holder(actor: Actor, *, day: date) -> Mapping[UUID, list[organisation.PostOn]]:
    found: dict[UUID, list[organisation.PostOn]] = {}
    for post in organisation.posts_visible_to(actor, day=day):
        if post.holder is not None:
            found.setdefault(post.holder, []).append(post)
    return found


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody invited who did not come yet."""

    account: Account
    posts: tuple[organisation.PostOn, ...]
    expires_at: datetime


def invitations_visible_to(by: Actor, *, day: date) -> list[Waiting]:
    """Return the open invitations to posts that the actor may invite to, the newest first."""
    rows = Link.objects.filter(account__district=by.district, ended_at=None, is_invitation=True)
    posts = _posts_by_holder(by, day=day)
    within = {post.id for post, seat in queries.seats_to_give(by, day=day) if _may_give(by, seat)}
    found = []
    for link in rows.select_related("account").order_by("-made_at"):
        held = tuple(posts.get(link.account.person, ()))
        if any(post.id in within for post in held):
            found.append(Waiting(link.account, held, link.expires_at))
    return found


def _may_give(by: Actor, seat: Seat) -> bool:
    """Tell whether the actor invites to such a post, vacant or not."""
    return verbs.invite_officer.who(by, replace(seat, is_vacant=True))


def posts_to_give(by: Actor, *, day: date) -> list[organisation.PostOn]:
    """Return the vacant posts that the actor may invite to, in their order."""
    seats = queries.seats_to_give(by, day=day)
    return [post for post, seat in seats if verbs.invite_officer.who(by, seat)]


@dataclass(frozen=True, slots=True)
class Named:
    """One of the three administrators, or somebody named to be one."""

    account: Account
    roles: frozenset[str]
    waits_for: tuple[str, ...]
    made_by: UUID | None


def administrators_visible_to(actor: Actor, *, day: date) -> list[Named]:
    """Return the administrators of the district and those who wait for agreement."""
    posts = [
        post
        for post in organisation.posts_visible_to(actor, day=day)
        if post.holder is not None and not ADMINISTRATORS.isdisjoint(post.roles)
    ]
    roles = {post.holder: ADMINISTRATORS & post.roles for post in posts}
    accounts = accounts_visible_to(actor).filter(person__in=[key for key in roles if key])
    named = Appointment.objects.in_bulk([account.pk for account in accounts])
    return [
        Named(
            account,
            frozenset(roles[account.person]),
            tuple(named[account.pk].waits_for.split()) if account.pk in named else (),
            named[account.pk].made_by if account.pk in named else None,
        )
        for account in accounts
    ]


@dataclass(frozen=True, slots=True)
class TokenTold:
    """A token as a list shows it; ``state`` is open, expired or revoked."""

    token: ApiToken
    state: str


def tokens_told(tokens: Iterable[ApiToken], *, at: datetime) -> list[TokenTold]:
    """Return tokens with how they stand at a moment."""
    return [TokenTold(one, token_state(one, at)) for one in tokens]


def token_state(token: ApiToken, at: datetime) -> str:
    """Return how a token stands at a moment: open, expired or revoked."""
    if token.revoked_at is not None:
        return "revoked"
    return "open" if at < token.expires_at else "expired"


def tokens_visible_to(actor: Actor, *, day: date) -> QuerySet[ApiToken]:
    """Return the tokens in the district that the actor may take back, the newest first."""
    seats = {post.id: seat for post, seat in queries.seats_to_give(actor, day=day)}
    open_to = [post for post, seat in seats.items() if verbs.revoke_token.who(actor, seat)]
    posts = Q(post__in=open_to)
    if verbs.revoke_token.who(actor, NO_SEAT):
        posts |= ~Q(post__in=list(seats))
    return queries.tokens_in(actor.district).filter(posts)


NO_SEAT = Seat(None, frozenset(), frozenset(), is_vacant=True)
"""A post that is no more: it lies in nobody's unit."""
