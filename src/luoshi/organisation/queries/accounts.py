"""Accounts as the pages of signing in ask for them."""

from collections.abc import Iterable
from uuid import UUID

from luoshi.organisation.models import Account
from luoshi.organisation.queries.districts import Visitor


def has_real_account() -> bool:
    """Tell whether somebody can sign in with a password."""
    return Account.objects.filter(is_active=True, made_by_demo=False).exists()


def demo_accounts() -> list[Account]:
    """Return the accounts that the demo made, in the order of their posts."""
    return list(Account.objects.filter(made_by_demo=True, is_active=True).order_by("login"))


def login_is_taken(login: str) -> bool:
    """Tell whether an account has this sign-in name."""
    return Account.objects.filter(login=login).exists()


def logins_of(visitor: Visitor, persons: Iterable[UUID]) -> dict[UUID, str]:
    """Return the sign-in names of some persons of the visitor's district."""
    rows = Account.objects.filter(district=visitor.district, person__in=set(persons))
    return dict(rows.values_list("person", "login"))
