"""Operations that write: the same commands as pages, their bodies read by the commands' own types.

Each write names what its writer saw (``expected``) and a command id (``Idempotency-Key``): the same
id again is the same command and has the same answer.
"""

import inspect
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

import pydantic
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Header
from pydantic import BaseModel, ConfigDict, Field, StringConstraints, create_model

from luoshi.base import files
from luoshi.base.api.answers import as_json
from luoshi.base.api.errors import not_valid, not_valid_by
from luoshi.base.api.operations import (
    Asked,
    Room,
    asked_by,
    keyword,
    named_in,
    with_signature,
)
from luoshi.base.api.problems import BodyTooLarge, MediaTypeRefused, RequestUnreadable
from luoshi.base.api.reading import LONGEST, LONGEST_OF, body_of, json_in, too_large
from luoshi.base.files import SealedFile
from luoshi.base.queries import entries_under
from luoshi.base.verbs import Verb

HOW = frozenset({"sent", "on", "expected", "command_id", "by", "at", "day"})
"""How a command came: from the headers, the token and the clock, never typed into the body."""
MOST_FILES = 5
"""So many of the largest files may be sent at once."""
MULTIPART, JSON = "multipart/form-data", "application/json"


def _headers(*, with_seen: bool) -> list[inspect.Parameter]:
    """Return the headers of a write."""
    says_key = "The command's id: a new UUID for each; the same again is the same command."
    says_seen = "The ETag of what was seen, in place of ``expected``."
    key = keyword("idempotency_key", UUID, Header(alias="Idempotency-Key", description=says_key))
    seen = keyword("if_match", str | None, Header(None, alias="If-Match", description=says_seen))
    return [key, seen] if with_seen else [key]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryWritten:
    """One entry of the journal that a command made."""

    number: int
    thread: UUID
    no: int
    kind: str
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a command made: its entries, and what else its operation tells."""

    command_id: UUID
    entries: list[EntryWritten]
    result: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class _Call:
    """A command as its operation calls it: what is typed, what stands in files, how it comes."""

    command: Callable[..., Any]
    hints: Mapping[str, Any]
    fields: Mapping[str, Any]
    uploads: str
    upload: str
    how: frozenset[str]

    @property
    def wants_expected(self) -> bool:
        """Tell whether the command is held against what its writer saw."""
        return bool({"sent", "expected"} & self.how)

    @property
    def wants_day(self) -> bool:
        """Tell whether the command holds from a day."""
        return bool({"sent", "on"} & self.how)


def writes(
    room: Room,
    path: str,
    verb: Verb,
    command: Callable[..., Any],
    *,
    name: str = "",
    begins: bool = False,
    tells: Callable[[Asked, Any], dict[str, Any]] | None = None,
) -> None:
    """Add an operation that carries a command out.

    ``begins``: it begins a thread, of which nobody can have seen anything. A command whose first
    parameter is ``asked`` is a function of the room's own that calls the command in its turn.
    ``tells`` makes more of what the command returned.
    """
    call = _call(command, named_in(path))
    body = _body(call, name or verb.name, begins=begins)

    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        key, seen = given.pop("idempotency_key"), given.pop("if_match", None)
        asked = asked_by(request)
        said = _said(request, body, call)
        told = {field: getattr(said, field) for field in call.fields if hasattr(said, field)}
        if call.uploads:
            told[call.uploads] = _uploads(request, call.uploads)
        if call.upload:
            told[call.upload] = _upload(request, call.upload)
        how = _how(call, asked, said, key, seen)
        first = {"asked": asked} if "asked" in call.hints else {}
        found = command(**first, **given, **told, **how)
        entries = [EntryWritten(**row) for row in entries_under(asked.actor.district, key)]
        return as_json(
            Written(command_id=key, entries=entries, result=_result(asked, found, tells))
        )

    path_parameters = [keyword(one, hint) for one, hint in named_in(path).items()]
    with_signature(view, [*path_parameters, *_headers(with_seen=call.wants_expected)])
    view.body = body  # type: ignore[attr-defined]
    view.takes = (call.uploads, call.upload)  # type: ignore[attr-defined]
    room.joined(
        view,
        path=path,
        method="POST",
        verb=verb,
        name=name or verb.name,
        gives=Written,
        says=inspect.cleandoc(command.__doc__ or ""),
    )


def _result(asked: Asked, found: Any, tells: Any) -> dict[str, Any] | None:
    return tells(asked, found) if tells else None


def _call(command: Callable[..., Any], in_path: Mapping[str, Any]) -> _Call:
    """Read a command's own signature."""
    hints = typing.get_type_hints(command, include_extras=True)
    parameters = inspect.signature(command).parameters
    uploads = next((name for name in parameters if hints[name] == tuple[SealedFile, ...]), "")
    upload = next((name for name in parameters if hints[name] is UploadedFile), "")
    how = HOW & parameters.keys()
    if "day" in how and ("sent" in how or hints["day"] is not date):
        how -= {"day"}  # a day of the thing itself, such as that of a document
    typed = {
        name: (_bounded(name, hints[name]), _default(parameter))
        for name, parameter in parameters.items()
        if name not in {*how, *in_path, uploads, upload, "asked"}
    }
    return _Call(command, hints, typed, uploads, upload, how)


def _default(parameter: inspect.Parameter) -> Any:
    return ... if parameter.default is inspect.Parameter.empty else parameter.default


def _bounded(name: str, hint: Any) -> Any:
    """Return a type as the schema tells it: texts have their longest."""
    if hint is not str:
        return hint
    return Annotated[str, StringConstraints(max_length=LONGEST_OF.get(name, LONGEST))]


def _body(call: _Call, name: str, *, begins: bool) -> type[BaseModel]:
    """Return what the body of an operation says: the command's own fields, and how it was sent."""
    how: dict[str, Any] = {}
    if call.wants_day:
        how["on"] = (date | None, Field(None, description="From which day it holds; today."))
    if call.wants_expected:
        says = "Number of the thread's last entry that its writer saw; If-Match says it too."
        whole = Annotated[int, Field(ge=0, le=2**53)]
        how["expected"] = (
            (whole, Field(0, description=says))
            if begins
            else (whole | None, Field(None, description=says))
        )
    if "consent" in getattr(call.hints.get("sent"), "__dataclass_fields__", {}):
        says = "The office's reason for asking a post above the cap."
        how["consent"] = (_bounded("consent", str), Field("", description=says))
    title = "".join(part.capitalize() for part in name.split("_"))
    return create_model(
        f"{title}Body",
        __config__=ConfigDict(extra="forbid"),
        **call.fields,
        **how,
    )


def _said(request: HttpRequest, body: type[BaseModel], call: _Call) -> BaseModel:
    """Return what the body says. Raises RequestUnreadable, NotValid, MediaTypeRefused."""
    content = _content(request, call)
    json_in(content)
    try:
        return body.model_validate_json(content, strict=True)
    except pydantic.ValidationError as cause:
        errors = cause.errors(include_url=False, include_input=False)
        raise not_valid_by(errors, place="body") from cause


def _content(request: HttpRequest, call: _Call) -> bytes:
    taken = [JSON, MULTIPART] if call.uploads else [MULTIPART] if call.upload else [JSON]
    kind = request.content_type or ""
    if kind == MULTIPART and MULTIPART in taken:
        return _part(request)
    if JSON not in taken:
        raise MediaTypeRefused(taken=taken)
    content = body_of(request)
    if kind != JSON and (content or kind == MULTIPART):
        raise MediaTypeRefused(taken=taken)
    return content or b"{}"


def _part(request: HttpRequest) -> bytes:
    """Return the JSON beside files: the part called ``body``, a field or a file.

    What is larger than any form of a page is not read at all.
    """
    most = MOST_FILES * settings.EVIDENCE_MAX_BYTES
    if int(request.headers.get("Content-Length") or 0) > most:
        raise BodyTooLarge(most=most)
    try:
        sent = request.FILES.get("body")
        content = sent.read() if sent else str(request.POST.get("body", "{}")).encode()
    except RequestDataTooBig as cause:
        raise too_large() from cause
    except (SuspiciousOperation, UnicodeError, OSError) as cause:
        raise RequestUnreadable(why="multipart") from cause
    return content


def _uploads(request: HttpRequest, name: str) -> tuple[SealedFile, ...]:
    """Take the files beside the JSON part. Raises what ``base.files`` refuses."""
    if request.content_type != MULTIPART:
        return ()
    return tuple(
        files.take(upload)  # type: ignore[arg-type]  # Django types its size as read-only
        for upload in request.FILES.getlist(name)
    )


def _upload(request: HttpRequest, name: str) -> "UploadedFile[bytes]":
    """Return the one file that the operation is about. Raises NotValid where there is none."""
    found = request.FILES.get(name)
    if found is None:
        raise not_valid(f"/body/{name}", "missing")
    return found


def _how(call: _Call, asked: Asked, said: BaseModel, key: UUID, seen: str | None) -> dict[str, Any]:
    """Return how the command came, as it asks for it."""
    known = {
        "on": getattr(said, "on", None) or asked.today,
        "command_id": key,
        "by": asked.actor,
        "at": asked.at,
        "day": asked.today,
    }
    if call.wants_expected:
        known["expected"] = _expected(getattr(said, "expected", None), seen)
    if "sent" in call.how:
        made = call.hints["sent"]
        names = made.__dataclass_fields__.keys()
        sent = {name: known[name] for name in names & known.keys()}
        if "consent" in names:
            sent["consent"] = getattr(said, "consent", "")
        return {"sent": made(**sent)}
    return {name: known[name] for name in call.how}


def _expected(typed: int | None, seen: str | None) -> int:
    """Return what the writer saw: from the body, or the number that an ETag begins with."""
    if typed is not None:
        return typed
    number = (seen or "").removeprefix("W/").strip('"').partition("-")[0]
    if number.isascii() and number.isdecimal() and len(number) < len(str(2**53)):
        return int(number)
    raise not_valid("/body/expected", "missing")
