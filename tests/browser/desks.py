"""A real ledger with one bureau of three desks: officer, reviewer, head; each with an account.

Run as a module in an environment of its own; prints what the journey must know as a line of JSON.
"""

import json
import sys
from uuid import uuid4

from tests.browser.hall import BEFORE, OFFICE, PASSWORD, _found_matter, _found_post

DESKS = {"shenhe": ("审核岗", "reviewer"), "zhuguan": ("主要负责人岗", "unit_head")}


def main():
    """Found office and bureau some days ago, through the commands of the house."""
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from luoshi.organisation.models import Account
    from luoshi.organisation.queries import actor_for
    from luoshi.site import founding

    call_command("migrate", verbosity=0)
    at = timezone.now() - BEFORE
    seat = founding.Office(
        login=OFFICE, password=PASSWORD, code="410199", district="示例区", unit="区政府办",
        post="台账岗",
    )  # fmt: skip
    founding.found_office(seat, at=at, seed=uuid4())
    office = actor_for(Account.objects.get(login=OFFICE), None, day=timezone.localdate())
    officer, people = _found_post(office, at, 0)
    matter = _found_matter(office, officer, "SX-01", "公办幼儿园新建年度事项", at)
    posts = {login: str(_found_desk(office, officer.unit, login, at)) for login in DESKS}
    told = {
        "unit": str(officer.unit), "matter": str(matter), "posts": posts,
        "officer": next(iter(people)),
    }  # fmt: skip
    sys.stdout.write(json.dumps(told))


def _found_desk(office, unit, login, at):
    """Another post of the unit, its holder and his account."""
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.organisation import commands

    name, role = DESKS[login]
    day, post, person = timezone.localdate(at), uuid4(), uuid4()

    def hand():
        return {"on": day, "by": office, "at": at, "command_id": uuid4()}

    entry = commands.found_post(
        post_id=post, name=f"教体局{name}", unit=unit, order=9, roles=(role,), **hand()
    )
    commands.keep_person(
        person_id=person, name=name, phone="", mail="", expected=0, by=office, day=day
    )
    commands.hold_post(post_id=post, person=person, expected=entry.number, **hand())
    account = commands.make_account(
        login=login, password=PASSWORD, person=person, district=office.district
    )
    accounts.note_password(account, at=timezone.now())
    return post


if __name__ == "__main__":
    main()
