"""A real ledger for journeys: an office, an auditor, bureaus with a post and a matter each.

Run as a module in an environment of its own (see ``tests.site.scratch.home``); prints what the
journeys must know as one line of JSON.
"""

import json
import sys
from datetime import timedelta
from decimal import Decimal
from uuid import uuid4, uuid5

PASSWORD = "Zhangwu-2026-tai"
OFFICE, AUDITOR = "guan", "shenji"
BUREAUS = ("教体局", "民政局", "城管局")  # journeys of one ledger do not meet: each has its own
BEFORE = timedelta(days=20)  # long enough for a delegation that is over


def main():
    """Found it all some days ago, through the commands of the house."""
    import django

    django.setup()
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
    from django.core.management import call_command
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.organisation.models import Account
    from luoshi.organisation.queries import actor_for
    from luoshi.rules.rights import Role
    from luoshi.site import founding

    call_command("migrate", verbosity=0)
    at = timezone.now() - BEFORE
    seat = founding.Office(
        login=OFFICE,
        password=PASSWORD,
        code="410199",
        district="示例区",
        unit="区政府办",
        post="台账岗",
    )
    founding.found_office(seat, at=at, seed=uuid4())
    office = actor_for(Account.objects.get(login=OFFICE), None, day=timezone.localdate())
    told = {"bureaus": [_found_bureau(office, at, place) for place in range(len(BUREAUS))]}
    watch = founding.Office(
        login=AUDITOR, password=PASSWORD, code="", district="", unit="区政府办", post="审计岗"
    )
    founding.found_administrator(watch, Role.AUDITOR, at=at, seed=uuid4())
    auditor = Account.objects.get(login=AUDITOR)
    accounts.set_password(auditor, PASSWORD, at=timezone.now())
    secret = generate_totp_secret()
    TOTP.activate(auditor, secret)
    sys.stdout.write(json.dumps(told | {"secret": secret}))


def _found_bureau(office, at, place):
    """What journeys must know of a bureau: its post, its matter, the accounts of two persons.

    The first person holds the post, the second none.
    """
    post, people = _found_post(office, at, place)
    code, title = f"SX-0{place + 1}", f"{BUREAUS[place]}年度重点事项"
    matter = _found_matter(office, post, code, title, at)
    return {
        "post": str(post.post),
        "named": f"{BUREAUS[place]}承办岗",
        "matter": str(matter),
        "code": code,
        "title": title,
        "accounts": list(people),
        "people": {login: str(one) for login, one in people.items()},
    }


def _found_post(office, at, place):
    """The bureau and its post, held by the first of two persons; both have accounts."""
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.base.journal import Actor
    from luoshi.organisation import commands

    day, unit, post = timezone.localdate(at), uuid4(), uuid4()

    def hand():
        return {"on": day, "by": office, "at": at, "command_id": uuid4()}

    commands.found_unit(
        unit_id=unit, name=BUREAUS[place], kind="bureau", parent=None, order=place + 2, **hand()
    )
    entry = commands.found_post(
        post_id=post,
        name=f"{BUREAUS[place]}承办岗",
        unit=unit,
        order=place + 2,
        roles=("officer",),
        **hand(),
    )
    people = {}
    for login, name in ((f"qianren{place}", "前任"), (f"houren{place}", "后任")):
        person = uuid4()
        people[login] = person
        commands.keep_person(
            person_id=person, name=name, phone="", mail="", expected=0, by=office, day=day
        )
        account = commands.make_account(
            login=login, password=PASSWORD, person=person, district=office.district
        )
        accounts.note_password(account, at=timezone.now())
    first = next(iter(people.values()))
    commands.hold_post(post_id=post, person=first, expected=entry.number, **hand())
    return Actor(district=office.district, person=first, post=post, unit=unit), people


def _found_matter(office, post, code, title, at):
    """An item of the bureau for which the post answers, handed over to it."""
    from django.utils import timezone

    from luoshi.ledger import commands
    from luoshi.ledger.commands import Sent
    from luoshi.ledger.queries import last_entry_of
    from luoshi.rules.colour import Comparator
    from luoshi.rules.ledger import facts as f

    day, first = timezone.localdate(at), uuid4()
    matter = commands.matter_of(first)

    def sent(command_id=None):
        return Sent(
            on=day, expected=last_entry_of(matter) if command_id is None else 0,
            command_id=command_id or uuid5(first, str(last_entry_of(matter))), by=office, at=at,
        )  # fmt: skip

    commands.register(
        code=code, title=title, kind=f.MatterKind.PROGRAMME, origin=f.Origin.ASSIGNED,
        sources=(f.Source(kind=f.SourceKind.DOCUMENT, title="工作安排", day=day),),
        sent=sent(first),
    )  # fmt: skip
    commands.fix_responsibility(
        matter_id=matter, lead_unit=post.unit, responsible_post=post.post, sent=sent()
    )
    target = f.Target(
        key="main", quantity=Decimal(20), unit="所", comparator=Comparator.EQUAL, leads=True
    )
    commands.fix_target(matter_id=matter, targets=(target,), sent=sent())
    due = day.replace(month=12, day=31)
    step = f.Milestone(key="a", title="开工", due=due)
    commands.fix_milestones(matter_id=matter, start=day, due=due, milestones=(step,), sent=sent())
    commands.assign(matter_id=matter, sent=sent())
    return matter


if __name__ == "__main__":
    main()
