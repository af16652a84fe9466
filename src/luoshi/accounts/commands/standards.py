"""The rules of signing in, as a district's security administrator sets them."""

from dataclasses import asdict
from datetime import datetime

from luoshi.accounts import verbs
from luoshi.accounts.models import Standard
from luoshi.base.journal import Actor
from luoshi.rules import signing


def set_standard(standard: signing.Standard, *, by: Actor, at: datetime) -> None:
    """Set how the district lets people in, from the next sign-in on.

    Raises NotAllowed, OutOfBounds.
    """
    verbs.set_standard.check(by)
    signing.check_standard(standard)
    Standard.objects.update_or_create(
        district=by.district, defaults={**asdict(standard), "set_by": by.person, "set_at": at}
    )
