"""What was put before whom, how a person wants to be told, and what became of each message."""

from datetime import time
from typing import ClassVar

from django.db import models

from luoshi.base.models import Outbox


class InboxItem(models.Model):
    """A notice as it lies in the inbox of a person for a post; there is one, whoever delivers.

    ``unit`` is the post's on the day of delivery.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    notice = models.ForeignKey(Outbox, on_delete=models.DO_NOTHING, db_constraint=False)
    person = models.UUIDField()
    post = models.UUIDField()
    unit = models.UUIDField(null=True)
    at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "person", "post"], name="inbox_item_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["person", "at"], name="inbox_of_person"),
            models.Index(
                fields=["person", "post"], condition=models.Q(read_at=None), name="inbox_unread"
            ),
            models.Index(fields=["district", "at"], name="inbox_by_day"),
        ]

    def __str__(self) -> str:
        return f"notice {self.notice_id} before post {self.post}"


class Preference(models.Model):
    """How a person wants to be told besides the inbox; without a row the defaults hold.

    ``channels`` and ``addresses`` are by the names of the settings; addresses are personal data and
    stand nowhere else.
    """

    person = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    channels = models.JSONField(default=list)
    addresses = models.JSONField(default=dict)
    quiet_from = models.TimeField(default=time(0))
    quiet_to = models.TimeField(default=time(0))
    working_days_only = models.BooleanField(default=True)

    def __str__(self) -> str:
        return f"preference of {self.person}"  # never an address


class DeliveryState(models.TextChoices):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    NOT_SENT = "not_sent"


class Delivery(models.Model):
    """One message of a notice on its way by one channel, or why there is none.

    ``reason`` says why it was not sent; ``not_before`` is the moment from which it may be sent.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    notice = models.ForeignKey(Outbox, on_delete=models.DO_NOTHING, db_constraint=False)
    channel = models.CharField(max_length=16)
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=DeliveryState.choices)
    reason = models.CharField(max_length=16, default="")
    not_before = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    claimed_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="delivery_says_why",
                condition=models.Q(state="not_sent", sent_at=None) & ~models.Q(reason="")
                | models.Q(state="sent", sent_at__isnull=False, reason="")
                | models.Q(state="waiting", sent_at=None),
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state="waiting"),
                name="delivery_waiting",
            ),
            models.Index(fields=["district", "at"], name="delivery_by_day"),
        ]

    def __str__(self) -> str:
        return f"notice {self.notice_id} by {self.channel}: {self.state}"


class Burden(models.Model):
    """The cap on asks as known now; None says there is none. Consents stand in its thread."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField(unique=True)
    asks_per_week = models.SmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                name="burden_cap_allows_one",
                condition=models.Q(asks_per_week=None) | models.Q(asks_per_week__gte=1),
            ),
        ]

    def __str__(self) -> str:
        return f"at most {self.asks_per_week} asks a week"
