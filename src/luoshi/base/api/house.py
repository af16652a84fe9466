"""The interface itself: rooms joined to one set of addresses, refusals answered in one place."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import URLPattern, path
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError
from ninja.operation import Operation, PathView
from ninja.router import BoundRouter
from ninja.utils import normalize_path, replace_path_param_notation

from luoshi.base.api.answers import JSON
from luoshi.base.api.errors import not_valid, not_valid_by
from luoshi.base.api.problems import (
    MethodNotKnown,
    NothingAcceptable,
    RequestUnreadable,
    problem,
)
from luoshi.base.api.reading import Reader, TextRefused, too_large
from luoshi.base.api.schema import Schema
from luoshi.rules.refusals import NotFound, Refusal

Answered = Callable[[HttpRequest, Any], HttpResponse]


class House(NinjaAPI):
    """Every operation of the rooms; refusals leave it as problems, faults as faults."""

    def __init__(self, **given: Any) -> None:
        super().__init__(docs_url=None, openapi_url=None, parser=Reader(), **given)
        answers: dict[type[Exception], Answered] = {
            Refusal: lambda _request, refusal: problem(refusal),
            ValidationError: lambda _request, cause: problem(not_valid_by(cause.errors)),
            TextRefused: lambda _request, cause: problem(_text_refused(cause)),
            Http404: lambda _request, _cause: problem(NotFound(what="address")),
            RequestDataTooBig: lambda _request, _cause: problem(too_large()),
            HttpError: lambda _request, _cause: problem(RequestUnreadable(why="json")),
        }
        for kind, answer in answers.items():
            self.add_exception_handler(kind, answer)

    def get_openapi_schema(self, **given: Any) -> Schema:
        """Return the schema of all operations."""
        return Schema(self, given.get("path_prefix") or "")

    def bound_rooms(self) -> "list[BoundRouter]":
        """Return the rooms with their operations."""
        return self._get_bound_routers()

    def _get_urls(self) -> list[Any]:
        """Return a door for every address: its verbs stand on it by method."""
        return [
            door
            for bound in self.bound_rooms()
            for door in _doors(bound.prefix, bound.path_operations)
        ]


def _text_refused(cause: TextRefused) -> Refusal:
    pointer, code, most = cause.args
    place = pointer if pointer.startswith("/") else f"/{pointer}"
    return not_valid(place, code, most=most)


def _doors(prefix: str, views: dict[str, PathView]) -> Iterator[URLPattern]:
    for address, view in views.items():
        route = normalize_path("/".join(part for part in (prefix, address) if part))
        name = f"api_{view.operations[0].operation_id}"
        yield path(replace_path_param_notation(route).lstrip("/"), _door(view), name=name)


def _door(view: PathView) -> Callable[..., HttpResponseBase]:
    """Return the view of one address, which may take several methods."""
    by_method = {method: each for each in view.operations for method in each.methods}
    allowed = sorted({*by_method, "OPTIONS", *(["HEAD"] if "GET" in by_method else [])})

    def let_in(request: HttpRequest, **named: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            return _options(allowed)
        is_head = request.method == "HEAD"
        operation = by_method.get("GET" if is_head else request.method or "")
        if operation is None:
            return problem(MethodNotKnown(allowed=allowed))
        if not _is_accepted(request, operation):
            return problem(NothingAcceptable(given=JSON))
        response = operation.run(request, **named)
        return _headers_of(response) if is_head else response

    let_in.csrf_exempt = True  # type: ignore[attr-defined]  # no session counts here
    let_in.verbs = {  # type: ignore[attr-defined]
        method: getattr(each.view_func, "verb", None) for method, each in by_method.items()
    }
    let_in.exported = tuple(  # type: ignore[attr-defined]
        verb for each in view.operations if (verb := getattr(each.view_func, "exports", None))
    )
    return let_in


def _options(allowed: list[str]) -> HttpResponse:
    response = HttpResponse(status=204, headers={"Allow": ", ".join(allowed)})
    del response.headers["Content-Type"]
    return response


def _headers_of(response: HttpResponseBase) -> HttpResponseBase:
    """Return an answer without its content, as HEAD has it (RFC 9110 §9.3.2)."""
    if isinstance(response, HttpResponse):
        response.headers["Content-Length"] = str(len(response.content))
        response.content = b""
    return response


def _is_accepted(request: HttpRequest, operation: Operation) -> bool:
    """Tell whether who asks takes JSON (RFC 9110 §12.5.1); CSV and files are asked for by name."""
    is_named = request.GET.get("format") == "csv" or getattr(
        operation.view_func, "gives_file", False
    )
    return is_named or not request.headers.get("Accept", "").strip() or request.accepts(JSON)
