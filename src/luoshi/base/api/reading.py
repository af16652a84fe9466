"""What is sent, made readable: strict JSON, and texts that every database can hold."""

import json
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest
from django.utils.datastructures import MultiValueDict
from ninja.parser import Parser

from luoshi.base.api.problems import BodyTooLarge, RequestUnreadable

LONGEST = 4000
"""Characters of any text that is sent."""
LONGEST_OF = {
    "code": 60,
    "title": 200,
    "area": 100,
    "unit": 40,
    "key": 60,
    "label": 60,
    "name": 100,
}
"""Characters of texts that stand in columns of their own, by the field's name."""
DEEPEST = 12


class TextRefused(Exception):
    """A text that is not taken: where it stands, why, how long it may be."""


class Reader(Parser):
    """Reads queries for django-ninja; no text with zero bytes or half characters gets further."""

    def parse_querydict(
        self, data: "MultiValueDict[str, Any]", list_fields: list[str], request: HttpRequest
    ) -> dict[str, Any]:
        """Return what a query says. Raises TextRefused."""
        found = super().parse_querydict(data, list_fields, request)
        check_texts(found, "query")
        return found


def json_in(content: bytes | str) -> Any:
    """Return what JSON says. Raises RequestUnreadable, TextRefused."""
    try:
        found = json.loads(content, parse_constant=_refuse_constant, object_pairs_hook=_said_once)
    except (ValueError, RecursionError) as cause:
        raise RequestUnreadable(why="json") from cause
    check_texts(found, "body")
    return found


def body_of(request: HttpRequest) -> bytes:
    """Return the bytes of a body. Raises BodyTooLarge, RequestUnreadable."""
    try:
        return request.body
    except RequestDataTooBig as cause:
        raise too_large() from cause
    except OSError as cause:
        raise RequestUnreadable(why="cut_off") from cause


def too_large() -> BodyTooLarge:
    """Return the refusal of a body that is too large."""
    return BodyTooLarge(most=settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose names stand in it once: of two, one would be dropped unsaid."""
    found = dict(pairs)
    if len(found) != len(pairs):
        msg = "a name stands twice"
        raise ValueError(msg)
    return found


def _refuse_constant(name: str) -> None:
    msg = f"{name} is no JSON"
    raise ValueError(msg)


def check_texts(value: Any, pointer: str, name: str = "", depth: int = 0) -> None:
    """Raise TextRefused for a text too long or that no database holds, RequestUnreadable."""
    if depth > DEEPEST:
        raise RequestUnreadable(why="depth")
    if isinstance(value, str):
        _check_text(value, pointer, name)
    elif isinstance(value, dict):
        for key, each in value.items():
            _check_text(key, pointer, "")
            check_texts(each, f"{pointer}/{escaped(key)}", key, depth + 1)
    elif isinstance(value, list):
        for at, each in enumerate(value):
            check_texts(each, f"{pointer}/{at}", name, depth + 1)


def _check_text(text: str, pointer: str, name: str) -> None:
    most = LONGEST_OF.get(name, LONGEST)
    if len(text) > most:
        raise TextRefused(pointer, "string_too_long", most)
    if "\0" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise TextRefused(pointer, "text_unreadable", most)


def escaped(name: str) -> str:
    """Return a name as a JSON pointer has it (RFC 6901)."""
    return name.replace("~", "~0").replace("/", "~1")
