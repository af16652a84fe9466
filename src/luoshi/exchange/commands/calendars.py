"""Calendar addresses: made for one's own post or for a unit, shown once, revoked for good."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from luoshi.base.threads import Actor
from luoshi.exchange import queries, verbs
from luoshi.exchange.models import CalendarLink
from luoshi.organisation.queries import units_visible_to
from luoshi.rules.refusals import NotFound, Refusal
from luoshi.rules.webhooks import MadeAlready

MOST_LINKS = 20  # of a person at a time
LONGEST_ALARM = 60  # days


class TooManyCalendars(Refusal):
    """A person has as many calendar addresses as they may; facts: ``most``."""

    code = "too_many_calendars"


class AlarmOutOfBounds(Refusal):
    """A reminder comes 0 to so many days before; facts: ``most``."""

    code = "alarm_out_of_bounds"


@dataclass(frozen=True, slots=True)
class MadeLink:
    """An address just made; its secret is kept nowhere."""

    link: CalendarLink
    secret: str


def make_link(
    *,
    unit: UUID | None,
    alarm_days: int | None,
    command_id: UUID,
    by: Actor,
    day: date,
    at: datetime,
) -> MadeLink:
    """Make an address for the days of a unit, or of the actor's post where none is named.

    The same command again is refused: its secret was shown already. Raises NotAllowed, NotFound (no
    such unit on the day), TooManyCalendars, AlarmOutOfBounds, MadeAlready.
    """
    verbs.keep_calendars.check(by)
    if by.post is None or (
        unit is not None and unit not in {one.id for one in units_visible_to(by, day=day)}
    ):
        raise NotFound(what="unit")
    if alarm_days is not None and not 0 <= alarm_days <= LONGEST_ALARM:
        raise AlarmOutOfBounds(most=LONGEST_ALARM)
    if queries.calendar_links_of(by).count() >= MOST_LINKS:
        raise TooManyCalendars(most=MOST_LINKS)
    if CalendarLink.objects.filter(pk=command_id).exists():
        raise MadeAlready(command_id=command_id)
    secret = secrets.token_urlsafe(32)
    link = CalendarLink.objects.create(
        id=command_id,
        district=by.district,
        person=by.person,
        post=by.post,
        unit=unit,
        digest=queries.digest_of(secret),
        alarm_days=alarm_days,
        made_at=at,
    )
    return MadeLink(link, secret)


def revoke_link(*, link: UUID, by: Actor, at: datetime) -> None:
    """Close one of one's own addresses. Raises NotFound, NotAllowed."""
    found = queries.calendar_link_of(by, link)
    verbs.keep_calendars.check(by, found.person)
    CalendarLink.objects.filter(pk=found.pk, revoked_at=None).update(revoked_at=at)
