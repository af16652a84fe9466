"""Operations that write: the same commands as pages, their bodies read by the commands' own types.

Each write names what its writer saw (``expected``) and a command id (``Idempotency-Key``): the same
id again is the same command and has the same answer. What a command records the journal knows by
that id; of what is written beside it the answer is kept (``base.command_answers``).
"""

import inspect
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import Enum
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from ninja.params.functions import Header
from pydantic import BaseModel

from luoshi.base import command_answers
from luoshi.base.api.answers import JSON, encoded
from luoshi.base.api.bodies import Call, body_of_call, call_of
from luoshi.base.api.errors import not_valid
from luoshi.base.api.operations import (
    Asked,
    Room,
    asked_by,
    keyword,
    named_in,
    with_signature,
)
from luoshi.base.api.sent import said_in, upload_in, uploads_in
from luoshi.base.command_answers import Given, Key
from luoshi.base.queries import day_of_command, entries_under
from luoshi.base.verbs import Verb
from luoshi.rules.journal import CommandIdReused, KnownAtUnknown

Tells = Callable[[Asked, Any], dict[str, Any]]


class Again(Enum):
    """What makes the same key again the same answer."""

    KNOWN = "known"
    """The command knows its own id: the journal does, or the row that it made has it as its key."""
    AT_ONCE = "at once"
    """The answer is kept, committed together with what the command wrote."""
    STEP_BY_STEP = "step by step"
    """The answer is kept after a long command that commits as it goes."""


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
    """What a command made: its entries, and what else its operation tells.

    ``withheld`` names what ``result`` showed when the command was done and shows never again.
    """

    command_id: UUID
    entries: list[EntryWritten]
    result: dict[str, Any] | None = None
    withheld: list[str] = field(default_factory=list)

    def without(self, secrets: tuple[str, ...]) -> "Written":
        """Return it as it is kept."""
        if not secrets or self.result is None:
            return self
        known = {name: None if name in secrets else one for name, one in self.result.items()}
        return replace(self, result=known, withheld=list(secrets))


def writes(
    room: Room,
    path: str,
    verb: Verb,
    command: Callable[..., Any],
    *,
    name: str = "",
    begins: bool = False,
    tells: Tells | None = None,
    again: Again | None = None,
    secrets: tuple[str, ...] = (),
) -> None:
    """Add an operation that carries a command out.

    ``begins``: it begins a thread, of which nobody can have seen anything. A command whose first
    parameter is ``asked`` is a function of the room's own that calls the command in its turn.
    ``tells`` makes more of what the command returned; ``secrets`` names what of it is shown once.
    ``again``: without it, a command that is told its id knows it, of others the answer is kept.
    """
    call = call_of(command, named_in(path))
    body = body_of_call(call, name or verb.name, begins=begins)
    again = again or (Again.KNOWN if call.knows_its_id else Again.AT_ONCE)
    one = _Operation(call=call, body=body, tells=tells, again=again, secrets=secrets)

    def view(request: HttpRequest, **given: Any) -> HttpResponse:
        return one.answer(request, given)

    path_parameters = [keyword(each, hint) for each, hint in named_in(path).items()]
    with_signature(view, [*path_parameters, *_headers(with_seen=call.wants_expected)])
    view.body = body  # type: ignore[attr-defined]
    view.takes = (call.uploads, call.upload)  # type: ignore[attr-defined]
    view.again = again  # type: ignore[attr-defined]
    room.joined(
        view,
        path=path,
        method="POST",
        verb=verb,
        name=name or verb.name,
        gives=Written,
        says=inspect.cleandoc(command.__doc__ or ""),
    )


def _headers(*, with_seen: bool) -> list[inspect.Parameter]:
    """Return the headers of a write."""
    says_key = "The command's id: a new UUID for each; the same again is the same command."
    says_seen = "The ETag of what was seen, in place of ``expected``."
    key = keyword("idempotency_key", UUID, Header(alias="Idempotency-Key", description=says_key))
    seen = keyword("if_match", str | None, Header(None, alias="If-Match", description=says_seen))
    return [key, seen] if with_seen else [key]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operation:
    """A command behind its address."""

    call: Call
    body: type[BaseModel]
    tells: Tells | None
    again: Again
    secrets: tuple[str, ...]

    def answer(self, request: HttpRequest, given: dict[str, Any]) -> HttpResponse:
        """Carry the command out, or answer as it was answered."""
        key, seen = given.pop("idempotency_key"), given.pop("if_match", None)
        asked = asked_by(request)
        said = said_in(request, self.body, self.call)
        told = {name: getattr(said, name) for name in self.call.fields if hasattr(said, name)}
        told |= _files(request, self.call)

        def work() -> Given:
            found = self._carried_out(asked, said, key, seen, {**given, **told})
            entries = [EntryWritten(**row) for row in entries_under(asked.actor.district, key)]
            result = self.tells(asked, found) if self.tells else None
            made = Written(command_id=key, entries=entries, result=result)
            return Given(_text(made), _text(made.without(self.secrets)))

        if self.again is Again.KNOWN:
            return _answered(work().sent)
        content = _digest(request.path, said, told.get(self.call.upload))
        named = Key(
            district=asked.actor.district,
            person=asked.actor.person,
            command_id=key,
            content=content,
        )
        once = (
            command_answers.done_once if self.again is Again.AT_ONCE else command_answers.begun_once
        )
        return _answered(once(named, work, at=asked.at))

    def _carried_out(
        self, asked: Asked, said: BaseModel, key: UUID, seen: str | None, told: dict[str, Any]
    ) -> Any:
        """Call the command; without a day it holds from today, sent again from its first day."""
        first = {"asked": asked} if "asked" in self.call.hints else {}
        on = getattr(said, "on", None)
        how = _how(self.call, asked, said, key, seen)
        try:
            return self.call.command(**first, **told, **how(on or asked.today))
        except CommandIdReused:
            recorded = day_of_command(asked.actor.district, key)
            if on is not None or recorded in {None, asked.today}:
                raise
            return self.call.command(**first, **told, **how(recorded or asked.today))


def _answered(text: str) -> HttpResponse:
    return HttpResponse(text.encode(), content_type=JSON)


def _text(made: Written) -> str:
    return encoded(made).decode()


def _files(request: HttpRequest, call: Call) -> dict[str, Any]:
    """Return the files that a command takes, by their name in it."""
    found: dict[str, Any] = {}
    if call.uploads:
        found[call.uploads] = uploads_in(request, call.uploads)
    if call.upload:
        found[call.upload] = upload_in(request, call.upload)
    return found


def _digest(path: str, said: BaseModel, upload: Any) -> str:
    """Return the digest of all that is asked: where, what the body says, and the file's content."""
    told = json.dumps(said.model_dump(mode="json"), sort_keys=True)
    digest = sha256(f"{path}\n{told}\n".encode())
    if upload is not None:
        digest.update(f"{upload.name}\n".encode())
        for chunk in upload.chunks():
            digest.update(chunk)
        upload.seek(0)
    return digest.hexdigest()


def _how(
    call: Call, asked: Asked, said: BaseModel, key: UUID, seen: str | None
) -> Callable[[date], dict[str, Any]]:
    """Return how the command came, from the day it holds from on, as it asks for it."""
    known = {"command_id": key, "by": asked.actor, "at": asked.at, "day": asked.today}
    if call.wants_expected:
        expected = _expected(getattr(said, "expected", None), seen)
        if call.knows_its_id:  # of what is recorded; a row beside the journal counts by itself
            _check_reached(expected, asked)
        known["expected"] = expected

    def from_day(on: date) -> dict[str, Any]:
        how = known | {"on": on}
        if "sent" not in call.how:
            return {name: how[name] for name in call.how}
        made = call.hints["sent"]
        names = made.__dataclass_fields__.keys()
        sent = {name: how[name] for name in names & how.keys()}
        if "consent" in names:
            sent["consent"] = getattr(said, "consent", "")
        return {"sent": made(**sent)}

    return from_day


def _expected(typed: int | None, seen: str | None) -> int:
    """Return what the writer saw: from the body, or the number that an ETag begins with."""
    if typed is not None:
        return typed
    number = (seen or "").removeprefix("W/").strip('"').partition("-")[0]
    if number.isascii() and number.isdecimal() and len(number) < len(str(2**53)):
        return int(number)
    raise not_valid("/body/expected", "missing")


def _check_reached(expected: int, asked: Asked) -> None:
    """Refuse a number that the line has not reached. Raises KnownAtUnknown.

    After a restored backup its writer saw what is no more, and what others wrote since would count
    as seen.
    """
    if expected > asked.edition.number:
        raise KnownAtUnknown(known_at=expected, last=asked.edition.number)
