"""Who follows the ledger from outside, and how far each has come.

None of it is a fact of the ledger: it is no thread, and the audit list keeps who made and ended it.
"""

from typing import ClassVar

from django.db import models


class SubscriptionState(models.TextChoices):
    """Whether entries are posted."""

    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"


class Subscription(models.Model):
    """Another system to which the entries of a district are posted, with the rights of its maker.

    ``cursor`` is the number up to which entries were looked at. The secret is not kept: it is made
    of ``nonce`` and the key of this installation. ``kinds`` and ``facts`` are names apart by
    blanks; empty ones narrow nothing. ``reason`` says why it is paused or ended.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    label = models.CharField(max_length=60)
    url = models.CharField(max_length=500)
    nonce = models.CharField(max_length=64)
    kinds = models.CharField(max_length=200, default="", blank=True)
    facts = models.CharField(max_length=1000, default="", blank=True)
    unit = models.UUIDField(null=True)
    person = models.UUIDField()
    post = models.UUIDField()
    made_at = models.DateTimeField()
    state = models.CharField(
        max_length=8, choices=SubscriptionState.choices, default=SubscriptionState.ACTIVE
    )
    reason = models.CharField(max_length=20, default="", blank=True)
    changed_at = models.DateTimeField()
    cursor = models.BigIntegerField()
    not_before = models.DateTimeField()
    claimed_by = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.IntegerField(default=0)
    """How often a worker took it up."""

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["not_before"],
                condition=models.Q(state="active"),
                name="subscription_at_work",
            ),
            models.Index(fields=["district", "made_at"], name="subscription_of_district"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="subscription_says_why",
                condition=models.Q(state="active", reason="")
                | ~models.Q(state="active") & ~models.Q(reason=""),
            ),
            models.CheckConstraint(
                name="subscription_claim_has_its_lease",
                condition=models.Q(claimed_by=None, lease_until=None)
                | models.Q(claimed_by__isnull=False, lease_until__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"  # the address may hold a secret of its own


class DispatchState(models.TextChoices):
    """What became of an entry on its way to a subscriber."""

    WAITING = "waiting"
    TAKEN = "taken"
    GIVEN_UP = "given_up"  # tried as often as the rule says; waits for a person
    LEFT_OUT = "left_out"  # by a person
    WITHHELD = "withheld"  # whoever made the subscription may not read it any more


class Dispatch(models.Model):
    """One entry for one subscriber, its tries and the last answer; its id is the delivery's.

    The entry itself is not copied: it is read from the journal when it goes out.
    """

    id = models.UUIDField(primary_key=True)
    subscription = models.ForeignKey(Subscription, on_delete=models.CASCADE)
    number = models.BigIntegerField()
    thread = models.UUIDField()
    state = models.CharField(
        max_length=8, choices=DispatchState.choices, default=DispatchState.WAITING
    )
    at = models.DateTimeField()
    not_before = models.DateTimeField()
    attempts = models.SmallIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    status = models.SmallIntegerField(null=True)
    problem = models.CharField(max_length=40, default="", blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subscription", "number"], name="dispatch_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["subscription", "state", "number"], name="dispatch_by_state"),
            models.Index(fields=["state", "tried_at"], name="dispatch_by_age"),
        ]

    def __str__(self) -> str:
        return f"entry {self.number} for {self.subscription_id}: {self.state}"


class CalendarLink(models.Model):
    """A secret address under which somebody's calendar program finds due days and nodes.

    Only the digest of its secret is kept. It shows what its maker may read today, and nothing once
    the maker no longer acts for ``post``. ``unit``: the days of that unit; None: those of the post.
    ``alarm_days``: reminded so many days before, None for never.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    person = models.UUIDField()
    post = models.UUIDField()
    unit = models.UUIDField(null=True)
    digest = models.CharField(max_length=64, unique=True)
    alarm_days = models.SmallIntegerField(null=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["person", "made_at"], name="calendar_link_of_person")
        ]

    def __str__(self) -> str:
        return f"calendar link {self.pk}"
