"""Queries put together once, and asked with other values ever after.

Django takes longer to put a small query together than the database takes to answer it. What every
page of one thing asks is therefore put together the first time only.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection, models
from django.db.models import QuerySet

Value = UUID | date | int | None
_FIELDS: Mapping[type, "models.Field[Any, Any]"] = {
    UUID: models.UUIDField(),
    date: models.DateField(),
    int: models.BigIntegerField(),
}
# Like nothing that a query names by itself; numbers of 32 bits go with columns of any size.
_SAMPLES: Mapping[type, Callable[[int], Value]] = {
    UUID: lambda n: UUID(int=2**127 + n),
    date: lambda n: date(9000, 1, 1 + n),
    int: lambda n: 1_973_000_000 + n,
}


class _Text(NamedTuple):
    """The text of a query, its parameters (the named ones by name), how its columns are read."""

    sql: str
    constants: tuple[Any, ...]
    names: tuple[str, ...]
    converters: tuple[tuple[int, Any, Any], ...]


class Prepared:
    """A query that is asked with keyword arguments; its rows come as tuples.

    ``make`` takes them by name and returns a ``values_list``. What it does with a value may hang on
    whether that is None, on nothing else. ``kinds`` are the types of the values.
    """

    def __init__(self, make: Callable[..., QuerySet[Any, Any]], **kinds: type) -> None:
        """Keep how the query is made; it is made when it is asked first."""
        self._make, self._kinds = make, kinds
        self._texts: dict[tuple[str, frozenset[str]], _Text] = {}

    def __call__(self, **given: Value) -> list[tuple[Any, ...]]:
        """Ask with these values; one query."""
        text = self._text(frozenset(name for name, value in given.items() if value is None))
        values = {
            name: _FIELDS[self._kinds[name]].get_db_prep_value(value, connection)
            for name, value in given.items()
            if value is not None
        }
        parameters = [
            values[name] if name else constant
            for name, constant in zip(text.names, text.constants, strict=True)
        ]
        with connection.cursor() as cursor:
            cursor.execute(text.sql, parameters)
            rows = cursor.fetchall()
        return [_converted(row, text.converters) for row in rows] if text.converters else rows

    def _text(self, missing: frozenset[str]) -> _Text:
        key = (connection.vendor, missing)
        if key not in self._texts:
            self._texts[key] = self._made(missing)
        return self._texts[key]

    def _made(self, missing: frozenset[str]) -> _Text:
        """Put the query together with samples, by which its parameters are told apart."""
        samples = {
            name: None if name in missing else _SAMPLES[kind](n)
            for n, (name, kind) in enumerate(self._kinds.items())
        }
        compiler = self._make(**samples).query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        named = {
            _FIELDS[self._kinds[name]].get_db_prep_value(sample, connection): name
            for name, sample in samples.items()
            if sample is not None
        }
        columns = [column for column, _told, _alias in compiler.select]
        converters = compiler.get_converters(columns)
        return _Text(
            sql,
            tuple(parameters),
            tuple(named.get(one, "") for one in parameters),
            tuple((at, convert, column) for at, (convert, column) in converters.items()),
        )


def _converted(
    row: tuple[Any, ...], converters: tuple[tuple[int, Any, Any], ...]
) -> tuple[Any, ...]:
    """Return a row as the columns' fields read it."""
    values = list(row)
    for at, convert, column in converters:
        for one in convert:
            values[at] = one(values[at], column, connection)
    return tuple(values)
