"""What is kept of signing in beside the accounts themselves."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models

from luoshi.rules.signing import Standard as Rules
from luoshi.rules.tokens import TokenReach, TokenState


class Password(models.Model):
    """A password that an account had or has, as its digest; the newest is the one in force."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=128)
    set_at = models.DateTimeField()
    set_by_another = models.BooleanField(default=False)
    """Somebody else knows it: it is good for one sign-in, at which it is changed."""

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "-set_at"], name="password_of_account")
        ]

    def __str__(self) -> str:
        return f"password of {self.account_id} of {self.set_at:%Y-%m-%d}"


class Tries(models.Model):
    """Wrong tries in a row, by what they were made at: an account, its codes, an address."""

    key = models.CharField(max_length=80, primary_key=True)
    count = models.IntegerField()
    noted_at = models.DateTimeField()
    """The moment of the last try; of an address that many share, of the first."""
    locked_until = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["noted_at"], name="tries_by_age")]

    def __str__(self) -> str:
        return f"{self.count} tries at {self.key}"


class CodeUsed(models.Model):
    """The last time step of which a code was taken: none is taken twice (RFC 6238 §5.2)."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    counter = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.account_id} used {self.counter}"


class Link(models.Model):
    """A one-time link by which a person sets a password; only the digest of its secret is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    digest = models.CharField(max_length=64, unique=True)
    is_invitation = models.BooleanField()
    made_by = models.UUIDField()
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    """When it was used, replaced or withdrawn."""

    class Meta:
        indexes: ClassVar = [models.Index(fields=["account", "ended_at"], name="link_of_account")]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["account"],
                condition=models.Q(ended_at=None),
                name="one_open_link_of_account",
            )
        ]

    def __str__(self) -> str:
        return f"link of {self.account_id}"


class ApiToken(models.Model):
    """By what another system acts for an account in one of its posts.

    Only the digest of its secret is kept. ``verbs`` are apart by blanks; empty: all of the post.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+"
    )
    post = models.UUIDField()
    digest = models.CharField(max_length=64, unique=True)
    label = models.CharField(max_length=60)
    reach = models.CharField(max_length=8)
    verbs = models.TextField(default="", blank=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_on = models.DateField(null=True)
    revoked_at = models.DateTimeField(null=True)
    revoked_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["account", "revoked_at"], name="token_of_account")
        ]

    def __str__(self) -> str:
        return f"token {self.id}"

    @property
    def state(self) -> TokenState:
        """Return how it stands, as the law reads it."""
        return TokenState(
            reach=TokenReach(self.reach),
            verbs=frozenset(self.verbs.split()),
            expires_at=self.expires_at,
            is_revoked=self.revoked_at is not None,
            is_account_open=self.account.is_active,
        )


class Appointment(models.Model):
    """A person named to be one of the three administrators, before all others have agreed."""

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    role = models.CharField(max_length=20)
    waits_for = models.CharField(max_length=80)
    """Roles whose administrator has still to agree, apart by blanks; empty: appointed."""
    made_by = models.UUIDField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.account_id} as {self.role}"


class Agreement(models.Model):
    """One administrator's yes to a new one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    appointment = models.ForeignKey(Appointment, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    by_person = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["appointment", "role"], name="one_agreement_of_role"),
            models.UniqueConstraint(
                fields=["appointment", "by_person"], name="one_agreement_of_person"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.role} to {self.appointment_id}"


class Standard(models.Model):
    """How a district lets people in; a district without a row goes by the defaults."""

    district = models.UUIDField(primary_key=True)
    password_days = models.IntegerField()
    tries = models.IntegerField()
    lock_minutes = models.IntegerField()
    idle_minutes = models.IntegerField()
    session_hours = models.IntegerField()
    sessions = models.IntegerField()
    second_factor_for_all = models.BooleanField()
    set_by = models.UUIDField()
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"rules of {self.district}"

    @property
    def rules(self) -> Rules:
        """Return the settings as the law reads them."""
        return Rules(**{name: getattr(self, name) for name in Rules.__dataclass_fields__})
