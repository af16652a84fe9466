"""Sessions: at most so many at a time, ended by their owner or the security administrator."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from luoshi.accounts import verbs
from luoshi.base.journal import Actor
from luoshi.organisation.models import Account
from luoshi.rules.refusals import NotFound
from luoshi.rules.signing import too_many


@transaction.atomic
def keep_newest(account: Account, *, most: int) -> None:
    """End an account's oldest sessions until at most so many are left."""
    Account.objects.select_for_update().get(pk=account.pk)  # sign-ins go one after another
    newest_first = list(UserSession.objects.filter(user=account).order_by("-created_at", "-pk"))
    for session in too_many(newest_first, most):
        session.end()


def end_own_session(account: Account, session_id: int) -> None:
    """End one of the account's own sessions. Raises NotFound where it is not one of them."""
    session = UserSession.objects.filter(user=account, pk=session_id).first()
    if session is None:
        raise NotFound(what="session")
    session.end()


@transaction.atomic
def end_sessions(account: Account, *, by: Actor) -> int:
    """End every session of an account; returns how many. Raises NotAllowed."""
    verbs.end_sessions.check(by, account)
    return end_all(account)


def end_all(account: Account) -> int:
    """End every session of an account; returns how many."""
    sessions = list(UserSession.objects.filter(user=account))
    for session in sessions:
        session.end()
    return len(sessions)
