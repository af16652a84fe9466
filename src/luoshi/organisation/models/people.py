"""Persons and contacts: personal data stands here, outside the journal, and can be erased."""

from typing import ClassVar

from django.db import models


class Person(models.Model):
    """Who somebody is; the id is random and all that the journal knows of them.

    ``version`` counts the changes, so that two writers do not undo each other.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    name = models.CharField(max_length=60, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    mail = models.CharField(max_length=120, blank=True)
    version = models.IntegerField(default=1)
    is_erased = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["district", "name"], name="person_by_name")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="erased_person_is_empty",
                condition=models.Q(is_erased=False) | models.Q(name="", phone="", mail=""),
            ),
            models.CheckConstraint(
                name="person_has_a_name", condition=models.Q(is_erased=True) | ~models.Q(name="")
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)  # a name does not belong into a log


class Contact(models.Model):
    """How a unit is reached from a day on: a desk, its telephone and address for mail."""

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    unit = models.UUIDField()
    label = models.CharField(max_length=60)
    phone = models.CharField(max_length=30, blank=True)
    mail = models.CharField(max_length=120, blank=True)
    from_day = models.DateField()
    until = models.DateField(null=True)  # the first day on which it no longer holds

    class Meta:
        indexes: ClassVar = [models.Index(fields=["unit", "from_day"], name="contact_of_unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                name="contact_days_in_order",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("from_day")),
            )
        ]

    def __str__(self) -> str:
        return str(self.id)
