"""A real ledger for journeys: an office, an auditor, bureaus with a post and a matter each.

Run as a module in an environment of its own (see ``tests.browser.real.founded``); prints what the
journeys must know as one line of JSON.
"""

import json
import sys
from uuid import uuid4

from tests.browser.founding import BUREAUS, PASSWORD, found_bureau, found_matter, found_office

AUDITOR = "shenji"


def main():
    """Found it all some days ago, through the commands of the house."""
    office, at = found_office()
    told = {"bureaus": [_bureau(office, at, place) for place in range(len(BUREAUS))]}
    sys.stdout.write(json.dumps(told | {"secret": _found_auditor(at)}))


def _found_auditor(at):
    """An auditor with a second factor: its secret."""
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.organisation.models import Account
    from luoshi.rules.rights import Role
    from luoshi.site import founding

    watch = founding.Office(
        login=AUDITOR, password=PASSWORD, code="", district="", unit="区政府办", post="审计岗"
    )
    founding.found_administrator(watch, Role.AUDITOR, at=at, seed=uuid4())
    auditor = Account.objects.get(login=AUDITOR)
    accounts.set_password(auditor, PASSWORD, at=timezone.now())
    secret = generate_totp_secret()
    TOTP.activate(auditor, secret)
    return secret


def _bureau(office, at, place):
    """What journeys must know of a bureau: its post, its matter, the accounts of two persons.

    The first person holds the post, the second none.
    """
    post, people = found_bureau(office, at, place)
    code, title = f"SX-0{place + 1}", f"{BUREAUS[place]}年度重点事项"
    return {
        "post": str(post.post),
        "named": f"{BUREAUS[place]}承办岗",
        "matter": str(found_matter(office, post, code, title, at)),
        "code": code,
        "title": title,
        "accounts": list(people),
        "people": {login: str(one) for login, one in people.items()},
    }


if __name__ == "__main__":
    main()
