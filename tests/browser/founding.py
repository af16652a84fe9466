"""What a real ledger for journeys begins with: an office, bureaus with a post, persons, matters.

Founded some days ago, through the commands of the house, in an environment of its own.
"""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4, uuid5

PASSWORD = "Zhangwu-2026-tai"
OFFICE = "guan"
BUREAUS = ("教体局", "民政局", "城管局")  # journeys of one ledger do not meet: each has its own
BEFORE = timedelta(days=20)  # long enough for a delegation that is over


def found_office():
    """An empty home gets its tables and its office; gives who acts for it, and since when."""
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
        login=OFFICE,
        password=PASSWORD,
        code="410199",
        district="示例区",
        unit="区政府办",
        post="台账岗",
    )
    founding.found_office(seat, at=at, seed=uuid4())
    return actor_for(Account.objects.get(login=OFFICE), None, day=timezone.localdate()), at


def found_bureau(office, at, place):
    """A bureau and its post, held by the first of two persons; both have accounts."""
    from luoshi.base.journal import Actor
    from luoshi.organisation import commands

    unit, name, order = uuid4(), BUREAUS[place], place + 2
    commands.found_unit(
        unit_id=unit, name=name, kind="bureau", parent=None, order=order, **_hand(office, at)
    )
    logins = ((f"qianren{place}", "前任"), (f"houren{place}", "后任"))
    people = {login: found_person(office, login, called, at) for login, called in logins}
    first = next(iter(people.values()))
    post = found_post(office, unit, f"{name}承办岗", "officer", at, order=order, holder=first)
    return Actor(district=office.district, person=first, post=post, unit=unit), people


def found_person(office, login, name, at):
    """A person with an account."""
    from django.utils import timezone

    from luoshi.accounts import commands as accounts
    from luoshi.organisation import commands

    person, day = uuid4(), timezone.localdate(at)
    commands.keep_person(
        person_id=person, name=name, phone="", mail="", expected=0, by=office, day=day
    )
    account = commands.make_account(
        login=login, password=PASSWORD, person=person, district=office.district
    )
    accounts.note_password(account, at=timezone.now())
    return person


def found_post(office, unit, name, role, at, *, order, holder):
    """A post of a unit, held by a person."""
    from luoshi.organisation import commands

    post = uuid4()
    entry = commands.found_post(
        post_id=post, name=name, unit=unit, order=order, roles=(role,), **_hand(office, at)
    )
    commands.hold_post(post_id=post, person=holder, expected=entry.number, **_hand(office, at))
    return post


def found_matter(office, post, code, title, at):
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


def _hand(office, at):
    """How a command of the office is sent."""
    from django.utils import timezone

    return {"on": timezone.localdate(at), "by": office, "at": at, "command_id": uuid4()}
