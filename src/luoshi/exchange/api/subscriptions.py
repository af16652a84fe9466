"""Systems to which entries are posted, and what became of each entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.plain import shown_as
from luoshi.base.api.puts import writes
from luoshi.base.api.turning import Page, Turn, page_of
from luoshi.exchange import commands, queries, verbs
from luoshi.exchange.api.room import router


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
    turns=True,
)
def subscriptions(asked: Asked, turn: Turn) -> Page:
    """List the systems to which entries are posted, the newest first."""
    standings = queries.standings_visible_to(asked.actor)
    return page_of(queries.subscriptions_visible_to(asked.actor), turn).each(
        lambda row: _subscription(row, standings.get(row.pk, queries.Standing()))
    )


def _subscription(row: Any, standing: queries.Standing) -> SubscriptionTold:
    return shown_as(
        SubscriptionTold,
        row,
        thread_kinds=row.kinds.split(),
        kinds=row.facts.split(),
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
    turns=True,
)
def deliveries(asked: Asked, turn: Turn, subscription_id: UUID) -> Page:
    """List what was posted to a system in thirty days and what waits, the newest entry first."""
    found = queries.subscription_visible_to(asked.actor, subscription_id)
    rows = queries.dispatches_visible_to(asked.actor, found.pk)
    return page_of(rows, turn).each(lambda row: shown_as(DeliveryTold, row))


def _made(_asked: Asked, made: commands.MadeSubscription) -> dict[str, Any]:
    return {"id": made.subscription.pk, "secret": made.secret}


ONE = "/subscriptions/{uuid:subscription}/"
writes(router, "/subscriptions", verbs.subscribe, commands.subscribe, tells=_made)
writes(router, ONE + "pause", verbs.pause_subscription, commands.pause_subscription)
writes(router, ONE + "resume", verbs.resume_subscription, commands.resume_subscription)
writes(router, ONE + "end", verbs.end_subscription, commands.end_subscription)
writes(
    router,
    ONE + "secret",
    verbs.renew_secret,
    commands.renew_secret,
    tells=_made,
    secrets=("secret",),
)
writes(router, "/deliveries/{uuid:dispatch}/again", verbs.send_again, commands.send_again)
writes(
    router,
    "/deliveries/{uuid:dispatch}/leave_out",
    verbs.send_again,
    commands.leave_out,
    name="leave_out",
)
