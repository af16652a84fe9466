"""Lines of the audit list, and the days they are chained in."""

from typing import ClassVar

from django.db import models


class Audit(models.Model):
    """A district's audit thread as known now; its key is its thread's id."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField(db_index=True)
    closed = models.IntegerField()
    dropped = models.IntegerField()
    last_day = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.closed} days closed"


class AuditHead(models.Model):
    """The end of a district's list: locked by whoever writes the next line."""

    district = models.UUIDField(primary_key=True)
    day = models.DateField()
    first_number = models.BigIntegerField()  # of the day that is open
    last_number = models.BigIntegerField()
    digest = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"line {self.last_number} on {self.day}"


class AuditLine(models.Model):
    """One act: ``thing`` is the object's id, ``path`` the page; no content of the ledger."""

    pk = models.CompositePrimaryKey("district", "number")
    district = models.UUIDField()
    number = models.BigIntegerField()
    day = models.DateField()
    at = models.DateTimeField()
    person = models.UUIDField(null=True)
    post = models.UUIDField(null=True)
    unit = models.UUIDField(null=True)
    address = models.CharField(max_length=45)
    verb = models.CharField(max_length=64)
    thing = models.UUIDField(null=True)
    method = models.CharField(max_length=8)
    path = models.CharField(max_length=200)
    outcome = models.CharField(max_length=16)
    status = models.SmallIntegerField()
    token = models.UUIDField(null=True)
    """By which token another system acted; the digest covers it where there is one."""
    digest = models.CharField(max_length=64)

    class Meta:
        db_table = "audit_line"
        indexes: ClassVar = [
            models.Index(fields=["district", "day", "number"], name="audit_by_day"),
            models.Index(fields=["district", "person", "number"], name="audit_by_person"),
            models.Index(fields=["district", "verb", "number"], name="audit_by_verb"),
        ]

    def __str__(self) -> str:
        return f"line {self.number}: {self.verb}"


class DroppedDay(models.Model):
    """A day whose lines may be deleted: the database lets go of no other line."""

    pk = models.CompositePrimaryKey("district", "day")
    district = models.UUIDField()
    day = models.DateField()

    class Meta:
        db_table = "audit_dropped_day"

    def __str__(self) -> str:
        return str(self.day)
