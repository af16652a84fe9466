"""Units by their names as a sheet writes them."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID, uuid5

from luoshi.base.journal import Actor
from luoshi.intake.decided import NEW, NOTE, Decided, UnknownUnits
from luoshi.intake.models import SheetImport
from luoshi.organisation import queries as organisation
from luoshi.rules.sheets.names import By, Proposal, nearest_unit


@dataclass(frozen=True, slots=True)
class Units:
    """Which unit each name means, which are to be founded, what is proposed for the others.

    ``ended``: names of units that were or will be, but are not in force on the day.
    """

    chosen: Mapping[str, UUID] = field(default_factory=dict)
    new: Mapping[str, UUID] = field(default_factory=dict)
    proposals: Mapping[str, tuple[Proposal, ...]] = field(default_factory=dict)
    ended: frozenset[str] = frozenset()
    names: Mapping[str, UUID] = field(default_factory=dict)  # of the units in force
    posts: Mapping[str, UUID] = field(default_factory=dict)  # in force, of names that mean one


def units_for(sheet: SheetImport, written: Iterable[str], decided: Decided, *, day: date) -> Units:
    """Return what the names mean: as decided, else the unit of that name, else nothing.

    A name that differs only by the district's own before it means the unit without asking.
    """
    visitor = Actor(district=sheet.district, person=sheet.by_person)
    in_force = {unit.name: unit.id for unit in organisation.units_visible_to(visitor, day=day)}
    once = organisation.unit_names_ever(visitor) - in_force.keys()
    chosen: dict[str, UUID] = {}
    new: dict[str, UUID] = {}
    proposals: dict[str, tuple[Proposal, ...]] = {}
    ended = set()
    for name in sorted(written):
        near = nearest_unit(name, in_force)
        choice = decided.units.get(name) or _by_itself(name, near, in_force, once, decided)
        if choice == NEW:
            new[name] = chosen[name] = uuid5(sheet.id, f"unit/{name}")
        elif choice not in {None, NOTE}:
            chosen[name] = UUID(choice)
        else:
            proposals[name] = near
            if name in once:
                ended.add(name)
    return Units(chosen, new, proposals, frozenset(ended), in_force, _posts(visitor, day))


def _posts(visitor: Actor, day: date) -> dict[str, UUID]:
    """Return the posts in force by name, without the names that several have."""
    posts = organisation.posts_visible_to(visitor, day=day)
    times = Counter(post.name for post in posts)
    return {post.name: post.id for post in posts if times[post.name] == 1}


def _by_itself(
    name: str,
    near: tuple[Proposal, ...],
    in_force: Mapping[str, UUID],
    once: set[str],
    decided: Decided,
) -> str | None:
    """Return what a name means where nobody decided: the one unit of that name, or a new one."""
    same = [proposal for proposal in near if proposal.by in {By.SAME, By.PLACE}]
    if len(same) == 1:
        return str(in_force[same[0].name])
    if decided.unknown_units is UnknownUnits.CREATE and name not in once:
        return NEW
    return None
