"""Subscriptions: made, paused, resumed, ended; what was given up goes again or is left out."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from luoshi.base.threads import Actor
from luoshi.exchange import posting, queries, verbs
from luoshi.exchange.feed import Narrowed, last_number
from luoshi.exchange.models import Dispatch, DispatchState, Subscription, SubscriptionState
from luoshi.rules.refusals import NotFound
from luoshi.rules.webhooks import (
    MOST_SUBSCRIPTIONS,
    MadeAlready,
    SubscriptionOver,
    TooManySubscriptions,
)

EVERYTHING = Narrowed()
BY_HAND = "by_hand"
"""Why a subscription rests or is over: somebody decided it."""


@dataclass(frozen=True, slots=True)
class MadeSubscription:
    """A subscription with its secret, which is shown once."""

    subscription: Subscription
    secret: str


def subscribe(
    *,
    label: str,
    url: str,
    narrowed: Narrowed = EVERYTHING,
    after: int | None = None,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> MadeSubscription:
    """Let the entries after a number be posted to an address, None for those from now on.

    The same command again is the same subscription. Raises NotAllowed, AddressNotAllowed,
    TooManySubscriptions, MadeAlready.
    """
    verbs.subscribe.check(by)
    if (known := _made_by(command_id, label, url)) is not None:
        return known
    posting.check(url)
    _check_room(by)
    if by.post is None:
        raise NotFound(what="post")
    made = Subscription.objects.create(
        id=command_id,
        district=by.district,
        label=label,
        url=url,
        nonce=secrets.token_hex(32),
        kinds=" ".join(sorted(narrowed.kinds)),
        facts=" ".join(sorted(narrowed.facts)),
        unit=narrowed.unit,
        person=by.person,
        post=by.post,
        made_at=at,
        changed_at=at,
        cursor=last_number(by.district) if after is None else max(after, 0),
        not_before=at,
    )
    return MadeSubscription(made, queries.secret_of(made))


def _check_room(by: Actor) -> None:
    """Refuse one more than a district may have. Raises TooManySubscriptions."""
    running = queries.subscriptions_visible_to(by).exclude(state=SubscriptionState.ENDED)
    if running.count() >= MOST_SUBSCRIPTIONS:
        raise TooManySubscriptions(most=MOST_SUBSCRIPTIONS)


def _made_by(command_id: UUID, label: str, url: str) -> MadeSubscription | None:
    """Return what a command made that came before. Raises MadeAlready for another one."""
    found = Subscription.objects.filter(pk=command_id).first()
    if found is None:
        return None
    if (found.label, found.url) != (label, url):
        raise MadeAlready(command_id=command_id)
    return MadeSubscription(found, queries.secret_of(found))


def pause_subscription(*, subscription: UUID, by: Actor, at: datetime) -> Subscription:
    """Post nothing more for now; nothing is lost meanwhile. Raises NotFound, NotAllowed."""
    verbs.pause_subscription.check(by)
    return _turned(subscription, SubscriptionState.PAUSED, by=by, at=at)


@transaction.atomic
def resume_subscription(*, subscription: UUID, by: Actor, at: datetime) -> Subscription:
    """Post again, with the rights of who resumes it: first what was given up, in its order.

    Raises NotFound, NotAllowed, SubscriptionOver, AddressNotAllowed.
    """
    verbs.resume_subscription.check(by)
    found = queries.subscription_visible_to(by, subscription)
    posting.check(found.url)
    _again(Dispatch.objects.filter(subscription=found.pk, state=DispatchState.GIVEN_UP), at)
    return _turned(subscription, SubscriptionState.ACTIVE, by=by, at=at)


def end_subscription(*, subscription: UUID, by: Actor, at: datetime) -> Subscription:
    """Post nothing more for good. Raises NotFound, NotAllowed, SubscriptionOver."""
    verbs.end_subscription.check(by)
    return _turned(subscription, SubscriptionState.ENDED, by=by, at=at)


def renew_secret(*, subscription: UUID, by: Actor, at: datetime) -> MadeSubscription:
    """Sign by another secret from now on. Raises NotFound, NotAllowed, SubscriptionOver."""
    verbs.renew_secret.check(by)
    found = _open(subscription, by)
    found.nonce = secrets.token_hex(32)
    Subscription.objects.filter(pk=found.pk).update(nonce=found.nonce, changed_at=at)
    return MadeSubscription(found, queries.secret_of(found))


@transaction.atomic
def send_again(*, dispatch: UUID, by: Actor, at: datetime) -> Dispatch:
    """Send an entry once more, whatever became of it, as if it had not been tried.

    Raises NotFound, NotAllowed, SubscriptionOver.
    """
    found = _dispatch(dispatch, by)
    _again(Dispatch.objects.filter(pk=found.pk), at)
    Subscription.objects.filter(pk=found.subscription_id).update(not_before=at)
    return found


def leave_out(*, dispatch: UUID, by: Actor, at: datetime) -> Dispatch:
    """Let what comes later pass without an entry that was not taken.

    Raises NotFound, NotAllowed, SubscriptionOver.
    """
    found = _dispatch(dispatch, by)
    unsettled = (DispatchState.WAITING, DispatchState.GIVEN_UP)
    Dispatch.objects.filter(pk=found.pk, state__in=unsettled).update(
        state=DispatchState.LEFT_OUT, tried_at=at
    )
    return found


def _open(subscription: UUID, by: Actor) -> Subscription:
    found = queries.subscription_visible_to(by, subscription)
    if found.state == SubscriptionState.ENDED:
        raise SubscriptionOver
    return found


def _turned(subscription: UUID, state: str, *, by: Actor, at: datetime) -> Subscription:
    """Turn a subscription; its lease falls, so a worker at it stops before its next entry."""
    found = _open(subscription, by)
    found.state, found.changed_at = state, at
    found.reason = "" if state == SubscriptionState.ACTIVE else BY_HAND
    if state == SubscriptionState.ACTIVE and by.post is not None:
        found.person, found.post, found.not_before = by.person, by.post, at
    found.claimed_by = found.lease_until = None
    found.save()
    return found


def _dispatch(dispatch: UUID, by: Actor) -> Dispatch:
    verbs.send_again.check(by)
    rows = Dispatch.objects.filter(subscription__district=by.district, pk=dispatch)
    found = rows.select_related("subscription").first()
    if found is None:
        raise NotFound(what="dispatch")
    if found.subscription.state == SubscriptionState.ENDED:
        raise SubscriptionOver
    return found


def _again(rows: QuerySet[Dispatch], at: datetime) -> None:
    rows.update(state=DispatchState.WAITING, attempts=0, not_before=at)
