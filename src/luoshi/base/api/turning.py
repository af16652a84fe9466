"""Pages of a list: so many rows after a key, so that rows which come meanwhile shift nothing."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from luoshi.base.api.plain import plain

M = TypeVar("M", bound=Model)
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn:
    """Which rows of a list are asked for: so many after a key, from the beginning without one."""

    after: Any
    limit: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows of a list, the key to go on after (None at the end), and how many there are in all."""

    rows: Sequence[Any]
    after: Any
    total: int | None = None

    def each(self, line: Callable[[Any], Any]) -> "Page":
        """Return the page with every row as the list gives it."""
        return replace(self, rows=[line(row) for row in self.rows])


def page_of(rows: QuerySet[M], turn: Turn, *, is_counted: bool = True) -> Page:
    """Return a page of the rows of a query: what follows a row in the query's own order.

    The order ends in what tells every row apart, and holds no NULL. Only the page is read; one
    query more counts all rows, unless ``is_counted`` says that there are too many.
    """
    order = [str(name) for name in rows.query.order_by]
    total = rows.count() if is_counted else None
    onward = rows if turn.after is None else rows.filter(_following(order, turn.after))
    found = list(onward[: turn.limit + 1])
    page = found[: turn.limit]
    return Page(page, _key(page[-1], order) if len(found) > len(page) else None, total)


def page_among(rows: Sequence[T], turn: Turn, *, key_of: Callable[[T], str]) -> Page:
    """Return a page of rows that are at hand.

    The key is that of the last row given and its place: where the row is gone meanwhile, the list
    goes on at its place.
    """
    start = 0
    if turn.after is not None:
        last, place = turn.after
        known = {key_of(row): at for at, row in enumerate(rows)}
        start = known[last] + 1 if last in known else min(place, len(rows))
    end = start + turn.limit
    page = rows[start:end]
    after = [key_of(page[-1]), end - 1] if page and end < len(rows) else None
    return Page(page, after, len(rows))


def page_merged(queries: Sequence[QuerySet[Any]], turn: Turn) -> Page:
    """Return a page of several queries of one ascending order, as one list in that order.

    Of equal rank, the rows of an earlier query come first. ``page.rows`` tells the place of each
    row's query beside it.
    """
    found: list[tuple[Any, int, Any]] = []
    order = [str(name) for name in queries[0].query.order_by]
    for place, rows in enumerate(queries):
        onward = rows if turn.after is None else rows.filter(_after(order, place, turn.after))
        found += [(_value(row, order[0]), place, row) for row in onward[: turn.limit + 1]]
    found.sort(key=lambda one: one[:2])
    page = [(place, row) for _rank, place, row in found[: turn.limit]]
    after = None
    if len(found) > len(page):
        place, row = page[-1]
        after = [place, *_key(row, order)]
    return Page(page, after, sum(rows.count() for rows in queries))


def _after(order: Sequence[str], place: int, key: Sequence[Any]) -> Q:
    """Return what of the query at a place stands after a key of one of them."""
    last, *values = key
    if place == last:
        return _following(order, values)
    return Q(**{f"{order[0]}__{'gte' if place > last else 'gt'}": values[0]})


def _key(row: Model, order: Sequence[str]) -> list[Any]:
    return [plain(_value(row, name.removeprefix("-"))) for name in order]


def _value(row: Any, path: str) -> Any:
    return reduce(getattr, path.split("__"), row)


def _following(order: Sequence[str], key: Sequence[Any]) -> Q:
    """Return the condition of what stands after a key: (a, b) > (x, y), each in its direction."""
    found, equal = Q(), Q()
    for name, value in zip(order, key, strict=True):
        field = name.removeprefix("-")
        way = "lt" if name.startswith("-") else "gt"
        found |= equal & Q(**{f"{field}__{way}": value})
        equal &= Q(**{field: value})
    return found
