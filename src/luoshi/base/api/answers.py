"""Answers: plain data as JSON or CSV, with the edition they depend on, and 304 where it stands."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields
from hashlib import sha256
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from luoshi.base.api.operations import Asked
from luoshi.base.grids.writing import safe_cell

JSON, CSV = "application/json", "text/csv; charset=utf-8"
encoded = msgspec.json.Encoder(decimal_format="string").encode


def as_json(data: object) -> HttpResponse:
    """Return data as JSON; amounts are strings, days ISO."""
    return HttpResponse(encoded(data), content_type=JSON)


def as_csv(rows: Iterable[object], kind: type) -> HttpResponse:
    """Return rows as CSV, a column a field; no cell runs in a spreadsheet."""
    names = [field.name for field in fields(kind)]
    out = io.StringIO(newline="")
    lines = csv.writer(out)
    lines.writerow(names)
    lines.writerows([_cell(getattr(row, name)) for name in names] for row in rows)
    return HttpResponse(out.getvalue().encode("utf-8-sig"), content_type=CSV)


def _cell(value: Any) -> str:
    """Return one cell: a list with its items after each other, anything nested as JSON."""
    plain = msgspec.to_builtins(value)
    if plain is None:
        return ""
    if isinstance(plain, bool):
        return "true" if plain else "false"
    if isinstance(plain, list) and all(isinstance(each, str) for each in plain):
        return safe_cell("、".join(plain))
    if isinstance(plain, Mapping | Sequence) and not isinstance(plain, str):
        return safe_cell(encoded(plain).decode())
    return safe_cell(str(plain))


def tag_by_edition(asked: Asked) -> str:
    """Return the ETag of what hangs on the journal alone, on the address and on who may see what.

    It begins with the number up to which all was seen, so that ``If-Match`` can stand for
    ``expected``: that of the district's last entry, or the one whose knowledge was asked for.
    """
    seen = asked.edition.number if asked.known_at is None else asked.known_at
    actor = asked.actor
    told = (
        tuple(asked.edition),
        asked.request.get_full_path(),
        (actor.person, actor.post, actor.unit, sorted(actor.roles)),
        asked.today,
        translation.get_language(),
    )
    digest = sha256(repr(told).encode()).hexdigest()[:32]
    return f'"{seen}-{digest}"'


def tag_by_content(response: HttpResponse) -> str:
    """Return the ETag of what is kept beside the journal: that of its content."""
    return f'"{sha256(response.content).hexdigest()[:32]}"'


def is_known(request: HttpRequest, tag: str) -> bool:
    """Tell whether who asks has what the tag stands for (RFC 9110 §13.1.2)."""
    sent = request.headers.get("If-None-Match", "")
    known = {one.strip().removeprefix("W/") for one in sent.split(",")}
    return tag in known or "*" in known


def marked(response: HttpResponse, asked: Asked, tag: str) -> HttpResponse:
    """Put on an answer what caches and followers go by."""
    response.headers["ETag"] = tag
    response.headers["Last-Entry"] = str(asked.edition.number)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization, Accept-Language"
    return response


def not_modified(asked: Asked, tag: str) -> HttpResponse:
    """Return 304: who asks has it already."""
    response = marked(HttpResponse(status=304), asked, tag)
    del response.headers["Content-Type"]
    return response
