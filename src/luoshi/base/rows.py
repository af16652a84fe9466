"""Rows into tables, many at once: the database's own values, prepared column by column."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

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
    """Return what turns a value of a field into the database's."""
    if isinstance(field, models.CharField | models.TextField | models.IntegerField):
        return _as_it_is
    if connection.vendor == "sqlite":
        if isinstance(field, models.UUIDField):
            return _hex
        if isinstance(field, models.DateTimeField):
            return lambda value: field.get_db_prep_save(value, connection)
        if isinstance(field, models.DateField):
            return _text
    return lambda value: None if value is None else field.get_db_prep_save(value, connection)


def _as_it_is(value: Any) -> Any:
    return value


def _hex(value: Any) -> str | None:
    return None if value is None else value.hex


def _text(value: Any) -> str | None:
    return None if value is None else value.isoformat()
