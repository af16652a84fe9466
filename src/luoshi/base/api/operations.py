"""Operations of rooms: each names its verb, as a page does, and is judged at the same table."""

import inspect
import typing
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from ninja import Router
from ninja.params.models import Header
from pydantic import BaseModel

from luoshi.base.api.errors import REPEATED, UNKNOWN, field_error, pointer_to
from luoshi.base.api.problems import NotValid
from luoshi.base.kept import Edition, edition_of
from luoshi.base.threads import Actor
from luoshi.base.verbs import Verb
from luoshi.rules.journal import KnownAtUnknown
from luoshi.rules.refusals import NotAllowed
from luoshi.rules.tokens import TokenMissing, check_good_for

READING = "GET"


class Bearer:
    """The door of an operation: lets in whose post may do its verb to anything, by a token."""

    openapi_security_schema: ClassVar = {"type": "http", "scheme": "bearer", "bearerFormat": "ls_…"}

    def __init__(
        self, verb: Verb, *, writes: bool, takes: Mapping[str, bool] | None = None
    ) -> None:
        self.verb, self.writes, self.takes = verb, writes, takes

    def __call__(self, request: HttpRequest) -> Actor:
        """Return who acts. Raises what the token lets nobody in for, TokenTooNarrow, NotAllowed.

        The verb stands on the request for the audit list, whatever comes of it. A query that says
        what the operation does not take is refused (NotValid): a filter with a slip in its name
        would give the whole list, and of one that is sent twice half of what was meant.
        ``takes`` are the names of a query, with whether several of a name may stand there.
        """
        request.verb = self.verb  # type: ignore[attr-defined]  # ours
        actor: Actor | None = getattr(request, "actor", None)
        if actor is None:
            raise getattr(request, "token_refused", TokenMissing())
        token = getattr(request, "token", None)
        if token is not None:
            check_good_for(token, self.verb.name, writes=self.writes)
        if not self.verb.opens_to(actor):
            raise NotAllowed(verb=self.verb.name)
        if wrong := self._wrong_in(request):
            raise NotValid(errors=wrong)
        return actor

    def _wrong_in(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Return what of a query cannot be taken, the first twenty."""
        if self.takes is None:
            return []
        strange = [(one, UNKNOWN) for one in request.GET if one not in self.takes]
        twice = [
            (one, REPEATED)
            for one, several in self.takes.items()
            if not several and len(request.GET.getlist(one)) > 1
        ]
        wrong = sorted([*strange, *twice])[:20]
        return [field_error(pointer_to(["query", one]), code) for one, code in wrong]


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks, when, and of which day and state of knowledge; ``is_named``: the day was.

    ``edition`` is the last entry of the district as it is now.
    """

    request: HttpRequest
    actor: Actor
    at: datetime
    today: date
    day: date
    is_named: bool
    known_at: int | None
    edition: Edition


def asked_by(
    request: HttpRequest, *, as_of: date | None = None, known_at: int | None = None
) -> Asked:
    """Return what a request asks about; today (in a demo its opening day) without a day.

    Raises KnownAtUnknown.
    """
    actor: Actor = request.actor  # type: ignore[attr-defined]  # its door let a post in
    edition = edition_of(actor.district)
    if known_at is not None and not 0 <= known_at <= edition.number:
        raise KnownAtUnknown(known_at=known_at, last=edition.number)
    at = timezone.now()
    today = timezone.localdate(at)
    return Asked(
        request=request,
        actor=actor,
        at=at,
        today=today,
        day=as_of or settings.OPENING_DAY or today,
        is_named=as_of is not None,
        known_at=known_at,
        edition=edition,
    )


def asked_again(asked: Asked) -> Asked:
    """Return who asks as they stand after a wait: a token may be taken back meanwhile.

    Raises what the token lets nobody in for, NotAllowed.
    """
    request: Any = asked.request
    request.let_in()
    actor: Actor = request.actor
    if not request.verb.opens_to(actor):
        raise NotAllowed(verb=request.verb.name)
    return replace(asked, actor=actor)


class Room(Router):
    """The operations of one room; each is added by what it does: ``reads``, ``lists``, ``writes``.

    The functions that ``base.api.gets`` and ``base.api.puts`` make are joined here to ninja.
    """

    def __init__(self, name: str) -> None:
        super().__init__(tags=[name])

    def joined(
        self,
        view: Callable[..., Any],
        *,
        path: str,
        method: str,
        verb: Verb,
        name: str,
        gives: Any,
        says: str,
    ) -> None:
        """Add an operation: the verb stands on its view, as on that of a page."""
        view.__name__ = name
        view.verb = verb  # type: ignore[attr-defined]
        self.add_api_operation(
            path,
            [method],
            view,
            auth=Bearer(verb, writes=method != READING, takes=_queried(view, path)),
            response=gives,
            operation_id=name,
            summary=_title(name),
            description=inspect.cleandoc(says),
        )


def _queried(view: Callable[..., Any], path: str) -> dict[str, bool]:
    """Return the names that the query of an operation may have, and whether several of each."""
    found: dict[str, bool] = {}
    for name, one in list(inspect.signature(view).parameters.items())[1:]:
        hint = next(iter(typing.get_args(one.annotation)), one.annotation)
        if isinstance(hint, type) and issubclass(hint, BaseModel):
            for field, told in hint.model_fields.items():
                found[field] = typing.get_origin(told.annotation) is list
        elif not isinstance(one.default, Header):
            found[name] = False
    return {name: several for name, several in found.items() if name not in named_in(path)}


def _title(name: str) -> str:
    return name.replace("_", " ").capitalize()


def with_signature(
    view: Callable[..., Any], parameters: Sequence[inspect.Parameter]
) -> Callable[..., Any]:
    """Give a view the signature by which ninja reads what is sent."""
    request = inspect.Parameter("request", inspect.Parameter.POSITIONAL_OR_KEYWORD)
    view.__signature__ = inspect.Signature([request, *parameters])  # type: ignore[attr-defined]
    return view


def keyword(name: str, hint: Any, default: Any = inspect.Parameter.empty) -> inspect.Parameter:
    """Return a keyword parameter."""
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=hint, default=default)


def own_parameters(function: Callable[..., Any]) -> list[inspect.Parameter]:
    """Return what a room's function asks for besides who asks."""
    found = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
    return [one.replace(kind=inspect.Parameter.KEYWORD_ONLY) for one in found]


PATH_TYPES: Mapping[str, Any] = {"uuid": UUID, "int": int, "str": str, "slug": str}
"""What stands for each converter of an address."""


def named_in(path: str) -> dict[str, Any]:
    """Return the names in an address, with their types: {uuid:matter_id} is a UUID."""
    found = {}
    for part in path.split("{")[1:]:
        converter, _colon, name = part.partition("}")[0].partition(":")
        found[name] = PATH_TYPES[converter]
    return found
