"""Districts, units and posts by date."""

from typing import ClassVar

from django.db import models

from luoshi.base.nodes import Node, NodeSpell

OFFICE = "office"
"""The role of the posts that act for the district office."""


class District(Node):
    """A district that keeps a ledger; its id is the district of every row.

    ``seed`` is that of a simulated district, whose ledger is drawn from it; None for a real one.
    """

    code = models.CharField(max_length=20)
    seed = models.BigIntegerField(null=True)

    class Meta(Node.Meta):
        constraints: ClassVar = [models.UniqueConstraint(fields=["code"], name="district_code")]


class DistrictSpell(NodeSpell):
    """A district's name by date."""

    pk = models.CompositePrimaryKey("thread", "from_day", "known_from")


class Unit(Node):
    """A unit: leading group, committee, township, bureau, platform company …

    Its id stays through every change.
    """


class UnitSpell(NodeSpell):
    """A unit's name, parent, territory and official order by date."""

    territory = models.CharField(max_length=100)
    pk = models.CompositePrimaryKey("thread", "from_day", "known_from")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "known_to", "from_day", "to_day"], name="unit_on_day")
        ]


class Post(Node):
    """A post of a unit; whoever holds it on a day answers."""


class PostSpell(NodeSpell):
    """A post's name, unit (its parent), order, duty and who answers for it, by date.

    ``delegate`` acts for the holder, ``lent_to`` is the unit in which the post acts meanwhile.
    """

    duty = models.CharField(max_length=32)
    acting = models.BooleanField()
    delegate = models.UUIDField(null=True)
    lent_to = models.UUIDField(null=True)
    pk = models.CompositePrimaryKey("thread", "from_day", "known_from")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["district", "known_to", "from_day", "to_day"], name="post_on_day"),
            models.Index(fields=["holder", "known_to"], name="post_of_holder"),
            models.Index(fields=["delegate", "known_to"], name="post_of_delegate"),
        ]
