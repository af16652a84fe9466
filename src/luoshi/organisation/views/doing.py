"""From a form to its command: one command each, all sent alike."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from luoshi.base.journal import Actor
from luoshi.organisation import commands, queries
from luoshi.organisation.commands import NewUnit
from luoshi.organisation.queries import UnitOn
from luoshi.rules.nodes import Bounded, Classed, Ended, Moved, NodeFact, Ordered, Renamed
from luoshi.rules.posts import Charged, Lent

Said = Mapping[str, Any]


class Sent(TypedDict):
    """What every command takes besides what it says."""

    on: date
    command_id: UUID
    by: Actor
    at: datetime


@dataclass(frozen=True, slots=True)
class Doing:
    """What is written: the unit or post, what was typed, how it was sent."""

    node: UUID
    said: Said
    by: Actor
    at: datetime
    on: date

    @property
    def sent(self) -> Sent:
        """Return how the command is sent."""
        return Sent(on=self.on, command_id=self.said["command_id"], by=self.by, at=self.at)

    @property
    def expected(self) -> int:
        """Return the last entry that the writer saw."""
        return int(self.said["expected"])


Do = Callable[[Doing], object]


def _unit(fact: Callable[[Said], NodeFact]) -> Do:
    def do(doing: Doing) -> object:
        return commands.change_unit(
            unit_id=doing.node, fact=fact(doing.said), expected=doing.expected, **doing.sent
        )

    return do


def _post(fact: Callable[[Doing], NodeFact]) -> Do:
    def do(doing: Doing) -> object:
        return commands.change_post(
            post_id=doing.node, fact=fact(doing), expected=doing.expected, **doing.sent
        )

    return do


def _end_unit(doing: Doing) -> object:
    return commands.end_unit(
        unit_id=doing.node,
        successors=tuple(doing.said["successors"]),
        expected=doing.expected,
        **doing.sent,
    )


def _as_on(doing: Doing) -> UnitOn:
    """Return the unit on the day of the act; the last it was where it is not there."""
    units = {one.id: one for one in queries.units_visible_to(doing.by, day=doing.on)}
    return units.get(doing.node) or queries.last_of(doing.by, [doing.node])[doing.node]


def _merge(doing: Doing) -> object:
    """Join: a new unit takes the place and, where none is chosen, the kind of the one asked for."""
    said, mine = doing.said, _as_on(doing)
    new = NewUnit(
        name=said["name"], kind=said["kind"] or mine.kind, parent=mine.parent, order=mine.order,
        territory=mine.territory,
    )  # fmt: skip
    ending = [doing.node, *said["others"]]
    known = queries.last_entries(ending) | {doing.node: doing.expected}
    return commands.merge_units(
        unit_ids=ending, into=said["into"] or new, expected=known, **doing.sent
    )


def _split(doing: Doing) -> object:
    """Split: every part is of the kind and place of the one that ends."""
    mine = _as_on(doing)
    parts = [
        NewUnit(name=name, kind=mine.kind, parent=mine.parent, order=mine.order)
        for name in doing.said["names"]
    ]
    return commands.split_unit(
        unit_id=doing.node, into=parts, expected=doing.expected, **doing.sent
    )


def _hold(doing: Doing) -> object:
    said = doing.said
    return commands.hold_post(
        post_id=doing.node, person=said["person"], acting=said["acting"], until=said["until"],
        expected=doing.expected, **doing.sent,
    )  # fmt: skip


def _vacate(doing: Doing) -> object:
    return commands.hold_post(
        post_id=doing.node, person=None, expected=doing.expected, **doing.sent
    )


def _delegate(doing: Doing) -> object:
    said = doing.said
    return commands.delegate_post(
        post_id=doing.node, person=said["person"], first=said["first"], last=said["last"],
        expected=doing.expected, **doing.sent,
    )  # fmt: skip


def _recall(doing: Doing) -> object:
    return commands.recall(
        post_id=doing.node, key=doing.said["key"], expected=doing.expected, **doing.sent
    )


def _lent(doing: Doing) -> NodeFact:
    said = doing.said
    return Lent(key=said["command_id"], unit=said["unit"], first=said["first"], last=said["last"])


UNIT_DOES: dict[str, Do] = {
    "rename": _unit(lambda said: Renamed(name=said["name"])),
    "move": _unit(lambda said: Moved(parent=said["parent"])),
    "order": _unit(lambda said: Ordered(order=said["order"])),
    "classify": _unit(lambda said: Classed(kind=said["kind"])),
    "bound": _unit(lambda said: Bounded(territory=said["territory"])),
    "merge": _merge,
    "split": _split,
    "end": _end_unit,
}
POST_DOES: dict[str, Do] = {
    "hold": _hold,
    "vacate": _vacate,
    "delegate": _delegate,
    "recall": _recall,
    "lend": _post(_lent),
    "charge": _post(
        lambda doing: Charged(duty=doing.said["duty"], roles=tuple(doing.said["roles"]))
    ),
    "rename": _post(lambda doing: Renamed(name=doing.said["name"])),
    "order": _post(lambda doing: Ordered(order=doing.said["order"])),
    "move": _post(lambda doing: Moved(parent=doing.said["unit"])),
    "end": _post(lambda doing: Ended(successors=tuple(doing.said["successors"]))),
}
