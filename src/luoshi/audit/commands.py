"""Every write of the audit list: one more line, a day closed, a day dropped."""

from dataclasses import astuple, dataclass
from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from luoshi.audit import queries, verbs
from luoshi.audit.models import AuditHead, AuditLine, DroppedDay
from luoshi.audit.projection import AUDITS, audit_of
from luoshi.audit.words import Outcome
from luoshi.base.days import local_day
from luoshi.base.journal import Actor, Change, Command, record
from luoshi.rules.audit import AuditFact, SegmentClosed, SegmentDropped, kept_until, line_digest
from luoshi.rules.journal import moment

HAND = uuid5(UUID(int=0), "audit")
"""Who closes a day: the house itself, by the first act of a later one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What is noted of one act; the fields in the order in which a line's digest covers them."""

    person: UUID | None
    post: UUID | None
    unit: UUID | None
    address: str
    verb: str
    thing: UUID | None
    method: str
    path: str
    outcome: Outcome
    status: int
    token: UUID | None = None

    @property
    def covered(self) -> tuple[object, ...]:
        """Return what the digest covers: a token only where one was used."""
        return astuple(self) if self.token else astuple(self)[:-1]


@transaction.atomic
def note(act: Act, *, district: UUID, at: datetime) -> AuditLine:
    """Add a line; the first one of a day closes the days before it."""
    today = local_day(at)
    blank = {"day": today, "first_number": 1, "last_number": 0, "digest": ""}
    AuditHead.objects.get_or_create(district=district, defaults=blank)
    head = AuditHead.objects.select_for_update().get(district=district)
    if head.day < today:
        _close(head, at=at)
        head.day, head.first_number = today, head.last_number + 1
    head.last_number += 1
    head.digest = line_digest(
        head.digest, (district, head.last_number, head.day, moment(at), *act.covered)
    )
    line = AuditLine(
        district=district,
        number=head.last_number,
        day=head.day,
        at=at,
        digest=head.digest,
        **{name: getattr(act, name) for name in act.__dataclass_fields__},
    )
    line.save(force_insert=True)
    head.save()
    return line


def _close(head: AuditHead, *, at: datetime) -> None:
    """Seal the open day into the journal; its digest stands there for ever."""
    count = head.last_number - head.first_number + 1
    fact = SegmentClosed(
        day=head.day, first_number=head.first_number, count=count, digest=head.digest
    )
    hand = Actor(district=head.district, person=HAND)
    _record(fact, on=head.day, by=hand, at=at, named=f"close/{head.day}")


def _record(fact: AuditFact, *, on: date, by: Actor, at: datetime, named: str) -> None:
    thread = audit_of(by.district)

    def decide(state: object) -> AuditFact:
        AUDITS.law.check(state, fact, on)
        return fact

    change = Change(
        kind=AUDITS,
        thread=thread,
        decide=decide,
        on=on,
        expected=queries.last_entry(by.district),
    )
    record(change, command=Command(id=uuid5(thread, named), by=by, at=at))


def drop_old_days(*, by: Actor, at: datetime) -> list[date]:
    """Drop the lines of every closed day whose time has ended; returns the days.

    What is dropped leaves its digest in the journal, and the rest of the list still verifies.
    Raises NotAllowed.
    """
    verbs.drop_audit.check(by)
    on = local_day(at)
    days = [day for day in queries.closed_days(by) if kept_until(day) <= on]
    for day in days:
        with transaction.atomic():
            _record(SegmentDropped(day=day), on=on, by=by, at=at, named=f"drop/{day}")
            DroppedDay.objects.create(district=by.district, day=day)
            AuditLine.objects.filter(district=by.district, day=day).delete()
    return days
