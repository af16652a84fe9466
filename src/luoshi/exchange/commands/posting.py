"""Entries go out to subscribers: at least once, of each thread in their order.

A worker holds one subscription at a time by a lease, so of one subscriber only one entry is on its
way. What is to be sent is derived from the number line behind the subscriber's cursor, in a
transaction of its own; writers of the ledger know nothing of it. Whoever is killed before an answer
is marked leaves a lease, and the entry goes out once more when it ends.
"""

import json
import time
from datetime import datetime, timedelta
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet

from luoshi.base.days import local_day
from luoshi.base.models import Outbox
from luoshi.base.threads import Actor
from luoshi.exchange import posting, queries
from luoshi.exchange.feed import Followed, Narrowed, entry_visible_to, feed_visible_to
from luoshi.exchange.models import Dispatch, DispatchState, Subscription, SubscriptionState
from luoshi.exchange.notices import GONE, NO_HAND, NOT_TAKEN, PAUSED
from luoshi.exchange.verbs import subscribe
from luoshi.notices.leases import LEASE, claim
from luoshi.rules.notices import Audience
from luoshi.rules.webhooks import Outcome, next_try, outcome_of, signature

HAND = uuid5(UUID(int=0), "exchange")
"""Who tells that a subscription rests: the house itself."""
QUEUE = 500
"""Entries that wait for one subscriber; the others wait on the number line. Unit: entries."""
RUN = timedelta(seconds=20)
"""After so long a worker turns to others; far within the lease."""
KEPT = timedelta(days=30)
"""How long it is shown what was taken, left out or withheld."""


def post_entries(*, at: datetime, lease: timedelta = LEASE) -> int:
    """Serve one subscriber whose turn it is; returns how many entries were posted or judged."""
    _free_expired(at)
    held = claim(queries.at_work(at), at=at, lease=lease, order="not_before", most=1)
    if held is None:
        return 0
    run = _Run(Subscription.objects.get(pk=held.rows[0]), held.id, at)
    return run.serve()


def _free_expired(at: datetime) -> None:
    """Give back what workers held that did not come back in time; it looks before it writes."""
    expired = Subscription.objects.filter(lease_until__lt=at)
    if expired.exists():
        expired.update(claimed_by=None, lease_until=None)


class _Run:
    """A worker's turn at one subscriber."""

    def __init__(self, subscription: Subscription, claim_id: UUID, at: datetime) -> None:
        self.subscription, self._claim, self._at = subscription, claim_id, at
        self._begun = time.monotonic()
        day = local_day(at)
        maker = (subscription.district, subscription.person, subscription.post)
        hand = queries.hand_of(*maker, day=day)
        self._hand = hand if hand is not None and subscribe.who(hand, None) else None

    @property
    def _now(self) -> datetime:
        """Return the moment, counted from that of the turn's beginning."""
        return self._at + timedelta(seconds=time.monotonic() - self._begun)

    def serve(self) -> int:
        """Derive what is new, send what is due, give the subscription back."""
        if self._hand is None:
            self._pause(NO_HAND)
            return 0
        done, rest = self._derived(self._hand), None
        held_back: set[UUID] = set()
        for dispatch in queries.unsettled_of(self.subscription)[: 2 * QUEUE]:
            if dispatch.thread in held_back or not self._is_due(dispatch):
                held_back.add(dispatch.thread)  # a later entry waits for the earlier
                continue
            done += 1
            is_settled, rest = self._sent(dispatch, self._hand)
            if rest is not None:
                break
            if not is_settled:
                held_back.add(dispatch.thread)
        self._give_back(rest or self._at)
        return done

    def _is_due(self, dispatch: Dispatch) -> bool:
        return dispatch.state == queries.WAITING and dispatch.not_before <= self._at

    # ---- from the number line to rows that wait

    def _derived(self, hand: Actor) -> int:
        """Write a row for each new entry that is to go out, and move the cursor past them."""
        subscription = self.subscription
        with transaction.atomic():
            held = self._held().select_for_update().first()
            waiting = Dispatch.objects.filter(subscription=subscription, state=queries.WAITING)
            room = QUEUE - waiting.count() if held is not None else 0
            if held is None or room <= 0:
                return 0
            narrowed = narrowed_of(held)
            batch = feed_visible_to(hand, after=held.cursor, limit=room, narrowed=narrowed)
            rows = [self._row(one) for one in batch.entries]
            Dispatch.objects.bulk_create(rows, ignore_conflicts=True)
            if batch.last != held.cursor:
                self._held().update(cursor=batch.last)
                self._forget_old()
        return len(rows)

    def _row(self, one: Followed) -> Dispatch:
        number = one.row.number
        return Dispatch(
            id=uuid5(self.subscription.pk, f"entry/{number}"),
            subscription=self.subscription,
            number=number,
            thread=one.row.thread,
            at=self._at,
            not_before=self._at,
        )

    def _forget_old(self) -> None:
        settled = (DispatchState.TAKEN, DispatchState.LEFT_OUT, DispatchState.WITHHELD)
        old = Dispatch.objects.filter(
            subscription=self.subscription, state__in=settled, tried_at__lt=self._at - KEPT
        )
        old.delete()

    # ---- from rows that wait to answers

    def _sent(self, dispatch: Dispatch, hand: Actor) -> tuple[bool, datetime | None]:
        """Send one entry; returns whether it is settled, and until when to send nothing else."""
        if not self._held().exists() or self._now - self._at > RUN:
            return False, self._at
        entry = entry_visible_to(hand, dispatch.number)
        if entry is None:  # rights are those of now
            self._mark(dispatch, state=DispatchState.WITHHELD)
            return True, None
        answer = posting.post(self.subscription.url, *self._letter(entry, dispatch))
        if outcome_of(answer.status) is Outcome.TAKEN:
            self._mark(dispatch, state=DispatchState.TAKEN, status=answer.status, problem="")
            return True, None
        return False, self._failed(dispatch, answer)

    def _failed(self, dispatch: Dispatch, answer: posting.Answer) -> datetime | None:
        """Keep what went wrong; returns until when to send nothing else, None to go on."""
        outcome = outcome_of(answer.status)
        again = next_try(dispatch.attempts + 1, at=self._now)
        self._mark(
            dispatch,
            state=queries.WAITING if again else queries.GIVEN_UP,
            not_before=again or self._now,
            status=answer.status,
            problem=answer.problem,
        )
        if outcome is Outcome.GONE or again is None:
            self._pause(GONE if outcome is Outcome.GONE else NOT_TAKEN, number=dispatch.number)
            return self._now
        return again if outcome is Outcome.UNREACHABLE else None

    def _letter(self, entry: Followed, dispatch: Dispatch) -> tuple[bytes, dict[str, str]]:
        """Return body and headers; the delivery's id is the same at every try."""
        body = json.dumps(entry.shown, ensure_ascii=False, sort_keys=True).encode()
        secret = queries.secret_of(self.subscription)
        return body, {
            "Content-Type": "application/json",
            "User-Agent": "Luoshi",
            "Luoshi-Delivery": str(dispatch.pk),
            "Luoshi-Number": str(dispatch.number),
            "Luoshi-Signature": signature(secret, moment=int(self._now.timestamp()), body=body),
        }

    def _mark(self, dispatch: Dispatch, **outcome: object) -> None:
        """Keep what became of a try, unless another worker holds the subscriber meanwhile."""
        if self._held().exists():
            Dispatch.objects.filter(pk=dispatch.pk).update(
                attempts=dispatch.attempts + 1, tried_at=self._now, **outcome
            )

    # ---- the subscription

    def _held(self) -> QuerySet[Subscription]:
        return Subscription.objects.filter(pk=self.subscription.pk, claimed_by=self._claim)

    def _give_back(self, following: datetime) -> None:
        """Let others take it up, not before it is worth while."""
        self._held().update(claimed_by=None, lease_until=None, not_before=following)

    @transaction.atomic
    def _pause(self, reason: str, number: int | None = None) -> None:
        """Let it rest and tell the post of who made it."""
        rested = self._held().update(
            state=SubscriptionState.PAUSED,
            reason=reason,
            changed_at=self._at,
            claimed_by=None,
            lease_until=None,
        )
        if rested:
            _tell(self.subscription, number or self.subscription.cursor, self._at)


def narrowed_of(subscription: Subscription) -> Narrowed:
    """Return what a subscriber asked for."""
    return Narrowed(
        kinds=frozenset(subscription.kinds.split()),
        facts=frozenset(subscription.facts.split()),
        unit=subscription.unit,
    )


def _tell(subscription: Subscription, cause: int, at: datetime) -> None:
    audience = Audience.post(subscription.post)
    Outbox.objects.create(
        id=uuid4(),
        district=subscription.district,
        cause=cause,
        thread=subscription.pk,
        code=PAUSED,
        audience_kind=audience.kind.value,
        audience=audience.who,
        facts="{}",
        at=at,
        by_person=HAND,
    )
