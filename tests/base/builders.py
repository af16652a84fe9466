"""A founded district with standards, units and matters: short words for tests that record."""

import itertools
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time
from decimal import Decimal
from uuid import UUID, uuid5

from django.db import connection, transaction
from hypothesis import HealthCheck, settings

from luoshi.base.journal import Actor, Change, Command
from luoshi.clocks import standards
from luoshi.ledger import commands as ledger
from luoshi.ledger.commands import Sent
from luoshi.organisation import commands as organisation
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import facts as f
from tests.kept_rows import put_back, taken

# Every random case takes its own writes back, so all of them may stand on one ledger.
ON_ONE_LEDGER = settings(
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
AT = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
DAY = date(2020, 4, 10)  # from which everything holds, if a test names no other day
DUE = date(2020, 12, 31)
NEWEST = 2**62  # ``expected`` of a writer who saw everything
SEED = UUID(int=410103)
SOURCE = f.Source(kind=f.SourceKind.DOCUMENT, title="二七区工作安排", day=DAY, place="第3条")
TARGET = f.Target(
    key="main", quantity=Decimal(297), unit="个", comparator=Comparator.EQUAL, leads=True
)
STEPS = (
    f.Milestone(key="start", title="开工", due=date(2020, 5, 31)),
    f.Milestone(key="done", title="完工", due=date(2020, 11, 30), weight=Decimal("0.5")),
)


@dataclass
class FoundedDistrict:
    """A district as its office sees it; ids are drawn from its code, so tests can be run again."""

    code: str
    id: UUID
    office: Actor
    lead: Actor
    checker: Actor
    goals: tuple[UUID, UUID]
    _count: itertools.count = field(default_factory=itertools.count)

    def named(self, name):
        """The same id for the same name."""
        return uuid5(self.id, name)

    def sent(self, *, on=DAY, expected=NEWEST, command_id=None, by=None, at=AT):
        """How a command came: by the office, with an id of its own, by somebody who saw all.

        A unit writes on the day itself: it reaches back no further than the open period.
        """
        if by is not None and "office" not in by.roles:
            at = datetime.combine(on, time(4), tzinfo=UTC)
        return Sent(
            on=on,
            expected=expected,
            command_id=command_id or self.named(f"command/{next(self._count)}"),
            by=by or self.office,
            at=at,
        )

    def hand(self, **given):
        """The same for the rooms that take it in parts."""
        sent = self.sent(**given)
        return {
            "on": sent.on,
            "expected": sent.expected,
            "command_id": sent.command_id,
            "by": sent.by,
            "at": sent.at,
        }

    def registered(self, code="LJ-1", title="老旧小区改造", *, sent=None, **given):
        """Register a matter from a published document; returns its id."""
        sent = sent or self.sent()
        ledger.register(
            code=code,
            title=title,
            kind=f.MatterKind.PROGRAMME,
            origin=given.pop("origin", f.Origin.PUBLISHED),
            sources=given.pop("sources", (SOURCE,)),
            goals=given.pop("goals", (self.goals[1],)),
            sent=sent,
            **given,
        )
        return ledger.matter_of(sent.command_id)

    def matter(self, code="LJ-1", *, milestones=STEPS, on=DAY):
        """A matter taken from a document with all three fixes: 297 by the end of 2020."""
        matter = self.registered(code, sent=self.sent(on=on))
        ledger.fix_responsibility(
            matter_id=matter,
            lead_unit=self.lead.unit,
            responsible_post=self.lead.post,
            sent=self.sent(on=on),
        )
        ledger.fix_target(matter_id=matter, targets=(TARGET,), sent=self.sent(on=on))
        ledger.fix_milestones(
            matter_id=matter,
            start=date(2020, 1, 1),
            due=DUE,
            milestones=milestones,
            sent=self.sent(on=on),
        )
        return matter

    def report(self, matter, amount, *, on, measured_on=None, sent=None, **given):
        """Report the whole amount so far; returns the entry."""
        return ledger.report_progress(
            matter_id=matter,
            measured_on=measured_on or on,
            target="main",
            achieved=None if amount is None else Decimal(amount),
            sent=sent or self.sent(on=on, by=self.lead),
            **given,
        )


def planned(code):
    """The district that will be founded under a code: every id is known before."""
    district = uuid5(uuid5(SEED, code), "district")

    def actor(unit, *roles):
        return Actor(
            district=district,
            person=uuid5(district, f"person of {unit}"),
            post=uuid5(district, f"post of {unit}"),
            unit=uuid5(district, unit),
            roles=frozenset(roles),
        )

    return FoundedDistrict(
        code=code,
        id=district,
        office=actor("office", "office"),
        lead=actor("lead"),
        checker=actor("checker", "supervision"),
        goals=(uuid5(district, "goal"), uuid5(district, "campaign")),
    )


_kept = {}


def founded(code="410103", name="二七区"):
    """Give a district with the years 2016 to 2026, the colour rule, units, posts and two goals.

    It is founded by the commands once; after that its rows are put in again as they were. There
    are no texts yet, so no salts.
    """
    if code not in _kept:
        district = _founded(code, name)
        _kept[code] = district, taken(district.id), next(district._count)
    else:
        district, rows, _ = _kept[code]
        put_back(rows)
    return replace(district, _count=itertools.count(_kept[code][2]))


def _founded(code, name):
    district = planned(code)
    organisation.found_district(
        code=code,
        name=name,
        on=date(2015, 1, 1),
        command_id=uuid5(SEED, code),
        person=uuid5(SEED, code),
        at=AT,
    )
    for step in standards.steps(by=district.office, at=AT, seed=uuid5(SEED, code)):
        step()
    for order, each in enumerate((district.office, district.lead, district.checker)):
        _found_unit(district, each, order)
    above = None
    for order, (goal, kind) in enumerate(zip(district.goals, ("goal", "campaign"), strict=True)):
        ledger.found_goal(
            goal_id=goal,
            name=f"{name}目标{order}",
            kind=kind,
            parent=above,
            order=order,
            sent=district.sent(on=date(2016, 1, 1)),
        )
        above = goal
    return district


def _found_unit(district, actor, order):
    hand = district.hand(on=date(2016, 1, 1))
    del hand["expected"]
    organisation.found_unit(
        unit_id=actor.unit, name=f"单位{order}", kind="bureau", parent=None, order=order, **hand
    )
    hand = district.hand(on=date(2016, 1, 1))
    expected = hand.pop("expected")
    organisation.found_post(
        post_id=actor.post,
        name=f"岗位{order}",
        unit=actor.unit,
        order=order,
        roles=tuple(sorted(actor.roles)),
        **hand,
    )
    hand = district.hand(on=date(2016, 1, 1)) | {"expected": expected}
    organisation.hold_post(post_id=actor.post, person=actor.person, **hand)


def change_of(kind, thread, fact, *, on=DAY, expected=NEWEST, **given):
    """A change that asks for one fact and judges it by the kind's law."""

    def decide(state):
        kind.law.check(state, fact, on)
        return fact

    return Change(kind=kind, thread=thread, decide=decide, on=on, expected=expected, **given)


def command_of(district, command_id=None, *, at=AT):
    """A command of the office."""
    sent = district.sent(command_id=command_id, at=at)
    return Command(id=sent.command_id, by=sent.by, at=sent.at)


@contextmanager
def undone():
    """A stretch whose writes are taken back: every random case starts from the same ledger."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def lift_triggers():
    """Let entries be changed until the transaction ends, as whoever has the password may do."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("update", "delete", "replace"):
                cursor.execute(f"DROP TRIGGER journal_entry_refuses_{verb}")
        else:
            cursor.execute("ALTER TABLE journal_entry DISABLE TRIGGER USER")
