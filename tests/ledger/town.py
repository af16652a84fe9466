"""The town of the ledger's tests, and short words for what is recorded in it."""

from datetime import UTC, date, datetime, time
from decimal import Decimal
from functools import partial
from uuid import UUID, uuid4, uuid5

from luoshi.base.journal import Actor, Change
from luoshi.clocks import commands as clocks
from luoshi.clocks.years import ANNOUNCEMENTS
from luoshi.ledger import commands, queries
from luoshi.ledger.commands import Sent
from luoshi.ledger.projection import MATTERS
from luoshi.organisation import commands as organisation
from luoshi.rules.colour import ERQI_2017_D1, Comparator
from luoshi.rules.ledger import facts as f
from luoshi.rules.nodes import Ended

AT = datetime(2021, 1, 15, 1, 0, tzinfo=UTC)
FOUNDED = date(2019, 1, 2)
DAY = date(2020, 3, 2)
DUE = date(2020, 12, 31)
SOURCE = f.Source(kind=f.SourceKind.DOCUMENT, title="工作安排", day=date(2020, 1, 3))
TARGET = f.Target(
    key="main", quantity=Decimal(100), unit="个", comparator=Comparator.EQUAL, leads=True
)
STEPS = (f.Milestone(key="a", title="开工", due=date(2020, 4, 30)),)
UNITS = (  # name, the unit above
    ("区政府", None),
    ("办公室", "区政府"),
    ("督查室", "区政府"),
    ("城管局", "区政府"),
    ("停车科", "城管局"),
    ("交通局", "区政府"),
    ("教体局", "区政府"),
)
OFFICE, SUPERVISION, LEAD, BELOW, SUPPORT, STRANGER = (name for name, _ in UNITS[1:])
GOALS = (("三个区", None), ("品质", "三个区"), ("田园", "三个区"))


class Town:
    """A district with units, posts, goals, the years 2019 to 2021 and the colour rule."""

    def __init__(self, code="410100"):
        self.seed = uuid4()
        command = uuid4()
        organisation.found_district(
            code=code, name="小城区", on=FOUNDED, command_id=command, person=uuid4(), at=AT
        )
        self.district = uuid5(command, "district")
        roles = {OFFICE: {"office"}, SUPERVISION: {"supervision"}}
        self.actors = {
            name: Actor(
                district=self.district,
                person=self.id("person", name),
                post=self.id("post", name),
                unit=self.id("unit", name),
                roles=frozenset(roles.get(name, {"officer"})),
            )
            for name, _ in UNITS
        }
        self.office = self.actors[OFFICE]
        self._found_calendar()
        self._found_units()
        self._found_goals()

    def id(self, *names) -> UUID:
        """The same id for the same name."""
        return uuid5(self.seed, "/".join(names))

    def unit(self, name):
        return self.id("unit", name)

    def post(self, name):
        return self.id("post", name)

    def goal(self, name):
        return self.id("goal", name)

    def hand(self):
        return {"command_id": uuid4(), "by": self.office, "at": AT}

    def _found_calendar(self):
        for notice in ANNOUNCEMENTS:
            if 2019 <= notice.year <= 2021 and not notice.is_changed_later:
                off, make_up = notice.arrangement
                clocks.announce_year(
                    year=notice.year,
                    off=off,
                    make_up=make_up,
                    document=notice.document,
                    on=notice.announced,
                    expected=clocks.last_of_calendar(self.district),
                    **self.hand(),
                )
        day = ERQI_2017_D1.in_force_from
        clocks.issue_colour_rule(rule=ERQI_2017_D1, on=day, expected=0, **self.hand())

    def _found_units(self):
        for order, (name, above) in enumerate(UNITS, start=1):
            self.found_unit(name, above, order=order)
            organisation.found_post(
                post_id=self.post(name),
                name=f"{name}负责人",
                unit=self.unit(name),
                order=order,
                on=FOUNDED,
                **self.hand(),
            )

    def found_unit(self, name, above=None, order=1, on=FOUNDED):
        return organisation.found_unit(
            unit_id=self.unit(name),
            name=name,
            kind="department",
            parent=above and self.unit(above),
            order=order,
            on=on,
            **self.hand(),
        )

    def end_unit(self, name, on):
        last = queries.last_entry_of(self.unit(name))
        return organisation.change_unit(
            unit_id=self.unit(name), fact=Ended(), on=on, expected=last, **self.hand()
        )

    def _found_goals(self):
        for order, (name, above) in enumerate(GOALS, start=1):
            self.found_goal(name, above, order)

    def found_goal(self, name, above=None, order=1, on=FOUNDED):
        commands.found_goal(
            goal_id=self.goal(name),
            name=name,
            kind="pillar" if above else "goal",
            parent=above and self.goal(above),
            order=order,
            sent=self.sent(on=on, thread=self.goal(name)),
        )

    def sent(self, by=None, on=DAY, thread=None, command_id=None, at=None):
        """A command about ``on``, written by who saw the thread's last entry.

        The office writes it today; a unit on the day itself, for it reaches back no further.
        """
        if at is None:
            is_unit = by is not None and "office" not in by.roles
            at = datetime.combine(on, time(4), tzinfo=UTC) if is_unit else AT
        return Sent(
            on=on,
            expected=queries.last_entry_of(thread) if thread else 0,
            command_id=command_id or uuid4(),
            by=by or self.office,
            at=at,
        )

    def tell(self, verb, matter, by=None, on=DAY, **given):
        """Do one verb on a matter and return its entry."""
        sent = self.sent(by, on, matter)
        return getattr(commands, verb)(matter_id=matter, sent=sent, **given)

    def change(self, matter, verb, on, **given):
        """One fact for the bulk road, with the id of its command."""
        decided = partial(verb, on=on, **given)
        return Change(kind=MATTERS, thread=matter, decide=decided, on=on, expected=0), uuid4()

    def registration(self, code="S1", **given):
        return {
            "code": code,
            "title": f"停车位新建 {code}",
            "kind": f.MatterKind.PROGRAMME,
            "origin": f.Origin.ASSIGNED,
            "sources": (SOURCE,),
            "goals": (self.goal("品质"),),
            "area": "老城",
        } | given

    def draft(self, code="S1", on=DAY, by=None, **given):
        sent = self.sent(by, on)
        commands.register(**self.registration(code, **given), sent=sent)
        return commands.matter_of(sent.command_id)

    def published(self, code="S1", **given):
        return self.draft(code, origin=f.Origin.PUBLISHED, **given)

    def responsibility(self, lead=LEAD):
        return {
            "lead_unit": self.unit(lead),
            "supporting_units": (self.unit(SUPPORT),),
            "responsible_post": self.post(lead),
        }

    def fix(self, matter, lead=LEAD, on=DAY):
        """All three fixes."""
        self.tell("fix_responsibility", matter, on=on, **self.responsibility(lead))
        self.tell("fix_target", matter, on=on, targets=(TARGET,))
        self.tell("fix_milestones", matter, on=on, start=DAY, due=DUE, milestones=STEPS)

    def assigned(self, code="S1", lead=LEAD, **given):
        matter = self.draft(code, **given)
        self.fix(matter, lead)
        self.tell("assign", matter)
        return matter

    def report(self, matter, achieved=40, by=LEAD, on=DAY):
        """A report of the unit; returns its id."""
        sent = self.sent(self.actors[by], on, matter)
        commands.report_progress(
            matter_id=matter, measured_on=on, achieved=Decimal(achieved), sent=sent
        )
        return sent.command_id

    def confirmed(self, matter, achieved=40, on=DAY):
        report = self.report(matter, achieved, on=on)
        self.tell("confirm_report", matter, on=on, report=report)
        return report

    def verified(self, code="S1"):
        matter = self.assigned(code)
        self.confirmed(matter, 100)
        self.tell("verify", matter, self.actors[SUPERVISION])
        return matter
