"""Rows into tables, many at once: the database's own values, prepared column by column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, models

Row = tuple[Any, ...]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values (dates, UUIDs, decimals …) for the named attributes.

    The same as ``bulk_create``, without making a model and an SQL expression of every value: a
    bulk load spends most of its time there.
    """
    values = _prepared(model, columns, rows)
    if not values:
        return
    fields = _fields(model)
    quote = connection.ops.quote_name
    names = ", ".join(quote(fields[column].column or column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names only


def _fields(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _prepared(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> list[Row]:
    """Return the rows as the driver takes them; psycopg takes each value as it is."""
    if connection.vendor != "sqlite":
        return list(rows)
    fields = _fields(model)
    by_column = [
        _prepared_column(fields[column], values)
        for column, values in zip(columns, zip(*rows, strict=True), strict=False)
    ]
    return list(zip(*by_column, strict=True))


def _prepared_column(field: "models.Field[Any, Any]", values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    for kind, prepare in _SQLITE.items():
        if isinstance(field, kind):
            return [None if value is None else prepare(value) for value in values]
    return values


def _hex(value: UUID) -> str:
    return f"{value.int:032x}"  # what value.hex says, without the way to it


def _moment(value: datetime) -> str:
    """Return a moment as Django writes it: UTC without a mark of its zone."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


_SQLITE: Mapping[type["models.Field[Any, Any]"], Callable[[Any], Any]] = {
    models.UUIDField: _hex,
    models.DateTimeField: _moment,  # before DateField, of which it is one
    models.DateField: date.isoformat,
    models.DecimalField: str,
}
