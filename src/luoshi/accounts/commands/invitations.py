"""Inviting the officer of a post: an account, the post, and a one-time link."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from django.db import transaction

from luoshi.accounts import queries, verbs
from luoshi.accounts.commands.links import end_links, make_link
from luoshi.accounts.models import Link
from luoshi.base.days import local_day
from luoshi.base.journal import Actor
from luoshi.organisation import commands as organisation
from luoshi.organisation.commands.recording import Written, record_all
from luoshi.organisation.models import Account
from luoshi.organisation.projection import POSTS
from luoshi.rules.posts import Held
from luoshi.rules.refusals import NotFound
from luoshi.rules.signing import LoginTaken


@dataclass(frozen=True, slots=True)
class Invited:
    """A new account and the secret of its link, which is kept nowhere."""

    account: Account
    secret: str


@transaction.atomic
def invite_officer(
    *, login: str, post_id: UUID, on: date, command_id: UUID, by: Actor, at: datetime
) -> Invited:
    """Make an account without a password for a new person, who holds a vacant post from a day on.

    Raises NotAllowed, NotFound, LoginTaken, and what stands against holding the post.
    """
    if queries.login_is_taken(login):
        raise LoginTaken(login=login)
    seat = queries.seat_of(by, post_id, day=on)
    if seat is None:
        raise NotFound(what="post")
    person = uuid4()
    held = Written(
        kind=POSTS,
        thread=post_id,
        fact=Held(person=person),
        expected=queries.last_number_of(post_id),
    )
    record_all(held, verb=verbs.invite_officer, of=seat, on=on, command_id=command_id, by=by, at=at)
    account = organisation.make_account(
        login=login, password=None, person=person, district=by.district
    )
    secret = make_link(account, made_by=by.person, is_invitation=True, at=at)
    return Invited(account, secret)


@transaction.atomic
def renew_invitation(account: Account, *, by: Actor, at: datetime) -> str:
    """Make a new link for somebody who never set a password; the old one is void.

    Raises NotAllowed; NotFound where nobody is waiting for a link.
    """
    _check_inviter(account, by, day=local_day(at))
    return make_link(account, made_by=by.person, is_invitation=True, at=at)


@transaction.atomic
def withdraw_invitation(account: Account, *, by: Actor, at: datetime) -> None:
    """Make an invitation void; its account has no password then. Raises NotAllowed, NotFound."""
    _check_inviter(account, by, day=local_day(at))
    end_links(account, at=at)


def _check_inviter(account: Account, by: Actor, *, day: date) -> None:
    invited = Link.objects.filter(account=account, is_invitation=True).exists()
    if account.district != by.district or account.has_usable_password() or not invited:
        raise NotFound(what="invitation")
    for seat in queries.seats_of(by, account, day=day):
        verbs.invite_officer.check(by, seat)
