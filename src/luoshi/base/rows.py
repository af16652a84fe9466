"""Rows into tables, many at once: the database's own values, prepared column by column."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, models

T = TypeVar("T")
Row = tuple[Any, ...]

_MOST_VARIABLES = 100_000  # of a statement; an SQLite that takes fewer says so


_TOGETHER = 100  # rows; fewer are inserted as fast one by one, and no statement is made for them


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Row],
    *,
    replacing: Sequence[str] = (),
) -> None:
    """Insert rows of plain values (dates, UUIDs, decimals …) for the named attributes.

    The same as ``bulk_create``, without making a model and an SQL expression of every value: a
    bulk load spends most of its time there. Where a row with the same key stands, it is an error,
    or the columns ``replacing`` take the new values.
    """
    listed = list(rows)
    if not listed:
        return
    into = f"INSERT INTO {_table(model)} ({', '.join(_names(model, columns))}) VALUES "  # noqa: S608 - names only
    otherwise = _otherwise(model, replacing)
    if connection.vendor == "sqlite" and len(listed) >= _TOGETHER:
        _execute_together(into, _by_column(model, columns, listed), otherwise)
        return
    marks = ", ".join(["%s"] * len(columns))
    with connection.cursor() as cursor:
        cursor.executemany(f"{into}({marks}){otherwise}", _prepared(model, columns, listed))


def replace(
    model: type[models.Model], keys: Sequence[str], columns: Sequence[str], rows: Iterable[Row]
) -> None:
    """Give the named columns of standing rows new values; a row holds its keys, then the values."""
    listed = list(rows)
    if not listed:
        return
    table, own, wanted = _table(model), _names(model, keys), _names(model, columns)
    begin = f"WITH told({', '.join([*own, *wanted])}) AS (VALUES "
    setting = ", ".join(f"{name} = told.{name}" for name in wanted)
    same = " AND ".join(f"{table}.{name} = told.{name}" for name in own)
    end = f") UPDATE {table} SET {setting} FROM told WHERE {same}"  # noqa: S608 - names only
    if connection.vendor == "sqlite":
        _execute_together(begin, _by_column(model, (*keys, *columns), listed), end)
        return
    for some in batched(listed, _TOGETHER):
        marks = ", ".join([f"({', '.join(['%s'] * len(some[0]))})"] * len(some))
        with connection.cursor() as cursor:
            cursor.execute(f"{begin}{marks}{end}", [value for row in some for value in row])


def batched(values: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    """Cut values into pieces of so many; the last one may be shorter."""
    return (values[start : start + most] for start in range(0, len(values), most))


def _execute_together(begin: str, by_column: list[Sequence[Any]], end: str) -> None:
    """Put as many rows into a statement as SQLite takes.

    SQLite lets other threads go on while it works at a statement: of rows that came one by one,
    each would wait for them. Django's own cursor would look through every mark of the statement.
    """
    width = len(by_column)
    marks = f"({', '.join(['?'] * width)})"
    most = connection.connection.getlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER)
    at_once = min(most, _MOST_VARIABLES) // width
    for start in range(0, len(by_column[0]), at_once):
        some = [values[start : start + at_once] for values in by_column]
        variables: list[Any] = [None] * (len(some[0]) * width)
        for place, values in enumerate(some):
            variables[place::width] = values
        statement = f"{begin}{', '.join([marks] * len(some[0]))}{end}"
        with connection.wrap_database_errors:
            connection.connection.execute(statement, variables)


def _table(model: type[models.Model]) -> str:
    return connection.ops.quote_name(model._meta.db_table)


def _names(model: type[models.Model], columns: Sequence[str]) -> list[str]:
    fields = _fields(model)
    return [connection.ops.quote_name(fields[column].column or column) for column in columns]


def _otherwise(model: type[models.Model], replacing: Sequence[str]) -> str:
    """Return what to do where a row with the same key stands."""
    if not replacing:
        return ""
    keys = ", ".join(_names(model, [field.attname for field in model._meta.pk_fields]))
    setting = ", ".join(f"{name} = excluded.{name}" for name in _names(model, replacing))
    return f" ON CONFLICT ({keys}) DO UPDATE SET {setting}"


def _fields(model: type[models.Model]) -> dict[str, "models.Field[Any, Any]"]:
    return {field.attname: field for field in model._meta.concrete_fields}


def _prepared(model: type[models.Model], columns: Sequence[str], rows: list[Row]) -> list[Row]:
    """Return the rows as the driver takes them; psycopg takes each value as it is."""
    if connection.vendor != "sqlite":
        return rows
    return list(zip(*_by_column(model, columns, rows), strict=True))


def _by_column(
    model: type[models.Model], columns: Sequence[str], rows: list[Row]
) -> list[Sequence[Any]]:
    """Return the values of each column as SQLite takes them."""
    fields = _fields(model)
    by_column = zip(columns, zip(*rows, strict=True), strict=True)
    return [_prepared_column(fields[column], values) for column, values in by_column]


def _prepared_column(field: "models.Field[Any, Any]", values: Sequence[Any]) -> Sequence[Any]:
    if isinstance(field, models.ForeignKey):
        field = field.target_field
    for kind, prepare in _SQLITE.items():
        if isinstance(field, kind):
            return prepare(values)
    return values


def _prepared_each(prepare: Callable[[Any], Any], values: Sequence[Any]) -> list[Any]:
    """Prepare each value once: of neighbours most are the very same, such as their thread."""
    prepared: list[Any] = []
    last = done = None
    for value in values:
        if value is not last:
            last, done = value, None if value is None else prepare(value)
        prepared.append(done)
    return prepared


def _hex(value: UUID) -> str:
    return f"{value.int:032x}"  # what value.hex says, without the way to it


def _moment(value: datetime) -> str:
    """Return a moment as Django writes it: UTC without a mark of its zone."""
    return str(value.astimezone(UTC).replace(tzinfo=None))


def _days(values: Sequence[date | None]) -> list[str | None]:
    """Return days as text; a load knows few of them, so each is written once."""
    written = {day: None if day is None else day.isoformat() for day in set(values)}
    return [written[day] for day in values]


_SQLITE: Mapping[type["models.Field[Any, Any]"], Callable[[Sequence[Any]], list[Any]]] = {
    models.UUIDField: partial(_prepared_each, _hex),
    models.DateTimeField: partial(_prepared_each, _moment),  # before DateField, of which it is one
    models.DateField: _days,
    models.DecimalField: partial(_prepared_each, str),  # equal amounts may be written differently
}
