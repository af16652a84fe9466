"""Rows into tables, many at once: the database's own values, prepared column by column."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models

Row = tuple[Any, ...]


def insert(model: type[models.Model], columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Insert rows of plain values (dates, UUIDs, decimals …) for the named attributes.

    The same as ``bulk_create``, without making a model and an SQL expression of every value: a
    bulk load spends most of its time there.
    """
    fields = {field.attname: field for field in model._meta.concrete_fields}
    prepared = [_preparing(fields[column]) for column in columns]
    values = [
        tuple([prepare(value) for prepare, value in zip(prepared, row, strict=True)])
        for row in rows
    ]
    if not values:
        return
    quote = connection.ops.quote_name
    names = ", ".join(quote(fields[column].column or column) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", values)  # noqa: S608 - names only


def _preparing(field: "models.Field[Any, Any]") -> Callable[[Any], Any]:
    """Return what turns a value of a field into the database's; psycopg takes each as it is."""
    if connection.vendor != "sqlite":
        return _as_it_is
    for kind, prepare in _SQLITE.items():
        if isinstance(field, kind):
            return prepare
    return _as_it_is


def _as_it_is(value: object) -> object:
    return value


def _hex(value: UUID | None) -> str | None:
    return None if value is None else value.hex


def _day(value: date | None) -> str | None:
    return None if value is None else value.isoformat()


def _moment(value: datetime | None) -> str | None:
    """Return a moment as Django writes it: UTC without a mark of its zone."""
    return None if value is None else str(value.astimezone(UTC).replace(tzinfo=None))


def _number(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


_SQLITE: Mapping[type["models.Field[Any, Any]"], Callable[[Any], Any]] = {
    models.UUIDField: _hex,
    models.DateTimeField: _moment,  # before DateField, of which it is one
    models.DateField: _day,
    models.DecimalField: _number,
}
