"""What the administrators do to accounts; each keeps to his own."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from luoshi.accounts import verbs
from luoshi.accounts.commands.links import end_links, make_link
from luoshi.accounts.commands.sessions import end_all
from luoshi.accounts.commands.tokens import revoke_all
from luoshi.accounts.models import Appointment, Tries
from luoshi.accounts.queries import CODES, PASSWORDS, guarded_key
from luoshi.base.journal import Actor
from luoshi.base.verbs import Verb
from luoshi.organisation.models import Account
from luoshi.rules.refusals import NotFound


def _check(verb: Verb, by: Actor, account: Account) -> None:
    """Raise NotAllowed, or NotFound for an account of another district."""
    if account.district != by.district:
        raise NotFound(what="account")
    verb.check(by, account)


@transaction.atomic
def disable_account(account: Account, *, by: Actor, at: datetime) -> None:
    """Let nobody sign in with an account any more, from this moment on. Raises NotAllowed."""
    _check(verbs.disable_account, by, account)
    account.is_active = False
    account.save(update_fields=["is_active"])
    end_links(account, at=at)
    end_all(account)
    revoke_all(account, by=by.person, at=at)


@transaction.atomic
def enable_account(account: Account, *, by: Actor) -> None:
    """Let a disabled account sign in again; one that waits for agreement stays closed.

    Raises NotAllowed.
    """
    _check(verbs.enable_account, by, account)
    waiting = Appointment.objects.filter(account=account).exclude(waits_for="")
    if waiting.exists():
        raise NotFound(what="account")
    account.is_active = True
    account.save(update_fields=["is_active"])


@transaction.atomic
def reset_account(account: Account, *, by: Actor, at: datetime) -> str:
    """Make an account's password void; returns the secret of a link by which a new one is set.

    A second factor stays, so whoever hands over the link cannot use it alone. Raises NotAllowed.
    """
    _check(verbs.reset_account, by, account)
    is_invitation = account.last_login is None
    account.set_unusable_password()
    account.save(update_fields=["password"])
    end_all(account)
    revoke_all(account, by=by.person, at=at)
    return make_link(account, made_by=by.person, is_invitation=is_invitation, at=at)


@transaction.atomic
def release_account(account: Account, *, by: Actor) -> None:
    """End the lockout of an account. Raises NotAllowed."""
    _check(verbs.release_account, by, account)
    keys = [guarded_key(what, account.login) for what in (PASSWORDS, CODES)]
    Tries.objects.filter(key__in=keys).delete()


@transaction.atomic
def drop_second_factor(account: Account, *, by: Actor) -> None:
    """Remove a second factor that its owner lost; his sessions end. Raises NotAllowed."""
    _check(verbs.drop_second_factor, by, account)
    Authenticator.objects.filter(user=account).delete()
    end_all(account)
