"""Operations that read: one thing, or a list in pages, of any day and state of knowledge."""

import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja.params.functions import Query
from pydantic import AfterValidator, BeforeValidator, create_model
from pydantic_core import PydanticCustomError

from luoshi.base.api.answers import (
    as_csv,
    as_json,
    is_known,
    marked,
    not_modified,
    tag_by_content,
    tag_by_edition,
)
from luoshi.base.api.cursors import cursor_of, key_in
from luoshi.base.api.operations import (
    Asked,
    Bearer,
    Room,
    asked_by,
    keyword,
    own_parameters,
    with_signature,
)
from luoshi.base.api.turning import Page, Turn, page_among
from luoshi.base.verbs import Verb
from luoshi.rules.days import is_reckonable

MOST_ROWS = 200
USUAL_ROWS = 50
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def _iso(typed: object) -> object:
    """Take days as ISO has them only: a bare number would be read as seconds."""
    if isinstance(typed, str) and not _DAY.fullmatch(typed):
        raise PydanticCustomError("date_parsing", "no ISO day")
    return typed


def _reckonable(day: date) -> date:
    if not is_reckonable(day):
        raise PydanticCustomError("date_from_datetime_inexact", "nothing is reckoned from it")
    return day


Day = Annotated[date, BeforeValidator(_iso), AfterValidator(_reckonable)]


def _days(*, of_a_day: bool, of_knowledge: bool) -> list[inspect.Parameter]:
    """Return the parameters by which a day and a state of knowledge are asked for."""
    of_day = "The day that is asked about; today without it."
    of_number = "As it was known after the entry of this number."
    number = Query(None, ge=0, le=2**53, description=of_number)
    day = [keyword("as_of", Day | None, Query(None, description=of_day))] if of_a_day else []
    return [*day, *([keyword("known_at", int | None, number)] if of_knowledge else [])]


def _paging() -> list[inspect.Parameter]:
    """Return the parameters by which a list is turned over, and written."""
    form = Literal["json", "csv"]
    return [
        keyword("limit", int, Query(USUAL_ROWS, ge=1, le=MOST_ROWS, description="Rows of a page.")),
        keyword("cursor", str, Query("", description="``next`` of the page before.")),
        keyword("format", form, Query("json", description="How rows are written.")),
    ]


PAGING = tuple(one.name for one in _paging())


def reads(
    room: Room, path: str, verb: Verb, *, gives: Any, of_a_day: bool = False, tagged: bool = True
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an operation that reads one thing; what its function returns is the answer.

    ``of_a_day``: it takes ``as_of`` and ``known_at``. ``tagged``: it hangs on the journal alone.
    A function may return an HttpResponse instead (a file).
    """

    def added(function: Callable[..., Any]) -> Callable[..., Any]:
        def view(request: Any, **given: Any) -> HttpResponse:
            day, known_at = given.pop("as_of", None), given.pop("known_at", None)
            asked = asked_by(request, as_of=day, known_at=known_at)
            tag = tag_by_edition(asked) if tagged else ""
            if tag and is_known(request, tag):
                return not_modified(asked, tag)
            return _answered(asked, function(asked, **given), tag)

        view.gives_file = gives is bytes  # type: ignore[attr-defined]
        parameters = [*own_parameters(function), *_days(of_a_day=of_a_day, of_knowledge=of_a_day)]
        room.joined(
            with_signature(view, parameters),
            path=path,
            method="GET",
            verb=verb,
            name=function.__name__,
            gives=gives,
            says=function.__doc__ or "",
        )
        return function

    return added


def _answered(asked: Asked, found: Any, tag: str) -> HttpResponse:
    response = found if isinstance(found, HttpResponse) else as_json(found)
    tag = tag or tag_by_content(response)
    return (
        not_modified(asked, tag) if is_known(asked.request, tag) else marked(response, asked, tag)
    )


def lists(
    room: Room,
    path: str,
    verb: Verb,
    *,
    of: type,
    key: str = "id",
    of_a_day: bool = True,
    of_knowledge: bool | None = None,
    tagged: bool = True,
    turns: bool = False,
    exports: Verb | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Add an operation that reads a list of ``of``, in pages and as CSV.

    Its function returns every row in its order, told apart by ``key``; with ``turns`` it is given
    a Turn and returns a Page. ``of_a_day``: it takes ``as_of``, and ``known_at`` too unless
    ``of_knowledge`` says otherwise (what is kept beside the journal has one state). ``exports`` is
    the verb of taking the list out as CSV, where it has one of its own: it is judged, and listed by
    the audit, as the download of the page is.
    """

    knows = of_a_day if of_knowledge is None else of_knowledge

    def added(function: Callable[..., Any]) -> Callable[..., Any]:
        shape = listed_of(of, of_a_day=of_a_day, of_knowledge=knows)
        listing = _Listing(function, of, frozenset(shape.model_fields), key, tagged, turns, exports)

        def view(request: Any, **given: Any) -> HttpResponse:
            return listing.answer(request, given)

        own = own_parameters(function)[1 if turns else 0 :]
        room.joined(
            with_signature(view, [*own, *_days(of_a_day=of_a_day, of_knowledge=knows), *_paging()]),
            path=path,
            method="GET",
            verb=verb,
            name=function.__name__,
            gives=shape,
            says=function.__doc__ or "",
        )
        view.exports, view.has_csv = exports, True  # type: ignore[attr-defined]
        return function

    return added


@dataclass(frozen=True, slots=True)
class _Listing:
    """A list behind its address."""

    function: Callable[..., Any]
    kind: type
    told: frozenset[str]
    key: str
    tagged: bool
    turns: bool
    exports: Verb | None

    def answer(self, request: Any, given: dict[str, Any]) -> HttpResponse:
        """Return the page that is asked for, as JSON or CSV, or 304."""
        day, known_at = given.pop("as_of", None), given.pop("known_at", None)
        paging = {name: given.pop(name) for name in PAGING}
        if paging["format"] == "csv" and self.exports is not None:
            Bearer(self.exports, writes=False)(request)
        asked = asked_by(request, as_of=day, known_at=known_at)
        tag = tag_by_edition(asked) if self.tagged else ""
        if tag and is_known(request, tag):
            return not_modified(asked, tag)
        name = self.function.__name__
        named = (name, asked.actor.district, day, known_at, sorted_pairs(given))
        page = self._page(asked, Turn(key_in(paging["cursor"], named), paging["limit"]), given)
        onward = None if page.after is None else cursor_of(page.after, named)
        return _answered(asked, self._written(asked, page, onward, paging["format"]), tag)

    def _page(self, asked: Asked, turn: Turn, given: dict[str, Any]) -> Page:
        if self.turns:
            page: Page = self.function(asked, turn, **given)
            return page
        rows = list(self.function(asked, **given))
        return page_among(rows, turn, key_of=lambda row: str(getattr(row, self.key)))

    def _written(self, asked: Asked, page: Page, onward: str | None, form: str) -> HttpResponse:
        if form == "csv":
            response = as_csv(page.rows, self.kind)
        else:
            told = {
                "items": page.rows,
                "next": onward,
                "total": page.total,
                "last_entry": asked.edition.number,
                "as_of": asked.day,
                "known_at": asked.known_at,
            }
            response = as_json({name: one for name, one in told.items() if name in self.told})
        if onward:
            query = asked.request.GET.copy()
            query["cursor"] = onward
            response.headers["Link"] = f'<{asked.request.path}?{query.urlencode()}>; rel="next"'
        return response


def sorted_pairs(given: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return what a list is narrowed to, as a cursor is held to it."""
    return tuple(sorted((name, repr(value)) for name, value in given.items()))


def listed_of(kind: type, *, of_a_day: bool, of_knowledge: bool) -> Any:
    """Return the shape of a page: its rows, where it goes on, how many there are in all."""
    days: dict[str, Any] = {"as_of": (date, ...)} if of_a_day else {}
    days |= {"known_at": (int | None, ...)} if of_knowledge else {}
    return create_model(
        f"{kind.__name__}Page",
        items=(list[kind], ...),  # type: ignore[valid-type]  # made at run time
        next=(str | None, ...),
        total=(int | None, ...),
        last_entry=(int, ...),
        **days,
    )
