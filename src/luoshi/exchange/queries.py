"""Every read of subscriptions, what they were sent, and calendar addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.crypto import salted_hmac

from luoshi.base.models import Line
from luoshi.base.threads import Actor
from luoshi.exchange.models import (
    CalendarLink,
    Dispatch,
    DispatchState,
    Subscription,
    SubscriptionState,
)
from luoshi.organisation.models import Account
from luoshi.organisation.queries import actor_for
from luoshi.rules.refusals import NotFound
from luoshi.rules.webhooks import SECRET_START

WAITING, GIVEN_UP = DispatchState.WAITING, DispatchState.GIVEN_UP


def secret_of(subscription: Subscription) -> str:
    """Return the secret by which a subscription's entries are signed.

    It is made of this installation's key, so a copy of the database alone signs nothing.
    """
    salt = f"luoshi.exchange/{subscription.pk}"
    return SECRET_START + salted_hmac(salt, subscription.nonce, algorithm="sha256").hexdigest()


def hand_of(district: UUID, person: UUID, post: UUID, *, day: date) -> Actor | None:
    """Return somebody as they act for a post on a day; None once they do not, or are shut out."""
    account = Account.objects.filter(district=district, person=person, is_active=True).first()
    actor = actor_for(account, post, day=day) if account else None
    return actor if actor is not None and actor.post == post else None


# ---- subscriptions -------------------------------------------------------------------------------


def subscriptions_visible_to(actor: Actor) -> QuerySet[Subscription]:
    """Return the subscriptions of the actor's district, the newest first."""
    return Subscription.objects.filter(district=actor.district).order_by("-made_at", "pk")


def subscription_visible_to(actor: Actor, subscription: UUID) -> Subscription:
    """Return one subscription. Raises NotFound."""
    found = subscriptions_visible_to(actor).filter(pk=subscription).first()
    if found is None:
        raise NotFound(what="subscription")
    return found


@dataclass(frozen=True, slots=True)
class Standing:
    """How many entries wait for a subscriber, were taken by it, and were given up."""

    waiting: int = 0
    taken: int = 0
    given_up: int = 0


def standings_visible_to(actor: Actor) -> Mapping[UUID, Standing]:
    """Return how each subscription of the district stands: one query."""
    rows = Dispatch.objects.filter(subscription__district=actor.district)
    counted = rows.values("subscription").annotate(
        waiting=Count("pk", filter=Q(state=WAITING)),
        taken=Count("pk", filter=Q(state=DispatchState.TAKEN)),
        given_up=Count("pk", filter=Q(state=GIVEN_UP)),
    )
    return {
        one["subscription"]: Standing(one["waiting"], one["taken"], one["given_up"])
        for one in counted
    }


def dispatches_visible_to(
    actor: Actor, subscription: UUID, *, state: str = ""
) -> QuerySet[Dispatch]:
    """Return what went, or is to go, to one subscriber, the newest entry first."""
    rows = Dispatch.objects.filter(
        subscription__district=actor.district, subscription=subscription
    ).order_by("-number")
    return rows.filter(state=state) if state else rows


# ---- what waits ----------------------------------------------------------------------------------


def at_work(at: datetime) -> QuerySet[Subscription]:
    """Return the subscriptions for which there is something to do at a moment.

    There are entries behind the cursor, or some wait whose moment has come.
    """
    lines = Line.objects.filter(district=OuterRef("district"), last_number__gt=OuterRef("cursor"))
    waiting = Dispatch.objects.filter(
        subscription=OuterRef("pk"), state=WAITING, not_before__lte=at
    )
    active = Subscription.objects.filter(state=SubscriptionState.ACTIVE, not_before__lte=at)
    return active.filter(Exists(lines) | Exists(waiting))


def unsettled_of(subscription: Subscription) -> QuerySet[Dispatch]:
    """Return what was neither taken nor left out, in the order of the line."""
    rows = Dispatch.objects.filter(subscription=subscription, state__in=(WAITING, GIVEN_UP))
    return rows.order_by("number")


# ---- calendar addresses --------------------------------------------------------------------------


def digest_of(secret: str) -> str:
    """Return what is kept of an address; it is 256 random bits, so it needs no salt."""
    return sha256(secret.encode()).hexdigest()


def calendar_links_of(actor: Actor) -> QuerySet[CalendarLink]:
    """Return one's own calendar addresses that are not revoked, the newest first."""
    rows = CalendarLink.objects.filter(district=actor.district, person=actor.person)
    return rows.filter(revoked_at=None).order_by("-made_at", "pk")


def calendar_link_of(actor: Actor, link: UUID) -> CalendarLink:
    """Return one of one's own calendar addresses. Raises NotFound."""
    found = calendar_links_of(actor).filter(pk=link).first()
    if found is None:
        raise NotFound(what="calendar")
    return found


def calendar_link_at(secret: str) -> CalendarLink | None:
    """Return what a secret address opens, None where it was never made or is revoked."""
    return CalendarLink.objects.filter(digest=digest_of(secret), revoked_at=None).first()
