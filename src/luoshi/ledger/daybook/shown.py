"""What the database has of a day, as the columns that a daybook holds.

A hundred thousand rows are read column by column: whatever is done row by row in Python is felt.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, CharField, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from luoshi.base.kept import Edition
from luoshi.base.spells import on_day
from luoshi.ledger.daybook.columns import Line
from luoshi.ledger.goals import matters_visible_to
from luoshi.ledger.models import MatterSpell, PartSpell, PlaceSpell
from luoshi.organisation.queries import Visitor


def shown(
    visitor: Visitor, day: date, edition: Edition, among: Collection[UUID] | None = None
) -> tuple[dict[str, list[Any]], dict[str, tuple[str, ...]]]:
    """Return the columns of a day by the names of a line's parts, and the parts of wholes.

    Of all matters or of some; three queries.
    """
    known = on_day(day, known_at=edition.number)
    spells: QuerySet[Any] = matters_visible_to(visitor, day=day, known_at=edition.number)
    places: QuerySet[Any] = PlaceSpell.objects.filter(known, district=visitor.district)
    parts: QuerySet[Any] = PartSpell.objects.filter(known, district=visitor.district)
    if among is None:
        spells = _in_stored_order(spells)
    else:  # by their threads alone: SQLite would else go through the district
        models = (MatterSpell, PlaceSpell, PartSpell)
        spells, places, parts = (each.objects.filter(known, thread__in=among) for each in models)
    return _columns(spells, _pairs(places, "goal", UUID)), _pairs(parts, "part", _hex)


def turning(visitor: Visitor, day: date, edition: Edition) -> set[UUID]:
    """Return the matters that may look otherwise than on the day before; three queries."""
    known = Q(known_from__lte=edition.number, known_to__gt=edition.number)
    turns = known & (Q(from_day=day) | Q(to_day=day)) & Q(district=visitor.district)
    models: tuple[Any, ...] = (MatterSpell, PlaceSpell, PartSpell)
    return {
        thread
        for model in models
        for thread in model.objects.filter(turns).values_list("thread", flat=True)
    }


def _in_stored_order(spells: QuerySet[Any]) -> QuerySet[Any]:
    """Let SQLite find the rows by the index alone, and then read them as they lie in the file.

    By the index a day's rows come by colour: each from another place of a file of gigabytes.
    """
    if connection.vendor != "sqlite":  # PostgreSQL does so by itself (bitmap scan)
        return spells
    row = f"{connection.ops.quote_name(MatterSpell._meta.db_table)}.rowid"
    rows = spells.values_list(RawSQL(row, ()))  # noqa: S611  the table's own name
    found, given = rows.query.sql_with_params()
    stored = RawSQL(f"{row} IN ({found})", given, output_field=BooleanField())  # noqa: S611
    return MatterSpell.objects.filter(stored)


def _columns(
    spells: QuerySet[Any], goals_of: Mapping[str, tuple[UUID, ...]]
) -> dict[str, list[Any]]:
    """Return the columns; words, ids and figures that rows share are held once."""
    asked = (*PLAIN, *NOTED)
    told = _read(spells, [AS_READ.get(name, name) for name in asked])
    read = dict(zip(asked, told or [()] * len(asked), strict=True))
    found: dict[str, list[Any]] = {"thread": _hexes(read["thread"])}
    found |= {name: _each_once(read[name], MADE.get(name)) for name in PLAIN[1:]}
    found["notes"] = _notes(read)
    found["goals"] = [goals_of.get(thread, ()) for thread in found["thread"]]
    return found


def _pairs(
    rows: QuerySet[Any], column: str, make: Callable[[str], Any]
) -> dict[str, tuple[Any, ...]]:
    """Return by thread what stands in a column of ids."""
    told = _read(rows, [_text("thread"), _text(column)])
    if not told:
        return {}
    threads, values = _hexes(told[0]), _each_once(told[1], lambda value: (make(value),))
    found = dict(zip(threads, values, strict=True))
    if len(found) == len(threads):  # as nearly always: each once
        return found
    found.clear()
    for thread, value in zip(threads, values, strict=True):
        found[thread] = found.get(thread, ()) + value
    return found


def _read(rows: QuerySet[Any], asked: Iterable[str | Cast]) -> list[tuple[Any, ...]]:
    """Return what is asked of the rows, a tuple for each column; nothing where there is no row."""
    found = rows.values_list(*asked)
    return list(zip(*found, strict=True))


class _Kept(Cast):
    """A column as the database keeps it: text in SQLite, and what the driver makes of it else.

    To read very many as what they are would take most of the time.
    """

    def as_postgresql(self, compiler: Any, *_given: Any, **_context: Any) -> Any:
        """Return the column alone."""
        return compiler.compile(self.source_expressions[0])


def _text(column: str) -> Cast:
    """Return a column as text."""
    return Cast(column, CharField())


def _each_once(values: Sequence[Any], make: Callable[[Any], Any] | None) -> list[Any]:
    """Return what is made of each value (None: itself), held once of equal ones."""
    distinct = set(values)
    if make is None:
        made = {one: one for one in distinct}
    else:
        made = {one: make(one) for one in distinct if one is not None} | {None: None}
    return list(map(made.__getitem__, values))


def _hex(text: str) -> str:
    return text.replace("-", "")


def _hexes(texts: Sequence[str]) -> list[str]:
    return _hex("\n".join(texts)).split("\n") if texts else []


def _millionths(amount: str) -> int:
    return int(Decimal(amount) * MILLION)


def _ordinal(day: str | date) -> int:
    return date.fromisoformat(str(day)).toordinal()


def _notes(read: Mapping[str, Sequence[Any]]) -> list[tuple[str, ...]]:
    """Return the notes of each line from the columns that give them."""
    told = [
        (
            quantity is not None,
            comparator[:1] == "<",
            post is None,
            awaiting in TRUE,
            submitted is not None,
            late in TRUE,
        )
        for quantity, comparator, post, awaiting, submitted, late in zip(
            *(read[name] for name in TELLING), strict=True
        )
    ]
    return _each_once(told, _noted)


def _noted(told: tuple[Any, ...]) -> tuple[str, ...]:
    has_amount, is_ceiling, is_unowned, is_awaiting, is_submitted, is_answer_late = told
    notes = {
        "amount": has_amount,
        "ceiling": is_ceiling,
        "unowned": is_unowned,
        "awaiting": is_awaiting,
        "waiting": is_submitted or is_answer_late,
    }
    return tuple(note for note, holds in notes.items() if holds)


MILLION = 10**6
TRUE = {True, "1"}
PLAIN = Line._fields[:-2]
NOTED = ("comparator", "is_awaiting", "submitted", "is_answer_late")
TELLING = (
    "quantity",
    "comparator",
    "responsible_post",
    "is_awaiting",
    "submitted",
    "is_answer_late",
)
AS_READ: Mapping[str, Any] = {
    **{
        name: _text(name) for name in ("thread", "lead_unit", "sponsoring_post", "responsible_post")
    },
    **{name: _text(name) for name in ("quantity", "achieved", "submitted")},
    **{
        name: _Kept(name, CharField()) for name in ("start", "due", "is_awaiting", "is_answer_late")
    },
}
"""How columns are read that are not read as they are."""
MADE: Mapping[str, Callable[[Any], Any]] = {
    "lead_unit": UUID,
    "responsible_post": UUID,
    "sponsoring_post": UUID,
    "quantity": _millionths,
    "achieved": _millionths,
    "start": _ordinal,
    "due": _ordinal,
}
"""What is held of a column in place of what the database gives."""
