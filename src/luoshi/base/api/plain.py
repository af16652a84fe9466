"""Facts and states as plain data: what JSON holds, amounts and days as strings."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, TypeVar
from uuid import UUID

from luoshi.rules.journal import moment

T = TypeVar("T")


def plain(value: object) -> object:
    """Return a value as JSON holds it; an amount is a string without idle zeros, never a float."""
    match value:
        case None | bool() | int():
            return value
        case Enum():
            return value.value
        case str():
            return str(value)
        case Decimal():
            return amount(value)
        case datetime():
            return moment(value)
        case date():
            return value.isoformat()
        case UUID() | Fraction():
            return str(value)
    return _composed(value)


def _composed(value: object) -> object:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(plain(key)): plain(each) for key, each in value.items()}
    if isinstance(value, set | frozenset):
        return sorted((plain(each) for each in value), key=str)
    if isinstance(value, list | tuple):
        return [plain(each) for each in value]
    return str(value)


def amount(value: Decimal | None) -> str | None:
    """Return an amount without idle zeros; None where there is none."""
    if value is None:
        return None
    return f"{value.normalize():f}" if value.is_finite() else str(value)


def shown_as(kind: type[T], row: object, **given: Any) -> T:
    """Return a line of a list: what is not given has the row's own word of the same name."""
    named = {field.name for field in fields(kind)} - given.keys()  # type: ignore[arg-type]
    return kind(**{name: getattr(row, name) for name in named}, **given)
