"""Who made a subscription is told when it rests."""

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from luoshi.exchange.models import Subscription
from luoshi.notices.words import Subject, Topic
from luoshi.organisation.queries import Visitor

PAUSED = "subscription.paused"
NOT_TAKEN, GONE, NO_HAND = "not_taken", "gone", "no_hand"
"""Why one rests: an entry was not taken, the receiver wants no more, its maker acts no more."""

LABELS = {PAUSED: _("Entries are no longer posted to another system: see why")}


def _subjects(visitor: Visitor, threads: Collection[UUID]) -> Mapping[UUID, Subject]:
    rows = Subscription.objects.filter(district=visitor.district, pk__in=threads)
    return {
        pk: Subject(label, "", reverse("subscription", args=[pk]))
        for pk, label in rows.values_list("pk", "label")
    }


TOPIC = Topic(labels=LABELS, subjects=_subjects)
