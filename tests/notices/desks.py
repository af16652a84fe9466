"""People at their desks in the town of the ledger's tests, and what lies before them."""

from datetime import timedelta

from luoshi.base.models import Outbox
from luoshi.ledger.queries import last_entry_of
from luoshi.notices import commands
from luoshi.notices.models import Delivery, InboxItem
from luoshi.organisation import commands as organisation
from tests.ledger.town import AT, FOUNDED, LEAD, OFFICE, STRANGER, SUPERVISION, SUPPORT

LATER = AT + timedelta(hours=1)


class Desks:
    """Holders of the posts of some units, each the person who acts for it in the town."""

    def __init__(self, town):
        self.town = town
        self.ledger_post = town.id("post", "台账岗")
        self.found("台账岗", OFFICE, roles=("office",))
        self.hold("台账岗", town.office.person)
        self.second = town.id("person", "副手")
        for name in (LEAD, SUPPORT, STRANGER, SUPERVISION):
            self.hold(name, town.actors[name].person)

    def found(self, name, unit, *, roles=()):
        """A further post of a unit."""
        organisation.found_post(
            post_id=self.town.id("post", name),
            name=name,
            unit=self.town.unit(unit),
            order=90,
            roles=roles,
            on=FOUNDED,
            **self.town.hand(),
        )
        return self.town.id("post", name)

    def hold(self, name, person, on=FOUNDED):
        """Give a post to a person, or leave it vacant."""
        post = self.town.id("post", name)
        organisation.hold_post(
            post_id=post, person=person, on=on, expected=last_entry_of(post), **self.town.hand()
        )

    def deliver(self, at=LATER):
        """Everything that waits comes into the inboxes."""
        done = 0
        while some := commands.deliver(at=at):
            done += some
        return done

    def person(self, name):
        return self.town.actors[name].person

    def inbox(self, name=None, person=None):
        """The codes of what lies before a person, in the order of their causes."""
        person = person or self.person(name)
        items = InboxItem.objects.filter(person=person).order_by("notice__cause", "notice__code")
        return list(items.values_list("notice__code", flat=True))

    def unsent(self):
        """(channel, reason) of what was checked and not sent."""
        rows = Delivery.objects.filter(state="not_sent").order_by("channel", "reason")
        return list(rows.values_list("channel", "reason"))


def said():
    """(code, audience kind, is it an ask) of all that waits or was delivered, in order."""
    rows = Outbox.objects.order_by("cause", "audience_kind", "audience")
    return [(row.code.removeprefix("matter."), row.audience_kind, bool(row.ask)) for row in rows]


def asks():
    """code: what became of it, for every ask."""
    return [
        (row.code.removeprefix("matter."), row.answered is not None, row.dropped is not None)
        for row in Outbox.objects.exclude(ask="").order_by("cause", "audience_kind", "audience")
    ]
