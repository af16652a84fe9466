"""Units and posts of a day as a workbook that can come in again."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from luoshi.base.grids.writing import Column, Kind, Sheet
from luoshi.base.wording import day_in_text
from luoshi.organisation import queries
from luoshi.organisation.queries import PostOn, UnitOn, Visitor
from luoshi.organisation.sheets import HEADS, Part
from luoshi.organisation.words import duty_in_text, kind_in_text, roles_in_text
from luoshi.rules.sheets.grid import Value

WIDTHS = {"id": 38, "name": 30, "parent": 30, "roles": 30, "territory": 24, "order": 10}


def sheets(visitor: Visitor, *, day: date) -> list[Sheet]:
    """Return the tables of units and posts of a day, in their official order."""
    units = queries.units_visible_to(visitor, day=day)
    posts = queries.posts_visible_to(visitor, day=day)
    note = _("As of %(day)s. Change, add lines, and hand the sheet in again.") % {
        "day": day_in_text(day)
    }
    told = _addresses(units)
    return [
        _sheet(Part.UNITS, _("Units"), [note], (_unit(unit, told) for unit in units)),
        _sheet(
            Part.POSTS, _("Posts"), [note], (_post(post, told) for post in _ordered(units, posts))
        ),
    ]


def _sheet(part: Part, title: str, notes: Sequence[str], rows: Iterable[list[Value]]) -> Sheet:
    columns = [
        Column(str(head), Kind.NUMBER if key == "order" else Kind.TEXT, WIDTHS.get(key, 16))
        for key, head in HEADS[part].items()
    ]
    return Sheet(title=title, columns=columns, rows=rows, notes=notes)


def _addresses(units: Iterable[UnitOn]) -> dict[UUID, str]:
    """Return how a sheet names a unit: by its name, by its number where the name is not its own."""
    listed = list(units)
    named = Counter(unit.name for unit in listed)
    return {unit.id: unit.name if named[unit.name] == 1 else str(unit.id) for unit in listed}


def _ordered(units: Iterable[UnitOn], posts: Iterable[PostOn]) -> list[PostOn]:
    """Return posts in the order of the units they belong to."""
    place = {unit.id: number for number, unit in enumerate(units)}
    return sorted(posts, key=lambda post: (place.get(post.home, len(place)), post.order, post.name))  # type: ignore[arg-type]


def _unit(unit: UnitOn, told: dict[UUID, str]) -> list[Value]:
    above = told.get(unit.parent, "") if unit.parent else ""
    return [str(unit.id), unit.name, kind_in_text(unit.kind), above, unit.order, unit.territory]


def _post(post: PostOn, told: dict[UUID, str]) -> list[Value]:
    home = told.get(post.home, "") if post.home else ""
    roles = "、".join(roles_in_text(post.roles))
    return [
        str(post.id), post.name, home, duty_in_text(post.duty), roles, post.order, _held(post)
    ]  # fmt: skip


def _held(post: PostOn) -> str:
    if post.holder is None:
        return _("Vacant")
    return pgettext("post", "Acting") if post.acting else _("Held")
