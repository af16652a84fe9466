"""A matter told by its facts: short words for tests, one entry after the other."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from luoshi.rules.colour import Comparator
from luoshi.rules.journal import Entry, Signature, TextDigest, state_on
from luoshi.rules.ledger import decide, law
from luoshi.rules.ledger import facts as f

NAMES = UUID(int=7)
DAY = date(2020, 3, 2)
AT = datetime(2021, 1, 15, 9, 0, tzinfo=UTC)


def named(name):
    """The same id for the same name."""
    return uuid5(NAMES, name)


LEAD, SUPPORT, BELOW, OTHER = (named(name) for name in ("lead", "support", "below", "other"))
CLERK, CHECKER = named("clerk"), named("checker")
POST = named("post")
WORDS = TextDigest("ab" * 32)
SOURCE = f.Source(kind=f.SourceKind.DOCUMENT, title="工作安排", day=date(2020, 1, 3))
TARGET = f.Target(
    key="main", quantity=Decimal(100), unit="个", comparator=Comparator.EQUAL, leads=True
)
STEPS = (
    f.Milestone(key="a", title="开工", due=date(2020, 4, 30)),
    f.Milestone(key="b", title="完工", due=date(2020, 10, 31)),
)
DUE = date(2020, 12, 31)
DOERS = (LEAD, SUPPORT, BELOW)
REGISTRATION: dict[str, Any] = {
    "code": "S1",
    "title": "停车位新建",
    "kind": f.MatterKind.PROGRAMME,
    "origin": f.Origin.ASSIGNED,
    "sources": (SOURCE,),
}
RESPONSIBILITY: dict[str, Any] = {
    "lead_unit": LEAD,
    "supporting_units": (SUPPORT,),
    "responsible_post": POST,
}
CHECK: dict[str, Any] = {
    "done_by_units": DOERS,
    "verified_by_unit": OTHER,
    "verified_by_person": CHECKER,
}


@dataclass
class Story:
    """The entries of one matter; every verb is judged by the law before it is told."""

    entries: list[Entry[Any]] = field(default_factory=list)

    def state(self, day=date.max, known_at=None):
        return state_on(self.entries, day, law=law, known_at=known_at)

    def told(self, verb, on=DAY, by_person=CLERK, by_unit=LEAD, **given):
        """Decide a verb on the state of its day and keep the fact."""
        return self.kept(
            getattr(decide, verb)(self.state(on), on=on, **given), on, by_person, by_unit
        )

    def kept(self, fact, on=DAY, by_person=CLERK, by_unit=LEAD):
        number = len(self.entries) + 1
        by = Signature(person=by_person, unit=by_unit)
        kind = f"matter.{type(fact).__name__}"
        self.entries.append(Entry(number, number, on, AT, by, kind, fact))
        return self

    def registered(self, **given):
        return self.told("register", **(REGISTRATION | given))

    def published(self, **given):
        return self.registered(origin=f.Origin.PUBLISHED, **given)

    def fixed(self, on=DAY, start=DAY):
        """All three fixes."""
        self.told("fix_responsibility", on, **RESPONSIBILITY)
        self.told("fix_target", on, targets=(TARGET,))
        return self.told("fix_milestones", on, start=start, due=DUE, milestones=STEPS)

    def assigned(self):
        return self.registered().fixed().told("assign")

    def reported(self, achieved, on, name="r1", person=CLERK, **given):
        amount = None if achieved is None else Decimal(achieved)
        given = {"measured_on": on, "achieved": amount, **given}
        return self.told("report_progress", on, by_person=person, report=named(name), **given)

    def confirmed(self, on, name="r1"):
        return self.told("confirm_report", on, report=named(name))

    def returned(self, on, name="r1"):
        return self.told("return_report", on, report=named(name), reason=WORDS)

    def verified(self, on=DAY):
        return self.told("verify", on, **CHECK)

    def closed(self, on=DAY):
        return self.told("close_out", on, **CHECK)

    def asked(self, on=DAY, name="q1", **revision):
        return self.told(
            "request_change",
            on,
            request=named(name),
            revision=f.Revision(**revision),
            reason=WORDS,
        )

    def decided(self, granted, on=DAY, name="q1"):
        return self.told("decide_change", on, request=named(name), granted=granted, reason=WORDS)
