"""The board as a sheet: exactly the rows, columns and sums of the page, of all its pages."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from luoshi.base.grids.writing import Column as SheetColumn
from luoshi.base.grids.writing import Kind, Sheet
from luoshi.ledger import money, words
from luoshi.ledger.board import Board, BoardRow, percent_of
from luoshi.ledger.columns import Column
from luoshi.ledger.listing import reasons
from luoshi.ledger.sums import UnitSum, shown_sums

MOST_ROWS = 20_000
"""A file longer than this is nobody's reading; unit: matters."""
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Names:
    """What goals, units and posts of the day are called, and in which unit money is shown."""

    goals: Mapping[UUID, str]
    units: Mapping[UUID, str]
    posts: Mapping[UUID, str]
    money: str


Value = Callable[[BoardRow, Names], Any]


@dataclass(frozen=True, slots=True)
class Written:
    """One column of a file: its head, what its cells are, and how one is read from a row."""

    key: str
    label: str
    kind: Kind
    width: int
    value: Value


def written(columns: Sequence[Column]) -> list[Written]:
    """Return the columns of a file: code and title, then those of the page.

    A target becomes three, so that its figure is a number: sign, amount, unit.
    """
    found = [
        Written("code", _("Code"), Kind.TEXT, 14, lambda row, _names: row.spell.code),
        Written("title", _("Matter"), Kind.TEXT, 40, lambda row, _names: row.spell.title),
    ]
    for column in columns:
        found += _written(column)
    return found


def _written(column: Column) -> Iterator[Written]:
    label = str(column.label)
    if column.key == "target":
        yield Written("sign", _("At least or at most"), Kind.TEXT, 8, _sign)
        yield Written("target", label, Kind.NUMBER, 14, _amount("quantity"))
        yield Written("measure", _("Unit of measure"), Kind.TEXT, 10, _measure)
    elif column.key == "achieved":
        yield Written("achieved", label, Kind.NUMBER, 14, _amount("achieved"))
        yield Written(
            "submitted", _("Submitted, not confirmed"), Kind.NUMBER, 14, _amount("submitted")
        )
    else:
        kind, width = KINDS.get(column.kind, (Kind.TEXT, 16))
        yield Written(column.key, label, kind, width, VALUES[column.key])


KINDS = {"day": (Kind.DAY, 12), "percent": (Kind.PERCENT, 10), "colour": (Kind.TEXT, 12)}


def _sign(row: BoardRow, _names: Names) -> str:
    return words.SIGNS.get(row.spell.comparator, "")


def _measure(row: BoardRow, names: Names) -> str:
    return money.shown_unit(row.spell.unit, names.money)


def _amount(name: str) -> Value:
    def value(row: BoardRow, names: Names) -> Decimal | None:
        return money.shown_amount(getattr(row.spell, name), row.spell.unit, names.money)

    return value


def _post(name: str) -> Value:
    return lambda row, names: names.posts.get(getattr(row.spell, name), "")


def _done(row: BoardRow, _names: Names) -> Decimal | None:
    percent = percent_of(row.spell.achieved, row.spell.quantity)
    return None if percent is None else percent / HUNDRED


def _colour(row: BoardRow, _names: Names) -> str:
    """Return the colour in words, with 未报 beside yellow and red where it is owed."""
    colour = str(words.COLOURS[row.spell.colour])
    marked = row.spell.is_unreported and row.spell.colour != "unreported"
    return f"{colour}（{words.COLOURS['unreported']}）" if marked else colour


def _goals(row: BoardRow, names: Names) -> str:
    return _(", ").join(names.goals[goal] for goal in row.goals if goal in names.goals)


def _missing(row: BoardRow, _names: Names) -> str:
    return _(", ").join(str(words.FIXES[fix]) for fix in row.spell.missing.split())


VALUES: Mapping[str, Value] = {
    "colour": _colour,
    "unit": lambda row, names: names.units.get(row.spell.lead_unit, ""),  # type: ignore[arg-type]
    "done": _done,
    "due": lambda row, _names: row.spell.due,
    "kind": lambda row, _names: str(dict(words.KINDS).get(row.spell.kind, "")),
    "goals": _goals,
    "area": lambda row, _names: row.spell.area,
    "stage": lambda row, _names: str(words.STAGES.get(row.spell.stage, "")),
    "sponsor": _post("sponsoring_post"),
    "post": _post("responsible_post"),
    "standing": lambda row, _names: str(words.STANDINGS.get(row.spell.standing, "")),
    "missing": _missing,
    "start": lambda row, _names: row.spell.start,
    "measured": lambda row, _names: row.spell.measured_on,
    "why": lambda row, _names: " ".join(str(one["sentence"]) for one in reasons(row)),
}


def sheet(
    title: str,
    notes: Sequence[str],
    board: Board,
    columns: Sequence[Column],
    names: Names,
) -> Sheet:
    """Return the sheet that a file holds, with the sums of the page in its foot.

    Only what is counted in one unit has a foot; what differs is told above the table.
    """
    listed = written(columns)
    sums = shown_sums(board.sums, names.money)
    told = [f"{one.target.normalize():f} {one.unit}" for one in sums]
    if len(sums) > 1:
        notes = [*notes, _("Sum of targets: %(sums)s") % {"sums": _(", ").join(told)}]
    return Sheet(
        title=title,
        notes=tuple(notes),
        columns=tuple(SheetColumn(one.label, one.kind, one.width) for one in listed),
        rows=(tuple(one.value(row, names) for one in listed) for row in board.rows),
        foot=_foot(listed, sums[0], board.total) if len(sums) == 1 else None,
    )


def _foot(listed: Sequence[Written], total: UnitSum, count: int) -> tuple[Any, ...]:
    """Return the last line: how many matters, and the sums under their columns."""
    share = percent_of(total.done, total.target)
    under = {
        "code": _("Sum of %(n)s") % {"n": f"{count:,}"},
        "target": total.target,
        "measure": total.unit,
        "achieved": total.done,
        "done": None if share is None else share / HUNDRED,
    }
    return tuple(under.get(one.key) for one in listed)
