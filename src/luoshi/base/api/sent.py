"""What a write sends: its JSON, held to the body of its command, and the files beside it."""

from collections import Counter
from typing import TYPE_CHECKING, Any

import pydantic
from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import HttpRequest
from pydantic import BaseModel

from luoshi.base import files
from luoshi.base.api.bodies import Call
from luoshi.base.api.errors import (
    REPEATED,
    UNKNOWN,
    field_error,
    not_valid,
    not_valid_by,
    pointer_to,
)
from luoshi.base.api.problems import (
    BodyTooLarge,
    MediaTypeRefused,
    NotValid,
    RequestUnreadable,
)
from luoshi.base.api.reading import body_of, json_in, too_large
from luoshi.base.files import SealedFile

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

MOST_FILES = 5
"""So many of the largest files may be sent at once."""
MULTIPART, JSON = "multipart/form-data", "application/json"


def said_in(request: HttpRequest, body: type[BaseModel], call: Call) -> BaseModel:
    """Return what the body says. Raises RequestUnreadable, NotValid, MediaTypeRefused."""
    content = _content(request, call)
    json_in(content)
    try:
        return body.model_validate_json(content, strict=True)
    except pydantic.ValidationError as cause:
        errors = cause.errors(include_url=False, include_input=False)
        raise not_valid_by(errors, place="body") from cause


def _content(request: HttpRequest, call: Call) -> bytes:
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        raise RequestUnreadable(why="length")  # Django would read nothing of it
    taken = [JSON, MULTIPART] if call.uploads else [MULTIPART] if call.upload else [JSON]
    kind = request.content_type or ""
    if kind == MULTIPART and MULTIPART in taken:
        return _part(request, call)
    if JSON not in taken:
        raise MediaTypeRefused(taken=taken)
    content = body_of(request)
    if kind != JSON and (content or kind == MULTIPART):
        raise MediaTypeRefused(taken=taken)
    return content or b"{}"


def _part(request: HttpRequest, call: Call) -> bytes:
    """Return the JSON beside files: the part called ``body``, a field or a file.

    What is larger than any form of a page is not read at all. A part of another name is refused: a
    file would be left behind unsaid.
    """
    most = MOST_FILES * settings.EVIDENCE_MAX_BYTES
    if int(request.headers.get("Content-Length") or 0) > most:
        raise BodyTooLarge(most=most)
    try:
        wrong = _wrong_parts(request, call)
        sent = request.FILES.get("body")
        content = sent.read() if sent else str(request.POST.get("body", "{}")).encode()
    except RequestDataTooBig as cause:
        raise too_large() from cause
    except (SuspiciousOperation, UnicodeError, OSError) as cause:
        raise RequestUnreadable(why="multipart") from cause
    if wrong:
        raise NotValid(errors=wrong)
    return content


def _wrong_parts(request: HttpRequest, call: Call) -> list[dict[str, Any]]:
    """Return the parts that no operation of this kind takes, and single ones that come twice."""
    counts: Counter[str] = Counter()
    for parts in (request.POST, request.FILES):
        counts.update({str(name): len(parts.getlist(name)) for name in parts})
    known = {"body", call.uploads, call.upload} - {""}
    found = [(name, UNKNOWN) for name in counts if name not in known]
    found += [(name, REPEATED) for name in ("body", call.upload) if name and counts[name] > 1]
    return [field_error(pointer_to(["body", name]), code) for name, code in sorted(found)[:20]]


def uploads_in(request: HttpRequest, name: str) -> tuple[SealedFile, ...]:
    """Take the files beside the JSON part. Raises what ``base.files`` refuses."""
    if request.content_type != MULTIPART:
        return ()
    return tuple(
        files.take(upload)  # type: ignore[arg-type]  # Django types its size as read-only
        for upload in request.FILES.getlist(name)
    )


def upload_in(request: HttpRequest, name: str) -> "UploadedFile[bytes]":
    """Return the one file that the operation is about. Raises NotValid where there is none."""
    found = request.FILES.get(name)
    if found is None:
        raise not_valid(f"/body/{name}", "missing")
    return found
