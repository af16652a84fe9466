"""Accounts of persons: how somebody signs in."""

from uuid import UUID

from luoshi.organisation.models import Account


def make_account(
    *,
    login: str,
    password: str | None,
    person: UUID,
    district: UUID | None,
    made_by_demo: bool = False,
) -> Account:
    """Make an account; without a password it can only be entered where sign-in by post is open."""
    account = Account(login=login, person=person, district=district, made_by_demo=made_by_demo)
    if password is None:
        account.set_unusable_password()
    else:
        account.set_password(password)
    account.save(force_insert=True)
    return account
