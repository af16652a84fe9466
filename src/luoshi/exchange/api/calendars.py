"""Calendar addresses of one's own."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import Again, writes
from luoshi.exchange import commands, queries, verbs
from luoshi.exchange.api.room import router


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarTold:
    """A calendar address of one's own; its secret was shown when it was made."""

    id: UUID
    post: UUID
    unit: UUID | None
    alarm_days: int | None
    made_at: datetime


@lists(router, "/calendars", verbs.keep_calendars, of=CalendarTold, of_a_day=False, tagged=False)
def calendars(asked: Asked) -> list[CalendarTold]:
    """List one's own calendar addresses, the newest first."""
    return [shown_as(CalendarTold, row) for row in queries.calendar_links_of(asked.actor)]


def _linked(asked: Asked, made: commands.MadeLink) -> dict[str, Any]:
    address = asked.request.build_absolute_uri(f"/calendars/{made.secret}.ics")
    return {"id": made.link.pk, "address": address}


writes(
    router,
    "/calendars",
    verbs.keep_calendars,
    commands.make_link,
    name="make_calendar",
    tells=_linked,
    again=Again.AT_ONCE,
    secrets=("address",),
)
writes(
    router,
    "/calendars/{uuid:link}/revoke",
    verbs.keep_calendars,
    commands.revoke_link,
    name="revoke_calendar",
)
