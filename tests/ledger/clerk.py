"""A clerk who records at random what a town may record, and asks as boards are asked."""

from datetime import date
from decimal import Decimal
from random import Random

from django.db import transaction

from luoshi.ledger import queries
from luoshi.ledger.board import Filters
from luoshi.rules.colour import Comparator
from luoshi.rules.ledger import facts as f
from luoshi.rules.refusals import Refusal
from tests.ledger.town import DAY, DUE, GOALS, LEAD, STEPS, STRANGER, SUPERVISION, UNITS

JULY, TODAY = date(2020, 7, 15), date(2021, 1, 15)
DAYS = (date(2020, 3, 1), DAY, JULY, TODAY, date(2021, 6, 30))
MEASURES = ("个", "万元", "亿元")


class Clerk:
    """Records at random what a town may record."""

    def __init__(self, town, seed):
        self.town, self.random, self.matters = town, Random(seed), []

    def write(self):
        """Record one thing; what is refused is left."""
        verbs = [self.register, self.fix, self.fix, self.report, self.report, self.place,
                 self.stage, self.rest, self.divide, self.abolish, self.close, self.withdraw,
                 self.found]  # fmt: skip
        try:
            with transaction.atomic():
                self.random.choice(verbs)()
        except Refusal:
            pass

    def one(self):
        return self.random.choice(self.matters) if self.matters else self.register()

    def register(self):
        some = [self.town.goal(name) for name, _ in GOALS if self.random.random() < 0.5]
        number = len(self.matters)
        matter = self.town.draft(
            f"S{self.random.randrange(10**6):06}",
            on=self.random.choice([DAY, DAY, JULY]),
            title=f"{self.random.choice(['道路', '学校', 'Park'])} {number}",
            kind=self.random.choice(list(f.MatterKind)),
            origin=self.random.choice([f.Origin.ASSIGNED, f.Origin.PUBLISHED]),
            goals=tuple(some),
            area=self.random.choice(["老城", "新区", ""]),
        )
        self.matters.append(matter)
        return matter

    def fix(self):
        matter = self.one()
        target = f.Target(
            key="main",
            quantity=Decimal(self.random.randrange(1, 10**5)) / 1000,
            unit=self.random.choice(MEASURES),
            comparator=self.random.choice([Comparator.EQUAL, Comparator.AT_LEAST]),
            leads=True,
        )
        lead = self.random.choice([LEAD, STRANGER])
        on = self.random.choice([DAY, JULY])
        told = (
            ("fix_target", {"targets": (target,)}),
            ("fix_responsibility", self.town.responsibility(lead)),
            ("fix_milestones", {"start": DAY, "due": DUE, "milestones": STEPS}),
            ("assign", {}),
        )
        for verb, given in told[: self.random.randrange(1, 5)]:
            self.town.tell(verb, matter, on=on, **given)

    def report(self):
        matter = self.one()
        on = self.random.choice([JULY, date(2020, 9, 30), TODAY])
        achieved = Decimal(self.random.randrange(100))
        entry = self.town.tell("report_progress", matter, on=on, measured_on=on, achieved=achieved)
        if self.random.random() < 0.7:
            self.town.tell("confirm_report", matter, on=on, report=entry.fact.report)

    def place(self):
        goals = (self.town.goal(self.random.choice(GOALS)[0]),)
        self.town.tell("place", self.one(), on=JULY, goals=goals, area="新区")

    def stage(self):
        stage = self.random.choice(list(f.Stage))
        self.town.tell("set_stage", self.one(), on=JULY, stage=stage, listed=True)

    def rest(self):
        verb = self.random.choice(["suspend", "resume"])
        self.town.tell(verb, self.one(), on=JULY, reason="汛期")

    def divide(self):
        parts = {self.one() for _ in range(3)}
        whole = self.one()
        self.town.tell(
            "divide", whole, parts=tuple(f.Part(matter=part) for part in parts - {whole})
        )

    def abolish(self):
        self.town.tell("abolish", self.one(), on=JULY, reason="合并")

    def close(self):
        matter = self.one()
        self.town.tell("verify", matter, self.town.actors[SUPERVISION], on=TODAY)
        self.town.tell("close_out", matter, self.town.actors[SUPERVISION], on=TODAY)

    def withdraw(self):
        matter = self.one()
        entry = self.random.choice(queries.history_of(self.town.office, matter))
        self.town.tell("correct", matter, entry=entry.number, change=None, reason="误录")

    def found(self):
        self.town.found_unit(f"新设{self.random.randrange(10**6)}", "区政府", order=9, on=JULY)


def some_filters(town, random):
    """Filters drawn at random: mostly one or two, now and then none."""
    drawn = {
        "colours": tuple(random.sample(["red", "yellow", "green", "closed", "unreported"], 2)),
        "goal": town.goal(random.choice(GOALS)[0]),
        "unit": town.unit(random.choice(UNITS)[0]),
        "sponsor": town.post(LEAD),
        "kind": random.choice(list(f.MatterKind)).value,
        "area": random.choice(["老城", "新区"]),
        "source": "document",
        "stage": random.choice(list(f.Stage)).value,
        "standing": random.choice(["draft", "assigned", "abolished", "closed"]),
        "missing": random.choice(["target", "responsibility", "milestones"]),
        "due": random.choice(["late", "0", "168", "400"]),
        "text": random.choice(["道路", "park", "s0", "局", "1", "dl", "ljxq"]),
        "with_closed": True,
    }
    names = random.sample(sorted(drawn), random.choice([0, 1, 1, 2, 2, 3]))
    return Filters(**{name: drawn[name] for name in names})
