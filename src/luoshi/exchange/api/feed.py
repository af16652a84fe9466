"""The feed: the journal entry by entry, with or without waiting."""

import time
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Schema
from pydantic import Field, StringConstraints

from luoshi.base import place
from luoshi.base.api.answers import as_json
from luoshi.base.api.gets import reads
from luoshi.base.api.operations import Asked, asked_again
from luoshi.exchange import verbs
from luoshi.exchange.api.room import router
from luoshi.exchange.feed import (
    MOST_AT_ONCE,
    Batch,
    Followed,
    Narrowed,
    feed_visible_to,
    last_number,
)
from luoshi.rules.journal import KnownAtUnknown

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

    Rights are those of now. Who follows further asks again with ``last`` as ``after``. A number
    that the line has not reached is refused (KnownAtUnknown): after a restored backup a follower
    that went on from it would miss what gets these numbers anew.
    """
    if filters.after > asked.edition.number:
        raise KnownAtUnknown(known_at=filters.after, last=asked.edition.number)
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
        asked = asked_again(asked)  # rights are those of now
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
