"""Matters and goals as lists need them, on any day and as known at any number."""

from typing import ClassVar

from django.db import models

from luoshi.base.models import Spell
from luoshi.base.nodes import Node, NodeSpell


class Goal(Node):
    """A node of the goal tree: goal, pillar, campaign, line of effort, board."""


class GoalSpell(NodeSpell):
    """A goal's name, parent and order by date."""

    pk = models.CompositePrimaryKey("thread", "from_day", "known_from")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "known_to", "from_day", "to_day"], name="goal_on_day")
        ]


class Rollup(models.Model):
    """What a district gave out of one day: counts, no matter by name; its key is its thread's id.

    ``colours`` are words and numbers in turn, as published.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    day = models.DateField()
    known_at = models.BigIntegerField()
    matters = models.IntegerField()
    colours = models.TextField()
    closed = models.IntegerField()
    abolished = models.IntegerField()
    late = models.IntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "day"], name="rollup_of_a_day")
        ]

    def __str__(self) -> str:
        return f"roll-up of {self.day}"


class Matter(models.Model):
    """A matter as known now; its key is its thread's id, and its code is unique in the district.

    ``initials`` are those of the title, by which it is found too.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    initials = models.TextField(default="")
    lead_unit = models.UUIDField(null=True)
    done_by_units = models.TextField(default="")
    reported_by_persons = models.TextField(default="")
    # Ids as text, so that the constraints below can look them up in the lists; null: not verified.
    verified_by_unit = models.CharField(max_length=36, null=True)  # noqa: DJ001  "" is in any list
    verified_by_person = models.CharField(max_length=36, null=True)  # noqa: DJ001  the same
    # What waits inside a unit: which unit, since when, for which posts (ids).
    inside_unit = models.UUIDField(null=True)
    inside_since = models.DateField(null=True)
    inside_posts = models.TextField(default="")

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["inside_unit", "inside_since"],
                name="matter_inside_unit",
                condition=models.Q(inside_unit__isnull=False),
            )
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "code"], name="matter_code"),
            models.CheckConstraint(
                name="no_doing_unit_verifies",
                condition=models.Q(verified_by_unit=None)
                | ~models.Q(done_by_units__contains=models.F("verified_by_unit")),
            ),
            models.CheckConstraint(
                name="no_reporter_verifies",
                condition=models.Q(verified_by_person=None)
                | ~models.Q(reported_by_persons__contains=models.F("verified_by_person")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


class MatterSpell(Spell):
    """What the board shows of a matter from one day to another.

    ``basis`` holds the facts the colour was judged by, so the reasons can be told again for any day
    within the spell.
    """

    pk = models.CompositePrimaryKey("thread", "from_day", "known_from")
    code = models.CharField(max_length=60)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16)
    standing = models.CharField(max_length=16)
    missing = models.CharField(max_length=40)
    area = models.CharField(max_length=100)
    sources = models.CharField(max_length=60)  # kinds of source, each once
    stage = models.CharField(max_length=12)
    lead_unit = models.UUIDField(null=True)
    responsible_post = models.UUIDField(null=True)
    sponsoring_post = models.UUIDField(null=True)
    quantity = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    unit = models.CharField(max_length=40)
    comparator = models.CharField(max_length=2)
    achieved = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    measured_on = models.DateField(null=True)
    submitted = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    start = models.DateField(null=True)
    due = models.DateField(null=True)
    level = models.CharField(max_length=8)
    colour = models.CharField(max_length=12)
    last_colour = models.CharField(max_length=12)
    is_unreported = models.BooleanField()
    is_awaiting = models.BooleanField()
    is_answer_late = models.BooleanField()
    urgency = models.SmallIntegerField()
    basis = models.TextField()

    class Meta:
        indexes: ClassVar = [
            # A day is read as a whole (into a daybook), colours are counted over many days.
            # Days stand behind the colour: were they first, SQLite, which nobody tells how many
            # rows there are, would look for a single matter here rather than by its thread.
            # All that says which rows are a day's as known at a number stands in it: of the spells
            # known since then, four of five are of other days or were known later.
            models.Index(
                fields=[
                    "district",
                    "known_to",
                    "colour",
                    "from_day",
                    "to_day",
                    "thread",
                    "known_from",
                ],
                name="matter_on_day",
            ),
            models.Index(fields=["thread", "known_to"], name="matter_spells_of_thread"),
        ]


class PlaceSpell(Spell):
    """On which goal a matter stands from one day to another."""

    pk = models.CompositePrimaryKey("thread", "goal", "from_day", "known_from")
    goal = models.UUIDField()

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["district", "known_to", "goal", "from_day", "to_day", "thread"],
                name="place_on_board",
            )
        ]


class PartSpell(Spell):
    """Which matters are parts of this one, from one day to another."""

    pk = models.CompositePrimaryKey("thread", "part", "from_day", "known_from")
    part = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["part", "known_to"], name="wholes_of_a_part")]


class SavedView(models.Model):
    """A board as somebody likes to see it: filters, sort and columns under a name.

    A setting, not a fact of the ledger: it says nothing of any matter, so it is no thread and may
    be changed and removed. ``owner`` is a person's random id; ``query`` is the board's address
    without the day. A shared one is open to everybody who may read the district's board.
    """

    id = models.UUIDField(primary_key=True)
    district = models.UUIDField()
    owner = models.UUIDField()
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=2000)
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["district", "owner", "name"], name="view_name_of_owner")
        ]

    def __str__(self) -> str:
        return self.name
