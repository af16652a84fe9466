"""What is done to units and posts: each fact an operation of its own, by the pages' commands."""

import inspect
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from luoshi.base.api.puts import writes
from luoshi.base.journal import Actor
from luoshi.organisation import commands, verbs
from luoshi.organisation.api.room import router
from luoshi.organisation.commands.handover import NewUnit
from luoshi.rules.journal import Entry
from luoshi.rules.nodes import Bounded, Classed, Ended, Moved, Ordered, Renamed
from luoshi.rules.posts import Charged, Lent

UNIT, POST = "/units/{uuid:unit_id}/", "/posts/{uuid:post_id}/"


def found_unit(
    *,
    name: str,
    kind: str,
    parent: UUID | None,
    order: int,
    note: str = "",
    territory: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Found a unit under another; its id follows from the command's."""
    unit = uuid5(command_id, "unit")
    commands.found_unit(
        unit_id=unit, name=name, kind=kind, parent=parent, order=order, note=note,
        territory=territory, on=on, command_id=command_id, by=by, at=at,
    )  # fmt: skip
    return unit


def found_post(
    *,
    name: str,
    unit: UUID,
    order: int,
    roles: tuple[str, ...] = (),
    duty: str = "",
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> UUID:
    """Found a post of a unit with the roles it carries; its id follows from the command's."""
    post = uuid5(command_id, "post")
    commands.found_post(
        post_id=post, name=name, unit=unit, order=order, roles=roles, duty=duty,
        on=on, command_id=command_id, by=by, at=at,
    )  # fmt: skip
    return post


def by_fact(command: Callable[..., Any], fact: type) -> Callable[..., Any]:
    """Return the command of one fact about a node: the fact's own fields are what is typed.

    A field ``key`` is the command's id, as on the pages.
    """
    known = inspect.signature(command, eval_str=True).parameters
    typed = {
        name: one.replace(kind=inspect.Parameter.KEYWORD_ONLY)
        for name, one in inspect.signature(fact, eval_str=True).parameters.items()
        if name != "key"
    }
    is_keyed = "key" in inspect.signature(fact).parameters

    def act(**given: Any) -> Any:
        said = {name: given.pop(name) for name in typed}
        key = {"key": given["command_id"]} if is_keyed else {}
        return command(fact=fact(**said, **key), **given)

    parameters = [*typed.values(), *(one for name, one in known.items() if name != "fact")]
    act.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    act.__annotations__ = {one.name: one.annotation for one in parameters}
    act.__doc__ = fact.__doc__
    return act


def merge_units(
    *,
    unit_ids: tuple[UUID, ...],
    into: UUID | None = None,
    into_new: NewUnit | None = None,
    seen: dict[UUID, int],
    on: date,
    command_id: UUID,
    by: Actor,
    at: datetime,
) -> list[Entry[Any]]:
    """Join units into one of the known ones, or into a new one; posts and units below follow.

    ``seen`` is the last entry of each unit that ends, by its id.
    """
    heir = into_new or into or UUID(int=0)
    return commands.merge_units(
        unit_ids=unit_ids, into=heir, expected=seen, on=on, command_id=command_id, by=by, at=at
    )


ON_UNITS = {
    "rename": Renamed,
    "move": Moved,
    "order": Ordered,
    "classify": Classed,
    "bound": Bounded,
}
ON_POSTS = {
    "rename": Renamed, "move": Moved, "order": Ordered, "charge": Charged, "lend": Lent,
    "end": Ended,
}  # fmt: skip

ORDERING = verbs.order_organisation


def _told(_asked: Any, made: Any) -> dict[str, Any]:
    return {"id": made}


writes(router, "/units", ORDERING, found_unit, name="found_unit", tells=_told)
writes(router, "/posts", ORDERING, found_post, name="found_post", tells=_told)
for name, fact in ON_UNITS.items():
    command = by_fact(commands.change_unit, fact)
    writes(router, UNIT + name, ORDERING, command, name=f"{name}_unit")
for name, fact in ON_POSTS.items():
    command = by_fact(commands.change_post, fact)
    writes(router, POST + name, ORDERING, command, name=f"{name}_post")
writes(router, UNIT + "set_release", verbs.set_release, commands.set_release)
writes(router, UNIT + "end", ORDERING, commands.end_unit, name="end_unit")
writes(router, UNIT + "split", ORDERING, commands.split_unit, name="split_unit")
writes(router, "/units/merge", ORDERING, merge_units, name="merge_units")
writes(router, POST + "hold", ORDERING, commands.hold_post, name="hold_post")
writes(router, POST + "delegate", verbs.delegate_post, commands.delegate_post)
writes(router, POST + "recall", verbs.delegate_post, commands.recall, name="recall")
