"""One-time links: whoever opens one sets a password that nobody else ever knows."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from luoshi.accounts.commands.passwords import set_password
from luoshi.accounts.models import Link
from luoshi.accounts.queries import digest_of
from luoshi.organisation.models import Account
from luoshi.rules.signing import INVITATION_HOURS, LinkVoid


def make_link(account: Account, *, made_by: UUID, is_invitation: bool, at: datetime) -> str:
    """Make a link and end those before it; returns its secret, which is kept nowhere."""
    end_links(account, at=at)
    secret = secrets.token_urlsafe(32)
    Link.objects.create(
        account=account,
        digest=digest_of(secret),
        is_invitation=is_invitation,
        made_by=made_by,
        made_at=at,
        expires_at=at + timedelta(hours=INVITATION_HOURS),
    )
    return secret


def end_links(account: Account, *, at: datetime) -> None:
    """Make every open link of an account void."""
    Link.objects.filter(account=account, ended_at=None).update(ended_at=at)


@transaction.atomic
def use_link(secret: str, password: str, *, at: datetime) -> Account:
    """Set the password of the account that a link is for, once. Raises LinkVoid."""
    link = (
        Link.objects.select_for_update(of=("self",))
        .select_related("account")
        .filter(digest=digest_of(secret), ended_at=None, expires_at__gt=at)
        .first()
    )
    if link is None:
        raise LinkVoid
    link.ended_at = at
    link.save(update_fields=["ended_at"])
    set_password(link.account, password, at=at)
    return link.account
