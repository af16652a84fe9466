"""Passwords: set by their owner, remembered so that none comes back soon."""

from datetime import datetime

from django.db import transaction

from luoshi.accounts.models import Password
from luoshi.organisation.models import Account
from luoshi.rules.signing import REMEMBERED_PASSWORDS


@transaction.atomic
def set_password(
    account: Account, password: str, *, at: datetime, by_another: bool = False
) -> None:
    """Set a password that was judged before; ``by_another``: it is changed at the first sign-in."""
    note_password(account, at=at)  # what it was before is remembered too
    account.set_password(password)
    account.save(update_fields=["password"])
    _remember(account, at=at, by_another=by_another)


def note_password(account: Account, *, at: datetime) -> None:
    """Begin to count the age of a password that was never dated."""
    if account.has_usable_password() and not Password.objects.filter(account=account).exists():
        _remember(account, at=at, by_another=False)


def _remember(account: Account, *, at: datetime, by_another: bool) -> None:
    Password.objects.create(
        account=account, digest=account.password, set_at=at, set_by_another=by_another
    )
    rows = Password.objects.filter(account=account).order_by("-set_at", "-pk")
    older = list(rows.values_list("pk", flat=True)[REMEMBERED_PASSWORDS:])
    Password.objects.filter(pk__in=older).delete()
