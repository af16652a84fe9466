"""Systems to which entries are posted, and what became of each entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from luoshi.base.api.gets import lists
from luoshi.base.api.operations import Asked
from luoshi.base.api.puts import writes
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
