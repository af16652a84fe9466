"""The posts of a unit that has a way of its own, and short words for what they do."""

from decimal import Decimal

from luoshi.base.journal import Actor
from luoshi.ledger import queries
from luoshi.organisation import commands as organisation
from luoshi.rules.ledger import facts as f
from tests.ledger.town import DAY, FOUNDED, LEAD


class Team:
    """The posts of the lead unit: officer, two reviewers, head, administrator."""

    def __init__(self, town):
        self.town = town
        self.officer = self.found("officer", "officer")
        self.reviewer = self.found("reviewer", "reviewer")
        self.other = self.found("other reviewer", "reviewer")
        self.head = self.found("head", "unit_head")
        self.admin = self.found("admin", "unit_admin")

    def found(self, name, role):
        town, post = self.town, self.town.id("team", name)
        organisation.found_post(
            post_id=post, name=f"{name}岗", unit=town.unit(LEAD), order=9, roles=(role,),
            on=FOUNDED, **town.hand(),
        )  # fmt: skip
        person = town.id("person of", name)
        self.hold(post, person)
        return Actor(
            district=town.district, person=person, post=post, unit=town.unit(LEAD),
            roles=frozenset({role}),
        )  # fmt: skip

    def hold(self, post, person, on=FOUNDED):
        organisation.hold_post(
            post_id=post, person=person, on=on, expected=queries.last_entry_of(post),
            **self.town.hand(),
        )  # fmt: skip

    def set(self, *reviewers, head=None, on_paper=False, by=None, on=FOUNDED):
        unit = self.town.unit(LEAD)
        return organisation.set_release(
            unit_id=unit,
            reviewers=[one.post for one in reviewers],
            head=head and head.post,
            on_paper=on_paper,
            on=on,
            expected=queries.last_entry_of(unit),
            **(self.town.hand() | ({"by": by} if by else {})),
        )

    def report(self, matter, achieved=40, by=None, on=DAY, **given):
        return self.town.tell(
            "report_progress", matter, by or self.officer, on=on, measured_on=on,
            achieved=Decimal(achieved), **given,
        )  # fmt: skip

    def step(self, verb, matter, entry, by, on=DAY, **given):
        fact = entry.fact
        key = fact.id if isinstance(fact, f.Submitted) else fact.report
        return self.town.tell(f"{verb}_submission", matter, by, on=on, submission=key, **given)
