"""Every refusal as ``application/problem+json`` (RFC 9457): mapped to HTTP here, once."""

import json
from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.translation.trans_real import parse_accept_lang_header

from luoshi.base.api.plain import plain
from luoshi.base.wording import sentence_for
from luoshi.rules.journal import ChangedMeanwhile, CommandIdReused, CommandUnderWay
from luoshi.rules.refusals import NotAllowed, NotFound, Refusal
from luoshi.rules.tokens import TokenRefused, TokenTooNarrow

ROOT = "/api/v1/"
MEDIA_TYPE = "application/problem+json"
LANGUAGES = ("zh-hans", "en")


class RequestUnreadable(Refusal):
    """The request is no JSON, or holds what no text can hold; facts: ``why``."""

    code = "request_unreadable"


class NotValid(Refusal):
    """Some fields cannot be taken.

    Facts: ``errors``, each with ``pointer`` (RFC 6901, with its place in front: body, query,
    header, path), ``code`` and ``says``.
    """

    code = "not_valid"


class MethodNotKnown(Refusal):
    """The address has no such method; facts: ``allowed``."""

    code = "method_not_known"


class BodyTooLarge(Refusal):
    """More was sent than is taken; facts: ``most`` (bytes)."""

    code = "body_too_large"


class MediaTypeRefused(Refusal):
    """The body is of no type that the operation takes; facts: ``taken``."""

    code = "media_type_refused"


class NothingAcceptable(Refusal):
    """The operation gives nothing of what is accepted; facts: ``given`` (a media type)."""

    code = "nothing_acceptable"


class TooQuick(Refusal):
    """More was written in a minute than is taken; facts: ``seconds`` to wait."""

    code = "too_quick"


class NotReached(Refusal):
    """The database cannot be reached or takes nothing now; facts: none.

    A proxy in front says the same where it cannot reach the server (deploy/unavailable.json).
    """

    code = "not_reached"


class ServerFault(Refusal):
    """A fault of ours; facts: ``quote``, the number under which it is logged."""

    code = "server_fault"


class CursorUnknown(Refusal):
    """The cursor was changed, or belongs to another list; facts: none."""

    code = "cursor_unknown"


STATUS: tuple[tuple[type[Refusal], int], ...] = (
    (TokenRefused, 401),
    (TokenTooNarrow, 403),
    (NotAllowed, 403),
    (NotFound, 404),
    (ChangedMeanwhile, 409),
    (CommandIdReused, 409),
    (CommandUnderWay, 409),
    (RequestUnreadable, 400),
    (MethodNotKnown, 405),
    (NothingAcceptable, 406),
    (BodyTooLarge, 413),
    (MediaTypeRefused, 415),
    (TooQuick, 429),
    (ServerFault, 500),
    (NotReached, 503),
)
"""The status of each kind of refusal; all others are 422."""
UNPROCESSABLE = 422
COME_BACK_AFTER = 10  # seconds, where nobody knows


def language_of(accepted: str) -> str:
    """Return the language of an answer, by ``Accept-Language``: Chinese unless English is wanted.

    The one that is wanted more counts; who wants neither reads Chinese.
    """
    for language, _quality in parse_accept_lang_header(accepted.lower()):
        if language.partition("-")[0] in {"zh", "en"}:
            return "en" if language.startswith("en") else LANGUAGES[0]
    return LANGUAGES[0]


def is_api(request: HttpRequest) -> bool:
    """Tell whether a request is a machine's."""
    return request.path.startswith(ROOT)


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    if refusal.code == "file_too_large":
        return 413
    return next((status for kind, status in STATUS if isinstance(refusal, kind)), UNPROCESSABLE)


def told(refusal: Refusal, status: int) -> dict[str, Any]:
    """Return the document of a refusal: code and facts for machines, the sentence for persons."""
    sentences = {}
    for language in LANGUAGES:
        with translation.override(language):
            sentences[language] = sentence_for(refusal)
    chosen = translation.get_language() or settings.LANGUAGE_CODE
    return {
        "type": f"/api/#{refusal.code}",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "code": refusal.code,
        "detail": sentences.get(chosen, sentences["zh-hans"]),
        "facts": plain(refusal.facts),
        "sentences": sentences,
    }


def problem(refusal: Refusal, *, status: int | None = None) -> HttpResponse:
    """Return a refusal as an answer."""
    found = status or status_of(refusal)
    content = json.dumps(told(refusal, found), ensure_ascii=False)
    response = HttpResponse(content, content_type=MEDIA_TYPE, status=found)
    response.headers["Cache-Control"] = "no-store"
    if found == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="luoshi"'
    if isinstance(refusal, CommandUnderWay):
        response.headers["Retry-After"] = str(refusal.facts["seconds"])
    if isinstance(refusal, NotReached):
        response.headers["Retry-After"] = str(COME_BACK_AFTER)
    if isinstance(refusal, MethodNotKnown):
        response.headers["Allow"] = ", ".join(_listed(refusal.facts["allowed"]))
    return response


def _listed(values: Any) -> Iterable[str]:
    return [str(value) for value in values]


PROBLEM_SCHEMA: dict[str, Any] = {
    "title": "Problem",
    "description": "A refusal (RFC 9457): code and facts for machines, the sentence for persons.",
    "type": "object",
    "required": ["type", "title", "status", "code", "detail", "facts", "sentences"],
    "properties": {
        "type": {"type": "string", "description": "Where the refusal is explained."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable; programs decide by it."},
        "detail": {"type": "string", "description": "The sentence in the language asked for."},
        "facts": {"type": "object", "additionalProperties": True},
        "sentences": {
            "type": "object",
            "required": list(LANGUAGES),
            "properties": {language: {"type": "string"} for language in LANGUAGES},
            "additionalProperties": False,
        },
    },
    "additionalProperties": False,
}
