"""The record of a unit or post in words, the newest line first."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from luoshi.base.days import local_day
from luoshi.organisation import queries
from luoshi.organisation.queries import Visitor
from luoshi.organisation.timeline import told
from luoshi.rules.journal import Entry


def record_lines(visitor: Visitor, record: Sequence[Entry[Any]]) -> list[dict[str, Any]]:
    """Return the lines of a record; units and posts bear the names of each line's own day."""
    named = {one for entry in record for one in _ids(entry.fact)}
    signed = {one for entry in record for one in (entry.by.post, entry.by.unit) if one}
    calls = queries.names_by_day(visitor, named | signed)
    people = queries.people_named(visitor, named)

    def name(one: UUID | None, on: date) -> str:
        if one is None:
            return ""
        known = people.get(one)
        return (known.name if known else calls(one, on)) or "—"

    return [
        {
            "number": entry.number,
            "on": entry.on,
            "at": entry.at,
            "verb": told(entry, name),
            "unit": calls(entry.by.unit, entry.on) if entry.by.unit else "",
            "post": calls(entry.by.post, entry.on) if entry.by.post else "",
            "is_backdated": local_day(entry.at) > entry.on,
        }
        for entry in reversed(record)
    ]


def _ids(fact: Any) -> set[UUID]:
    """Return the units, posts and persons that a fact names."""
    found = {getattr(fact, name, None) for name in ("parent", "person", "unit", "head")}
    more = (*getattr(fact, "successors", ()), *getattr(fact, "reviewers", ()))
    return {one for one in (*found, *more) if one is not None}
