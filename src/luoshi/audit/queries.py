"""Every read of the audit list."""

from collections.abc import Generator, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from luoshi.audit.models import AuditHead, AuditLine
from luoshi.audit.projection import AUDITS, audit_of
from luoshi.base.journal import Actor
from luoshi.base.models import Thread
from luoshi.base.threads import entries_of
from luoshi.rules.audit import AuditState, SegmentClosed, line_digest
from luoshi.rules.journal import moment, state_on
from luoshi.rules.refusals import Refusal

COLUMNS = (
    "person", "post", "unit", "address", "verb", "thing", "method", "path", "outcome", "status",
)  # fmt: skip


class AuditBroken(Refusal):
    """The list was changed; facts: ``day``, ``number`` (of the first line that does not hold)."""

    code = "audit_broken"


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What the list is narrowed to; an empty one leaves it whole."""

    since: date | None = None
    until: date | None = None
    verb: str = ""
    outcome: str = ""
    address: str = ""
    post: UUID | None = None
    unit: UUID | None = None
    person: UUID | None = None
    thing: UUID | None = None

    @property
    def conditions(self) -> dict[str, object]:
        """Return the conditions by column."""
        asked = {
            "day__gte": self.since,
            "day__lte": self.until,
            "verb": self.verb,
            "outcome": self.outcome,
            "address": self.address,
            "post": self.post,
            "unit": self.unit,
            "person": self.person,
            "thing": self.thing,
        }
        return {name: value for name, value in asked.items() if value}


def lines_visible_to(actor: Actor, narrowed: Narrowed) -> QuerySet[AuditLine]:
    """Return the lines of the actor's district, the newest first."""
    lines = AuditLine.objects.filter(district=actor.district, **narrowed.conditions)
    return lines.order_by("-number")


def wrote_too_much(
    district: UUID, *, person: UUID | None, address: str, most: int, since: datetime
) -> bool:
    """Tell whether a person, or an address without one, has ``most`` lines since then."""
    lines = AuditLine.objects.filter(district=district, person=person).order_by("-number")
    if person is None:
        lines = lines.filter(address=address)
    oldest = next(iter(lines.values_list("at", flat=True)[most - 1 : most]), None)
    return oldest is not None and oldest >= since


def last_entry(district: UUID) -> int:
    """Return the number of the last journal entry of the audit list, 0 before the first."""
    rows = Thread.objects.filter(pk=audit_of(district))
    return rows.values_list("last_number", flat=True).first() or 0


def state_of(district: UUID) -> AuditState:
    """Return which days were closed and dropped, as the journal says."""
    state: AuditState = state_on(entries_of(audit_of(district), AUDITS), date.max, law=AUDITS.law)
    return state


def closed_days(actor: Actor) -> list[date]:
    """Return the closed days whose lines are still there, the oldest first."""
    state = state_of(actor.district)
    return sorted(set(state.closed) - state.dropped)


def verified_lines(*, district: UUID) -> Iterator[int]:
    """Walk the list and yield the number of each line that holds.

    Raises AuditBroken at the first line that was changed, added or taken away.
    """
    state = state_of(district)
    head = AuditHead.objects.filter(district=district).first()
    digest = ""
    for day in sorted(state.closed):
        told = state.closed[day]
        if day in state.dropped:
            digest = told.digest
            continue
        digest = yield from _held(district, told, digest)
    if head is not None:
        count = head.last_number - head.first_number + 1
        is_open = SegmentClosed(
            day=head.day, first_number=head.first_number, count=count, digest=head.digest
        )
        yield from _held(district, is_open, digest)
        if AuditLine.objects.filter(district=district, number__gt=head.last_number).exists():
            raise AuditBroken(day=head.day, number=head.last_number + 1)


def _held(district: UUID, told: SegmentClosed, digest: str) -> Generator[int, None, str]:
    """Yield the lines of one day; return the digest of its last."""
    lines = AuditLine.objects.filter(district=district, day=told.day).order_by("number")
    number = told.first_number - 1
    for line in lines.iterator():
        number += 1
        values = [getattr(line, name) for name in COLUMNS]
        values += [line.token] if line.token else []
        digest = line_digest(digest, (district, line.number, line.day, moment(line.at), *values))
        if line.number != number or line.digest != digest:
            raise AuditBroken(day=told.day, number=number)
        yield number
    if number != told.first_number + told.count - 1 or digest != told.digest:
        raise AuditBroken(day=told.day, number=number + 1)
    return digest
