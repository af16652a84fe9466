"""The foot of the table: sums over all pages, only of what is counted in one unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from luoshi.ledger import money
from luoshi.ledger.board import percent_of
from luoshi.ledger.columns import Column
from luoshi.ledger.sums import UnitSum, shown_sums
from luoshi.ledger.views.board.address import Asked

MOST_UNITS = 3
"""With more kinds of units than these a foot says nothing but that they differ."""


@dataclass(frozen=True, slots=True)
class FootCell:
    """A cell under a column: a line for each unit, and the class of the column."""

    css: str
    label: str
    lines: tuple[str, ...]


def foot(sums: Sequence[UnitSum], asked: Asked, total: int) -> tuple[str, list[FootCell]]:
    """Return the head of the foot and a cell for each column."""
    shown = shown_sums(sums, asked.money)
    head = _("Sum of %(n)s") % {"n": f"{total:,}"}
    return head, [_cell(column, shown) for column in asked.columns]


def _cell(column: Column, sums: Sequence[UnitSum]) -> FootCell:
    if column.key not in {"target", "achieved", "done"} or not sums:
        return FootCell("on-desk", "", ())
    label = str(column.label)
    if len(sums) > MOST_UNITS:
        words = (_("units differ"),) if column.key == "target" else ()
        return FootCell("is-figure", label, words)
    if column.key == "done":
        return FootCell("is-wide", label, _percent(sums))
    amounts = [(one.target if column.key == "target" else one.done, one.unit) for one in sums]
    lines = tuple(f"{money.in_text(amount, unit)} {unit}".strip() for amount, unit in amounts)
    return FootCell("is-figure", label, lines)


def _percent(sums: Sequence[UnitSum]) -> tuple[str, ...]:
    """Return for each unit the share that is done: the sum done over the sum to be done."""
    shares = (percent_of(one.done, one.target) for one in sums)
    return tuple("–" if share is None else f"{share}%" for share in shares)
