"""The columns a board can show: their words, kinds and sorts, declared once.

Page, print and files take the same columns in the same order.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the address, its head, what its cells are, what it sorts by."""

    key: str
    label: "StrOrPromise"
    kind: str = "text"  # text, figure, percent, day, colour
    sort: str = ""
    is_usual: bool = False


COLUMNS: Mapping[str, Column] = {
    column.key: column
    for column in (
        Column("colour", _("Colour"), "colour", "urgency", is_usual=True),
        Column("unit", _("Lead unit"), "text", "unit", is_usual=True),
        Column("target", _("Target"), "figure", "quantity", is_usual=True),
        Column("achieved", _("Confirmed"), "figure", "achieved", is_usual=True),
        Column("done", _("Done"), "percent", is_usual=True),
        Column("due", _("Due"), "day", "due", is_usual=True),
        Column("kind", _("Kind")),
        Column("goals", _("Goals it serves")),
        Column("area", _("Area"), "text", "area"),
        Column("stage", _("Project stage")),
        Column("sponsor", _("Sponsoring post")),
        Column("post", _("Responsible post")),
        Column("standing", _("Standing")),
        Column("missing", _("Undecided")),
        Column("start", _("Start"), "day", "start"),
        Column("measured", _("Measured on"), "day"),
        Column("why", _("Why this colour")),
    )
}
"""Every column but code and title, which are always there, in the order they are offered in."""
USUAL = tuple(column for column in COLUMNS.values() if column.is_usual)


def chosen(keys: Iterable[str]) -> tuple[Column, ...]:
    """Return the columns of these names, each once, in the order given; without any, the usual."""
    found = dict.fromkeys(key for key in keys if key in COLUMNS)
    return tuple(COLUMNS[key] for key in found) or USUAL
