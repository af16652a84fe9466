"""Calendars and rule sets as known now; other days are folded from their threads."""

from django.db import models


class Calendar(models.Model):
    """A district's working calendar: the years announced so far."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField(unique=True)
    first_year = models.SmallIntegerField(null=True)
    last_year = models.SmallIntegerField(null=True)

    def __str__(self) -> str:
        return f"{self.first_year}-{self.last_year}"


class RuleSet(models.Model):
    """A rule set as last issued."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField(db_index=True)
    code = models.CharField(max_length=40)
    version = models.SmallIntegerField()
    in_force_from = models.DateField()
    in_force_to = models.DateField(null=True)
    document = models.CharField(max_length=200)

    def __str__(self) -> str:
        return f"{self.code} {self.version}"
