"""The operations of the exchange: the feed, subscriptions with what was posted, calendars."""

import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Any
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from luoshi.base import place
from luoshi.base.api.answers import as_json
from luoshi.base.api.gets import lists, reads
from luoshi.base.api.operations import Asked, Room
from luoshi.base.api.puts import writes
from luoshi.exchange import commands, queries, verbs
from luoshi.exchange.feed import (
    MOST_AT_ONCE,
    Batch,
    Followed,
    Narrowed,
    feed_visible_to,
    last_number,
)

router = Room("exchange")

LONGEST_WAIT = 30  # seconds
STEP = 0.5  # seconds between two looks of whoever waits
COME_BACK_AFTER = 2  # seconds, told to whom there is no room to wait
Name = Annotated[str, StringConstraints(max_length=64, pattern=r"^[a-z_.]+$")]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryShown:
    """One entry: header and body as stored, so that its digest can be checked.

    ``body`` is canonical JSON in a text. The digest is SHA-256 over the header's values, one a
    line, from ``district`` to ``previous`` as they stand here, a line feed and the body.
    """

    district: UUID
    thread: UUID
    no: int
    number: int
    on: date
    at: str
    by_person: UUID
    by_post: UUID | None
    for_unit: UUID | None
    command_id: UUID
    kind: str
    version: int
    algorithm: str
    previous: str
    thread_kind: str
    digest: str
    body: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """Entries in the order of their numbers; ask next for those after ``last``.

    ``last`` counts what is left out because it is not for who asks. ``more``: there is more now.
    """

    entries: list[EntryShown]
    last: int
    more: bool


class Followers(Schema):
    """From where on to follow what, and how long to wait for it."""

    after: int = Field(0, ge=0, le=2**53, description="The number up to which all is known.")
    limit: int = Field(100, ge=1, le=MOST_AT_ONCE, description="Entries to look at, at most.")
    wait: int = Field(
        0,
        ge=0,
        le=LONGEST_WAIT,
        description="Seconds to wait for an entry. Where the server has no room for one who waits "
        "it answers at once and says Retry-After.",
    )
    thread_kind: list[Name] = Field([], max_length=20, description="Only of these threads.")
    kind: list[Name] = Field([], max_length=50, description="Only entries of these kinds.")
    unit: UUID | None = Field(
        None, description="Only what was recorded for a unit, and matters that it does now."
    )

    @property
    def narrowed(self) -> Narrowed:
        """Return what is followed."""
        kinds, facts = frozenset(self.thread_kind), frozenset(self.kind)
        return Narrowed(kinds=kinds, facts=facts, unit=self.unit)


@reads(router, "/journal", verbs.read_feed, gives=Feed, tagged=False)
def journal(asked: Asked, filters: Query[Followers]) -> HttpResponse:
    """Follow the journal: the entries after a number that your post may read, none left behind.

    Rights are those of now. Who follows further asks again with ``last`` as ``after``.
    """
    batch, had_room = _awaited(asked, filters)
    if not batch.entries:
        # Of what is taken out the audit list has a line; of asking in vain, twice a minute, none.
        asked.request.verb = None  # type: ignore[attr-defined]
    shown = [_shown(one) for one in batch.entries]
    response = as_json({"entries": shown, "last": batch.last, "more": batch.is_more})
    if not had_room:
        response.headers["Retry-After"] = str(COME_BACK_AFTER)
    return response


def _shown(one: Followed) -> dict[str, object]:
    return one.shown


def _awaited(asked: Asked, said: Followers) -> tuple[Batch, bool]:
    """Return the first batch with an entry in it, and whether there was room to wait for it.

    Whoever waits gives its place in the server and its database to others meanwhile; a server that
    counts no places has one for all, so there nobody waits.
    """
    until = time.monotonic() + said.wait
    batch = _read(asked, said, said.after)
    while not (batch.entries or batch.is_more) and time.monotonic() < until:
        if not _rested(asked, batch.last, until):
            return batch, False
        batch = _read(asked, said, batch.last)
    return batch, True


def _read(asked: Asked, said: Followers, after: int) -> Batch:
    return feed_visible_to(asked.actor, after=after, limit=said.limit, narrowed=said.narrowed)


def _rested(asked: Asked, after: int, until: float) -> bool:
    """Wait until there are entries after a number, or no longer; False where there is no room."""
    while last_number(asked.actor.district) <= after and time.monotonic() < until:
        if not place.is_counted():
            return False
        with place.waiting() as may_wait:
            if not may_wait:
                return False
            time.sleep(max(0.0, min(STEP, until - time.monotonic())))
    return True


# ---- subscriptions -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionTold:
    """A system to which entries are posted; ``last`` is the entry up to which it was looked."""

    id: UUID
    label: str
    url: str
    state: str
    reason: str
    thread_kinds: list[str]
    kinds: list[str]
    unit: UUID | None
    post: UUID
    made_at: datetime
    last: int
    waiting: int
    taken: int
    given_up: int


@lists(
    router,
    "/subscriptions",
    verbs.read_subscriptions,
    of=SubscriptionTold,
    of_a_day=False,
    tagged=False,
)
def subscriptions(asked: Asked) -> list[SubscriptionTold]:
    """List the systems to which entries are posted, the newest first."""
    standings = queries.standings_visible_to(asked.actor)
    rows = queries.subscriptions_visible_to(asked.actor)
    return [_subscription(row, standings.get(row.pk, queries.Standing())) for row in rows]


def _subscription(row: Any, standing: queries.Standing) -> SubscriptionTold:
    return SubscriptionTold(
        id=row.pk,
        label=row.label,
        url=row.url,
        state=row.state,
        reason=row.reason,
        thread_kinds=row.kinds.split(),
        kinds=row.facts.split(),
        unit=row.unit,
        post=row.post,
        made_at=row.made_at,
        last=row.cursor,
        waiting=standing.waiting,
        taken=standing.taken,
        given_up=standing.given_up,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryTold:
    """One entry on its way; ``status`` is the last answer's, ``problem`` why there was none."""

    id: UUID
    number: int
    thread: UUID
    state: str
    attempts: int
    status: int | None
    problem: str
    tried_at: datetime | None
    not_before: datetime


@lists(
    router,
    "/subscriptions/{uuid:subscription_id}/deliveries",
    verbs.read_subscriptions,
    of=DeliveryTold,
    of_a_day=False,
    tagged=False,
)
def deliveries(asked: Asked, subscription_id: UUID) -> list[DeliveryTold]:
    """List what was posted to a system in thirty days and what waits, the newest entry first."""
    found = queries.subscription_visible_to(asked.actor, subscription_id)
    return [
        DeliveryTold(
            id=row.pk,
            number=row.number,
            thread=row.thread,
            state=row.state,
            attempts=row.attempts,
            status=row.status,
            problem=row.problem,
            tried_at=row.tried_at,
            not_before=row.not_before,
        )
        for row in queries.dispatches_visible_to(asked.actor, found.pk)[: queries.MOST_SHOWN]
    ]


def _made(_asked: Asked, made: commands.MadeSubscription) -> dict[str, Any]:
    return {"id": made.subscription.pk, "secret": made.secret}


def _linked(asked: Asked, made: commands.MadeLink) -> dict[str, Any]:
    address = asked.request.build_absolute_uri(f"/calendars/{made.secret}.ics")
    return {"id": made.link.pk, "address": address}


ONE = "/subscriptions/{uuid:subscription}/"
writes(router, "/subscriptions", verbs.subscribe, commands.subscribe, tells=_made)
writes(router, ONE + "pause", verbs.pause_subscription, commands.pause_subscription)
writes(router, ONE + "resume", verbs.resume_subscription, commands.resume_subscription)
writes(router, ONE + "end", verbs.end_subscription, commands.end_subscription)
writes(router, ONE + "secret", verbs.renew_secret, commands.renew_secret, tells=_made)
writes(router, "/deliveries/{uuid:dispatch}/again", verbs.send_again, commands.send_again)
writes(
    router,
    "/deliveries/{uuid:dispatch}/leave_out",
    verbs.send_again,
    commands.leave_out,
    name="leave_out",
)


# ---- calendars -----------------------------------------------------------------------------------


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
    return [
        CalendarTold(
            id=row.pk, post=row.post, unit=row.unit, alarm_days=row.alarm_days, made_at=row.made_at
        )
        for row in queries.calendar_links_of(asked.actor)
    ]


writes(
    router,
    "/calendars",
    verbs.keep_calendars,
    commands.make_link,
    name="make_calendar",
    tells=_linked,
)
writes(
    router,
    "/calendars/{uuid:link}/revoke",
    verbs.keep_calendars,
    commands.revoke_link,
    name="revoke_calendar",
)
